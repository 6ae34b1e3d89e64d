"""When an acknowledgement is written, what it asks, and that two programs do not write to each other for ever."""

from email.utils import format_datetime

import pytest

from okrmate.domain.letters import IncomingState, LetterKind, Outgoing
from okrmate.frozen import replace
from okrmate.mail.layout import text
from okrmate.services.mail_rules import Acknowledge
from okrmate.services.tables import READINGS
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def with_rules(office: PostOffice, acknowledge: Acknowledge) -> PostOffice:
    office.rules = replace(office.rules, acknowledge=acknowledge)
    office.restart()
    return office


def test_what_was_asked_for_is_sent_also_where_only_what_needs_attention_is(office: PostOffice) -> None:
    with_rules(office, Acknowledge.NEEDED)
    letter = office.agenda()

    assert office.answer(letter, "KR 1.1: 3").id not in office.answered()
    for line in ("status", "help", "my data", "undo"):
        assert office.answer(letter, line).id in office.answered()


def test_where_no_acknowledgement_is_ever_written_what_was_asked_for_is_the_mentors(office: PostOffice) -> None:
    with_rules(office, Acknowledge.NEVER)

    for line in ("status", "help", "my data"):
        mail = office.answer(office.agenda(), line)
        assert (mail.state, mail.left) == (IncomingState.HELD, (line,))

    assert office.answered() == ()


def picture(office: PostOffice, letter: Outgoing) -> bytes:
    """A mail with a picture and no words."""
    head = office.written("", letter).decode().rstrip()
    image = "Content-Type: image/jpeg\nContent-Disposition: attachment\n\n/9j/"
    parts = f"--b\nContent-Type: text/plain\n\n\n--b\n{image}\n--b--\n"
    return f'{head}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n{parts}'.encode()


def test_a_picture_without_words_is_told_once_and_kept(office: PostOffice) -> None:
    letter = office.agenda()

    first = office.receive(picture(office, letter))
    second = office.receive(picture(office, letter))

    assert (first.state, first.detail) == (IncomingState.HELD, "a picture")
    assert "A picture came, without words. It is kept for Olivia" in office.said_to(first)
    assert second.id not in office.answered()


def test_a_letter_that_comes_back_untouched_is_said_to_be_without_new_words(office: PostOffice) -> None:
    letter = office.agenda()
    quoted = "\n".join(f"> {line}" for line in text(letter.blocks).splitlines())

    mail = office.answer(letter, f"On Mon, 9 Mar 2026 at 10:00, Olivia Marsh <olivia@example.org> wrote:\n{quoted}")

    assert "without new words in it. Nothing was changed." in office.said_to(mail)
    assert office.values() == {"1.1": "", "1.2": "", "1.3": ""}


@pytest.mark.parametrize("words", ["I am away until Monday.", ""])
def test_two_programs_do_not_write_to_each_other_for_ever(office: PostOffice, words: str) -> None:
    letter = office.agenda()
    for _ in range(4):
        mail = office.answer(letter, words or "> quoted")
        if mail.id not in office.answered():
            break
        letter = office.acknowledgement(mail)

    assert len(office.answered()) <= 1


@pytest.mark.parametrize(
    ("line", "asks"), [("no meeting", True), ("no meeting, moved to Friday", True), ("no meeting, Fri 15:00?", False)]
)
def test_after_no_meeting_another_time_is_asked_for_unless_one_is_said(
    office: PostOffice, line: str, *, asks: bool
) -> None:
    mail = office.answer(office.form(), line)

    assert ("When would suit you instead?" in office.said_to(mail)) is asks
    answer = office.answer(office.acknowledgement(mail), "Friday at 10 would be good")
    assert answer.left == ("Friday at 10 would be good",)


def test_no_change_beside_one_number_is_said_of_the_others(office: PostOffice) -> None:
    office.answer(office.agenda(), "KR 1.1: 3\nKR 1.2: 70%\nKR 1.3: 40%")

    mail = office.answer(office.letter(LetterKind.AGENDA), "No change. 1.3 70 %")

    assert office.values() == {"1.1": "3", "1.2": "70", "1.3": "70"}
    assert mail.state is IncomingState.APPLIED


def test_whatever_changes_something_is_acknowledged_also_on_a_day_of_many_mails_and_after_thirty_it_waits(
    office: PostOffice,
) -> None:
    letter = office.agenda()
    for number in range(30):
        office.answer(letter, f"KR 1.1: {1 + number % 5}")
    assert len(office.answered()) == 30

    waiting = office.answer(letter, "KR 1.2: 74%")
    obeyed = office.answer(letter, "stop")

    assert (waiting.state, waiting.reason) == (IncomingState.HELD, "many mails in one day")
    assert office.values()["1.2"] == ""
    assert obeyed.state is IncomingState.APPLIED


def test_that_the_mentor_has_the_words_is_said_ten_times_a_day_at_most(office: PostOffice) -> None:
    letter = office.agenda()

    for number in range(12):
        office.answer(letter, f"You will not believe what happened to me, part {number}!")

    assert len(office.answered()) == 10


@pytest.mark.parametrize(("words", "kept"), [("1.1 2", "2"), ("1.1 +1", "2")])
def test_a_number_written_before_a_newer_one_is_kept_and_said_to_replace_nothing(
    office: PostOffice, words: str, kept: str
) -> None:
    letter = office.agenda()
    office.clock.move(hours=1)
    written = format_datetime(office.clock.now())
    office.clock.move(hours=1)
    office.answer(letter, "1.1 4")

    late = office.answer(letter, words, Date=written)

    assert f"{kept} is kept, the newer 4 stands" in office.said_to(late)
    assert office.values()["1.1"] == "4"
    assert [str(reading.value) for reading in office.every(READINGS)] == ["4", kept]
