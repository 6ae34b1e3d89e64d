"""`okrmate person`: who can be added, and how somebody is named."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from okrmate.adapters.clock import SystemClock
from tests.cli.running import CONFIG, Okrmate, answer_to, parsed


def test_adding_a_person_prints_their_id_on_a_line_of_its_own(okrmate: Okrmate) -> None:
    made = okrmate.made(
        "person", "add", "Tom Reuter", "Tom@Example.NET", "--zone", "Europe/Berlin", "--locale", "de-CH"
    )

    (person,) = okrmate.done("person", "list", "--json").facts()
    assert person["id"] == made
    assert (person["address"], person["zone"], person["locale"]) == ("tom@example.net", "Europe/Berlin", "de-CH")


@pytest.mark.parametrize(
    ("review", "how"), [("first", "once you have let it go"), ("all", "once you have let it go"), ("none", "by itself")]
)
def test_adding_a_person_says_whether_the_welcome_waits(okrmate: Okrmate, review: str, how: str) -> None:
    okrmate.with_config(f'{CONFIG}review = "{review}"\n')
    told = okrmate.done("person", "add", "Tom Reuter", "tom@example.net")
    (welcome,) = okrmate.done("plan", "--json").facts()

    assert told.lines[0] == f"Added Tom Reuter. The welcome leaves {how}: see `okrmate outbox list`."
    assert told.lines[1] == "Nobody reads or sends mail for this home now: `okrmate run` does, and so do the screens."
    assert welcome["state"] == ("queued" if review == "none" else "held")


def test_adding_a_person_with_json_prints_nothing_but_the_id(okrmate: Okrmate) -> None:
    told = okrmate.done("person", "add", "Tom Reuter", "tom@example.net", "--json")

    assert told.data == {"id": okrmate.done("person", "show", "tom", "--json").fact("id")}


@pytest.mark.parametrize("address", ["vera@example.org", "Vera+talks@example.org", "letters@example.org"])
def test_the_mentors_own_address_is_nobody_elses(okrmate: Okrmate, address: str) -> None:
    okrmate.with_config(f'{CONFIG}from = "Vera Lund <letters@example.org>"\n')
    told = okrmate("person", "add", "Me", address)

    assert told.code == 2
    assert told.err == f"{address.lower()} is your own address: every mail you write would be taken for theirs.\n"


def test_what_is_left_out_is_as_the_mentors(okrmate: Okrmate) -> None:
    okrmate.done("person", "add", "Tom Reuter", "tom@example.net")

    assert okrmate.done("person", "show", "tom", "--json").fact("zone") == "Europe/Berlin"


def test_a_proposed_person_is_not_active_yet(okrmate: Okrmate) -> None:
    okrmate.done("person", "add", "Tom Reuter", "tom@example.net", "--proposed")

    assert okrmate.done("person", "show", "tom", "--json").fact("state") == "proposed"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Tom", "tom.example.net"), "“tom.example.net” is not a mail address"),
        (("Tom", "tom@"), "is not a mail address"),
        (("Tom", "tom @example.net"), "is not a mail address"),
        (("Tom", "tom@example.net", "--zone", "Europe/Berlni"), "did you mean Europe/Berlin?"),
        (("Tom", "tom@example.net", "--zone", "../../etc/passwd"), "is no time zone known here"),
        (("Tom", "tom@example.net", "--zone", "Nowhere/At/All"), "is no time zone known here"),
        (("Tom", "tom@example.net", "--locale", "klingon"), "“klingon” is no locale"),
        (("Tom", "tom@example.net@x"), "is not a mail address"),
        (("  ", "tom@example.net"), "needs a name"),
        (("Tom\x1b[2J", "tom@example.net"), "needs a name"),
        (("Tom", "tom@example.net", "--language", "fr"), "--language: “fr” is none of en, de."),
    ],
)
def test_a_person_who_cannot_be_taken_is_refused_by_a_sentence(
    okrmate: Okrmate, words: tuple[str, ...], said: str
) -> None:
    told = okrmate("person", "add", *words)

    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert okrmate.done("person", "list", "--json").data == []


def test_an_address_that_mail_cannot_be_sent_to_is_refused_when_it_is_given(okrmate: Okrmate) -> None:
    told = okrmate("person", "add", "Tom", "töm@example.net")

    assert told.code == 2
    assert "töm@example.net" in told.err


def test_an_address_belongs_to_one_person(busy: Okrmate) -> None:
    told = busy("person", "add", "Thomas", "TOM@example.net")

    assert told.code == 2
    assert "already" in told.err


def test_a_person_is_named_by_id_address_or_the_beginning_of_a_name(busy: Okrmate) -> None:
    made = busy.done("person", "show", "tom", "--json").fact("id")

    for name in (made, "tom@example.net", "TOM@example.net", "To", "tom reuter"):
        assert busy.done("person", "show", name, "--json").fact("id") == made


def test_an_unknown_person_gets_the_nearest_name(busy: Okrmate) -> None:
    told = busy("person", "show", "Tim Reuter")

    assert (told.code, told.out) == (2, "")
    assert told.err == "Nobody here is called “Tim Reuter”; did you mean Tom Reuter?\n"


def test_a_beginning_that_two_names_share_is_asked_about(busy: Okrmate) -> None:
    busy.done("person", "add", "Tomoko Abe", "tomoko@example.net")

    told = busy("check-in", "Tom", "1.1", "3")

    assert told.code == 2
    assert "tom@example.net" in told.err
    assert "tomoko@example.net" in told.err


def test_a_person_is_shown_on_one_page(busy: Okrmate) -> None:
    busy.done("meeting", "plan", "tom", "+9d 15:00")

    told = busy.done("person", "show", "tom")

    assert "Tom Reuter <tom@example.net>, active, Europe/Berlin" in told.out
    assert "Next talk:" in told.out
    assert "KR 1.1  6 invitations: 1 of 6, began at 1" in told.out


def test_nobody_yet_says_how_the_first_is_added(okrmate: Okrmate) -> None:
    assert "okrmate person add NAME ADDRESS" in okrmate.done("person", "list").out
    assert "No OKRs yet" in okrmate.with_config().done("person", "show", _alone(okrmate)).out


def _alone(okrmate: Okrmate) -> str:
    return okrmate.made("person", "add", "Ana Faye", "ana@example.net")


def test_a_person_can_be_paused_and_resumed(okrmate: Okrmate) -> None:
    okrmate.done("person", "add", "Tom Reuter", "tom@example.net")

    paused = okrmate.done("person", "pause", "tom")
    assert paused.lines[0] == "No letter leaves to Tom Reuter until `okrmate person resume`; answers are read as ever."
    assert okrmate.done("person", "show", "tom", "--json").fact("state") == "paused"

    resumed = okrmate.done("person", "resume", "tom")
    assert resumed.lines[0] == "The letters to Tom Reuter leave again."
    assert okrmate.done("person", "show", "tom", "--json").fact("state") == "active"


def test_a_pause_may_end_on_a_day(okrmate: Okrmate) -> None:
    okrmate.done("person", "add", "Tom Reuter", "tom@example.net")

    told = okrmate.done("person", "pause", "tom", "--until", "+3w", "--json")

    ends = datetime.fromisoformat(told.fact("paused_until")).astimezone(ZoneInfo("Europe/Berlin"))
    assert (told.fact("state"), ends.hour) == ("paused", 0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pause", "tom", "--until", "+400d"), "A pause ends on a day ahead, within a year"),
        (("pause", "tom", "--until", "soon"), "soon"),
        (("resume", "tom"), "The mentorship with Tom Reuter is active, not paused."),
    ],
)
def test_a_pause_that_cannot_be_is_refused(okrmate: Okrmate, words: tuple[str, ...], said: str) -> None:
    okrmate.done("person", "add", "Tom Reuter", "tom@example.net")

    told = okrmate("person", *words)

    assert told.code == 2
    assert said in told.err


def test_whose_letters_rest_stands_in_today_with_how_they_leave_again(okrmate: Okrmate) -> None:
    okrmate.done("person", "add", "Tom Reuter", "tom@example.net")
    okrmate.done("person", "pause", "tom", "--until", "3 weeks")

    lines = okrmate.done("today").lines
    resting = okrmate.done("today", "--json").data

    told = lines[lines.index("Letters rest") + 1]
    assert told.startswith("  Tom Reuter: until ")
    assert told.endswith(" 00:00 (okrmate person resume Tom)")
    assert isinstance(resting, dict)
    assert [each["until"][-1] for each in resting["resting"]] == ["Z"]


def test_a_pause_by_mail_is_told_as_what_it_did_with_the_way_back(okrmate: Okrmate) -> None:
    okrmate.with_tom().with_agenda_sent()
    okrmate.arrives(answer_to(okrmate.sent("Talk 1 with Vera: the agenda"), "pause\n"))
    okrmate.done("poll")
    (mail,) = okrmate.done("inbox", "list", "--all", "--json").facts()

    told = okrmate.done("inbox", "show", str(mail["id"])).out
    undo = re.search(
        r"They wrote pause: no letter leaves until they resume. `okrmate (undo \S+)` takes that back.", told
    )

    assert undo is not None
    assert "For you:" not in told
    okrmate.done(*undo[1].split())
    assert okrmate.done("person", "show", "tom", "--json").fact("state") == "active"
    assert "takes that back" not in okrmate.done("inbox", "show", str(mail["id"])).out


def test_what_is_kept_of_somebody_is_written_down_for_them(okrmate: Okrmate, tmp_path: Path) -> None:
    okrmate.with_tom().with_agenda_sent()
    okrmate.arrives(answer_to(okrmate.sent("Talk 1 with Vera: the agenda"), "1.1: 4, two came by themselves\n"))
    okrmate.done("poll")
    okrmate.done("person", "edit", "tom", "--aim", "to teach", "--pulse", "4", "--note", "a secret of hers")
    okrmate.done("person", "edit", "tom", "aims", "--mine", "--aim", "a hope of hers")
    okrmate.done("person", "edit", "tom", "--minutes", "45", "--agreed")
    path = tmp_path / "tom.txt"

    okrmate.done("person", "export", "tom", str(path))
    written = path.read_text(encoding="utf-8")

    assert written.startswith("You\n\nTom Reuter, tom@example.net\n")
    assert "KR 1.1: 4, two came by themselves" in written
    for said in ("the charter: 45 min", "you agreed to it", "your aim: to teach", "how helpful it is: 4 of 5"):
        assert said in written
    assert "of hers" not in written
    assert "from you: Re: Talk 1 with Vera: the agenda" in written
    assert path.stat().st_mode & 0o777 == 0o600
    assert okrmate.done("person", "export", "tom").out == written

    archive = tmp_path / "tom.zip"
    okrmate.done("person", "export", "tom", str(archive))
    again = okrmate("person", "export", "tom", str(archive))

    with ZipFile(archive) as zipped:
        names = zipped.namelist()
        assert zipped.read("kept.txt").decode() == written
        assert json.loads(zipped.read("kept.json"))["parts"][0]["heading"] == "You"
        mails = [parsed(zipped.read(name)) for name in names if name.endswith(".eml")]
    assert {"Re: Talk 1 with Vera: the agenda", "Talk 1 with Vera: the agenda"} <= {mail["Subject"] for mail in mails}
    assert not [mail["To"] for mail in mails if "vera@" in mail["To"] and "tom@" not in mail["From"]]
    assert (again.code, again.err) == (2, f"{archive} is there already and was left as it is; choose another name.\n")


def test_the_export_says_what_my_data_answers_by_mail(okrmate: Okrmate) -> None:
    okrmate.with_tom().with_agenda_sent()
    exported = okrmate.done("person", "export", "tom", "--json").data
    assert isinstance(exported, dict)

    agenda = okrmate.sent("Talk 1 with Vera: the agenda")
    answer = okrmate.done("explain", "--json", given=answer_to(agenda, "my data\n")).fact("answer")

    assert [part["heading"] for part in exported["parts"]][:2] == ["You", "Your goals"]
    assert all(line in answer for part in exported["parts"] for line in (part["heading"], *part["lines"]))


def test_an_export_overwrites_nothing_and_says_where_it_cannot_be_written(okrmate: Okrmate, tmp_path: Path) -> None:
    okrmate.with_tom()
    path = tmp_path / "tom.txt"
    path.write_text("mine", encoding="utf-8")

    there, nowhere = (okrmate("person", "export", "tom", str(each)) for each in (path, tmp_path / "no" / "tom.txt"))

    assert (there.code, there.err) == (2, f"{path} is there already; name a new file.\n")
    assert (nowhere.code, "cannot be written: No such file or directory." in nowhere.err) == (2, True)
    assert path.read_text(encoding="utf-8") == "mine"


def test_days_off_are_noted_shown_taken_out_and_refused_by_a_sentence(busy: Okrmate) -> None:
    first, last = ((SystemClock().now() + timedelta(days=days)).date().isoformat() for days in (20, 24))
    busy.done("person", "off", "tom", first, last)
    assert f"Days off: {first} - {last}." in busy.done("person", "show", "tom").out
    assert f"Days off: {first} - {last}" in busy.done("person", "export", "tom").out
    busy.done("person", "edit", "tom", "--name", "Tom R. Reuter")
    assert busy.done("person", "off", "tom", "--json").data == [{"first": first, "last": last}]
    busy.done("person", "off", "tom", first, last, "--drop")
    assert busy.done("person", "off", "tom").out == "Tom R. Reuter has no days off.\n"

    for words, said in (((last, first), "before"), (("2020-01-01",), "over"), (("soonish",), "not understood")):
        assert said in busy("person", "off", "tom", *words).err
