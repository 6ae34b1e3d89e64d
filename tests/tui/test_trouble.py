"""The screens in trouble: the mail loop stands still, the disk is full, the store cannot be read any more."""

import errno
import json
import os
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from okrmate.adapters.file import Disk
from okrmate.adapters.store import TinyStore, open_store
from okrmate.adapters.store_files import FILE
from okrmate.frozen import replace
from okrmate.services.loop_state import LoopKind, LoopState
from okrmate.services.mailroom import MailRoom
from okrmate.services.pause import pause
from okrmate.tui.views.places import SCREENS
from okrmate.tui.widgets.long_text import LongText
from tests.fakes import CountingTokens
from tests.services.rooms import Office
from tests.tui.mentorships import MORNING, settle
from tests.tui.terminal import NARROW, WIDE, Terminal, assert_golden, both_sizes, played, terminal

HOME = Path("home")
"""Relative, so that the sentences that name it are the same on every machine."""
REFUSED = (
    "The IMAP server imap.example.org refused the login of vera@example.org: check username and password under "
    "[mail.imap]."
)
LOOP = LoopState(kind=LoopKind.SCREENS, pid=7, beat_at=MORNING, looked_at=MORNING - timedelta(hours=1))
TROUBLED = LOOP.troubled(REFUSED, MORNING - timedelta(hours=2))
NEWER = "was written by a newer okrmate"
UNWRITABLE = "okrmate.json.journal could not be written"
KEYS = {"1": "dp", "2": "aop", "3": "rAi", "4": "yPf", "5": "kxoshS", "6": ""}
"""On each screen those that read or write the store."""


class FillingDisk(Disk):
    """A disk that can be filled to the last byte."""

    full = False

    def write(self, descriptor: int, pieces: Sequence[bytes]) -> None:
        if self.full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        super().write(descriptor, pieces)


@pytest.fixture(name="disk")
def a_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FillingDisk:
    monkeypatch.chdir(tmp_path)
    return FillingDisk()


@pytest.fixture(name="office")
def an_office() -> Office:
    return Office(now=MORNING)


@pytest.fixture(name="store")
def a_store(disk: FillingDisk, office: Office) -> Iterator[TinyStore]:
    """Four mentorships in a real file."""
    store = open_store(HOME, CountingTokens("home"), office.clock, disk)
    with store.transaction() as tx:
        settle(tx)
    yield store
    store.close()


@pytest.fixture(name="room")
def a_room(store: TinyStore, office: Office) -> MailRoom:
    return replace(office.room, desk=replace(office.desk, store=store))


def written_by_a_newer_okrmate() -> bytes:
    """What stands in the file then is given back."""
    file = HOME / FILE
    before = file.read_bytes()
    content = json.loads(before)
    content["_meta"]["1"]["schema"] += 1
    put(json.dumps(content).encode())
    return before


def put(content: bytes) -> None:
    """As another process would: whole."""
    beside = HOME / "another"
    beside.write_bytes(content)
    beside.replace(HOME / FILE)


async def each_screen(shown: Terminal, kind: str, size: tuple[int, int]) -> None:
    for digit, name in enumerate(SCREENS, start=1):
        await shown.press(str(digit))
        await shown.app.workers.wait_for_complete()
        await shown.pilot.pause()
        assert_golden(f"{name}-{kind}-{size[0]}x{size[1]}", shown.text)


@pytest.mark.parametrize(("size", "told"), [(WIDE, "every letter is held, 5 Mail"), (NARROW, "all held")])
@played
async def test_that_everything_is_held_is_told_though_no_letter_waits(size: tuple[int, int], told: str) -> None:
    office = Office(now=MORNING)
    pause(office.desk, "the clock says something else")
    async with terminal(office.room, size=size) as shown:
        assert told in shown.text
        assert "0 " not in shown.text.splitlines()[0]


@both_sizes
@played
async def test_while_no_mail_can_be_fetched_every_screen_says_why_and_what_to_do(
    room: MailRoom, size: tuple[int, int]
) -> None:
    async with terminal(room, size, loop=lambda: TROUBLED) as shown:
        await each_screen(shown, "no-mail", size)


