"""People and OKRs in a crowded world: a hundred people, three thousand key results, fifty thousand readings."""

from okrmate.adapters.store import TinyStore
from okrmate.domain.summaries import Summary
from okrmate.mail.words import words_of
from okrmate.services.mail_rules import Review
from okrmate.services.mailroom import MailRoom
from okrmate.services.tables import KEY_RESULTS, READINGS
from okrmate.tui.ink import Frame
from okrmate.tui.pages import Empty
from okrmate.tui.views.people import People, people_panes
from okrmate.tui.views.scene import Scene
from tests.builders import a_mentor
from tests.tui.mentorships import MORNING
from tests.tui.terminal import SHIPPED, WIDE, assert_golden, both_sizes, played, terminal


def test_it_is_a_crowd(crowded_store: TinyStore) -> None:
    assert len(crowded_store.every(KEY_RESULTS)) == 3_000
    assert len(crowded_store.every(READINGS)) == 51_000


@both_sizes
@played
async def test_a_hundred_people_read_as_they_were_approved(crowded_room: MailRoom, size: tuple[int, int]) -> None:
    async with terminal(crowded_room, size) as shown:
        await shown.press("2", "pagedown", "down")

        assert_golden(f"people-crowded-{size[0]}x{size[1]}", shown.text)


@both_sizes
@played
async def test_thirty_key_results_read_as_they_were_approved(crowded_room: MailRoom, size: tuple[int, int]) -> None:
    async with terminal(crowded_room, size) as shown:
        await shown.press("2", "end", "o", "pagedown")

        assert_golden(f"okrs-crowded-{size[0]}x{size[1]}", shown.text)


class Asked:
    """The store, which notes for how many key results it was asked what is known of them."""

    def __init__(self, store: TinyStore) -> None:
        self.get, self.find, self.every = store.get, store.find, store.every
        self.summaries = 0
        self._store = store

    def summary(self, key_result: str) -> Summary:
        self.summaries += 1
        return self._store.summary(key_result)


def test_only_those_in_sight_are_worked_out_and_each_of_them_once(crowded_store: TinyStore) -> None:
    reader, frame = Asked(crowded_store), Frame(width=WIDE[0])
    panes = people_panes(People(reader, Scene(now=MORNING, words=words_of(a_mentor(), SHIPPED))), Review.FIRST)
    assert not isinstance(panes, Empty)
    assert reader.summaries == 0

    for entry in (*panes[0].entries[:4], *panes[0].entries[:4]):
        entry.draw(frame)

    assert reader.summaries == 3 * 30
