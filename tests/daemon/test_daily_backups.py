"""The backup of each day: made beside the loop, thinned out, tried again, and told where it cannot be made."""

import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.adapters.backups.rotation import backups_in, daily, kept, outdated
from okrmate.bootstrap.backups import check_backup
from okrmate.bootstrap.daily_backups import AGAIN, SETTLED, DailyBackups
from okrmate.bootstrap.desk import open_home
from okrmate.domain.errors import StoreError
from tests.builders import NOW
from tests.daemon.homes import home as home  # noqa: PLC0414 - a fixture
from tests.daemon.towers import within
from tests.fakes import FixedClock

TODAY = date(2026, 3, 15)
DAYS = st.sets(st.dates(date(2024, 1, 1), date(2027, 12, 31)), max_size=60)


class Beside:
    """The daily backups of a home, with a clock and a steady one that the test moves."""

    def __init__(self, home: Path) -> None:
        self.clock = FixedClock(NOW)
        self.seconds = 0.0
        self.folder = home / "backups"
        self.store = open_home(home).store
        self.daily = DailyBackups(home, self.store, "Europe/Berlin", self.clock, lambda: self.seconds)

    def settled(self) -> "Beside":
        self.daily.look()
        assert not self.folder.exists()
        self.seconds += SETTLED
        return self

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("*"))

    def made(self, count: int) -> bool:
        """Look until there are so many."""

        def there() -> bool:
            self.daily.look()
            return len(self.names()) == count and not any(name.startswith(".") for name in self.names())

        return within(there)

    def failed(self) -> str:
        """Look until it is told what went wrong."""
        told: list[str] = []

        def there() -> bool:
            try:
                self.daily.look()
            except StoreError as error:
                told.append(str(error))
            return bool(told)

        assert within(there)
        return told[0]


def _is_well(beside: Beside) -> bool:
    try:
        return not beside.daily.look()
    except StoreError:
        return False


@pytest.fixture
def beside(home: Path) -> Beside:
    return Beside(home)


def test_a_backup_is_made_once_a_day_when_the_loop_has_settled(beside: Beside) -> None:
    assert beside.settled().made(1)
    assert beside.names() == [f"okrmate-daily-{NOW:%Y-%m-%d}.zip"]
    assert check_backup(beside.folder / beside.names()[0]).home == beside.store.home.id
    beside.clock.move(hours=1)
    assert beside.made(1)

    beside.clock.move(days=1)
    assert beside.made(2)


def test_a_home_without_people_needs_none(home: Path) -> None:
    (home / "okrmate.json").unlink()
    (home / "okrmate.json.journal").unlink(missing_ok=True)
    empty = Beside(home).settled()
    empty.daily.look()

    assert empty.names() == []


def test_one_that_fails_is_told_until_one_goes_well_and_tried_again_after_an_hour(beside: Beside) -> None:
    beside.settled().folder.write_text("in the way", encoding="utf-8")
    assert beside.failed().startswith("Today's backup was not made: ")
    beside.folder.unlink()
    with pytest.raises(StoreError):
        beside.daily.look()

    beside.seconds += AGAIN
    with pytest.raises(StoreError):
        beside.daily.look()
    assert within(lambda: [name[0] for name in beside.names()] == ["o"])
    assert within(lambda: _is_well(beside))


def test_the_last_room_on_the_disk_is_left_to_mail(beside: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(beside.folder.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=100_000_000))

    assert "the disk has 100 MB left and it wants 200; make room." in beside.settled().failed()
    assert beside.names() == []


def test_what_a_killed_process_left_half_made_goes(beside: Beside) -> None:
    beside.settled().folder.mkdir()
    left = beside.folder / ".okrmate-daily-2026-01-01.zip.4711.new"
    left.touch()
    os.utime(left, (0, 0))

    assert beside.made(1)


def test_what_is_too_old_goes_and_what_was_made_on_demand_stays(beside: Beside) -> None:
    beside.settled().folder.mkdir()
    for days in range(1, 40):
        daily(beside.folder, (NOW - timedelta(days=days)).date()).touch()
    others = {"okrmate-2020-01-01-000000.zip", "okrmate-layout-1-2020-01-01-000000.zip", "okrmate-daily-2020-13-01.zip"}
    for name in others:
        (beside.folder / name).touch()

    assert beside.made(13)
    assert others <= set(beside.names())


# which are kept


def days_kept(*before: int) -> list[int]:
    """Of backups made so many days before today, those that are kept."""
    return sorted((TODAY - day).days for day in kept([TODAY - timedelta(days=days) for days in before]))


def test_seven_days_four_weeks_and_twelve_months_are_kept() -> None:
    ends_of_months = [43, 74, 105, 135, 166, 196, 227, 258, 288, 319]

    assert days_kept(*range(800)) == [*range(7), 7, 14, 15, 21, *ends_of_months]


def test_a_home_that_is_opened_seldom_keeps_its_seven_last() -> None:
    assert days_kept(*range(0, 700, 100)) == list(range(0, 700, 100))


@given(DAYS, st.dates(date(2028, 1, 1), date(2028, 12, 31)))
def test_what_is_kept_is_bounded_holds_the_last_and_what_was_dropped_never_was_needed(
    days: set[date], new: date
) -> None:
    held = kept(days)

    assert len(held) <= 7 + 4 + 12
    assert held >= set(sorted(days)[-7:])
    assert kept(held) == held
    assert kept(held | {new}) == kept(days | {new})


def test_backups_are_listed_the_youngest_last(tmp_path: Path) -> None:
    for number, name in enumerate(("okrmate-daily-2026-01-02.zip", "okrmate-2026-01-01-120000.zip", "okrmate-x.zip")):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (number, number))
    (tmp_path / "other.zip").touch()

    assert [path.name for path in backups_in(tmp_path)][-1] == "okrmate-x.zip"
    assert len(backups_in(tmp_path)) == 3
    assert outdated(tmp_path) == ()
