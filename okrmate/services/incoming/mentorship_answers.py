"""What an answer says of the mentorship itself: aims, what they would gain, consent, how helpful it is to them."""

from okrmate.domain.people import MentorshipState, Side
from okrmate.services.incoming.answers import Answer
from okrmate.services.incoming.effects import Effects, Noted
from okrmate.services.mentoring import aims, charters, pulses
from okrmate.services.ports import Transaction
from okrmate.services.tables import MENTORSHIPS


def apply_to_mentorship(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """Keep it, to be acknowledged line by line; the mentor reads the words as well."""
    _keep_aims(tx, answer, effects)
    _consent(tx, answer, effects)
    _keep_pulse(tx, answer, effects)


def _keep_aims(tx: Transaction, answer: Answer, effects: Effects) -> None:
    said = effects.understood.welcome
    if said is None or not (said.aims or said.gain):
        return
    desk, side = answer.room.desk, answer.letter.to
    aims.keep_in(tx, desk, answer.found, side, aims=said.aims, gain=said.gain, source=answer.source)
    effects.note("aims", *(Noted(name="aim", words=each) for each in said.aims))
    if said.gain:
        effects.note("gain", Noted(name="gain", words=said.gain))


def _consent(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """One word in answer to the welcome: it was read, or its charter is agreed to, and with it the mentorship."""
    said, found = effects.understood.welcome, answer.found
    if said is None:
        return
    if said.read:
        effects.note("read", Noted(name="read", changes=False))
    if not said.agree or answer.letter.to is Side.MENTOR:
        return
    now = answer.room.desk.clock.now()
    if found.mentorship.state is MentorshipState.PROPOSED:
        tx.put(MENTORSHIPS, found.mentorship.becoming(MentorshipState.ACTIVE, now))
    charter = charters.agree_in(tx, found, answer.source, read_at=answer.letter.created_at, at=now)
    if charter is None:
        effects.leave(*effects.understood.words.everything.splitlines())
        effects.note("agree, to a charter that reads otherwise now", Noted(name="agreed_before", changes=False))
    else:
        effects.note("agree", Noted(name="agreed"))


def _keep_pulse(tx: Transaction, answer: Answer, effects: Effects) -> None:
    said = effects.understood.pulse
    if said is None:
        return
    if said.helpful is None:
        effects.leave(said.because, said.one_higher)
        return
    kept = pulses.take_in(
        tx,
        answer.room.desk,
        answer.found,
        answer.letter.to,
        helpful=said.helpful,
        because=said.because,
        one_higher=said.one_higher,
        asked_at=answer.letter.created_at,
        source=answer.source,
    )
    why = (("because", said.because), ("one_higher", said.one_higher))
    words = (Noted(name=name, words=text) for name, text in why if text)
    effects.note(f"helpful: {said.helpful} of 5", Noted(name="pulse", number=said.helpful), *words)
    theirs = pulses.beside(tx, kept)
    if theirs is not None:  # it is told as soon as both are in; who answers first reads it when the cycle is closed
        person = answer.room.mentor if theirs.by is Side.MENTOR else answer.found.protege
        said_by = Noted(name="their_pulse", words=person.first_name, number=theirs.helpful, changes=False)
        effects.noted.append(said_by)
        if theirs.because:
            effects.noted.append(Noted(name="their_because", words=theirs.because, changes=False))
