"""What the coach finds in one line, in a whole set and by what is known, and the one question worth asking."""

from decimal import Decimal

import pytest

from okrmate.domain.coach import Finding, FindingName, Ignored, Level, ignore, seen_by, with_ignored, worth_asking
from okrmate.domain.coach_key_results import Circumstances, judge_key_result
from okrmate.domain.coach_objectives import judge_objective
from okrmate.domain.coach_sets import JudgedKeyResult, JudgedObjective, judge_set
from okrmate.domain.errors import Refusal
from okrmate.domain.metrics import Bound, Count, Metric, Threshold
from okrmate.domain.people import Side
from okrmate.domain.vocabulary import Passage, vocabulary

WORDS = vocabulary(
    {
        "month": ["june"],
        "before_date": ["by", "the end of"],
        "task": ["set up"],
        "people": ["organisers"],
        "acts": ["who"],
        "activity": ["rehearse"],
    }
)
INVITED = "Organisers who invite me"


def names(findings: tuple[Finding, ...]) -> set[FindingName]:
    return {each.name for each in findings}


def known(metric: Metric | None = None, **what: object) -> set[FindingName]:
    return names(judge_key_result(INVITED, metric, WORDS, known=Circumstances(**what)))  # type: ignore[arg-type]


def count(target: int, baseline: int | None = None) -> Count:
    return Count(target=Decimal(target), baseline=None if baseline is None else Decimal(baseline))


def test_a_finding_has_the_words_and_their_place() -> None:
    (found,) = judge_objective("By June, Set up a programme", WORDS, about="1")
    assert found == Finding(
        name=FindingName.OBJECTIVE_TASK, about="1", words=Passage(text="Set up", begin=len("By June, "))
    )
    assert found.level is Level.WARNING


def test_what_is_missing_has_no_words() -> None:
    (found,) = judge_objective("Be the one they ask", WORDS)
    assert (found.name, found.words, found.level) == (FindingName.OBJECTIVE_DATE, None, Level.NOTE)


def test_an_objective_of_a_set_that_ends_needs_no_date_of_its_own() -> None:
    assert judge_objective("Be the one they ask", WORDS, ends=True) == ()


def test_an_activity_that_makes_others_act_is_none() -> None:
    assert names(judge_key_result("Rehearse every day", None, WORDS)) == {FindingName.KR_ACTIVITY}
    assert judge_key_result("Rehearse until organisers who hesitate invite me", None, WORDS) == ()


def test_somebody_named_beside_the_words_is_somebody() -> None:
    assert names(judge_key_result("Portfolio", None, WORDS)) == {FindingName.KR_NOBODY}
    assert judge_key_result("Portfolio", None, WORDS, known=Circumstances(behaviour="recruiters mention it")) == ()


def test_nothing_is_said_of_what_is_not_known() -> None:
    assert known(count(6, 1)) == set()


def test_a_key_result_without_a_line_of_the_vision_serves_nothing_larger() -> None:
    assert known(count(6, 1), serves="") == {FindingName.KR_TRACKABLE}
    assert known(count(6, 1), serves="my next role finds me") == set()


@pytest.mark.parametrize(
    ("fastest", "weeks_left", "found"),
    [("1", "5", set()), ("1", "4", {FindingName.KR_REACH}), ("1", "0", {FindingName.KR_REACH})],
)
def test_a_target_that_takes_larger_steps_than_ever_is_hardly_in_reach(
    fastest: str, weeks_left: str, found: set[FindingName]
) -> None:
    pace = {"value": Decimal(1), "fastest": Decimal(fastest), "weeks_left": Decimal(weeks_left)}
    assert known(count(6, 1), **pace) == found


def test_a_target_that_takes_more_occasions_than_are_left_is_hardly_in_reach() -> None:
    assert known(count(12, 0), value=Decimal(0), occasions_left=3) == {FindingName.KR_REACH}
    assert known(count(3, 0), value=Decimal(0), occasions_left=3) == set()
    assert known(count(3, 0), value=Decimal(4), occasions_left=0) == set()


