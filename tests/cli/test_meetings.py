"""`okrmate meeting` and `okrmate feedback`: planning talks and what became of them."""

from datetime import timedelta

import pytest

from okrmate.adapters.clock import SystemClock
from tests.cli.running import Okrmate


def _in(**ahead: float) -> str:
    return (SystemClock().now() + timedelta(**ahead)).isoformat(timespec="seconds")


def _planned(okrmate: Okrmate) -> list[dict[str, object]]:
    return okrmate.done("meeting", "list", "--all", "--json").facts()


def test_a_talk_is_planned_on_the_clock_of_the_person(busy: Okrmate) -> None:
    told = busy.done("meeting", "plan", "tom", "+9d 15:00", "--minutes", "45", "--place", "video")

    (talk,) = _planned(busy)
    assert told.lines[-1] == talk["id"]
    assert "15:00 (Europe/Berlin), 45 min" in told.lines[0]
    assert (talk["number"], talk["minutes"], talk["place"], talk["state"]) == (1, 45, "video", "scheduled")


def test_talks_repeat_by_a_rule_until_they_are_to_do_so_no_more(busy: Okrmate) -> None:
    told = busy.done("meeting", "plan", "tom", "2031-01-16 15:00", "--every", "2 weeks")
    assert told.lines[0].endswith("60 min, every 2 weeks on Thursday")
    assert _planned(busy)[0]["repeats"] == "every 2 weeks on Thursday"

    assert "repeat every month on the first Tuesday." in busy.done("meeting", "repeat", "tom", "first tuesday").out
    assert busy.done("meeting", "list").lines[-1] == "Talks with Tom Reuter repeat every month on the first Tuesday."
    assert "not how often" in busy("meeting", "repeat", "tom", "seldom").err
    assert "nothing leaves once more" in busy("agenda", "tom", "--approve").err
    assert "repeat no more" in busy.done("meeting", "repeat", "tom", "--end").out
    busy.done("undo")
    assert _planned(busy)[0]["repeats"] == "every month on the first Tuesday"


def test_a_talk_is_taken_from_a_calendar_and_who_invites_is_chosen(busy: Okrmate) -> None:
    lines = (
        "UID:1@x",
        "DTSTART;TZID=Europe/Berlin:20310116T150000",
        "RRULE:FREQ=WEEKLY",
        "ATTENDEE:mailto:tom@example.net",
    )
    file = "\r\n".join(("BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", "")).encode()

    told = busy.done("meeting", "import", "-", given=file)
    assert told.lines[0].endswith("planned: Thu 16 Jan 2031 15:00 (Europe/Berlin), 60 min, every week")
    assert "already" in busy.done("meeting", "import", "-", "tom", given=file).out
    assert "no calendar's file" in busy("meeting", "import", "-", given=b"x").err

    busy.done("person", "edit", "tom", "--invitations", "mine")
    assert "you invite to talks from your own calendar" in busy.done("person", "show", "tom").out


def test_a_talk_in_another_time_zone_is_told_on_both_clocks(busy: Okrmate) -> None:
    busy.done("person", "add", "Ana Faye", "ana@example.net", "--zone", "Asia/Kolkata")

    told = busy.done("meeting", "plan", "ana", "2031-01-15 15:00")

    assert "Wed 15 Jan 2031 15:00 (Asia/Kolkata), which is Wed 15 Jan 2031 10:30 for you, 60 min" in told.lines[0]


def test_a_moved_talk_says_so_and_counts_its_moves(busy: Okrmate) -> None:
    made = busy.made("meeting", "plan", "tom", "+9d 15:00")

    told = busy.done("meeting", "move", made, "+10d 16:30")

    (talk,) = _planned(busy)
    assert "16:30" in told.out
    assert talk["sequence"] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tom", "2020-01-01T10:00:00Z"), "past"),
        (("tom", "yesterday-ish"), "yesterday-ish"),
        (("tom", "+3d"), "+3d"),
        (("tom", "+3d 25:00"), "+3d 25:00"),
        (("tom", "+9d 15:00", "--minutes", "0"), "between 1 minute and 12 hours"),
        (("tom", "+9d 15:00", "--minutes", "-5"), "between 1 minute and 12 hours"),
        (("tom", "+9d 15:00", "--minutes", "long"), "invalid int value"),
        (("nobody", "+9d 15:00"), "Nobody here is called"),
    ],
)
def test_a_talk_that_cannot_be_planned_is_refused_by_a_sentence(
    busy: Okrmate, words: tuple[str, ...], said: str
) -> None:
    told = busy("meeting", "plan", *words)

    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert len(told.err.splitlines()) == 1
    assert _planned(busy) == []


def test_two_talks_at_the_same_time_are_refused(busy: Okrmate) -> None:
    busy.done("meeting", "plan", "tom", "+9d 15:00")

    assert "already at that time" in busy("meeting", "plan", "tom", "+9d 15:30").err


def test_a_talk_cannot_be_moved_into_the_past(busy: Okrmate) -> None:
    made = busy.made("meeting", "plan", "tom", "+9d 15:00")

    told = busy("meeting", "move", made, "2020-01-01T10:00:00Z")

    assert (told.code, "past" in told.err) == (2, True)


def test_a_cancelled_talk_takes_no_further_step(busy: Okrmate) -> None:
    made = busy.made("meeting", "plan", "tom", "+9d 15:00")
    busy.done("meeting", "cancel", made)

    for step in ("cancel", "missed", "held"):
        told = busy("meeting", step, made)
        assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 1)
    assert busy.done("meeting", "list", "--json").data == []
    assert [talk["state"] for talk in _planned(busy)] == ["cancelled"]


def test_a_talk_that_has_not_begun_was_not_held(busy: Okrmate) -> None:
    made = busy.made("meeting", "plan", "tom", "+9d 15:00")

    assert "has not begun yet" in busy("meeting", "held", made).err


def test_an_unknown_talk_is_named(busy: Okrmate) -> None:
    for step in (("cancel", "x"), ("held", "x"), ("missed", "x"), ("move", "x", "+3d 15:00")):
        told = busy("meeting", *step)
        assert (told.code, told.err) == (2, "There is no meeting “x”; see `okrmate meeting list`.\n")


def test_talks_are_listed_soonest_first_for_all_or_for_one(busy: Okrmate) -> None:
    busy.done("person", "add", "Ana Faye", "ana@example.net")
    late = busy.made("meeting", "plan", "tom", "+9d 15:00")
    soon = busy.made("meeting", "plan", "ana", "+4d 15:00")

    assert [talk["id"] for talk in busy.done("meeting", "list", "--json").facts()] == [soon, late]
    assert [talk["id"] for talk in busy.done("meeting", "list", "tom", "--json").facts()] == [late]
    assert "talk 1" in busy.done("meeting", "list").out


def test_feedback_waits_for_a_talk_and_for_words(busy: Okrmate) -> None:
    nothing = busy("feedback", "tom")
    early = busy("feedback", "tom", "--positive", "clear questions")

    assert (nothing.code, "needs a positive" in nothing.err) == (2, True)
    assert (early.code, "No talk with Tom Reuter has been held yet" in early.err) == (2, True)
