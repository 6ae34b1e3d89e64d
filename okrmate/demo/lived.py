"""Living through the past of the demo's people, with the use cases of every day and a clock that is moved.

Only the letters are shorter than they were, and what came by mail is entered without being read again: fourteen weeks
are over in a moment, so that the screens are there at once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from okrmate.adapters.clock import MovedClock
from okrmate.demo.past import Past, PastAdvice, PastPromise, PastTactic, PastTalk
from okrmate.demo.past_talks import MORNING, Deed, LivedTalk
from okrmate.demo.people import Character
from okrmate.domain.charter import Terms
from okrmate.domain.letters import (
    FIRST,
    LetterKind,
    OutgoingState,
    Paragraph,
    Question,
)
from okrmate.domain.meetings import PromiseState
from okrmate.domain.people import Side
from okrmate.domain.rhythm import at_local
from okrmate.frozen import replace
from okrmate.services import trail
from okrmate.services.letters.contents import Draft
from okrmate.services.letters.due import Due
from okrmate.services.letters.dues import dues
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring import (
    advice,
    aims,
    charters,
    mentorships,
    notes,
    okrs,
    promises,
    pulses,
    steps,
    tactics,
)
from okrmate.services.outgoing.planning import as_letter
from okrmate.services.tables import MENTORSHIPS, OUTGOING

TERMS = Terms(rhythm="every two weeks", minutes=45, channel="video", confidentiality="what is said stays between us")
HOUR = timedelta(hours=1)
NOON, EVENING = time(12), time(18)
BY_HAND = trail.by_command("demo")
FIRST_QUESTIONS = {
    LetterKind.WELCOME: "What would you like to be able to do by the summer?",
    LetterKind.AGENDA: "What should we not miss this time? One line is enough.",
    LetterKind.FEEDBACK: "What helped, and what should we do another way next time?",
}
SUBJECTS = {
    LetterKind.WELCOME: "Talking every two weeks",
    LetterKind.INVITATION: "45 minutes by video",
    LetterKind.AGENDA: "what shall we talk about?",
    LetterKind.FEEDBACK: "two lines, please",
    LetterKind.EXCHANGE: "what we both wrote",
}


def live(room: MailRoom, clock: MovedClock, cast: tuple[tuple[Character, Past], ...], until: datetime) -> None:
    """Everything that lies behind them, in the order in which it happened; the clock stands at `until` then."""
    lives = [Life(room, who, past) for who, past in cast]
    deeds = [(at, life, do) for life in lives for at, do in life.deeds()]
    for at, life, do in sorted(deeds, key=lambda deed: deed[0]):
        clock.move_to(at)
        do()
        life.post()
    clock.move_to(until)
    for life in lives:
        life.post()


@dataclass(slots=True)
class Life:
    """One of them."""

    room: MailRoom
    who: Character
    past: Past

    def deeds(self) -> Iterator[Deed]:
        """What was done and when, in any order."""
        past = self.past
        yield self._on(past.added, MORNING), self._begin
        yield self._on(past.started, MORNING), self._agree
        following = self._talk(PastTalk(on=datetime.fromisoformat(self.who.talk).replace(tzinfo=None).isoformat()))
        yield following.planned_at, following.plan
        for talk in past.talks:
            yield from self._talk(talk).deeds()
        for tactic in past.tactics:
            yield from self._tactic(tactic)
        for promise in past.promises:
            yield from self._promise(promise)
        for given in past.advice:
            yield from self._advice(given)
        for pulse in past.pulses:
            yield (
                self._on(pulse.on, EVENING),
                self._later(pulses.give_pulse, pulse.by, pulse.helpful, because=pulse.because),
            )
        for day, words in past.notes:
            yield self._on(day, EVENING), self._later(notes.write, words)

    def _talk(self, talk: PastTalk) -> LivedTalk:
        return LivedTalk(self.room, self.who, talk, self._on(self.past.added, NOON))

    def _begin(self) -> None:
        desk, who = self.room.desk, self.who
        new = mentorships.NewPerson(name=who.name, address=who.address, zone=who.zone, locale="en")
        pair = mentorships.add_person(desk, new)
        with self.room.store.transaction() as tx:
            tx.put(MENTORSHIPS, mentorships.reviewed(pair.mentorship))
        charters.word_charter(desk, pair, TERMS)
        for side, words in zip((Side.PROTEGE, Side.MENTOR), self.past.aims, strict=True):
            if words:
                aims.write_aims(desk, pair, side, aims=(words,))
        okrs.import_objectives(desk, pair, (self.past.goal,))

    def _agree(self) -> None:
        desk, pair = self.room.desk, self._pair
        steps.refine(desk, pair)
        if self.past.agreed:
            charters.record_agreement(desk, pair)
            steps.activate(desk, pair, "agreed in the first talk")

    def post(self) -> None:
        """Every letter that is due by now has left."""
        now = self.room.desk.clock.now()
        with self.room.store.transaction() as tx:
            for due in tuple(dues(self.room, tx, self._pair, now)):
                if due.due_at <= now < due.useful_until and not due.exists:
                    letter = as_letter(self.room, due, _short(due), now)
                    tx.put(OUTGOING, replace(letter, state=OutgoingState.SENT, sent_at=now, copies=1))

    def _tactic(self, tactic: PastTactic) -> Iterator[Deed]:
        def begin() -> None:
            tactics.add_tactic(
                self.room.desk, self._pair, tactic.ref, tactic.title, begun_at=self.room.desk.clock.now()
            )

        def end() -> None:
            rows = tactics.tried(self.room.store, self._pair, self.room.desk.clock.now())
            running = next(row.tactic for row in rows if row.tactic.title == tactic.title)
            tactics.end_tactic(self.room.desk, running.id, tactic.learned)

        yield self._on(tactic.begun, NOON), begin
        if tactic.ended:
            yield self._on(tactic.ended, NOON), end

    def _promise(self, promise: PastPromise) -> Iterator[Deed]:
        def keep() -> None:
            known = promises.open_promises(self.room.store, self._pair.mentorship.id)
            made = next(each for each in known if each.text == promise.words)
            promises.become(self.room.desk, made.id, PromiseState.KEPT)

        due = date.fromisoformat(promise.due)
        yield self._on(promise.on, EVENING), self._later(promises.make, promise.words, by=promise.by, due=due)
        if promise.kept:
            yield self._on(promise.kept, EVENING), keep

    def _advice(self, given: PastAdvice) -> Iterator[Deed]:
        def tell() -> None:
            log = advice.advice_log(self.room.store, self._pair.mentorship.id, self.room.desk.clock.now())
            known = next(each for each in log if each.words == given.words)
            advice.tell(self.room.desk, self._pair, known.id, did=given.did, impact=given.impact)

        yield self._on(given.on, EVENING), self._later(advice.give, given.words)
        if given.told:
            yield self._on(given.told, EVENING), tell

    def _later(self, use_case: Callable[..., object], *given: object, **named: object) -> Callable[[], None]:
        """A use case that takes the desk and the pair, for when its day has come."""

        def do() -> None:
            use_case(self.room.desk, self._pair, *given, **named)

        return do

    @property
    def _pair(self) -> mentorships.Pair:
        return mentorships.find_pair(self.room.store, self.who.address)

    def _on(self, day: str, clock: time) -> datetime:
        return at_local(date.fromisoformat(day), clock, self.who.zone)


def _short(due: Due) -> Draft:
    """The letter with its first question alone."""
    about = f"Talk {due.meeting.number}: " if due.meeting is not None else ""
    asks = FIRST_QUESTIONS.get(due.kind)
    blocks = (Question(id=FIRST, text=asks),) if asks else (Paragraph(text="Shortened for the demo."),)
    return Draft(subject=f"{about}{SUBJECTS.get(due.kind, due.kind)}", language="en", blocks=blocks)
