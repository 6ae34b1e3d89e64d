"""The days the reports speak of: when a promise is due, when somebody was welcomed, a moment as a short date."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.domain.meetings import Promise
from okrmate.domain.people import Person


def due_at(promise: Promise, mentor: Person) -> datetime | None:
    """The end of the promised day on the mentor's clock, UTC; None where no day was said."""
    if promise.due is None:
        return None
    midnight = datetime.combine(promise.due + timedelta(days=1), time(), tzinfo=mentor.local(promise.at).tzinfo)
    return midnight.astimezone(UTC)


def day_of(moment: datetime, person: Person) -> str:
    """The day of a moment on a person's clock, such as `9 Nov`."""
    at = person.local(moment)
    return f"{at.day} {at:%b}"


def welcomed_at(letters: Iterable[Outgoing]) -> datetime | None:
    """When the welcome left, if it has."""
    sent = (letter.sent_at for letter in letters if letter.kind is LetterKind.WELCOME)
    return next((at for at in sent if at is not None), None)
