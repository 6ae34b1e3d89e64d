"""What is worth a look in a whole set of OKRs: each of its lines, and how many of them there are."""

from collections.abc import Iterator, Sequence

from okrmate.domain.coach import Finding, FindingName
from okrmate.domain.coach_key_results import NOTHING_ELSE, Circumstances, judge_key_result
from okrmate.domain.coach_objectives import judge_objective
from okrmate.domain.metrics import Metric
from okrmate.domain.vocabulary import Vocabulary
from okrmate.frozen import Frozen

MOST_OBJECTIVES = 3
MOST_KEY_RESULTS = 5


class JudgedKeyResult(Frozen):
    """A key result as the coach looks at it; `metric` is None where it names no number yet."""

    ref: str
    title: str
    words: Vocabulary
    metric: Metric | None = None
    known: Circumstances = NOTHING_ELSE


class JudgedObjective(Frozen):
    """An objective as the coach looks at it, with its key results; `number` is the first part of `KR 1.2`."""

    number: int
    title: str
    words: Vocabulary
    key_results: tuple[JudgedKeyResult, ...] = ()


def judge_set(objectives: Sequence[JudgedObjective], *, ends: bool = False) -> tuple[Finding, ...]:
    """Every finding of a set in the order of its lines; the fourth objective and the sixth key result are too many."""
    return tuple(_each(objectives, ends=ends))


def _each(objectives: Sequence[JudgedObjective], *, ends: bool) -> Iterator[Finding]:
    for place, objective in enumerate(objectives):
        about = str(objective.number)
        if place >= MOST_OBJECTIVES:
            yield Finding(name=FindingName.OBJECTIVES_MANY, about=about)
        if objective.title:
            yield from judge_objective(objective.title, objective.words, about=about, ends=ends)
        if len(objective.key_results) == 1:
            yield Finding(name=FindingName.KRS_SINGLE, about=about)
        for order, each in enumerate(objective.key_results):
            if order >= MOST_KEY_RESULTS:
                yield Finding(name=FindingName.KRS_MANY, about=each.ref)
            yield from judge_key_result(each.title, each.metric, each.words, about=each.ref, known=each.known)
