"""A set of OKRs written out as lines that can be read again: objectives, key results with their measure, tactics."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from okrmate.domain.errors import Refusal
from okrmate.domain.metrics import Bound, Currency, Metric, MomGrowth, Threshold
from okrmate.domain.okrs import KeyResult
from okrmate.frozen import Frozen, replace
from okrmate.reply.drafts import draft_line
from okrmate.services.mentoring.drafts import new_key_result
from okrmate.services.mentoring.okrs import NewKeyResult, Outline, try_metric
from okrmate.services.mentoring.tactics import Tried

TACTIC = "tactic:"


class WrittenLine(Frozen):
    """A line and what it stands for: an objective (`1`), a key result (`1.2`), or a tactic, which has no code."""

    text: str
    ref: str = ""


def written(outline: Outline, tactics: Sequence[Tried] = ()) -> tuple[WrittenLine, ...]:
    """The set as lines that can be changed; what is tried for a key result stands below it."""
    lines = []
    for objective, standings in outline.objectives:
        lines.append(WrittenLine(text=f"O: {objective.title}", ref=str(objective.number)))
        for each in standings:
            lines.append(WrittenLine(text=f"KR: {key_result_text(each.key_result)}", ref=each.key_result.ref))
            lines += [
                WrittenLine(text=f"{TACTIC} {tried.tactic.title}")
                for tried in tactics
                if tried.key_result.id == each.key_result.id
            ]
    return tuple(lines)


def key_result_text(key_result: KeyResult) -> str:
    """Its title with as much of its measure as the title does not say itself, as it would be read again."""
    said = tuple(f"{key_result.title}{tail}" for tail in _tails(key_result.metric))
    return next((text for text in said if _reads_as(text, key_result)), said[-1])


def _reads_as(text: str, key_result: KeyResult) -> bool:
    new = _new(f"KR: {text}")
    made = try_metric(new) if new is not None else None
    if new is None or made is None or isinstance(made, Refusal) or new.title != key_result.title:
        return False
    return replace(made, stretch=None) == replace(key_result.metric, stretch=None)


def _new(line: str) -> NewKeyResult | None:
    read = draft_line(line).key_result
    return new_key_result(read) if read is not None else None


def _tails(metric: Metric) -> Iterator[str]:
    told = metric.unit if isinstance(metric, Currency | Threshold) else "%" if metric.unit == "%" else ""
    unit = f" {told}" if told else ""
    aimed = f"{_plain(metric.target)}{unit}"
    yield ""
    if isinstance(metric, MomGrowth):
        if metric.previous is not None:
            yield f" (now {_plain(metric.previous)})"
        return
    begins = None if metric.baseline is None else f"{_plain(metric.baseline)}{unit}"
    now = f" (now {begins})" if begins else ""
    if isinstance(metric, Threshold):
        yield now
        bound = "at least" if metric.bound is Bound.AT_LEAST else "at most"
        if metric.upper is not None:
            bound, aimed = "between", f"{_plain(metric.target)} and {_plain(metric.upper)}{unit}"
        yield f": {bound} {aimed}{now}"
    if begins:
        yield f", from {begins}"
        yield now
        yield f", from {begins} to {aimed}"
    else:
        yield f", to {aimed}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
