"""`plan`, `deliver` and `poll`, and what `inbox` and `outbox` show of them, from a letter to what its answer moved."""

import re

import pytest

from okrmate.adapters.clock import SystemClock
from okrmate.cli.command import UNATTENDED
from tests.cli.running import CONFIG, Okrmate, answer_to


@pytest.fixture
def asked(busy: Okrmate) -> Okrmate:
    """The program with Tom, to whom an agenda has left."""
    return busy.with_agenda_sent()


def test_planning_without_writing_says_what_is_due_and_why(busy: Okrmate) -> None:
    before = busy.files()

    told = busy.done("plan", "--dry-run")

    assert "welcome to Tom Reuter: due" in told.out
    assert ", Tom Reuter was added on " in told.out
    assert busy.files() == before


def test_another_moment_implies_that_nothing_is_written(busy: Okrmate) -> None:
    busy.done("meeting", "plan", "tom", "2027-06-10T13:00:00Z")
    before = busy.files()

    letters = {
        (due["letter"], due["to"]) for due in busy.done("plan", "--now", "2027-06-07T08:00:00Z", "--json").facts()
    }

    assert ("agenda", "protege") in letters
    assert busy.files() == before


def test_planning_says_the_same_reasons_as_looking_only(busy: Okrmate) -> None:
    busy.done("meeting", "plan", "tom", "+2d 15:00")

    looked = busy.done("plan", "--dry-run", "--json").facts()
    planned = busy.done("plan", "--json").facts()

    assert [due["why"] for due in planned] == [due["why"] for due in looked]
    assert all(due["why"] for due in looked)


def test_a_plan_in_words_gives_letter_hour_reason_and_state(busy: Okrmate) -> None:
    told = busy.done("plan").out

    assert re.fullmatch(r"welcome to Tom Reuter: due .+, Tom Reuter was added on .+: held, first letter .+\n", told)


@pytest.mark.parametrize("command", ["plan", "demo"])
@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("thursday", "“thursday” is no time"),
        ("2026-03-09T09:00:00", "names no time zone"),
        ("0001-01-01T00:00:00Z", "out of reach"),
        ("9999-12-31T23:59:59Z", "out of reach"),
    ],
)
def test_a_moment_that_cannot_be_taken_is_refused(busy: Okrmate, command: str, now: str, said: str) -> None:
    told = busy(command, "--now", now)

    assert (told.code, told.out) == (2, "")
    assert said in told.err


def test_a_first_letter_is_held_until_the_mentor_lets_it_go(busy: Okrmate) -> None:
    planned = busy.done("plan", "--json").facts()
    nothing_left = busy.done("deliver", "--json").data
    (held,) = busy.done("outbox", "list", "--json").facts()
    busy.done("outbox", "send", str(held["id"]))
    left = busy.done("deliver", "--json").facts()

    assert [letter["state"] for letter in planned] == ["held"]
    assert nothing_left == []
    assert (held["letter"], held["held"], held["to"]) == ("welcome", "first letter to this person", "tom@example.net")
    assert [(letter["letter"], letter["state"]) for letter in left] == [("welcome", "sent")]
    assert busy.done("outbox", "list", "--json").data == []
    assert busy.done("outbox", "list", "--all", "--json").facts()[0]["state"] == "sent"


def test_a_letter_is_shown_whole_and_can_be_kept_back(busy: Okrmate) -> None:
    busy.done("plan")
    (held,) = busy.done("outbox", "list", "--json").facts()
    made = str(held["id"])
    busy.done("outbox", "send", made)

    shown = busy.done("outbox", "show", made)
    kept = busy.done("outbox", "hold", made)
    again = busy.done("outbox", "show", made, "--json").fact("held")

    assert "welcome to Tom Reuter <tom@example.net>: queued" in shown.out
    assert "Subject: " in shown.out
    assert kept.out == "Held: welcome to Tom Reuter.\n"
    assert again == "held by hand"


def test_a_letter_let_go_at_night_is_told_with_the_morning_it_leaves_on(okrmate: Okrmate) -> None:
    okrmate.with_config(CONFIG.partition("[mail]")[0])
    ahead = (2 - SystemClock().now().hour + 11) % 24 - 11
    okrmate.done("person", "add", "Ana", "ana@example.net", "--zone", f"Etc/GMT{-ahead:+d}")  # two o'clock there
    okrmate.done("plan")
    (held,) = okrmate.done("outbox", "list", "--json").facts()

    told = okrmate.done("outbox", "send", str(held["id"]))

    assert re.match(r"Free to leave on \w{3} \d\d \w{3} \d{4} \d\d:30: welcome to Ana\.\n", told.out)


