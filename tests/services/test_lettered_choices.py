"""Doubtful lines become lettered choices, and what somebody picks among them is changed, once."""

from datetime import timedelta

import pytest

from okrmate.domain.letters import Choice, Incoming, IncomingState, LetterKind
from okrmate.mail.layout import text
from okrmate.services.incoming import inbox
from okrmate.services.tables import READINGS
from tests.services.post_office import PostOffice

TWO = "1.1: 4\n1.1: 5\nThe portfolio site is live!"


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def asked(office: PostOffice, line: str) -> Incoming:
    return office.answer(office.agenda(), line)


def choices(office: PostOffice, mail: Incoming) -> list[str]:
    blocks = office.acknowledgement(mail).blocks
    return [f"{block.letter}) {block.text}".replace("\u00a0", " ") for block in blocks if isinstance(block, Choice)]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("1.1 60%", ["a) 60 % of 5 = 3", "b) something else: just type it"]),
        ("1.1 200", ["a) yes, 200", "b) something else: just type it"]),
        ("1.2 +10%", ["a) 62 % → 72 %", "b) 62 % → 68.2 %"]),
        ("1.2: -10%", ["a) 62 % → 52 %", "b) 62 % → 55.8 %"]),
        ("1.2 -10%", ["a) 62 % → 52 %", "b) 62 % → 10 %"]),
        ("1.1: 4\n1.1: 5", ["a) 1 → 4", "b) 1 → 5"]),
        ("the portfolio site is live!", ["a) yes, done (KR 1.3)", "b) not quite"]),
        ("60%", ["a) 80 % of readers finish an…: 62 % → 60 % (KR 1.2)", "b) Portfolio site live: 0 % → 60 % (KR 1.3)"]),
        ("1.1 3/12", ["a) 1 → 3", "b) something else: just type it"]),
        ("1.1 a few", []),
        ("1.2 130%", []),
        ("1.1 55%", []),
    ],
)
def test_an_unclear_line_offers_what_it_could_mean(office: PostOffice, line: str, offered: list[str]) -> None:
    mail = asked(office, line)

    assert mail.state is IncomingState.ASKED
    assert choices(office, mail) == offered


@pytest.mark.parametrize(
    "said",
    ["b", "B", "b)", "(b)", "1b", "1: b", "B please", "b, thanks", "option b", "b) 62 % → 68.2 %", "68.2 %",
     "68.2", "b, and see you on Thursday", "It's b."],
)  # fmt: skip
def test_a_choice_may_be_made_in_many_ways(office: PostOffice, said: str) -> None:
    mail = asked(office, "1.2 +10%")

    office.answer(office.acknowledgement(mail), said)

    assert office.values() == {"1.1": "", "1.2": "68.2", "1.3": ""}
    assert office.now(mail).state is IncomingState.APPLIED


@pytest.mark.parametrize("said", ["a and 2c", "a, c", "a c", "1a 2c", "1. a, 2. c", "a\nc", "c + a", "1a; 2c!"])
def test_two_questions_may_be_answered_at_once(office: PostOffice, said: str) -> None:
    mail = asked(office, TWO)

    office.answer(office.acknowledgement(mail), said)

    assert office.values() == {"1.1": "4", "1.2": "", "1.3": "100"}
    assert office.now(mail).state is IncomingState.APPLIED


def test_two_questions_may_be_answered_one_after_the_other(office: PostOffice) -> None:
    mail = asked(office, TWO)
    letter = office.acknowledgement(mail)

    office.answer(letter, "d")
    assert office.now(mail).state is IncomingState.ASKED
    office.answer(letter, "b")

    assert office.values() == {"1.1": "5", "1.2": "", "1.3": ""}
    assert office.now(mail).state is IncomingState.APPLIED


@pytest.mark.parametrize("said", ["yes", "Yes, please", "yep"])
def test_a_yes_is_enough_where_one_thing_is_offered(office: PostOffice, said: str) -> None:
    mail = asked(office, "1.1 60%")

    office.answer(office.acknowledgement(mail), said)

    assert office.values()["1.1"] == "3"


@pytest.mark.parametrize("said", ["no", "b", "Nope."])
def test_that_nothing_changes_is_an_answer_too(office: PostOffice, said: str) -> None:
    mail = asked(office, "1.1 60%")

    answer = office.answer(office.acknowledgement(mail), said)

    assert office.values()["1.1"] == ""
    assert (answer.state, answer.left) == (IncomingState.APPLIED, ())
    assert "Left as it was" in office.said_to(answer)
    assert office.now(mail).state is IncomingState.APPLIED


@pytest.mark.parametrize("said", ["e", "2a", "1c", "c and d", "a or b", "a?", "a 4", "d, no c"])
def test_letters_that_choose_nothing_clearly_change_nothing(office: PostOffice, said: str) -> None:
    mail = asked(office, TWO)

    office.answer(office.acknowledgement(mail), said)

    assert office.values() == {"1.1": "", "1.2": "", "1.3": ""}
    assert office.now(mail).state is IncomingState.ASKED


def test_two_values_chosen_for_one_key_result_are_for_the_mentor_and_settle_nothing(office: PostOffice) -> None:
    mail = asked(office, "1.2 +10%")

    both = office.answer(office.acknowledgement(mail), "a and b")

    assert office.values()["1.2"] == ""
    assert (both.state, both.left) == (IncomingState.HELD, ("a; b",))
    assert "Olivia looks at it first" in office.said_to(both)
    assert office.now(mail).state is IncomingState.ASKED


