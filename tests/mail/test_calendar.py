"""Invitations and what calendars answer to them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.meetings import Participation
from okrmate.mail.calendar import CalendarMethod, Party, Talk, calendar_uid, invitation, read_reply, token_of_uid
from tests.mail.messages import MAYA, MENTOR, NOON, TOKEN

TALK = Talk(
    token=TOKEN,
    sequence=2,
    starts=datetime(2026, 1, 15, 15, 0, tzinfo=timezone(timedelta(hours=1))),
    ends=datetime(2026, 1, 15, 16, 0, tzinfo=timezone(timedelta(hours=1))),
    summary="Talk 3, with Olivia",
    organizer=Party(name="Olivia Marsh", address=MENTOR),
    attendee=Party(name="Maya", address=MAYA),
    place="Caf\u00e9; first floor",
)


def a_reply(**changed: str) -> str:
    fields = {
        "METHOD": "REPLY",
        "UID": calendar_uid(TOKEN),
        "SEQUENCE": "2",
        "ATTENDEE;PARTSTAT=ACCEPTED": f"mailto:{MAYA}",
    } | changed
    inside = "\r\n".join(f"{name}:{value}" for name, value in fields.items() if name != "METHOD")
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:{fields['METHOD']}\r\n"
        f"BEGIN:VEVENT\r\n{inside}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_an_invitation_asks_the_attendee_in_utc() -> None:
    lines = unfolded(invitation(TALK, CalendarMethod.REQUEST, NOON))
    assert "METHOD:REQUEST" in lines
    assert f"UID:{TOKEN}@okrmate" in lines
    assert "SEQUENCE:2" in lines
    assert "DTSTAMP:20260112T120000Z" in lines
    assert "DTSTART:20260115T140000Z" in lines
    assert "DTEND:20260115T150000Z" in lines
    assert "SUMMARY:Talk 3\\, with Olivia" in lines
    assert "LOCATION:Caf\u00e9\\; first floor" in lines
    attendee = next(line for line in lines if line.startswith("ATTENDEE"))
    assert "RSVP=TRUE" in attendee
    assert attendee.endswith(f":mailto:{MAYA}")


def test_a_cancellation_says_so_and_asks_nothing() -> None:
    lines = unfolded(invitation(TALK, CalendarMethod.CANCEL, NOON))
    assert "STATUS:CANCELLED" in lines
    assert not any("RSVP" in line for line in lines)


def test_the_mentors_own_copy_names_no_attendee() -> None:
    text = invitation(TALK, CalendarMethod.PUBLISH, NOON)
    assert "METHOD:PUBLISH" in text
    assert "ATTENDEE" not in text


def test_a_name_cannot_smuggle_a_property_in() -> None:
    sly = Party(name='Maya"\r\nMETHOD:CANCEL\r\nX:"', address=MAYA)
    text = invitation(
        Talk(
            token=TOKEN,
            sequence=0,
            starts=NOON,
            ends=NOON,
            summary="a\r\nMETHOD:CANCEL",
            organizer=sly,
            attendee=sly,
            place="b\nX:1",
        ),
        CalendarMethod.REQUEST,
        NOON,
    )
    assert [line for line in unfolded(text) if line.startswith(("METHOD", "X:"))] == ["METHOD:REQUEST"]


def test_a_uid_gives_its_token_back() -> None:
    assert token_of_uid(calendar_uid(TOKEN)) == TOKEN
    assert token_of_uid("040000008200E00074C5B7101A82E008@example.org") is None


@pytest.mark.parametrize(
    ("said", "participation"),
    [
        ("ACCEPTED", Participation.ACCEPTED),
        ("declined", Participation.DECLINED),
        ("TENTATIVE", Participation.TENTATIVE),
        ("DELEGATED", Participation.NEEDS_ACTION),
    ],
)
def test_what_a_calendar_answers_is_read(said: str, participation: Participation) -> None:
    reply = read_reply(a_reply().replace("PARTSTAT=ACCEPTED", f"PARTSTAT={said};CN=Maya"))
    assert reply is not None
    assert (reply.token, reply.sequence, reply.participation, reply.attendee) == (TOKEN, 2, participation, MAYA)


def test_a_reply_to_another_event_has_no_token() -> None:
    reply = read_reply(a_reply(UID="somebody@example.org"))
    assert reply is not None
    assert reply.token == ""


def test_a_comment_comes_along() -> None:
    reply = read_reply(a_reply(COMMENT="Ten minutes\\nlater"))
    assert reply is not None
    assert reply.comment == "Ten minutes later"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "METHOD:REPLY",
        a_reply(METHOD="REQUEST"),
        a_reply(METHOD="COUNTER"),
        a_reply(SEQUENCE="many"),
        a_reply().replace("UID:", "X-UID:"),
        a_reply().replace("ATTENDEE", "X-WHO"),
        a_reply().replace("END:VEVENT\r\n", ""),
        pytest.param("BEGIN:VCALENDAR" + "\n" * 300_000 + "END:VCALENDAR", id="blank lines without end"),
    ],
)
def test_what_is_no_reply_or_broken_is_none(text: str) -> None:
    assert read_reply(text) is None


@given(st.integers(0, 400), st.text(max_size=12))
def test_no_damage_makes_the_reader_raise(place: int, junk: str) -> None:
    text = a_reply()
    reply = read_reply(text[:place] + junk + text[place + 3 :])
    assert reply is None or reply.participation in set(Participation)


def test_our_own_request_is_no_reply_of_anybody() -> None:
    assert read_reply(invitation(TALK, CalendarMethod.REQUEST, datetime(2026, 1, 1, tzinfo=UTC))) is None
