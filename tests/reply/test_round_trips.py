"""What is written down by rule is read back as it was: numbers of every locale, every operation on every kind."""

from dataclasses import replace
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.letters import Block, LetterKind
from okrmate.domain.metrics import MetricKind
from okrmate.mail.inbound import InboundMail, read_mail
from okrmate.reply.context import KeyResultContext
from okrmate.reply.folding import fold
from okrmate.reply.lexicon import LANGUAGES, lexicon, table
from okrmate.reply.numbers import decimal_mark, read_number
from okrmate.reply.own_words import own_words
from okrmate.reply.reading import LetterContext, quoted_lines, read
from okrmate.reply.updates import Op, Track, Update
from tests.mail.messages import a_mail
from tests.reply.samples import (
    AGENDA,
    CLOSING,
    EVERY,
    FEEDBACK,
    INCOME,
    INVITATION,
    WELCOME,
    context,
    read_line,
)

LOCALES = sorted({*LANGUAGES, "de-AT", "de-CH", "en-GB", "en-US", "es-MX", "fr-CH", "fr-CA", "it-CH", "pt-BR", "nl-BE"})
LARGE = st.decimals(min_value=0, max_value=10**9, places=2)


def written_number(number: Decimal, locale: str) -> str:
    """As the locale's people write it, by the data that every system uses (CLDR)."""
    return format_decimal(number, locale=locale.replace("-", "_"), decimal_quantization=False)


def value(text: str, locale: str, *, whole: bool) -> Decimal | None:
    found = read_number(fold(text), 0, lexicon(locale), mark=decimal_mark(locale), whole=whole)
    assert found is not None
    assert found.end == len(text)
    return found.value


@pytest.mark.parametrize("locale", LOCALES)
@given(number=LARGE)
def test_a_number_is_read_back_in_every_locale(locale: str, number: Decimal) -> None:
    assert value(written_number(number, locale), locale, whole=False) == number


@pytest.mark.parametrize("locale", LOCALES)
@given(number=st.integers(min_value=0, max_value=10**12).map(Decimal))
def test_a_whole_number_is_read_back_in_every_locale(locale: str, number: Decimal) -> None:
    assert value(written_number(number, locale), locale, whole=True) == number


