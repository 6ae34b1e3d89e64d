"""A pasted set of OKRs, as the reading of `O:` and `KR:` lines gives it, made ready to be taken into a draft."""

from okrmate.reply.drafts import DraftObjective, DraftOkrs
from okrmate.services.okrs import NewKeyResult, NewObjective


def as_new(drafted: DraftOkrs) -> tuple[NewObjective, ...]:
    """The objectives of a draft; a line that names no number is something to be made, from 0 to 100 %."""
    return tuple(_objective(each) for each in drafted.objectives)


def _objective(drafted: DraftObjective) -> NewObjective:
    return NewObjective(
        title=drafted.title,
        key_results=tuple(
            NewKeyResult(
                title=each.title,
                kind=each.kind,
                target=each.target,
                baseline=each.baseline,
                unit=each.unit,
                bound=each.bound,
            )
            for each in drafted.key_results
        ),
    )
