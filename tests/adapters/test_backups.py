"""Backups as files: written whole or not at all, and put into a home whole or not at all."""

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from okrmate.adapters.backups.archive import STALE, Archive, write_archive
from okrmate.adapters.backups.replacing import Replacing
from okrmate.adapters.file import Disk
from okrmate.domain.errors import StoreError, UsageError
from tests.adapters.homes import FailingDisk
from tests.builders import NOW


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def written(folder: Path, names: Sequence[str], content: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{content} {name}", encoding="utf-8")
    return folder


STORE = ("okrmate.json", "okrmate.json.journal")
MAILS = ("mail/2026-03-09/a.eml", "mail/2026-03-09/b.eml")
TEMPLATES = ("templates/en/agenda.md.j2", "templates/en/mine.md.j2")


def replacing(tmp_path: Path, disk: Disk | None = None) -> tuple[Path, Replacing]:
    """A home with most of what a backup brings, some of it the same, and the putting in place."""
    home = written(tmp_path / "home", (*STORE, "okrmate.json.journal.torn", TEMPLATES[0], "config.toml"), "before")
    written(home, MAILS[:1], "kept")
    staged = written(tmp_path / "home/.restoring", (*STORE, *TEMPLATES, "config.toml"), "after")
    written(staged, MAILS, "kept")
    return home, Replacing(home, staged, home / "aside", disk)


def test_everything_comes_into_its_place_and_what_was_there_is_aside(tmp_path: Path) -> None:
    home, work = replacing(tmp_path)
    before = files(home)

    assert work.run()
    after = files(home)
    assert {name: content for name, content in after.items() if not name.startswith((".restoring", "aside"))} == {
        name: f"{'kept' if name in MAILS else 'after'} {name}".encode()
        for name in (*STORE, *TEMPLATES, *MAILS, "config.toml")
    }
    kept = {name.removeprefix("aside/"): content for name, content in after.items() if name.startswith("aside/")}
    assert kept == {name: content for name, content in before.items() if content.startswith(b"before")}


@pytest.mark.parametrize("fails_at", range(24))
def test_a_disk_that_fails_on_the_way_leaves_the_home_as_it_was_or_everything_in_place(
    tmp_path: Path, fails_at: int
) -> None:
    disk = FailingDisk(fails_at)
    home, work = replacing(tmp_path, disk)
    before = {name: content for name, content in files(home).items() if not name.startswith(".restoring")}
    try:
        work.run()
    except StoreError:
        after = {name: content for name, content in files(home).items() if not name.startswith(".restoring")}
        assert after == before
    else:
        assert not disk.has_failed


# the archive


def one_file(archive: Archive) -> None:
    archive.add("okrmate.json", [b"{", b"}"])


def nothing(_path: Path) -> None:
    """Whatever stands there is fine."""


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("fails_at", range(2))
def test_an_archive_is_whole_under_its_name_or_not_there(tmp_path: Path, fails_at: int) -> None:
    with pytest.raises(StoreError, match="disk is full"):
        write_archive(tmp_path / "new" / "a.zip", one_file, nothing, NOW, FailingDisk(fails_at))

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_archive_that_does_not_do_gets_no_name(tmp_path: Path) -> None:
    def refuse(_path: Path) -> None:
        raise StoreError("It cannot be opened.")

    with pytest.raises(StoreError, match="cannot be opened"):
        write_archive(tmp_path / "a.zip", one_file, refuse, NOW)
    assert names_in(tmp_path) == []


def test_a_file_that_comes_meanwhile_keeps_its_name(tmp_path: Path) -> None:
    def somebody_else(_path: Path) -> None:
        (tmp_path / "a.zip").write_text("theirs", encoding="utf-8")

    with pytest.raises(UsageError, match="is there already"):
        write_archive(tmp_path / "a.zip", one_file, somebody_else, NOW)
    assert files(tmp_path) == {"a.zip": b"theirs"}


def test_what_a_killed_backup_left_goes_with_the_next_and_what_another_writes_stays(tmp_path: Path) -> None:
    left, theirs = tmp_path / ".okrmate-2026-01-01-000000.zip.4711.new", tmp_path / ".a.zip.4712.new"
    for path, age in ((left, STALE + 1), (theirs, 60)):
        path.touch()
        then = (NOW - timedelta(seconds=age)).timestamp()
        os.utime(path, (then, then))
    write_archive(tmp_path / "a.zip", one_file, nothing, NOW)

    assert names_in(tmp_path) == [theirs.name, "a.zip"]


@pytest.mark.parametrize("taken", [False, True])
def test_a_disk_without_links_takes_an_archive_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    def no_links(_self: Path, _target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    target = tmp_path / "a.zip"
    if taken:
        with pytest.raises(UsageError):
            write_archive(target, one_file, lambda _: target.write_bytes(b"theirs"), NOW)
        assert files(tmp_path) == {"a.zip": b"theirs"}
    else:
        write_archive(target, one_file, nothing, NOW)
        assert names_in(tmp_path) == ["a.zip"]
        assert target.stat().st_size > 100
