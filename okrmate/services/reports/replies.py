"""The time of replies: of the letters that asked something, how many were answered, and how long that took."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median

from okrmate.domain.letters import (
    TO_A_MAIL,
    AnswerLine,
    Incoming,
    IncomingState,
    LetterKind,
    Outgoing,
    OutgoingState,
    Question,
)
from okrmate.domain.people import Side
from okrmate.frozen import Frozen

NO_ANSWER = frozenset({IncomingState.IGNORED, IncomingState.REFUSED})
"""A machine's answer is nobody's."""


class ReplyTime(Frozen):
    """How many letters asked, how many of them were answered, and how long the middle one of these took."""

    asked: int = 0
    answered: int = 0
    median: timedelta | None = None


def reply_time(letters: Iterable[Outgoing], mails: Iterable[Incoming], now: datetime) -> ReplyTime:
    """Of the letters to the protégé; one that can still be answered in time counts once it is."""
    first: dict[str, datetime] = {}
    for mail in mails:
        if mail.answers and mail.state not in NO_ANSWER:
            first[mail.answers] = min(mail.received_at, first.get(mail.answers, mail.received_at))
    asked = [letter for letter in letters if _asks(letter) and (letter.id in first or letter.useful_until <= now)]
    took = [
        (first[each.id] - each.sent_at).total_seconds()
        for each in asked
        if each.id in first and each.sent_at is not None
    ]
    return ReplyTime(asked=len(asked), answered=len(took), median=timedelta(seconds=median(took)) if took else None)


def _asks(letter: Outgoing) -> bool:
    unasked = letter.kind not in TO_A_MAIL and letter.kind is not LetterKind.INVITATION
    to_them = letter.to is Side.PROTEGE and letter.state is OutgoingState.SENT
    return unasked and to_them and any(isinstance(block, Question | AnswerLine) for block in letter.blocks)
