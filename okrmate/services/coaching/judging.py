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
    return judge_set(as_judged(drafted, language), ends=ends)


def as_judged(drafted: DraftOkrs, language: str = "en") -> tuple[JudgedObjective, ...]:
    """The objectives and key results of a draft as the coach looks at them."""
    return tuple(
        JudgedObjective(
            number=number,
            title=objective.title,
            words=words_for(objective.title, language),
            key_results=tuple(
                _key_result(f"{number}.{order}", each, language)
                for order, each in enumerate(objective.key_results, start=1)
            ),
        )
        for number, objective in enumerate(drafted.objectives, start=1)
    )


def _key_result(ref: str, drafted: DraftKeyResult, language: str) -> JudgedKeyResult:
    return JudgedKeyResult(
        ref=ref,
        title=drafted.title,
        words=words_for(drafted.title, language),
        metric=metric_of(drafted),
        known=Circumstances(begun=drafted.baseline is not None),
    )


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
        upper=drafted.upper,
        previous=drafted.previous,
    )
    return None if isinstance(made, Refusal) else made
