"""Refine: a set changed as text, its lines beside what they were, and what the coach finds in them."""

from okrmate.domain.okrs import OkrSetState
from okrmate.reply.drafts import draft_okrs
from okrmate.services.mentoring import okrs
from okrmate.services.mentoring.drafts import as_new
from okrmate.services.mentoring.mentorships import pair
from okrmate.services.tables import IGNORED, OKR_SETS, TACTICS
from okrmate.tui.screens.refine import RefineScreen
from tests.tui.mentorships import four_people
from tests.tui.pasting import paste
from tests.tui.terminal import WIDE, Terminal, assert_golden, both_sizes, played, terminal

DRAFT = """\
O: Be the speaker they ask for by name
KR: Listeners who come up with a question, from 1 to 6
KR: Watch talks of my favourite speakers
"""


async def at_the_text(shown: Terminal) -> None:
    await shown.until(lambda: isinstance(shown.app.screen, RefineScreen))
    await shown.until_shown("1 O, " if shown.app.size.width < WIDE[0] else "objective")


@both_sizes
@played
async def test_a_draft_is_refined_line_by_line(size: tuple[int, int]) -> None:
    office = four_people()
    okrs.import_objectives(office.desk, pair(office.store, "tomasz-pair"), as_new(draft_okrs(DRAFT)))
    async with terminal(office.room, size) as shown:
        await shown.press("2", "end", "o", "e")
        await at_the_text(shown)
        await shown.press("f8")
        await shown.until_shown("If this works, who does something they do not do today?")
        assert_golden(f"refine-{size[0]}x{size[1]}", shown.text)

        await shown.press("ctrl+g")
        await paste(shown, "he does it anyway")
        await shown.press("enter")
        await shown.until(lambda: bool(office.store.every(IGNORED)))
        await shown.press("ctrl+t", "ctrl+s")
        await shown.until(lambda: not isinstance(shown.app.screen, RefineScreen))
        await shown.until_shown("· Watch talks of my favourite")
        assert [each.title for each in office.store.every(TACTICS)] == ["Watch talks of my favourite speakers"]

        await shown.press("g")
        await shown.until_shown("Is this what Tomasz and you want?")
        await shown.press("g")
        await shown.until(lambda: office.store.every(OKR_SETS)[-1].state is OkrSetState.REFINED)


@played
async def test_running_okrs_become_a_revision_with_a_reason() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await shown.press("2", "down", "o", "e")
        await at_the_text(shown)
        await shown.press("escape")
        await shown.until(lambda: not isinstance(shown.app.screen, RefineScreen))
        await shown.press("e")
        await at_the_text(shown)
        await shown.press("down", "end")
        await paste(shown, "0")
        await shown.until_shown("was: KR: Guest talk requests, from 0 to 5")
        await shown.press("ctrl+s")
        await shown.until_shown("A new revision?")
        await paste(shown, "five came within a month")
        await shown.press("enter")
        await shown.until_shown("revision 2")
        assert "3 of 50" in shown.text
