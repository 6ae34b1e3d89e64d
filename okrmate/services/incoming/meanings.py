"""What each part of a mail came to: applied, asked, added, kept for the mentor, or what her word would make of it."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from okrmate.domain.letters import NEEDS_MENTOR, Incoming, IncomingState
from okrmate.domain.meetings import Participation
from okrmate.domain.metrics import check_value
from okrmate.domain.okrs import KeyResult, Reading
from okrmate.frozen import Frozen, replace
from okrmate.mail.words import Words
from okrmate.reply.commands import CommandName
from okrmate.reply.folding import composed
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Op, Place, Problem, Update
from okrmate.services.incoming.effects import out_of_range
from okrmate.services.incoming.goal_meanings import goal_meanings
from okrmate.services.incoming.read_again import (
    NO_NOTE,
    READ,
    ReadAgain,
    as_read,
    aside,
    became,
    fits,
    problem_note,
    problems_of,
    readings_of,
    source_of,
)
from okrmate.services.incoming.words_left import feedback_left, words_left
from okrmate.services.letters.key_result_lines import value_text
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.readings import value_after
from okrmate.services.ports import Reader
from okrmate.services.tables import AGENDA_ITEMS

COMING = {
    Participation.ACCEPTED: "Comes to the talk",
    Participation.DECLINED: "Cannot come to the talk",
    Participation.TENTATIVE: "Perhaps comes to the talk",
    Participation.NEEDS_ACTION: "Has not said whether they come",
}


class Mark(StrEnum):
    """What became of some words."""

    APPLIED = "applied"
    ADDED = "added"
    ASKED = "asked"
    KEPT = "kept"
    """Nothing changed: they are for the mentor to read."""
    PROPOSED = "proposed"
    """Nothing changed yet: so they would be taken with the mentor's word."""
    TAKEN_BACK = "taken back"
    PUT_AWAY = "put away"


class Meaning(Frozen):
    """One thing some words mean; values as the mentor writes them, `old` empty where none was known.

    `about` says it in a few words where it is no value, or what goes with one. Of an unclear line (`problem`) it is the
    question, and `new` the value that was read of it, if it can be one.
    """

    mark: Mark
    title: str
    ref: str = ""
    old: str = ""
    new: str = ""
    about: str = ""
    problem: Problem | None = None


class Meant(Frozen):
    """A meaning and where the words stand on which it rests; of a field of a form only the words are known.

    Without either it rests on no words of its own.
    """

    meaning: Meaning
    places: tuple[Place, ...] = ()
    words: str = ""


def meanings(room: MailRoom, reader: Reader, again: ReadAgain) -> Iterator[Meant]:
    """Everything that is understood of a mail, in the order it was read; first what counts, last what is left."""
    understood = again.understood
    if understood is None:
        if again.record.summary:
            yield Meant(meaning=Meaning(mark=Mark.APPLIED, title=again.record.summary))
        return
    words = room.composer.words(room.mentor)
    yield from _order(again.record, understood)
    yield from _numbers(reader, again, understood, words)
    yield from _forms(reader, again, understood)
    left = words_left(understood, draft_kept=again.record.state in READ)
    beyond = feedback_left(understood.feedback) if understood.feedback and understood.feedback.no_meeting else ()
    for piece in (*left, *beyond):
        for line in piece.splitlines():
            yield Meant(words=line.strip(), meaning=Meaning(mark=Mark.KEPT, title="for you"))


def _order(mail: Incoming, understood: Understood) -> Iterator[Meant]:
    """The word that is obeyed, which is the first line; what a letter chooses is told by what it makes."""
    order = understood.command
    if order is None or (order.name is CommandName.CHOOSE and understood.updates):
        return
    said = f"“{order.name.replace('_', ' ')}”"
    meaning = Meaning(mark=_done(mail), title=said, about="a word okrmate obeys")
    first = next((line.strip() for line in composed(understood.words.everything).splitlines() if line.strip()), "")
    places = (Place(line=first, start=0, end=len(first)),) if order.name is not CommandName.CHOOSE else ()
    yield Meant(meaning=meaning, places=places)


