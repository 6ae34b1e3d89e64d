"""What the mentor's Monday letter says: the lines wanted from her, what needs her, what moved or not, what leaves."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from okrmate.domain.condition import Condition
from okrmate.domain.feedback import by_side
from okrmate.domain.letters import NEEDS_MENTOR, LetterKind, Outgoing, OutgoingState
from okrmate.domain.meetings import MeetingState
from okrmate.domain.okrs import OkrSetState
from okrmate.domain.pace import RHYTHM, SILENT_RHYTHMS, stuck_since
from okrmate.domain.people import MentorshipState, Side
from okrmate.domain.summaries import summarise
from okrmate.frozen import Frozen
from okrmate.mail.markup import shorten
from okrmate.mail.words import Words
from okrmate.services.letters.between_contexts import DigestContext, LineWanted
from okrmate.services.letters.due import Due, Rulebook, Variant
from okrmate.services.letters.dues import dues
from okrmate.services.letters.key_result_lines import changed_line, value_text
from okrmate.services.mentoring.mentorships import Pair, pairs
from okrmate.services.mentoring.own_lines import own_line
from okrmate.services.mentoring.promises import open_promises
from okrmate.services.mentoring.tracking import Tracked, tree
from okrmate.services.ports import Reader
from okrmate.services.tables import FEEDBACK, INCOMING, MEETINGS, OUTGOING

WEEK = timedelta(days=7)
UNANSWERED = timedelta(days=14)
"""Somebody who was added so long ago and never wrote is silent."""
SEVERAL = 2
"""More numbers of one person that stand still than this are told together."""
QUOTED = 80


def digest_context(book: Rulebook, reader: Reader, words: Words, now: datetime) -> DigestContext:
    """Everything of the week, for the mentor alone; what is sealed is not looked at for it."""
    found = [_Week(book=book, reader=reader, words=words, pair=pair, now=now) for pair in working(reader)]
    leaving = sorted((due for week in found for due in week.dues), key=lambda due: due.due_at)
    wanted = [due for due in leaving if _wants_line(reader, due)]

    def told(section: Callable[[_Week], Iterator[str]]) -> tuple[str, ...]:
        return tuple(line for week in found for line in section(week))

    names = names_of([week.pair for week in found])
    return DigestContext(
        name=book.mentor.first_name,
        other="",
        day=book.mentor.local(now).date(),
        lines=tuple(
            LineWanted(id=f"line-{number}", name=names[due.pair.mentorship.id], leaves=due.due_at)
            for number, due in enumerate(wanted, 1)
        ),
        needs=told(_Week.needs),
        moved=told(_Week.moved),
        still=(*told(_Week.still), *told(_Week.silent)),
        late=told(_Week.late),
        leaving=tuple(_leaves(due, words) for due in leaving),
    )


def working(reader: Reader) -> tuple[Pair, ...]:
    """The mentorships that are at work."""
    return tuple(pair for pair in pairs(reader) if pair.mentorship.state is MentorshipState.ACTIVE)


def names_of(everyone: Sequence[Pair]) -> dict[str, str]:
    """What each is called, by the mentorship's id: the first name, or the whole one where two share it."""
    first = [pair.protege.first_name for pair in everyone]
    return {
        pair.mentorship.id: pair.protege.first_name if first.count(pair.protege.first_name) == 1 else pair.protege.name
        for pair in everyone
    }


def _wants_line(reader: Reader, due: Due) -> bool:
    """Whether an agenda leaves without a line of her own."""
    agenda = due.kind is LetterKind.AGENDA and due.variant is not Variant.FINAL
    return agenda and due.meeting is not None and not own_line(reader, due.meeting.id)


def _leaves(due: Due, words: Words) -> str:
    name = str(due.variant if due.variant in (Variant.REMINDER, Variant.FINAL) else due.kind)
    return words.phrase(
        "digest",
        "leaves",
        moment=words.when(due.due_at, "moment"),
        protege=due.pair.protege.first_name,
        letter=words.phrase("letters", name),
    )


