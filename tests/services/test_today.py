"""The two-minute view: what needs the mentor, in which order, and what of it is said."""

from datetime import UTC, date, datetime, timedelta

import pytest

from okrmate.domain.letters import HoldReason, IncomingState, LetterKind, OutgoingState
from okrmate.domain.meetings import MeetingState, Participation
from okrmate.domain.people import MentorshipState, Side
from okrmate.frozen import replace
from okrmate.services.incoming.words_read import mark_read
from okrmate.services.mentoring import own_lines, silence
from okrmate.services.mentoring.mentorships import find_pair
from okrmate.services.mentoring.pulses import give_pulse
from okrmate.services.pause import pause
from okrmate.services.reports.coming import Happening
from okrmate.services.reports.need import Need, Verb
from okrmate.services.reports.today import Today, today
from okrmate.services.reports.visits import visit, visited_before
from okrmate.services.tables import INCOMING, MEETINGS, OUTGOING, PROMISES
from tests.builders import NOW, a_meeting, a_promise, an_incoming, an_outgoing
from tests.services.post_office import PostOffice
from tests.services.rooms import Office

DAY = timedelta(days=1)


@pytest.fixture
def office() -> Office:
    office = Office()
    office.with_person()
    return office


def seen(office: Office) -> Today:
    return today(office.desk, office.rules)


def verbs(office: Office) -> list[Verb]:
    return [need.verb for need in seen(office).needs]


def only(office: Office) -> Need:
    (need,) = seen(office).needs
    return need


def mail(office: Office, **fields: object) -> None:
    with office.store.transaction() as tx:
        tx.put(INCOMING, replace(an_incoming(mentorship="sam-pair", received_at=NOW), **fields))


def letter(office: Office, **fields: object) -> None:
    with office.store.transaction() as tx:
        tx.put(OUTGOING, replace(an_outgoing(mentorship="sam-pair", due_at=NOW), **fields))


def meeting(office: Office, **fields: object) -> None:
    with office.store.transaction() as tx:
        tx.put(MEETINGS, replace(a_meeting(mentorship="sam-pair"), **fields))


def silent(office: Office) -> None:
    silence.pause(office.desk, find_pair(office.store, "sam"))


def test_an_order_that_was_obeyed_is_told_as_what_it_is(office: Office) -> None:
    silent(office)
    told = ("wrote stop: no more letters leave",)
    mail(office, id="stop", subject="Re: Talk 1", state=IncomingState.APPLIED, left=(), told=told)

    need = only(office)

    assert (need.verb, need.what) == (Verb.READ, "wrote stop: no more letters leave")
    assert need.why == "an order by mail, obeyed · “Re: Talk 1”"


def test_words_beside_an_order_are_quoted_beside_it(office: Office) -> None:
    silent(office)
    told = ("wrote pause: no letter leaves before Mon 16 Mar",)
    mail(office, id="pause", state=IncomingState.APPLIED, left=("we are moving house",), told=told)

    assert (only(office).what, only(office).why) == (told[0], "wrote besides: “we are moving house”")


def test_an_order_to_be_silent_is_not_told_any_more_once_letters_leave_again(office: Office) -> None:
    told = ("wrote pause: no letter leaves before Mon 16 Mar",)
    mail(office, id="pause", state=IncomingState.APPLIED, left=(), told=told)
    mail(office, id="words", state=IncomingState.APPLIED, left=("we are moving house",), told=told)

    assert only(office).what == "wrote besides: “we are moving house”"


def test_what_was_told_of_an_order_is_put_aside_once_it_is_read(office: Office) -> None:
    silent(office)
    mail(office, id="stop", state=IncomingState.APPLIED, left=(), told=("wrote stop: no more letters leave",))

    mark_read(office.desk, "stop")

    assert seen(office).needs == ()


def test_those_whose_letters_rest_are_named_the_first_to_end_first(office: Office) -> None:
    for name, days in (("kim", None), ("ana", 9), ("eva", 3)):
        silence.pause(office.desk, office.with_person(name=name), NOW + days * DAY if days else None)

    assert [pair.protege.id for pair in seen(office).resting] == ["eva", "ana", "kim"]


def test_words_that_nobody_understood_are_to_be_read_before_all_else(office: Office) -> None:
    pause(office.desk, "the clock was set back")
    mail(office, id="asked", state=IncomingState.ASKED, reason="no_number")
    mail(office, id="words", state=IncomingState.HELD, left=("Can we talk?",), received_at=NOW + DAY)

    assert verbs(office) == [Verb.READ, Verb.DECIDE, Verb.CHECK]
    assert seen(office).needs[0].what == "wrote to you: “Can we talk?”"


def test_words_beside_what_was_applied_are_to_be_read_for_a_week(office: Office) -> None:
    mail(office, state=IncomingState.APPLIED, left=("Thank you!",), summary="KR 1.1")
    assert only(office).why == "KR 1.1 applied"

    office.clock.move(days=8)
    assert verbs(office) == []


