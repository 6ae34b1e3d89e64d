"""Every answer line of every letter, filled in as nine mail programs leave it: found, and tied to what it answers."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import pytest

from okrmate.domain.letters import Block, LetterKind, QuotedLine
from okrmate.domain.meetings import Participation
from okrmate.reply import pulse
from okrmate.reply.closing import Score
from okrmate.reply.reading import LetterContext, UnsentLetter, read
from okrmate.reply.understood import Understood
from tests.reply.samples import (
    AGENDA,
    CHECK_IN,
    CLOSING,
    DIGEST,
    FEEDBACK,
    INVITATION,
    MID_CYCLE,
    WELCOME,
    context,
)
from tests.reply.test_own_words import STYLES, Style

Filled = Callable[[Sequence[QuotedLine], Mapping[str, str]], tuple[QuotedLine, ...]]


def behind(lines: Sequence[QuotedLine], answers: Mapping[str, str]) -> tuple[QuotedLine, ...]:
    """Each answer on the label's own line."""
    return tuple(
        QuotedLine(text=f"{line.text} {answers[line.text]}", depth=line.depth) if line.text in answers else line
        for line in lines
    )


def under(lines: Sequence[QuotedLine], answers: Mapping[str, str]) -> tuple[QuotedLine, ...]:
    """Each answer on a line of its own under the label, without a quote mark."""
    return tuple(
        each
        for line in lines
        for each in (line, *([QuotedLine(text=answers[line.text])] if line.text in answers else []))
    )


def filled(
    way: Filled,
    style: Style,
    kind: LetterKind | UnsentLetter | None,
    blocks: tuple[Block, ...],
    answers: Mapping[str, str],
) -> Understood:
    by_label = {f"{label}:": said for label, said in answers.items()}
    return read(way(style(blocks), by_label), LetterContext(kind=kind, blocks=blocks), context())


EACH_WAY = pytest.mark.parametrize("way", [behind, under])
EACH_STYLE = pytest.mark.parametrize("style", STYLES)


@EACH_WAY
@EACH_STYLE
def test_a_welcome(way: Filled, style: Style) -> None:
    said = filled(
        way, style, LetterKind.WELCOME, WELCOME, {"My aims": "play less; listen", "What I would gain": "calm"}
    )
    assert said.welcome is not None
    assert (said.welcome.aims, said.welcome.gain) == (("play less", "listen"), "calm")
    assert said.message == ""


@EACH_WAY
@EACH_STYLE
def test_an_agenda(way: Filled, style: Style) -> None:
    answers = {"Add": "the summer camp", "I tried": "asking twice", "Impact": "two came back"}
    answers |= {"KR 1.1": "7", "KR 1.3": "60 %", "Answer 1": "a second room"}
    said = filled(way, style, LetterKind.AGENDA, AGENDA, answers)
    assert said.agenda is not None
    assert [one.text for one in said.agenda.add] == ["the summer camp"]
    assert {(one.kr, one.value) for one in said.updates} == {("1.1", Decimal(7)), ("1.3", Decimal(60))}
    assert [(one.did, one.impact) for one in said.advice] == [("asking twice", "two came back")]
    assert said.answers == {"progress-2": "a second room"}
    assert said.message == ""


@EACH_WAY
@EACH_STYLE
def test_a_check_in(way: Filled, style: Style) -> None:
    said = filled(way, style, None, CHECK_IN, {"KR 1.1": "7", "KR 2.1": "2.900 €"})
    assert {(one.kr, one.value) for one in said.updates} == {("1.1", Decimal(7)), ("2.1", Decimal(2900))}
    assert (said.problems, said.message) == ((), "")


@EACH_WAY
@EACH_STYLE
def test_a_feedback_form(way: Filled, style: Style) -> None:
    answers = {"One positive": "the duet", "One suggestion": "begin at five"}
    said = filled(way, style, LetterKind.FEEDBACK, FEEDBACK, answers)
    assert said.feedback is not None
    assert (said.feedback.positive, said.feedback.suggestion) == (("the duet",), ("begin at five",))


@EACH_WAY
@EACH_STYLE
def test_an_invitation(way: Filled, style: Style) -> None:
    answers = {"c) no, and these times would": "Monday after ten"}
    said = filled(way, style, LetterKind.INVITATION, INVITATION, answers)
    assert said.rsvp is Participation.DECLINED
    assert said.agenda is not None
    assert said.agenda.reschedule_request == "Monday after ten"


@EACH_WAY
@EACH_STYLE
def test_a_half_time_letter(way: Filled, style: Style) -> None:
    answers = {"Helpful, 1 to 5": "4, you wait", "What would make it one higher": "a timetable"}
    answers |= {"I would change": "1.2 may go"}
    said = filled(way, style, UnsentLetter.MID_CYCLE, MID_CYCLE, answers)
    assert said.pulse is not None
    assert (said.pulse.helpful, said.pulse.because, said.pulse.one_higher) == (4, "you wait", "a timetable")
    assert said.wishes == ("1.2 may go",)
    assert (said.outcomes, said.asks, said.message) == ((), (), "")


@EACH_WAY
@EACH_STYLE
def test_a_closing_letter(way: Filled, style: Style) -> None:
    answers = {"Learned": "listen first", "Carry over": "1.1", "Drop": "1.2", "Helpful, 1 to 5": "5"}
    answers |= {"Score 1.1": "0.8, nine came", "Score 1.2": "90 %"}
    said = filled(way, style, UnsentLetter.CLOSING, CLOSING, answers)
    assert said.closing is not None
    assert said.closing.learned == "listen first"
    assert said.closing.scores == (
        Score(kr="1.1", score=Decimal("0.8"), note="nine came"),
        Score(kr="1.2", score=Decimal("0.9")),
    )
    assert (said.closing.carry, said.closing.drop) == (("1.1",), ("1.2",))
    assert said.pulse is not None
    assert said.pulse.helpful == pulse.MOST
    assert (said.outcomes, said.asks, said.message) == ((), (), "")


@EACH_WAY
@EACH_STYLE
def test_a_digest(way: Filled, style: Style) -> None:
    answers = {"Line for Ines": "The duet was lovely.", "Line for Tarek": "Bring the oud."}
    said = filled(way, style, UnsentLetter.DIGEST, DIGEST, answers)
    assert said.lines == {"Ines": "The duet was lovely.", "Tarek": "Bring the oud."}
    assert (said.offered, said.message) == ((), "")
