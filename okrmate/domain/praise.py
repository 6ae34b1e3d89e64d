"""What is good about a draft: one thing that is true, so that the first answer to it never begins with a lack."""

from collections.abc import Sequence
from enum import StrEnum

from okrmate.domain.coach import Finding, FindingName
from okrmate.domain.coach_sets import JudgedObjective
from okrmate.domain.metrics import Milestone
from okrmate.domain.vocabulary import Vocabulary, lowered
from okrmate.frozen import Frozen


class GoodName(StrEnum):
    """What can be good about a draft, the best first."""

    OTHERS_DECIDE = "others_decide"
    PICTURED = "pictured"
    COUNTABLE = "countable"
    PLAN = "plan"
    SEEN_END = "seen_end"
    WHOM = "whom"
    WROTE = "wrote"


class Good(Frozen):
    """One good thing, and the person's own words that show it; empty where it is about the whole."""

    name: GoodName
    words: str = ""


NOBODY_ACTS = frozenset({FindingName.KR_ACTIVITY, FindingName.KR_NOBODY, FindingName.KR_UNIT})
DULL = frozenset(
    {
        FindingName.OBJECTIVE_NUMBER,
        FindingName.OBJECTIVE_TASK,
        FindingName.OBJECTIVE_USUAL,
        FindingName.OBJECTIVE_FLAT,
    }
)


def what_is_good(objectives: Sequence[JudgedObjective], findings: Sequence[Finding]) -> Good:
    """The best that can truly be said of a draft; that it was written, where there is nothing else."""
    key_results = [each for objective in objectives for each in objective.key_results]
    weak = {(each.about, each.name) for each in findings}
    outcomes = [each for each in key_results if not any((each.ref, name) in weak for name in NOBODY_ACTS)]
    if key_results and len(outcomes) == len(key_results):
        return Good(name=GoodName.OTHERS_DECIDE)
    for objective in objectives:
        dull = any((str(objective.number), name) in weak for name in DULL)
        if not dull and objective.words.find("picture", lowered(objective.title)):
            return Good(name=GoodName.PICTURED, words=objective.title)
    for each in outcomes:
        if each.metric is not None and not isinstance(each.metric, Milestone):
            return Good(name=GoodName.COUNTABLE, words=each.title)
    names = {each.name for each in findings}
    if FindingName.KR_ACTIVITY in names:
        return Good(name=GoodName.PLAN)
    return Good(name=GoodName.SEEN_END if FindingName.OBJECTIVE_TASK in names else GoodName.WROTE)


def good_in_prose(prose: str, words: Vocabulary) -> Good:
    """What is good about a draft in sentences: that it says whom it is about, or that it was written at all."""
    low = lowered(prose)
    somebody = (
        span for span in words.each("people", low) if words.starts("acts", low, span[0]) < 0
    )  # not a mere "who"
    span = next(somebody, None)
    return Good(name=GoodName.WHOM, words=prose[slice(*span)]) if span else Good(name=GoodName.WROTE)
