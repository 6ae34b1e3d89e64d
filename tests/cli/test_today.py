"""`okrmate today`: nothing that is counted stays unseen."""

import re
from datetime import timedelta

import pytest

from okrmate.cli.today import facts, page
from okrmate.frozen import replace
from okrmate.services.loop_state import LoopKind, LoopState
from okrmate.services.reports.need import About, Need, Verb
from okrmate.services.reports.today import Today
from tests.builders import NOW
from tests.cli.running import Okrmate, answer_to

BUSY = Today(
    at=NOW,
    since=NOW - timedelta(days=3),
    people=1,
    pause="the clock went back",
    needs=tuple(
        Need(verb=verb, about=about, record="k2m4", who="Sam", what=f"to {verb}", why="because")
        for verb, about in zip(Verb, About, strict=True)
    ),
    moved=(),
    coming=(),
    waiting=(),
)


def test_each_thing_that_is_counted_has_its_line() -> None:
    lines = list(page(BUSY, "Europe/Madrid"))
    begin = lines.index(f"Needs you: {len(BUSY.needs)}") + 1

    assert lines.index("", begin) - begin == len(BUSY.needs) == facts(BUSY)["needs"]


def test_each_thing_says_who_what_why_and_the_command_that_shows_more() -> None:
    (line,) = [line for line in page(BUSY, "Europe/Madrid") if line.startswith("  Read")]

    assert line == "  Read    Sam: to Read; because (okrmate inbox show k2m4)"


def test_what_others_wrote_cannot_move_the_cursor() -> None:
    evil = replace(BUSY.needs[0], what="wrote to you: “\x1b[2J”")

    assert "\x1b" not in "".join(page(replace(BUSY, needs=(evil,)), "Europe/Madrid"))


HOUR = timedelta(hours=1)
LOOKED = LoopState(kind=LoopKind.DAEMON, pid=7, beat_at=NOW, looked_at=NOW - HOUR)


def test_the_last_look_is_told_and_who_runs_the_loop() -> None:
    view = replace(BUSY, loop=LOOKED)

    assert "Last look into the mailbox: Mon 02 Mar 2026 09:00" in list(page(view, "Europe/Madrid"))
    assert facts(view)["loop"] == {
        "runs": "daemon",
        "last_look": "2026-03-02T08:00:00Z",
        "trouble": None,
        "trouble_since": None,
    }


def test_a_refused_password_is_told_with_since_when() -> None:
    view = replace(BUSY, loop=LOOKED.troubled("Wrong\x1b[2J password.", NOW - 2 * HOUR))

    (line,) = [line for line in page(view, "Europe/Madrid") if line.startswith("Trouble")]
    told = facts(view)["loop"]
    assert line == "Trouble since Mon 02 Mar 2026 08:00: Wrong\N{REPLACEMENT CHARACTER}[2J password."
    assert isinstance(told, dict)
    assert (told["trouble"], told["trouble_since"]) == ("Wrong\x1b[2J password.", "2026-03-02T07:00:00Z")


@pytest.mark.parametrize("loop", [None, replace(LOOKED, looked_at=None)])
def test_where_nobody_ever_looked_it_says_so(loop: LoopState | None) -> None:
    view = replace(BUSY, loop=loop)

    assert list(page(view, "Europe/Madrid"))[1] == "The mailbox was not looked into yet."


@pytest.mark.parametrize(("loop", "said"), [(LOOKED, False), (replace(LOOKED, pid=0), True), (None, True)])
def test_where_nobody_reads_and_sends_mail_now_it_says_who_would(loop: LoopState | None, *, said: bool) -> None:
    lines = list(page(replace(BUSY, loop=loop), "Europe/Madrid"))

    assert any("`okrmate run` does" in line for line in lines) is said


@pytest.mark.parametrize("loop", [None, replace(LOOKED, pid=0), replace(LOOKED, beat_at=NOW - HOUR)])
def test_a_loop_that_has_ended_or_is_not_heard_of_does_not_run(loop: LoopState | None) -> None:
    told = facts(replace(BUSY, loop=loop))["loop"]

    assert isinstance(told, dict)
    assert told["runs"] is None


def test_words_beside_a_number_are_read_by_accepting_their_mail(busy: Okrmate) -> None:
    busy.with_agenda_sent()
    agenda = busy.sent("Talk 1 with Vera: the agenda")
    busy.arrives(answer_to(agenda, "1.1: 4\n\nCould we talk about my boss?\n"))
    busy.done("poll")
    (mail,) = re.findall(r"Read .*okrmate inbox show (\w+)", busy.done("today").out)
    busy.done("inbox", "accept", mail)

    assert "Read" not in busy.done("today").out
    assert busy("inbox", "accept", mail).code == 2
