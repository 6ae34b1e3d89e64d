"""Layouts of the store: homes that older programs wrote are read, kept as they were, and brought up; newer are refused.

The folders of `tests/layouts` that begin with N hold stores as a program of layout N left them when it was killed,
journal and all.
"""

from functools import partial
from pathlib import Path
from shutil import copytree
from typing import Any
from zlib import crc32

import pytest

from okrmate.adapters.backups.before_migration import keep_before_migration
from okrmate.adapters.backups.unpacking import opened as opened_backup
from okrmate.adapters.file import Disk
from okrmate.adapters.migrations import LAYOUTS, Layouts, Plain
from okrmate.adapters.store import TinyStore, open_store
from okrmate.adapters.store_files import FILE, JOURNAL
from okrmate.domain.errors import StoreError
from okrmate.services.ports import Table
from okrmate.services.tables import INCOMING, KEY_RESULTS, PEOPLE, READINGS, SETTINGS, TABLES, Setting
from tests.adapters.homes import FailingDisk, files, tables
from tests.fakes import CountingTokens, FixedClock

WRITTEN = Path(__file__).parent.parent / "layouts"


def shouting(tables: Plain) -> Plain:
    """A layout in which people's names are in capitals, and a table has another name."""
    people = {number: row | {"name": str(row["name"]).upper()} for number, row in tables["people"].items()}
    return tables | {"people": people, "moods": tables.pop("feelings", {})}


NEXT = Layouts((*LAYOUTS.migrations, shouting))


def opened(home: Path, layouts: Layouts = LAYOUTS, disk: Disk | None = None) -> TinyStore:
    keep = partial(keep_before_migration, home, FixedClock())
    return open_store(home, CountingTokens(), FixedClock(), disk, layouts=layouts, keep=keep)


def commit(store: TinyStore, value: str = "a") -> None:
    with store.transaction() as work:
        work.put(SETTINGS, Setting(id="mood", value=value))