def test_an_outbox_without_letters_says_who_would_put_them_there(okrmate: Okrmate) -> None:
    told = okrmate.done("outbox", "list")

    assert told.lines == ["Nothing waits.", UNATTENDED]


def test_steps_that_a_letter_does_not_take_are_refused(asked: Okrmate) -> None:
    sent = [str(letter["id"]) for letter in asked.done("outbox", "list", "--all", "--json").facts()]

    for words in (("hold", sent[0]), ("send", sent[0]), ("show", "x"), ("hold", "x"), ("send", "x")):
        told = asked("outbox", *words)
        assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 1)


def test_letting_everything_go_when_nothing_is_held_is_no_mistake(asked: Okrmate) -> None:
    assert asked.done("outbox", "send", "all").out == "Nothing was held.\n"


def test_a_second_plan_and_delivery_find_nothing_to_do(asked: Okrmate) -> None:
    assert asked.done("plan").out == "Nothing is due.\n"
    assert asked.done("deliver").out == "Nothing to send.\n"
    assert asked.done("poll").out == "Nothing new.\n"


def test_an_answer_moves_the_key_result_and_can_be_taken_back(asked: Okrmate) -> None:
    asked.arrives(answer_to(asked.sent("Talk 1 with Vera: the agenda"), "1.1: 4\n"))

    (mail,) = asked.done("poll", "--json").facts()
    moved = _value(asked)
    asked.done("undo")
    taken_back = _value(asked)

    assert (mail["from"], mail["state"]) == ("tom@example.net", "applied")
    assert (moved, taken_back) == (4, None)
    assert "taken back" in asked.done("history", "tom").out


def _value(okrmate: Okrmate) -> object:
    shown = okrmate.done("okr", "show", "tom", "--json").data
    assert isinstance(shown, dict)
    return shown["objectives"][0]["key_results"][0]["value"]


def test_an_answer_is_listed_only_among_all_once_it_is_understood(asked: Okrmate) -> None:
    asked.arrives(answer_to(asked.sent("Talk 1 with Vera: the agenda"), "1.1: 4\n"))
    asked.done("poll")

    (mail,) = asked.done("inbox", "list", "--all", "--json").facts()
    shown = asked.done("inbox", "show", str(mail["id"]))

    assert asked.done("inbox", "list").out == "All understood.\n"
    assert (mail["state"], mail["times"]) == ("applied", 1)
    assert "Understood:" in shown.out
    assert "1.1: «4»" in shown.out
    assert "applied: 6 invitations (KR 1.1): 1 → 4 of 6" in shown.out


def test_an_unclear_line_shows_with_its_words_marked_and_is_corrected_by_its_number(asked: Okrmate) -> None:
    asked.arrives(answer_to(asked.sent("Talk 1 with Vera: the agenda"), "1.1: more than last time\n"))
    asked.done("poll")
    (mail,) = asked.done("inbox", "list", "--json").facts()
    shown = asked.done("inbox", "show", str(mail["id"]))
    told = asked.done("inbox", "show", str(mail["id"]), "--json").data
    assert isinstance(told, dict)
    (operation,) = [each for each in told["operations"] if each["open"]]
    ((start, end),) = operation["marks"]

    assert "1.1: «more than last time»" in shown.out
    assert (operation["open"], operation["kr"]) == (1, "1.1")
    assert operation["line"][start:end] == "more than last time"
    assert "1. unclear: 6 invitations (KR 1.1): " in shown.out
    assert asked("inbox", "edit", str(mail["id"]), "2", "4").code == 2
    assert asked("inbox", "edit", str(mail["id"]), "1").code == 2
    assert asked.done("inbox", "edit", str(mail["id"]), "1", "4", "--json").fact("state") == "applied"


def test_a_mail_that_answers_nothing_waits_and_can_be_put_away(busy: Okrmate) -> None:
    busy.arrives(b"From: tom@example.net\nTo: vera@example.org\nSubject: lunch?\nMessage-ID: <l@x>\n\nAt noon?\n")
    busy.done("poll")
    (mail,) = busy.done("inbox", "list", "--json").facts()

    put_away = busy.done("inbox", "reject", str(mail["id"]), "--json").fact("state")
    again = busy("inbox", "reject", str(mail["id"]))

    assert (mail["state"], put_away) == ("held", "dismissed")
    assert (again.code, len(again.err.splitlines())) == (2, 1)
    assert busy.done("inbox", "list", "--json").data == []


