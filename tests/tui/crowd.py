"""A crowded world: a hundred people with thirty key results each, fifty thousand readings, and their mail, for real."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from okrmate.adapters.store import TinyStore, open_store
from okrmate.domain.letters import Asked, IncomingState, OutgoingState
from okrmate.domain.meetings import Meeting
from okrmate.domain.metrics import Count, Metric, Percent, Threshold
from okrmate.frozen import replace
from okrmate.services.incoming.not_applied import NotApplied
from okrmate.services.mailroom import MailRoom
from okrmate.services.ports import Transaction
from okrmate.services.tables import INCOMING, KEY_RESULTS, MEETINGS, OBJECTIVES, OUTGOING, READINGS
from tests.builders import a_key_result, a_meeting, a_reading, an_incoming, an_objective, an_outgoing
from tests.fakes import CountingTokens, FixedClock, MemoryRawMail
from tests.services.rooms import Office
from tests.tui.mentorships import BEGUN, BY_MAIL, MORNING, person, running_set

PEOPLE = 100
OBJECTIVES_EACH = 6
KEY_RESULTS_EACH = 5
READINGS_EACH = 17
STATES = (IncomingState.ASKED, IncomingState.HELD, IncomingState.APPLIED, IncomingState.APPLIED)
"""How this morning's mails stand, one person after the other."""
WROTE = """Hello,

1.1: 12, two of them by the poster
1.2: about the same, I guess
add: how do I say no?

See you soon.
"""
D = Decimal
METRICS: tuple[Metric, ...] = (
    Count(baseline=D(0), target=D(40)),
    Percent(baseline=D(10), target=D(80)),
    Threshold(baseline=D(0), target=D(9000), unit="€"),
    Count(baseline=D(60), target=D(5)),
    Count(target=D(20)),
)


def crowd(home: Path) -> TinyStore:
    """A store with all of them; 51,000 readings."""
    store = open_store(home, CountingTokens("home"), FixedClock(BEGUN))
    with store.transaction() as tx:
        for number in range(PEOPLE):
            _person(tx, number)
    return store


def crowded_room(store: TinyStore) -> MailRoom:
    """A mail room over it, on a Monday morning."""
    office, raw = Office(now=MORNING), MemoryRawMail()
    for mail in store.every(INCOMING):
        head = f"From: {mail.sender}\nTo: olivia@example.org\nSubject: {mail.subject}\nMessage-ID: {mail.message_id}\n"
        raw.kept[mail.raw] = f"{head}\n{WROTE}".encode()
    return replace(office.room, desk=replace(office.desk, store=store), raw=raw)


def _person(tx: Transaction, number: int) -> None:
    pair = person(tx, f"P{number:03} Somebody")
    running_set(tx, pair)
    starts = datetime(2026, 11, 17, 9, 0) + timedelta(hours=number)  # noqa: DTZ001 - wall time in the zone of the talk
    talk = a_meeting(id=f"{pair}-talk", mentorship=pair, starts=starts, zone="Europe/London")
    tx.put(MEETINGS, talk)
    _post(tx, pair, number, talk)
    for first in range(1, OBJECTIVES_EACH + 1):
        title = f"Objective {first} of somebody with many"
        known = an_objective(id=f"{pair}-{first}", mentorship=pair, okr_set=f"{pair}-set", number=first, title=title)
        tx.put(OBJECTIVES, known)
        for second in range(1, KEY_RESULTS_EACH + 1):
            _key_result(tx, pair, first, second)


def _key_result(tx: Transaction, pair: str, first: int, second: int) -> None:
    metric = METRICS[(first + second) % len(METRICS)]
    ref = f"{first}.{second}"
    known = f"{pair}-{ref}"
    title = f"Key result {ref} with a title of some length"
    tx.put(
        KEY_RESULTS,
        a_key_result(id=known, mentorship=pair, objective=f"{pair}-{first}", ref=ref, title=title, metric=metric),
    )
    pace = (first + 2 * second) % 4 + 1
    for step in range(READINGS_EACH):
        at = BEGUN + (MORNING - BEGUN) * (step + 1) / READINGS_EACH
        value = min(step * pace, 80)
        read = a_reading(value, id=f"{known}-{step}", mentorship=pair, key_result=known, at=at, source=BY_MAIL)
        tx.put(READINGS, read)


def _post(tx: Transaction, pair: str, number: int, talk: Meeting) -> None:
    """The agenda of the talk, and three answers, the last of them of this morning."""
    who, there = pair.removesuffix("-pair"), talk.begins_at.astimezone(ZoneInfo("Europe/Berlin"))
    due = datetime.combine(there.date() - timedelta(days=3), time(9), tzinfo=there.tzinfo).astimezone(UTC)
    sent = due if due <= MORNING else None
    agenda = an_outgoing(
        id=f"{pair}-agenda",
        key=f"{who}:protege:agenda:{talk.id}:{there.date().isoformat()}.{talk.sequence}",
        mentorship=pair,
        meeting=talk.id,
        name=f"{who.upper()} Somebody",
        address=f"{who}@example.net",
        due_at=due,
        state=OutgoingState.QUEUED if sent is None else OutgoingState.SENT,
        sent_at=sent,
        asked=tuple(Asked(ref=ref, key_result=f"{pair}-{ref}") for ref in ("1.1", "1.2")),
    )
    tx.put(OUTGOING, agenda)
    states = (IncomingState.APPLIED, IncomingState.APPLIED, STATES[number % len(STATES)])
    for weeks, state in enumerate(reversed(states)):
        mail = an_incoming(
            id=f"{pair}-mail-{weeks}",
            mentorship=pair,
            sender=f"{who}@example.net",
            subject="Re: Our talk on Thursday",
            received_at=MORNING - timedelta(weeks=weeks, minutes=1 + number),
            state=state,
            reason=str(NotApplied.WORDS) if state is IncomingState.HELD else "",
            left=("Could we talk before Thursday?",) if state is IncomingState.HELD else (),
            answers=agenda.id,
            summary="KR 1.1" if state is IncomingState.APPLIED else "",
        )
        tx.put(INCOMING, mail)
