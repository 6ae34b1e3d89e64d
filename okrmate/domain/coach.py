"""What the coach finds: the names of the findings, how much each weighs, and which one question is worth asking."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from okrmate.domain.errors import Refusal
from okrmate.domain.people import Side
from okrmate.domain.vocabulary import Passage
from okrmate.frozen import Frozen, replace


class FindingName(StrEnum):
    """What can be found in objectives and key results; public ids."""

    OBJECTIVE_NUMBER = "objective_number"
    OBJECTIVE_TASK = "objective_task"
    OBJECTIVE_USUAL = "objective_usual"
    OBJECTIVE_DATE = "objective_date"
    OBJECTIVES_MANY = "objectives_many"
    OBJECTIVE_FLAT = "objective_flat"
    KR_ACTIVITY = "kr_activity"
    KR_UNIT = "kr_unit"
    KR_BASELINE = "kr_baseline"
    KR_NOBODY = "kr_nobody"
    KR_REACH = "kr_reach"
    KR_SAFE = "kr_safe"
    KRS_MANY = "krs_many"
    KRS_SINGLE = "krs_single"
    KR_TRACKABLE = "kr_trackable"


class Level(StrEnum):
    """How much a finding weighs; none stops anything."""

    NOTE = "note"
    """Worth a look."""
    WARNING = "warning"
    """Worth a talk."""


LEVELS: Mapping[FindingName, Level] = MappingProxyType(
    dict.fromkeys(FindingName, Level.NOTE)
    | dict.fromkeys(
        (
            FindingName.OBJECTIVE_NUMBER,
            FindingName.OBJECTIVE_TASK,
            FindingName.OBJECTIVE_USUAL,
            FindingName.OBJECTIVES_MANY,
            FindingName.KR_ACTIVITY,
            FindingName.KR_UNIT,
            FindingName.KRS_MANY,
        ),
        Level.WARNING,
    )
)

ASKED_FIRST = (
    FindingName.KR_ACTIVITY,
    FindingName.KR_NOBODY,
    FindingName.KR_BASELINE,
    FindingName.OBJECTIVES_MANY,
    FindingName.KRS_MANY,
    FindingName.OBJECTIVE_DATE,
)
"""Somebody who acts, a start value, which one first, the date; everything else comes after, as it was found."""

MENTOR_ONLY = frozenset({FindingName.KR_SAFE})
"""What is the mentor's to raise: told it is too safe by a program, nobody sets a bolder target."""


class Finding(Frozen):
    """One thing worth a look: its name, what it is about, and the words that show it.

    `about` is the number of an objective (`1`), the `1.2` of a key result, or empty for the whole set. `ignored` is
    the mentor's reason to leave it so; it then keeps its place and is no longer asked about.
    """

    name: FindingName
    about: str = ""
    words: Passage | None = None
    ignored: str = ""

    @property
    def level(self) -> Level:
        """Worth a look, or worth a talk."""
        return LEVELS[self.name]


class Ignored(Frozen):
    """A finding that the mentor has looked at and leaves as it is, with the reason."""

    name: FindingName
    about: str
    reason: str


class LeftAsIs(Frozen):
    """The same as it is kept: `line` is the objective or key result by id, since codes change with the set."""

    id: str
    mentorship: str
    okr_set: str
    line: str
    name: FindingName
    reason: str


def ignore(finding: Finding, reason: str) -> Ignored | Refusal:
    """The finding put aside for good; without a reason nobody could later tell why."""
    if not reason.strip():
        return Refusal(name="reason_missing", sentence="Say why it is left as it is; the reason is shown in its place.")
    return Ignored(name=finding.name, about=finding.about, reason=" ".join(reason.split()))


def with_ignored(findings: Iterable[Finding], ignored: Iterable[Ignored]) -> tuple[Finding, ...]:
    """The same findings in the same places, each that was ignored with its reason."""
    reasons = {(each.name, each.about): each.reason for each in ignored}
    return tuple(replace(each, ignored=reasons.get((each.name, each.about), each.ignored)) for each in findings)


def seen_by(side: Side, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings one side may meet: all for the mentor, none that are hers alone to raise for the protégé."""
    return tuple(each for each in findings if side is Side.MENTOR or each.name not in MENTOR_ONLY)


def worth_asking(findings: Sequence[Finding]) -> Finding | None:
    """The one finding a protégé is asked about: the most useful that nobody ignored, never one for the mentor."""
    left = [each for each in seen_by(Side.PROTEGE, findings) if not each.ignored]
    return min(left, key=_turn, default=None)


def _turn(finding: Finding) -> int:
    return ASKED_FIRST.index(finding.name) if finding.name in ASKED_FIRST else len(ASKED_FIRST)
