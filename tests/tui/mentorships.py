"""Four mentorships on a Monday morning in November, as their records stand in the store."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.charter import Terms
from okrmate.domain.letters import HoldReason, IncomingState, LetterKind, OutgoingState
from okrmate.domain.meetings import MeetingState, Participation
from okrmate.domain.metrics import Bound, Count, Metric, Milestone, Percent, Threshold
from okrmate.domain.okrs import OkrSetState
from okrmate.domain.people import Side
from okrmate.domain.pulse import Pulse, PulseMoment
from okrmate.services.mentoring import advice, aims, charters, markers, notes
from okrmate.services.mentoring.mentorships import find_pair
from okrmate.services.ports import Transaction
from okrmate.services.tables import (
    FEEDBACK,
    INCOMING,
    KEY_RESULTS,
    MEETINGS,
    MENTORSHIPS,
    OBJECTIVES,
    OKR_SETS,
    OUTGOING,
    PEOPLE,
    READINGS,
)
from okrmate.services.tables import PULSES as PULSE_TABLE
from tests.builders import (
    a_feedback,
    a_key_result,
    a_meeting,
    a_mentorship,
    a_protege,
    a_reading,
    an_incoming,
    an_objective,
    an_okr_set,
    an_outgoing,
)
from tests.services.rooms import Office

D = Decimal
MORNING = datetime(2026, 11, 16, 10, 42, tzinfo=UTC)
"""A Monday, on the mentor's clock in London as in UTC."""
BEGUN = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
ENDS = date(2026, 12, 31)
BY_MAIL = Source(kind=SourceKind.MAIL, ref="mail")
BY_HAND = Source(kind=SourceKind.COMMAND, ref="check-in")
DAYS = (8, 16, 24, 32, 39, 46)
"""On which days of the cycle a key result is heard of, the last being this morning."""


PULSES = (
    (Side.PROTEGE, 3, ""),
    (Side.MENTOR, 4, ""),
    (Side.PROTEGE, 5, "the dry run changed the talk"),
    (Side.MENTOR, 3, "I learn, slower than I hoped"),
)
"""What both said how helpful it is, one cycle after the other."""


def four_people() -> Office:
    """Maya with two objectives, Leo with a mail that is unclear, Sara behind and silent, Tomasz without a draft."""
    office = Office(now=MORNING)
    with office.store.transaction() as tx:
        settle(tx)
    return office


def mentored_maya() -> Office:
    """The same four; with Maya all is agreed, hoped for, dated, felt and noted that a mentorship can hold."""
    office = four_people()
    maya = find_pair(office.store, "maya")
    terms = Terms(rhythm="every 2 weeks", minutes=45, channel="video", confidentiality="it stays between you")
    charters.word_charter(office.desk, maya, terms)
    charters.record_agreement(office.desk, maya)
    hers = ("to be asked back as a speaker, and to earn from teaching",)
    aims.write_aims(office.desk, maya, Side.PROTEGE, aims=hers, gain="courage to name a price")
    aims.write_aims(office.desk, maya, Side.MENTOR, aims=("to learn how the workshop market works now",))
    markers.set_marker(office.desk, maya, "talk in Porto", date(2026, 12, 12), by=Side.PROTEGE)
    markers.set_marker(office.desk, maya, "mid-term", date(2026, 11, 19))
    tried = advice.give(office.desk, maya, "rehearse with a stranger")
    advice.tell(office.desk, maya, tried.id, did="did it twice", impact="rating 4.1 → 4.6")
    advice.tell(office.desk, maya, advice.give(office.desk, maya, "name a price first").id, did="tried once")
    notes.write(
        office.desk, maya, "Her manager leaves in January. Let her say it first, and only then ask what it means."
    )
    with office.store.transaction() as tx:
        for number, (side, helpful, why) in enumerate(PULSES):
            at = BEGUN + timedelta(days=10 * number)
            pulse = Pulse(
                id=f"pulse{number}",
                mentorship=maya.mentorship.id,
                by=side,
                at=at,
                source=BY_HAND,
                moment=PulseMoment.MID_CYCLE,
                okr_set=f"cycle{number // 2}",
                helpful=helpful,
                because=why,
            )
            tx.put(PULSE_TABLE, pulse)
    return office


def settle(tx: Transaction) -> None:
    """All four of them, into any store."""
    _maya(tx)
    _leo(tx)
    _sara(tx)
    _tomasz(tx)