@both_sizes
@played
async def test_a_store_that_cannot_be_read_any_more_leaves_what_is_shown_and_every_screen_says_what_to_do(
    room: MailRoom, size: tuple[int, int]
) -> None:
    async with terminal(room, size, loop=lambda: LOOP) as shown:
        await shown.press("2", "3", "4", "5", "1")
        written_by_a_newer_okrmate()
        await shown.until_shown(NEWER)

        await each_screen(shown, "unreadable", size)


@played
async def test_keys_on_a_store_that_cannot_be_read_any_more_end_nothing(room: MailRoom) -> None:
    async with terminal(room) as shown:
        written_by_a_newer_okrmate()
        await shown.until_shown(NEWER)
        for digit, keys in KEYS.items():
            await shown.press(digit, "down", "enter", *keys, "escape", "escape", "u")
            await shown.resize(*NARROW)
            await shown.resize(*WIDE)

            assert NEWER in shown.text


@played
async def test_a_store_that_can_be_read_again_is_shown_as_it_is_and_the_sentence_goes(room: MailRoom) -> None:
    async with terminal(room) as shown:
        before = written_by_a_newer_okrmate()
        await shown.until_shown(NEWER)
        await shown.press("2")
        await shown.until_shown(NEWER)
        put(before)
        await shown.until_shown("Tomasz Nowak")

        assert NEWER not in shown.text


@both_sizes
@played
async def test_a_reading_that_finds_the_disk_full_stays_in_its_line(
    room: MailRoom, disk: FillingDisk, size: tuple[int, int]
) -> None:
    async with terminal(room, size) as shown:
        await shown.press("2", "down", "o", "down", "r")
        await shown.type("72%")
        disk.full = True
        await shown.press("enter")
        await shown.until_shown(UNWRITABLE)

        assert_golden(f"okrs-full-{size[0]}x{size[1]}", shown.text)
        disk.full = False
        await shown.press("enter")
        await shown.until(lambda: UNWRITABLE not in shown.text)


@both_sizes
@played
async def test_a_person_for_whom_the_disk_has_no_room_stays_on_the_sheet(
    room: MailRoom, disk: FillingDisk, size: tuple[int, int]
) -> None:
    async with terminal(room, size) as shown:
        await shown.press("2", "a")
        await shown.type("Ann")
        await shown.press("enter")
        await shown.type("ann@example.net")
        disk.full = True
        await shown.press("ctrl+s")
        await shown.until_shown(UNWRITABLE)

        assert_golden(f"people-full-{size[0]}x{size[1]}", shown.text)


@both_sizes
@played
async def test_a_set_for_which_the_disk_has_no_room_stays_in_the_editor(
    room: MailRoom, disk: FillingDisk, size: tuple[int, int]
) -> None:
    async with terminal(room, size) as shown:
        await shown.press("2", "end", "o", "i")
        text = shown.app.screen.query_one(LongText)
        text.text = "O: Be asked back\nKR: 5 requests for a guest talk, from 1"
        await shown.until_shown(", 1 KR")
        disk.full = True
        await shown.press("ctrl+s")
        await shown.until_shown(UNWRITABLE)

        assert "5 requests" in text.text
        assert_golden(f"editor-full-{size[0]}x{size[1]}", shown.text)


@both_sizes
@played
async def test_feedback_for_which_the_disk_has_no_room_stays_in_its_lines(
    room: MailRoom, disk: FillingDisk, size: tuple[int, int]
) -> None:
    async with terminal(room, size) as shown:
        await shown.press("2", "down", "4", "left_square_bracket")
        await shown.until_shown("feedback")
        await shown.press("f")
        await shown.type("you came prepared")
        await shown.press("enter")
        await shown.type("numbers first")
        disk.full = True
        await shown.press("enter")
        await shown.until_shown(UNWRITABLE)

        assert "numbers first" in shown.text
        assert_golden(f"meeting-full-{size[0]}x{size[1]}", shown.text)


@both_sizes
@played
async def test_a_mail_that_cannot_be_settled_on_a_full_disk_still_waits(
    room: MailRoom, disk: FillingDisk, size: tuple[int, int]
) -> None:
    async with terminal(room, size) as shown:
        await shown.press("5", "enter")
        await shown.until_shown("settle it")
        disk.full = True
        await shown.press("a")
        await shown.until_shown(UNWRITABLE)

        assert_golden(f"mail-full-{size[0]}x{size[1]}", shown.text)
