"""A set rewritten as a whole: its lines written out, changed, and made so."""

from decimal import Decimal

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.metrics import (
    Bound,
    Count,
    Currency,
    Metric,
    MetricKind,
    Milestone,
    MomGrowth,
    PercentIncrease,
    Threshold,
)
from okrmate.domain.tactics import TacticState
from okrmate.domain.versions import DifferenceKind
from okrmate.frozen import replace
from okrmate.reply.drafts import draft_okrs
from okrmate.services.history import undo
from okrmate.services.mentoring import okrs, steps, tactics
from okrmate.services.mentoring.altering import AddKeyResult, Move, revise
from okrmate.services.mentoring.drafts import as_new, pasted
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import NewKeyResult, current_outline, find_standing
from okrmate.services.mentoring.readings import CheckIn, check_in
from okrmate.services.mentoring.rewriting import open_tactics, rewrite
from okrmate.services.mentoring.versions import differences_since
from okrmate.services.mentoring.written import key_result_text, written
from okrmate.services.tables import KEY_RESULTS
from tests.builders import a_key_result
from tests.cases import of_every
from tests.services.rooms import Office

D = Decimal
SET = """\
O: Be asked to speak
KR: Invitations, from 1 to 6
KR: Watch good talks
O: Earn by teaching
KR: Page live
"""


@pytest.fixture(name="office")
def an_office() -> Office:
    return Office()


@pytest.fixture(name="pair")
def a_pair_with_a_draft(office: Office) -> Pair:
    pair = office.with_person()
    okrs.import_objectives(office.desk, pair, as_new(draft_okrs(SET)))
    return pair


def lines(office: Office, pair: Pair) -> list[str]:
    outline = current_outline(office.store, pair.mentorship.id)
    assert outline is not None
    return [line.text for line in written(outline, open_tactics(office.store, office.desk, pair))]


def codes(office: Office, pair: Pair) -> dict[str, str]:
    outline = current_outline(office.store, pair.mentorship.id)
    assert outline is not None
    return {each.key_result.ref: each.key_result.title for each in outline.standings}


SAID: tuple[tuple[str, Metric, str], ...] = (
    ("6 invitations", Count(target=D(6), baseline=D(1)), "6 invitations, from 1"),
    ("Invitations", Count(target=D(6), baseline=D(1), unit="talks"), "Invitations, from 1 to 6"),
    ("Revenue", Currency(target=D(900), unit="EUR", baseline=D(50)), "Revenue, from 50 EUR to 900 EUR"),
    ("Hours", Threshold(target=D(4), baseline=D(9), bound=Bound.AT_MOST), "Hours: at most 4 (now 9)"),
    ("Hours", Threshold(target=D(5), upper=D(8), baseline=D(9)), "Hours: between 5 and 8 (now 9)"),
    ("Hours between 5 and 8", Threshold(target=D(5), upper=D(8)), "Hours between 5 and 8"),
    ("Costs", Threshold(target=D(500), upper=D(800), unit="EUR"), "Costs: between 500 and 800 EUR"),
    ("100 % more talks", PercentIncrease(target=D(8), baseline=D(4)), "100 % more talks, from 4"),
    ("10 % more a month", MomGrowth(target=D(10), baseline=D(0), previous=D(40)), "10 % more a month (now 40)"),
    ("Page live", Milestone(), "Page live"),
)


@of_every(SAID)
def test_a_key_result_is_written_with_as_much_of_its_measure_as_its_title_leaves_out(
    title: str, metric: Metric, text: str
) -> None:
    assert key_result_text(a_key_result(title=title, metric=metric)) == text


def test_what_is_to_be_tried_can_be_pasted_below_its_key_result(office: Office) -> None:
    pair = office.with_person(name="kim")
    objectives, prose = pasted("tactic: too early\nO: Sing\nKR: 3 concerts (now 0)\ntactic: ask two clubs\nKR: A demo")

    okrs.import_objectives(office.desk, pair, objectives)

    assert prose == "tactic: too early"
    tried = [(each.key_result.ref, each.tactic.title) for each in open_tactics(office.store, office.desk, pair)]
    assert tried == [("1.1", "ask two clubs")]


def test_what_is_left_as_it_stands_is_no_change(office: Office, pair: Pair) -> None:
    assert lines(office, pair) == SET.splitlines()
    with pytest.raises(UsageError, match=r"Nothing has changed\."):
        rewrite(office.desk, pair, [*lines(office, pair), "", "just words"])


