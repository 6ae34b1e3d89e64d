"""What is written into a home is for its owner alone, whatever the machine would give to others."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Okrmate, answer_to, process


@pytest.fixture
def generous() -> Iterator[None]:
    """A machine on which everybody may read and write what nobody forbids."""
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.usefixtures("generous")
def test_every_file_of_a_played_home_is_0600_and_every_folder_0700(okrmate: Okrmate) -> None:
    own = {okrmate.home, okrmate.home / "config.toml"}
    okrmate.with_tom().with_agenda_sent()
    okrmate.done("poll")  # makes the folders in which mail arrives
    answer = okrmate.home / "mail/maildir/INBOX/new/1.answer"
    answer.write_bytes(answer_to(okrmate.sent("Talk 1 with Vera: the agenda"), "1.1 3\n"))
    okrmate.done("poll")
    okrmate.done("deliver")
    archive = okrmate.made("backup")
    okrmate.done("check-in", "tom", "1.1", "4")
    okrmate.done("restore", archive)
    assert process("--home", str(okrmate.home), "person", "pause", "tom").returncode == 0
    torn = okrmate.home / "okrmate.json.journal"
    torn.write_bytes(torn.read_bytes() + b"00c0ffee 000000ff [2,")
    okrmate.done("person", "resume", "tom")

    arrived = set((okrmate.home / "mail/maildir/INBOX").glob("*/1.answer*"))
    rights = {
        path.relative_to(okrmate.home).as_posix(): (path.is_dir(), oct(stat.S_IMODE(path.stat().st_mode)))
        for path in [*okrmate.home.rglob("*")]
        if path not in own | arrived
    }
    assert {name for name, found in rights.items() if found not in {(True, "0o700"), (False, "0o600")}} == set()
    assert {Path(name).parts[0] for name in rights} >= {"okrmate.json", "mail", "log", "backups", "okrmate.lease"}
