"""Raw mail is kept whole, once, where nobody else reads it, and counts the attempts to read it."""

import errno
import os
import stat
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from okrmate.adapters.file import Disk
from okrmate.adapters.raw_mail import RawMailFolder
from okrmate.domain.errors import StoreError
from okrmate.services.ports import RawMail
from tests.builders import NOW
from tests.fakes import MemoryRawMail

MAIL = b"From: sam@example.net\r\n\r\nKR 1.1: 6\r\n\xff\x00"


@pytest.fixture(params=["memory", "folder"])
def raw(request: pytest.FixtureRequest, tmp_path: Path) -> RawMail:
    return MemoryRawMail() if request.param == "memory" else RawMailFolder(tmp_path / "home")


def test_what_was_kept_is_read_byte_for_byte(raw: RawMail) -> None:
    where = raw.keep("mail1", MAIL, NOW)
    assert where == "mail/2026-03-02/mail1.eml"
    assert raw.read(where) == MAIL


def test_the_day_is_of_utc(raw: RawMail) -> None:
    evening = datetime(2026, 3, 2, 22, 30, tzinfo=timezone(timedelta(hours=-3)))
    assert raw.keep("mail1", MAIL, evening) == "mail/2026-03-03/mail1.eml"


def test_the_first_of_a_day_stays(raw: RawMail) -> None:
    where = raw.keep("mail1", MAIL, NOW)
    assert raw.keep("mail1", b"other", NOW) == where
    assert raw.read(where) == MAIL
    assert raw.read(raw.keep("mail1", b"other", NOW + timedelta(days=1))) == b"other"


def test_a_crash_before_the_draft_is_gone_leaves_what_was_kept_as_it_is(tmp_path: Path) -> None:
    raw = RawMailFolder(tmp_path)
    where = raw.keep("mail1", MAIL, NOW)
    kept = tmp_path / where
    kept.with_name(".mail1.new").hardlink_to(kept)
    raw.keep("mail1", b"other", NOW)
    assert raw.read(where) == MAIL


def test_what_is_gone_is_said(raw: RawMail) -> None:
    with pytest.raises(StoreError, match=r"mail/2026-03-02/mail1\.eml"):
        raw.read("mail/2026-03-02/mail1.eml")


def test_attempts_that_did_not_end_are_counted(raw: RawMail) -> None:
    assert raw.begin("mail1") == 0
    assert raw.begin("mail1") == 1
    assert raw.begin("mail2") == 0
    assert raw.begin("mail1") == 2
    raw.end("mail1")
    assert raw.begin("mail1") == 0
    raw.end("never-begun")


def test_attempts_are_counted_across_a_restart(tmp_path: Path) -> None:
    RawMailFolder(tmp_path).begin("mail1")
    assert RawMailFolder(tmp_path).begin("mail1") == 1


def test_raw_mail_is_for_its_owner_alone(tmp_path: Path) -> None:
    raw = RawMailFolder(tmp_path / "home")
    raw.keep("mail1", MAIL, NOW)
    raw.begin("mail1")
    made = sorted((tmp_path / "home").rglob("*"))
    assert [path.name for path in made] == ["mail", "2026-03-02", "mail1.eml", "reading"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_dir()} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_file()} == {0o600}


@pytest.mark.parametrize("name", ["", ".", "..", "../mail", "a/b", "a\\b", "a\0", "-a", "a.eml", "a\n", "x" * 101])
def test_a_name_that_could_lead_elsewhere_is_a_bug(tmp_path: Path, name: str) -> None:
    raw = RawMailFolder(tmp_path)
    with pytest.raises(ValueError, match="no id"):
        raw.keep(name, MAIL, NOW)
    with pytest.raises(ValueError, match="no id"):
        raw.begin(name)
    with pytest.raises(ValueError, match="no id"):
        raw.end(name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "where", ["/etc/passwd", "mail/../config.toml", "okrmate.json", "mail/2026-03-02/../../x.eml", "mail/reading/mail1"]
)
def test_only_places_of_raw_mail_are_read(tmp_path: Path, where: str) -> None:
    (tmp_path / "config.toml").write_text("secret")
    with pytest.raises(StoreError, match="no place"):
        RawMailFolder(tmp_path).read(where)


class BrokenDisk(Disk):
    """Fails at the call of a name."""

    def __init__(self, call: str) -> None:
        self.call = call
        self.synced: list[bool] = []
        """For each sync, whether it was of a folder."""

    def write(self, descriptor: int, pieces: Sequence[bytes]) -> None:
        self._fail("write")
        super().write(descriptor, pieces)

    def sync(self, descriptor: int) -> None:
        self.synced.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        self._fail("sync")
        super().sync(descriptor)

    def _fail(self, call: str) -> None:
        if call == self.call:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("call", ["write", "sync"])
def test_a_full_disk_is_said_and_leaves_no_half_mail(tmp_path: Path, call: str) -> None:
    RawMailFolder(tmp_path).keep("before", MAIL, NOW)
    with pytest.raises(StoreError, match="disk is full"):
        RawMailFolder(tmp_path, BrokenDisk(call)).keep("mail1", MAIL, NOW)
    assert [path.name for path in (tmp_path / "mail" / "2026-03-02").iterdir()] == ["before.eml"]
    assert RawMailFolder(tmp_path).read(RawMailFolder(tmp_path).keep("mail1", MAIL, NOW)) == MAIL


def test_the_file_is_synced_before_its_folder(tmp_path: Path) -> None:
    RawMailFolder(tmp_path).keep("before", MAIL, NOW)
    disk = BrokenDisk("none")
    RawMailFolder(tmp_path, disk).keep("mail1", MAIL, NOW)
    assert disk.synced == [False, True]


def test_a_home_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    raw = RawMailFolder(tmp_path / "home")
    with pytest.raises(StoreError):
        raw.keep("mail1", MAIL, NOW)
    with pytest.raises(StoreError):
        raw.begin("mail1")


def test_a_mail_of_sixty_megabytes_is_kept(tmp_path: Path) -> None:
    raw = RawMailFolder(tmp_path)
    where = raw.keep("large", b"x" * 60_000_000, datetime(2026, 3, 2, tzinfo=UTC))
    assert (tmp_path / where).stat().st_size == 60_000_000
