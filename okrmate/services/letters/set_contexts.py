"""What each letter about a set of OKRs is told: to agree to it, at half-time, before its end, once it is closed."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from okrmate.domain.people import Side
from okrmate.frozen import Frozen
from okrmate.services.letters.contexts import LetterContext


class Goal(Frozen):
    """An objective as a letter shows it: its words, its number, and the refs of its key results."""

    title: str
    number: int
    refs: tuple[str, ...] = ()


class RefineContext(LetterContext):
    """The goals as both are asked to agree to them; `changes` say what is not as it was drafted, and why."""

    template: ClassVar[str] = "refine_summary"
    until: date
    goals: tuple[Goal, ...]
    changes: tuple[str, ...] = ()


class HalfTimeState(StrEnum):
    """Whether any number came in the first half."""

    NORMAL = "normal"
    SILENT = "silent"


class HalfTimeContext(LetterContext):
    """Half of the time has passed; `heard_on` is when a number was last heard, None where none ever was."""

    template: ClassVar[str] = "mid_cycle"
    state: HalfTimeState = HalfTimeState.NORMAL
    to: Side
    until: date
    heard_on: date | None = None


class ClosingContext(LetterContext):
    """The cycle ends; each line of `krs` says what the numbers make of it, of so many (`unknown`) nothing.

    `until` is the last day to answer.
    """

    template: ClassVar[str] = "closing"
    to: Side
    until: date
    unknown: int = 0


class CoachContext(LetterContext):
    """The first words about a draft; its subject is that of the mail, so the template gives none.

    `objectives` and `key_results` count what was kept of it, `lines` are its words, which were kept as prose where it
    has neither. `question` may be empty.
    """

    template: ClassVar[str] = "coach"
    objectives: int = 0
    key_results: int = 0
    lines: tuple[str, ...] = ()
    good: str = ""
    question: str = ""
    noted: tuple[str, ...] = ()
    """What else of the mail was kept, line by line."""
    next_talk: date | None = None
    undo_days: int = 7


class ClosedContext(LetterContext):
    """What became of the goals: a line each, what goes on, what was learned, the pulse of both where it is known."""

    template: ClassVar[str] = "closed"
    to: Side
    learned: str = ""
    lines: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    yours: int | None = None
    theirs: int | None = None
