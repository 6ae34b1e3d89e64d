"""The loop beside the screens: it works while nobody else does, makes way for a daemon, and never raises."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from okrmate.adapters.clock import SystemClock
from okrmate.adapters.handover import take_over
from okrmate.adapters.lease import NAME, Lease
from okrmate.bootstrap import screens_loop
from okrmate.bootstrap.desk import OpenHome, open_home
from okrmate.bootstrap.loop import DELIVER_EVERY
from okrmate.bootstrap.screens_loop import HAND_OVER, ScreensLoop
from okrmate.config import CONFIG_NAME
from okrmate.domain.letters import OutgoingState
from okrmate.services.loop_state import LoopKind
from okrmate.services.mentoring.mentorships import NewPerson, add_person
from okrmate.services.outgoing import outbox
from okrmate.services.tables import OUTGOING
from tests.adapters.smtp_server import PASSWORD, SmtpServer
from tests.daemon.homes import CONFIG, PEOPLE, daemon, ended, logged, sent_files, states
from tests.daemon.towers import PATIENCE, within
from tests.servers.wire import Wire


@pytest.fixture
def opened(home: Path) -> OpenHome:
    return open_home(home)


@pytest.fixture
def screens(opened: OpenHome) -> Iterator[ScreensLoop]:
    loop = ScreensLoop(opened)
    loop.start()
    yield loop
    loop.stop()


def runs(screens: ScreensLoop, kind: LoopKind) -> bool:
    state = screens.state()
    return state is not None and state.kind is kind and state.at_work(SystemClock().now())


def test_letters_leave_while_the_screens_are_open(home: Path, screens: ScreensLoop) -> None:
    assert within(lambda: sent_files(home) == PEOPLE)
    assert runs(screens, LoopKind.SCREENS)


def test_it_makes_way_at_once_and_comes_back(home: Path, screens: ScreensLoop) -> None:
    assert within(lambda: runs(screens, LoopKind.SCREENS))
    lease = Lease(home, LoopKind.DAEMON, SystemClock())

    begun = time.monotonic()
    assert take_over(home, lease)
    took = time.monotonic() - begun
    meanwhile = runs(screens, LoopKind.DAEMON)
    lease.let_go()

    assert (took < PATIENCE / 2, meanwhile) == (True, True)
    assert within(lambda: runs(screens, LoopKind.SCREENS))


def test_a_daemon_takes_over_from_the_screens_and_they_from_it(home: Path, screens: ScreensLoop) -> None:
    assert within(lambda: runs(screens, LoopKind.SCREENS))
    with daemon(home) as process:
        meanwhile = runs(screens, LoopKind.DAEMON)
        code = ended(process)

    assert (meanwhile, code) == (True, 0)
    assert within(lambda: runs(screens, LoopKind.SCREENS))


def test_a_daemon_that_is_killed_is_followed_too(home: Path, screens: ScreensLoop) -> None:
    with daemon(home) as process:
        process.kill()
        process.wait(PATIENCE)

    assert within(lambda: runs(screens, LoopKind.SCREENS))


def test_whose_lease_was_removed_takes_it_anew(home: Path, screens: ScreensLoop) -> None:
    assert within(lambda: runs(screens, LoopKind.SCREENS))
    (home / NAME).unlink()

    assert within(lambda: (home / NAME).exists() and runs(screens, LoopKind.SCREENS))


def test_whose_lease_was_removed_and_taken_by_another_works_no_more(home: Path, screens: ScreensLoop) -> None:
    assert within(lambda: runs(screens, LoopKind.SCREENS))
    elsewhere = home / "elsewhere"
    elsewhere.mkdir()
    lease = Lease(elsewhere, LoopKind.DAEMON, SystemClock())
    assert lease.take()
    (elsewhere / NAME).replace(home / NAME)  # at once: between removing and taking it the loop could take it itself

    assert within(lambda: "stopped" in logged(home))
    assert runs(screens, LoopKind.DAEMON)
    lease.let_go()


def test_of_two_screens_one_runs_the_loop_and_the_other_follows(home: Path, screens: ScreensLoop) -> None:
    assert within(lambda: runs(screens, LoopKind.SCREENS))
    second = ScreensLoop(open_home(home))
    second.start()
    screens.stop()
    followed = within(lambda: runs(second, LoopKind.SCREENS))
    second.stop()

    assert followed


def test_what_was_let_go_leaves_at_once_when_the_loop_is_roused(home: Path) -> None:
    """Its own rhythm would take up to ten seconds."""
    (home / CONFIG_NAME).write_text(CONFIG.replace('"none"', '"all"'), encoding="utf-8")
    opened = open_home(home)
    loop = ScreensLoop(opened)
    loop.start()
    assert within(lambda: len(opened.desk.store.find(OUTGOING, "state", OutgoingState.HELD)) == PEOPLE)

    begun = time.monotonic()
    outbox.release(opened.desk, opened.desk.store.every(OUTGOING)[0].id)
    loop.rouse()
    left = within(lambda: sent_files(home) == 1)
    took = time.monotonic() - begun
    loop.stop()

    assert left
    assert took < DELIVER_EVERY / 2


def test_a_configuration_that_changes_is_followed(home: Path, opened: OpenHome, screens: ScreensLoop) -> None:
    (home / CONFIG_NAME).write_text("[mentor]\nname = 7\n", encoding="utf-8")
    told = within(lambda: (state := screens.state()) is not None and "mentor.address is missing" in state.trouble)
    (home / CONFIG_NAME).write_text(f'{CONFIG}[mail.maildir]\nsent = "Elsewhere"\n', encoding="utf-8")
    mended = within(lambda: runs(screens, LoopKind.SCREENS) and (state := screens.state()) and not state.trouble)
    add_person(opened.desk, NewPerson(name="One More", address="more@example.net"))
    screens.rouse()

    assert (told, mended) == (True, True)
    assert within(lambda: len(list((home / "Elsewhere" / "new").glob("*"))) >= 1)


def test_a_home_it_cannot_work_in_is_trouble_and_no_error(home: Path, opened: OpenHome) -> None:
    (home / NAME).mkdir()
    loop = ScreensLoop(opened)
    loop.start()
    told = within(lambda: (state := loop.state()) is not None and "could not be written" in state.trouble)
    loop.stop()

    assert told


def test_it_ends_at_once(opened: OpenHome) -> None:
    before = set(threading.enumerate())
    loop = ScreensLoop(opened)
    loop.start()
    assert within(lambda: runs(loop, LoopKind.SCREENS))

    begun = time.monotonic()
    loop.stop()

    assert time.monotonic() - begun < HAND_OVER / 2
    assert within(lambda: before.issuperset(threading.enumerate()))
    state = loop.state()
    assert state is not None
    assert not state.at_work(SystemClock().now())


ACCOUNT = """
[mail.imap]
host = "localhost"
port = {imap}
security = "none"
username = "ada@example.org"
password_command = ["printf", "%s", "{password}"]

