"""OKRs: what is tried for a key result, an activity turned into a tactic, and what waits in a set."""

from datetime import timedelta

import pytest

from okrmate.domain.okrs import Evidence, OkrSetState
from okrmate.domain.people import Side
from okrmate.domain.proposals import Proposal, ProposalState
from okrmate.domain.tactics import TacticState
from okrmate.frozen import replace
from okrmate.reply.drafts import draft_okrs
from okrmate.services.mentoring import okrs
from okrmate.services.mentoring.closing import closing_of
from okrmate.services.mentoring.drafts import as_new
from okrmate.services.mentoring.examples import example, examples
from okrmate.services.mentoring.mentorships import pair
from okrmate.services.mentoring.okrs import set_in
from okrmate.services.tables import IGNORED, KEY_RESULTS, OBJECTIVES, PROPOSALS, READINGS, TACTICS
from okrmate.tui.screens.refine import RefineScreen
from tests.builders import BY_COMMAND, a_reading
from tests.tui.mentorships import MORNING, four_people
from tests.tui.pasting import paste
from tests.tui.terminal import NARROW, played, terminal

CHART = Evidence(name="chart.png", kind="image/png", size=21_500, mail="m", number=0, digest="d")
DRAFT = """\
O: Be the speaker they ask for
KR: Listeners who come up with a question, from 1 to 6
KR: Watch talks of my favourite speakers
"""


@played
async def test_what_is_tried_stands_below_its_key_result_until_it_ends() -> None:
    office = four_people()
    stuck = office.store.get(KEY_RESULTS, "maya-pair-1.3")
    assert stuck is not None
    with office.store.transaction() as tx:
        tx.put(KEY_RESULTS, replace(stuck, customer="organisers", behaviour="pay her", serves="live from teaching"))
    async with terminal(office.room) as shown:
        await shown.press("2", "down", "o", "down", "down", "t")
        await paste(shown, "pitch two meetups a month")
        await shown.press("enter")
        await shown.until_shown("+ pitch two meetups a month")
        assert "organisers: pay her" in shown.text
        assert "✓ trackable, serves “live from teaching”" in shown.text

        (tactic,) = office.store.every(TACTICS)
        with office.store.transaction() as tx:
            tx.put(TACTICS, replace(tactic, begun_at=MORNING - timedelta(days=14)))
            told = a_reading(5, key_result=stuck.id, mentorship=stuck.mentorship, at=MORNING)
            tx.put(READINGS, replace(told, evidence=(CHART,)))
        await shown.until_shown("0 in 14 days")
        assert "“pitch two meetups a month” moved nothing." in shown.text
        assert "Paid speaking gigs: wrong tactic, or done badly?" in shown.text

        written: list[str] = []
        shown.shown.write_out = lambda folder, files: written.extend((folder, *files))
        await shown.press("v")
        await shown.until_shown("Write out the evidence?")
        await shown.press("enter")
        await shown.until_shown("Written into ~/okrmate-evidence")
        assert written == ["~/okrmate-evidence", f"kr-1.3-{MORNING:%Y-%m-%d}-chart.png"]

        await shown.press("down", "t")
        await paste(shown, "they book by word of mouth")
        await shown.press("enter")
        await shown.until(lambda: office.store.every(TACTICS)[0].state is TacticState.ENDED)
        assert office.store.every(TACTICS)[0].learned == "they book by word of mouth"


