"""The words of the commands: each language has its own, and only a whole first line is one."""

from itertools import product

import pytest

from okrmate.domain.letters import Choice, Question
from okrmate.reply.choices import choice_id, pending_of
from okrmate.reply.commands import CommandName, command
from okrmate.reply.lexicon import LANGUAGES, lexicon, table
from okrmate.reply.updates import Op, Update
from tests.cases import of_every
from tests.reply.samples import context

NAMES = ("help", "stop", "pause", "resume", "undo", "status", "skip", "later", "my_data")
NEEDED = (*NAMES, "confirm", "reject", "polite", "days", "weeks", "months")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_a_word_for_every_command(language: str) -> None:
    words = table(language)["commands"]

    assert isinstance(words, dict)
    assert [name for name in NEEDED if not words.get(name)] == []


@of_every(product(LANGUAGES, NAMES))
def test_every_word_of_a_command_is_understood_as_it(language: str, name: str) -> None:
    words = table(language)["commands"]
    assert isinstance(words, dict)

    for word in words[name]:
        found = command(f"{word.capitalize()}.\n\nRosa", locale=language)
        assert found is not None, word
        assert found.name == CommandName(name), word


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_two_commands(language: str) -> None:
    words = lexicon(language)
    every = [word for name in NAMES for word in words.words(f"commands.{name}")]

    assert sorted(every) == sorted(set(every))


@pytest.mark.parametrize(
    ("locale", "line", "days"),
    [
        ("en", "pause", 0),
        ("en", "Pause for two weeks, please", 14),
        ("en", "pause a month", 30),
        ("de", "Pause für drei Wochen", 21),
        ("de", "pause eine woche", 7),
        ("fr", "pause de 2 semaines", 14),
        ("es", "pausa de una semana", 7),
        ("it", "pausa 3 giorni", 3),
        ("pt", "pausa de uma semana", 7),
        ("nl", "pauze 2 weken", 14),
        ("sv", "paus i 2 veckor", 14),
        ("ja", "一時停止 2週間", 14),
    ],
)
def test_a_pause_may_say_for_how_long(locale: str, line: str, days: int) -> None:
    found = command(line, locale=locale)

    assert found is not None
    assert (found.name, found.days) == (CommandName.PAUSE, days)


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("en", "pause for thought"),
        ("en", "pause 0 weeks"),
        ("en", "pause 900 weeks"),
        ("en", "pause 2 coffees"),
        ("en", "please stop by on Monday"),
        ("en", "status of the portfolio: fine"),
        ("de", "Ich habe später noch eine Frage"),
        ("de", "Hilfe, das wird knapp!"),
        ("fr", "annuler"),
        ("fr", "je voudrais plus tard parler de ça"),
        ("it", "annulla"),
        ("es", "para"),
        ("nl", "dat kan later wel"),
        ("sv", "vi kan sluta med mötena"),
    ],
)
def test_what_may_mean_something_else_is_no_command(locale: str, line: str) -> None:
    assert command(line, locale=locale) is None


def test_a_choice_makes_what_its_id_says_whatever_stands_beside_it() -> None:
    made = Update(kr="1.1", op=Op.SET, value=context().key_results[0].target)
    blocks = (
        Question(id="ask-1", text='? Something, "many" (KR 1.1). Which one?', about="1.1"),
        Choice(id=choice_id(made), letter="a", text="as many as were hoped for"),
        Choice(id="nothing", letter="b", text="60 %"),
    )

    first, second = pending_of(blocks, context())

    assert (first.kr, first.op, first.value, first.question) == ("1.1", Op.SET, made.value, 1)
    assert (second.op, second.question) == (None, 1)
