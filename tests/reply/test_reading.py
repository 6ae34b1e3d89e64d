"""Whole replies to whole letters: each answer where it belongs, nothing lost, nothing guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.letters import Block, LetterKind, QuotedLine
from okrmate.domain.meetings import Participation
from okrmate.domain.people import Side
from okrmate.reply.commands import CommandName, command
from okrmate.reply.context import Pending
from okrmate.reply.forms import AgendaEntry
from okrmate.reply.reading import LetterContext, read, read_plain
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Op, ProblemReason
from tests.reply.samples import (
    AGENDA,
    ATTRIBUTION,
    CLOSING,
    COACH,
    FEEDBACK,
    INVITATION,
    MID_CYCLE,
    context,
    plain,
    quoted,
)


def reply(kind: LetterKind | None, blocks: tuple[Block, ...], *top: str, to: Side = Side.PROTEGE) -> Understood:
    lines = (*plain(*top), *plain("", ATTRIBUTION), *quoted(blocks))
    return read(lines, LetterContext(kind=kind, blocks=blocks, to=to), context())


def filled(blocks: tuple[Block, ...], **answers: str) -> tuple[QuotedLine, ...]:
    return tuple(
        QuotedLine(text=f"{line.text} {answers[line.text]}" if line.text in answers else line.text, depth=1)
        for line in quoted(blocks)
    )


def test_an_agenda_takes_items_numbers_and_thanks_from_one_reply() -> None:
    said = reply(
        LetterKind.AGENDA, AGENDA, "Add: the summer camp (15 min)", "1.1 is 6, 1.3 60%", "", "Thanks for your call!"
    )
    assert said.agenda is not None
    assert said.agenda.add == (AgendaEntry(text="the summer camp", minutes=15),)
    assert [(one.kr, one.value) for one in said.updates] == [("1.1", Decimal(6)), ("1.3", Decimal(60))]
    assert said.message == "Thanks for your call!"


def test_an_agenda_reads_every_line_that_was_filled_in() -> None:
    answers = {
        "Add:": "camp",
        "KR 1.1:": "6",
        "KR 1.2:": "blocked by the printer",
        "Answer 1:": "time",
        "I tried:": "asking",
        "Impact:": "calm",
    }
    said = read(filled(AGENDA, **answers), LetterContext(kind=LetterKind.AGENDA, blocks=AGENDA), context())
    assert said.agenda is not None
    assert [one.text for one in said.agenda.add] == ["camp"]
    assert [(one.kr, one.op) for one in said.updates] == [("1.1", Op.SET), ("1.2", Op.BLOCKED)]
    assert said.answers == {"progress-2": "time"}
    assert [(one.did, one.impact) for one in said.advice] == [("asking", "calm")]
    assert said.message == ""


def test_a_bare_number_beside_a_numbered_list_is_asked_about_and_drop_means_the_list() -> None:
    said = reply(LetterKind.AGENDA, AGENDA, "drop 2", "1 done")
    assert said.agenda is not None
    assert said.agenda.remove == (2,)
    assert [one.reason for one in said.problems] == [ProblemReason.WHICH_KR]
    assert said.updates == ()


def test_looks_good_approves_and_another_time_never_moves_the_talk_by_itself() -> None:
    approved = reply(LetterKind.AGENDA, AGENDA, "Looks good!").agenda
    assert approved is not None
    assert approved.approve
    moved = reply(LetterKind.AGENDA, AGENDA, "Could we meet on Thursday instead?").agenda
    assert moved is not None
    assert moved.reschedule_request == "Could we meet on Thursday instead?"


def test_nothing_in_a_feedback_form_changes_a_key_result() -> None:
    said = reply(LetterKind.FEEDBACK, FEEDBACK, "+ 3 ideas for 1.1", "- shorter", "KR 1.1: 9")
    assert said.feedback is not None
    assert (said.feedback.positive, said.feedback.suggestion) == (("3 ideas for 1.1",), ("shorter",))
    assert said.updates == ()
    assert said.held == ("KR 1.1: 9",)


def test_half_a_form_names_the_half_that_is_missing() -> None:
    said = reply(LetterKind.FEEDBACK, FEEDBACK, "Positive: you listened")
    assert said.feedback is not None
    assert said.feedback.missing == ("suggestion",)


def test_no_meeting_is_a_whole_answer_and_keeps_the_reason() -> None:
    said = reply(LetterKind.FEEDBACK, FEEDBACK, "no meeting, I was ill")
    assert said.feedback is not None
    assert said.feedback.no_meeting
    assert said.message == "I was ill"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("a", Participation.ACCEPTED),
        ("b", Participation.TENTATIVE),
        ("c", Participation.DECLINED),
        ("Yes, see you then!", Participation.ACCEPTED),
        ("Sorry, I can't make it", Participation.DECLINED),
        ("a and c", None),
        ("Which room is it?", None),
        ("sorry no, Monday?", Participation.DECLINED),
        ("can't - Tuesday at 3?", Participation.DECLINED),
        ("is Monday ok?", None),
        ("yes?", None),
    ],
)
def test_an_invitation_is_answered_by_letter_or_words_and_a_contradiction_by_nobody(
    text: str, answer: Participation | None
) -> None:
    assert reply(LetterKind.INVITATION, INVITATION, text).rsvp is answer


def test_times_behind_no_decline_and_are_kept_as_a_wish() -> None:
    lines = tuple(
        QuotedLine(text=f"{line.text} Monday at 9" if line.text.startswith("c)") else line.text, depth=1)
        for line in quoted(INVITATION)
    )
    said = read(lines, LetterContext(kind=LetterKind.INVITATION, blocks=INVITATION), context())
    assert said.rsvp is Participation.DECLINED
    assert said.agenda is not None
    assert said.agenda.reschedule_request == "Monday at 9"


def test_a_day_asked_about_behind_a_no_is_a_wish() -> None:
    said = reply(LetterKind.INVITATION, INVITATION, "sorry no, Monday?")
    assert said.agenda is not None
    assert (said.agenda.reschedule_request, said.message) == ("sorry no, Monday?", "")


def test_a_number_in_the_mentors_own_reply_waits_for_her() -> None:
    said = reply(LetterKind.AGENDA, AGENDA, "1.3 60%", to=Side.MENTOR)
    assert said.updates == ()
    assert said.held == ("1.3 60%",)


def test_a_quoted_value_is_never_news_and_one_typed_over_is_asked_about() -> None:
    unchanged = "1.1: 6\n\nOn 2 May 2026 at 09:00, Rosa <rosa@example.org> wrote:\n> KR 1.3 Parents: 55%"
    assert [(one.kr, one.value) for one in read_plain(unchanged, context()).updates] == [("1.1", Decimal(6))]
    over = "> KR 1.3 Parents: 70%"
    assert [one.reason for one in read_plain(over, context()).problems] == [ProblemReason.EDITED_QUOTE]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("STOP", CommandName.STOP),
        ("help, please", CommandName.HELP),
        ("?", CommandName.HELP),
        ("undo 1.1", CommandName.UNDO),
        ("pause 3 weeks", CommandName.PAUSE),
        ("hilfe", CommandName.HELP),
        ("my data", CommandName.MY_DATA),
        ("later", CommandName.LATER),
    ],
)
def test_a_whole_first_line_is_a_command(text: str, name: CommandName) -> None:
    found = command(text)
    assert found is not None
    assert found.name is name


@pytest.mark.parametrize(
    "text",
    ["I'll stop by at three", "can you help me?", "yes", "no", "a", "undo what we did there", "pause for thought"],
)
def test_a_command_word_in_a_sentence_or_an_answer_nobody_waits_for_is_none(text: str) -> None:
    assert command(text) is None


def test_yes_and_letters_are_commands_only_while_something_is_open() -> None:
    assert command("yes", (Pending(kr="1.1", op=Op.SET, value=Decimal(6)),)) is not None
    chosen = command("b", (Pending(kr="1.1", choice="a"), Pending(kr="1.2", choice="b")))
    assert chosen is not None
    assert chosen.choices == ("b",)
    assert command("c", (Pending(kr="1.1", choice="a"),)) is None


@given(
    text=st.text(max_size=200),
    kind=st.sampled_from([*LetterKind, None]),
    blocks=st.sampled_from([(), AGENDA, FEEDBACK, INVITATION, MID_CYCLE, CLOSING, COACH]),
)
def test_no_reply_to_any_letter_raises(text: str, kind: LetterKind | None, blocks: tuple[Block, ...]) -> None:
    read(plain(*text.splitlines()), LetterContext(kind=kind, blocks=blocks), context())
