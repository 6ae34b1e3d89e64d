"""The agenda's final copy: to both the day before a talk, once, and only where people have changed the list."""

from datetime import UTC, datetime, timedelta

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import Items, LetterKind, Outgoing
from okrmate.domain.meetings import Meeting
from okrmate.domain.people import DaysOff, Side
from okrmate.frozen import replace
from okrmate.mail.layout import text
from okrmate.services import history
from okrmate.services.letters.dues import dues
from okrmate.services.letters.final_agendas import approve
from okrmate.services.mentoring import days_off, meetings
from okrmate.services.mentoring.agenda_choices import Wish, add_item, choose
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.mentorships import pair as pair_of
from okrmate.services.outgoing import planning
from okrmate.services.outgoing.delivery import deliver
from okrmate.services.outgoing.previews import agenda_of
from tests.fakes import MemoryPostman
from tests.mail.sample_people import COMPOSER
from tests.services.post_office import PostOffice
from tests.services.rooms import Office

THURSDAY = datetime(2026, 3, 12, 15, 0)  # noqa: DTZ001 - wall time in Madrid
THE_DAY_BEFORE = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def office() -> Office:
    found = Office(postman=MemoryPostman())
    found.with_person(reviewed=True)
    return found


def at(office: Office, moment: datetime) -> None:
    office.clock.set(moment)
    planning.plan(office.room)
    deliver(office.room)


def sam(office: Office) -> Pair:
    return pair_of(office.store, "sam-pair")


def with_agenda_sent(office: Office, starts: datetime = THURSDAY) -> Meeting:
    talk = meetings.plan(office.desk, sam(office), meetings.NewMeeting(starts=starts, zone="Europe/Madrid"))
    at(office, office.clock.now())
    (leaves,) = {each.due_at for each in dues(office.room, office.store, sam(office), office.clock.now())
                 if each.kind is LetterKind.AGENDA and each.meeting == talk}  # fmt: skip
    at(office, leaves)
    return talk


def finals(office: Office, to: Side = Side.PROTEGE) -> list[Outgoing]:
    return [each for each in office.letters(LetterKind.AGENDA, to) if each.final]


def points(letter: Outgoing) -> list[str]:
    return [item.text for block in letter.blocks if isinstance(block, Items) for item in block.items]


def test_a_list_that_people_have_changed_leaves_to_both_the_day_before_and_once(office: Office) -> None:
    talk = with_agenda_sent(office)
    add_item(office.desk, talk, "the salary talk", 15)
    at(office, THE_DAY_BEFORE - HOUR)
    assert finals(office) == []

    at(office, THE_DAY_BEFORE)
    add_item(office.desk, talk, "and the holidays")
    at(office, THE_DAY_BEFORE + HOUR)

    (his,), (hers,) = finals(office), finals(office, Side.MENTOR)
    agenda = office.letters(LetterKind.AGENDA, Side.PROTEGE)[0]
    assert (his.sent_at, hers.sent_at) == (THE_DAY_BEFORE, THE_DAY_BEFORE)
    assert (his.subject, his.in_reply_to, his.short_notice) == (f"Re: {agenda.subject}", agenda.message_id, False)


def test_a_list_that_nobody_has_changed_or_that_is_as_it_was_leaves_no_second_time(office: Office) -> None:
    talk = with_agenda_sent(office)
    office.clock.set(THE_DAY_BEFORE - 24 * HOUR)
    add_item(office.desk, talk, "the salary talk")
    history.undo(office.desk)
    at(office, THE_DAY_BEFORE)

    assert finals(office) == []


def test_no_list_comes_on_short_notice_twice(office: Office) -> None:
    at(office, THE_DAY_BEFORE - 20 * HOUR)
    talk = meetings.plan(office.desk, sam(office), meetings.NewMeeting(starts=THURSDAY, zone="Europe/Madrid"))
    at(office, office.clock.now())
    add_item(office.desk, talk, "the salary talk")
    at(office, THE_DAY_BEFORE)
    at(office, THE_DAY_BEFORE + HOUR)

    assert len(office.letters(LetterKind.AGENDA, Side.PROTEGE)) == 1


def test_a_day_off_shifts_it_earlier_and_before_a_monday_it_is_the_day_before(office: Office) -> None:
    talk = with_agenda_sent(office)
    add_item(office.desk, talk, "the salary talk")
    days_off.add(office.desk, sam(office), DaysOff(first=THE_DAY_BEFORE.date(), last=THE_DAY_BEFORE.date()))
    at(office, THE_DAY_BEFORE - 24 * HOUR)
    assert len(finals(office)) == 1

    monday = with_agenda_sent(office, THURSDAY + timedelta(days=4))
    add_item(office.desk, monday, "the holidays")
    at(office, THE_DAY_BEFORE + timedelta(days=4))
    assert finals(office)[-1].sent_at == datetime(2026, 3, 15, 8, 0, tzinfo=UTC)


def test_what_is_new_is_marked_and_what_lost_its_time_is_named(office: Office) -> None:
    office.room = replace(office.room, composer=COMPOSER)
    talk = with_agenda_sent(office)
    listed = points(office.letters(LetterKind.AGENDA, Side.PROTEGE)[0])
    add_item(office.desk, talk, "the salary talk", 50)
    choose(office.desk, talk, "working_together", Wish(taken=False), "out")
    at(office, THE_DAY_BEFORE)

    (letter,) = finals(office)
    shown = "\n".join(getattr(block, "text", "") for block in letter.blocks)
    assert points(letter)[0].startswith("New: ")
    assert "the salary talk" in points(letter)[0]
    assert "Left out for time: " in shown
    assert listed[0] in shown


def test_the_mentor_lets_the_changed_list_leave_before_its_day(office: Office) -> None:
    talk = with_agenda_sent(office)
    with pytest.raises(UsageError, match="nothing leaves once more"):
        approve(office.desk, talk)
    add_item(office.desk, talk, "the salary talk")
    soon = THE_DAY_BEFORE - 24 * HOUR
    office.clock.set(soon)
    assert agenda_of(office.room, sam(office), talk).again_at == THE_DAY_BEFORE

    approve(office.desk, talk)
    at(office, soon)
    at(office, THE_DAY_BEFORE)

    assert [each.sent_at for each in finals(office)] == [soon]


def test_an_answer_to_it_is_read_as_one_to_the_agenda() -> None:
    office = PostOffice()
    office.answer(office.agenda(), "Add: the salary talk")
    office.clock.set(THE_DAY_BEFORE)
    office.work()
    (final,) = finals(office)
    assert "below" not in text(final.blocks)

    assert office.answer(final, "Drop 2").summary == "the agenda changed"
    assert office.answer(final, "Add: the holidays").summary == "1 for the agenda"
    assert office.answer(final, "1.1 4").summary == "KR 1.1"
