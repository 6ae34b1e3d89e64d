"""When letters leave, told a second time: from the design's words and plain calendar arithmetic, without the program.

Histories of `test_schedule_property` are played to the program and to this model; both must send the same letters in
the same pass.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import product
from zoneinfo import ZoneInfo

MENTOR, PROTEGE = "mentor", "protege"
SIDES = (PROTEGE, MENTOR)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAUSES = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), HOUR, 4 * HOUR]


def at_wall(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def sleeps(moment: datetime, zone: str) -> bool:
    clock = moment.astimezone(ZoneInfo(zone)).time()
    return clock >= time(20) or clock < time(7, 30)


def awakes(moment: datetime, zone: str) -> datetime:
    """The moment itself, or 07:30 of the morning after it."""
    today = moment.astimezone(ZoneInfo(zone)).date()
    mornings = [at_wall(today + n * DAY, time(7, 30), zone) for n in (0, 1)]
    return min(morning for morning in mornings if morning > moment) if sleeps(moment, zone) else moment


def friendly(moment: datetime, zone: str, until: datetime) -> datetime:
    """By day; by night only what would be worth nothing in the morning."""
    return awakes(moment, zone) if awakes(moment, zone) < until else moment


@dataclass(eq=False, kw_only=True)
class Person:
    id: str
    zone: str
    begun: datetime
    goals: datetime
    """When their goals began, of which no number is ever heard."""
    ends: date
    """The last day of their goals."""
    active: bool = True
    reviewed: bool = False


@dataclass(eq=False, kw_only=True)
class Talk:
    id: str
    person: Person
    begins: datetime
    ends: datetime
    changed: datetime
    moves: int = 0
    state: str = "scheduled"
    halves: dict[str, tuple[datetime, bool]] = field(default_factory=dict)
    """Who wrote: when last, and whether both parts are in."""

    def promised(self) -> datetime:
        """09:00 three days before, by the protégé's calendar."""
        return at_wall(self._third_day(), time(9), self.person.zone)

    def agenda_time(self) -> datetime:
        day = self._third_day()
        while day.isoweekday() > 5:
            day -= DAY
        return at_wall(day, time(9), self.person.zone)

    def day(self) -> date:
        return self.begins.astimezone(ZoneInfo(self.person.zone)).date()

    def _third_day(self) -> date:
        return self.day() - 3 * DAY


@dataclass(eq=False, kw_only=True)
class Letter:
    person: Person
    talk: Talk | None
    kind: str
    to: str
    occurrence: str
    due: datetime
    until: datetime
    day: str = ""
    """What a letter without a talk is about, where there are several."""
    known: datetime | None = None
    """When it is written although it is not due: only the night is in between."""
    state: str = "queued"
    hold: str = ""
    copies: int = 0
    attempts: int = 0
    next_at: datetime | None = None
    claimed_at: datetime | None = None
    sent_at: datetime | None = None

    @property
    def name(self) -> tuple[str, str, str, str, str]:
        return (self.person.id, self.kind, self.to, self.talk.id if self.talk else self.day, self.occurrence)

    @property
    def waits(self) -> bool:
        return self.state in {"held", "queued", "deferred"}

    @property
    def left(self) -> bool:
        return self.state in {"sending", "sent"}

    @property
    def has_copy(self) -> bool:
        return self.kind in {"invitation", "agenda"}


