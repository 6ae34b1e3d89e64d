"""Which check-ins should exist: where talks are far apart the numbers are asked for in between, twice at most."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.okrs import OkrSetState
from okrmate.domain.pace import RHYTHM
from okrmate.domain.people import Side
from okrmate.domain.rhythm import (
    CHECK_IN_SKIPPED,
    CHECK_IN_TIME,
    QuietHours,
    at_local,
    before_days_off,
    check_in_due,
    second_check_in_due,
    waking,
    working_day,
)
from okrmate.frozen import Frozen
from okrmate.services.letters.due import Due, Variant, key
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import outline, set_in
from okrmate.services.ports import Reader
from okrmate.services.tables import INCOMING, MEETINGS, OUTGOING

TALK_SOON = timedelta(days=7)
"""The agenda of a talk so soon after a check-in asks for the same numbers."""
TOOK_PLACE = frozenset({MeetingState.HELD, MeetingState.REVIEWED})
A_DAY = timedelta(days=1)
A_WEEK = 7


def check_ins(reader: Reader, pair: Pair, quiet: QuietHours, taken: Collection[date], now: datetime) -> Iterator[Due]:
    """The check-in of these weeks and the next one; `taken` are the days on which another letter leaves to them.

    None where no goals are at work, where a talk is near, or where a number was heard in the days before. The second
    one comes only where nothing at all was heard since the first.
    """
    active = set_in(reader, pair.mentorship.id, OkrSetState.ACTIVE)
    if active is None:
        return
    talks = reader.find(MEETINGS, "mentorship", pair.mentorship.id)
    last = _last_look(active.activated_at or active.created_at, talks, now)
    ahead = [each.begins_at for each in talks if each.state is MeetingState.SCHEDULED and each.begins_at > now]
    asking = _Asking(reader=reader, pair=pair, quiet=quiet, taken=taken, next_talk=min(ahead, default=None), now=now)
    passed = max((now - last) // RHYTHM, 0)
    numbers = sorted({max(passed, 1), passed + 1})
    occasions = [check_in_due(last, number * RHYTHM, pair.protege.zone) for number in numbers]
    apart = [occasion for occasion in occasions if not asking.talk_is_near(occasion)]
    standings = outline(reader, active).standings if apart else ()
    if standings:
        heard = max((each.summary.heard_at for each in standings if each.summary.heard_at), default=None)
        for occasion in apart:
            yield from asking.on(occasion, heard)


def _last_look(begun: datetime, talks: tuple[Meeting, ...], now: datetime) -> datetime:
    """When the two last had the numbers before them: in a talk that took place, or as the goals began."""
    held = [each.begins_at for each in talks if each.state in TOOK_PLACE and each.begins_at <= now]
    return max([begun, *held])


class _Asking(Frozen):
    """One pair that may be asked for numbers."""

    reader: Reader
    pair: Pair
    quiet: QuietHours
    taken: Collection[date]
    next_talk: datetime | None
    now: datetime

    def talk_is_near(self, occasion: datetime) -> bool:
        """Whether a talk follows so soon that the numbers are asked for there."""
        return self.next_talk is not None and self.next_talk < max(self._first_leaves(occasion), self.now) + TALK_SOON

    def on(self, occasion: datetime, heard: datetime | None) -> Iterator[Due]:
        """The first letter of an occasion, and the second one where the first has left and nothing came.

        `heard` is when anything was heard last of the goals at work.
        """
        due_at = self._first_leaves(occasion)
        subject, until = self.pair.protege.local(occasion).date().isoformat(), occasion + RHYTHM
        first = self._due(subject, "first", due_at, until)
        if heard is None or heard < occasion - CHECK_IN_SKIPPED:
            yield first
        known = self.reader.find(OUTGOING, "key", first.key)
        sent_at = known[0].sent_at if known else None
        if sent_at is None or self._answered(sent_at) or (heard is not None and heard >= sent_at):
            return
        again = self._leaves_at(second_check_in_due(sent_at, self.pair.protege.zone, self.quiet))
        yield self._due(subject, "reminder", again, until, after=known[0])

    def _first_leaves(self, occasion: datetime) -> datetime:
        protege = self.pair.protege
        return self._leaves_at(before_days_off(occasion, protege.zone, protege.days_off))

    def _leaves_at(self, occasion: datetime) -> datetime:
        return self._free(self._not_before(occasion))

    def _answered(self, since: datetime) -> bool:
        """Whether anything came from them since."""
        mails = self.reader.find(INCOMING, "mentorship", self.pair.mentorship.id)
        return any(mail.received_at >= since for mail in mails)

    def _not_before(self, moment: datetime) -> datetime:
        """The moment, or when they said that they may be asked again."""
        wanted = self.pair.mentorship.asks_from
        return waking(max(moment, wanted or moment), self.pair.protege.zone, self.quiet)

    def _free(self, moment: datetime) -> datetime:
        """The moment, or 09:00 of the next day of the week on which no other letter leaves to them."""
        day = self.pair.protege.local(moment).date()
        if day not in self.taken:
            return moment
        days = (day + number * A_DAY for number in range(1, 2 * A_WEEK))
        off = self.pair.protege.days_off
        free = next((each for each in days if each not in self.taken and working_day(each, off) == each), day)
        return waking(at_local(free, CHECK_IN_TIME, self.pair.protege.zone), self.pair.protege.zone, self.quiet)

    def _due(
        self, subject: str, occurrence: str, due_at: datetime, until: datetime, after: Outgoing | None = None
    ) -> Due:
        own = key(self.pair, LetterKind.CHECK_IN, Side.PROTEGE, subject, occurrence)
        return Due(
            key=own,
            kind=LetterKind.CHECK_IN,
            to=Side.PROTEGE,
            pair=self.pair,
            due_at=due_at,
            useful_until=until,
            variant=Variant.REMINDER if after else Variant.NORMAL,
            after=after,
            exists=bool(self.reader.find(OUTGOING, "key", own)),
        )