def _done(mail: Incoming) -> Mark:
    """What became of everything that was clear."""
    if mail.state in READ or (mail.state is IncomingState.HELD and not mail.unproven):
        return Mark.APPLIED
    return Mark.PUT_AWAY if mail.state is IncomingState.DISMISSED and mail.unproven else Mark.PROPOSED


def _numbers(reader: Reader, again: ReadAgain, understood: Understood, words: Words) -> Iterator[Meant]:
    taken = readings_of(reader, again)
    known = {each.key_result.ref: each.summary.value for each in again.standings}
    for update in understood.updates:
        standing = again.standing(update.kr)
        if standing is None:
            continue
        key_result = standing.key_result
        reading = _taken(taken, key_result, update)
        after = reading.value if reading else value_after(key_result.metric, standing.summary, update)
        mark = _mark(again.record, reading)
        if mark is Mark.APPLIED and reading is None:
            refused = after is not None and check_value(key_result.metric, after) is not None
            if refused:
                yield _asked(again, out_of_range(update), words)
            continue
        before = known[update.kr] if known[update.kr] is not None else key_result.metric.baseline
        yield Meant(places=_resting_on(update), meaning=_moved(key_result, update, before, after, mark, words))
        known[update.kr] = after if after is not None else known[update.kr]
    for problem in problems_of(again):
        yield _decided(again, problem, taken, words) or _left(again, problem, words)


def _mark(mail: Incoming, reading: Reading | None) -> Mark:
    if reading is None:
        return _done(mail)
    return Mark.TAKEN_BACK if reading.undone_by else Mark.APPLIED


def _taken(taken: list[Reading], key_result: KeyResult, update: Update) -> Reading | None:
    """The reading an update became, no longer among those to be given out."""
    for reading in taken:
        if reading.key_result == key_result.id and fits(reading, update):
            taken.remove(reading)
            return reading
    return None


def _resting_on(update: Update) -> tuple[Place, ...]:
    """Where the words stand that say it, without the note behind them."""
    return tuple(_without_note(place, update) for place in update.places)


def _without_note(place: Place, update: Update) -> Place:
    if update.op is Op.NOTE or not update.note or not place.words.endswith(update.note):
        return place
    said = place.words.removesuffix(update.note).rstrip(" ,;:–—-(")
    return replace(place, end=place.start + len(said)) if said else place


def _noted(problem: Problem) -> tuple[Place, ...]:
    """Where an unclear line stands, as its note would have it."""
    return tuple(place.without(NO_NOTE) for place in problem.places)


def _moved(
    key_result: KeyResult, update: Update, before: Decimal | None, after: Decimal | None, mark: Mark, words: Words
) -> Meaning:
    """A value as old and new; a confidence, a note or a blocker in words."""
    title, ref = key_result.title, key_result.ref
    if after is not None:
        target = value_text(key_result.metric, key_result.metric.target, words)
        note = ", with the note" if update.note else ""
        return Meaning(
            mark=mark,
            title=title,
            ref=ref,
            old="" if before is None else value_text(key_result.metric, before, words),
            new=value_text(key_result.metric, after, words),
            about=f"of {target}{note}",
        )
    match update.op:
        case Op.CONFIDENCE:
            said = str(update.value) if update.value is not None else str(update.track).replace("_", " ")
            return Meaning(mark=mark, title=title, ref=ref, new=f"confidence {said}")
        case Op.BLOCKED:
            return Meaning(
                mark=mark, title=title, ref=ref, new="blocked", about=", with the reason" * bool(update.note)
            )
        case _:
            return Meaning(mark=mark, title=title, ref=ref, new="a note", about=", no value in it")


def _decided(again: ReadAgain, problem: Problem, taken: list[Reading], words: Words) -> Meant | None:
    """An unclear line on which the mentor has decided."""
    standing = again.standing(problem.kr)
    if standing is None:
        return None
    for reading in tuple(taken):
        if reading.key_result != standing.key_result.id or not became(again, reading, problem):
            continue
        taken.remove(reading)
        if reading.undone_by and again.record.state in NEEDS_MENTOR:
            continue  # the line is open again, or was decided on once more
        op = Op.SET if reading.value is not None else Op.NOTE
        update = Update(kr=problem.kr, op=op, value=reading.value, note=reading.note)
        before = standing.summary.value
        meaning = _moved(standing.key_result, update, before, reading.value, _mark(again.record, reading), words)
        return Meant(places=_noted(problem), meaning=meaning)
    return None


