"""OKR sets, objectives, key results, and the readings that move them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from okrmate.domain.changes import Source
from okrmate.domain.lifecycle import Lifecycle
from okrmate.domain.metrics import Metric
from okrmate.domain.parts import Part
from okrmate.frozen import Frozen, replace


class OkrSetState(StrEnum):
    """The step of the method a set has reached (read and write are the draft)."""

    DRAFT = "draft"
    REFINED = "refined"
    ACTIVE = "active"
    CLOSED = "closed"
    ABANDONED = "abandoned"


OKR_SET_STEPS: Mapping[OkrSetState, frozenset[OkrSetState]] = MappingProxyType(
    {
        OkrSetState.DRAFT: frozenset({OkrSetState.REFINED, OkrSetState.ABANDONED}),
        OkrSetState.REFINED: frozenset({OkrSetState.ACTIVE, OkrSetState.DRAFT, OkrSetState.ABANDONED}),
        OkrSetState.ACTIVE: frozenset({OkrSetState.CLOSED}),
        OkrSetState.CLOSED: frozenset(),
        OkrSetState.ABANDONED: frozenset(),
    }
)
OKR_SETS = Lifecycle(noun="set of OKRs", steps=OKR_SET_STEPS)


class OkrSet(Frozen):
    """One cycle of a mentorship; closed sets never change."""

    id: str
    mentorship: str
    state: OkrSetState
    created_at: datetime
    revision: int = 1
    activated_at: datetime | None = None
    override: str = ""
    """Why the mentor activated it without both having agreed; empty where both did."""
    ends: date | None = None
    prose: str = ""
    """A draft as somebody wrote it in sentences, kept for the mentor to shape."""
    follows: str = ""
    """The closed set it goes on from, by id."""
    refined_at: datetime | None = None
    agreed_mentor: datetime | None = None
    agreed_protege: datetime | None = None
    closed_at: datetime | None = None
    closed_without: str = ""
    """Why the mentor closed it although something was missing; empty where nothing was."""

    @property
    def agreed(self) -> bool:
        """Whether both have agreed to it as it stands."""
        return self.agreed_mentor is not None and self.agreed_protege is not None


class Objective(Frozen):
    """Where somebody wants to go, in words; `number` is the first part of `KR 1.2`."""

    id: str
    mentorship: str
    okr_set: str
    number: int
    title: str
    dropped_at: datetime | None = None
    """When the pair gave it up; what was read of its key results stays."""


class KeyResult(Frozen):
    """How anyone could tell that the objective comes nearer; `ref` is the `1.2` of `KR 1.2`."""

    id: str
    mentorship: str
    objective: str
    ref: str
    title: str
    metric: Metric
    dropped_at: datetime | None = None
    """When the pair gave it up; what was read of it stays."""
    customer: str = ""
    """Who would notice."""
    behaviour: str = ""
    """What they would do then."""
    serves: str = ""
    """The line of the long-term vision it serves; empty where none was chosen."""
    health: bool = False
    """Whether it is only watched: everybody is certain of it, so that it moves no score (seed 003)."""
    sources: tuple[str, ...] = ()
    """Where the numbers come from that are summed up to its value, by name; empty where it is one number."""
    steps: tuple[str, ...] = ()
    """The steps of a milestone, in their order; empty where it is told in %."""

    def described_as(self, other: "KeyResult") -> "KeyResult":
        """The same with everything that is said of another one beside its words and numbers."""
        return replace(
            self,
            customer=other.customer,
            behaviour=other.behaviour,
            serves=other.serves,
            health=other.health,
            sources=other.sources,
            steps=other.steps,
        )


class Evidence(Frozen):
    """Something attached to a mail that told of a key result: its name, kind and size, and where it is kept.

    `mail` is the incoming mail's id, in whose raw bytes it stays, `number` its place among what is attached there, from
    0. `name` is a file's name without a path, `kind` a media type (RFC 2045), `size` in bytes; two of one `digest` are
    the same.
    """

    name: str
    kind: str
    size: int
    mail: str
    number: int
    digest: str

    @property
    def told(self) -> str:
        """Its name and how large it is, for a person: `chart.png, 48 KB`."""
        return f"{self.name}, {-(-self.size // 1000)} KB"


class Reading(Frozen):
    """One thing heard about a key result: a value, or only a confidence, a note or a blocker.

    `at` is when it was heard. A reading that was taken back keeps standing with the change that did so.
    """

    id: str
    mentorship: str
    key_result: str
    at: datetime
    source: Source
    value: Decimal | None = None
    approximate: bool = False
    confidence: int | None = None
    outlook: str = ""
    """`on_track`, `at_risk` or `off_track`, where somebody said so in words."""
    note: str = ""
    blocker: str = ""
    undone_by: str = ""
    counted: Decimal | None = None
    """The month's own number, where the value is what it grew by."""
    parts: tuple[Part, ...] = ()
    """What was told of single sources, where the value is their sum."""
    evidence: tuple[Evidence, ...] = ()
    """What was attached to the mail that told it."""
