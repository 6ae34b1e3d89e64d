"""The story: people are added, letters leave when they are due, answers arrive, and the clock jumps to what is next."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from okrmate.adapters.clock import MovedClock
from okrmate.demo.answering import Answer, answers, arrive
from okrmate.demo.events import Event, Witness
from okrmate.demo.people import INES, PROTEGES, Character
from okrmate.domain.letters import HoldReason, Outgoing, OutgoingState
from okrmate.reply.drafts import draft_okrs
from okrmate.services.incoming import inbox
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring import meetings, mentorships, okrs, steps
from okrmate.services.mentoring.drafts import as_new
from okrmate.services.outgoing import delivery, outbox, planning
from okrmate.services.tables import MEETINGS, OUTGOING, PEOPLE

LONGEST = timedelta(days=60)
TO_THE_END = timedelta(days=31)
"""How long a story goes on whose people have a past: until their goals have closed."""


@dataclass(slots=True, kw_only=True)
class Story:
    """One telling of the story in one home; it can be told on after an interruption."""

    home: Path
    room: MailRoom
    clock: MovedClock
    inbox: Path
    cast: tuple[Character, ...] = PROTEGES
    since: datetime | None = None
    """When the story goes on for people who have a past already; None for one that begins with their first letters."""
    witness: Witness = field(init=False)

    def __post_init__(self) -> None:
        """Begin to watch the store as it is."""
        self.witness = Witness(self.room, self.answers)

    def told(self) -> Iterator[Event]:
        """Tell it to the end, event by event."""
        self.begin()
        yield from self._round()
        while self._moved_on():
            yield from self._round()

    def begin(self) -> None:
        """Do what the mentor does at the beginning, as far as it is not done yet."""
        for who in self.cast if self.since is None else ():
            self._begin(who)

    def step(self) -> tuple[Event, ...]:
        """Let happen what can happen now, else at the next moment at which something does; nothing at the end."""
        events = tuple(self._round())
        while not events and self._moved_on():
            events = tuple(self._round())
        return events

    def settle(self) -> tuple[Event, ...]:
        """Let happen what can happen now; letters that wait for the mentor stay hers."""
        return tuple(self._round(for_the_mentor=False))

    def _moved_on(self) -> bool:
        """Whether the clock went on to what is next; the story ends when nothing is, or its time is over."""
        began = (pair.mentorship.begun_at for pair in mentorships.pairs(self.room.store))
        following = self._next()
        if following is None:
            return False
        last = min(began, default=following) + LONGEST if self.since is None else self.since + TO_THE_END
        if following > last:
            return False
        self.clock.move_to(following)
        return True

    def _begin(self, who: Character) -> None:
        """What the mentor does for one person at the beginning, as far as it is not done yet."""
        desk, store = self.room.desk, self.room.store
        if not store.find(PEOPLE, "address", who.address):
            mentorships.add_person(
                desk, mentorships.NewPerson(name=who.name, address=who.address, zone=who.zone, locale="en")
            )
        pair = mentorships.find_pair(store, who.address)
        if not who.okrs:
            return
        if okrs.current_outline(store, pair.mentorship.id) is None:
            okrs.import_objectives(desk, pair, as_new(draft_okrs(who.okrs)))
        if not okrs.active_standings(store, pair.mentorship.id):
            steps.activate(desk, pair, "agreed in the first talk")
        if not store.find(MEETINGS, "mentorship", pair.mentorship.id):
            wall = datetime.fromisoformat(who.talk).astimezone(ZoneInfo(who.zone)).replace(tzinfo=None)
            meetings.plan(desk, pair, meetings.NewMeeting(starts=wall, zone=who.zone, place="video"))

    def _round(self, *, for_the_mentor: bool = True) -> Iterator[Event]:
        """Everything that happens now: answers arrive and are read, letters fall due and leave.

        `for_the_mentor`: the first letter to each person, which waits for her, is looked at and let go as well.
        """
        now = self.clock.now()
        for answer in self.answers():
            if answer.at <= now:
                arrive(self.inbox, answer)
        inbox.poll(self.room)
        yield from self.witness.news()
        planning.plan(self.room)
        yield from self.witness.news()
        for letter in first_letters(self.room) if for_the_mentor else ():
            if outbox.find_letter(self.room.store, letter.id).state is OutgoingState.HELD:
                outbox.release(self.room.desk, letter.id)
        delivery.deliver(self.room)
        yield from self.witness.news()

    def answers(self) -> Iterator[Answer]:
        """What its people write to the letters that have left so far, whether it has arrived or not."""
        return answers(self.room.store, (*self.cast, INES), self.since)

    def _next(self) -> datetime | None:
        now = self.clock.now()
        ahead = [answer.at for answer in self.answers() if answer.at > now]
        by_itself = planning.next_moment(self.room, now)
        return min([*ahead, *([by_itself] if by_itself else [])], default=None)


def first_letters(room: MailRoom) -> tuple[Outgoing, ...]:
    """The first letters that wait for the mentor, who in the story looks at them at once; a doubt is hers to keep."""
    held = room.store.find(OUTGOING, "state", OutgoingState.HELD)
    return tuple(letter for letter in held if letter.hold is HoldReason.FIRST_LETTER)