def test_changed_lines_keep_their_codes_new_ones_get_others_and_an_activity_becomes_a_tactic(
    office: Office, pair: Pair
) -> None:
    invitations = next(each for each in office.store.every(KEY_RESULTS) if each.ref == "1.1")
    stretch = replace(invitations, metric=Count(target=D(6), baseline=D(1), stretch=D(12), unit="talks"))
    with office.store.transaction() as tx:
        tx.put(KEY_RESULTS, stretch)

    rewrite(
        office.desk,
        pair,
        [
            "O: Be asked back as a speaker",
            "KR: Invitations that come by themselves, from 1 to 8",
            "tactic: watch good talks",
            "KR: Listeners who ask, from 0 to 5",
            "O: Lead a group",
            "KR: People who meet without me, from 0 to 6",
        ],
    )

    assert codes(office, pair) == {
        "1.1": "Invitations that come by themselves",
        "1.2": "Listeners who ask",
        "2.1": "People who meet without me",
    }
    again = office.store.get(KEY_RESULTS, invitations.id)
    assert again is not None
    assert again.metric == Count(target=D(8), baseline=D(1), stretch=D(12), unit="talks")
    assert lines(office, pair)[2] == "tactic: watch good talks"

    rewrite(office.desk, pair, [line for line in lines(office, pair) if not line.startswith("tactic")])
    assert tactics.tried(office.store, pair, office.clock.now())[0].tactic.state is TacticState.DROPPED


def test_active_okrs_are_rewritten_for_a_reason_and_what_left_its_objective_goes_to_the_one_above(
    office: Office, pair: Pair
) -> None:
    steps.activate(office.desk, pair)
    without = [line for line in lines(office, pair) if line != "O: Earn by teaching"]
    with pytest.raises(UsageError, match="needs a reason"):
        rewrite(office.desk, pair, without)

    revised = rewrite(office.desk, pair, without, "one thing at a time")

    assert revised.revision == 2
    assert codes(office, pair) == {"1.1": "Invitations", "1.2": "Watch good talks", "1.3": "Page live"}
    with pytest.raises(UsageError, match="stands under no key result"):
        rewrite(office.desk, pair, ["tactic: sleep more", *without], "so")


def test_a_key_result_put_under_another_objective_takes_its_numbers_and_tactics_along_and_comes_back_by_one_undo(
    office: Office, pair: Pair
) -> None:
    steps.activate(office.desk, pair)
    check_in(office.desk, pair, CheckIn(ref="1.1", value="4"))
    before = office.store.every(KEY_RESULTS)
    first, invitations, watch, second, page = lines(office, pair)
    moved = [first, watch, second, page, "tactic: ship a page", invitations, "tactic: ask organisers"]

    rewrite(office.desk, pair, moved, "they are how it earns")

    assert codes(office, pair) == {"1.2": "Watch good talks", "2.1": "Page live", "2.2": "Invitations"}
    found = find_standing(office.store, pair, "2.2")
    assert (found.key_result.id, found.summary.value) == (before[0].id, D(4))
    okr_set = current_outline(office.store, pair.mentorship.id)
    assert okr_set is not None
    differs = [(each.kind, each.line.ref) for each in differences_since(office.store, okr_set.okr_set, 1)]
    assert differs == [(DifferenceKind.MOVED, "2.2")]
    altered = AddKeyResult(objective=1, new=NewKeyResult(title="Offers", kind=MetricKind.COUNT, target=D(3)))
    revise(office.desk, pair, [Move(ref="1.2", objective=2), altered], "more")
    assert sorted(codes(office, pair)) == ["1.3", "2.1", "2.2", "2.3"]

    undo(office.desk)
    undo(office.desk)

    assert (office.store.every(KEY_RESULTS), open_tactics(office.store, office.desk, pair)) == (before, ())
    with pytest.raises(UsageError, match="stands under objective 1 already"):
        revise(office.desk, pair, [Move(ref="1.1", objective=1)], "so")


def test_lines_that_changed_places_are_not_taken_for_one_another(office: Office, pair: Pair) -> None:
    first, invitations, _, second, page = lines(office, pair)

    rewrite(office.desk, pair, [first, page, second, invitations])

    assert codes(office, pair) == {"1.3": "Page live", "2.2": "Invitations"}
