"""The sheets of Mail: to type what an unclear line means, to answer, and to ask before something is let go."""

from collections.abc import Callable, Mapping
from functools import partial

from okrmate.domain.changes import Change
from okrmate.domain.errors import UsageError
from okrmate.mail.layout import text
from okrmate.reply.updates import Problem
from okrmate.services.incoming.answering import answer, expect_answer
from okrmate.services.incoming.review import expect_typed, reject, take_typed
from okrmate.services.mailroom import MailRoom
from okrmate.tui.shown import Shown
from okrmate.tui.views.decisions import refusal
from okrmate.tui.views.review import Review, quoted
from okrmate.tui.widgets.form import Field, Form
from okrmate.tui.widgets.sheet import Answer, Ask
from okrmate.tui.widgets.writing import Writing

ONLY_THE_LINE = "l"
MOST_SHOWN = 12
"""Lines of a letter that a sheet shows."""


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


def reason_form(shown: Shown, found: Review) -> Form:
    """Asks why a mail is put away; that is kept with it."""

    def save(lines: Mapping[str, str]) -> None:
        shown.did(lambda: reject(shown.desk, found.mail.id, lines["why"]))

    question, sentences, _ = refusal(found, None)
    field = Field(name="why", label="Why", example="already said in our talk", wrong=_no_reason)
    return Form(question, (field,), save, sentences)


def _no_reason(words: str) -> str:
    return "" if words else "Say why in a few words; x puts it away without."


def answer_sheet(shown: Shown, room: MailRoom, found: Review) -> Writing:
    """Asks for her words to whoever wrote the mail; the letter is shown before it is put into the outbox."""

    def seen(words: str) -> Ask:
        letter = expect_answer(room, found.mail.id, words).letter
        lines = text(letter.blocks).splitlines()
        more = len(lines) - MOST_SHOWN
        shown_lines = [*lines[:MOST_SHOWN], f"and {more} more lines, as you wrote them"] if more > 0 else lines
        leaves = f"It waits then: {letter.hold}." if letter.hold else "It leaves with the next delivery."
        said = (f"Subject: {letter.subject}", "", *shown_lines, "", leaves)
        return Ask(f"Send this to {letter.name}?", said, (Answer(key="s", word="send"),))

    def take(words: str) -> None:
        shown.did(lambda: answer(room, found.mail.id, words))
        shown.rouse()

    return Writing(f"Answer {found.name}", ("Your words leave as a letter, in answer to this mail.",), seen, take)


def refusal_asked(found: Review, last: Change | None, problem: Problem | None) -> Ask | str:
    """Asks before a mail is put away or what it changed is taken back; the sentence where there is nothing to do.

    With an unclear line in hand that line alone may be put aside.
    """
    question, sentences, word = refusal(found, last)
    line = (Answer(key=ONLY_THE_LINE, word="only this line"),) if problem is not None else ()
    return Ask(question, sentences, (Answer(key="x", word=word), *line)) if word else question


def everything_asked(held: int, why: str) -> Ask | str:
    """Asks before every letter is let go, `why` being what holds all of them; the sentence where none is held."""
    if not held and not why:
        return "No letter is held."
    sentences = (f"{held} held, and they leave with the next delivery.", why)
    return Ask("Let every letter go?", [each for each in sentences if each], (Answer(key="S", word="let go"),))