@pytest.mark.parametrize("locale", LOCALES)
@given(number=st.decimals(min_value=300, max_value=50_000, places=2))
def test_an_amount_is_read_back_from_a_line_in_every_locale(locale: str, number: Decimal) -> None:
    for line in (f"KR 2.1: {written_number(number, locale)} €", f"2.1 = € {written_number(number, locale)}"):
        (update,) = read_line(line, INCOME, locale=locale)
        assert isinstance(update, Update)
        assert (update.op, update.value) == (Op.SET, number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_for_a_number_is_that_number(language: str) -> None:
    spoken = table(language)["numbers"]
    assert isinstance(spoken, dict)
    for word, number in spoken.items():
        assert value(word, language, whole=True) == Decimal(str(number)), word


GUESTS = KeyResultContext(
    ref="3.2",
    title="At least 30 guests at every open evening",
    kind=MetricKind.THRESHOLD,
    baseline=Decimal(18),
    target=Decimal(30),
    current=Decimal(24),
    unit="guests",
)
SEVEN = (*EVERY, GUESTS)
UNITS = {"1.1": " pupils", "1.2": " %", "1.3": "%", "2.1": " €", "2.2": " readers", "3.1": "%", "3.2": " guests"}
SET = {"1.1": 6, "1.2": 40, "1.3": 60, "2.1": 2500, "2.2": 240, "3.1": 3, "3.2": 25}
SUMMED = ("1.1", "1.2", "1.3", "2.1", "2.2", "3.2")
REFS = st.sampled_from([kr.ref for kr in SEVEN])
PLAIN = st.sampled_from(["the caretaker", "a form at the council", "Jonas in Graz"])


def updates_of(ref: str, op: Op) -> st.SearchStrategy[Update]:
    """Everything that can be said with this operation of this key result."""
    said = Update(kr=ref, op=op)
    match op:
        case Op.SET:
            return st.integers(0, 3).map(lambda number: replace(said, value=Decimal(SET[ref] + number)))
        case Op.ADD:
            return st.integers(1, 9).map(lambda number: replace(said, value=Decimal(number)))
        case Op.DONE | Op.NOCHANGE:
            return st.just(said)
        case Op.BLOCKED:
            return PLAIN.map(lambda words: replace(said, note=words))
        case Op.NOTE:
            return PLAIN.map(lambda words: replace(said, note=f"wrote to {words}"))
        case Op.CONFIDENCE:
            numbers = st.integers(0, 10).map(lambda number: replace(said, value=Decimal(number)))
            return st.one_of(numbers, st.sampled_from(Track).map(lambda track: replace(said, track=track)))


def render(update: Update) -> str:
    """One plain way to write an update down."""
    return f"KR {update.kr}{_said(update)}"


def _said(update: Update) -> str:
    match update.op:
        case Op.SET:
            return f": {update.value}{UNITS[update.kr]}"
        case Op.ADD:
            return f" +{update.value}{' points' if update.kr in {'1.2', '1.3'} else ''}"
        case Op.DONE:
            return " done"
        case Op.NOCHANGE:
            return " no change"
        case Op.BLOCKED:
            return f" blocked: {update.note}"
        case Op.NOTE:
            return f" {update.note}"
        case Op.CONFIDENCE:
            return f" {update.track.replace('_', ' ')}" if update.track else f" confidence {update.value}"


CASES = [(kr.ref, op) for kr in SEVEN for op in Op if op is not Op.ADD or kr.ref in SUMMED]
"""Growth of a month is not summed: `+n` of it asks (rule 5 of what people write)."""
UPDATES = st.sampled_from(CASES).flatmap(lambda case: updates_of(*case))


def essence(update: Update) -> tuple[object, ...]:
    return update.kr, update.op, update.value, update.track, update.note


def test_every_kind_has_its_key_result() -> None:
    assert {kr.kind for kr in SEVEN} == set(MetricKind)


@pytest.mark.parametrize(("ref", "op"), CASES)
@given(data=st.data())
def test_what_is_written_down_is_read_back_for_every_operation_and_kind(ref: str, op: Op, data: st.DataObject) -> None:
    update = data.draw(updates_of(ref, op))

    (found,) = read_line(render(update), *SEVEN)

    assert isinstance(found, Update)
    assert essence(found) == essence(update)


@given(
    updates=st.lists(UPDATES, min_size=2, max_size=6, unique_by=lambda update: update.kr),
    prose=st.lists(st.sampled_from(["We met on Tuesday.", "The weather was bad", "My sister has a dog"]), max_size=3),
    kind=st.sampled_from([None, LetterKind.AGENDA, LetterKind.ACKNOWLEDGEMENT]),
    data=st.data(),
)
def test_independent_lines_say_the_same_in_any_order(
    updates: list[Update], prose: list[str], kind: LetterKind | None, data: st.DataObject
) -> None:
    lines = [*(render(update) for update in updates), *prose]
    letter = LetterContext(kind=kind, blocks=AGENDA if kind is LetterKind.AGENDA else ())

    first = read(quoted_lines("\n".join(lines)), letter, context(*SEVEN))
    shuffled = read(quoted_lines("\n".join(data.draw(st.permutations(lines)))), letter, context(*SEVEN))

    assert {essence(each) for each in first.updates} == {essence(each) for each in shuffled.updates}
    assert {essence(each) for each in updates} <= {essence(each) for each in first.updates}
    assert set(first.problems) == set(shuffled.problems)


MARKUP = st.lists(
    st.sampled_from(
        [
            "<div>",
            "</div>",
            "<blockquote>",
            "</blockquote>",
            "<br>",
            "<p",
            ">",
            "&nbsp;",
            "&#x1f44d;",
            "<!--",
            "KR 1.1: 6",
        ]
    )
    | st.text(max_size=20),
    max_size=30,
).map("".join)
LETTERS: st.SearchStrategy[tuple[LetterKind | None, tuple[Block, ...]]] = st.sampled_from(
    [
        (LetterKind.AGENDA, AGENDA),
        (LetterKind.FEEDBACK, FEEDBACK),
        (LetterKind.INVITATION, INVITATION),
        (LetterKind.WELCOME, WELCOME),
        (LetterKind.CLOSING, CLOSING),
        (None, ()),
    ]
)
BODIES = st.one_of(
    st.tuples(st.just("text/plain; charset=utf-8"), st.binary(max_size=400)),
    st.tuples(
        st.just("text/plain; charset=utf-8"), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
    ),
    st.tuples(st.just("text/html; charset=utf-8"), MARKUP.map(lambda text: text.encode("utf-8", "replace"))),
    st.tuples(st.sampled_from(["text/html; charset=utf-16", "text/plain; format=flowed"]), st.binary(max_size=400)),
)


@given(body=BODIES, letter=LETTERS)
def test_no_text_no_html_and_no_bytes_raise_in_answer_to_any_letter(
    body: tuple[str, bytes], letter: tuple[LetterKind | None, tuple[Block, ...]]
) -> None:
    kind, blocks = letter
    mail = read_mail(a_mail("", Content_Type=body[0], Content_Transfer_Encoding="8bit") + body[1])
    if isinstance(mail, InboundMail):
        read(mail.lines, LetterContext(kind=kind, blocks=blocks), context(*SEVEN))
        own_words(mail.lines, blocks)
