"""What the sender wrote, told from what we sent and what mail programs add."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.letters import Block, LetterKind, Marker, QuotedLine
from okrmate.mail.html import html_lines
from okrmate.reply.own_words import MAX_LINES, MAX_TEXT, own_words
from okrmate.reply.reading import LetterContext, read
from tests.reply.samples import (
    AGENDA,
    ATTRIBUTION,
    CHECK_IN,
    CLOSING,
    COACH,
    DIGEST,
    EXCHANGE,
    FEEDBACK,
    HALF,
    INVITATION,
    MID_CYCLE,
    OPEN_QUESTION,
    REFINE_SUMMARY,
    WELCOME,
    context,
    letter_lines,
    plain,
    quoted,
)

Style = Callable[[Sequence[Block]], tuple[QuotedLine, ...]]


def below(blocks: Sequence[Block]) -> tuple[QuotedLine, ...]:
    return (*plain(ATTRIBUTION), *quoted(blocks))


def without_marks(blocks: Sequence[Block]) -> tuple[QuotedLine, ...]:
    header = plain(
        "From: Rosa Klein <rosa@example.org>", "Sent: Tuesday, 5 May 2026 09:00", "To: Ines", "Subject: Talk 3"
    )
    return (*plain("_" * 32), *header, *plain(*letter_lines(blocks)))


def rewrapped(blocks: Sequence[Block]) -> tuple[QuotedLine, ...]:
    wrapped: list[str] = []
    for line in letter_lines(blocks):
        words = line.split()
        wrapped += [" ".join(words[at : at + 9]) for at in range(0, len(words), 9)]
    return (*plain("Am 05.05.2026 um 09:00 schrieb Rosa Klein:"), *plain(*wrapped, depth=1))


def twice_quoted(blocks: Sequence[Block]) -> tuple[QuotedLine, ...]:
    return (*plain(ATTRIBUTION), *plain(ATTRIBUTION, depth=1), *quoted(blocks, depth=2))


def with_device_line(blocks: Sequence[Block]) -> tuple[QuotedLine, ...]:
    return (*plain("", "Sent from my phone", ""), *below(blocks))


def forwarded_back(blocks: Sequence[Block]) -> tuple[QuotedLine, ...]:
    header = plain("---------- Forwarded message ---------", "From: Rosa Klein <rosa@example.org>")
    rest = plain("Date: Tue, 5 May 2026 at 09:00", "Subject: Talk 3", "To: Ines Roth <ines@example.net>", "")
    return (*header, *rest, *plain(*letter_lines(blocks)))


def marker_deleted(blocks: Sequence[Block]) -> tuple[QuotedLine, ...]:
    return below([block for block in blocks if not isinstance(block, Marker)])


def order_changed(blocks: Sequence[Block]) -> tuple[QuotedLine, ...]:
    return below([*blocks[2:], *blocks[:2]])


def apart(blocks: Sequence[Block]) -> tuple[QuotedLine, ...]:
    return (*plain(ATTRIBUTION), *(each for line in quoted(blocks) for each in (line, QuotedLine(text="", depth=1))))


STYLES: list[Style] = [
    below,
    without_marks,
    rewrapped,
    twice_quoted,
    with_device_line,
    forwarded_back,
    marker_deleted,
    order_changed,
    apart,
]
LETTERS: list[tuple[LetterKind | None, tuple[Block, ...]]] = [
    (LetterKind.WELCOME, WELCOME),
    (LetterKind.INVITATION, INVITATION),
    (LetterKind.AGENDA, AGENDA),
    (LetterKind.FEEDBACK, FEEDBACK),
    (LetterKind.EXCHANGE, EXCHANGE),
    (LetterKind.ACKNOWLEDGEMENT, OPEN_QUESTION),
    (LetterKind.ACKNOWLEDGEMENT, HALF),
    (LetterKind.REFINE_SUMMARY, REFINE_SUMMARY),
    (LetterKind.DIGEST, DIGEST),
    (LetterKind.MID_CYCLE, MID_CYCLE),
    (LetterKind.CLOSING, CLOSING),
    (LetterKind.COACH, COACH),
    (None, CHECK_IN),
]


@pytest.mark.parametrize("style", STYLES)
def test_an_answer_on_top_is_found_whatever_stands_below(style: Style) -> None:
    words = own_words((*plain("1.1: 6", "and thank you"), *style(AGENDA)), AGENDA)
    assert words.text.split("\n")[:2] == ["1.1: 6", "and thank you"]
    assert words.answers == ()


def answered(depth: int, *, under: bool) -> tuple[QuotedLine, ...]:
    lines: list[QuotedLine] = [*plain(ATTRIBUTION)]
    for line in quoted(AGENDA):
        if line.text in {"KR 1.1:", "Add:"} and not under:
            lines.append(QuotedLine(text=f"{line.text} {'7' if line.text[0] == 'K' else 'summer camp'}", depth=depth))
            continue
        lines.append(line)
        if line.text in {"KR 1.1:", "Add:"}:
            lines.append(QuotedLine(text="7" if line.text[0] == "K" else "summer camp", depth=depth))
    return tuple(lines)


@pytest.mark.parametrize(("depth", "under"), [(1, False), (0, False), (0, True), (1, True)])
def test_an_answer_behind_or_under_our_line_belongs_to_it(depth: int, under: bool) -> None:
    words = own_words(answered(depth, under=under), AGENDA)
    assert {answer.to: answer.text for answer in words.answers} == {"add": "summer camp", "KR 1.1": "7"}
    assert words.text == ""


def test_an_answer_under_the_letter_is_found() -> None:
    words = own_words((*below(AGENDA), *plain("", "Let us talk about summer.")), AGENDA)
    assert words.everything.strip() == "Let us talk about summer."


def test_a_shown_value_that_was_typed_over_is_named_and_not_read() -> None:
    lines = tuple(QuotedLine(text=line.text.replace("5 of 12", "9 of 12"), depth=line.depth) for line in below(AGENDA))
    assert own_words(lines, AGENDA).edited == ("1.1",)


def test_a_signature_is_cut_but_no_list_name_or_rule() -> None:
    kept = plain("Yes, gladly.", "- Ines", "--- and one more thing", "-- ", "Ines Roth", "Room 1.1: 7")
    assert own_words(kept).text == "Yes, gladly.\n- Ines\n--- and one more thing"


@pytest.mark.parametrize("codes", [("1.1", "1.2"), ("KR 1.1", "kr 1.2:"), ("1.1:", "KR1.2 =")])
def test_words_right_under_a_code_alone_are_said_of_its_key_result(codes: tuple[str, str]) -> None:
    found = own_words(plain("Hi,", "", codes[0], "4", codes[1], "70 %"), AGENDA)
    assert [(answer.to, answer.text) for answer in found.answers] == [("KR 1.1", "4"), ("KR 1.2", "70 %")]
    assert found.text == "Hi,"


@pytest.mark.parametrize(
    "lines",
    [("Next month:", "1.1", "4"), ("1.1", "1.2 70 %"), ("1.1", "", "4"), ("9.9", "4"), ("1.1", "1.2", "all done")],
)
def test_a_code_under_other_words_or_not_right_above_any_is_read_as_a_line(lines: tuple[str, ...]) -> None:
    found = own_words(plain(*lines), AGENDA)
    assert (found.text.split("\n"), found.answers) == ([*lines], ())


def test_a_mail_past_a_bound_is_not_read_and_says_why() -> None:
    assert own_words(plain("a") * (MAX_LINES + 1)).empty_reason == "too long to be read"
    assert own_words(plain("a" * (MAX_TEXT + 1)), AGENDA).empty_reason == "too long to be read"


@pytest.mark.parametrize("sent", [(), AGENDA])
def test_a_mail_in_html_with_too_many_lines_is_held_as_a_whole_and_no_part_of_it_read(sent: tuple[Block, ...]) -> None:
    shown = html_lines("KR 1.1: 7<br>" * 2 * MAX_LINES)
    assert shown is not None
    assert own_words(shown.lines, sent).empty_reason == "too long to be read"


@given(
    lines=st.lists(
        st.builds(
            QuotedLine,
            text=st.one_of(
                st.text(max_size=60), st.sampled_from([*letter_lines(AGENDA), ATTRIBUTION, "KR 1.1: 7", "-- ", ">"])
            ),
            depth=st.integers(0, 2),
        ),
        max_size=25,
    ),
    blocks=st.sampled_from([(), AGENDA, FEEDBACK]),
)
def test_own_words_never_holds_a_word_that_was_not_in_the_mail(
    lines: list[QuotedLine], blocks: tuple[Block, ...]
) -> None:
    there = {word for line in lines for word in line.text.split()}
    there |= {part for word in there for part in word.replace("：", ":").split(":")}
    words = own_words(lines, blocks)
    assert {word for word in words.everything.split() if word not in there} == set()
    assert words.everything.strip() or words.empty_reason


@pytest.mark.long
@pytest.mark.parametrize(
    "unit",
    [
        "On Mon, 2 Mar 2026 at 09:00, somebody",
        "1.1 and 1.2, " * 40,
        "From: x",
        "(" * 600,
        "> " * 300,
        "e\u0301" * 300,
        "✅🎉" * 30,
    ],
)
@pytest.mark.parametrize(("kind", "blocks"), LETTERS)
def test_a_hostile_body_ends_and_what_is_too_long_for_an_answer_is_left_unread(
    unit: str, kind: LetterKind | None, blocks: tuple[Block, ...]
) -> None:
    lines = plain(unit) * min(2_000, 200_000 // len(unit))
    understood = read(lines, LetterContext(kind=kind, blocks=blocks), context())
    assert not [update for update in understood.updates if update.value is not None]
