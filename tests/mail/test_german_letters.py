"""The German letters: the same blocks as the English ones, no English word in them, and German rules of tone."""

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from okrmate.domain.letters import (
    AnswerLine,
    Block,
    Choice,
    Heading,
    Items,
    KeyResultLine,
    Marker,
    Paragraph,
    Question,
)
from okrmate.mail.layout import LineKind, lines, text
from okrmate.mail.rendering import SUBJECT_WIDTH
from tests.architecture.house_map import ROOT
from tests.mail.page import Page
from tests.mail.sample_letters import GERMAN, SAMPLES, written
from tests.mail.sample_people import COMPOSER
from tests.mail.test_letters import LIMITS, UPDATE

GOLDENS = Path(__file__).parent / "letters" / "de"
PRIMER_HEADING = "Ziele, die man von außen sieht: vier Minuten Lektüre"
WORD = re.compile(r"[^\W\d_]+")
TAG = re.compile(r"{[{%#].*?[}%#]}", re.DOTALL)
MARK = re.compile(r"^::[^|\n]*\|?|{[a-z]+}|^Subject:", re.MULTILINE)
"""The marks of a source and the names of what is filled in: no words of the letter."""
QUOTED = re.compile(r"„[^“]*“")
IN_BOTH = frozenset(
    WORD.findall(
        """
        a agenda also am an b c chance d die do feedback hand hat in key kr mail mails man mentoring min minute name o
        objective okrmate pause per person positive rest result score so stand still stop text to undo war was will
        """
    )
)
"""Words that both languages have, and those that are the program's own."""
LONGER = 1.2
"""German takes up to a fifth more words than English where a limit counts them."""


def body(name: str) -> str:
    return text(written(GERMAN[name]).blocks)


def shape(blocks: tuple[Block, ...]) -> list[tuple[str, ...]]:
    """What a letter is made of, in order, without its words."""
    return [(block.kind, *_what(block)) for block in blocks]


def _what(block: Block) -> Iterator[str]:
    match block:
        case AnswerLine(id=name) | Choice(id=name):
            yield name
        case Question(id=name, about=about, label=label):
            yield from (name, about, "labelled" if label else "")
        case KeyResultLine(ref=ref, shown=shown):
            yield from (ref, "shown" if shown else "")
        case Paragraph(role=role):
            yield role
        case Items(items=items):
            yield f"{len(items)}"
        case Heading() | Marker():
            pass


def test_a_german_letter_reads_as_it_was_approved() -> None:
    """With OKRMATE_UPDATE_GOLDENS=1 the files are written anew, to be read in the diff."""
    letters = {name: f"Subject: {written(sample).subject}\n\n{body(name)}" for name, sample in GERMAN.items()}
    if os.environ.get(UPDATE):
        for name, letter in letters.items():
            (GOLDENS / f"{name}.txt").write_text(letter, encoding="utf-8")

    assert letters == {path.stem: path.read_text(encoding="utf-8") for path in GOLDENS.glob("*.txt")}


def test_a_german_letter_has_the_blocks_of_the_english_one_with_the_same_ids() -> None:
    english = {name: shape(written(sample).blocks) for name, sample in SAMPLES.items()}

    assert {name: shape(written(sample).blocks) for name, sample in GERMAN.items()} == english


def spoken(language: str) -> set[str]:
    """Every word that stands in the templates of a language, in whatever state they show it."""
    folder = ROOT / "templates" / language
    sources = [TAG.sub(" ", path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.j2"))]
    sources += _texts(tomllib.loads((folder / "words.toml").read_text(encoding="utf-8")))
    return {word.lower() for source in sources for word in WORD.findall(MARK.sub(" ", source))}


def _texts(table: object) -> Iterator[str]:
    """The texts of a file of words, without the patterns of dates."""
    if isinstance(table, dict):
        yield from (text for name, value in table.items() if name != "dates" for text in _texts(value))
    else:
        yield f"{table}"


def test_no_english_word_stands_in_a_german_letter() -> None:
    assert spoken("de") & spoken("en") - IN_BOTH == set()


def test_both_languages_have_the_same_templates_and_the_same_phrases() -> None:
    def phrases(table: object, at: str = "") -> set[str]:
        if isinstance(table, dict):
            return {each for name, value in table.items() for each in phrases(value, f"{at}.{name}")}
        return {f"{at}: {' '.join(sorted(set(re.findall(r'{[a-z]+}', str(table)))))}" if ".items." not in at else at}

    english, german = (ROOT / "templates" / language for language in ("en", "de"))
    assert {path.name for path in german.iterdir()} == {path.name for path in english.iterdir()}
    loaded = [tomllib.loads((each / "words.toml").read_text(encoding="utf-8")) for each in (german, english)]
    assert phrases(loaded[0]) == phrases(loaded[1])


def test_a_german_letter_keeps_to_the_form() -> None:
    for name, sample in GERMAN.items():
        composed, letter = written(sample), body(name)
        shown = lines(composed.blocks)
        answers = [line.text for line in shown if line.kind is LineKind.ANSWER]
        assert len(composed.subject) <= SUBJECT_WIDTH, name
        assert "…" not in composed.subject, name
        assert all(len(line.text) <= 60 for line in shown if line.kind in {LineKind.ANSWER, LineKind.CHOICE}), name
        assert len(answers) == len(set(answers)), name
        if answers:
            assert [line.text for line in shown if line.text.endswith(":") and line.text not in answers] == [], name
        if sample.asks:
            assert letter.startswith(f"{sample.context.name}, "), name
            assert "?" in " ".join(letter.split()[:40]), name
        limit = next(limit for kind, limit in LIMITS.items() if name.startswith(kind))
        assert len(without_primer(letter).split()) <= limit * LONGER, name


def test_the_german_primer_takes_four_minutes() -> None:
    letter = body("welcome")

    assert 300 < len(letter.split()) - len(without_primer(letter).split()) <= 900


def without_primer(letter: str) -> str:
    before, heading, primer = letter.partition(PRIMER_HEADING)
    return before + primer.rstrip().rpartition("\n")[2] if heading else letter


def test_only_the_mentor_says_ich_and_silence_has_no_adjective() -> None:
    for name, sample in GERMAN.items():
        said = "\n".join(
            QUOTED.sub("", line.text)
            for line in lines(written(sample).blocks)
            if line.kind not in {LineKind.OWN, LineKind.ANSWER, LineKind.ITEM}
            and not line.text.startswith(("Schwach: ", "Stark: "))
        )
        assert not re.search(r"\b(ich|mir|mich|mein(e[mnrs]?)?|wir|uns(er\w*)?)\b", said, re.IGNORECASE), name
        assert not re.search(r"\b(immer noch|leider|erinnerung|überfällig|versäumt)\b", said, re.IGNORECASE), name
        assert said.count("!") <= 1, name
        assert not re.search(r'"', said), name


def test_the_html_part_of_a_german_letter_holds_the_same_words() -> None:
    for sample in GERMAN.values():
        blocks = written(sample).blocks
        page = Page(COMPOSER.html(blocks, "de"))
        assert page.paragraphs == [line.text for line in lines(blocks)]
        assert page.words == text(blocks).split()
