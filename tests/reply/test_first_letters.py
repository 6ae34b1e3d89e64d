"""Answers in free words: to the welcome, to an invitation, and several parts of a form in one line."""

import pytest

from okrmate.domain.letters import Block, LetterKind, QuotedLine
from okrmate.domain.meetings import Participation
from okrmate.reply.forms import AgendaEntry, agenda, feedback
from okrmate.reply.reading import LetterContext, read
from okrmate.reply.understood import Understood
from tests.reply.samples import ATTRIBUTION, INVITATION, WELCOME, context, plain, quoted


def answered(kind: LetterKind, blocks: tuple[Block, ...], *top: str) -> Understood:
    lines = (*plain(*top), *plain("", ATTRIBUTION), *quoted(blocks))
    return read(lines, LetterContext(kind=kind, blocks=blocks), context())


def welcomed(*top: str) -> Understood:
    return answered(LetterKind.WELCOME, WELCOME, *top)


def test_thanks_promises_and_questions_are_no_aims() -> None:
    said = welcomed("Thank you! I want to play for people again. I'll send you a draft. How long is a talk?")
    assert said.welcome is not None
    assert said.welcome.aims == ("I want to play for people again.",)
    assert said.message.splitlines() == ["Thank you!", "I'll send you a draft.", "How long is a talk?"]


@pytest.mark.parametrize("text", ["yes", "no", "ok", "fine"])
def test_a_bare_yes_to_an_open_question_is_no_aim(text: str) -> None:
    said = welcomed(text)
    assert said.welcome is not None
    assert (said.welcome.aims, said.welcome.agree, said.message) == ((), False, text)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("agree, but by phone", "by phone"),
        ("Agree. But not on Mondays.", "But not on Mondays."),
        ("I agree if it stays between us.", "I agree if it stays between us."),
    ],
)
def test_consent_to_the_charter_with_a_condition_is_a_wish(text: str, wish: str) -> None:
    said = welcomed(text)
    assert said.welcome is not None
    assert (said.welcome.agree, said.welcome.aims, said.wishes) == (False, (), (wish,))


def test_read_and_agree_may_stand_beside_an_aim_in_one_line() -> None:
    said = welcomed("I want to sight-read. Read it. Agreed!")
    assert said.welcome is not None
    assert (said.welcome.read, said.welcome.agree) == (True, True)
    assert said.welcome.aims == ("I want to sight-read.",)


def invited(*top: str) -> Understood:
    return answered(LetterKind.INVITATION, INVITATION, *top)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("c, Monday 11:00", "Monday 11:00"),
        ("c) Monday or Tuesday", "Monday or Tuesday"),
        ("c\nMonday 11:00", "Monday 11:00"),
        ("Monday would be fine", "Monday would be fine"),
        ("I teach then, so no. Monday would be fine.", "Monday would be fine."),
    ],
)
def test_another_day_is_no_consent_and_a_wish(text: str, wish: str) -> None:
    said = invited(*text.splitlines())
    assert said.rsvp is Participation.DECLINED
    assert said.agenda is not None
    assert said.agenda.reschedule_request == wish


@pytest.mark.parametrize(
    "text", ["Friday is fine", "I'll be there, I am back on Monday", "a, and my best to Jonas", "No problem, see you!"]
)
def test_consent_stays_consent_where_another_day_is_only_told_of(text: str) -> None:
    said = invited(text)
    assert said.rsvp is Participation.ACCEPTED
    assert said.agenda is None


def test_words_behind_a_letter_are_a_message() -> None:
    assert invited("a, and my best to Jonas").message == "and my best to Jonas"


def test_a_tick_under_a_choice_is_an_answer() -> None:
    lines: list[QuotedLine] = [*plain(ATTRIBUTION)]
    for line in quoted(INVITATION):
        lines += [line, *(plain("x") if line.text.startswith("b)") else ())]
    said = read(lines, LetterContext(kind=LetterKind.INVITATION, blocks=INVITATION), context())
    assert said.rsvp is Participation.TENTATIVE


def test_both_halves_of_a_form_may_stand_in_one_line() -> None:
    given = feedback("+ the duet, - the cold room")
    assert (given.positive, given.suggestion) == (("the duet",), ("the cold room",))
    assert feedback("+ calm - as always").positive == ("calm - as always",)


@pytest.mark.parametrize(
    ("text", "added", "removed"),
    [
        ("drop 3, add the summer camp", ("the summer camp",), (3,)),
        ("add pay and holidays and drop 2", ("pay and holidays",), (2,)),
        ("Add the choir", ("the choir",), ()),
        ("bitte ergänze den Chor", ("den Chor",), ()),
    ],
)
def test_points_are_added_and_dropped_in_one_sentence(
    text: str, added: tuple[str, ...], removed: tuple[int, ...]
) -> None:
    given = agenda(text)
    assert (given.add, given.remove) == (tuple(AgendaEntry(text=each) for each in added), removed)


def test_an_added_point_keeps_its_minutes_and_prose_is_left() -> None:
    assert agenda("add the choir (5 min)").add == (AgendaEntry(text="the choir", minutes=5),)
    assert agenda("I would drop 3 of them, honestly").left == ("I would drop 3 of them, honestly",)