def test_a_mail_that_may_be_forged_is_to_be_decided_and_not_to_be_read(office: Office) -> None:
    mail(office, state=IncomingState.HELD, reason="dmarc_failed", left=("KR 1.1: 9",), unproven=True)

    assert (only(office).verb, only(office).what, only(office).alarm) == (Verb.DECIDE, "held: dmarc failed", True)


def test_letters_that_leave_with_the_first_one_are_told_with_it(office: Office) -> None:
    first = HoldReason.FIRST_LETTER
    letter(office, id="w", kind=LetterKind.WELCOME, state=OutgoingState.HELD, hold=first)
    letter(office, id="i", kind=LetterKind.INVITATION, state=OutgoingState.HELD, hold=first)

    need = only(office)
    assert (need.record, need.verb) == ("w", Verb.CHECK)
    assert need.why == "first letter to this person · 1 more leaves with it"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (OutgoingState.FAILED, "agenda could not be sent"),
        (OutgoingState.BOUNCED, "agenda came back"),
        (OutgoingState.DEFERRED, "agenda was not taken yet, it is tried again"),
    ],
)
def test_a_letter_in_trouble_is_to_be_checked_with_why(office: Office, state: OutgoingState, said: str) -> None:
    letter(office, kind=LetterKind.AGENDA, state=state, error="mailbox full")

    assert (only(office).what, only(office).why) == (said, "mailbox full")


def test_a_letter_that_may_have_arrived_twice_is_shown(office: Office) -> None:
    letter(office, kind=LetterKind.AGENDA, state=OutgoingState.SENT, copies=2, sent_at=NOW)

    assert only(office).what == "agenda may have arrived twice"


def test_a_line_of_her_own_is_wanted_the_day_before_an_agenda_leaves_unless_it_is_written(office: Office) -> None:
    talk = a_meeting(mentorship="sam-pair")
    with office.store.transaction() as tx:
        tx.put(MEETINGS, talk)
    office.clock.set(datetime(2026, 3, 8, 7, 0, tzinfo=UTC))
    before = [need.what for need in seen(office).needs]
    office.clock.set(datetime(2026, 3, 8, 9, 0, tzinfo=UTC))
    wanted = [(need.what, need.why) for need in seen(office).needs]
    own_lines.write(office.desk, talk, "See you.")

    assert before == []
    assert wanted == [("a line of your own for the agenda", "it leaves at 08:00, with or without it")]
    assert seen(office).needs == ()


def test_her_two_lines_on_a_talk_are_wanted_for_a_week(office: Office) -> None:
    meeting(office, starts=datetime(2026, 3, 1, 15, 0), zone="UTC", state=MeetingState.HELD)  # noqa: DTZ001 - wall time
    assert only(office).what == "your two lines on the talk of 1 Mar"

    office.clock.move(days=8)
    assert verbs(office) == []


def test_a_talk_somebody_said_no_to_is_to_be_moved(office: Office) -> None:
    meeting(office, starts=datetime(2026, 3, 12, 15, 0), zone="UTC", participation=Participation.DECLINED)  # noqa: DTZ001

    assert (only(office).verb, only(office).what) == (Verb.MOVE, "said no to the talk on Thu 12 Mar 15:00")


def test_a_promise_of_hers_comes_into_sight_two_days_before_its_day(office: Office) -> None:
    promise = a_promise(mentorship="sam-pair", by=Side.MENTOR, text="an introduction to Ana", due=date(2026, 3, 6))
    with office.store.transaction() as tx:
        tx.put(PROMISES, promise)
    assert verbs(office) == []

    office.clock.move(days=3)
    assert only(office).what == "you promised: an introduction to Ana"
    assert not only(office).alarm

    office.clock.move(days=3)
    assert only(office).alarm


def test_a_promise_of_the_other_side_needs_nothing_of_her(office: Office) -> None:
    with office.store.transaction() as tx:
        tx.put(PROMISES, a_promise(mentorship="sam-pair", by=Side.PROTEGE, due=date(2026, 3, 2)))

    assert verbs(office) == []


def test_somebody_whose_welcome_stays_unanswered_for_two_weeks_is_silent(office: Office) -> None:
    letter(office, kind=LetterKind.WELCOME, state=OutgoingState.SENT, sent_at=NOW)
    office.clock.move(days=14)
    assert verbs(office) == []

    office.clock.move(days=1)
    assert (only(office).verb, only(office).what) == (Verb.REACH, "silent since the welcome")


def test_a_blocked_key_result_is_to_be_asked_about_once_and_with_what_is_in_the_way() -> None:
    office = PostOffice()
    office.answer(office.agenda(), "1.3: blocked, the server is down")
    asked = [need for need in seen(office).needs if need.verb is Verb.ASK]
    assert [(need.what, need.why) for need in asked] == [
        ("Portfolio site live is blocked", "KR 1.3, “the server is down”: what would clear the way?")
    ]

    office.answer(office.agenda(), "1.3: 40%")
    assert Verb.ASK not in verbs(office)


