"""The people of a mentorship and the pair they form: mentor, protégé, mentorship."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from okrmate.domain.lifecycle import Lifecycle
from okrmate.frozen import Frozen, replace

LANGUAGES = ("en", "de")
"""The languages letters are written in; somebody of another one gets the first."""


class Side(StrEnum):
    """The two sides of a mentorship; also who gave a feedback, made a promise, receives a letter."""

    MENTOR = "mentor"
    PROTEGE = "protege"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.PROTEGE if self is Side.MENTOR else Side.MENTOR


class Person(Frozen):
    """Somebody who gets letters: where, when it is day there, and how numbers and words are written.

    `zone` is an IANA name, `locale` a language tag such as `de-CH` (numbers, dates), `language` the language
    of the letters (`en`, `de`).
    """

    name: str
    address: str
    zone: str = "UTC"
    locale: str = "en"
    language: str = "en"

    @property
    def first_name(self) -> str:
        """The name a letter opens with."""
        return self.name.split()[0] if self.name.split() else self.address

    def local(self, moment: datetime) -> datetime:
        """An aware moment on this person's clock."""
        return moment.astimezone(ZoneInfo(self.zone))


class Mentor(Person):
    """The owner of the home; she stands in the configuration, never in the store."""


class DaysOff(Frozen):
    """From the first to the last day on which somebody is not at work, both included, on their own calendar."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether this day is one of them."""
        return self.first <= day <= self.last


class Protege(Person):
    """A person who is mentored; all they ever do is answer mails."""

    id: str
    days_off: tuple[DaysOff, ...] = ()
    """Soonest first, none touching another."""


class MentorshipState(StrEnum):
    """Where a mentorship stands; a paused or ended one sends nothing."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"
    DECLINED = "declined"


class Invitations(StrEnum):
    """Who puts the talks of a pair into their calendars: okrmate by mail, the mentor from her own, or nobody."""

    OKRMATE = "okrmate"
    MINE = "mine"
    NONE = "none"


MENTORSHIP_STEPS: Mapping[MentorshipState, frozenset[MentorshipState]] = MappingProxyType(
    {
        MentorshipState.PROPOSED: frozenset({MentorshipState.ACTIVE, MentorshipState.DECLINED}),
        MentorshipState.ACTIVE: frozenset({MentorshipState.PAUSED, MentorshipState.ENDED}),
        MentorshipState.PAUSED: frozenset({MentorshipState.ACTIVE, MentorshipState.ENDED}),
        MentorshipState.ENDED: frozenset(),
        MentorshipState.DECLINED: frozenset(),
    }
)
MENTORSHIPS = Lifecycle(noun="mentorship", steps=MENTORSHIP_STEPS)


class Mentorship(Frozen):
    """One pair: the mentor of this home and one protégé."""

    id: str
    protege: str
    state: MentorshipState
    begun_at: datetime
    reviewed: bool = False
    """Whether the mentor has seen and released a first letter to this person (`review = "first"`)."""
    paused_at: datetime | None = None
    paused_by: Side = Side.MENTOR
    """Who wanted the pause; the protégé ends only their own."""
    paused_until: datetime | None = None
    """When a pause ends by itself; None where somebody has to say so."""
    asks_from: datetime | None = None
    """Before this moment nothing is asked a second time: they wrote `later` or `skip`."""
    invitations: Invitations = Invitations.OKRMATE

    @property
    def silent(self) -> bool:
        """Whether no unasked letter may leave."""
        return self.state is not MentorshipState.ACTIVE

    @property
    def open(self) -> bool:
        """Whether it is proposed or running: the welcome may leave, and what they write is read."""
        return self.state in (MentorshipState.PROPOSED, MentorshipState.ACTIVE)

    def becoming(self, state: MentorshipState, at: datetime) -> "Mentorship":
        """This mentorship after one step of its lifecycle, or `UsageError`."""
        step = MENTORSHIPS.step(self.state, state)
        paused_at = at if step is MentorshipState.PAUSED else None
        return replace(self, state=step, paused_at=paused_at, paused_by=Side.MENTOR, paused_until=None)

    def pausing(self, at: datetime, by: Side, until: datetime | None) -> "Mentorship":
        """This mentorship paused, or its pause with another end; `UsageError` where it cannot be."""
        paused = self if self.state is MentorshipState.PAUSED else self.becoming(MentorshipState.PAUSED, at)
        return replace(paused, paused_by=by, paused_until=until)
