"""The trail, and taking things back: what an undo restores, what it refuses, and how people ask for it by mail."""

import pytest

from okrmate.domain.changes import SourceKind
from okrmate.domain.errors import UsageError
from okrmate.domain.letters import HoldReason, IncomingState, LetterKind, Outgoing, OutgoingState
from okrmate.domain.meetings import MeetingState, Participation
from okrmate.domain.people import MentorshipState, Side
from okrmate.frozen import replace
from okrmate.services import trail
from okrmate.services.history import history, last_undoable, undo
from okrmate.services.mail_rules import Review
from okrmate.services.mentoring import feedback, meetings, mentorships, readings
from okrmate.services.outgoing import delivery, outbox, planning
from okrmate.services.tables import AGENDA_ITEMS, CHANGES, FEEDBACK, MEETINGS, OUTGOING, READINGS
from tests.builders import an_outgoing
from tests.services.post_office import PostOffice
from tests.services.rooms import Office, put


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def check_in(office: PostOffice, value: str) -> None:
    readings.check_in(office.desk, office.pair, readings.CheckIn(ref="1.1", value=value))


def test_the_trail_tells_who_did_what_from_where_oldest_first(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3")
    check_in(office, "4")

    by_mail, by_hand = history(office.store, office.pair.mentorship.id)[-2:]

    assert (by_mail.by, by_mail.source.kind, by_mail.source.ref) == ("Sam Ortiz", SourceKind.MAIL, mail.id)
    assert (by_hand.by, by_hand.source.kind, by_hand.source.ref) == ("Olivia Marsh", SourceKind.COMMAND, "check-in")


def test_an_undo_takes_back_the_newest_change_and_is_an_entry_itself(office: PostOffice) -> None:
    check_in(office, "3")
    check_in(office, "4")

    entry = undo(office.desk)

    assert office.values()["1.1"] == "3"
    assert history(office.store)[-1] == entry
    assert entry.what == "taken back: check-in on KR 1.1"


def test_undoing_again_takes_back_the_change_before(office: PostOffice) -> None:
    check_in(office, "3")
    check_in(office, "4")
    undo(office.desk)

    undo(office.desk)

    assert office.values()["1.1"] == ""
    assert len(office.every(READINGS)) == 2, "a reading that was taken back keeps standing"


def test_a_named_change_is_taken_back_though_others_came_after(office: PostOffice) -> None:
    check_in(office, "3")
    named = office.every(CHANGES)[-1]
    check_in(office, "4")

    undo(office.desk, named.id)

    assert office.values()["1.1"] == "4"


def test_a_change_is_taken_back_once(office: PostOffice) -> None:
    check_in(office, "3")
    change = office.every(CHANGES)[-1]
    undo(office.desk, change.id)

    with pytest.raises(UsageError, match="already taken back"):
        undo(office.desk, change.id)


def test_an_undo_is_not_undone(office: PostOffice) -> None:
    check_in(office, "3")
    entry = undo(office.desk)

    with pytest.raises(UsageError, match="make the change again"):
        undo(office.desk, entry.id)


def test_an_unknown_change_is_refused_by_name(office: PostOffice) -> None:
    with pytest.raises(UsageError, match="no change “nowhere”"):
        undo(office.desk, "nowhere")


def test_where_nothing_is_left_there_is_nothing_to_undo() -> None:
    office = Office()

    assert last_undoable(office.store) is None
    with pytest.raises(UsageError, match="Nothing to undo"):
        undo(office.desk)


def test_what_others_were_built_on_is_not_taken_back_from_under_them(office: PostOffice) -> None:
    first = next(change for change in office.every(CHANGES) if "imported" in change.what)

    with pytest.raises(UsageError, match="was built on it"):
        undo(office.desk, first.id)


def somebody_new() -> tuple[Office, Outgoing]:
    """Tom was added and his welcome waits for the mentor; the office, and the welcome."""
    office = Office(review=Review.FIRST)
    mentorships.add_person(office.desk, mentorships.NewPerson(name="Tom Berg", address="tom@example.net"))
    planning.plan(office.room)
    return office, office.letter(LetterKind.WELCOME)


def test_a_person_is_not_taken_back_from_under_a_letter_that_was_let_go() -> None:
    office, welcome = somebody_new()
    outbox.release(office.desk, welcome.id)
    added = history(office.store)[0]

    with pytest.raises(UsageError, match="“welcome to Tom Berg let go” was built on it; take that back first"):
        undo(office.desk, added.id)


def test_a_letter_that_was_let_go_by_mistake_is_held_again() -> None:
    office, welcome = somebody_new()
    outbox.release(office.desk, welcome.id)

    undo(office.desk)

    assert office.letter(LetterKind.WELCOME) == welcome
    assert not office.mentorship(welcome.mentorship).reviewed
    assert undo(office.desk).what == "taken back: Tom Berg added"


def test_letting_go_of_a_letter_that_has_left_is_not_taken_back() -> None:
    office, welcome = somebody_new()
    outbox.release(office.desk, welcome.id)
    delivery.deliver(office.room)

    with pytest.raises(UsageError, match="“welcome to Tom Berg let go” cannot be taken back"):
        undo(office.desk)


def test_a_letter_held_by_hand_and_let_go_is_held_again_by_the_id_of_the_entry(office: PostOffice) -> None:
    letter = put(office, an_outgoing(mentorship="sam-pair", meeting="", state=OutgoingState.HELD))
    outbox.release(office.desk, letter.id)

    undo(office.desk, office.every(CHANGES)[-1].id)

    assert outbox.find_letter(office.store, letter.id).hold is HoldReason.BY_HAND


def test_a_talk_whose_invitation_has_left_is_cancelled_and_not_unsaid(office: PostOffice) -> None:
    planned = next(change for change in office.every(CHANGES) if "planned" in change.what)

    with pytest.raises(UsageError, match="invitation about it has left already"):
        undo(office.desk, planned.id)


def test_a_talk_nobody_was_told_of_is_taken_back_with_its_letters(office: PostOffice) -> None:
    office.clock.move(hours=12)
    starts = office.talk.starts.replace(day=20)
    planned = meetings.plan(office.desk, office.pair, meetings.NewMeeting(starts=starts, zone="Europe/Madrid"))
    office.work()
    written = office.store.find(OUTGOING, "meeting", planned.id)
    assert {letter.state for letter in written} == {OutgoingState.QUEUED}

    undo(office.desk)

    gone = [office.store.get(OUTGOING, letter.id) for letter in written]
    assert {letter.state for letter in gone if letter} == {OutgoingState.WITHDRAWN}
    assert meetings.next_meeting(office.store, office.pair.mentorship.id, office.clock.now()) == office.talk


def test_what_has_changed_again_since_is_not_half_taken_back(office: PostOffice) -> None:
    office.answer(office.form(), "+ you listened")
    first = office.every(CHANGES)[-1]
    office.answer(office.letter(LetterKind.FEEDBACK), "+ you listened well")
    before = office.every(FEEDBACK)

    with pytest.raises(UsageError, match="changed again since"):
        undo(office.desk, first.id)
    assert office.every(FEEDBACK) == before


def test_an_exchange_that_waits_is_withdrawn_and_written_anew(office: PostOffice) -> None:
    office.form()
    feedback.give(office.desk, office.pair, "clear", "numbers first")
    mail = office.answer(office.letter(LetterKind.FEEDBACK), "+ you listened\n- shorter")
    from_now = office.store.find(CHANGES, "source_ref", mail.id)[-1]
    planning.plan(office.room)

    undo(office.desk, from_now.id)

    assert {letter.state for letter in office.letters(LetterKind.EXCHANGE)} == {OutgoingState.WITHDRAWN}
    assert office.talk.state is MeetingState.HELD
    office.answer(office.letter(LetterKind.FEEDBACK), "+ you listened\n- much shorter")
    office.work()
    sent = [letter for letter in office.letters(LetterKind.EXCHANGE) if letter.state is OutgoingState.SENT]
    assert {letter.to for letter in sent} == set(Side)


def test_by_mail_undo_takes_back_what_the_acknowledged_mail_did(office: PostOffice) -> None:
    first = office.answer(office.agenda(), "KR 1.1: 3\nAdd: the salary talk")
    office.answer(office.letter(LetterKind.AGENDA), "KR 1.2: 70%")

    mail = office.answer(office.acknowledgement(first), "UNDO")

    assert office.values() == {"1.1": "", "1.2": "70", "1.3": ""}
    assert office.every(AGENDA_ITEMS) == ()
    assert mail.state is IncomingState.APPLIED
    assert office.every(CHANGES)[-1].by == "Sam Ortiz"
    assert "Taken back" in office.said_to(mail)


def test_undo_to_any_other_letter_takes_back_the_newest_mail(office: PostOffice) -> None:
    office.answer(office.agenda(), "KR 1.1: 3")
    office.answer(office.letter(LetterKind.AGENDA), "KR 1.2: 70%")

    office.answer(office.letter(LetterKind.WELCOME), "undo please")

    assert office.values() == {"1.1": "3", "1.2": "", "1.3": ""}


def test_undo_twice_takes_back_once_and_says_so(office: PostOffice) -> None:
    first = office.answer(office.agenda(), "KR 1.1: 3")
    acknowledgement = office.acknowledgement(first)
    office.answer(acknowledgement, "undo")

    mail = office.answer(acknowledgement, "undo")

    assert "taken back before" in office.said_to(mail)
    assert mail.state is IncomingState.APPLIED


def test_undo_on_the_seventh_day_still_works(office: PostOffice) -> None:
    first = office.answer(office.agenda(), "KR 1.1: 3")
    office.clock.move(days=7, minutes=-1)

    office.answer(office.acknowledgement(first), "undo")

    assert office.values()["1.1"] == ""


def test_feedback_that_is_still_sealed_can_be_taken_back_though_a_reminder_left(office: PostOffice) -> None:
    mail = office.answer(office.form(), "+ you listened\n- shorter")
    office.clock.move(days=2, hours=1)
    office.work()
    assert len(office.letters(LetterKind.FEEDBACK, Side.MENTOR)) == 2

    office.answer(office.acknowledgement(mail), "undo")

    assert office.every(FEEDBACK) == ()


def test_after_the_exchange_has_left_an_undo_is_refused_and_the_mentor_reads_why(office: PostOffice) -> None:
    office.form()
    feedback.give(office.desk, office.pair, "clear", "numbers first")
    mail = office.answer(office.letter(LetterKind.FEEDBACK), "+ you listened\n- shorter")
    office.clock.move(minutes=1)
    office.work()

    undoing = office.answer(office.acknowledgement(mail), "undo")

    assert len(office.every(FEEDBACK)) == 2
    assert undoing.state is IncomingState.HELD
    assert any("cannot be unsaid" in line for line in undoing.left)


def test_a_yes_can_be_taken_back_after_the_agenda(office: PostOffice) -> None:
    yes = office.answer(office.letter(LetterKind.INVITATION), "a")
    office.agenda()

    undo(office.desk, office.store.find(CHANGES, "source_ref", yes.id)[0].id)

    assert office.talk.participation is Participation.NEEDS_ACTION


def test_undo_of_the_only_key_result_by_its_code_works(office: PostOffice) -> None:
    first = office.answer(office.agenda(), "KR 1.1: 3")

    office.answer(office.acknowledgement(first), "undo 1.1")

    assert office.values()["1.1"] == ""


def test_a_protege_takes_back_nothing_of_the_mentors(office: PostOffice) -> None:
    office.answer_of_mentor(office.agenda(Side.MENTOR), "Add: her plans")

    office.answer(office.letter(LetterKind.AGENDA), "undo")

    assert [item.by for item in office.every(AGENDA_ITEMS)] == [Side.MENTOR]


def test_the_mentor_takes_back_her_own_answer_and_the_trail_names_her(office: PostOffice) -> None:
    mail = office.answer_of_mentor(office.agenda(Side.MENTOR), "Add: her plans")

    office.answer_of_mentor(office.acknowledgement(mail), "undo")

    assert office.every(AGENDA_ITEMS) == ()
    assert office.every(CHANGES)[-1].by == "Olivia Marsh"


def test_a_stop_can_be_taken_back_by_mail(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "stop")

    office.answer(office.acknowledgement(mail), "undo")

    assert office.mentorship(office.pair.mentorship.id).state is MentorshipState.ACTIVE


def test_the_mentor_is_told_of_a_stop_and_takes_it_back(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "stop")
    assert mail.told
    assert office.mentorship(office.pair.mentorship.id).state is MentorshipState.PAUSED

    (change,) = office.store.find(CHANGES, "source_ref", mail.id)
    undo(office.desk, change.id)

    assert office.mentorship(office.pair.mentorship.id).state is MentorshipState.ACTIVE


def test_feedback_shows_in_no_line_of_the_trail(office: PostOffice) -> None:
    office.answer(office.form(), "+ you listened\n- shorter")

    assert not [change.what for change in history(office.store) if "listened" in change.what]


def test_since_tells_a_second_entry_only_what_the_first_did_not(office: PostOffice) -> None:
    item = office.talk
    with office.store.transaction() as tx:
        first = meetings.become_in(tx, office.desk, item, MeetingState.CANCELLED)
        told = tx.edits()
        assert trail.since(tx, told) == ()
        tx.put(MEETINGS, replace(first, place="elsewhere"))
        (edit,) = trail.since(tx, told)

    assert edit.before is not None
    assert edit.before["state"] == MeetingState.CANCELLED
