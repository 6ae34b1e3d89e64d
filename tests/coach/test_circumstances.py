"""What the coach finds in a kept set besides its words: no time left, too safe, serving nothing."""

from datetime import date, timedelta
from decimal import Decimal

from okrmate.domain.coach import FindingName, seen_by
from okrmate.domain.metrics import Count
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services.coaching.circumstances import fastest_week
from okrmate.services.mentoring.coached import findings_of
from okrmate.services.mentoring.okrs import current_outline
from okrmate.services.tables import KEY_RESULTS, OBJECTIVES, OKR_SETS, READINGS
from tests.builders import NOW, a_key_result, a_reading, an_objective, an_okr_set
from tests.services.rooms import Office

D = Decimal
WEEK = timedelta(weeks=1)


def test_a_kept_set_is_judged_by_how_it_moves_and_what_it_serves() -> None:
    office = Office()
    pair = office.with_person()
    slow = a_key_result(id="slow", mentorship="sam-pair", title="Editors who ask for an article")
    safe = a_key_result(id="safe", mentorship="sam-pair", ref="1.2", title="Readers who write back")
    watched = replace(safe, id="watched", ref="1.3", health=True, serves="be read")
    with office.store.transaction() as tx:
        tx.put(OKR_SETS, an_okr_set(mentorship="sam-pair", ends=date(2026, 4, 30)))
        tx.put(OBJECTIVES, an_objective(mentorship="sam-pair", title="Be the one whom magazines call"))
        for key_result in (slow, safe, watched):
            tx.put(KEY_RESULTS, replace(key_result, metric=Count(baseline=D(0), target=D(50))))
        for week, value in ((1, 1), (2, 2), (3, 4)):
            tx.put(READINGS, a_reading(value, id=f"r{week}", key_result="slow", at=NOW + week * WEEK))
        for key_result in (safe, watched):
            sure = a_reading(None, id=key_result.id, key_result=key_result.id, confidence=10)
            tx.put(READINGS, sure)

    def found(side: Side) -> list[tuple[str, FindingName]]:
        outline = current_outline(office.store, "sam-pair")
        assert outline is not None
        seen = seen_by(side, findings_of(office.store, pair, outline, NOW + 4 * WEEK))
        return [(each.about, each.name) for each in seen]

    told_to_protege = [
        ("1.1", FindingName.KR_REACH),
        ("1.1", FindingName.KR_TRACKABLE),
        ("1.2", FindingName.KR_TRACKABLE),
    ]
    assert found(Side.PROTEGE) == told_to_protege
    assert found(Side.MENTOR) == [*told_to_protege[:2], ("1.2", FindingName.KR_SAFE), told_to_protege[2]]


def test_the_fastest_week_is_the_best_step_towards_the_target_between_two_readings() -> None:
    falling = Count(baseline=D(40), target=D(10))

    def fastest(*values: tuple[int, int]) -> Decimal | None:
        return fastest_week(falling, [(NOW + timedelta(days=days), D(value)) for days, value in values])

    assert fastest((0, 40), (7, 30)) is None
    assert fastest((0, 40), (1, 30), (15, 20)) == 10
    assert fastest((0, 40), (7, 45), (14, 50)) == 0
