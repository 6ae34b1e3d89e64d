"""Lives of OKRs: whatever twelve steps are taken, one set runs, nothing closed changes, no reading is lost."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from okrmate.domain.closing import Closing
from okrmate.domain.errors import UsageError
from okrmate.domain.metrics import MetricKind
from okrmate.domain.okrs import OkrSet, OkrSetState
from okrmate.domain.people import Side
from okrmate.services import history, trail
from okrmate.services.mentoring import altering, closing, deciding, okrs, proposals, readings, steps, versions
from okrmate.services.mentoring.okrs import Outline
from okrmate.services.tables import CHANGES, OKR_SETS, READINGS
from tests.services.rooms import Office

OPEN = (OkrSetState.DRAFT, OkrSetState.REFINED)
why = st.sampled_from(("", "life has moved"))
refs = st.sampled_from(("1", "1.1", "1.2", "2", "2.1"))


class Lives(RuleBasedStateMachine):
    """One person's sets of OKRs; a step that is refused leaves everything as it was."""

    def __init__(self) -> None:
        super().__init__()
        self.office = Office()
        self.store, self.desk = self.office.store, self.office.desk
        self.pair = self.office.with_person()
        self.closed: dict[str, tuple[Outline, Closing]] = {}
        self.read = 0

    def state(self, *states: OkrSetState) -> tuple[OkrSet, ...]:
        return tuple(each for each in self.store.every(OKR_SETS) if each.state in states)

    def tried(self, step: object, *given: object) -> bool:
        """Take a step at a moment of its own; refused, it must have changed nothing."""
        self.office.clock.move(hours=30)
        before = self.store.records
        try:
            step(*given)  # type: ignore[operator]
        except UsageError:
            assert self.store.records == before
            return False
        return True

    @rule(key_results=st.integers(0, 2))
    def draft(self, key_results: int) -> None:
        new = okrs.NewKeyResult(title="Invitations", kind=MetricKind.COUNT, target=Decimal(6))
        objective = okrs.NewObjective(
            title=f"Be asked {len(self.store.every(CHANGES))}", key_results=(new,) * key_results
        )
        assert self.tried(okrs.import_objectives, self.desk, self.pair, (objective,))

    @rule(ref=refs, drop=st.booleans(), reason=why)
    def edit(self, ref: str, drop: bool, reason: str) -> None:
        wanted = altering.Drop(ref=ref) if drop else altering.Reword(ref=ref, title="Otherwise")
        self.tried(altering.edit, self.desk, self.pair, [wanted], reason)

    @rule()
    def refine(self) -> None:
        lacks = steps.not_refined_for(self.store, self.pair, steps.worked_on(self.store, self.pair.mentorship.id))
        assert self.tried(steps.refine, self.desk, self.pair) is not bool(lacks)

    @rule()
    def agree(self) -> None:
        runs = bool(self.state(OkrSetState.ACTIVE))
        for refined in self.state(OkrSetState.REFINED):
            with self.store.transaction() as tx:
                after = steps.agree_in(tx, self.desk, self.pair, refined, Side.PROTEGE)
                trail.record(tx, self.desk, what="agreed", source=trail.BY_PROGRAM, mentorship=self.pair.mentorship.id)
            assert (after.state is OkrSetState.ACTIVE) is not runs

    @rule(reason=why)
    def activate(self, reason: str) -> None:
        found = steps.worked_on(self.store, self.pair.mentorship.id)
        lacks = steps.not_active_for(self.store, self.pair, found, reason or "alone")
        assert self.tried(steps.activate, self.desk, self.pair, reason) is not bool(lacks)

    @rule(ref=refs, change=st.sampled_from(("drop", "reword", "measure")), reason=why)
    def revise(self, ref: str, change: str, reason: str) -> None:
        wanted: altering.Alteration = altering.Reword(ref=ref, title="Otherwise")
        if change == "drop":
            wanted = altering.Drop(ref=ref)
        if change == "measure":
            wanted = altering.Remeasure(ref=ref, target=Decimal(9))
        done = self.tried(altering.revise, self.desk, self.pair, [wanted], reason)
        assert not done or (reason and self.state(OkrSetState.ACTIVE))

    @rule(ref=refs, value=st.integers(0, 9))
    def hear(self, ref: str, value: int) -> None:
        given = readings.CheckIn(ref=ref, value=str(value))
        self.read += self.tried(readings.check_in, self.desk, self.pair, given)

    @rule(ref=refs, accepted=st.booleans())
    def wish(self, ref: str, accepted: bool) -> None:
        for okr_set in self.state(OkrSetState.ACTIVE):
            source = trail.BY_PROGRAM
            with self.store.transaction() as tx:
                wish = proposals.propose_in(tx, self.desk, okr_set, f"{ref} may go", source=source, ref=ref, drops=True)
                trail.record(tx, self.desk, what="a wish", source=source, mentorship=self.pair.mentorship.id)
            self.tried(deciding.accept if accepted else deciding.reject, self.desk, wish.id)

    @rule(learned=st.booleans(), carry=st.booleans(), reason=why)
    def close(self, learned: bool, carry: bool, reason: str) -> None:
        running = self.state(OkrSetState.ACTIVE)
        found = [okrs.outline(self.store, each) for each in running]
        on = tuple(each.key_result.ref for each in found[0].standings[:1]) if found and carry else ()
        said = closing.ByHand(learned="Ask early" if learned else "", carry=on, reason=reason)
        if self.tried(closing.close, self.desk, self.pair, said):
            (okr_set,) = running
            self.closed[okr_set.id] = self.as_closed(okr_set.id)
            assert learned or reason
            assert not on or self.state(OkrSetState.DRAFT)

    @rule(reason=why)
    def abandon(self, reason: str) -> None:
        assert self.tried(steps.abandon, self.desk, self.pair, reason) is bool(self.before_abandoning)

    @rule()
    def take_back(self) -> None:
        known = len(self.store.every(CHANGES))
        if self.tried(history.undo, self.desk):
            assert len(self.store.every(CHANGES)) == known + 1
            running = {each.id for each in self.state(OkrSetState.CLOSED)}
            self.closed = {each: stood for each, stood in self.closed.items() if each in running}

    def as_closed(self, set_id: str) -> tuple[Outline, Closing]:
        okr_set = self.store.get(OKR_SETS, set_id)
        assert okr_set is not None
        return okrs.outline(self.store, okr_set), closing.closing_of(self.store, okr_set)

    @invariant()
    def one_set_runs_and_one_is_drafted_at_most(self) -> None:
        assert len(self.state(OkrSetState.ACTIVE)) <= 1
        drafted = self.state(*OPEN)
        assert len(drafted) <= 1
        self.before_abandoning = drafted

    @invariant()
    def what_runs_is_whole_and_somebody_stands_for_it(self) -> None:
        for okr_set in self.state(OkrSetState.ACTIVE):
            found = okrs.outline(self.store, okr_set)
            assert all(standings for _, standings in found.objectives)
            assert okr_set.agreed or okr_set.override
            numbers = [each.number for each in versions.versions_of(self.store, okr_set) if each.number]
            assert numbers == list(range(1, okr_set.revision + 1))
            assert versions.differences_since(self.store, okr_set, okr_set.revision) == ()
        assert all(each.agreed_mentor for each in self.state(OkrSetState.REFINED))

    @invariant()
    def nothing_closed_ever_changes_and_nothing_read_is_lost(self) -> None:
        assert {each: self.as_closed(each) for each in self.closed} == self.closed
        assert len(self.store.every(READINGS)) == self.read
        refs = [each.key_result.ref for each in okrs.active_standings(self.store, self.pair.mentorship.id)]
        assert len(set(refs)) == len(refs)