def backups(home: Path) -> list[Path]:
    return sorted((home / "backups").glob("*"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of the first layout."""
    return copytree(WRITTEN / "1", tmp_path / "home")


ASKED: dict[str, object] = {
    "people": 1,
    "mentorships": 1,
    "okr_sets": 1,
    "objectives": 1,
    "key_results": 2,
    "readings": 4,
    "meetings": 1,
    "agenda_items": 1,
    "outgoing": 10,
    "incoming": 5,
    "folders": 1,
    "settings": 1,
    "changes": 8,
    "6 invitations": 5,
    "80 % of ratings are 4 or 5": None,
    "what came": {"applied", "asked", "held"},
}
MET: dict[str, object] = {
    "people": 1,
    "mentorships": 1,
    "okr_sets": 1,
    "objectives": 1,
    "key_results": 3,
    "readings": 3,
    "meetings": 1,
    "agenda_items": 1,
    "promises": 2,
    "feedback": 2,
    "outgoing": 13,
    "incoming": 4,
    "copies": 1,
    "folders": 1,
    "settings": 1,
    "changes": 9,
    "Invitations to speak at other teams' meetings": 3,
    "Listeners who rate the talk 4 or 5": 68,
    "Talk portfolio live": 40,
    "what came": {"applied", "held"},
}


@pytest.mark.parametrize(("folder", "told"), [("1", ASKED), ("1-met", MET)])
def test_the_home_of_every_layout_there_was_is_read_whole(tmp_path: Path, folder: str, told: dict[str, object]) -> None:
    home = copytree(WRITTEN / folder, tmp_path / "home")
    store = opened(home)

    every: tuple[Table[Any], ...] = TABLES
    assert told == {
        **{table.name: len(store.every(table)) for table in every if store.every(table)},
        **{each.title: store.summary(each.id).value for each in store.every(KEY_RESULTS)},
        "what came": {mail.state.value for mail in store.every(INCOMING)},
    }
    commit(store)
    store.close()
    assert tables(home)["_meta"]["1"]["schema"] == LAYOUTS.latest
    assert [backup.name[:16] for backup in backups(home)] == [f"okrmate-layout-{folder[0]}"]


def test_every_layout_but_the_latest_has_left_a_home() -> None:
    assert {int(folder.name.partition("-")[0]) for folder in WRITTEN.iterdir()} == set(range(1, LAYOUTS.latest))


def test_a_program_of_the_first_layout_refuses_what_this_one_wrote(home: Path) -> None:
    commit(opened(home))
    before = files(home)
    with pytest.raises(StoreError, match="was written by a newer okrmate"):
        opened(home, Layouts()).every(PEOPLE)

    assert files(home) == before


def test_reading_an_older_layout_writes_nothing(home: Path) -> None:
    before = files(home)
    store = opened(home, NEXT)
    assert [person.name for person in store.every(PEOPLE)] == ["TOM REUTER"]
    store.close()

    assert (files(home), backups(home)) == (before, [])


def test_the_first_commit_brings_the_files_up_and_keeps_a_backup_of_both_as_they_were(home: Path) -> None:
    before = files(home)
    commit(opened(home, NEXT))

    (backup,) = backups(home)
    with opened_backup(backup) as kept:
        for name in (FILE, JOURNAL):
            kept.unpack(name, home / "kept", Disk())
    assert files(home / "kept") == before
    assert backup.name.startswith("okrmate-layout-1-")
    assert tables(home)["_meta"]["1"]["schema"] == NEXT.latest
    assert [row["name"] for row in tables(home)["people"].values()] == ["TOM REUTER"]
    again = opened(home, NEXT)
    assert (len(again.every(READINGS)), again.get(SETTINGS, "mood")) == (4, Setting(id="mood", value="a"))
    commit(again, "b")
    assert len(backups(home)) == 1


def test_a_program_of_the_older_layout_that_is_still_open_writes_nothing_any_more(home: Path) -> None:
    old = opened(home)
    commit(opened(home, NEXT))
    before = files(home)
    with pytest.raises(StoreError, match="newer okrmate"):
        commit(old)

    assert files(home) == before


def test_what_an_older_program_writes_meanwhile_is_brought_up_too(home: Path) -> None:
    new, old = opened(home, NEXT), opened(home)
    with old.transaction() as work:
        (tom,) = work.every(PEOPLE)
        work.delete(PEOPLE, tom.id)
    commit(old)

    assert new.every(PEOPLE) == ()
    assert new.get(SETTINGS, "mood") is not None


@pytest.mark.parametrize("fails_at", range(7))
def test_a_disk_that_fails_on_the_way_leaves_a_home_that_can_be_brought_up_later(home: Path, fails_at: int) -> None:
    store = opened(home, NEXT, FailingDisk(fails_at))
    try:
        commit(store)
    except StoreError:
        assert store.get(SETTINGS, "mood") is None

    again = opened(home, NEXT)
    commit(again, "later")
    assert [person.name for person in again.every(PEOPLE)] == ["TOM REUTER"]
    assert len(again.every(READINGS)) == 4


def test_a_backup_that_cannot_be_made_keeps_the_store_as_it_is(home: Path) -> None:
    (home / "backups").write_text("a file", encoding="utf-8")
    before = files(home)
    with pytest.raises(StoreError, match="could not be written"):
        commit(opened(home, NEXT))

    assert files(home) == before


def test_a_journal_of_a_newer_okrmate_is_refused_and_left_untouched(home: Path) -> None:
    line = b'["okrmate journal",%d,7,"00c0ffee",{"signed":true}]' % (LAYOUTS.latest + 1)
    content = b"%08x %08x %s\n" % (crc32(line), len(line), line)
    (home / JOURNAL).write_bytes(content)
    with pytest.raises(StoreError, match=f"{JOURNAL} was written by a newer okrmate"):
        opened(home)

    assert (home / JOURNAL).read_bytes() == content
