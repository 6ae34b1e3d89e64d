"""Why a mail is ignored, held or refused: the names alone, without what comes to the verdict."""

from enum import StrEnum


class IgnoreReason(StrEnum):
    """Why a mail is kept and shown, and nothing else."""

    OWN_MAIL = "own mail"
    DUPLICATE = "duplicate"
    AUTOMATIC_REPLY = "automatic reply"
    MAILING_LIST = "mailing list"
    AUTOMATIC_MAIL = "automatic mail"
    BOUNCE = "bounce"
    DELAYED = "delivery delayed"
    DELIVERY_REPORT = "delivery report"
    OTHER_EVENT = "reply to an event of somebody else"


class HoldReason(StrEnum):
    """Why a mail waits for the mentor."""

    UNKNOWN_SENDER = "token of ours from an unknown sender"
    NOT_AN_ANSWER = "not an answer to a letter"
    ANOTHER_PERSON = "sender and token belong to different persons"
    AUTHENTICATION = "the sender could not be proven"
    TOO_BIG = "too big"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    NO_TEXT = "no text"


WHOSE_IS_OPEN = frozenset({HoldReason.UNKNOWN_SENDER, HoldReason.AUTHENTICATION})
"""The reasons of mails of which the mentor alone can say who wrote them."""


class RefuseReason(StrEnum):
    """Why nothing in a mail is believed."""

    NOT_ONE_SENDER = "not exactly one sender"
    BROKEN_TOKEN = "unknown token"  # noqa: S105 - a reason's name
    SEVERAL_TOKENS = "several tokens"
    UNKNOWN_SENDER = "unknown sender"