def test_the_same_choice_twice_changes_something_once(office: PostOffice) -> None:
    letter = office.acknowledgement(asked(office, "1.2 +10%"))
    office.answer(letter, "a")

    again = office.answer(letter, "a")

    assert len(office.every(READINGS)) == 1
    assert again.state is IncomingState.APPLIED
    assert "settled with the same answer before" in office.said_to(again)


def test_another_value_chosen_later_replaces_the_first(office: PostOffice) -> None:
    letter = office.acknowledgement(asked(office, "1.2 +10%"))
    office.answer(letter, "a")

    office.answer(letter, "b")

    assert office.values()["1.2"] == "68.2"


def test_another_key_result_chosen_later_is_for_the_mentor(office: PostOffice) -> None:
    letter = office.acknowledgement(asked(office, "60%"))
    office.answer(letter, "a")

    later = office.answer(letter, "b")

    assert office.values() == {"1.1": "", "1.2": "60", "1.3": ""}
    assert later.state is IncomingState.HELD
    assert "Olivia looks at it first" in office.said_to(later)


def test_a_choice_can_be_taken_back_and_made_again(office: PostOffice) -> None:
    letter = office.acknowledgement(asked(office, "1.2 +10%"))
    first = office.answer(letter, "a")
    office.answer(office.acknowledgement(first), "undo")
    assert office.values()["1.2"] == ""

    office.answer(letter, "a")

    assert office.values()["1.2"] == "72"


def test_what_is_unclear_again_is_not_asked_twice(office: PostOffice) -> None:
    letter = office.acknowledgement(asked(office, "1.1 a few"))

    answer = office.answer(letter, "1.1: a few more")

    assert (answer.state, answer.reason) == (IncomingState.HELD, "unclear, and not asked about")
    assert answer.left == ("a few more",)
    assert "?" not in office.said_to(answer)


def test_what_is_asked_and_not_answered_for_two_weeks_is_the_mentors(office: PostOffice) -> None:
    mail = asked(office, "1.2 +10%")
    letter = office.acknowledgement(mail)

    office.clock.set(letter.created_at + timedelta(days=14) - timedelta(seconds=1))
    inbox.poll(office.room)
    assert office.now(mail).state is IncomingState.ASKED
    office.clock.move(seconds=1)
    inbox.poll(office.room)

    assert (office.now(mail).state, office.now(mail).reason) == (
        IncomingState.HELD,
        "asked two weeks ago, and not answered",
    )
    assert len(office.answered()) == 1


def test_a_letter_chooses_nothing_after_two_weeks_and_a_number_settles_the_question(office: PostOffice) -> None:
    mail = asked(office, "1.2 +10%")
    letter = office.acknowledgement(mail)
    office.clock.set(letter.created_at + timedelta(days=15))
    inbox.poll(office.room)

    late = office.answer(letter, "b")
    assert (late.left, office.values()["1.2"]) == (("b",), "")
    office.answer(letter, "70 %")

    assert office.values()["1.2"] == "70"
    assert office.now(mail).state is IncomingState.APPLIED


def test_the_same_mail_twice_is_answered_once(office: PostOffice) -> None:
    letter = office.acknowledgement(asked(office, "1.2 +10%"))
    raw = office.written("a", letter)

    office.look(raw, raw)

    assert len(office.every(READINGS)) == 1
    assert len(office.answered()) == 2


def test_a_question_is_read_and_answered_in_quotes_as_well(office: PostOffice) -> None:
    letter = office.acknowledgement(asked(office, TWO))
    quoted = "\n".join(f"> {line}" for line in text(letter.blocks).splitlines())
    filled = quoted.replace("> b) 1 → 5", "> b) 1 → 5\nyes").replace("> d) not quite", "> d) not quite\nx")

    office.answer(letter, f"On Mon, 9 Mar 2026 at 10:00, Olivia Marsh <olivia@example.org> wrote:\n{filled}")

    assert office.values() == {"1.1": "5", "1.2": "", "1.3": ""}


def test_a_choice_does_not_replace_a_value_that_was_sent_since(office: PostOffice) -> None:
    asked = office.answer(office.agenda(), "1.1 60%")
    office.answer(office.letter(LetterKind.AGENDA), "1.1 4")

    late = office.answer(office.acknowledgement(asked), "a")

    assert office.values()["1.1"] == "4"
    assert late.left == ("a) KR 1.1",)


@pytest.mark.parametrize(
    ("said", "value"), [("all of them", "2"), ("In total, thanks", "2"), ("so many more", "5"), ("more", "5")]
)
def test_the_words_of_the_question_answer_it(office: PostOffice, said: str, value: str) -> None:
    office.answer(office.agenda(), "1.1 3")
    letter = office.acknowledgement(office.answer(office.agenda(), "1.1 2 this week"))

    office.answer(letter, said)

    assert office.values()["1.1"] == value


@pytest.mark.parametrize("said", ["all of them", "more"])
def test_the_words_of_another_question_answer_none(office: PostOffice, said: str) -> None:
    office.answer(office.agenda(), "1.1 3")
    letter = office.acknowledgement(office.answer(office.agenda(), "1.1 1\n1.1 4"))

    office.answer(letter, said)

    assert office.values()["1.1"] == "3"
