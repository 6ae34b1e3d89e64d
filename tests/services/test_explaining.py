"""`explain`: what would become of a mail, and why; and nothing is changed by asking."""

import re
from pathlib import Path

import pytest

from okrmate.demo.answering import written
from okrmate.demo.home import open_story
from okrmate.domain.letters import IncomingState, LetterKind
from okrmate.domain.people import Side
from okrmate.services.incoming.explaining import explain_mail
from okrmate.services.tables import INCOMING
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_it_tells_what_an_answer_would_do_and_what_would_be_sent(office: PostOffice) -> None:
    told = explain_mail(office.room, office.written("KR 1.1: 3\nThank you for April.", office.agenda()))

    assert (told.verdict, told.state, told.summary) == ("accept", "applied", "KR 1.1")
    assert told.left == ("Thank you for April.",)
    assert "1 → 3" in told.answer.replace("\u00a0", " ")


@pytest.mark.parametrize("body", ["KR 1.1: 3", "1.2: more than last time", "stop", "undo", "I had a hard month."])
def test_it_says_beforehand_what_reading_the_mail_then_does(office: PostOffice, body: str) -> None:
    raw = office.written(body, office.agenda())
    told = explain_mail(office.room, raw)

    mail = office.receive(raw)

    assert (told.state, told.reason) == (str(mail.state), mail.reason)
    assert _without_ids(told.left) == _without_ids(mail.left)


def _without_ids(lines: tuple[str, ...]) -> list[str]:
    """An entry of the trail has another id than the one that was only thought of."""
    return [re.sub(r"`okrmate undo \w+`", "`okrmate undo ID`", line) for line in lines]


@pytest.mark.parametrize(
    ("sender", "verdict"),
    [("Eve <eve@example.com>", "hold"), ("Sam <sam@example.net>, Eve <eve@example.com>", "refuse")],
)
def test_it_names_why_a_mail_would_not_be_read(office: PostOffice, sender: str, verdict: str) -> None:
    told = explain_mail(office.room, office.written("KR 1.1: 3", office.agenda(), From=sender))

    assert told.verdict == verdict
    assert told.reason
    assert not told.words


def test_a_mail_that_was_taken_in_already_would_have_no_effect(office: PostOffice) -> None:
    raw = office.written("KR 1.1: 3", office.agenda())
    office.receive(raw)

    mail = office.every(INCOMING)[-1]

    told = explain_mail(office.room, raw)

    assert (told.verdict, told.reason, told.state) == ("ignore", "duplicate", "")
    assert f"`okrmate inbox show {mail.id}`" in told.to_do
    assert office.look(raw) == (), "nor is it read again"


def test_another_mail_under_a_message_id_that_is_known_would_wait_as_it_then_does(office: PostOffice) -> None:
    letter = office.agenda()
    office.receive(office.written("KR 1.1: 3", letter, Message_ID="<one@mail.example.net>"))
    other = office.written("KR 1.1: 4", letter, Message_ID="<one@mail.example.net>")

    told = explain_mail(office.room, other)
    mail = office.receive(other)

    assert (told.verdict, told.state, told.reason) == ("hold", str(mail.state), mail.reason)
    assert mail.state is IncomingState.HELD
    assert explain_mail(office.room, other).reason == "duplicate"


def test_sealed_feedback_is_not_shown_by_asking_about_its_mail(office: PostOffice) -> None:
    told = explain_mail(office.room, office.written("+ you listened\n- shorter", office.form()))

    assert "you listened" not in f"{told}"
    assert told.summary == "feedback kept"


def test_the_half_that_answers_a_question_is_not_shown_either(office: PostOffice) -> None:
    first = office.answer(office.form(), "+ you listened")

    told = explain_mail(office.room, office.written("shorter, please", office.acknowledgement(first)))

    assert "shorter" not in f"{told}"


def test_the_mentors_own_words_are_shown_to_her(office: PostOffice) -> None:
    told = explain_mail(
        office.room, office.written("+ clear\n- numbers", office.form(Side.MENTOR), From="o <olivia@example.org>")
    )

    assert "+ clear" in told.words


def test_asking_changes_not_a_byte_of_the_store(tmp_path: Path) -> None:
    story = open_story(tmp_path)
    told = story.told()
    for event in told:
        if event.facts.get("letter") == LetterKind.AGENDA:
            break
    before = (tmp_path / "okrmate.json").read_bytes()
    answer = next(each for each in story.answers() if each.letter.kind is LetterKind.AGENDA)

    explanation = explain_mail(story.room, written(answer))

    assert explanation.state == "applied"
    assert (tmp_path / "okrmate.json").read_bytes() == before
    assert not list((tmp_path / "mail").glob("20*/*answer*"))