def test_key_results_nobody_looked_at_for_two_rhythms_are_asked_about_as_one_thing() -> None:
    office = PostOffice()
    agenda = office.agenda()
    office.clock.move(days=47)
    office.answer(agenda, "1.1: 3")
    assert Verb.ASK not in verbs(office)

    office.clock.move(days=3)
    asked = [(need.what, need.why) for need in seen(office).needs if need.verb is Verb.ASK]
    assert asked == [("2 key results without a number", "KR 1.2, 56 days: does it still count?")]

    office.answer(agenda, "1.2: 70%")
    asked = [(need.what, need.why) for need in seen(office).needs if need.verb is Verb.ASK]
    assert asked == [("Portfolio site live was not looked at", "KR 1.3, 56 days: does it still count?")]


def test_a_relationship_that_fades_is_to_be_reached_out_for(office: Office) -> None:
    days = (datetime(2026, 1, 20, 15, 0), datetime(2026, 2, 17, 15, 0))  # noqa: DTZ001 - wall time
    for number, starts in enumerate(days):
        assert verbs(office) == []
        meeting(office, id=f"talk{number}", starts=starts, state=MeetingState.MISSED)
    assert (only(office).verb, only(office).what) == (Verb.REACH, "the last 2 talks did not take place")
    meeting(office, id="now", starts=NOW.replace(tzinfo=None), zone="UTC")
    assert verbs(office) == []
    meeting(office, id="now", starts=NOW.replace(tzinfo=None), zone="UTC", state=MeetingState.CANCELLED)

    meeting(office, id="talk1", starts=days[-1], state=MeetingState.REVIEWED)
    assert verbs(office) == []
    pair = find_pair(office.store, "sam")
    for side, helpful, said in (
        (Side.MENTOR, 3, None),
        (Side.MENTOR, 2, "you find it 2 of 5 helpful"),
        (Side.PROTEGE, 1, "Sam finds it 1 of 5 helpful"),
    ):
        give_pulse(office.desk, pair, side, helpful)
        assert [need.what for need in seen(office).needs] == ([said] if said else []), (side, helpful)

    office.clock.move(days=29)
    assert verbs(office) == []


def test_nobody_needs_her_for_a_mentorship_that_rests(office: Office) -> None:
    letter(office, kind=LetterKind.WELCOME, state=OutgoingState.SENT, sent_at=NOW)
    office.clock.move(days=15)
    office.become("sam-pair", MentorshipState.PAUSED)

    assert verbs(office) == []


def test_a_letter_that_is_not_written_yet_stands_in_the_next_days_once(office: Office) -> None:
    meeting(office, starts=datetime(2026, 3, 9, 15, 0), zone="Europe/Madrid")  # noqa: DTZ001

    told = [(each.what, each.happening) for each in seen(office).coming if each.happening is not Happening.MEETS]
    assert told.count(("agenda to Sam", Happening.LEAVES)) == 1
    assert ("agenda to you", Happening.LEAVES) not in told


def test_what_moved_counts_from_the_last_visit_on_an_earlier_day(office: Office) -> None:
    assert visited_before(office.store, office.clock.now()) == NOW - 7 * DAY
    visit(office.desk)
    office.clock.move(days=1)
    visit(office.desk)
    office.clock.move(hours=1)
    visit(office.desk)

    assert visited_before(office.store, office.clock.now()) == NOW
    assert visited_before(office.store, NOW + 60 * DAY) == NOW + 32 * DAY


def test_what_she_asked_of_them_is_told_with_since_when(office: Office) -> None:
    letter(office, kind=LetterKind.WELCOME, state=OutgoingState.SENT, sent_at=NOW)

    ((pair, thing),) = seen(office).waiting
    assert (pair.protege.id, thing.what, thing.since) == ("sam", "draft", NOW)


def test_the_view_of_an_empty_home_needs_nobody() -> None:
    empty = seen(Office())

    assert (empty.people, empty.needs, empty.coming, empty.next_talk) == (0, (), (), None)
    assert replace(empty, at=NOW) == empty


def test_a_mail_that_answers_no_letter_was_written_to_her_and_is_read_by_one_key(office: Office) -> None:
    written = an_incoming(state=IncomingState.HELD, reason="not an answer to a letter", subject="About Thursday")
    with office.store.transaction() as tx:
        tx.put(INCOMING, written)

    (need,) = [each for each in seen(office).needs if each.record == written.id]

    assert (need.verb, need.personal, need.what) == (Verb.READ, True, "wrote to you: “About Thursday”")
    assert mark_read(office.desk, written.id).state is IncomingState.APPLIED