class _Week(Frozen):
    """One mentorship's week."""

    book: Rulebook
    reader: Reader
    words: Words
    pair: Pair
    now: datetime

    @property
    def dues(self) -> tuple[Due, ...]:
        """What leaves to the protégé in the coming week and has not left."""
        left = {
            letter.key for letter in self._letters() if letter.state not in (OutgoingState.HELD, OutgoingState.QUEUED)
        }
        return tuple(
            due
            for due in dues(self.book, self.reader, self.pair, self.now)
            if due.to is Side.PROTEGE and self.now <= due.due_at < self.now + WEEK and due.key not in left
        )

    def needs(self) -> Iterator[str]:
        """Mails and letters that wait for her, her promises, and her own two lines on a talk."""
        mails = self.reader.find(INCOMING, "mentorship", self.pair.mentorship.id)
        waiting = sum(mail.state in NEEDS_MENTOR for mail in mails)
        if waiting:
            yield self._say("mail" if waiting == 1 else "mails", count=f"{waiting}")
        held = sum(letter.state is OutgoingState.HELD for letter in self._letters())
        if held:
            yield self._say("held" if held == 1 else "several_held", count=f"{held}")
        for promise in open_promises(self.reader, self.pair.mentorship.id):
            if promise.by is Side.MENTOR:
                yield self._say("promised", words=shorten(promise.text, QUOTED), date=self._date(promise.at))
        for meeting in self.reader.find(MEETINGS, "mentorship", self.pair.mentorship.id):
            fresh = meeting.state is MeetingState.HELD and meeting.ends_at > self.now - WEEK
            if fresh and by_side(self.reader.find(FEEDBACK, "meeting", meeting.id), Side.MENTOR) is None:
                yield self._say("form", date=self._date(meeting.begins_at))

    def moved(self) -> Iterator[str]:
        """Key results that are another number than a week ago."""
        for each in self._tracked():
            value, at = each.summary.value, each.summary.moved_at
            if value is None or at is None or at <= self.now - WEEK:
                continue
            before = summarise(reading for reading in each.readings if reading.at <= self.now - WEEK).value
            known = before if before is not None else each.metric.baseline
            if known != value:
                yield self._say("moved", line=changed_line(each.key_result, known, value, self.words).text)

    def still(self) -> Iterator[str]:
        """Key results that stand still; more than two of one person in one line."""
        stuck = [each for each in self._tracked() if each.position.condition is Condition.STUCK]
        since = [stuck_since(each.metric, each.readings) for each in stuck]
        if len(stuck) > SEVERAL:
            days = [day for day in since if day is not None]
            yield self._say("several_still", count=f"{len(stuck)}", date=self._date(max(days, default=self.now)))
            return
        for each, day in zip(stuck, since, strict=True):
            if each.summary.value is not None:
                yield self._say(
                    "still",
                    title=shorten(each.key_result.title, QUOTED),
                    value=value_text(each.metric, each.summary.value, self.words),
                    date=self._date(day or each.summary.value_at or self.now),
                    ref=each.key_result.ref,
                )

    def silent(self) -> Iterator[str]:
        """Somebody of whom nothing was heard for two rhythms, or nothing at all in the first two weeks."""
        mails = self.reader.find(INCOMING, "mentorship", self.pair.mentorship.id)
        last = max((mail.received_at for mail in mails), default=None)
        begun = self.pair.mentorship.begun_at
        if last is not None and self.now - last >= SILENT_RHYTHMS * RHYTHM:
            yield self._say("silent", date=self._date(last))
        elif last is None and self.now - begun >= UNANSWERED:
            yield self._say("never_heard", date=self._date(begun))

    def late(self) -> Iterator[str]:
        """What left late in the week behind, and what was no longer useful when it could have left."""
        for letter in self._letters():
            if not self.now - WEEK < letter.due_at <= self.now:
                continue
            if letter.state is OutgoingState.SENT and letter.short_notice:
                yield self._say("late", letter=self.words.phrase("letters", str(letter.kind)))
            elif letter.state is OutgoingState.EXPIRED:
                yield self._say("expired", letter=self.words.phrase("letters", str(letter.kind)))

    def _letters(self) -> tuple[Outgoing, ...]:
        letters = self.reader.find(OUTGOING, "mentorship", self.pair.mentorship.id)
        return tuple(letter for letter in letters if letter.to is Side.PROTEGE)

    def _tracked(self) -> tuple[Tracked, ...]:
        found = tree(self.reader, self.pair.mentorship.id, self.now)
        return found.key_results if found is not None and found.okr_set.state is OkrSetState.ACTIVE else ()

    def _say(self, name: str, **values: str) -> str:
        return self.words.phrase("digest", name, protege=self.pair.protege.first_name, **values)

    def _date(self, moment: datetime | date) -> str:
        return self.words.when(moment, "short_date")