@played
async def test_what_waits_in_a_set_gets_the_mentors_word_where_it_stands() -> None:
    office = four_people()
    okrs.import_objectives(office.desk, pair(office.store, "tomasz-pair"), as_new(draft_okrs(DRAFT)))
    draft = okrs.set_in(office.store, "tomasz-pair", OkrSetState.DRAFT)
    assert draft is not None
    wish = Proposal(
        id="wish",
        mentorship="tomasz-pair",
        okr_set=draft.id,
        at=MORNING,
        by=Side.PROTEGE,
        words="six is a lot",
        source=BY_COMMAND,
        ref="1.1",
    )
    with office.store.transaction() as tx:
        tx.put(PROPOSALS, wish)
    async with terminal(office.room, NARROW) as shown:
        await shown.press("2", "end", "o", "tab", "enter")
        await shown.until_shown("Taking it drops the line")
        await shown.press("x")
        await shown.until(lambda: office.store.every(PROPOSALS)[0].state is ProposalState.REJECTED)

        await shown.until_shown("Watch talks of my favourite speakers: an activity")
        await shown.press("enter")
        await shown.until_shown("g leave as it is")
        await shown.press("t")
        await paste(shown, "1.1")
        await shown.until_shown("a tactic under that key result")
        await shown.press("enter")
        await shown.until(lambda: bool(office.store.every(TACTICS)))
        await shown.until_shown("· Watch talks of my favourite speakers")
        assert [each.title for each in office.store.every(TACTICS)] == ["Watch talks of my favourite speakers"]

        await shown.press("end", "enter")
        await shown.until_shown("g leave as it is")
        await shown.press("g")
        await paste(shown, "it is enough for a start")
        await shown.press("enter")
        await shown.until(lambda: bool(office.store.every(IGNORED)))
        assert office.store.every(IGNORED)[0].reason == "it is enough for a start"


@played
async def test_an_example_is_begun_started_read_and_closed() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("2", "end", "o", "x")
        await shown.until_shown("3 growth in a profession")
        await shown.press("3")
        await shown.until_shown("▾ Be known as the one to ask")
        await shown.until_shown("conference organisers: invite me by themselves")

        await shown.press("A", "enter", "enter")
        await shown.until_shown("reference · revision 1")
        await shown.press("r")
        await paste(shown, "6")
        await shown.press("enter")
        await shown.until_shown("KR 1.1 read.")
        await shown.press("C")
        await paste(shown, "ask sooner")
        await shown.press("enter")
        await paste(shown, "1.1")
        await shown.press("enter")
        await paste(shown, "he leaves")
        await shown.press("enter")
        await shown.until_shown("write · draft")
        assert "6 → 8" in shown.text

        await shown.press("w")
        for words in ("chairs of meetups", "ask twice", "live from it"):
            await paste(shown, words)
            await shown.press("enter")
        await shown.press("enter")
        await shown.until_shown("✓ trackable, serves “live from it”")


@pytest.mark.long
@pytest.mark.parametrize(
    ("digit", "name", "read"),
    [
        ("1", "speaker", {"1.1": "done", "1.2": "2"}),
        ("2", "mentee", {"1.1": "4", "1.2": "3", "1.3": "5"}),
        ("3", "expert", {"1.1": "6", "1.2": "+2", "1.3": "540"}),
        ("4", "leader", {"1.1": "6", "1.2": "44 attendees", "1.3": "20%"}),
    ],
)
@played
async def test_each_example_goes_from_a_draft_to_its_scores_on_the_screens(
    digit: str, name: str, read: dict[str, str]
) -> None:
    office = four_people()
    (objective,) = example(name)
    async with terminal(office.room) as shown:
        await shown.press("2", "end", "o", "x")
        await shown.until_shown(f"{digit} {examples()[name]}"[:40])
        await shown.press(digit)
        await shown.until_shown(f"▾ {objective.title[:28]}")

        await shown.press("e")
        await shown.until(lambda: isinstance(shown.app.screen, RefineScreen))
        await shown.until_shown("1 objective")
        await shown.press("end")
        await paste(shown, ", at last")
        await shown.until_shown(f"was: O: {objective.title}"[:40])
        await shown.press("ctrl+s")
        await shown.until(lambda: not isinstance(shown.app.screen, RefineScreen))
        await shown.until(lambda: any(", at last" in each.title for each in office.store.every(OBJECTIVES)))

        await shown.press("A", "enter", "enter")
        await shown.until_shown("reference · revision 1")
        for ref, value in read.items():
            await shown.press("r")
            await paste(shown, value)
            await shown.press("enter")
            await shown.until_shown(f"KR {ref} read.")
            await shown.press("down")
        await shown.press("C")
        await paste(shown, "ask sooner")
        await shown.press("enter", "enter", "enter")
        await shown.until_shown("The last OKRs of Tomasz Nowak are closed.")
        closed = set_in(office.store, "tomasz-pair", OkrSetState.CLOSED)
        assert closed is not None
        known = closing_of(office.store, closed)
        assert known.learned == "ask sooner"
        assert max(each.score or 0 for each in known.final) > 0
