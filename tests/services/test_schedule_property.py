"""Random histories: the program sends in each pass exactly the letters that the model of the design sends."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import Outgoing, OutgoingState
from okrmate.domain.meetings import MeetingState
from okrmate.domain.people import MentorshipState, Side
from okrmate.services import pause, trail
from okrmate.services.mail_rules import Review
from okrmate.services.mentoring import feedback, meetings
from okrmate.services.mentoring.mentorships import pair as pair_of
from okrmate.services.outgoing import delivery, outbox, planning
from okrmate.services.tables import KEY_RESULTS, MEETINGS, OBJECTIVES, OKR_SETS, OUTGOING
from tests.builders import a_key_result, a_mentor, an_objective, an_okr_set
from tests.services.rooms import Office
from tests.services.schedule_model import MENTOR, PAUSES, PROTEGE, Letter, Model, Person, Talk
from tests.services.schedule_records import adopted, name_of
from tests.services.troubles import NEVER, KilledError, MoodyPostman, MortalStore

ZONES = (
    "Africa/Casablanca",
    "America/New_York",
    "America/Santiago",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Pacific/Chatham",
    "UTC",
)
SPRINGS_AND_AUTUMNS = ("2026-03-02", "2026-03-20", "2026-03-28", "2026-09-22", "2026-10-19", "2026-10-27")
"""Before changes of the clock in either hemisphere, each way."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LONGEST = 38 * DAY
CYCLE = 42 * DAY
"""So long from the moment a person comes until their goals end, which is after all that happens here."""

zones = st.sampled_from(ZONES)
clocks = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))


T = TypeVar("T")


def pick(found: Sequence[T], which: int) -> T | None:
    """One of what is there, if anything is."""
    return found[which % len(found)] if found else None


