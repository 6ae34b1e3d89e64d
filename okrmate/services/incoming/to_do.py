"""What the mentor can do about a mail that is held at the door: one sentence, the same wherever it is shown."""

from typing import assert_never

from okrmate.domain.letters import Incoming, IncomingState
from okrmate.mail.reasons import HoldReason

AFTER_A_BUG = "It is kept whole; `okrmate inbox accept` reads it again, which a later version may be able to."
"""The sentence for a mail in whose reading there is a bug."""


def to_do(mail: Incoming) -> str:
    """The sentence for a mail that waits for the reason it has; empty where there is nothing but to read it."""
    if mail.state is IncomingState.FAILED:
        return AFTER_A_BUG
    if mail.state is not IncomingState.HELD or mail.reason not in set(HoldReason):
        return ""
    return to_do_about(HoldReason(mail.reason))


def to_do_about(reason: HoldReason) -> str:
    """The sentence for a verdict; `okrmate.tui.views.refusals` says it with keys in place of commands."""
    match reason:
        case HoldReason.UNKNOWN_SENDER | HoldReason.AUTHENTICATION:
            return "Look who wrote it; `okrmate inbox accept` has it read."
        case HoldReason.ANOTHER_PERSON:
            return "It answers a letter to somebody else; nothing is read from it and nobody is answered."
        case HoldReason.NOT_AN_ANSWER:
            return "It is written to you; nothing is read from it and nobody is answered."
        case HoldReason.TOO_BIG:
            return "Open it in your mail program; a smaller mail is read."
        case HoldReason.UNREADABLE:
            return "Open it in your mail program; a plain mail is read."
        case HoldReason.ENCRYPTED:
            return "Open it in your mail program; unencrypted, it is read."
        case HoldReason.NO_TEXT:
            return "Open it in your mail program; a line of text is read."
        case _:
            assert_never(reason)