def person(tx: Transaction, name: str, *, zone: str = "Europe/Berlin") -> str:
    """Somebody with a mentorship since the first of October; its id is the first name, small."""
    first = name.split(maxsplit=1)[0].lower()
    tx.put(PEOPLE, a_protege(id=first, name=name, address=f"{first}@example.net", zone=zone))
    tx.put(MENTORSHIPS, a_mentorship(id=f"{first}-pair", protege=first, begun_at=BEGUN))
    return f"{first}-pair"


def running_set(tx: Transaction, pair: str, *, state: OkrSetState = OkrSetState.ACTIVE) -> None:
    """The set of this quarter."""
    tx.put(OKR_SETS, an_okr_set(id=f"{pair}-set", mentorship=pair, created_at=BEGUN, ends=ENDS, state=state))


def objective(tx: Transaction, pair: str, number: int, title: str) -> None:
    """One of its objectives."""
    tx.put(
        OBJECTIVES,
        an_objective(id=f"{pair}-{number}", mentorship=pair, okr_set=f"{pair}-set", number=number, title=title),
    )


def key_result(
    tx: Transaction, pair: str, ref: str, title: str, metric: Metric, values: Sequence[int | None] = ()
) -> None:
    """One of its key results, and what was read of it by mail, one value each week and the last one today."""
    known = f"{pair}-{ref}"
    tx.put(
        KEY_RESULTS,
        a_key_result(
            id=known,
            mentorship=pair,
            objective=f"{pair}-{ref.split('.', maxsplit=1)[0]}",
            ref=ref,
            title=title,
            metric=metric,
        ),
    )
    for day, value in zip(DAYS[-len(values) :] if values else (), values, strict=True):
        if value is not None:
            tx.put(
                READINGS,
                a_reading(
                    value,
                    id=f"{known}-{day}",
                    mentorship=pair,
                    key_result=known,
                    at=BEGUN + timedelta(days=day),
                    source=BY_MAIL,
                ),
            )


def said(tx: Transaction, pair: str, ref: str, *, at: datetime, note: str = "", confidence: int | None = None) -> None:
    """What was said beside a value."""
    tx.put(
        READINGS,
        a_reading(
            None,
            id=f"{pair}-{ref}-{at:%d%H}-{confidence}",
            mentorship=pair,
            key_result=f"{pair}-{ref}",
            at=at,
            source=BY_MAIL,
            note=note,
            confidence=confidence,
        ),
    )


def _maya(tx: Transaction) -> None:
    pair = person(tx, "Maya Okafor")
    running_set(tx, pair)
    objective(tx, pair, 1, "Become a speaker people ask back")
    key_result(tx, pair, "1.1", "Guest talk requests", Count(baseline=D(0), target=D(5)), (0, 1, 1, 2, 3, 3))
    key_result(tx, pair, "1.2", "Talks rated 4 or 5", Percent(baseline=D(62), target=D(80)), (62, 65, 65, 68, 70, 71))
    key_result(tx, pair, "1.3", "Paid speaking gigs", Count(baseline=D(4), target=D(8)), (4, 4, 5, 5, 5))
    objective(tx, pair, 2, "Earn from what I teach")
    revenue = Threshold(baseline=D(0), target=D(12000), stretch=D(15000), unit="€")
    key_result(tx, pair, "2.1", "Course revenue", revenue, (300, 900, 2100, 3900, 3900, 4350))
    said(tx, pair, "2.1", at=BEGUN + timedelta(days=39), note="no sale, price page down", confidence=6)
    said(tx, pair, "2.1", at=BEGUN + timedelta(days=46), note="one late order", confidence=4)
    growth = Threshold(baseline=D(12), target=D(30), bound=Bound.AT_LEAST, unit="%")
    key_result(tx, pair, "2.2", "Attendees who come back", growth, (12, 18, 21, 22, 22, 24))
    key_result(tx, pair, "2.3", "Sign-ups by referral", Count(target=D(20)))
    _talk(tx, pair, 3, datetime(2026, 11, 19, 15, 0), participation=Participation.ACCEPTED)  # noqa: DTZ001
    _talk(tx, pair, 2, datetime(2026, 11, 5, 15, 0), state=MeetingState.REVIEWED)  # noqa: DTZ001 - wall time
    for side, positive, suggestion in (
        (Side.PROTEGE, "you let me find the opening myself", "could we look at the numbers first?"),
        (Side.MENTOR, "you said no to a slide you liked", "bring the question you are avoiding, and stay with it"),
    ):
        given = a_feedback(
            id=f"{pair}-2-{side}",
            mentorship=pair,
            meeting=f"{pair}-talk-2",
            by=side,
            positive=(positive,),
            suggestion=(suggestion,),
        )
        tx.put(FEEDBACK, given)
    _mail(tx, pair, "Re: Thursday, 15:00: what shall we talk about?", 46, IncomingState.APPLIED, "3 applied")
    _mail(tx, pair, "About Thursday, and not a goal", 45, IncomingState.HELD, "")


