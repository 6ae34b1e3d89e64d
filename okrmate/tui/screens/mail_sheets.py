"""The sheets of Mail: one to type what an unclear line means, and those that ask before something is let go."""

from collections.abc import Callable, Mapping
from functools import partial

from okrmate.domain.changes import Change
from okrmate.domain.errors import UsageError
from okrmate.reply.updates import Problem
from okrmate.services.incoming.review import expect_typed, take_typed
from okrmate.services.mailroom import MailRoom
from okrmate.tui.shown import Shown
from okrmate.tui.views.decisions import refusal
from okrmate.tui.views.review import Review, quoted
from okrmate.tui.widgets.form import Field, Form
from okrmate.tui.widgets.sheet import Answer, Ask


def value_form(shown: Shown, room: MailRoom, mail_id: str, problem: Problem) -> Form:
    """Asks for the value of an unclear line; what her words would make of it stands below them while she types."""
    expected = partial(expect_typed, room, mail_id, problem)

    def save(lines: Mapping[str, str]) -> None:
        shown.did(lambda: take_typed(room, mail_id, problem, lines["value"]))

    field = Field(
        name="value",
        label=f"The value of KR {problem.kr}",
        example="7, 60%, +2, done",
        hint=partial(_said, expected),
        wrong=partial(_wrong, expected),
    )
    return Form(f"What does {quoted(problem)} mean?", (field,), save, ("The words are kept as the note to it.",))


def _said(expected: Callable[[str], str], words: str) -> str:
    try:
        return expected(words)
    except UsageError:
        return ""


def _wrong(expected: Callable[[str], str], words: str) -> str:
    try:
        expected(words)
    except UsageError as error:
        return str(error)
    return ""


def refusal_asked(found: Review, last: Change | None) -> Ask | str:
    """Asks before a mail is put away or what it changed is taken back; the sentence where there is nothing to do."""
    question, sentences, word = refusal(found, last)
    return Ask(question, sentences, (Answer(key="x", word=word),)) if word else question


def everything_asked(held: int, why: str) -> Ask | str:
    """Asks before every letter is let go, `why` being what holds all of them; the sentence where none is held."""
    if not held and not why:
        return "No letter is held."
    sentences = (f"{held} held, and they leave with the next delivery.", why)
    return Ask("Let every letter go?", [each for each in sentences if each], (Answer(key="S", word="let go"),))
