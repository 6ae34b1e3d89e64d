"""Greetings, sign-offs and undo with its manners: words that are for nobody, and a command that is sure."""

import pytest

from okrmate.reply.commands import CommandName, command
from okrmate.reply.courtesies import in_order, without_courtesies
from okrmate.reply.lexicon import lexicon
from okrmate.reply.reading import read_plain
from okrmate.reply.updates import ProblemReason
from tests.reply.samples import context, only_reason, read_line

WORDS = lexicon("en")


@pytest.mark.parametrize("greeting", ["Hi Rosa,", "Hello", "Hallo Rosa", "Dear Ms Klein,"])
@pytest.mark.parametrize(
    "closing", [("Best", "Tom"), ("Cheers",), ("Thanks!", "", "Anna"), ("Viele Grüße", "Jan Maier")]
)
def test_a_greeting_and_a_sign_off_of_their_own_are_cut(greeting: str, closing: tuple[str, ...]) -> None:
    assert without_courtesies([greeting, "", "I feel stuck here.", "", *closing], WORDS) == [
        "",
        "I feel stuck here.",
        "",
    ] or without_courtesies([greeting, "I feel stuck here.", *closing], WORDS) == ["I feel stuck here."]
    assert read_plain("\n".join((greeting, "I feel stuck here.", *closing)), context()).message == "I feel stuck here."


@pytest.mark.parametrize(
    "line", ["Thanks, Rosa!", "Thanks for everything you did", "Best results came from the flyers", "Tom", "Paris"]
)
def test_words_with_something_to_say_are_kept(line: str) -> None:
    assert without_courtesies(["I feel stuck here.", line], WORDS) == ["I feel stuck here.", line]


@pytest.mark.parametrize("name", ["Noor", "Noor Haddad", "– Noor"])
def test_the_writers_name_alone_is_a_sign_off(name: str) -> None:
    signed = ["I feel stuck here.", "", name]
    assert without_courtesies(signed, WORDS, "Noor Haddad") == ["I feel stuck here.", ""]


def test_a_telephone_number_under_the_writers_name_is_part_of_it() -> None:
    signed = ["+ the tea", "", "Noor", "+46 40 123 45 67"]
    assert without_courtesies(signed, WORDS, "Noor Haddad") == ["+ the tea", ""]
    assert without_courtesies(["Call the school:", "+46 40 123 45 67"], WORDS, "Noor") == [
        "Call the school:",
        "+46 40 123 45 67",
    ]


def test_another_name_alone_is_a_word_for_the_mentor() -> None:
    assert without_courtesies(["Who could help?", "Nora"], WORDS, "Noor Haddad") == ["Who could help?", "Nora"]


def test_a_courtesy_in_the_middle_is_kept_and_so_is_one_alone() -> None:
    assert without_courtesies(["1.1: 8", "Thanks", "I feel stuck here."], WORDS) == [
        "1.1: 8",
        "Thanks",
        "I feel stuck here.",
    ]
    assert without_courtesies(["Thanks!"], WORDS) == ["Thanks!"]


def test_lines_come_in_the_order_of_the_mail() -> None:
    assert in_order(["third", "first", "made up", "second"], "first\nsecond\nthird") == [
        "first",
        "made up",
        "second",
        "third",
    ]


@pytest.mark.parametrize(
    "text", ["UNDO pls", "undo plz", "undo thx", "ty, undo", "undo bitte", "undo, danke dir", "pls undo"]
)
def test_undo_with_manners_is_undo(text: str) -> None:
    found = command(text)
    assert found is not None
    assert found.name is CommandName.UNDO


@pytest.mark.parametrize(
    "text", ["please undo that, sorry", "undo 1.1: 3", "can you undo that?", "undo what we did there"]
)
def test_undo_in_a_sentence_asks_back(text: str) -> None:
    assert command(text) is None
    assert only_reason(text) is ProblemReason.UNDO


def test_a_story_of_an_undoing_asks_nothing() -> None:
    assert read_line("In the end the whole team had to undo all the changes to the page") == ()
