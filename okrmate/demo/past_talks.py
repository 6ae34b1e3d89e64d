"""One talk of the past: planned, its agenda answered or not, held or not, and what both wrote of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from okrmate.demo.past import PastTalk
from okrmate.demo.people import Character
from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.letters import Incoming, IncomingState, LetterKind, Outgoing
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.people import Side
from okrmate.domain.rhythm import AGENDA_DAYS, at_local
from okrmate.frozen import replace
from okrmate.mail.outbound import reply_address
from okrmate.services import trail
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring import feedback, meetings, mentorships, okrs, readings
from okrmate.services.tables import INCOMING, MEETINGS, OUTGOING

HOUR = timedelta(hours=1)
MORNING = time(9)
BY_HAND = trail.by_command("demo")
MAIL = """\
From: {name} <{sender}>
To: {to}
Subject: {subject}
Date: {date}
Message-ID: {message_id}
In-Reply-To: {in_reply_to}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{words}
"""
"""What a mail program sends, made without one: there are many of them."""
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
        for written, write in ((talk.hers, self._hers), (talk.theirs, self._theirs)):
            if any(written):
                yield over + 3 * HOUR, write

    def plan(self) -> None:
        """Agree on it."""
        new = meetings.NewMeeting(starts=self.starts, zone=self.who.zone, minutes=45, place="video")
        meetings.plan(self.room.desk, self._pair, new)

    def _close(self) -> None:
        meetings.close_ended(self.room.desk)

    def _missed(self) -> None:
        meetings.become(self.room.desk, self._meeting.id, MeetingState.MISSED, source=BY_HAND)

    def _hers(self) -> None:
        positive, suggestion = self.talk.hers
        feedback.give(self.room.desk, self._pair, positive, suggestion, self._meeting.id)

    def _theirs(self) -> None:
        """A mail that answers the form."""
        desk, meeting, (positive, suggestion) = self.room.desk, self._meeting, self.talk.theirs
        mail = self._mail(self._letter(LetterKind.FEEDBACK), f"+ {positive}\n- {suggestion}", "feedback kept")
        source = Source(kind=SourceKind.MAIL, ref=mail.id)
        with self.room.store.transaction() as tx:
            tx.put(INCOMING, mail)
            feedback.take(
                tx, desk, meeting, Side.PROTEGE, positive=(positive,), suggestion=(suggestion,), source=source
            )
            told = f"feedback on talk {meeting.number}"
            trail.record(tx, desk, what=told, source=source, mentorship=meeting.mentorship, by=self.who.name)

    def _reply(self) -> None:
        """A mail that answers the agenda, and what it said of each key result."""
        words = "\n".join((self.talk.top, *(f"KR {said.ref}: {said.words}" for said in self.talk.said))).strip()
        mail = self._mail(self._letter(LetterKind.AGENDA), words, f"{len(self.talk.said)} updated")
        desk, pair = self.room.desk, self._pair
        source = Source(kind=SourceKind.MAIL, ref=mail.id)
        with self.room.store.transaction() as tx:
            tx.put(INCOMING, mail)
            tx.put(MEETINGS, replace(self._meeting, agenda_suits_at=mail.received_at))
            for said in self.talk.said:
                standing = okrs.find_standing(tx, pair, said.ref)
                for update in said.updates():
                    readings.apply_update(tx, desk, standing.key_result, update, source=source, at=mail.received_at)
            told = f"answer to the agenda of talk {self._meeting.number}"
            trail.record(tx, desk, what=told, source=source, mentorship=pair.mentorship.id, by=self.who.name)

    def _mail(self, letter: Outgoing, words: str, summary: str) -> Incoming:
        now, identifier = self.room.desk.clock.now(), self.room.desk.tokens.new_id()
        message_id = f"<{identifier}@{self.who.address.rpartition('@')[2]}>"
        subject = f"Re: {letter.subject}"
        content = MAIL.format(
            name=self.who.name,
            sender=self.who.address,
            to=reply_address(self.room.mentor.address, letter.token),
            subject=subject,
            date=format_datetime(now.astimezone(ZoneInfo(self.who.zone))),
            message_id=message_id,
            in_reply_to=letter.message_id,
            words=words,
        )
        return Incoming(
            id=identifier,
            message_id=message_id,
            received_at=now,
            sender=self.who.address,
            subject=subject,
            raw=self.room.raw.keep(identifier, content.encode(), now),
            state=IncomingState.APPLIED,
            mentorship=letter.mentorship,
            answers=letter.id,
            summary=summary,
        )

    @property
    def _pair(self) -> mentorships.Pair:
        return mentorships.find_pair(self.room.store, self.who.address)

    @property
    def _meeting(self) -> Meeting:
        known = self.room.store.find(MEETINGS, "mentorship", self._pair.mentorship.id)
        return next(each for each in known if each.starts == self.starts)

    def _letter(self, kind: LetterKind) -> Outgoing:
        """The one of this kind to the protégé."""
        letters = self.room.store.find(OUTGOING, "meeting", self._meeting.id)
        return next(each for each in letters if each.kind is kind and each.to is Side.PROTEGE)


def nothing() -> None:
    """A moment at which only letters leave."""
