"""Words beside an update in the same sentence: each of them reaches somebody, and none is taken for another's."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.letters import Block, LetterKind
from okrmate.reply.reading import LetterContext, read, read_plain
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Op, ProblemReason, Update
from tests.reply.samples import (
    AGENDA,
    ATTRIBUTION,
    CLOSING,
    COACH,
    DIGEST,
    FEEDBACK,
    HALF,
    MID_CYCLE,
    REFINE_SUMMARY,
    context,
    only_reason,
    only_update,
    plain,
    quoted,
    read_line,
)

LETTERS: list[tuple[LetterKind, tuple[Block, ...]]] = [
    (LetterKind.FEEDBACK, FEEDBACK),
    (LetterKind.ACKNOWLEDGEMENT, HALF),
    (LetterKind.REFINE_SUMMARY, REFINE_SUMMARY),
    (LetterKind.DIGEST, DIGEST),
    (LetterKind.MID_CYCLE, MID_CYCLE),
    (LetterKind.CLOSING, CLOSING),
    (LetterKind.COACH, COACH),
]
HEADS = (
    "My father is in hospital",
    "I cannot come on Monday",
    "Could we shift our call",
    "Do not show this to Rosa",
    "There is trouble in the team",
    "I have quit",
    "Jonas has moved away",
    "The printer caught fire",
    "Ich bin krank",
    "Nothing works here at the moment",
    "Lovely weather",
)
UPDATES = ("1.1 is 8", "KR 1.1: 9", "1.2 = 70 %", "#1.3 at 60%", "1.2 done", "KR 2.1: 3000 €", "1.1: blocked by rain")
JOINTS = (", ", "; ", " – ", " - ", " and ", ". ", " | ", "! ", ",  ", "\n")
WORD = re.compile(r"[^\W\d_]{2,}")


def everywhere(said: Understood) -> str:
    """All words that somebody gets to see."""
    updates = [f"{one.words} {one.note} {one.op}" for one in said.updates]
    problems = [one.words for one in said.problems]
    forms = (said.closing, said.pulse, said.feedback, said.draft)
    further = (*said.held, *said.wishes, *said.offered, *said.lines.values(), *forms)
    seen = (*updates, *problems, *said.left, said.message, *said.answers.values(), *further)
    return " ".join(str(one) for one in seen).lower()


@given(head=st.sampled_from(HEADS), joint=st.sampled_from(JOINTS), update=st.sampled_from(UPDATES))
def test_every_word_before_an_update_reaches_somebody(head: str, joint: str, update: str) -> None:
    said = read_plain(head + joint + update, context())
    assert set(WORD.findall(head.lower())) <= set(WORD.findall(everywhere(said)))


@given(
    parts=st.lists(st.tuples(st.sampled_from((*HEADS, *UPDATES)), st.sampled_from(JOINTS)), min_size=1, max_size=5),
)
def test_every_word_of_a_mail_reaches_somebody_in_any_order(parts: list[tuple[str, str]]) -> None:
    said = read_plain("".join(part + joint for part, joint in parts), context())
    prose = {word for part, _ in parts if part in HEADS for word in WORD.findall(part.lower())}
    assert prose <= set(WORD.findall(everywhere(said)))


@given(
    letter=st.sampled_from(LETTERS),
    parts=st.lists(st.tuples(st.sampled_from((*HEADS, *UPDATES)), st.sampled_from(JOINTS)), min_size=1, max_size=5),
)
def test_every_word_in_answer_to_any_letter_reaches_somebody(
    letter: tuple[LetterKind, tuple[Block, ...]], parts: list[tuple[str, str]]
) -> None:
    kind, blocks = letter
    lines = (*plain(*"".join(part + joint for part, joint in parts).splitlines()), *plain(ATTRIBUTION), *quoted(blocks))
    said = read(lines, LetterContext(kind=kind, blocks=blocks), context())
    prose = {word for part, _ in parts if part in HEADS for word in WORD.findall(part.lower())}
    assert prose <= set(WORD.findall(everywhere(said)))


@pytest.mark.parametrize("head", [head for head in HEADS if "not" not in head])
def test_words_before_an_update_are_a_message_and_the_update_holds(head: str) -> None:
    said = read_plain(f"{head}, 1.1 is 8", context())
    assert said.left == (head,)
    assert [(one.kr, one.op, one.value, one.note) for one in said.updates] == [("1.1", Op.SET, Decimal(8), "")]


def test_the_same_value_twice_keeps_both_notes() -> None:
    update = only_update("1.1 is 8, by phone\n1.1 is 8, by letter")
    assert (update.value, update.note) == (Decimal(8), "by phone; by letter")


def test_words_that_only_lead_up_to_a_reference_are_no_message() -> None:
    for text in ("Ok, so 1.1 is 8", "Hi Rosa, 1.1 is 8", "Sorry, 1.1 is 8", "Yes, we have 1.1: 8"):
        assert read_plain(text, context()).left == ()


@pytest.mark.parametrize(
    "text", ["Sorry, 7", "Oops. 7", "sorry i meant 7", "7, sorry", "my mistake: 7", "Entschuldigung, 7", "Pardon, 7"]
)
def test_a_correction_that_names_nothing_asks_which_it_is(text: str) -> None:
    assert only_reason(text) is ProblemReason.WHICH_KR


@pytest.mark.parametrize("text", ["sory 1.1 is 9", "Oops. 1.1 is 9", "I meant 1.1: 9", "sorry, pupils 9"])
def test_a_correction_that_names_its_key_result_is_an_update(text: str) -> None:
    assert (only_update(text).kr, only_update(text).value) == ("1.1", Decimal(9))


def test_an_excuse_is_a_message() -> None:
    assert read_line("Sorry for the late answer") == ()


@pytest.mark.parametrize(
    "text", ["1.2 done ✅", "1.2 erledigt ✅", "✅ 1.2 done", "1.2 done! ✔", "1.2 complete now ✅🎉"]
)
def test_a_tick_beside_done_is_done(text: str) -> None:
    assert (only_update(text).kr, only_update(text).op) == ("1.2", Op.DONE)


@pytest.mark.parametrize("cheer", ["👍", "👍🏽", "🎉", "🎉🎉", "😊", ":+1:"])
def test_a_sign_of_joy_before_a_reference_leaves_it_at_the_start(cheer: str) -> None:
    assert (only_update(f"{cheer} KR 1.1: 8").kr, only_update(f"{cheer} 1.1: 8").value) == ("1.1", Decimal(8))


@pytest.mark.parametrize("text", ["👍 KR 1.1", "🎉 1.1!", "👍 not 1.1: 8", "❌ KR 1.1: 8"])
def test_a_sign_before_a_reference_says_no_value_by_itself(text: str) -> None:
    assert [one for one in read_line(text) if isinstance(one, Update)] == []


@pytest.mark.parametrize("text", ["1.1 > 8", "1.1: >8", "1.1 < 8", "1.1 ≥ 8", "KR 1.1 <= 8"])
def test_a_bound_by_its_sign_asks(text: str) -> None:
    assert only_reason(text) is ProblemReason.UNCLEAR_VALUE


@pytest.mark.parametrize("rest", ["rest same", "rest unchanged", "the others no change", "Rest gleich"])
@pytest.mark.parametrize("joint", [", ", "; ", " and "])
def test_the_rest_behind_a_value_is_unchanged(rest: str, joint: str) -> None:
    first, *others = read_line(f"KR 1.1 = 8{joint}{rest}")
    assert isinstance(first, Update)
    assert (first.kr, first.value, first.note) == ("1.1", Decimal(8), "")
    assert {one.kr for one in others if isinstance(one, Update) and one.op is Op.NOCHANGE} == {
        "1.2",
        "1.3",
        "2.1",
        "2.2",
        "3.1",
    }


@pytest.mark.parametrize("first", ["pupils 8", "1.1: 8", "KR 1.1 is at 8 now"])
@pytest.mark.parametrize("joint", [", ", " and ", "; ", " – "])
def test_a_second_title_with_its_value_is_an_update_of_its_own(first: str, joint: str) -> None:
    outcomes = read_line(f"{first}{joint}timetable page 3/4 done")
    assert [(one.kr, one.value, one.note) for one in outcomes if isinstance(one, Update)] == [
        ("1.1", Decimal(8), ""),
        ("1.2", Decimal(75), ""),
    ]


def test_a_second_title_without_a_clear_value_asks() -> None:
    first, second = read_line("pupils 8, parents answering 71")
    assert isinstance(first, Update)
    assert (first.kr, first.note) == ("1.1", "")
    assert (second.kr, isinstance(second, Update)) == ("1.3", False)


def test_a_title_in_a_note_stays_in_the_note() -> None:
    assert only_update("1.1: 8, the timetable page is slow").note == "the timetable page is slow"


def agenda_reply(*top: str) -> Understood:
    lines = (*plain(*top), *plain("", ATTRIBUTION), *quoted(AGENDA))
    return read(lines, LetterContext(kind=LetterKind.AGENDA, blocks=AGENDA), context())


def test_a_wish_for_the_list_is_no_note_of_the_key_result_before_it() -> None:
    said = agenda_reply("1.1 7 and pls move 2 to the top")
    assert [(one.kr, one.value, one.note) for one in said.updates] == [("1.1", Decimal(7), "")]
    assert said.agenda is not None
    assert "pls move 2 to the top" in (*said.left, *said.answers.values(), said.agenda.remark)


@pytest.mark.parametrize("line", ["Add: pay, 1.1: 8", "Add: pay. 1.1: 8", "Topic: pay, KR 1.1 is 8"])
def test_an_item_and_a_value_in_one_line_are_both_taken(line: str) -> None:
    said = agenda_reply(line)
    assert said.agenda is not None
    assert [one.text.rstrip(".") for one in said.agenda.add] == ["pay"]
    assert [(one.kr, one.value) for one in said.updates] == [("1.1", Decimal(8))]


def test_an_item_about_a_key_result_stays_an_item() -> None:
    said = agenda_reply("Add: KR 1.1: why it stalls")
    assert said.agenda is not None
    assert [one.text for one in said.agenda.add] == ["KR 1.1: why it stalls"]
    assert said.updates == ()


@pytest.mark.parametrize("text", [":+1:", ":-1:", ":+1: great", "KR 1.1: :+1:", "KR 1.1 :+1:"])
def test_a_thumb_by_its_name_is_no_number(text: str) -> None:
    assert [one for one in read_line(text, context().key_results[0]) if isinstance(one, Update)] == []