class Histories(RuleBasedStateMachine):
    """One home, its people and their talks, through weeks of a machine that sleeps, dies and is told wrong times."""

    @initialize(
        day=st.sampled_from(SPRINGS_AND_AUTUMNS),
        clock=clocks,
        mentor_zone=zones,
        zone=zones,
        review=st.sampled_from((Review.NONE, Review.NONE, Review.FIRST)),
        proves=st.booleans(),
        days=st.integers(1, 9),
        awake=st.integers(0, 120),
        weeks=st.integers(0, 6),
    )
    def begin(
        self,
        *,
        day: str,
        clock: time,
        mentor_zone: str,
        zone: str,
        review: Review,
        proves: bool,
        days: int,
        awake: int,
        weeks: int,
    ) -> None:
        start = datetime.combine(datetime.fromisoformat(day).date(), clock, UTC)
        self.store = MortalStore()
        self.office = Office(now=start, review=review, mentor=a_mentor(zone=mentor_zone), store=self.store)
        self.postman = MoodyPostman(self.office.clock)
        self.postman.proves = proves
        self.office.postman = self.postman
        self.office.restart()
        self.model = Model(mentor_zone=mentor_zone, review=str(review), now=start)
        self.end = start + LONGEST
        self.add_person(zone, weeks)
        self.plan_talk(who=0, days=days, clock=time(15), far=False, minutes=60)
        self.be_awake(hours=awake)

    @property
    def now(self) -> datetime:
        return self.office.clock.now()

    # what people do

    @precondition(lambda self: len(self.model.people) < 2)
    @rule(zone=zones, weeks=st.integers(0, 6))
    def add_person(self, zone: str, weeks: int) -> None:
        name, goals, ends = f"p{len(self.model.people)}", self.now - weeks * 7 * DAY, (self.now + CYCLE).date()
        pair = self.office.with_person(name=name, zone=zone)
        with self.store.transaction() as tx:
            tx.put(OKR_SETS, an_okr_set(id=name, mentorship=pair.mentorship.id, created_at=goals, ends=ends))
            tx.put(OBJECTIVES, an_objective(id=name, mentorship=pair.mentorship.id, okr_set=name))
            tx.put(KEY_RESULTS, a_key_result(id=name, mentorship=pair.mentorship.id, objective=name))
        self.model.people.append(Person(id=pair.mentorship.id, zone=zone, begun=self.now, goals=goals, ends=ends))

    @rule(who=st.integers(0, 1), days=st.integers(0, 10), clock=clocks, far=st.booleans(), minutes=st.integers(10, 90))
    def plan_talk(self, who: int, days: int, clock: time, far: bool, minutes: int) -> None:
        person = self.model.people[who % len(self.model.people)]
        zone = self.model.mentor_zone if far else person.zone
        starts = self.wall(days, clock, zone)
        new = meetings.NewMeeting(starts=starts, zone=zone, minutes=minutes)
        pair = pair_of(self.store, person.id)
        try:
            meeting = meetings.plan(self.office.desk, pair, new)
        except UsageError:
            return
        begins = starts.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        ends = begins + minutes * MINUTE
        self.model.talks.append(Talk(id=meeting.id, person=person, begins=begins, ends=ends, changed=self.now))

    @rule(which=st.integers(0, 9), days=st.integers(-3, 5), clock=clocks)
    def move_talk(self, which: int, days: int, clock: time) -> None:
        if talk := self.scheduled(which):
            zone = talk.person.zone
            starts = self.wall((talk.begins - self.now).days + days, clock, zone)
            try:
                meetings.move(self.office.desk, talk.id, starts, zone)
            except UsageError:
                return
            length = talk.ends - talk.begins
            talk.begins = starts.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
            talk.ends, talk.changed, talk.moves = talk.begins + length, self.now, talk.moves + 1
            self.model.call_off(talk)

    @rule(
        which=st.integers(0, 9),
        state=st.sampled_from((MeetingState.CANCELLED, MeetingState.MISSED)),
        awake=st.integers(0, 30),
    )
    def call_off(self, which: int, state: MeetingState, awake: int) -> None:
        if talk := self.scheduled(which):
            meetings.become(self.office.desk, talk.id, state, source=trail.by_command("meeting"))
            talk.state, talk.changed = str(state), self.now
            self.model.call_off(talk)
            self.be_awake(hours=awake)

    @rule(
        which=st.integers(0, 9),
        sides=st.sampled_from(((MENTOR,), (PROTEGE,), (PROTEGE, MENTOR))),
        whole=st.booleans(),
        awake=st.integers(0, 30),
    )
    def write_feedback(self, which: int, sides: tuple[str, ...], whole: bool, awake: int) -> None:
        self.wait_for_a_talk()
        talk = pick([each for each in self.model.talks if each.state == "held"], which)
        if talk is None or not talk.ends <= self.now < talk.ends + 20 * DAY:
            return
        for side in sides:
            self.write_half(talk, side, whole)
        self.be_awake(hours=awake)

    def wait_for_a_talk(self) -> None:
        """Where none is over yet, be awake until the next one is."""
        ahead = [talk.ends for talk in self.model.talks if talk.state == "scheduled"]
        if ahead and all(talk.state != "held" for talk in self.model.talks):
            self.be_awake(hours=(min(ahead) - self.now) // HOUR + 1)

    def write_half(self, talk: Talk, side: str, whole: bool) -> None:
        with self.store.transaction() as tx:
            suggestion = ("Begin with the numbers.",) if whole else ()
            meeting = meetings.find_meeting(tx, talk.id)
            source = trail.by_command("feedback")
            feedback.take(
                tx, self.office.desk, meeting, Side(side), positive=("Good.",), suggestion=suggestion, source=source
            )
        before = talk.halves.get(side, (self.now, False))[1]
        talk.halves[side] = (self.now, whole or before)

    @rule(who=st.integers(0, 1))
    def pause_or_resume(self, who: int) -> None:
        person = self.model.people[who % len(self.model.people)]
        self.office.become(person.id, MentorshipState.PAUSED if person.active else MentorshipState.ACTIVE)
        person.active = not person.active

    @rule(which=st.integers(0, 9))
    def release_one(self, which: int) -> None:
        held = pick([each for each in self.model.letters.values() if each.state == "held"], which)
        if held is not None:
            outbox.release(self.office.desk, self.record(held).id)
            self.model.release(held)

    @rule()
    def release_all(self) -> None:
        outbox.release_all(self.office.desk)
        self.model.paused = False
        for letter in self.model.letters.values():
            if letter.state == "held":
                self.model.release(letter)

    # what time does

    @rule(hours=st.integers(1, 120))
    def be_awake(self, hours: int) -> None:
        end = min(self.now + hours * HOUR, self.end)
        while self.now < end:
            ahead = self.model.moments(self.now, end)
            self.office.clock.set(min([*ahead, self.now + 5 * HOUR, end]))
            self.one_pass("fine")

    @rule(hours=st.integers(1, 200))
    def sleep_through(self, hours: int) -> None:
        self.office.clock.set(min(self.now + hours * HOUR, self.end))
        self.one_pass("fine")

    @rule(
        skipped=st.integers(0, 3),
        mood=st.sampled_from(("deferred", "failed", "lost", "arrived", "killed before", "killed after", "fine")),
    )
    def meet_with_trouble(self, skipped: int, mood: str) -> None:
        ahead = self.model.moments(self.now, self.end)
        if ahead:
            self.office.clock.set(ahead[min(skipped, len(ahead) - 1)])
            self.one_pass(mood)

    @rule(skipped=st.integers(0, 3), commits=st.integers(0, 8))
    def die_at_a_commit(self, skipped: int, commits: int) -> None:
        ahead = self.model.moments(self.now, self.end)
        if ahead:
            self.office.clock.set(ahead[min(skipped, len(ahead) - 1)])
            self.die_after(commits)

    @rule(hours=st.integers(1, 23))
    def set_the_clock_back(self, hours: int) -> None:
        self.office.clock.move(hours=-hours)
        self.one_pass("fine")

    @rule(days=st.integers(2, 6))
    def set_the_clock_back_by_days(self, days: int) -> None:
        self.office.clock.move(days=-days)
        pause.pause(self.office.desk, "the clock was set back")
        self.model.paused = True
        self.one_pass("fine")

    @rule()
    def restart(self) -> None:
        self.office.restart()

    def one_pass(self, mood: str) -> None:
        self.postman.mood = mood
        seen = len(self.postman.attempted)
        found = self.found_in_sent()
        try:
            planning.plan(self.office.room)
            delivery.deliver(self.office.room)
        except KilledError:
            self.office.restart()
        attempted = self.names(self.postman.attempted[seen:])
        self.model.plan(self.now)
        self.model.settle(self.now, found)
        expected = self.model.leaving(self.now)
        if mood == "deferred":
            kept = {
                (each.talk, each.kind) for each in expected if each.has_copy and each.to == PROTEGE and not each.copies
            }
            expected = [each for each in expected if each.to == PROTEGE or (each.talk, each.kind) not in kept]
        wrong = Counter(attempted) - Counter(each.name for each in expected)
        missing = Counter(each.name for each in expected) - Counter(attempted)
        assert not wrong, f"{self.now}: {wrong} left"
        if mood.startswith("killed"):
            assert len(attempted) == bool(expected)
        else:
            assert not missing, f"{self.now}: {missing} did not leave"
        for name in attempted:
            self.hand_over(self.model.letters[name], mood)

    def hand_over(self, letter: Letter, mood: str) -> None:
        letter.attempts += 1
        letter.claimed_at = self.now
        letter.copies += mood not in {"failed", "deferred"}
        again = self.now + PAUSES[min(letter.attempts, 5) - 1]
        match mood:
            case "fine":
                letter.state, letter.sent_at = "sent", self.now
            case "failed":
                letter.state = "failed"
            case "deferred":
                letter.state, letter.next_at = "deferred", again
            case _:
                letter.state, letter.next_at = "sending", again

    def die_after(self, commits: int) -> None:
        """What was decided before the end is read from the store; it must have been right to decide it."""
        self.postman.mood = "fine"
        self.store.commits_left = commits
        self.model.now = self.now
        right = {each.name for each in [*self.model.rightful(), *self.model.withdrawn]} | set(self.model.letters)
        seen = len(self.postman.attempted)
        try:
            planning.plan(self.office.room)
            delivery.deliver(self.office.room)
        except KilledError:
            self.postman.doubts.update(self.postman.attempted[-1:])
        self.store.commits_left = NEVER
        self.office.restart()
        for talk in self.model.talks:
            meeting = self.store.get(MEETINGS, talk.id)
            assert meeting is not None
            talk.state = "held" if meeting.state is MeetingState.REVIEWED else str(meeting.state)
        right |= {each.name for each in self.model.rightful()}
        self.model.letters, self.model.withdrawn = {}, []
        for record in self.store.every(OUTGOING):
            letter = adopted(record, self.model)
            assert letter.name in right
            if letter.state == "withdrawn":
                self.model.withdrawn.append(letter)
            else:
                self.model.letters[letter.name] = letter
        for name in self.names(self.postman.attempted[seen:]):
            assert self.model.letters[name].person.active

    # what always holds

    @invariant()
    def everything_is_as_it_should_be(self) -> None:
        if hasattr(self, "model"):
            self.the_outbox_is_as_the_model_says()
            self.nothing_arrives_more_often_than_a_doubt_explains()
            self.no_agenda_is_late_without_saying_so()

    def the_outbox_is_as_the_model_says(self) -> None:
        records = self.store.every(OUTGOING)
        assert len({record.key for record in records}) == len(records)
        live = [record for record in records if record.state is not OutgoingState.WITHDRAWN]
        states = {name_of(record): str(record.state) for record in live}
        assert states == {name: letter.state for name, letter in self.model.letters.items()}
        assert len(records) - len(live) == len(self.model.withdrawn)

    def nothing_arrives_more_often_than_a_doubt_explains(self) -> None:
        for record in self.store.every(OUTGOING):
            assert self.postman.arrived[record.message_id] <= 1 + self.postman.doubts[record.message_id]
            assert self.postman.arrived[record.message_id] <= record.copies

    def no_agenda_is_late_without_saying_so(self) -> None:
        records = {name_of(record): record for record in self.store.find(OUTGOING, "state", OutgoingState.SENT)}
        for name, letter in self.model.letters.items():
            talk = letter.talk
            if letter.kind == "agenda" and letter.sent_at and talk and letter.occurrence.endswith(f".{talk.moves}"):
                arrived_at = self.postman.first_at[records[name].message_id]
                assert records[name].short_notice or arrived_at <= talk.promised() + MINUTE

    # finding things

    def wall(self, days: int, clock: time, zone: str) -> datetime:
        return datetime.combine(self.now.astimezone(ZoneInfo(zone)).date() + days * DAY, clock)

    def scheduled(self, which: int) -> Talk | None:
        """A talk that is ahead and not over (a talk that has ended becomes held in the next pass)."""
        return pick([each for each in self.model.talks if each.state == "scheduled"], which)

    def names(self, message_ids: list[str]) -> list[tuple[str, str, str, str, str]]:
        return [name_of(self.store.find(OUTGOING, "message_id", each)[0]) for each in message_ids]

    def found_in_sent(self) -> set[tuple[str, str, str, str, str]]:
        """The letters that are in the Sent folder."""
        return set(self.names([each for each in self.postman.arrived if self.postman.was_sent(each)]))

    def record(self, letter: Letter) -> Outgoing:
        in_state = self.store.find(OUTGOING, "state", letter.state)
        return next(each for each in in_state if name_of(each) == letter.name)


TestHistories = Histories.TestCase
HALF = settings().max_examples // 2
TestHistories.settings = settings(max_examples=HALF, stateful_step_count=25, suppress_health_check=list(HealthCheck))
