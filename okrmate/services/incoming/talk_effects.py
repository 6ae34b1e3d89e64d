"""What an answer does to a talk: its questions answered, advice put to use, points taken off or moved, promises."""

from okrmate.domain.advice import to_ask_about
from okrmate.domain.letters import AnswerLine, Item, Items, LetterKind, Outgoing, Question
from okrmate.domain.meetings import MeetingState
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.forms import AgendaWords
from okrmate.reply.lexicon import lexicon
from okrmate.services.incoming.answers import Answer
from okrmate.services.incoming.effects import Effects, Noted
from okrmate.services.mentoring import notes, promises
from okrmate.services.mentoring.advice import advice_log, take_told
from okrmate.services.mentoring.agenda_choices import Wish, choose_in
from okrmate.services.mentoring.question_bank import bank
from okrmate.services.ports import Transaction

MY_PROMISE = "my_promise"
THEIR_PROMISE = "their_promise"
"""The lines of the mentor's form for what both promised in the talk."""
SIDES = {MY_PROMISE: Side.MENTOR, THEIR_PROMISE: Side.PROTEGE}


def apply_to_talk(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """Keep it, to be acknowledged line by line; the mentor reads what was answered and tried as well."""
    _keep_answers(tx, answer, effects)
    _keep_advice(tx, answer, effects)
    _keep_promises(tx, answer, effects)
    _change_points(tx, answer, effects)


def _keep_answers(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """Answers to questions of the bank join the notes of their talk."""
    if answer.letter.kind is not LetterKind.AGENDA or answer.letter.to is not Side.PROTEGE:
        return
    put = {block.id: block.text for block in answer.letter.blocks if isinstance(block, Question)}
    known = {each.id for each in bank(tx) if not each.private} & put.keys()
    said = {question: words for question, words in effects.understood.answers.items() if question in known}
    _taken(effects, said)
    for question, words in said.items():
        answered = notes.Answered(question=question, asked=put[question], words=words)
        desk, mentorship = answer.room.desk, answer.found.mentorship.id
        notes.take_answer(tx, desk, mentorship, answer.letter.meeting, answered, source=answer.source)
    if said:
        counted = "a question answered" if len(said) == 1 else f"{len(said)} questions answered"
        effects.note(counted, *(Noted(name="answer", words=words) for words in said.values()))


def _keep_advice(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """What was tried and what it changed; a mere "nothing" stays with the mentor, as it says neither."""
    if answer.letter.to is not Side.PROTEGE:
        return
    now, mentorship, left = answer.room.desk.clock.now(), answer.found.mentorship.id, []
    for each in effects.understood.advice:
        did, impact = (_said(part, answer.locale) for part in (each.did, each.impact))
        if not did and not impact:
            left.append(each)
            continue
        asked = to_ask_about(advice_log(tx, mentorship, now)) if _asks_for_advice(answer.letter) else None
        take_told(tx, answer.room.desk, mentorship, asked, did=did, impact=impact, source=answer.source)
        parts = (("tried", did), ("impact", impact))
        effects.note("advice put to use", *(Noted(name=name, words=words) for name, words in parts if words))
    effects.understood = replace(effects.understood, advice=tuple(left))


def _asks_for_advice(letter: Outgoing) -> bool:
    return any(isinstance(block, AnswerLine) and block.id == "impact" for block in letter.blocks)


def _said(words: str, locale: str) -> str:
    bare = fold(words[:MAX_LINE]).strip(" \t.,;:!?–—-")
    return words.strip() if bare and not lexicon(locale).whole("forms.nothing", bare) else ""


def _keep_promises(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """What the mentor wrote behind the two lines of her form."""
    if answer.letter.kind is not LetterKind.FEEDBACK or answer.letter.to is not Side.MENTOR:
        return
    said = {line: words for line, words in effects.understood.answers.items() if line in SIDES}
    _taken(effects, said)
    desk, mentorship, talk = answer.room.desk, answer.found.mentorship.id, answer.letter.meeting
    for line, words in said.items():
        if promised := " ".join(_said(words, answer.locale).split()):
            promises.make_in(tx, desk, mentorship, promised, by=SIDES[line], meeting=talk)
            effects.note("a promise written down", Noted(name="promise", words=promised), to_read=False)


def _change_points(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """Points of the list that are dropped or get another place; numbers that it does not have stay with the mentor."""
    words, meeting = effects.understood.agenda, answer.meeting
    ahead = meeting is not None and meeting.state is MeetingState.SCHEDULED
    if words is None or meeting is None or not ahead or answer.letter.kind is not LetterKind.AGENDA:
        return
    known = {item.number: item for item in _listed(answer.letter) if item.id}
    wishes = [(number, "off", Wish(taken=False)) for number in words.remove]
    wishes += [(number, "moved", Wish(taken=True, place=place)) for number, place in words.move]
    found = [(known[number], name, wish) for number, name, wish in wishes if number in known]
    for item, _, wish in found:
        choose_in(tx, meeting, item.id, wish, answer.room.desk.clock.now())
    if found:
        lines = (Noted(name=name, words=item.text) for item, name, _ in found)
        effects.note("the agenda changed", *lines, to_read=False)
    effects.understood = replace(effects.understood, agenda=_without(words, known) or None)


def _listed(letter: Outgoing) -> tuple[Item, ...]:
    return tuple(item for block in letter.blocks if isinstance(block, Items) for item in block.items)


def _without(words: AgendaWords, known: dict[int, Item]) -> AgendaWords:
    return replace(
        words,
        remove=tuple(number for number in words.remove if number not in known),
        move=tuple((number, place) for number, place in words.move if number not in known),
    )


def _taken(effects: Effects, said: dict[str, str]) -> None:
    rest = {block: words for block, words in effects.understood.answers.items() if block not in said}
    effects.understood = replace(effects.understood, answers=rest)
