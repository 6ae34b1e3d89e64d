"""Talks of the mentor's own calendar, and who invites: what is imported, refused, and what leaves then."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.letters import LetterKind, Outgoing, OutgoingState
from okrmate.domain.meetings import MeetingState
from okrmate.domain.people import Invitations
from okrmate.mail.calendar import OwnEvent, calendar_uid, read_event
from okrmate.services import history, trail
from okrmate.services.mentoring import imported_talks, meetings, series
from okrmate.services.mentoring.invitations import choose_invitations
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.mentorships import pair as pair_of
from okrmate.services.outgoing import planning
from okrmate.services.outgoing.delivery import deliver
from okrmate.services.tables import MEETINGS
from tests.fakes import MemoryPostman
from tests.services.rooms import Office

BERLIN, MADRID = "Europe/Berlin", "Europe/Madrid"
ZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\n"
    "TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


def an_event(*more: str, starts: str = ";TZID=Europe/Berlin:20260312T150000", uid: str = "a1@calendar.example") -> str:
    lines = (f"UID:{uid}", f"DTSTART{starts}", "ATTENDEE;CN=Sam:mailto:Sam@Example.net", *more)
    inside = "\r\n".join(lines)
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{ZONE}BEGIN:VEVENT\r\n{inside}\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )


HOSTILE_ZONE = (
    an_event(starts=";TZID=Mars/Base:20260312T150000")
    .replace("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "FREQ=MINUTELY")
    .replace("TZID:Europe/Berlin", "TZID:Mars/Base")
    .replace("BEGIN:VTIMEZONE", "BEGIN;X=1:VTIME\r\n ZONE")
)


@pytest.fixture
def office() -> Office:
    found = Office(postman=MemoryPostman())
    found.with_person(reviewed=True)
    return found


def sam(office: Office) -> Pair:
    return pair_of(office.store, "sam-pair")


def take(office: Office, text: str) -> imported_talks.Imported:
    event = imported_talks.event_in(office.desk, text)
    return imported_talks.import_talk(office.desk, imported_talks.guest_of(office.store, event), event)


def talks(office: Office) -> list[str]:
    return [f"{each.starts:%d %b %H:%M} {each.minutes} {each.state}" for each in office.store.every(MEETINGS)]


def invitations(office: Office) -> list[Outgoing]:
    planning.plan(office.room)
    deliver(office.room)
    return [each for each in office.letters(LetterKind.INVITATION) if each.state is OutgoingState.SENT]


def test_an_event_says_when_how_long_where_and_how_often_in_its_own_zone() -> None:
    text = an_event(
        "DTEND;TZID=Europe/Berlin:20260312T154500", "LOCATION:Café\\; first floor", "RRULE:FREQ=WEEKLY;INTERVAL=2",
        "EXDATE;TZID=Europe/Berlin:20260326T150000,20260409T150000",
    )  # fmt: skip
    at = datetime(2026, 3, 12, 15)  # noqa: DTZ001 - wall time
    fortnight = timedelta(days=14)

    assert read_event(text, MADRID) == OwnEvent(
        uid="a1@calendar.example",
        starts=at,
        zone=BERLIN,
        minutes=45,
        place="Café; first floor",
        rule="FREQ=WEEKLY;INTERVAL=2",
        without=(at + fortnight, at + 2 * fortnight),
        guests=("sam@example.net",),
    )
    in_utc = read_event(an_event(starts=":20260712T130000Z"), MADRID)
    assert isinstance(in_utc, OwnEvent)
    assert (in_utc.starts.hour, in_utc.zone, in_utc.minutes) == (15, MADRID, 60)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not a calendar", "no calendar's file"),
        ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "0 events"),
        (an_event() + an_event(uid="other"), "no calendar's file"),
        (an_event("END:VEVENT", "BEGIN:VEVENT", "UID:b2", "DTSTART:20260312T150000Z"), "2 events"),
        (an_event(starts=";VALUE=DATE:20260312"), "a whole day"),
        (an_event(uid=calendar_uid("a" * 32)), "okrmate's own"),
        (an_event("RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"), "no single rule"),
        (an_event(starts=":soon"), "no calendar's file"),
        (HOSTILE_ZONE, "The zone “Mars/Base” of the event is not known"),
        (an_event("DESCRIPTION:" + "x" * 300_000), "too big"),
        (an_event("RRULE:FREQ=HOURLY"), "cannot repeat"),
        (an_event("RRULE:FREQ=DAILY", starts=":19000101T100000Z"), "more than ten years"),
        (an_event("RRULE:FREQ=WEEKLY;UNTIL=20260301T000000Z", starts=":20260105T100000Z"), "is over"),
        (an_event(starts=":20200312T150000Z"), "is past"),
        (an_event("STATUS:CANCELLED"), "no talk is planned by it"),
        (an_event("DTEND;TZID=Europe/Berlin:20260312T150000"), "between 1 minute and 12 hours"),
        (an_event().replace("Sam@Example.net", "nobody@example.net"), "name the person"),
    ],
)
def test_a_file_that_is_no_talk_is_refused_by_a_sentence_and_changes_nothing(
    office: Office, text: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        take(office, text)

    assert office.store.every(MEETINGS) == ()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), st.integers(0, 400))
def test_no_damaged_file_is_more_than_a_refusal(noise: str, place: int) -> None:
    whole = an_event("RRULE:FREQ=WEEKLY", "DURATION:PT45M", "EXDATE:20260326T140000Z")

    assert isinstance(read_event(whole[:place] + noise + whole[place + len(noise) :], MADRID), OwnEvent | Refusal)


def test_a_talk_of_her_calendar_follows_it_and_has_no_invitation_of_ours(office: Office) -> None:
    assert take(office, an_event()).became == "planned"
    assert take(office, an_event()).became == ""
    assert invitations(office) == []
    assert take(office, an_event(starts=";TZID=Europe/Berlin:20260313T150000")).became == "moved"
    assert take(office, an_event("DURATION:PT45M", starts=";TZID=Europe/Berlin:20260313T150000")).became == "changed"
    assert talks(office) == ["13 Mar 15:00 45 scheduled"]

    history.undo(office.desk)
    assert talks(office) == ["13 Mar 15:00 60 scheduled"]
    assert take(office, an_event("STATUS:CANCELLED")).became == "cancelled"
    assert invitations(office) == []


def test_a_series_of_her_calendar_is_planned_as_it_repeats_but_for_its_exceptions(office: Office) -> None:
    weekly = "RRULE:FREQ=WEEKLY"
    take(office, an_event(weekly, "EXDATE;TZID=Europe/Berlin:20260319T150000"))
    assert series.repeats(office.store, "sam-pair") == "every week"
    office.clock.set(office.store.every(MEETINGS)[0].ends_at)
    invited = invitations(office)

    assert talks(office) == ["12 Mar 15:00 60 held", "26 Mar 15:00 60 scheduled"]
    assert invited == []
    assert take(office, an_event("STATUS:CANCELLED", weekly)).became == "cancelled"
    assert series.repeats(office.store, "sam-pair") == ""


def test_with_mine_or_none_no_invitation_leaves_and_the_agenda_still_does(office: Office) -> None:
    def planned(day: int) -> str:
        new = meetings.NewMeeting(starts=datetime(2026, 3, day, 15), zone=MADRID)  # noqa: DTZ001 - wall time
        return meetings.plan(office.desk, sam(office), new).id

    ours = planned(10)
    assert len(invitations(office)) == 2

    choose_invitations(office.desk, sam(office), Invitations.NONE)
    with pytest.raises(UsageError, match="so already"):
        choose_invitations(office.desk, sam(office), Invitations.NONE)
    theirs = planned(12)
    for talk in (theirs, ours):
        meetings.move(office.desk, talk, office.meeting(talk).starts + timedelta(hours=1), MADRID)
    assert {each.meeting for each in invitations(office)} == {ours}
    assert len(invitations(office)) == 4  # who has one of ours is told that it moved

    meetings.become(office.desk, theirs, MeetingState.CANCELLED, source=trail.by_command("meeting cancel"))
    office.clock.set(office.meeting(ours).begins_at - timedelta(days=2))
    assert {each.meeting for each in invitations(office)} == {ours}
    assert {each.meeting for each in office.letters(LetterKind.AGENDA)} == {ours}
