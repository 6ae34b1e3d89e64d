"""What happens in the story, told by looking at the store: each event once, in the order people would notice it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from functools import partial

from okrmate.demo.answering import Answer
from okrmate.domain.letters import Incoming, IncomingState, LetterKind, Outgoing, OutgoingState, Question
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.okrs import Reading
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, field
from okrmate.mail.layout import text
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.mentorships import pair
from okrmate.services.tables import FEEDBACK, INCOMING, KEY_RESULTS, MEETINGS, OUTGOING, READINGS


class EventKind(StrEnum):
    """The events of the contract (`demo --script --json`)."""

    LETTER_SENT = "letter_sent"
    REPLY_RECEIVED = "reply_received"
    KEY_RESULT_MOVED = "key_result_moved"
    QUESTION_ASKED = "question_asked"
    ACKNOWLEDGED = "acknowledged"
    MEETING_HELD = "meeting_held"
    FEEDBACK_RECEIVED = "feedback_received"
    FEEDBACK_EXCHANGED = "feedback_exchanged"
    HELD_FOR_REVIEW = "held_for_review"


class Event(Frozen):
    """Something that happened: when, what, to or by whom, and what belongs to its kind.

    `lines` is what a person reading along would see of it: the words of a mail, the text of a letter.
    """

    at: datetime
    kind: EventKind
    who: str
    facts: Mapping[str, object] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


class Witness:
    """Notices what is new in the store since it last looked."""

    def __init__(self, room: MailRoom, answers: Callable[[], Iterator[Answer]]) -> None:
        """Take what is there now as known; `answers` are all that the people of the story write."""
        self._room = room
        self._answers = answers
        self._known = {name for name, _ in self._occasions()}

    def news(self) -> Iterator[Event]:
        """What happened since, mails and what they changed first, then talks, then letters."""
        for name, told in tuple(self._occasions()):
            if name not in self._known:
                self._known.add(name)
                yield from told()

    def _occasions(self) -> Iterator[tuple[str, Callable[[], Iterator[Event]]]]:
        """What has happened so far, by a name of its own, and how it is told."""
        for mail in self._room.store.every(INCOMING):
            yield f"mail {mail.id}", partial(self._of_mail, mail)
        for meeting in self._room.store.every(MEETINGS):
            if meeting.state in (MeetingState.HELD, MeetingState.REVIEWED):
                yield f"held {meeting.id}", partial(self._held, meeting)
        for letter in self._room.store.every(OUTGOING):
            if letter.state is OutgoingState.SENT:
                yield f"sent {letter.id}", partial(self._of_letter, letter)

    def _now(self) -> datetime:
        return self._room.desk.clock.now()

    def _of_mail(self, mail: Incoming) -> Iterator[Event]:
        who = self._name(mail)
        yield Event(
            at=self._now(),
            kind=EventKind.REPLY_RECEIVED,
            who=who,
            facts={"subject": mail.subject, "state": str(mail.state)},
            lines=self._typed(mail),
        )
        for reading in self._room.store.every(READINGS):
            if reading.source.ref == mail.id and reading.value is not None:
                yield self._moved(reading, who)
        for feedback in self._room.store.every(FEEDBACK):
            if feedback.source.ref == mail.id:
                yield Event(at=self._now(), kind=EventKind.FEEDBACK_RECEIVED, who=who)
        if mail.state is IncomingState.HELD:
            yield Event(at=self._now(), kind=EventKind.HELD_FOR_REVIEW, who=who, facts={"reason": mail.reason})

    def _typed(self, mail: Incoming) -> tuple[str, ...]:
        """What the person typed, for whoever reads the story; the program itself keeps feedback sealed."""
        for answer in self._answers():
            if answer.message_id == mail.message_id:
                below = tuple(f"{label}: {text}" for label, text in answer.typed.below)
                return (*answer.typed.top.splitlines(), *below)
        return ()

    def _name(self, mail: Incoming) -> str:
        if mail.sender == self._room.mentor.address or not mail.mentorship:
            return self._room.mentor.name
        return pair(self._room.store, mail.mentorship).protege.name

    def _moved(self, reading: Reading, who: str) -> Event:
        key_result = self._room.store.get(KEY_RESULTS, reading.key_result)
        readings = self._room.store.find(READINGS, "key_result", reading.key_result)
        earlier = [each.value for each in readings[: readings.index(reading)] if each.value is not None]
        before = earlier[-1] if earlier else (key_result.metric.baseline if key_result else None)
        return Event(
            at=self._now(),
            kind=EventKind.KEY_RESULT_MOVED,
            who=who,
            facts={
                "kr": key_result.ref if key_result else "",
                "title": key_result.title if key_result else "",
                "before": None if before is None else float(before),
                "after": None if reading.value is None else float(reading.value),
            },
        )

    def _held(self, meeting: Meeting) -> Iterator[Event]:
        found = pair(self._room.store, meeting.mentorship)
        yield Event(at=self._now(), kind=EventKind.MEETING_HELD, who=found.protege.name, facts={"talk": meeting.number})

    def _of_letter(self, letter: Outgoing) -> Iterator[Event]:
        lines = tuple(text(letter.blocks).splitlines())
        facts: dict[str, object] = {"subject": letter.subject, "to": letter.address}
        match letter.kind:
            case LetterKind.ACKNOWLEDGEMENT | LetterKind.COACH:
                asks = any(isinstance(block, Question) for block in letter.blocks)
                kind = EventKind.QUESTION_ASKED if asks else EventKind.ACKNOWLEDGED
            case LetterKind.EXCHANGE:
                kind = EventKind.FEEDBACK_EXCHANGED
            case _:
                kind = EventKind.LETTER_SENT
                facts = {"letter": letter.called, **facts, "copy": letter.to is Side.MENTOR}
        yield Event(at=self._now(), kind=kind, who=letter.name, facts=facts, lines=lines)