TestLives = Lives.TestCase
TestLives.settings = settings(stateful_step_count=12)

REASONED = ({"reason": ""}, {"reason": "life has moved"})
EACH_STEP: tuple[tuple[str, dict[str, Any]], ...] = (
    *(("draft", {"key_results": many}) for many in (0, 2)),
    *(("edit", {"ref": "1.1", "drop": drop, "reason": ""}) for drop in (False, True)),
    ("refine", {}),
    ("agree", {}),
    *(("activate", each) for each in REASONED),
    *(("revise", {"ref": "1.1", "change": change, **REASONED[1]}) for change in ("drop", "reword", "measure")),
    ("hear", {"ref": "1.1", "value": 3}),
    *(("wish", {"ref": "1.2", "accepted": accepted}) for accepted in (False, True)),
    *(
        ("close", {"learned": learned, "carry": carry, **reason})
        for learned in (False, True)
        for carry in (False, True)
        for reason in REASONED
    ),
    *(("abandon", each) for each in REASONED),
    ("take_back", {}),
)
LONGEST = 12
MANY = 2
"""Sets, revisions and goals are told apart up to so many: from there on more of them is more of the same."""


def likeness(lives: Lives) -> tuple[object, ...]:
    """What decides which steps can be taken from here, and what they do."""
    found = [okrs.outline(lives.store, each) for each in lives.store.every(OKR_SETS)[-MANY:]]
    return tuple(
        (
            each.okr_set.state,
            each.okr_set.agreed_mentor is not None,
            each.okr_set.agreed_protege is not None,
            bool(each.okr_set.override),
            min(each.okr_set.revision, MANY),
            tuple(min(len(standings), MANY) for _, standings in each.objectives)[:MANY],
        )
        for each in found
    )


@pytest.mark.long
def test_every_way_of_twelve_steps_keeps_what_must_hold() -> None:
    """From each state that can be reached every step is taken; of states that are alike one is followed, of 6,962."""
    lives = Lives()
    known = {likeness(lives)}
    ahead = [(lives.store.records, lives.desk.clock.now(), lives.closed, lives.read)]
    for _ in range(LONGEST):
        reached = []
        for records, now, closed, read in ahead:
            for step, given in EACH_STEP:
                lives.store.records, lives.closed, lives.read = records, dict(closed), read
                lives.office.clock.set(now)
                lives.one_set_runs_and_one_is_drafted_at_most()
                getattr(lives, step)(**given)
                lives.one_set_runs_and_one_is_drafted_at_most()
                lives.what_runs_is_whole_and_somebody_stands_for_it()
                lives.nothing_closed_ever_changes_and_nothing_read_is_lost()
                if (like := likeness(lives)) not in known:
                    known.add(like)
                    reached.append((lives.store.records, lives.desk.clock.now(), lives.closed, lives.read))
        ahead = reached
