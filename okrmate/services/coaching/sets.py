"""A kept set of OKRs given to the coach: its titles, what they measure, and until when."""

from collections.abc import Iterable, Sequence

from okrmate.domain.coach import Finding
from okrmate.domain.coach_sets import JudgedKeyResult, JudgedObjective, judge_set
from okrmate.domain.okrs import KeyResult, Objective, OkrSet
from okrmate.services.coaching.words import words_for


def judge_kept(
    okr_set: OkrSet, objectives: Iterable[tuple[Objective, Sequence[KeyResult]]], language: str = "en"
) -> tuple[Finding, ...]:
    """Every finding of a set, in the order of its lines; `language` is that of the person's letters."""
    judged = [
        JudgedObjective(
            number=objective.number,
            title=objective.title,
            words=words_for(objective.title, language),
            key_results=tuple(
                JudgedKeyResult(
                    ref=each.ref, title=each.title, words=words_for(each.title, language), metric=each.metric
                )
                for each in key_results
            ),
        )
        for objective, key_results in objectives
    ]
    return judge_set(judged, ends=okr_set.ends is not None)
