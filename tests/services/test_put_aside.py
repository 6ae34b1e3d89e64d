"""What means nothing by the mentor's word: one line put aside, or a whole mail put away with her reason."""

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import IncomingState
from okrmate.services.history import undo
from okrmate.services.incoming.meanings import Mark
from okrmate.services.incoming.review import keep_note, leave_line, reject
from okrmate.services.incoming.side_by_side import side_by_side
from okrmate.services.tables import CHANGES, READINGS
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_a_line_put_aside_is_open_no_more_and_changes_nothing(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 9999\n1.2: more than last time")
    first, second = side_by_side(office.room, mail.id).open

    left = leave_line(office.room, mail.id, first)

    side = side_by_side(office.room, mail.id)
    assert (left.state, side.open) == (IncomingState.ASKED, (second,))
    assert Mark.PUT_AWAY in {one.mark for row in side.rows for one in row.meanings}
    assert office.every(READINGS) == ()
    with pytest.raises(UsageError, match="not open"):
        leave_line(office.room, mail.id, first)


def test_a_line_that_names_no_key_result_is_put_aside_as_well_and_the_last_one_settles_the_mail(
    office: PostOffice,
) -> None:
    mail = office.answer(office.agenda(), "KR 7.9: 4")
    (line,) = side_by_side(office.room, mail.id).open

    assert leave_line(office.room, mail.id, line).state is IncomingState.APPLIED


def test_putting_lines_aside_is_taken_back_in_any_order(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 9999\n1.2: more than last time\n1.3: 400 %")
    first, second, third = side_by_side(office.room, mail.id).open
    leave_line(office.room, mail.id, first)
    earlier = office.every(CHANGES)[-1].id
    leave_line(office.room, mail.id, second)

    undo(office.desk, earlier)
    assert side_by_side(office.room, mail.id).open == (first, third)
    undo(office.desk)
    assert side_by_side(office.room, mail.id).open == (first, second, third)


def test_a_mail_settled_by_a_line_put_aside_waits_again_after_undo(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 9999\n1.2: more than last time")
    first, second = side_by_side(office.room, mail.id).open
    keep_note(office.room, mail.id, first)
    leave_line(office.room, mail.id, second)

    undo(office.desk)

    assert office.now(mail) == mail
    assert side_by_side(office.room, mail.id).open == (second,)


def test_her_reason_for_putting_a_mail_away_is_kept_with_it_until_that_is_taken_back(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3", From="Eve <eve@example.com>")

    assert reject(office.desk, mail.id, "not from him").why == "put away (not from him)"
    undo(office.desk)
    assert office.now(mail) == mail
