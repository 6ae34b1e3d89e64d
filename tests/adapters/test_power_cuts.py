"""A power cut at any moment loses nothing that was acknowledged; a store broken in a known way is caught."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from okrmate.adapters import tables
from okrmate.adapters.file import Disk
from okrmate.adapters.log import checkpoint, growing_file
from okrmate.adapters.log.checkpoint import Checkpoint
from okrmate.adapters.log.journal import Journal
from okrmate.adapters.tables import Snapshot, Tables
from tests.adapters.power_cuts import Model, NotingDisk, failures, traced

COMMITS = int(os.environ.get("OKRMATE_POWER_CUTS", "6"))


@pytest.mark.long
def test_a_power_cut_after_any_call_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    trace = traced(tmp_path / "home", NotingDisk(tmp_path / "home"), COMMITS)
    assert len(trace.calls) > 5 * COMMITS
    assert len(trace.acknowledged) == 1 + COMMITS
    assert len(Model) == 8
    assert not list(failures(trace, tmp_path / "images"))


class NoSyncOfCommits(NotingDisk):
    def sync_data(self, descriptor: int) -> None:
        return


class NoSyncOfNames(NotingDisk):
    def sync(self, descriptor: int) -> None:
        before = len(self.calls)
        super().sync(descriptor)
        self.calls[before:] = [call for call in self.calls[before:] if call.kind != "sync names"]


class NoSyncOfCheckpoints(NotingDisk):
    """Of `okrmate.json.next`."""

    names = (".json.next",)

    def sync(self, descriptor: int) -> None:
        before = len(self.calls)
        super().sync(descriptor)
        if self.calls[-1].kind == "sync" and self._name(descriptor).endswith(self.names):
            del self.calls[before:]


class NoSyncOfJournals(NoSyncOfCheckpoints):
    """Of `okrmate.json.journal.new`."""

    names = (".journal.new",)


def with_the_journal_begun_anew_before_the_checkpoint_is_there(patch: pytest.MonkeyPatch) -> None:
    def install(self: Tables, snapshot: Snapshot, beside: int | None) -> None:
        assert beside is not None
        self._journal.restart(snapshot.mark)
        self._file.install(beside)
        self.meta = snapshot.meta

    patch.setattr(tables.Tables, "install", install)


def with_a_journal_that_forgets_what_came_amid_a_checkpoint(patch: pytest.MonkeyPatch) -> None:
    restart = Journal.restart
    patch.setattr(Journal, "restart", lambda self, _mark=None: restart(self))


def with_files_written_over(patch: pytest.MonkeyPatch) -> None:
    def install(self: Checkpoint, beside: int) -> None:
        content = os.pread(beside, os.fstat(beside).st_size, 0)
        descriptor = os.open(self.path, os.O_RDWR)
        self._disk.cut(descriptor, 0)
        self._disk.write(descriptor, [content])
        self._disk.sync(descriptor)
        self._hold(descriptor)

    patch.setattr(checkpoint.Checkpoint, "install", install)


def with_journals_written_over(patch: pytest.MonkeyPatch) -> None:
    def replace(path: Path, content: Sequence[bytes], disk: Disk) -> int:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
        disk.cut(descriptor, 0)
        disk.write(descriptor, content)
        disk.sync(descriptor)
        return descriptor

    patch.setattr(growing_file, "replace", replace)


@pytest.mark.parametrize(
    ("disk", "spoil"),
    [
        (NoSyncOfCommits, None),
        (NoSyncOfNames, None),
        (NoSyncOfCheckpoints, None),
        (NoSyncOfJournals, None),
        (NotingDisk, with_the_journal_begun_anew_before_the_checkpoint_is_there),
        (NotingDisk, with_a_journal_that_forgets_what_came_amid_a_checkpoint),
        (NotingDisk, with_files_written_over),
        (NotingDisk, with_journals_written_over),
    ],
)
def test_a_store_that_is_broken_in_a_known_way_is_caught(
    tmp_path: Path,
    disk: type[NotingDisk],
    spoil: Callable[[pytest.MonkeyPatch], None] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if spoil is not None:
        spoil(monkeypatch)
    trace = traced(tmp_path / "home", disk(tmp_path / "home"), 6)
    assert next(failures(trace, tmp_path / "images"), None), "nothing was noticed"