@pytest.mark.parametrize(("confidence", "found"), [(8, set()), (9, {FindingName.KR_SAFE}), (10, {FindingName.KR_SAFE})])
def test_what_is_certain_on_the_first_day_is_too_safe(confidence: int, found: set[FindingName]) -> None:
    assert known(count(6, 1), confidence=confidence) == found


def test_what_comes_by_itself_is_too_safe() -> None:
    assert known(count(6, 1), by_itself=Decimal(6)) == {FindingName.KR_SAFE}
    assert known(count(6, 1), by_itself=Decimal(5)) == set()
    held = Threshold(target=Decimal(20), bound=Bound.AT_LEAST, baseline=Decimal(22))
    assert known(held) == {FindingName.KR_SAFE}
    assert names(judge_key_result("Organisers who book 4 of my 4 talks", None, WORDS)) == {FindingName.KR_SAFE}


def a_set(objectives: int, key_results: int) -> tuple[JudgedObjective, ...]:
    each = [
        JudgedKeyResult(ref=f"1.{order}", title=INVITED, words=WORDS, metric=count(6, 1))
        for order in range(1, key_results + 1)
    ]
    return tuple(
        JudgedObjective(number=number, title="Be asked by June", words=WORDS, key_results=tuple(each))
        for number in range(1, objectives + 1)
    )


def test_the_fourth_objective_and_the_sixth_key_result_are_too_many() -> None:
    assert judge_set(a_set(3, 5)) == ()
    assert [(each.name, each.about) for each in judge_set(a_set(4, 2))] == [(FindingName.OBJECTIVES_MANY, "4")]
    assert [(each.name, each.about) for each in judge_set(a_set(1, 7))] == [
        (FindingName.KRS_MANY, "1.6"),
        (FindingName.KRS_MANY, "1.7"),
    ]


def test_a_single_key_result_is_noted_and_none_yet_is_not() -> None:
    assert names(judge_set(a_set(1, 1))) == {FindingName.KRS_SINGLE}
    assert judge_set(a_set(1, 0)) == ()


def test_an_ignored_finding_keeps_its_place_and_does_not_return() -> None:
    activity, nobody = (
        Finding(name=FindingName.KR_ACTIVITY, about="1.1"),
        Finding(name=FindingName.KR_NOBODY, about="1.2"),
    )
    ignored = ignore(activity, "  we count it\nfor a month ")
    assert ignored == Ignored(name=FindingName.KR_ACTIVITY, about="1.1", reason="we count it for a month")
    again = with_ignored((activity, nobody), [ignored])
    assert [each.ignored for each in again] == ["we count it for a month", ""]
    assert worth_asking(again) == nobody


def test_a_finding_is_not_ignored_without_a_reason() -> None:
    refused = ignore(Finding(name=FindingName.KR_UNIT), "  ")
    assert isinstance(refused, Refusal)
    assert refused.name == "reason_missing"


def test_the_question_is_about_somebody_who_acts_before_all_else() -> None:
    turns = [FindingName.KR_ACTIVITY, FindingName.KR_BASELINE, FindingName.OBJECTIVES_MANY, FindingName.OBJECTIVE_DATE]
    findings = [Finding(name=FindingName.OBJECTIVE_TASK), *(Finding(name=name) for name in reversed(turns))]
    for name in [*turns, FindingName.OBJECTIVE_TASK]:
        asked = worth_asking(findings)
        assert asked is not None
        assert asked.name is name
        findings.remove(asked)
    assert worth_asking(findings) is None


def test_too_safe_is_the_mentors_to_raise() -> None:
    safe = Finding(name=FindingName.KR_SAFE, about="1.1")
    assert worth_asking([safe]) is None
    assert seen_by(Side.PROTEGE, [safe]) == ()
    assert seen_by(Side.MENTOR, [safe]) == (safe,)
