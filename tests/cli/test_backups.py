"""`okrmate backup` and `restore`: everything comes back, nothing is lost over it, and no letter leaves twice."""

import stat
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from okrmate.adapters.clock import SystemClock
from okrmate.adapters.file import Disk
from okrmate.adapters.lease import Lease
from okrmate.adapters.store import open_store
from okrmate.adapters.tokens import SystemTokens
from okrmate.bootstrap.restoring import restore
from okrmate.services.loop_state import LoopKind
from okrmate.services.tables import READINGS, SETTINGS, Setting
from tests.builders import a_reading
from tests.cli.running import CONFIG, Okrmate, answer_to
from tests.fakes import FixedClock

WITH_PASSWORD = (
    CONFIG
    + """
# password = "an-older-one"
transport = "imap"
[mail.imap]
host = "imap.example.org"
username = "vera"
auth = "password"
password = "hunter-2"
[mail.smtp]
host = "smtp.example.org"
username = "vera"
auth = "password"
password = "hunter-3"
"""
)


def backup(okrmate: Okrmate, *words: str) -> Path:
    return Path(okrmate.made("backup", *words))


def elsewhere(okrmate: Okrmate) -> Okrmate:
    return replace(okrmate, home=okrmate.home.with_name("elsewhere"))


def names(archive: Path) -> list[str]:
    with ZipFile(archive) as zipped:
        return sorted(zipped.namelist())


def letters_sent(okrmate: Okrmate) -> int:
    return len(list((okrmate.home / "mail/maildir/Sent/new").iterdir()))


