"""A restore, a new layout and a backup, killed before each call to the disk: `python -m tests.stress.killed_changes`.

Whatever was amid, the home opens as it was before or as it is afterwards, or is refused by a sentence with all that was
there kept aside; and the same, done again, goes through.
"""

import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from okrmate.adapters.backups.before_migration import keep_before_migration
from okrmate.adapters.clock import SystemClock
from okrmate.adapters.store import TinyStore, open_store
from okrmate.adapters.tokens import SystemTokens
from okrmate.bootstrap.backups import back_up, check_backup
from okrmate.bootstrap.restoring import restore
from okrmate.domain.errors import OkrmateError
from okrmate.services.ports import Table
from okrmate.services.tables import SETTINGS, TABLES, Setting

WRITTEN = Path(__file__).parent.parent / "layouts" / "1-met"
"""A home of the first layout, with its journal."""
CALLS = ("open", "write", "fsync", "fdatasync", "ftruncate", "link", "rename", "replace", "unlink", "mkdir", "rmdir")
MOST = 1000
MARK = "mark"
Content = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to a home; `mark` is what the setting says behind it."""

    name: str
    make: Callable[[Path], object]
    mark: str


def opened(home: Path) -> TinyStore:
    clock = SystemClock()
    return open_store(home, SystemTokens(), clock, keep=partial(keep_before_migration, home, clock))


def marked(home: Path, value: str) -> None:
    """Set the mark, and leave that in the journal."""
    with opened(home).transaction() as work:
        work.put(SETTINGS, Setting(id=MARK, value=value))


def backed_up(home: Path, archive: Path) -> None:
    store = opened(home)
    back_up(home, store, archive, SystemClock())
    store.close()


def content(home: Path) -> tuple[str, Content]:
    """The mark, and all records but settings."""
    store = opened(home)
    every: tuple[Table[Any], ...] = TABLES
    records = {table.name: store.every(table) for table in every if table.name not in (SETTINGS.name, "changes")}
    mark = store.get(SETTINGS, MARK)
    store.close()
    return "" if mark is None else mark.value, records


def killed_at(number: int, change: Callable[[Path], object], home: Path) -> bool:
    """Make the change in a child that dies before its call of this number; whether it came so far."""
    child = os.fork()
    if child == 0:
        left = iter(range(number, -1, -1))

        def counted(really: Callable[..., Any]) -> Callable[..., Any]:
            def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the call takes
                if next(left, 0) == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return really(*given, **named)

            return call

        for name in CALLS:
            setattr(os, name, counted(getattr(os, name)))
        try:
            change(home)
        except BaseException:  # noqa: BLE001 - a forked child must never return into its parent's code
            os._exit(1)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if not os.WIFSIGNALED(status) and os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"{home.name} was not changed and nobody was killed")
    return os.WIFSIGNALED(status)


def attack(change: Change, before: Path, folder: Path) -> Counter[str]:
    """What the home was found as after each death."""
    found: Counter[str] = Counter()
    mark, records = content(before)
    for number in range(MOST):
        home = Path(shutil.copytree(before, folder / f"{change.name}{number}"))
        if not killed_at(number, change.make, home):
            return found
        try:
            now, as_found = content(home)
            assert now in (mark, change.mark), (change.name, number, now)
            assert as_found == records, (change.name, number)
            found["as before" if now == mark else "as afterwards"] += 1
        except OkrmateError:
            (aside,) = home.glob("before-restore-*")
            assert content(aside) == (mark, records), (change.name, number)
            found["refused"] += 1
        change.make(home)
        assert content(home) == (change.mark, records), (change.name, number)
        shutil.rmtree(home)
    raise RuntimeError(f"{change.name} does not come to its end")


def main() -> int:
    """0 where every home was whole; an assertion says which was not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "okrmate.zip"
        older, old, new = (Path(shutil.copytree(WRITTEN, folder / each)) for each in ("older", "old", "new"))
        marked(old, "in the backup")
        backed_up(old, archive)
        marked(new, "since the backup")
        changes = (
            (Change("restore", lambda home: restore(archive, home, SystemClock()), "in the backup"), new),
            (Change("layout", lambda home: marked(home, "in the new layout"), "in the new layout"), older),
            (Change("backup", lambda home: check_backup(made(home)), "since the backup"), new),
        )
        for change, before in changes:
            found = attack(change, before, folder)
            told = ", ".join(f"{count} {kind}" for kind, count in sorted(found.items()))
            print(f"{change.name}: {told}", end="; ", flush=True)
    print("0 lost")
    return 0


def made(home: Path) -> Path:
    """A backup of the home beside it, under a name that is still free."""
    archive = home / "backups" / f"okrmate-{len(list(home.glob('backups/*')))}.zip"
    backed_up(home, archive)
    return archive


if __name__ == "__main__":
    sys.exit(main())
