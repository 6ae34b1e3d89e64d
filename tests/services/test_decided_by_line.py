"""Which mails can be decided on line by line, and what is said of those that cannot."""

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import IncomingState
from okrmate.services.history import undo
from okrmate.services.incoming.review import accept, keep_note, leave_line, take_value
from okrmate.services.incoming.side_by_side import side_by_side
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_a_mail_that_was_never_read_has_no_line_to_decide_on(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 9999", From="Sam at work <sam@work.example>")
    (line,) = side_by_side(office.room, mail.id).open

    for decide in (keep_note, take_value, leave_line):
        with pytest.raises(UsageError, match="before you vouch for it: `okrmate inbox accept`"):
            decide(office.room, mail.id, line)


def test_once_she_vouched_for_a_mail_its_lines_are_decided_on_one_by_one_and_taken_back_one_by_one(
    office: PostOffice,
) -> None:
    body = "KR 1.1: 3\n1.2: more than last time\n1.3: 400 %"
    mail = office.answer(office.agenda(), body, From="Sam at work <sam@work.example>")
    vouched = accept(office.room, mail.id)
    second, third = side_by_side(office.room, mail.id).open

    keep_note(office.room, mail.id, second)
    assert leave_line(office.room, mail.id, third).state is IncomingState.APPLIED

    undo(office.desk)
    undo(office.desk)
    assert (office.now(mail), side_by_side(office.room, mail.id).open) == (vouched, (second, third))
    undo(office.desk)
    assert office.now(mail) == mail


def test_a_settled_mail_has_no_line_to_decide_on(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 9999")
    (line,) = side_by_side(office.room, mail.id).open
    accept(office.room, mail.id)

    with pytest.raises(UsageError, match="That mail is settled; `okrmate undo`"):
        keep_note(office.room, mail.id, line)


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("1.1 60%", {"1.1": "3"}),
        ("1.1 4 of 8", {"1.1": "4"}),
        ("1.1: 9999", {"1.1": "9999"}),
        ("the portfolio site is live!", {"1.3": "100"}),
    ],
)
def test_accepting_a_line_makes_what_its_question_offers(
    office: PostOffice, line: str, becomes: dict[str, str]
) -> None:
    mail = office.answer(office.agenda(), line)
    (problem,) = side_by_side(office.room, mail.id).open

    accepted = take_value(office.room, mail.id, problem)

    assert office.values() == {"1.1": "", "1.2": "", "1.3": ""} | becomes
    assert (accepted.state, side_by_side(office.room, mail.id).open) == (IncomingState.APPLIED, ())


@pytest.mark.parametrize("line", ["1.2 +5%", "1.2 -5", "1.1 4, 1.1 5", "1.2: 140 %", "1.1 more than 3"])
def test_a_line_that_can_mean_several_things_is_not_accepted_as_one_of_them(office: PostOffice, line: str) -> None:
    mail = office.answer(office.agenda(), line)
    (problem,) = side_by_side(office.room, mail.id).open

    with pytest.raises(UsageError, match="`okrmate inbox edit`"):
        take_value(office.room, mail.id, problem)
    assert office.values() == {"1.1": "", "1.2": "", "1.3": ""}


def test_a_line_whose_question_was_answered_is_not_open_any_more(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "1.1 60%\n1.2: more than last time")
    first, second = side_by_side(office.room, mail.id).open

    office.answer(office.acknowledgement(mail), "a")

    assert office.values()["1.1"] == "3"
    assert side_by_side(office.room, mail.id).open == (second,)
    with pytest.raises(UsageError, match="not open any more"):
        take_value(office.room, mail.id, first)


def test_of_two_lines_on_one_key_result_the_answered_one_is_closed(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "1.1 60%\n1.1: more than last time")
    asked = side_by_side(office.room, mail.id).open
    assert len(asked) == 2

    office.answer(office.acknowledgement(mail), "a")

    assert len(side_by_side(office.room, mail.id).open) < 2


def test_a_line_is_shown_as_open_again_once_the_word_on_it_is_taken_back(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "1.1 60%\n1.2: more than last time")
    before = side_by_side(office.room, mail.id)
    take_value(office.room, mail.id, before.open[0])

    undo(office.desk)

    assert side_by_side(office.room, mail.id) == before