def without_marks(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a home that mean something when nobody is at work in it."""
    return {name: content for name, content in files.items() if not name.endswith((".lock", ".lease"))}


@pytest.fixture
def talking(busy: Okrmate) -> Okrmate:
    """The program with Tom, who has an agenda, has answered, and is answered in turn; with a letter of her own."""
    own = busy.home / "templates" / "en" / "mine.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("Hello\n", encoding="utf-8")
    busy.with_agenda_sent()
    busy.arrives(answer_to(busy.sent("Talk 1 with Vera: the agenda"), "1.1 3\n"))
    busy.done("poll")
    return busy


def test_a_home_that_is_restored_elsewhere_tells_the_same(talking: Okrmate) -> None:
    before = talking.done("okr", "show", "tom").out, talking.done("inbox", "list", "--json").data
    archive = backup(talking)
    other = elsewhere(talking)
    told = other.done("restore", str(archive))

    assert (other.done("okr", "show", "tom").out, other.done("inbox", "list", "--json").data) == before
    assert (other.home / "templates/en/mine.md.j2").read_text() == "Hello\n"
    assert "people 1, mails 6." in told.lines[0]
    assert "no letter leaves before you have seen among sent mail what has left since" in told.out
    mails = {name for name in talking.files() if name.endswith(".eml")}
    assert mails == {name for name in other.files() if name.endswith(".eml")} != set()


def test_everything_that_is_restored_is_for_the_owner_alone(talking: Okrmate) -> None:
    other = elsewhere(talking)
    archive = backup(talking)
    other.done("restore", str(archive))

    for path in [archive, archive.parent, other.home, *other.home.rglob("*")]:
        rights = stat.S_IMODE(path.stat().st_mode)
        assert rights == (0o700 if path.is_dir() else 0o600), path


def test_a_backup_goes_where_it_is_told_and_never_takes_the_place_of_a_file(busy: Okrmate, tmp_path: Path) -> None:
    target = tmp_path / "may.zip"
    assert busy.done("backup", str(target), "--json").fact("path") == str(target)
    before = target.read_bytes()
    told = busy("backup", str(target))

    assert (told.code, target.read_bytes()) == (2, before)
    assert "is there already and was left as it is" in told.err
    assert backup(busy, str(tmp_path)).parent == tmp_path
    assert busy("backup", str(tmp_path / "nowhere" / "a.zip")).code == 2


def test_passwords_are_in_no_backup_and_stay_in_the_home_that_has_them(okrmate: Okrmate) -> None:
    okrmate.with_config(WITH_PASSWORD)
    archive = backup(okrmate)
    with ZipFile(archive) as zipped:
        held = b"".join(zipped.read(name) for name in zipped.namelist())
    assert b"imap.example.org" in held
    assert not [word for word in (b"hunter", b"older-one") if word in held]

    there, other = okrmate.done("restore", str(archive)), elsewhere(okrmate)
    assert 'password = "hunter-2"' in (okrmate.home / "config.toml").read_text()
    assert "To do" not in there.out
    told = other.done("restore", str(archive))
    assert told.out.count("To do: mail.") == 2
    assert "password is missing" in told.out.replace("\n", " ")


def test_a_configuration_that_cannot_be_read_is_left_out_rather_than_its_password_taken_along(busy: Okrmate) -> None:
    busy.with_config('mail.imap = { password = "hunter-2"\n')
    told = busy.done("backup", "--json")

    assert told.fact("config") == "False"
    assert "config.toml" not in names(Path(told.fact("path")))


def test_a_backup_of_a_home_that_is_being_written_is_whole_each_time(busy: Okrmate) -> None:
    ended, started = threading.Event(), threading.Event()

    def write() -> None:
        store = open_store(busy.home, SystemTokens(), SystemClock())
        number = 0
        while not ended.is_set():
            with store.transaction() as work:
                work.put(READINGS, a_reading(id=f"r{number}"))
                work.put(SETTINGS, Setting(id="last", value=f"r{number}"))
            number += 1
            started.set()
        store.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert started.wait(60)
        archives = [backup(busy, str(busy.home.parent / f"{number}.zip")) for number in range(5)]
    finally:
        ended.set()
        writer.join()
    for number, archive in enumerate(archives):
        other = replace(busy, home=busy.home.with_name(f"other{number}"))
        other.done("restore", str(archive))
        store = open_store(other.home, SystemTokens(), SystemClock())
        last = store.get(SETTINGS, "last")
        written = [each.id for each in store.every(READINGS) if each.id[0] == "r" and each.id[1:].isdigit()]
        assert last is not None
        assert written == [f"r{index}" for index in range(int(last.value[1:]) + 1)]
        store.close()


def test_what_was_there_is_kept_aside_whole(talking: Okrmate) -> None:
    archive = backup(talking)
    talking.done("check-in", "tom", "1.1", "5")
    (talking.home / "templates/en/mine.md.j2").write_text("Changed\n", encoding="utf-8")
    talking.with_config(CONFIG + "# changed\n")
    before = without_marks(talking.files())
    told = talking.done("restore", str(archive), "--json")
    aside = Path(told.fact("aside"))

    after = without_marks(talking.files())
    kept = {path.relative_to(aside).as_posix(): path.read_bytes() for path in aside.rglob("*") if path.is_file()}
    assert set(kept) == {"okrmate.json", "okrmate.json.journal", "config.toml", "templates/en/mine.md.j2"}
    assert {name: kept.get(name, after.get(name)) for name in before} == before
    assert "1 → 3 of 6" in talking.done("today").out

    own = replace(talking, home=aside)
    assert "1 → 5 of 6" in own.done("today").out


def test_two_restores_within_a_second_keep_both_things_aside(busy: Okrmate) -> None:
    archive = backup(busy)
    kept = [restore(archive, busy.home, FixedClock()).aside for _ in range(2)]

    assert [aside and (aside.name, (aside / "okrmate.json").exists()) for aside in kept] == [
        ("before-restore-2026-03-02-090000", True),
        ("before-restore-2026-03-02-090000-2", True),
    ]


def test_no_letter_leaves_from_a_restored_home_until_the_mentor_says_so_and_none_that_had_left_before(
    busy: Okrmate,
) -> None:
    busy.done("meeting", "plan", "tom", "+2d 15:00")
    busy.done("plan")
    archive = backup(busy)
    busy.done("outbox", "send", "all")
    busy.done("deliver")
    sent = letters_sent(busy)
    assert sent > 3

    busy.done("restore", str(archive))
    busy.done("plan")
    busy.done("deliver")
    assert letters_sent(busy) == sent
    told = busy.done("outbox", "list").out
    assert "Everything is held: restored from a backup of" in told
    assert "every letter is held" in busy.done("today").out

    busy.done("outbox", "send", "all")
    busy.done("deliver")
    busy.done("plan")
    busy.done("deliver")
    assert letters_sent(busy) == sent
    assert busy.done("outbox", "list").lines[0] == "Nothing waits."


def test_a_mail_that_is_read_once_more_is_answered_once_more_only_when_the_mentor_says_so_of_that_letter(
    busy: Okrmate,
) -> None:
    busy.with_agenda_sent()
    archive = backup(busy)
    busy.arrives(answer_to(busy.sent("Talk 1 with Vera: the agenda"), "1.1 3\n"))
    busy.done("poll")
    busy.done("deliver")
    sent = letters_sent(busy)

    busy.done("restore", str(archive))
    busy.done("poll")
    told = busy.done("outbox", "send", "all")
    busy.done("deliver")

    assert "Still held, as they may have left before: 1." in told.out
    assert letters_sent(busy) == sent
    assert "1 → 3 of 6" in busy.done("today").out


def test_a_home_at_work_is_not_restored(busy: Okrmate) -> None:
    archive = backup(busy)
    lease = Lease(busy.home, LoopKind.SCREENS, SystemClock())
    assert lease.take()
    before = busy.files()
    try:
        told = busy("restore", str(archive))
    finally:
        lease.let_go()

    assert told.code == 4
    assert "okrmate is at work in this home, and nothing was changed" in told.err.replace("\n", " ")
    assert without_marks(busy.files()) == without_marks(before)


def test_a_damaged_home_can_be_restored(busy: Okrmate) -> None:
    archive = backup(busy)
    (busy.home / "okrmate.json").write_bytes(b"damaged")
    (busy.home / "okrmate.json.journal").write_bytes(b"damaged too")
    told = busy.done("restore", str(archive), "--json")

    assert "Tom" in busy.done("person", "list").out
    assert (Path(told.fact("aside")) / "okrmate.json").read_bytes() == b"damaged"


# what is no good backup

Change = Callable[[ZipFile], None]


def member(name: str, content: bytes = b"x", kind: int = stat.S_IFREG) -> Change:
    def add(zipped: ZipFile) -> None:
        info = ZipInfo(name)
        info.compress_type = ZIP_DEFLATED
        info.external_attr = (kind | 0o777) << 16
        zipped.writestr(info, content)

    return add


@pytest.mark.parametrize(
    "change",
    [
        member("../outside"),
        member("mail/../../outside"),
        member("/outside"),
        member("templates/../../outside.j2"),
        member("templates/.hidden"),
        member("templates\\..\\..\\outside"),
        member("mail/2026-11-22/a.eml", b"/etc/passwd", stat.S_IFLNK),
        member("okrmate.lease"),
        member("mail/maildir/INBOX/new/1"),
        member("TEMPLATES/en/a.j2"),
        member("templates/en/large.md.j2", b" " * 1_000_001),
        member("mail/2026-11-22/bomb.eml", b"\0" * 15_000_000),
    ],
)
def test_a_backup_with_anything_strange_in_it_is_refused_before_anything_is_written(
    busy: Okrmate, change: Change
) -> None:
    archive = backup(busy, str(busy.home.parent))
    with ZipFile(archive, "a") as zipped:
        change(zipped)
    other = elsewhere(busy)
    told = other("restore", str(archive))

    assert told.code == 4
    assert told.err.count("\n") <= 3
    assert not other.home.exists()
    assert not (busy.home.parent.parent / "outside").exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["okrmate.json", "Okrmate.json"])
def test_two_files_of_one_name_are_refused(busy: Okrmate, name: str) -> None:
    archive = backup(busy)
    with ZipFile(archive, "a") as zipped:
        zipped.writestr(name, b"{}")

    assert elsewhere(busy)("restore", str(archive)).code == 4


def damages(content: bytes) -> Iterator[bytes]:
    """The archive cut and changed at many places."""
    yield b""
    yield b"no archive"
    for place in [*range(0, len(content), 397), *range(len(content) - 30, len(content))]:
        yield content[:place]
        yield content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]


def test_a_damaged_backup_is_refused_or_gives_back_everything(okrmate: Okrmate) -> None:
    archive = backup(okrmate)
    whole, broken = archive.read_bytes(), archive.with_name("broken.zip")
    other = elsewhere(okrmate)
    for content in damages(whole):
        broken.write_bytes(content)
        told = other("restore", str(broken))
        assert told.code in {0, 4}, told
        if told.code == 0:
            assert (other.home / "config.toml").read_text() == (okrmate.home / "config.toml").read_text()


def test_a_file_that_is_not_there_is_wrong_usage(nowhere: Okrmate) -> None:
    told = nowhere("restore", "nothing.zip")

    assert (told.code, nowhere.home.exists()) == (2, False)


NEWER_STORE = b'{"_meta":{"1":{"schema":99,"home":"h"}}}'


def test_a_newer_store_is_not_backed_up(busy: Okrmate) -> None:
    (busy.home / "okrmate.json").write_bytes(NEWER_STORE)
    assert busy("backup").code == 4
    assert not (busy.home / "backups").exists()


def test_a_backup_that_a_newer_okrmate_made_is_refused_as_that_and_not_as_damaged(busy: Okrmate) -> None:
    archive = backup(busy)
    later = archive.with_name("later.zip")
    with ZipFile(archive) as made, ZipFile(later, "w") as zipped:
        for name in made.namelist():
            zipped.writestr(name, NEWER_STORE if name == "okrmate.json" else made.read(name))
    told = busy("restore", str(later))

    assert told.code == 4
    assert "was written by a newer okrmate; nothing was changed. Update okrmate." in " ".join(told.err.split())


# a disk that does not take it


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_full_disk_leaves_nothing_half(busy: Okrmate, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    archive = backup(busy, str(busy.home.parent))
    busy.done("check-in", "tom", "1.1", "2")
    before = busy.files()

    def full(_disk: Disk, _descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "sync", full)
        told = busy(command, *([str(archive)] if command == "restore" else []))

    assert told.code == 4
    assert "disk is full" in told.err.replace("\n", " ").lower()
    assert without_marks(busy.files()) == without_marks(before)
