"""The question bank's rules: whom a question is for, at which moment, and which of them come next in a talk."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from okrmate.domain.people import Side
from okrmate.frozen import Frozen, field

RESTS_FOR = 4
"""Talks: so long a question is not asked again (product: "The question bank")."""
AT_A_TIME = 2
"""Questions in one agenda; more are not turned over by anybody."""
THIN_LIST = 2
"""With fewer key results than this, and any at all, a third question finds its place."""


class Moment(StrEnum):
    """When a question has its time; public ids of `okrmate question`."""

    PLANNING = "planning"
    PROGRESS = "progress"
    COACHING = "coaching"
    UPWARD = "upward"
    CAREER = "career"
    CLOSING = "closing"


IN_BETWEEN = (Moment.COACHING, Moment.UPWARD, Moment.CAREER)
"""The moments that belong to no step of a set of OKRs: any talk has room for one of them."""


class BankQuestion(Frozen):
    """One question; `{mentor}` and `{name}` in it are filled in where it is asked.

    `to` is who turns it over: the mentor's are private, they stand on her screens and in her own copies alone.
    """

    id: str
    moment: Moment
    to: Side
    text: str

    @property
    def private(self) -> bool:
        """Whether no letter to the protégé may ever hold it."""
        return self.to is Side.MENTOR

    def put(self, *, mentor: str, name: str) -> str:
        """The question with both first names in it."""
        return self.text.replace("{mentor}", mentor).replace("{name}", name)


class OwnQuestion(Frozen):
    """What the mentor made of the bank: a question of her own, or her own words for one that is there.

    Her words are asked as she wrote them, whatever language a person's letters have.
    """

    id: str
    moment: Moment
    to: Side
    text: str
    at: datetime


class ChoiceKind(StrEnum):
    """What the mentor wants of a question: to be asked next, or not in one talk."""

    PINNED = "pinned"
    OUT = "out"


class QuestionChoice(Frozen):
    """Her word on one question: pinned until it has been asked once, or left out of one talk."""

    id: str
    mentorship: str
    question: str
    kind: ChoiceKind
    at: datetime
    meeting: str = ""
    """The talk it is left out of; empty for a pin."""


class Turn(Frozen):
    """What decides which questions come next.

    `asked` says how many talks ago each was asked last, 1 for the one before. `moment` is what the set of OKRs is at,
    `number` counts the talks, so that one talk after another begins elsewhere. `key_results` are asked about besides.
    """

    moment: Moment
    number: int
    key_results: int = 0
    asked: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    pinned: Sequence[str] = ()
    out: Collection[str] = ()


def moment_of(*, active: bool, drafted: bool, closing: bool) -> Moment:
    """Which moment a set of OKRs is at: planned, on its way, near its end; without one nothing is asked of goals."""
    if closing:
        return Moment.CLOSING
    if active:
        return Moment.PROGRESS
    return Moment.PLANNING if drafted else Moment.COACHING


def to_ask(bank: Iterable[BankQuestion], turn: Turn) -> tuple[BankQuestion, ...]:
    """The questions for the protégé in the next talk: pinned ones first, then one of the moment, one of another.

    None that was asked in the last four talks, unless it is pinned; a private one never.
    """
    open_ones = {each.id: each for each in bank if not each.private}
    pinned = [open_ones[each] for each in turn.pinned if each in open_ones and each not in turn.out]
    room = AT_A_TIME + (0 < turn.key_results < THIN_LIST)
    resting = {each for each, ago in turn.asked.items() if ago <= RESTS_FOR} | set(turn.out) | set(turn.pinned)
    free = _in_turn([each for each in open_ones.values() if each.id not in resting], turn)
    of_moment = [each for each in free if each.moment is turn.moment]
    between = IN_BETWEEN[turn.number % len(IN_BETWEEN) :] + IN_BETWEEN[: turn.number % len(IN_BETWEEN)]
    others = [each for moment in between if moment is not turn.moment for each in free if each.moment is moment]
    mixed = (*of_moment[:1], *others[:1], *of_moment[1:], *others[1:])
    return (*pinned, *mixed)[: max(room, len(pinned))]


def to_think_over(bank: Iterable[BankQuestion], turn: Turn) -> BankQuestion | None:
    """The private question she turns over before this talk: another one each time, near the end one of the closing."""
    moment = Moment.CLOSING if turn.moment is Moment.CLOSING else Moment.COACHING
    hers = [each for each in bank if each.private]
    fitting = [each for each in hers if each.moment is moment] or hers
    return fitting[turn.number % len(fitting)] if fitting else None


def _in_turn(questions: Sequence[BankQuestion], turn: Turn) -> list[BankQuestion]:
    """Those never asked first, then those asked longest ago; each in the order of the bank."""
    return sorted(questions, key=lambda each: -turn.asked.get(each.id, 1000))
