"""Which question is most worth asking, by what is known."""

from okrmate.domain.preparing import Signs, Worth, most_worth
from okrmate.domain.tactics import Tactic, TacticState
from okrmate.frozen import replace
from tests.builders import NOW
from tests.domain.test_agenda import BLOCKED, DAY, DONE, FRESH, MOVED, MOVED_DOWN, STUCK, UNKNOWN, facts

TRIED = Tactic(
    id="t1",
    mentorship="pair1",
    key_result=STUCK.key_result.id,
    title="one page a week",
    state=TacticState.RUNNING,
    created_at=NOW - 40 * DAY,
    begun_at=NOW - 40 * DAY,
)
WITH_TACTIC = Signs(
    facts=facts(MOVED, STUCK), tactics={TRIED.key_result: TRIED}, had_chance=frozenset({TRIED.key_result})
)
ALL_STAND = facts(STUCK, UNKNOWN)


def test_a_person_comes_before_their_numbers_and_what_is_in_the_way_before_what_stands() -> None:
    cases = (
        (Signs(facts=facts(BLOCKED), wrote_at=NOW - DAY), Worth.PERSONAL, ""),
        (Signs(facts=facts(MOVED, number=1)), Worth.FIRST_TALK, ""),
        (Signs(facts=facts()), Worth.NO_GOALS, ""),
        (Signs(facts=facts(MOVED, STUCK, BLOCKED)), Worth.BLOCKED, "2.1"),
        (Signs(facts=ALL_STAND), Worth.STANDSTILL, ""),
        (WITH_TACTIC, Worth.TACTIC, "1.3"),
        (Signs(facts=facts(MOVED, STUCK, MOVED_DOWN)), Worth.STUCK, "1.3"),
        (Signs(facts=facts(MOVED, MOVED_DOWN)), Worth.BACK, "1.4"),
        (Signs(facts=facts(MOVED), less_sure=frozenset({MOVED.key_result.id})), Worth.LESS_SURE, "1.1"),
        (Signs(facts=facts(MOVED, UNKNOWN)), Worth.SILENT, "2.2"),
        (Signs(facts=facts(MOVED, FRESH)), Worth.SILENT, "3.1"),
        (Signs(facts=facts(MOVED), closing=True), Worth.CLOSING, ""),
        (Signs(facts=facts(MOVED)), Worth.MOVED, "1.1"),
        (Signs(facts=facts(DONE)), Worth.ALL_WELL, ""),
    )

    for signs, worth, ref in cases:
        found = most_worth(signs)
        assert found.worth is worth, signs
        assert (found.key_result.key_result.ref if found.key_result else "") == ref, worth
    assert {worth for _, worth, _ in cases} == set(Worth)
    assert most_worth(WITH_TACTIC).tactic == TRIED


def test_what_stands_longest_is_asked_about() -> None:
    younger = replace(STUCK, stuck_since=NOW - 29 * DAY, key_result=replace(STUCK.key_result, id="other", ref="9.1"))

    found = most_worth(Signs(facts=facts(MOVED, younger, STUCK)))

    assert found.key_result is not None
    assert found.key_result.key_result.ref == "1.3"
    assert found.since == STUCK.stuck_since
