"""A kept set of OKRs given to the coach: its titles, what they measure, how they move, and what was put aside."""

from collections.abc import Mapping
from datetime import datetime

from okrmate.domain.coach import Finding, FindingName, Ignored, with_ignored
from okrmate.domain.coach_sets import JudgedKeyResult, JudgedObjective, judge_set
from okrmate.domain.okrs import KeyResult
from okrmate.services.coaching.circumstances import circumstances
from okrmate.services.coaching.words import words_for
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import Outline
from okrmate.services.ports import Reader
from okrmate.services.tables import IGNORED, READINGS


def findings_of(reader: Reader, pair: Pair, outline: Outline, now: datetime) -> tuple[Finding, ...]:
    """Every finding of a set in the order of its lines, those put aside with the mentor's reason.

    A key result that is only watched is safe on purpose.
    """
    vision = any(each.key_result.serves for each in outline.standings)

    def judged(key_result: KeyResult) -> JudgedKeyResult:
        readings = reader.find(READINGS, "key_result", key_result.id)
        return JudgedKeyResult(
            ref=key_result.ref,
            title=key_result.title,
            words=words_for(key_result.title, language),
            metric=key_result.metric,
            known=circumstances(key_result, readings, ends=outline.okr_set.ends, now=now, vision=vision),
        )

    language = pair.protege.language
    objectives = [
        JudgedObjective(
            number=objective.number,
            title=objective.title,
            words=words_for(objective.title, language),
            key_results=tuple(judged(each.key_result) for each in standings),
        )
        for objective, standings in outline.objectives
    ]
    watched = {each.key_result.ref for each in outline.standings if each.key_result.health}
    found = judge_set(objectives, ends=outline.okr_set.ends is not None)
    kept = (each for each in found if each.name is not FindingName.KR_SAFE or each.about not in watched)
    return with_ignored(kept, _ignored(reader, outline))


def line_ids(outline: Outline) -> Mapping[str, str]:
    """The ids of the objectives and key results by what findings call them: `1`, `1.2`."""
    objectives = {str(objective.number): objective.id for objective, _ in outline.objectives}
    return objectives | {each.key_result.ref: each.key_result.id for each in outline.standings}


def _ignored(reader: Reader, outline: Outline) -> tuple[Ignored, ...]:
    return tuple(
        Ignored(name=each.name, about=about, reason=each.reason)
        for about, line in line_ids(outline).items()
        for each in reader.find(IGNORED, "line", line)
    )
