"""Today and Reports of a crowded world, and going down their long lists."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from okrmate.adapters.store import TinyStore
from okrmate.services.mailroom import MailRoom
from tests.services.rooms import Office
from tests.tui.crowd import crowd
from tests.tui.mentorships import MORNING
from tests.tui.terminal import NARROW, WIDE, assert_golden, played, terminal

both_sizes = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])


@pytest.fixture(name="store", scope="module")
def a_crowded_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TinyStore]:
    store = crowd(tmp_path_factory.mktemp("crowd"))
    yield store
    store.close()


@pytest.fixture(name="room")
def a_crowded_room(store: TinyStore) -> MailRoom:
    office = Office(now=MORNING)
    return replace(office.room, desk=replace(office.desk, store=store))


@both_sizes
@played
async def test_today_of_a_hundred_people_reads_as_it_was_approved(room: MailRoom, size: tuple[int, int]) -> None:
    async with terminal(room, size) as shown:
        assert_golden(f"today-crowded-{size[0]}x{size[1]}", shown.text)


@both_sizes
@played
async def test_the_trends_of_a_hundred_people_read_as_they_were_approved(room: MailRoom, size: tuple[int, int]) -> None:
    async with terminal(room, size) as shown:
        await shown.press("6", "pagedown")

        assert_golden(f"reports-crowded-{size[0]}x{size[1]}", shown.text)


@played
async def test_the_end_of_a_list_of_thousands_is_one_key_away(room: MailRoom) -> None:
    async with terminal(room) as shown:
        await shown.press("6", "end")

        assert len(shown.view().keys) > 2_000
        assert shown.view().chosen == shown.view().keys[-1]
        assert "P099 Somebody" in shown.text or "Key result 6.5" in shown.text