@dataclass(eq=False, kw_only=True)
class Model:
    mentor_zone: str
    review: str
    now: datetime
    people: list[Person] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    letters: dict[tuple[str, str, str, str, str], Letter] = field(default_factory=dict)
    withdrawn: list[Letter] = field(default_factory=list)
    """Their names are free again."""
    paused: bool = False

    @cached_property
    def home(self) -> Person:
        """Whose letter it is that is about everybody."""
        return Person(id="", zone=self.mentor_zone, begun=self.now, goals=self.now, ends=self.now.date())

    def zone(self, person: Person, side: str) -> str:
        return self.mentor_zone if side == MENTOR else person.zone

    def of(self, talk: Talk, kind: str, side: str) -> list[Letter]:
        every = [*self.withdrawn, *self.letters.values()]
        return [each for each in every if (each.talk, each.kind, each.to) == (talk, kind, side)]

    # what should exist

    def rightful(self) -> Iterator[Letter]:
        """Every letter that has its reason in what is known now."""
        for person in self.people:
            if person.active:
                until = person.begun + 14 * DAY
                due = awakes(person.begun, person.zone)
                yield Letter(
                    person=person,
                    talk=None,
                    kind="welcome",
                    to=PROTEGE,
                    occurrence="",
                    due=due,
                    until=until,
                    known=person.begun,
                )
        for talk in self.talks:
            if talk.person.active:
                yield from self._of_talk(talk)
        for person in self.people:
            if person.active:
                yield from self._of_goals(person)
                yield from self._check_ins(person)
        yield from self._digest()

    def _digest(self) -> Iterator[Letter]:
        """On Monday at half past seven, about whoever was here before; not after Wednesday."""
        today = self.now.astimezone(ZoneInfo(self.mentor_zone)).date()
        monday = today - (today.isoweekday() - 1) * DAY
        due = at_wall(monday, time(7, 30), self.mentor_zone)
        until = at_wall(monday + 3 * DAY, time(), self.mentor_zone)
        if self.now < until and any(person.active and person.begun < due for person in self.people):
            yield Letter(
                person=self.home,
                talk=None,
                kind="digest",
                to=MENTOR,
                occurrence="",
                due=due,
                until=until,
                day=f"{monday}",
            )

    def _of_goals(self, person: Person) -> Iterator[Letter]:
        """When half of their time has passed, and a week before its end: at nine on a working day."""
        begun, about = person.goals.astimezone(ZoneInfo(person.zone)).date(), person.id.removesuffix("-pair")
        half = begun + (person.ends - begun).days // 2 * DAY
        for (kind, near), to in product((("mid-cycle", half), ("closing", person.ends - 7 * DAY)), SIDES):
            due = at_wall(near - max(0, near.isoweekday() - 5) * DAY, time(9), self.zone(person, to))
            letter = Letter(person=person, talk=None, kind=kind, to=to, occurrence="", due=due, until=due + 14 * DAY)
            yield replace(letter, day=about)

    def _of_talk(self, talk: Talk) -> Iterator[Letter]:
        match talk.state:
            case "scheduled":
                yield from self._invitations(talk)
                yield from self._agendas(talk)
            case "cancelled":
                yield from self._cancellations(talk)
            case "held":
                yield from self._forms(talk)
                yield from self._exchanges(talk)

    def _check_ins(self, person: Person) -> Iterator[Letter]:
        """Every four weeks without a talk, on a day without another letter; once more after three days."""
        talks = [talk for talk in self.talks if talk.person is person]
        held = [talk.begins for talk in talks if talk.state == "held" and talk.begins <= self.now]
        last = max([person.goals, *held])
        ahead = [talk.begins for talk in talks if talk.state == "scheduled" and talk.begins > self.now]
        rounds = (self.now - last) // (28 * DAY)
        for number in sorted({max(rounds, 1), rounds + 1} - {0}):
            day = last.astimezone(ZoneInfo(person.zone)).date() + number * 28 * DAY
            while day.isoweekday() > 5:
                day -= DAY
            due = self._undisturbed(at_wall(day, time(9), person.zone), person)
            until = at_wall(day, time(9), person.zone) + 28 * DAY
            if all(begins >= max(due, self.now) + 7 * DAY for begins in ahead):
                first = self._numbers(person, day, "first", due, until)
                yield first
                known = self.letters.get(first.name)
                if known is not None and known.sent_at is not None:
                    again = self._undisturbed(awakes(known.sent_at + 3 * DAY, person.zone), person)
                    yield self._numbers(person, day, "reminder", again, until)

    def _undisturbed(self, moment: datetime, person: Person) -> datetime:
        """The moment, or nine o'clock of the next working day on which nothing else is due to them."""
        clock = ZoneInfo(person.zone)
        of_talks = [letter for talk in self.talks if talk.person is person for letter in self._of_talk(talk)]
        promised = (each for each in (*of_talks, *self._of_goals(person)) if each.to == PROTEGE)
        others = {letter.due.astimezone(clock).date() for letter in promised}
        day = moment.astimezone(clock).date()
        if day not in others:
            return moment
        while day in others or day.isoweekday() > 5:
            day += DAY
        return at_wall(day, time(9), person.zone)

    def _numbers(self, person: Person, day: date, occurrence: str, due: datetime, until: datetime) -> Letter:
        return Letter(
            person=person,
            talk=None,
            kind="check-in",
            to=PROTEGE,
            occurrence=occurrence,
            due=due,
            until=until,
            day=day.isoformat(),
        )

    def _invitations(self, talk: Talk) -> Iterator[Letter]:
        his = friendly(talk.changed, talk.person.zone, talk.begins)
        hers = friendly(his, self.mentor_zone, talk.begins)
        for side, due in ((PROTEGE, his), (MENTOR, hers)):
            yield replace(self._about(talk, "invitation", side, str(talk.moves), due, talk.begins), known=talk.changed)

    def _cancellations(self, talk: Talk) -> Iterator[Letter]:
        for side in SIDES:
            if any(each.left or each.copies for each in self.of(talk, "invitation", side)):
                due = friendly(talk.changed, self.zone(talk.person, side), talk.begins)
                yield replace(self._about(talk, "invitation", side, "cancelled", due, talk.begins), known=talk.changed)

    def _agendas(self, talk: Talk) -> Iterator[Letter]:
        until = talk.begins - 2 * HOUR
        name = f"{talk.day()}.{talk.moves}"
        has_another = any(each.left and each.occurrence != name for each in self.of(talk, "agenda", PROTEGE))
        late = talk.agenda_time() <= talk.changed
        due = max(talk.agenda_time(), talk.changed)
        if due < until and not (late and has_another):
            for side in SIDES:
                yield self._about(talk, "agenda", side, name, friendly(due, talk.person.zone, until), until)

    def _forms(self, talk: Talk) -> Iterator[Letter]:
        for side in SIDES:
            if side not in talk.halves:
                zone = self.zone(talk.person, side)
                due = awakes(talk.ends + HOUR, zone)
                until = due + 7 * DAY
                yield self._about(talk, "feedback", side, "form", due, until)
                for form in self.of(talk, "feedback", side):
                    if form.occurrence == "form" and form.sent_at and awakes(form.sent_at + 2 * DAY, zone) < until:
                        again = awakes(form.sent_at + 2 * DAY, zone)
                        yield self._about(talk, "feedback", side, "reminder", again, until)

    def _exchanges(self, talk: Talk) -> Iterator[Letter]:
        whole = len(talk.halves) == 2 and all(both for _, both in talk.halves.values())
        for side in SIDES if talk.halves else ():
            if whole:
                due, name = max(at for at, _ in talk.halves.values()), "both"
            else:
                due, name = awakes(talk.ends + 5 * DAY, self.zone(talk.person, side)), "one side"
            yield self._about(talk, "exchange", side, name, due, due + 14 * DAY)

    def _about(self, talk: Talk, kind: str, to: str, occurrence: str, due: datetime, until: datetime) -> Letter:
        return Letter(person=talk.person, talk=talk, kind=kind, to=to, occurrence=occurrence, due=due, until=until)

    # what the program's passes do

    def plan(self, now: datetime) -> None:
        self.now = now
        if self.paused:
            return
        new = self._new(now)
        for talk in self.talks:
            if talk.state == "scheduled" and talk.ends <= now:
                talk.state = "held"
        new |= self._new(now)
        useful = [each for each in new.values() if now < each.until and each.kind not in {"exchange", "digest"}]
        flood = len(useful) > 10 + 3 * len(self.people)
        counts = Counter(each.person for each in useful if each.to == PROTEGE)
        for letter in new.values():
            if now >= letter.until:
                letter.state = "expired"
            elif letter.kind != "exchange" and (letter.to == PROTEGE or letter.has_copy):
                if self.review == "first" and not letter.person.reviewed:
                    letter.hold = "first"
                elif flood or counts[letter.person] > 2:
                    letter.hold = "doubt"
                letter.state = "held" if letter.hold else "queued"
        self.letters |= new

    def _new(self, now: datetime) -> dict[tuple[str, str, str, str, str], Letter]:
        return {
            each.name: each
            for each in self.rightful()
            if (each.known or each.due) <= now and each.name not in self.letters
        }

    def settle(self, now: datetime, found: set[tuple[str, str, str, str, str]]) -> None:
        """At the beginning of a delivery: what is in doubt was sent, or is sent again; the rest is sorted."""
        self.now = now
        for letter in self.letters.values():
            if letter.state == "sending" and (letter.next_at is None or letter.next_at <= now):
                letter.state, letter.next_at = "deferred", now
                if letter.name in found:
                    letter.state, letter.sent_at = "sent", letter.claimed_at or now
        if self.paused:
            return
        for letter in self.letters.values():
            if letter.waits and now >= letter.until:
                letter.state = "expired"
        standing = {each.name for each in self.rightful()}
        waiting = [each for each in self.letters.values() if each.waits and each.person.active]
        self.take_back([each for each in waiting if each.name not in standing and each.kind != "digest"])

    def leaving(self, now: datetime) -> list[Letter]:
        """The letters one delivery hands over."""
        return [] if self.paused else [each for each in self.letters.values() if self._may_leave(each, now)]

    def _may_leave(self, letter: Letter, now: datetime) -> bool:
        if letter.state not in {"queued", "deferred"} or not letter.person.active:
            return False
        if letter.due > now or (letter.next_at is not None and letter.next_at > now):
            return False
        if letter.has_copy and letter.to == MENTOR and letter.talk is not None:
            twins = self.of(letter.talk, letter.kind, PROTEGE)
            if any(each.waits and not each.copies and not self._may_leave(each, now) for each in twins):
                return False
            if letter.kind == "agenda":
                return True
        zone = self.zone(letter.person, letter.to)
        return letter.kind == "exchange" or not sleeps(now, zone) or awakes(now, zone) >= letter.until

    def call_off(self, talk: Talk) -> None:
        self.take_back([each for each in self.letters.values() if each.talk is talk and each.waits])

    def take_back(self, letters: list[Letter]) -> None:
        for letter in letters:
            letter.state = "withdrawn"
            self.withdrawn.append(self.letters.pop(letter.name))

    def release(self, letter: Letter) -> None:
        taken = [letter]
        if letter.to == PROTEGE:
            letter.person.reviewed = True
            for each in self.letters.values():
                copy = each.has_copy and (each.talk, each.kind) == (letter.talk, letter.kind)
                if each.state == "held" and each.person is letter.person and (each.hold == "first" or copy):
                    taken.append(each)
        for each in taken:
            each.state, each.hold = "queued", ""

    def moments(self, after: datetime, before: datetime) -> list[datetime]:
        """When something may change in between, and the minute before it."""
        found: set[datetime] = set()
        concerned = (each for each in self.letters.values() if each.waits or each.state == "sending")
        for letter in [*self.rightful(), *concerned]:
            zone = self.zone(letter.person, letter.to)
            first = max(letter.due, letter.next_at or letter.due, after)
            found |= {letter.due, first, awakes(first, zone), letter.until}
        found |= {talk.ends for talk in self.talks if talk.state == "scheduled"}
        early = {moment - timedelta(minutes=1) for moment in found}
        return sorted(moment for moment in found | early if after < moment <= before)
