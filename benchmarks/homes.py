"""Homes of a size: people whose OKRs run and whose talk is near, with their agendas sent."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from okrmate.adapters.clock import MovedClock
from okrmate.bootstrap.desk import open_home
from okrmate.bootstrap.mail import mail_room
from okrmate.reply.drafts import draft_okrs
from okrmate.services.incoming import inbox
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring import meetings, mentorships, okrs, steps
from okrmate.services.mentoring.drafts import as_new
from okrmate.services.outgoing import delivery, outbox, planning

CONFIG = """
[mentor]
name = "Vera Lund"
address = "vera@example.org"
zone = "Europe/Berlin"

[mail]
review = "none"
plus_addresses = true
"""
OKRS = """
O: Be the engineer other teams ask to explain things, by the end of June
KR: 6 invitations to speak at other teams' meetings (now 1)
KR: 80 % of listeners rate the talk 4 or 5 (now 62 %)
KR: Talk portfolio live
O: Let the team ship without waiting for me
KR: 12 releases led by others (now 2)
KR: 90 % of reviews answered within a day (now 55 %)
"""
BEGINS = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AGENDAS = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
FIRST_TALK = datetime(2026, 3, 12, 8, 0)  # noqa: DTZ001 - wall time, as a talk is planned
INBOX = "mail/maildir/INBOX"
SENT = "mail/maildir/Sent"


@contextmanager
def home_of(people: int) -> Iterator[tuple[Path, MailRoom, MovedClock]]:
    """A home with so many people, three days before their talks, whose letters have left."""
    with TemporaryDirectory(prefix="okrmate-bench-") as folder:
        home = Path(folder)
        (home / "config.toml").write_text(CONFIG, encoding="utf-8")
        clock = MovedClock(BEGINS)
        with _opened(home, clock) as room:
            _fill(room, people, clock)
        with _opened(home, clock) as room:
            yield home, room, clock


@contextmanager
def _opened(home: Path, clock: MovedClock) -> Iterator[MailRoom]:
    opened = open_home(home, clock)
    with closing(opened.desk.store):
        yield mail_room(opened)


def _fill(room: MailRoom, people: int, clock: MovedClock) -> None:
    for number in range(people):
        _add(room, number)
    inbox.poll(room)
    for moment in (BEGINS, AGENDAS):
        clock.move_to(max(moment, clock.now()))
        planning.plan(room)
        outbox.release_all(room.desk)
        delivery.deliver(room)


def _add(room: MailRoom, number: int) -> None:
    desk = room.desk
    new = mentorships.NewPerson(name=f"Person {number:03}", address=f"p{number:03}@example.net", locale="en")
    pair = mentorships.add_person(desk, new)
    okrs.import_objectives(desk, pair, as_new(draft_okrs(OKRS)))
    steps.activate(desk, pair, "agreed in the first talk")
    starts = FIRST_TALK + timedelta(minutes=15 * (number % 30))
    meetings.plan(desk, pair, meetings.NewMeeting(starts=starts, zone="Europe/Berlin", minutes=60))