def _left(again: ReadAgain, problem: Problem, words: Words) -> Meant:
    """An unclear line that waits, or that means nothing by the mentor's word."""
    meant, mail = _asked(again, problem, words), again.record
    if aside(problem) in mail.aside or mail.state is IncomingState.DISMISSED:
        away = replace(meant.meaning, mark=Mark.PUT_AWAY, new="", about="this line", problem=None)
        return replace(meant, meaning=away)
    if mail.state is IncomingState.APPLIED:
        return replace(meant, meaning=replace(meant.meaning, new="", about=f"{meant.meaning.about} Settled since."))
    return meant


def _asked(again: ReadAgain, problem: Problem, words: Words) -> Meant:
    standing = again.standing(problem.kr)
    title = standing.key_result.title if standing else "Unclear"
    about = words.phrase("asks", str(problem.reason))
    update, new = as_read(again, problem), ""
    if standing is not None and update is not None:
        value = value_after(standing.key_result.metric, standing.summary, update)
        new = value_text(standing.key_result.metric, value, words) if value is not None else ""
    meaning = Meaning(mark=Mark.ASKED, title=title, ref=problem.kr, new=new, about=about, problem=problem)
    return Meant(places=_noted(problem), words=problem_note(problem), meaning=meaning)


def _forms(reader: Reader, again: ReadAgain, understood: Understood) -> Iterator[Meant]:
    """What was written into the fields of a letter: items, feedback, whether they come, consent."""
    done = _done(again.record)
    added = {
        item.text: item
        for item in reader.find(AGENDA_ITEMS, "mentorship", again.record.mentorship)
        if item.source == source_of(again.record)
    }
    for entry in understood.agenda.add if understood.agenda else ():
        mark = Mark.ADDED if entry.text in added else Mark.PROPOSED if done is Mark.PROPOSED else Mark.PUT_AWAY
        minutes = f", {entry.minutes} min" if entry.minutes else ""
        about = f"in their own words{minutes}"
        yield Meant(words=entry.text, meaning=Meaning(mark=mark, title="For the agenda", about=about))
    if understood.agenda and understood.agenda.approve:
        yield Meant(meaning=Meaning(mark=done, title="The agenda suits as it is"))
    if understood.feedback is not None and not understood.feedback.no_meeting:
        for name, said in (("positive", understood.feedback.positive), ("suggestion", understood.feedback.suggestion)):
            for line in said:
                yield Meant(words=line, meaning=Meaning(mark=done, title=f"Feedback: a {name}"))
    if understood.feedback is not None and understood.feedback.no_meeting:
        yield Meant(meaning=Meaning(mark=done, title="The talk did not take place"))
    if understood.rsvp is not None:
        yield Meant(meaning=Meaning(mark=done, title=COMING[understood.rsvp]))
    yield from _mentorship(understood, done)
    for title, words in goal_meanings(understood, again.letter):
        yield Meant(words=words, meaning=Meaning(mark=done, title=title))


def _mentorship(understood: Understood, done: Mark) -> Iterator[Meant]:
    """What is said of the mentorship itself."""
    welcome, pulse = understood.welcome, understood.pulse
    if welcome is not None:
        for aim in welcome.aims:
            yield Meant(words=aim, meaning=Meaning(mark=done, title="An aim", about="kept beside yours"))
        if welcome.gain:
            yield Meant(words=welcome.gain, meaning=Meaning(mark=done, title="What they would gain"))
        if welcome.agree:
            yield Meant(meaning=Meaning(mark=done, title="Agreed"))
        if welcome.read:
            yield Meant(meaning=Meaning(mark=done, title="Read"))
    if pulse is not None and pulse.helpful is not None:
        higher = f", one higher with “{pulse.one_higher}”" if pulse.one_higher else ""
        meaning = Meaning(mark=done, title="How helpful it is", new=f"{pulse.helpful} of 5", about=higher)
        yield Meant(words=pulse.because, meaning=meaning)
