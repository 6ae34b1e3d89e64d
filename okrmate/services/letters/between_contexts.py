"""What the letters between talks are told: the check-in, and the mentor's week."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from okrmate.frozen import Frozen, asdict
from okrmate.services.letters.contexts import LetterContext


class CheckInState(StrEnum):
    """Whether the numbers are asked for the first or the last time."""

    FIRST = "first"
    SECOND = "second"


class CheckInContext(LetterContext):
    """The numbers, asked for between talks; `asked` is the one most worth knowing, `krs` has it first.

    `since` is the day on which a number was last heard.
    """

    template: ClassVar[str] = "check_in"
    state: CheckInState = CheckInState.FIRST
    day: date
    asked: str
    title: str
    since: date | None = None
    next_talk: date | None = None

    def told(self) -> dict[str, object]:
        """And which third of the month the day is in."""
        return {**asdict(self), "part": ("early", "mid", "end")[min((self.day.day - 1) // 10, 2)]}


class LineWanted(Frozen):
    """A line of the mentor's own that an agenda has room for; `id` names the answer."""

    id: str
    name: str
    leaves: datetime


class DigestContext(LetterContext):
    """The mentor's week: her own letter, so `other` is empty; all but `lines` are sentences in her words."""

    template: ClassVar[str] = "digest"
    day: date
    lines: tuple[LineWanted, ...] = ()
    needs: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    still: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
