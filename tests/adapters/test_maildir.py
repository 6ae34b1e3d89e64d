"""Maildirs as mailbox and way out; the contract of both ports, held by the adapter and by the fake."""

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from mailbox import Maildir
from pathlib import Path
from typing import Protocol

import pytest

from okrmate.adapters.maildir import MaildirMailbox, MaildirPostman
from okrmate.domain.errors import MailServerError
from okrmate.services.ports import DeliveryState, Mailbox, Postman, Sighting
from tests.adapters.mailbox_contract import LIMIT, LONG_AGO, MailboxContract, Rig, shown, the_only
from tests.fakes import MemoryMailbox, MemoryPostman
from tests.mail.messages import LETTER_ID, MAYA, a_mail


class MemoryRig:
    folder = "INBOX"

    def __init__(self) -> None:
        self.fake = MemoryMailbox()
        self.mailbox: Mailbox = self.fake

    def arrive(self, content: bytes) -> None:
        self.fake.arrive(content)

    def stored(self, content: bytes) -> bytes:
        return content

    def vanish(self, sighting: Sighting) -> None:
        self.fake.vanish(sighting.uid)


class MaildirRig:
    folder = "INBOX"

    def __init__(self, root: Path) -> None:
        self.root = root
        self.count = 0
        self.mailbox: Mailbox = MaildirMailbox({"INBOX": root})

    def arrive(self, content: bytes, place: str = "new", name: str = "") -> Path:
        self.count += 1
        path = self.root / place / (name or f"17000000{self.count:02}.M1P1.host")
        draft = self.root / "tmp" / path.name
        draft.parent.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(exist_ok=True)
        draft.write_bytes(content)
        return draft.rename(path)

    def stored(self, content: bytes) -> bytes:
        return content

    def vanish(self, sighting: Sighting) -> None:
        for path in self.root.glob(f"*/{sighting.uid}*"):
            path.unlink()


