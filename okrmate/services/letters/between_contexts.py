"""What the letters between talks are told: the check-in, and the mentor's week."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from okrmate.services.letters.contexts import LetterContext


class CheckInState(StrEnum):
    """Whether the numbers are asked for the first or the last time."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInContext(LetterContext):
    """The numbers, asked for between talks; `asked` is the one most worth knowing, `krs` has it first.

    `since` is the day on which a number was last heard, `part` which third of the month `day` is in.
    """

    template: ClassVar[str] = "check_in"
    state: CheckInState = CheckInState.FIRST
    day: date
    asked: str
    title: str
    since: date | None = None
    next_talk: date | None = None
    part: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "part", ("early", "mid", "end")[min((self.day.day - 1) // 10, 2)])


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWanted:
    """A line of the mentor's own that an agenda has room for; `id` names the answer."""

    id: str
    name: str
    leaves: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
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