def _leo(tx: Transaction) -> None:
    pair = person(tx, "Leo Brandt")
    running_set(tx, pair)
    objective(tx, pair, 1, "Let the team decide without me")
    key_result(tx, pair, "1.1", "Releases shipped without him", Count(baseline=D(0), target=D(12)), (2, 4, 5, 7, 7, 9))
    decisions = Percent(baseline=D(20), target=D(80))
    key_result(tx, pair, "1.2", "Decisions made without me", decisions, (20, 35, 45, 45, 45, 45))
    _talk(tx, pair, 4, datetime(2026, 11, 20, 10, 0))  # noqa: DTZ001 - wall time
    _mail(tx, pair, "Re: Where are you with your two goals?", 46, IncomingState.ASKED, "2 applied, 1 asked")
    agenda = an_outgoing(
        id="leo-agenda",
        mentorship=pair,
        meeting=f"{pair}-talk-4",
        name="Leo Brandt",
        due_at=datetime(2026, 11, 17, 8, 0, tzinfo=UTC),
    )
    tx.put(OUTGOING, agenda)


def _sara(tx: Transaction) -> None:
    pair = person(tx, "Sara Lindqvist", zone="Europe/Stockholm")
    running_set(tx, pair)
    objective(tx, pair, 1, "Run a network conferences turn to")
    network = Threshold(baseline=D(8), target=D(30), bound=Bound.AT_LEAST, unit="%")
    key_result(tx, pair, "1.1", "Conferences using our network", network, (8, 9, 11, 12, 14))
    key_result(tx, pair, "1.2", "Portfolio site live", Milestone(), (0, 10, 20, 25, 40))
    _talk(tx, pair, 2, datetime(2026, 11, 13, 11, 0), state=MeetingState.HELD)  # noqa: DTZ001 - wall time
    tx.put(
        OUTGOING,
        an_outgoing(
            id="sara-form",
            kind=LetterKind.FEEDBACK,
            mentorship=pair,
            meeting=f"{pair}-talk-2",
            state=OutgoingState.SENT,
            sent_at=datetime(2026, 11, 13, 12, 0, tzinfo=UTC),
        ),
    )
    tx.put(FEEDBACK, a_feedback(mentorship=pair, meeting=f"{pair}-talk-2", by=Side.MENTOR))
    _mail(tx, pair, "Re: Friday, 11:00: what shall we talk about?", 40, IncomingState.APPLIED, "2 applied")


def _tomasz(tx: Transaction) -> None:
    pair = person(tx, "Tomasz Nowak", zone="Europe/Warsaw")
    tx.put(
        OUTGOING,
        an_outgoing(
            id="tomasz-welcome",
            kind=LetterKind.WELCOME,
            mentorship=pair,
            meeting="",
            name="Tomasz Nowak",
            state=OutgoingState.SENT,
            sent_at=datetime(2026, 10, 31, 9, 0, tzinfo=UTC),
        ),
    )


def held_welcome(office: Office, pair: str) -> None:
    """A welcome that waits for the mentor."""
    letter = an_outgoing(
        id=f"{pair}-welcome",
        kind=LetterKind.WELCOME,
        mentorship=pair,
        meeting="",
        state=OutgoingState.HELD,
        hold=HoldReason.FIRST_LETTER,
        due_at=office.clock.now(),
    )
    with office.store.transaction() as tx:
        tx.put(OUTGOING, letter)


def _talk(
    tx: Transaction,
    pair: str,
    number: int,
    starts: datetime,
    *,
    state: MeetingState = MeetingState.SCHEDULED,
    participation: Participation = Participation.NEEDS_ACTION,
) -> None:
    meeting = a_meeting(
        id=f"{pair}-talk-{number}",
        mentorship=pair,
        number=number,
        starts=starts,
        zone="Europe/London",
        minutes=45,
        state=state,
        participation=participation,
    )
    tx.put(MEETINGS, meeting)


def _mail(tx: Transaction, pair: str, subject: str, day: int, state: IncomingState, summary: str) -> None:
    """A mail of so many days after the beginning."""
    mail = an_incoming(
        id=f"{pair}-mail-{day}",
        mentorship=pair,
        sender=f"{pair.removesuffix('-pair')}@example.net",
        subject=subject,
        received_at=BEGUN + timedelta(days=day),
        state=state,
        summary=summary,
        answers="",
    )
    tx.put(INCOMING, mail)
