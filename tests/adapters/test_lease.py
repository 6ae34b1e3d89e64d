"""The home's lease: one holder at a time, freed however its process ends."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from okrmate.adapters.lease import NAME, lease
from okrmate.domain.errors import ExitCode, StoreError

HOLDER = """
import signal, sys
from pathlib import Path
from okrmate.adapters.lease import lease
with lease(Path(sys.argv[1])):
    print("held", flush=True)
    signal.pause()
"""


def test_a_second_holder_gets_a_sentence(tmp_path: Path) -> None:
    with lease(tmp_path), pytest.raises(StoreError, match="Another okrmate") as refused, lease(tmp_path, patience=0):
        pass
    assert refused.value.exit_code is ExitCode.STORE


def test_the_lease_can_be_held_again_when_it_was_let_go(tmp_path: Path) -> None:
    with lease(tmp_path):
        pass
    with lease(tmp_path, patience=0):
        assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


def test_the_lease_is_let_go_when_the_work_raises(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="work"), lease(tmp_path):
        raise ValueError("work")
    with lease(tmp_path, patience=0):
        pass


def test_a_killed_process_leaves_the_lease_to_the_next(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError), lease(tmp_path, patience=0):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait(timeout=10)
    with lease(tmp_path, patience=0):
        pass


def test_a_home_that_is_not_there_is_a_problem_of_the_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError), lease(tmp_path / "nowhere"):
        pass
