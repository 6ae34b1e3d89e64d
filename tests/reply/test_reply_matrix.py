"""Every letter that can be answered, filled in as each mail program sends it back: all is understood, nothing else."""

from collections.abc import Iterable, Iterator

import pytest

from okrmate.domain.letters import AnswerLine, Block, Choice, KeyResultLine, LetterKind, Question, QuotedLine
from okrmate.reply.reading import read
from tests.mail.sample_letters import SAMPLES, written
from tests.reply.filled_letters import LETTERS, FilledLetter, said
from tests.reply.reply_styles import (
    HTML,
    PLAIN,
    Place,
    all_else_and_marks_deleted,
    arrived,
    copied_on_top,
    shown,
)
from tests.reply.samples import context

STYLES = (*((body, "plain") for body in PLAIN), *((body, "html") for body in HTML))


def replies(letter: FilledLetter) -> Iterator[tuple[str, tuple[QuotedLine, ...]]]:
    """The letter with its words in every style and place, by a name for it."""
    lines = shown(letter.blocks, letter.words)
    for body, subtype in STYLES:
        for place in Place:
            if not (letter.only_under and body is all_else_and_marks_deleted):  # then it is a copy on top of nothing
                yield f"{body.__name__}, {place}", arrived(body(lines, place), subtype)


@pytest.mark.parametrize("name", LETTERS)
def test_words_in_a_letter_are_found_in_every_style_and_say_what_they_answer(name: str) -> None:
    letter = LETTERS[name]
    found = {style: said(read(lines, letter.context, context())) for style, lines in replies(letter)}
    assert {style: says for style, says in found.items() if says != letter.says} == {}


@pytest.mark.parametrize("name", [name for name, letter in LETTERS.items() if not letter.only_under])
def test_answers_copied_out_with_their_labels_above_the_letter_say_the_same(name: str) -> None:
    letter = LETTERS[name]
    lines = arrived(copied_on_top(shown(letter.blocks, letter.words), Place.BEHIND), "plain")
    assert said(read(lines, letter.context, context())) == letter.says


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_that_comes_back_untouched_says_nothing_in_any_style(name: str) -> None:
    letter = LETTERS[name]
    lines = shown(letter.blocks, {})
    found = {
        body.__name__: read(arrived(body(lines, Place.UNDER), subtype), letter.context, context())
        for body, subtype in STYLES
    }
    assert {style: said(understood) for style, understood in found.items() if said(understood)} == {}
    assert [style for style, understood in found.items() if not understood.words.empty_reason] == []


def test_every_kind_of_letter_is_in_the_matrix() -> None:
    assert {letter.kind for letter in LETTERS.values()} == set(LetterKind)


def takes_words(kind: LetterKind | None, blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """The places of a letter that ask for words, each as the letter's kind and what it is."""
    for block in blocks:
        match block:
            case AnswerLine(id=name):
                yield f"{kind}", name.partition(" ")[0]  # each key result has a line for its score
            case KeyResultLine(shown=False) | Choice():
                yield f"{kind}", block.kind
            case Question(id=name, label=label):
                yield f"{kind}", "a further question" if label else "first" if name == "first" else "an open question"
            case _:
                pass


def test_every_place_of_our_letters_that_takes_words_is_in_the_matrix() -> None:
    asked = {
        place
        for name, sample in SAMPLES.items()
        for place in takes_words(LetterKind(name.partition("_")[0]), written(sample).blocks)
    }
    filled = {place for letter in LETTERS.values() for place in takes_words(letter.kind, letter.blocks)}
    assert asked - filled == set()


@pytest.mark.parametrize("name", LETTERS)
def test_every_line_that_waits_for_words_gets_some_in_the_matrix(name: str) -> None:
    blocks = LETTERS[name].blocks
    filled = {label for letter in LETTERS.values() if letter.blocks == blocks for label in letter.words}
    waiting = {line.text for line in shown(blocks, {}) if line.kind == "answer"}
    assert waiting <= filled
