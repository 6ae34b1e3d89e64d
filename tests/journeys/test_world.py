"""The world of the demo: four people with a past of their own, and the story that goes on from there."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from okrmate.demo.home import throw_away_world
from okrmate.demo.played import END, Player
from okrmate.demo.story import Story
from okrmate.domain.condition import Condition
from okrmate.domain.letters import OutgoingState
from okrmate.domain.meetings import MeetingState
from okrmate.domain.okrs import OkrSetState
from okrmate.services.mentoring.tracking import Tree
from okrmate.services.reports.portfolio import portfolio
from okrmate.services.reports.report import Report, report
from okrmate.services.tables import CHANGES, CLOSINGS, MEETINGS, OKR_SETS, OUTGOING, PULSES, TACTICS


@pytest.fixture(scope="module")
def world() -> Iterator[Story]:
    with throw_away_world() as story:
        yield story


def standing(story: Story) -> dict[str, dict[str, Condition]]:
    """How each key result of each person stands."""
    trees = ((pair.protege.first_name, tree) for pair, tree in portfolio(story.room.store, story.clock.now()))
    return {name: conditions(tree) for name, tree in trees if tree is not None and tree.active}


def conditions(tree: Tree) -> dict[str, Condition]:
    return {each.key_result.ref: each.position.condition for each in tree.key_results}


def reported(story: Story) -> Report:
    now = story.clock.now()
    return report(story.room.store, now, story.room.mentor.local(now).date())


def test_one_flourishes_one_is_stuck_one_is_blocked_and_one_fades_away(world: Story) -> None:
    store, stands = world.room.store, standing(world)
    trees = {pair.protege.first_name: tree for pair, tree in portfolio(store, world.clock.now())}
    blockers = [each.summary.blocker for tree in trees.values() if tree is not None for each in tree.key_results]
    missed = store.find(MEETINGS, "state", MeetingState.MISSED)

    assert set(stands["Tomas"].values()) == {Condition.AHEAD, Condition.ON_PACE}
    assert stands["Aiko"]["1.1"] is Condition.STUCK
    assert [each for each in blockers if each] == ["the build machines move until April"]
    assert {pair.protege.first_name for pair, _ in portfolio(store, world.clock.now())} == {
        "Aiko",
        "Mateo",
        "Noor",
        "Tomas",
    }
    assert [each.state for each in store.every(OKR_SETS)].count(OkrSetState.REFINED) == 1
    assert len(missed) == 2
    assert store.every(TACTICS)
    assert store.every(PULSES)


def test_the_past_lasted_fourteen_weeks_in_the_order_of_time_and_no_letter_of_it_is_left_over(world: Story) -> None:
    store = world.room.store
    moments = [change.at for change in store.every(CHANGES)]
    waiting = [each for each in store.every(OUTGOING) if each.state is not OutgoingState.SENT]
    people = {each.pair.protege.first_name: each for each in reported(world).people}

    assert moments == sorted(moments)
    assert moments[-1] - moments[0] > timedelta(weeks=13)
    assert waiting == []
    assert (people["Tomas"].leads.in_time, len(people["Tomas"].leads.several)) == (6, 6)
    assert (people["Aiko"].leads.in_time, len(people["Aiko"].leads.several)) == (5, 6)
    assert [(row.tactic.title, row.had_its_chance) for row in people["Aiko"].tried if row.had_its_chance] == [
        ("posters in two libraries", True)
    ]


def test_the_story_goes_on_with_what_they_write_and_every_step_tells_something() -> None:
    with throw_away_world() as story:
        player, told = Player(story), []
        while (step := player.step()) != END:
            told.append(step)
        learned = {closing.learned for closing in story.room.store.every(CLOSINGS)}
        lines = [line for step in told for line in step[1:]]

    assert all(len(step) > 1 for step in told)
    assert "Invitations to speak at other teams' meetings: 5 → 6" in lines
    assert "Words of Mateo wait for you in 5 Mail" in lines
    assert "Aiko was asked what is not clear" in lines
    assert any("sealed until both are" in line for line in lines)
    assert "they release better when I am not in the room" in learned