def test_a_mail_that_waits_can_be_settled(busy: Okrmate) -> None:
    busy.arrives(b"From: tom@example.net\nTo: vera@example.org\nSubject: lunch?\nMessage-ID: <l@x>\n\nAt noon?\n")
    busy.done("poll")
    (mail,) = busy.done("inbox", "list", "--json").facts()

    assert busy.done("inbox", "accept", str(mail["id"])).out == "Applied: nothing in it changes a number.\n"
    assert busy("inbox", "accept", str(mail["id"])).code == 2


def test_an_unknown_mail_is_named(busy: Okrmate) -> None:
    for step in ("show", "accept", "reject"):
        assert busy("inbox", step, "x").err == "There is no mail “x”; see `okrmate inbox list --all`.\n"


def test_what_others_wrote_cannot_move_the_cursor(busy: Okrmate) -> None:
    busy.arrives(
        b"From: tom@example.net\nTo: vera@example.org\nSubject: \x1b[2Jhi\nMessage-ID: <e@x>\n\n\x1b]0;evil\x07\n"
    )
    busy.done("poll")
    (mail,) = busy.done("inbox", "list", "--json").facts()

    for words in (("inbox", "list"), ("inbox", "show", str(mail["id"])), ("today",)):
        assert "\x1b" not in busy.done(*words).out


def test_today_tells_who_needs_the_mentor(busy: Okrmate) -> None:
    empty = busy.done("today").out
    busy.done("plan")
    told = busy.done("today")
    facts = busy.done("today", "--json").data

    assert "Nothing needs you." in empty
    assert "Needs you: 1" in told.out
    assert isinstance(facts, dict)
    assert (facts["needs"], [thing["verb"] for thing in facts["things"]]) == (1, ["check"])


def test_replies_are_found_in_every_folder_that_is_named_also_where_names_end_alike(asked: Okrmate) -> None:
    asked.with_config(CONFIG + '[mail.maildir]\nfolders = ["a/Archive", "b/Archive", "c/INBOX", "INBOX"]\n')
    agenda = asked.sent("Talk 1 with Vera: the agenda")
    places = ("mail/maildir/INBOX", "a/Archive", "b/Archive", "c/INBOX", "INBOX")
    for number, where in enumerate(places, start=1):
        asked.arrives(answer_to(agenda, f"1.1: {number}\n"), where=where)

    assert len(asked.done("poll", "--json").facts()) == len(places)
    assert asked.done("poll", "--json").facts() == []


DMARC_FAILED = b"Authentication-Results: mx.example.org; dmarc=fail header.from=example.net\n"


@pytest.mark.parametrize("believed", ["", 'authserv_ids = ["mx.example.org"]\n'])
def test_a_mail_that_a_server_of_ones_own_found_false_waits_for_the_mentor(asked: Okrmate, believed: str) -> None:
    asked.with_config(CONFIG + believed)
    asked.arrives(DMARC_FAILED + answer_to(asked.sent("Talk 1 with Vera: the agenda"), "1.1: 4\n"))

    (mail,) = asked.done("poll", "--json").facts()

    assert mail["state"] == "held"
    assert _value(asked) is None


def test_what_a_server_says_that_is_not_believed_changes_nothing(asked: Okrmate) -> None:
    asked.with_config(f'{CONFIG}authserv_ids = ["mx.example.com"]\n')
    asked.arrives(DMARC_FAILED + answer_to(asked.sent("Talk 1 with Vera: the agenda"), "1.1: 4\n"))

    (mail,) = asked.done("poll", "--json").facts()

    assert mail["state"] == "applied"
    assert _value(asked) == 4


def test_a_mail_is_answered_in_the_mentors_own_words_once_she_has_seen_the_letter(asked: Okrmate) -> None:
    asked.arrives(answer_to(asked.sent("Talk 1 with Vera: the agenda"), "I had a hard month.\n"))
    (mail,) = asked.done("poll", "--json").facts()
    words = ("inbox", "answer", str(mail["id"]), "That sounds heavy.")

    seen = asked.done(*words, "--dry-run")
    assert asked.done("inbox", "list", "--json").facts() != []
    written = asked.done(*words)
    assert asked.done("inbox", "list", "--json").facts() == []
    asked.done("deliver")

    assert seen.out.startswith("To tom@example.net: Re: Talk 1 with Vera: the agenda\n\nThat sounds heavy.\n")
    assert "`okrmate undo`" in written.out
    assert "That sounds heavy." in asked.done("letter", "preview", "reply", "tom").out
    assert asked.done("outbox", "list", "--json").facts() == []
    assert asked("undo").code == 2
    assert asked("inbox", "answer", str(mail["id"]), " ").code == 2
