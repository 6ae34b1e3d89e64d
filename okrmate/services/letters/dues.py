"""Which letters should exist: worked out from stored data alone, so that a slept week catches up by itself."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

from okrmate.domain.feedback import Feedback, by_side
from okrmate.domain.letters import FINAL, LetterKind, Outgoing, OutgoingState
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.people import Invitations, MentorshipState, Side
from okrmate.domain.rhythm import (
    QuietHours,
    agenda_due,
    agenda_useful_until,
    exchange_due_at_latest,
    final_agenda_due,
    form_due,
    form_useful_until,
    reminder_due,
    short_notice,
    waking,
)
from okrmate.frozen import Frozen
from okrmate.services.letters.check_ins import check_ins
from okrmate.services.letters.due import Due, Rulebook, Variant, key
from okrmate.services.letters.final_agendas import changed_at
from okrmate.services.letters.set_dues import dues_of_sets
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Reader
from okrmate.services.tables import FEEDBACK, MEETINGS, OUTGOING

WELCOME_USEFUL = timedelta(days=14)
EXCHANGE_USEFUL = timedelta(days=14)
LOOK_BACK = timedelta(days=40)
"""A talk that was settled longer ago has no letter left that could still be useful."""
TOOK_PLACE = (MeetingState.HELD, MeetingState.REVIEWED)


class _More(TypedDict, total=False):
    variant: Variant
    after: Outgoing | None
    short_notice: bool
    known_at: datetime


class _Talk(Frozen):
    """A talk with what decides about its letters."""

    reader: Reader
    meeting: Meeting
    pair: Pair
    letters: tuple[Outgoing, ...]
    feedback: tuple[Feedback, ...]
    mentor_zone: str
    quiet: QuietHours

    def zone(self, side: Side) -> str:
        return self.mentor_zone if side is Side.MENTOR else self.pair.protege.zone

    def sent(self, kind: LetterKind, side: Side) -> tuple[Outgoing, ...]:
        """What has left, or is on its way."""
        return tuple(
            letter for letter in self.letters if letter.kind is kind and letter.to is side and letter.state in _LEFT
        )

    def perhaps_got(self, kind: LetterKind, side: Side) -> tuple[Outgoing, ...]:
        """What has left, and what a crash left in doubt: whoever may have an invitation is told of its end."""
        return tuple(
            letter
            for letter in self.letters
            if letter.kind is kind and letter.to is side and (letter.state in _LEFT or letter.copies)
        )

    def leaving(self, moment: datetime, side: Side, until: datetime) -> datetime:
        """When quiet hours let a letter go; at once where it would be of no use any more when they end."""
        awake = waking(moment, self.zone(side), self.quiet)
        return awake if awake < until else moment

    def asked_again(self, moment: datetime, side: Side) -> datetime:
        """When a second letter about the same may leave, where the protégé wanted to be left alone for a while."""
        wanted = self.pair.mentorship.asks_from if side is Side.PROTEGE else None
        return waking(max(moment, wanted), self.zone(side), self.quiet) if wanted else moment

    def due(
        self, kind: LetterKind, side: Side, occurrence: str, due_at: datetime, until: datetime, **more: Unpack[_More]
    ) -> Due:
        own = key(self.pair, kind, side, self.meeting.id, occurrence)
        return Due(
            key=own,
            kind=kind,
            to=side,
            pair=self.pair,
            due_at=due_at,
            useful_until=until,
            meeting=self.meeting,
            exists=any(letter.key == own for letter in self.letters),
            **more,
        )


_LEFT = frozenset({OutgoingState.SENDING, OutgoingState.SENT, OutgoingState.BOUNCED})


def dues(book: Rulebook, reader: Reader, pair: Pair, now: datetime) -> Iterator[Due]:
    """Every letter that is due or will be, as far as today's state tells, whatever is in the outbox already.

    A paused or ended mentorship has none; a proposed one its welcome only. `now` decides what can no longer be known
    from stored dates alone: whether an agenda comes on short notice.
    """
    mentorship = pair.mentorship
    if not mentorship.open:
        return
    quiet = book.rules.quiet_hours
    welcome = key(pair, LetterKind.WELCOME, Side.PROTEGE, mentorship.id, "")
    yield Due(
        key=welcome,
        kind=LetterKind.WELCOME,
        to=Side.PROTEGE,
        pair=pair,
        due_at=waking(mentorship.begun_at, pair.protege.zone, quiet),
        useful_until=mentorship.begun_at + WELCOME_USEFUL,
        known_at=mentorship.begun_at,
        exists=bool(reader.find(OUTGOING, "key", welcome)),
    )
    if mentorship.state is not MentorshipState.ACTIVE:
        return
    promised = (*_of_talks(book, reader, pair, now), *dues_of_sets(book, reader, pair, now))
    yield from promised
    days = {pair.protege.local(due.due_at).date() for due in promised if due.to is Side.PROTEGE}
    yield from check_ins(reader, pair, quiet, days, now)


def _of_talks(book: Rulebook, reader: Reader, pair: Pair, now: datetime) -> Iterator[Due]:
    for meeting in reader.find(MEETINGS, "mentorship", pair.mentorship.id):
        if max(meeting.changed_at, meeting.ends_at) < now - LOOK_BACK:
            continue
        talk = _Talk(
            reader=reader,
            meeting=meeting,
            pair=pair,
            letters=reader.find(OUTGOING, "meeting", meeting.id),
            feedback=reader.find(FEEDBACK, "meeting", meeting.id) if meeting.state in TOOK_PLACE else (),
            mentor_zone=book.mentor.zone,
            quiet=book.rules.quiet_hours,
        )
        yield from _of_talk(talk, now)


def _of_talk(talk: _Talk, now: datetime) -> Iterator[Due]:
    match talk.meeting.state:
        case MeetingState.SCHEDULED:
            yield from _invitations(talk)
            yield from _agendas(talk, now)
        case MeetingState.HELD | MeetingState.REVIEWED:
            yield from _forms(talk)
            yield from _exchanges(talk)
        case MeetingState.CANCELLED:
            yield from _cancellations(talk)
        case MeetingState.MISSED:
            return


def _invitations(talk: _Talk) -> Iterator[Due]:
    """To the protégé first; the mentor's copy says that he has the same mail, so it is due with his at the earliest.

    None where somebody else invites; but whoever has an invitation of ours is told that the talk moves.
    """
    meeting = talk.meeting
    ours = talk.pair.mentorship.invitations is Invitations.OKRMATE and not meeting.uid
    until = meeting.begins_at
    due_at = meeting.changed_at
    for side in (Side.PROTEGE, Side.MENTOR):
        due_at = talk.leaving(due_at, side, until)
        occurrence = f"{meeting.sequence}"
        known = talk.perhaps_got(LetterKind.INVITATION, side)
        earlier = _before(known, occurrence)
        if not ours and not known:
            continue
        yield talk.due(
            LetterKind.INVITATION,
            side,
            occurrence,
            due_at,
            until,
            variant=Variant.MOVED if earlier else Variant.NORMAL,
            after=earlier,
            known_at=meeting.changed_at,
        )


def _cancellations(talk: _Talk) -> Iterator[Due]:
    meeting = talk.meeting
    for side in Side:
        if known := talk.perhaps_got(LetterKind.INVITATION, side):
            yield talk.due(
                LetterKind.INVITATION,
                side,
                "cancelled",
                talk.leaving(meeting.changed_at, side, meeting.begins_at),
                meeting.begins_at,
                variant=Variant.CANCELLED,
                after=_before(known, "cancelled"),
                known_at=meeting.changed_at,
            )


def _before(known: tuple[Outgoing, ...], occurrence: str) -> Outgoing | None:
    """The youngest of these letters but the one of this occurrence itself."""
    return next((letter for letter in reversed(known) if not letter.key.endswith(f":{occurrence}")), None)


def _agendas(talk: _Talk, now: datetime) -> Iterator[Due]:
    """The draft at T-3 days 09:00, and the mentor's copy in the same minute.

    A talk planned or moved later than that gets it at once, marked short notice; after a move an agenda that
    left is repeated only where the new date's own time was ahead.
    """
    meeting = talk.meeting
    zone = talk.pair.protege.zone
    in_time = agenda_due(meeting, zone, talk.pair.protege.days_off)
    until = agenda_useful_until(meeting)
    occasion = max(in_time, meeting.changed_at)
    if occasion >= until:
        return
    due_at = talk.leaving(occasion, Side.PROTEGE, until)
    late = short_notice(meeting, zone, max(due_at, now))
    # The move counts too: an agenda withdrawn with one may be due again for the same day.
    occurrence = f"{meeting.begins_at.astimezone(ZoneInfo(zone)).date().isoformat()}.{meeting.sequence}"
    sent = tuple(letter for letter in talk.sent(LetterKind.AGENDA, Side.PROTEGE) if not letter.final)
    has_one = _before(sent, occurrence) is not None
    if in_time > meeting.changed_at or not has_one:
        for side in (Side.PROTEGE, Side.MENTOR):
            yield talk.due(LetterKind.AGENDA, side, occurrence, due_at, until, short_notice=late)
    if sent and sent[-1].sent_at is not None and not sent[-1].short_notice:
        yield from _final_agendas(talk, sent[-1], f"{occurrence}{FINAL}", sent[-1].sent_at, now)


def _final_agendas(talk: _Talk, agenda: Outgoing, occurrence: str, left_at: datetime, now: datetime) -> Iterator[Due]:
    """The list once more, where people have changed it since: the day before, or when the mentor has approved it."""
    protege, until = talk.pair.protege, agenda_useful_until(talk.meeting)
    occasion = final_agenda_due(talk.meeting, protege.zone, protege.days_off, left_at)
    changed = changed_at(talk.reader, talk.meeting, agenda, now)
    if changed is not None and left_at < occasion < until:
        approved = talk.meeting.list_approved_at
        occasion = min(occasion, approved) if approved is not None and approved >= changed else occasion
        due_at = talk.leaving(max(occasion, changed), Side.PROTEGE, until)
        for side in Side:
            earlier = [each for each in talk.sent(LetterKind.AGENDA, side) if not each.final]
            after = earlier[-1] if earlier else None
            yield talk.due(LetterKind.AGENDA, side, occurrence, due_at, until, variant=Variant.FINAL, after=after)


def _forms(talk: _Talk) -> Iterator[Due]:
    for side in Side:
        if by_side(talk.feedback, side) is not None:
            continue
        zone = talk.zone(side)
        due = talk.due(
            LetterKind.FEEDBACK,
            side,
            "form",
            form_due(talk.meeting, zone, talk.quiet),
            form_useful_until(talk.meeting, zone, talk.quiet),
        )
        yield due
        form = next((letter for letter in talk.letters if letter.key == due.key and letter.sent_at), None)
        if form is not None and form.sent_at is not None:
            again = talk.asked_again(reminder_due(form.sent_at, zone, talk.quiet), side)
            if again < due.useful_until:
                until = due.useful_until
                yield talk.due(
                    LetterKind.FEEDBACK, side, "reminder", again, until, variant=Variant.REMINDER, after=form
                )


def _exchanges(talk: _Talk) -> Iterator[Due]:
    """Both halves as soon as both are in; one half after five days; the whole later where it still comes."""
    given = talk.feedback
    if not given:
        return
    whole = all((half := by_side(given, side)) is not None and half.whole for side in Side)
    for side in Side:
        if whole:
            at, occurrence, variant = max(half.at for half in given), "both", Variant.BOTH
        else:
            at = exchange_due_at_latest(talk.meeting, talk.zone(side), talk.quiet)
            occurrence, variant = "one side", Variant.ONE_SIDE
        yield talk.due(LetterKind.EXCHANGE, side, occurrence, at, at + EXCHANGE_USEFUL, variant=variant)