@pytest.fixture(params=["memory", "maildir"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Rig:
    return MemoryRig() if request.param == "memory" else MaildirRig(tmp_path / "INBOX")


@pytest.fixture
def maildir(tmp_path: Path) -> MaildirRig:
    return MaildirRig(tmp_path / "INBOX")


class TestMailbox(MailboxContract):
    pass


def test_nothing_older_than_the_home_is_seen(maildir: MaildirRig) -> None:
    maildir.arrive(a_mail())
    later = datetime.fromtimestamp((maildir.root / "new").stat().st_ctime, UTC) + timedelta(seconds=5)
    assert maildir.mailbox.look("INBOX", None, later).sightings == []


def test_settling_leaves_a_message_unread(maildir: MaildirRig) -> None:
    path = maildir.arrive(a_mail())
    maildir.mailbox.settle(the_only(maildir))
    assert [found.name for found in (maildir.root / "cur").iterdir()] == [f"{path.name}:2,"]
    assert not path.exists()


def test_a_message_another_program_flagged_is_still_found(maildir: MaildirRig) -> None:
    path = maildir.arrive(a_mail())
    sighting = the_only(maildir)
    flagged = path.rename(maildir.root / "cur" / f"{path.name}:2,FS")
    assert maildir.mailbox.fetch(sighting, LIMIT) == a_mail()
    maildir.mailbox.settle(sighting)
    assert flagged.exists()


def test_a_message_another_program_read_before_the_first_look_is_seen(maildir: MaildirRig) -> None:
    _, cursor = shown(maildir, None)
    path = maildir.arrive(a_mail(Message_ID="<1@x>"))
    path.rename(maildir.root / "cur" / f"{path.name}:2,S")
    assert shown(maildir, cursor)[0] == ["<1@x>"]


def test_an_old_file_moved_in_by_hand_is_seen(maildir: MaildirRig, tmp_path: Path) -> None:
    elsewhere = tmp_path / "1600000000.M1P1.host:2,S"
    elsewhere.write_bytes(a_mail(Message_ID="<rescued@x>"))
    os.utime(elsewhere, (1_600_000_000, 1_600_000_000))
    maildir.arrive(a_mail(Message_ID="<1@x>"))
    _, cursor = shown(maildir, None)
    elsewhere.rename(maildir.root / "cur" / elsewhere.name)
    assert shown(maildir, cursor)[0] == ["<rescued@x>"]


def test_what_came_while_the_clock_stood_back_is_seen_all_the_same(maildir: MaildirRig) -> None:
    maildir.arrive(a_mail(Message_ID="<1@x>"))
    _, cursor = shown(maildir, None)
    edge, past, names = cursor.split("/")
    ahead = f"{int(edge) + 3_600_000_000_000}/{int(past) + 1}/{names}"  # as if it had been an hour later then
    assert shown(maildir, ahead)[0] == []
    maildir.arrive(a_mail(Message_ID="<2@x>"))
    assert "<2@x>" in shown(maildir, ahead)[0]


def test_a_mail_of_60_mb_is_seen_by_its_size_and_read_only_up_to_the_limit(maildir: MaildirRig) -> None:
    path = maildir.arrive(a_mail())
    with path.open("r+b") as file:
        file.truncate(60_000_000)
    sighting = the_only(maildir)
    assert sighting.size == 60_000_000
    assert len(maildir.mailbox.fetch(sighting, 65_536) or b"") == 65_536


def test_a_head_longer_than_the_first_read_is_read_whole(maildir: MaildirRig) -> None:
    maildir.arrive(a_mail(A_Long_Field="x" * 20_000, Last="seen"))
    assert the_only(maildir).headers["last"] == ("seen",)


def test_folders_and_hidden_files_are_no_messages(maildir: MaildirRig) -> None:
    maildir.arrive(a_mail(), name=".hidden")
    (maildir.root / "new" / "folder").mkdir()
    os.mkfifo(maildir.root / "new" / "pipe")
    assert shown(maildir, None)[0] == []


def test_a_missing_maildir_is_made_for_nobody_else_to_read(tmp_path: Path) -> None:
    MaildirMailbox({"INBOX": tmp_path / "mail" / "INBOX"}).look("INBOX", None, LONG_AGO)
    made = [path for path in tmp_path.rglob("*") if path.is_dir()]
    assert sorted(path.name for path in made) == ["INBOX", "cur", "mail", "new", "tmp"]
    assert {path.stat().st_mode & 0o777 for path in made} == {0o700}


def test_a_maildir_that_cannot_be_used_is_an_error_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "INBOX").write_text("a file")
    with pytest.raises(MailServerError, match="INBOX cannot be used"):
        MaildirMailbox({"INBOX": tmp_path / "INBOX"}).look("INBOX", None, LONG_AGO)
    with pytest.raises(MailServerError, match="INBOX cannot be used"):
        MaildirPostman(tmp_path / "INBOX").was_sent(LETTER_ID)


class CountingPostman(Postman, Protocol):
    def copies(self, message_id: str) -> int: ...


@pytest.fixture(params=[MemoryPostman, MaildirPostman])
def postman(request: pytest.FixtureRequest, tmp_path: Path) -> CountingPostman:
    make: Callable[..., CountingPostman] = request.param
    return make() if request.param is MemoryPostman else make(tmp_path / "Sent")


def test_what_was_sent_is_known_by_its_message_id(postman: CountingPostman) -> None:
    assert not postman.was_sent(LETTER_ID)
    assert postman.send(a_mail(Message_ID=LETTER_ID), MAYA).state is DeliveryState.SENT
    assert postman.was_sent(LETTER_ID)
    assert not postman.was_sent("<another@example.org>")


def test_each_copy_of_a_letter_counts(postman: CountingPostman) -> None:
    for _ in range(3):
        postman.send(a_mail(Message_ID=LETTER_ID), MAYA)
    assert postman.copies(LETTER_ID) == 3


def test_a_letter_lies_in_the_maildir_with_plain_line_ends(tmp_path: Path) -> None:
    MaildirPostman(tmp_path / "Sent").send(a_mail().replace(b"\n", b"\r\n"), MAYA)
    (letter,) = (tmp_path / "Sent" / "new").iterdir()
    assert letter.read_bytes() == a_mail()
    assert list((tmp_path / "Sent" / "tmp").iterdir()) == []
    assert letter.stat().st_mode & 0o077 == 0


def test_a_letter_somebody_read_still_counts_as_sent(tmp_path: Path) -> None:
    postman = MaildirPostman(tmp_path / "Sent")
    postman.send(a_mail(Message_ID=LETTER_ID), MAYA)
    (letter,) = (tmp_path / "Sent" / "new").iterdir()
    letter.rename(tmp_path / "Sent" / "cur" / f"{letter.name}:2,S")
    assert postman.copies(LETTER_ID) == 1


def test_pythons_own_maildir_reads_what_was_delivered(tmp_path: Path) -> None:
    MaildirPostman(tmp_path / "Sent").send(a_mail(Message_ID=LETTER_ID), MAYA)
    (message,) = Maildir(tmp_path / "Sent", create=False)
    assert message["Message-ID"] == LETTER_ID


def test_a_full_disk_puts_a_letter_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    postman = MaildirPostman(tmp_path / "Sent")
    monkeypatch.setattr(os, "fsync", full)
    delivery = postman.send(a_mail(Message_ID=LETTER_ID), MAYA)
    assert (delivery.state, "the disk is full" in delivery.reason) == (DeliveryState.DEFERRED, True)
    assert not postman.was_sent(LETTER_ID)
    assert list((tmp_path / "Sent" / "tmp").iterdir()) == []


def test_a_folder_that_could_not_be_synced_leaves_a_letter_in_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_files(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):  # noqa: PTH112 - a link of the kernel, no path of ours
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", only_files)
    delivery = MaildirPostman(tmp_path / "Sent").send(a_mail(Message_ID=LETTER_ID), MAYA)
    assert delivery.state is DeliveryState.IN_DOUBT
    assert MaildirPostman(tmp_path / "Sent").was_sent(LETTER_ID)