[mail.smtp]
host = "localhost"
port = {smtp}
security = "none"
username = "ada@example.org"
password_command = ["printf", "%s", "{password}"]
sent = "never"
"""


def write_account(home: Path, imap: int, smtp: int) -> None:
    """Have the mail of this home come and go over servers on these ports."""
    account = CONFIG.replace("[mail]", '[mail]\ntransport = "imap"') + ACCOUNT.format(
        imap=imap, smtp=smtp, password=PASSWORD.replace("\\", "\\\\").replace('"', '\\"')
    )
    (home / CONFIG_NAME).write_text(account, encoding="utf-8")


def over_servers(home: Path, imap: int, smtp: int) -> ScreensLoop:
    """The loop of this home once its mail comes and goes over servers on these ports."""
    write_account(home, imap, smtp)
    return ScreensLoop(open_home(home))


def test_a_letter_on_its_way_is_waited_for(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = threading.Event()

    def slowly(said: bytes) -> bytes:
        if b"250 taken" in said:
            taken.wait(PATIENCE)
        return said

    monkeypatch.setattr(screens_loop, "GRACE", 0.01)
    with SmtpServer() as server, Wire(server.port, slowly) as wire:
        loop = over_servers(home, imap=nobody(), smtp=wire.port)
        loop.start()
        begun = within(lambda: server.mails)
        ending = threading.Thread(target=loop.stop)
        ending.start()
        told = [""]

        def is_told() -> bool:
            told[0] += capsys.readouterr().err
            return told[0].endswith("\n")

        assert within(is_told)
        waits = ending.is_alive()
        taken.set()
        ending.join(PATIENCE)

    assert (bool(begun), waits, ending.is_alive()) == (True, True, False)
    assert told == ["A letter is on its way; Ctrl-C does not wait for it.\n"]
    assert sorted(states(home)) == [OutgoingState.QUEUED] * (PEOPLE - 1) + [OutgoingState.SENT]


def test_a_server_that_says_nothing_is_not_waited_for(home: Path) -> None:
    with socket.create_server(("localhost", 0)) as mute:
        loop = over_servers(home, imap=mute.getsockname()[1], smtp=nobody())
        loop.start()
        assert within(lambda: runs(loop, LoopKind.SCREENS))

        begun = time.monotonic()
        loop.stop()

        assert time.monotonic() - begun < HAND_OVER / 2


def nobody() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("localhost", 0)) as gone:
        port: int = gone.getsockname()[1]
    return port
