"""The questions of an acknowledgement: how long they are open, what settles them, and whose they are afterwards."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from okrmate.domain.letters import Block, Choice, Incoming, IncomingState, LetterKind, Outgoing, Question
from okrmate.reply.commands import CommandName
from okrmate.services.desk import Desk
from okrmate.services.incoming.effects import Effects
from okrmate.services.incoming.not_applied import NotApplied
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import INCOMING, OUTGOING

OPEN = timedelta(days=14)
"""So long an answer is awaited; then the line is the mentor's (design "What happens to a reply")."""
WAITING = (IncomingState.ASKED, IncomingState.PARTLY_APPLIED)


def are_open(letter: Outgoing, now: datetime) -> bool:
    """Whether a letter or a word may still choose among what this letter offers."""
    return letter.kind is LetterKind.ACKNOWLEDGEMENT and now < letter.created_at + OPEN


def asked_about(letter: Outgoing) -> Mapping[str, bool]:
    """The refs a letter asks about, empty for a question that names none, and whether it offers choices for it."""
    if letter.kind is not LetterKind.ACKNOWLEDGEMENT:
        return {}
    return {question.about: bool(choices) for question, choices in _questions(letter.blocks)}


def _questions(blocks: tuple[Block, ...]) -> Iterator[tuple[Question, tuple[Choice, ...]]]:
    """Each question with the choices under it."""
    question: Question | None = None
    choices: list[Choice] = []
    for block in blocks:
        match block:
            case Question():
                if question is not None:
                    yield question, tuple(choices)
                question, choices = block, []
            case Choice():
                choices.append(block)
            case _:
                pass
    if question is not None:
        yield question, tuple(choices)


def of_letter(letter: Outgoing, choice: str) -> Question | None:
    """The question to which a choice belongs, by its letter."""
    found = (question for question, choices in _questions(letter.blocks) if choice in {one.letter for one in choices})
    return next(found, None)


def settled_by(letter: Outgoing, effects: Effects) -> tuple[str, ...]:
    """The questions of this letter that an answer settles, by id: by a letter, a value, or taking all back."""
    if letter.kind is not LetterKind.ACKNOWLEDGEMENT:
        return ()
    if effects.undone is not None and not effects.undone.part:
        return tuple(question.id for question, _ in _questions(letter.blocks))
    command = effects.understood.command
    clear = command is not None and command.name is CommandName.CHOOSE and not effects.unclear_again
    chosen = set(command.choices) if command and clear else set()
    heard = {moved.key_result.ref for _, moved in effects.moved} | set(effects.scored)
    return tuple(
        question.id for question, choices in _questions(letter.blocks) if _settles(question, choices, chosen, heard)
    )


def _settles(question: Question, choices: tuple[Choice, ...], chosen: set[str], heard: set[str]) -> bool:
    if any(choice.letter in chosen for choice in choices):
        return True
    if question.about:
        return question.about in heard
    offered = {choice.id.split(":")[1] for choice in choices if ":" in choice.id}
    return bool(heard & offered if offered else heard)


def settled_before(reader: Reader, letter: Outgoing) -> frozenset[str]:
    """The questions of this letter that earlier answers have settled, or the mentor."""
    asked = reader.get(INCOMING, letter.answers) if letter.answers else None
    if asked is not None and asked.state in (IncomingState.APPLIED, IncomingState.DISMISSED):
        return frozenset(question.id for question, _ in _questions(letter.blocks))
    return _settled_by_answers(reader, letter)


def answered_about(reader: Reader, asked: Incoming) -> tuple[Question, ...]:
    """The questions about a mail that have their answer from its writer."""
    letters = [each for each in reader.find(OUTGOING, "answers", asked.id) if each.kind is LetterKind.ACKNOWLEDGEMENT]
    return tuple(
        question
        for letter in letters
        for question, _ in _questions(letter.blocks)
        if question.id in _settled_by_answers(reader, letter)
    )


def _settled_by_answers(reader: Reader, letter: Outgoing) -> frozenset[str]:
    mails = reader.find(INCOMING, "mentorship", letter.mentorship)
    return frozenset(settled for mail in mails if mail.answers == letter.id for settled in mail.settles)


def close(tx: Transaction, letter: Outgoing, settled: frozenset[str]) -> None:
    """Settle the mail that had left these questions open, once each of them has its answer."""
    asked = tx.get(INCOMING, letter.answers) if letter.kind is LetterKind.ACKNOWLEDGEMENT else None
    if asked is None or not (asked.state in WAITING or asked.reason == NotApplied.UNANSWERED):
        return
    questions = {question.id for question, _ in _questions(letter.blocks)}
    if questions and questions <= settled:
        tx.put(INCOMING, asked.becoming(IncomingState.APPLIED, reason="", detail=""))


def hand_over(desk: Desk) -> tuple[Incoming, ...]:
    """Give the mentor what was asked two weeks ago and not answered; nobody is asked again."""
    late = [mail for state in WAITING for mail in desk.store.find(INCOMING, "state", state) if _is_late(desk, mail)]
    if not late:
        return ()
    handed = tuple(mail.becoming(IncomingState.HELD, reason=str(NotApplied.UNANSWERED)) for mail in late)
    with desk.store.transaction() as tx:
        for mail in handed:
            tx.put(INCOMING, mail)
    return handed


def _is_late(desk: Desk, mail: Incoming) -> bool:
    asked_at = max((letter.created_at for letter in desk.store.find(OUTGOING, "answers", mail.id)), default=None)
    return desk.clock.now() >= (asked_at or mail.received_at) + OPEN
