"""A draft as somebody wrote it, read for what its key results measure and given to the coach."""

from okrmate.domain.coach import Finding
from okrmate.domain.coach_key_results import Circumstances
from okrmate.domain.coach_sets import JudgedKeyResult, JudgedObjective, judge_set
from okrmate.domain.errors import Refusal
from okrmate.domain.metrics import Metric, make_metric
from okrmate.reply.drafts import DraftKeyResult, DraftOkrs
from okrmate.services.coaching.words import words_for


def judge_draft(drafted: DraftOkrs, language: str = "en", *, ends: bool = False) -> tuple[Finding, ...]:
    """Every finding of a draft; its lines are numbered as they are once taken in. `ends`: the set has an end date."""
    objectives = []
    for number, objective in enumerate(drafted.objectives, start=1):
        key_results = tuple(
            JudgedKeyResult(
                ref=f"{number}.{order}",
                title=each.title,
                words=words_for(each.title, language),
                metric=metric_of(each),
                known=Circumstances(begun=each.baseline is not None),
            )
            for order, each in enumerate(objective.key_results, start=1)
        )
        words = words_for(objective.title, language)
        objectives.append(JudgedObjective(number=number, title=objective.title, words=words, key_results=key_results))
    return judge_set(objectives, ends=ends)


def metric_of(drafted: DraftKeyResult) -> Metric | None:
    """What a drafted key result measures, or None where its words name no number that makes sense."""
    if drafted.target is None:
        return None
    made = make_metric(
        drafted.kind,
        target=drafted.target,
        baseline=drafted.baseline,
        unit=drafted.unit,
        bound=drafted.bound,
    )
    return None if isinstance(made, Refusal) else made
