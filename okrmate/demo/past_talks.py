"""One talk of the past: planned, its agenda answered or not, held or not, and what both wrote of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from zoneinfo import ZoneInfo

from okrmate.demo.past import PastTalk
from okrmate.demo.people import Character
from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.errors import Refusal
from okrmate.domain.letters import Incoming, IncomingState, LetterKind, Outgoing
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.people import Side
from okrmate.domain.rhythm import AGENDA_DAYS, at_local
from okrmate.mail.outbound import reply_address
from okrmate.services import trail
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring import feedback, meetings, mentorships, okrs, readings
from okrmate.services.tables import INCOMING, MEETINGS, OUTGOING

HOUR = timedelta(hours=1)
MORNING = time(9)
BY_HAND = trail.by_command("demo")
Deed = tuple[datetime, Callable[[], None]]
"""What is done at a moment."""


@dataclass(slots=True)
class LivedTalk:
    """A talk of one of them; its letters leave by themselves, here is only when somebody looks after them."""

    room: MailRoom
    who: Character
    talk: PastTalk
    not_before: datetime
    """When there was anybody to plan it with."""

    @property
    def starts(self) -> datetime:
        """Wall time where the protégé lives."""
        return datetime.fromisoformat(self.talk.on)

    @property
    def begins(self) -> datetime:
        """The moment, UTC."""
        return self.starts.replace(tzinfo=ZoneInfo(self.who.zone)).astimezone(UTC)

    @property
    def planned_at(self) -> datetime:
        """When both agreed on it."""
        return max(self.begins - self.talk.planned, self.not_before)

    def deeds(self) -> Iterator[Deed]:
        """What was done about it and when."""
        talk, over = self.talk, self.begins + HOUR
        yield self.planned_at, self.plan
        agenda = max(at_local(self.starts.date() - AGENDA_DAYS, MORNING, self.who.zone), self.planned_at)
        yield agenda, nothing
        if talk.replied is not None:
            yield agenda + talk.replied, self._reply
        if talk.missed:
            yield over, self._missed
            return
        yield over, self._close
        yield over + HOUR, nothing
        for side, written in ((Side.MENTOR, talk.hers), (Side.PROTEGE, talk.theirs)):
            if any(written):
                yield over + 3 * HOUR, partial(self._feedback, side, written)

    def plan(self) -> None:
        """Agree on it."""
        new = meetings.NewMeeting(starts=self.starts, zone=self.who.zone, minutes=45, place="video")
        meetings.plan(self.room.desk, self._pair, new)

    def _close(self) -> None:
        meetings.close_ended(self.room.desk)

    def _missed(self) -> None:
        meetings.become(self.room.desk, self._meeting.id, MeetingState.MISSED, source=BY_HAND)

    def _feedback(self, side: Side, written: tuple[str, str]) -> None:
        positive, suggestion = written
        desk, pair, meeting = self.room.desk, self._pair, self._meeting
        with self.room.store.transaction() as tx:
            feedback.take(
                tx,
                desk,
                meeting,
                side,
                positive=(positive,),
                suggestion=(suggestion,),
                source=Source(kind=SourceKind.MAIL),
            )
            what = f"feedback of the {side} on talk {meeting.number}"
            trail.record(tx, desk, what=what, source=BY_HAND, mentorship=pair.mentorship.id)

    def _reply(self) -> None:
        """A mail that answers the agenda, and what it said of each key result."""
        letter = next(each for each in self._letters if each.kind is LetterKind.AGENDA and each.to is Side.PROTEGE)
        mail = self._mail(
            letter, "\n".join((self.talk.top, *(f"KR {said.ref}: {said.words}" for said in self.talk.said))).strip()
        )
        desk, pair = self.room.desk, self._pair
        source = Source(kind=SourceKind.MAIL, ref=mail.id)
        with self.room.store.transaction() as tx:
            tx.put(INCOMING, mail)
            for said in self.talk.said:
                standing = okrs.find_standing(tx, pair, said.ref)
                updates = readings.typed_updates(standing, said.words, pair.protege.locale, mail.received_at)
                for update in () if isinstance(updates, Refusal) else updates:
                    readings.apply_update(tx, desk, standing.key_result, update, source=source, at=mail.received_at)
            told = f"answer to the agenda of talk {self._meeting.number}"
            trail.record(tx, desk, what=told, source=source, mentorship=pair.mentorship.id, by=self.who.name)

    def _mail(self, letter: Outgoing, words: str) -> Incoming:
        now, identifier = self.room.desk.clock.now(), self.room.desk.tokens.new_id()
        message = EmailMessage()
        message["From"] = f"{self.who.name} <{self.who.address}>"
        message["To"] = reply_address(self.room.mentor.address, letter.token)
        message["Subject"] = f"Re: {letter.subject}"
        message["Date"] = format_datetime(now.astimezone(ZoneInfo(self.who.zone)))
        message["Message-ID"] = f"<{identifier}@{self.who.address.rpartition('@')[2]}>"
        message["In-Reply-To"] = letter.message_id
        message.set_content(words)
        return Incoming(
            id=identifier,
            message_id=str(message["Message-ID"]),
            received_at=now,
            sender=self.who.address,
            subject=str(message["Subject"]),
            raw=self.room.raw.keep(identifier, message.as_bytes(), now),
            state=IncomingState.APPLIED,
            mentorship=letter.mentorship,
            answers=letter.id,
            summary=f"{words.count('KR ')} updated",
        )

    @property
    def _pair(self) -> mentorships.Pair:
        return mentorships.find_pair(self.room.store, self.who.address)

    @property
    def _meeting(self) -> Meeting:
        known = self.room.store.find(MEETINGS, "mentorship", self._pair.mentorship.id)
        return next(each for each in known if each.starts == self.starts)

    @property
    def _letters(self) -> tuple[Outgoing, ...]:
        return self.room.store.find(OUTGOING, "meeting", self._meeting.id)


def nothing() -> None:
    """A moment at which only letters leave."""
