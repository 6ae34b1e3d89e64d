"""An office where Sam has key results and a talk: its letters leave, and what is written back is read at once."""

from copy import deepcopy
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from okrmate.adapters.resources import Resources
from okrmate.domain.letters import Incoming, LetterKind, Outgoing
from okrmate.domain.meetings import Meeting
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.mail.layout import text
from okrmate.mail.rendering import Composer
from okrmate.reply.drafts import draft_okrs
from okrmate.services.incoming import inbox
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring import meetings, okrs, steps
from okrmate.services.mentoring.drafts import as_new
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.outgoing import delivery, planning
from okrmate.services.ports import Record, Table
from okrmate.services.tables import INCOMING
from tests.fakes import MemoryMailbox, MemoryRawMail
from tests.services.rooms import Office

COMPOSER = Composer(Resources(Path("a-home-without-templates")))
R = TypeVar("R", bound=Record)
SAM = "Sam Ortiz <sam@example.net>"
OLIVIA = "Olivia Marsh <olivia@example.org>"
AGENDA_DAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
"""Three days before the talk, nine o'clock where Sam lives."""
TALK_OVER = datetime(2026, 3, 12, 16, 0, tzinfo=UTC)
OKRS = (
    "O: Be known as somebody who writes well\n"
    "KR: 5 requests for a guest article (now 1)\n"
    "KR: 80 % of readers finish an article (now 62 %)\n"
    "KR: Portfolio site live\n"
)


class PostOffice(Office):
    """Begins on a Monday with a talk planned for Thursday in ten days; the first letters have left."""

    def __init__(self) -> None:
        first, self.pair, self.talk_id = _first_day()
        self.mailbox = MemoryMailbox()
        self.raw = MemoryRawMail()
        super().__init__()
        self._mails = 0
        self._first_room = self.room
        self._become(first)

    def restart(self) -> MailRoom:
        self.room = replace(super().restart(), mailbox=self.mailbox, raw=self.raw, composer=COMPOSER)
        return self.room

    @property
    def talk(self) -> Meeting:
        return self.meeting(self.talk_id)

    def work(self) -> None:
        """One pass of planning and delivering."""
        planning.plan(self.room)
        delivery.deliver(self.room)

    def agenda(self, to: Side = Side.PROTEGE) -> Outgoing:
        """The agenda, on the day it leaves."""
        if self._is_as_on_first_day:
            self._become(_agenda_day())
        else:
            self.clock.set(AGENDA_DAY)
            self.work()
        return self.letter(LetterKind.AGENDA, to)

    def form(self, to: Side = Side.PROTEGE) -> Outgoing:
        """The feedback form, an hour after the talk is over."""
        self.agenda()
        for hour in range(2):
            self.clock.set(TALK_OVER.replace(hour=TALK_OVER.hour + hour))
            self.work()
        return self.letter(LetterKind.FEEDBACK, to)

    def written(self, body: str, letter: Outgoing | None = None, /, **fields: str | None) -> bytes:
        """A mail of Sam's, in answer to `letter` if one is given; a field given as None is left out."""
        self._mails += 1
        head: dict[str, str | None] = {
            "From": SAM,
            "To": OLIVIA,
            "Subject": f"Re: {letter.subject}" if letter else "Hello",
            "Message-ID": f"<mail-{self._mails}@mail.example.net>",
            "Date": format_datetime(self.clock.now()),
            "In-Reply-To": letter.message_id if letter else None,
            "References": letter.message_id if letter else None,
        }
        head |= {name.replace("_", "-"): value for name, value in fields.items()}
        lines = [f"{name}: {value}\n" for name, value in head.items() if value is not None]
        return ("".join(lines) + "\n" + body).encode()

    def receive(self, raw: bytes) -> Incoming:
        """The record of a mail that has arrived and was read, and the letters it was answered by are on their way."""
        (mail,) = self.look(raw)
        return mail

    def look(self, *raw: bytes) -> tuple[Incoming, ...]:
        """What one look brings in after these mails have arrived, each a minute after what was before."""
        for each in raw:
            self.clock.move(minutes=1)
            self.mailbox.arrive(each, self.clock.now())
        mails = inbox.poll(self.room).mails
        delivery.deliver(self.room)
        return mails

    def answer(self, letter: Outgoing, body: str, /, **fields: str | None) -> Incoming:
        """Sam's answer, arrived and read."""
        return self.receive(self.written(body, letter, **fields))

    def answer_of_mentor(self, letter: Outgoing, body: str) -> Incoming:
        return self.receive(self.written(body, letter, From=OLIVIA))

    def acknowledgement(self, mail: Incoming) -> Outgoing:
        """The one letter that answers a mail."""
        (letter,) = (each for each in self.letters(LetterKind.ACKNOWLEDGEMENT) if each.answers == mail.id)
        return letter

    def said_to(self, mail: Incoming) -> str:
        """What the acknowledgement of a mail says."""
        return " ".join(text(self.acknowledgement(mail).blocks).replace("\u00a0", " ").split())

    def answered(self) -> tuple[str, ...]:
        """The mails that were acknowledged, by id."""
        return tuple(each.answers for each in self.letters(LetterKind.ACKNOWLEDGEMENT))

    def now(self, mail: Incoming) -> Incoming:
        """The record of a mail as it stands now."""
        found = self.store.get(INCOMING, mail.id)
        assert found is not None
        return found

    def values(self) -> dict[str, str]:
        """Each key result and its value, empty where none was ever heard."""
        return {
            each.key_result.ref: "" if each.summary.value is None else f"{each.summary.value.normalize():f}"
            for each in okrs.active_standings(self.store, self.pair.mentorship.id)
        }

    def every(self, table: Table[R]) -> tuple[R, ...]:
        return self.store.every(table)

    def _become(self, other: Office) -> None:
        """Stand where another office stands, in which the same was done."""
        # No transaction changes the records: it puts others in their place.
        self.store.records = other.store.records
        self.clock.set(other.clock.now())
        parts = (self.postman, self.room.raw, self.desk.tokens), (other.postman, other.room.raw, other.desk.tokens)
        for mine, theirs in zip(*parts, strict=True):
            vars(mine).update(deepcopy(vars(theirs)))

    @property
    def _is_as_on_first_day(self) -> bool:
        first = _first_day()[0]
        return (
            self.room is self._first_room
            and self.clock.now() == first.clock.now()
            and self.store.is_as(first.store)
            and vars(self.postman) == vars(first.postman)
        )


@cache
def _first_day() -> tuple[Office, Pair, str]:
    """The office that every test begins with, made once; nobody works in it. With it Sam and the id of the talk."""
    office = Office()
    office.room = replace(office.room, composer=COMPOSER)
    pair = office.with_person(reviewed=True)
    okrs.import_objectives(office.desk, pair, as_new(draft_okrs(OKRS)))
    steps.activate(office.desk, pair, "agreed in the first talk")
    starts = datetime(2026, 3, 12, 15, 0)  # noqa: DTZ001 - wall time in the zone of the talk
    talk = meetings.plan(office.desk, pair, meetings.NewMeeting(starts=starts, zone="Europe/Madrid"))
    planning.plan(office.room)
    delivery.deliver(office.room)
    return office, pair, talk.id


@cache
def _agenda_day() -> PostOffice:
    """The office on the day the agenda has left, when nothing else has happened; nobody works in it."""
    office = PostOffice()
    office.clock.set(AGENDA_DAY)
    office.work()
    return office
