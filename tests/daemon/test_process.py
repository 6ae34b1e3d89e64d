"""`okrmate run` as a process: it starts, answers, obeys signals, and survives being killed."""

import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from okrmate.adapters.lease import NAME
from okrmate.bootstrap.desk import open_home
from okrmate.bootstrap.loop import DELIVER_EVERY
from okrmate.domain.errors import ExitCode
from okrmate.domain.letters import LetterKind, Outgoing, OutgoingState
from okrmate.services.loop_state import LoopKind
from okrmate.services.ports import Store
from okrmate.services.tables import OUTGOING
from tests.cli.running import answer_to, parsed
from tests.daemon.homes import PEOPLE, daemon, ended, logged, okrmate, sent_files, states
from tests.daemon.towers import PATIENCE, within

IMPORTS = """
import sys
from okrmate.__main__ import main
code = main(sys.argv[1:])
print(*sys.modules)
sys.exit(code)
"""


def test_a_stop_is_obeyed_and_loses_nothing(home: Path) -> None:
    """It logs that it stopped only where its work ended in time: else it is gone without that."""
    with daemon(home) as process:
        assert within(lambda: sent_files(home) > 0)
        assert ended(process) == ExitCode.DONE

    assert (logged(home)[0], logged(home)[-1]) == ("started", "stopped")
    assert OutgoingState.SENDING not in states(home)
    assert states(home).count(OutgoingState.SENT) == sent_files(home)


def test_a_second_daemon_gets_a_sentence_and_the_first_one_works_on(home: Path) -> None:
    with daemon(home) as process:
        second = subprocess.run(okrmate(home, "run"), capture_output=True, text=True, timeout=PATIENCE, check=False)
        still_there = process.poll() is None
        assert within(lambda: sent_files(home) >= PEOPLE)
        code = ended(process, signal.SIGINT)

    assert second.returncode == ExitCode.STORE
    assert second.stderr.startswith("Another okrmate is reading and sending mail for this home")
    assert (still_there, code) == (True, ExitCode.DONE)
    assert states(home) == [OutgoingState.SENT] * PEOPLE
    assert sent_files(home) == PEOPLE


def test_a_daemon_whose_lease_was_removed_stops_and_says_why(home: Path) -> None:
    with daemon(home) as process:
        (home / NAME).unlink()
        _, said = process.communicate(timeout=PATIENCE)

    assert process.returncode == ExitCode.STORE
    assert "okrmate.lease was removed or replaced" in said


def test_a_killed_daemon_is_followed_by_one_that_sends_the_rest_once(home: Path) -> None:
    with daemon(home) as process:
        process.kill()
        process.wait(PATIENCE)
    with daemon(home) as process:
        assert within(lambda: sent_files(home) >= PEOPLE)
        assert ended(process, signal.SIGHUP) == ExitCode.DONE

    assert states(home) == [OutgoingState.SENT] * PEOPLE
    assert sent_files(home) <= PEOPLE + 1


def test_how_it_is_can_be_seen_while_it_runs_and_afterwards(home: Path) -> None:
    window = open_home(home).loop
    with daemon(home) as process:
        assert within(lambda: (state := window.read()) is not None and state.looked_at is not None)
        running = window.read()
        ended(process)
    afterwards = window.read()

    assert running is not None
    assert afterwards is not None
    assert (running.kind, running.pid, running.trouble) == (LoopKind.DAEMON, process.pid, "")
    assert (afterwards.pid, afterwards.looked_at is None) == (0, False)


def test_an_answer_is_acknowledged_in_the_round_that_found_it(home: Path) -> None:
    """Its own rhythm would let the acknowledgement wait for the next delivery."""
    store = open_home(home).desk.store
    with daemon(home):
        assert within(lambda: sent_files(home) >= PEOPLE)
        sent = [parsed(path.read_bytes()) for path in (home / "mail/maildir/Sent/new").iterdir()]
        (welcome,) = [letter for letter in sent if "p0@" in letter["To"]]
        (home / "mail/maildir/INBOX/new/1.answer").write_bytes(answer_to(welcome, "read", "p0@example.net"))
        assert within(lambda: any(letter.sent_at for letter in _acknowledgements(store)))

    (answered,) = _acknowledgements(store)
    assert answered.sent_at is not None
    assert (answered.sent_at - answered.created_at).total_seconds() < DELIVER_EVERY / 2


def test_it_tells_the_service_manager_and_starts_without_the_screens(home: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="okrmate-") as folder:
        manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        manager.bind(f"{folder}/notify")
        manager.settimeout(PATIENCE)
        environ = {"NOTIFY_SOCKET": f"{folder}/notify", "WATCHDOG_USEC": "1000000", "PATH": ""}
        command = [sys.executable, "-c", IMPORTS, "--home", str(home), "run"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as process:
            heard = [manager.recv(100), manager.recv(100)]
            process.send_signal(signal.SIGTERM)
            while b"STOPPING=1" not in heard:
                heard.append(manager.recv(100))
            said, _ = process.communicate(timeout=PATIENCE)
        manager.close()

    assert heard[:2] == [b"READY=1", b"WATCHDOG=1"]
    assert process.returncode == ExitCode.DONE
    imported = said.splitlines()[-1].split()
    assert "schedule" in imported
    assert "textual" not in imported


def _acknowledgements(store: Store) -> list[Outgoing]:
    return [letter for letter in store.every(OUTGOING) if letter.kind is LetterKind.ACKNOWLEDGEMENT]
