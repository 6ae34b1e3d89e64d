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
