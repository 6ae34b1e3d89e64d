"""What a person of the demo has behind them: talks, what they wrote, what was tried, promised and learned."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from okrmate.domain.people import Side
from okrmate.frozen import Frozen
from okrmate.reply.updates import Op, Update
from okrmate.services.mentoring.okrs import NewObjective

PLANNED = timedelta(days=13)
"""How long before a talk it was agreed on, unless it is said otherwise."""


class Said(Frozen):
    """What somebody wrote about one key result: its value, or what blocks it."""

    ref: str
    value: int | None = None
    note: str = ""
    confidence: int | None = None
    blocker: str = ""

    @property
    def words(self) -> str:
        """As it stood behind its colon."""
        sure = "" if self.confidence is None else f"confidence {self.confidence}"
        blocked = f"blocked, {self.blocker}" if self.blocker else ""
        value = "" if self.value is None else str(self.value)
        return ", ".join(filter(None, (value, self.note, blocked, sure)))

    def updates(self) -> Iterator[Update]:
        """As it was read."""
        if self.value is not None:
            yield Update(kr=self.ref, op=Op.SET, value=Decimal(self.value), note=self.note)
        if self.blocker:
            yield Update(kr=self.ref, op=Op.BLOCKED, note=self.blocker)
        if self.confidence is not None:
            yield Update(kr=self.ref, op=Op.CONFIDENCE, value=Decimal(self.confidence))


class PastTalk(Frozen):
    """A talk of the past: when it began, what was written before it and after it.

    `on` is wall time where the protégé lives. Nobody answered where `replied` is None; nobody came where `missed`.
    """

    on: str
    replied: timedelta | None = timedelta(hours=5)
    said: tuple[Said, ...] = ()
    top: str = "Looks good."
    """What stood above the numbers in the mail; whatever it is, the agenda suits them."""
    planned: timedelta = PLANNED
    """How long before; where that is less than three days, the agenda came late."""
    missed: bool = False
    theirs: tuple[str, str] = ("", "")
    """Their positive and their suggestion; two empty ones where they wrote none."""
    hers: tuple[str, str] = ("", "")


class PastTactic(Frozen):
    """Something that was tried, from one day to another, or still is."""

    ref: str
    title: str
    begun: str
    ended: str = ""
    learned: str = ""


class PastPromise(Frozen):
    """Who promised what on which day, and until when; `kept` is the day on which it was."""

    by: Side
    words: str
    on: str
    due: str
    kept: str = ""


class PastAdvice(Frozen):
    """What she advised, what became of it, and what that changed."""

    words: str
    on: str
    did: str = ""
    impact: str = ""
    told: str = ""
    """The day on which they told of it."""


class PastPulse(Frozen):
    """How helpful one side found it, 1 to 5, and why."""

    by: Side
    on: str
    helpful: int
    because: str


class Past(Frozen):
    """Everything behind one person, from the day they were added."""

    added: str
    goal: NewObjective
    started: str
    """The day on which their set began, or was refined where they have not agreed to it."""
    agreed: bool = True
    aims: tuple[str, str] = ("", "")
    """What they hope for, and what she does."""
    talks: tuple[PastTalk, ...] = ()
    tactics: tuple[PastTactic, ...] = ()
    promises: tuple[PastPromise, ...] = ()
    advice: tuple[PastAdvice, ...] = ()
    pulses: tuple[PastPulse, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    """Her private notes, each with its day."""
