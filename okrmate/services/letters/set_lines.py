"""The lines of letters about a set of OKRs: a goal as it is agreed to, what is not as it was drafted, and scores."""

from decimal import Decimal

from okrmate.domain.closing import FinalScore
from okrmate.domain.letters import KeyResultLine
from okrmate.domain.metrics import Metric, Milestone, MomGrowth, Threshold, reached
from okrmate.domain.okrs import KeyResult
from okrmate.domain.summaries import Summary
from okrmate.domain.versions import Difference, VersionLine
from okrmate.frozen import replace
from okrmate.mail.markup import shorten
from okrmate.mail.words import Words
from okrmate.services.letters.key_result_lines import display_key_result, goal_text, value_text

REASON_WIDTH = 160
"""Characters of a reason; more than a sentence is for the talk."""


def agreed_line(key_result: KeyResult, words: Words) -> KeyResultLine:
    """A key result as both agree to it: from where to where, and the stretch."""
    text = words.phrase(
        "goals_agreed",
        "from_to" if _has_way(key_result.metric) else "to",
        title=key_result.title,
        baseline=_text(key_result.metric, key_result.metric.baseline, words),
        goal=goal_text(key_result.metric, words),
    )
    if key_result.metric.stretch is not None:
        stretch = value_text(key_result.metric, key_result.metric.stretch, words)
        text = words.phrase("goals_agreed", "stretch", text=text, stretch=stretch)
    coded = words.phrase("key_results", "coded", text=text, ref=key_result.ref)
    return KeyResultLine(ref=key_result.ref, key_result=key_result.id, display=coded, shown=True)


def _has_way(metric: Metric) -> bool:
    return metric.baseline is not None and not isinstance(metric, Threshold | MomGrowth)


def _text(metric: Metric, value: Decimal | None, words: Words) -> str:
    return "" if value is None else value_text(metric, value, words)


def difference_line(difference: Difference, reason: str, words: Words) -> str:
    """What became of a line of the draft, and why where somebody said so."""
    before = difference.before
    text = words.phrase(
        "altered",
        str(difference.kind),
        title=difference.line.title,
        before=before.title if before else "",
        was=_goal(before, words),
        goal=_goal(difference.after, words),
    )
    if not reason:
        return text
    return words.phrase("altered", "because", text=text, reason=shorten(reason, REASON_WIDTH).rstrip(":"))


def _goal(line: VersionLine | None, words: Words) -> str:
    return goal_text(line.metric, words) if line is not None and line.metric is not None else ""


def closing_line(key_result: KeyResult, summary: Summary, score: Decimal | None, words: Words) -> KeyResultLine:
    """A key result as it stands at the end, and what the numbers make of it; not known is not zero."""
    line = display_key_result(key_result, summary, words)
    text = words.phrase(
        "closing",
        "unknown" if score is None else "by_numbers",
        text=line.display,
        score=score_text(score, words),
    )
    return replace(line, display=text, shown=True)


def final_line(key_result: KeyResult, summary: Summary, final: FinalScore, by: str, words: Words) -> str:
    """A key result as it was closed; `by` names whose score it is where it is not what the numbers say."""
    metric = key_result.metric
    beginning = metric.baseline if metric.baseline is not None else summary.first
    text = words.phrase(
        "closing",
        "moved" if beginning is not None and summary.value is not None else "stood",
        title=key_result.title,
        old=_text(metric, beginning, words),
        new=_text(metric, summary.value, words),
        goal=goal_text(metric, words),
    )
    if isinstance(metric, Milestone) and summary.value is not None and reached(metric, summary.value):
        text = words.phrase("key_results", "done", title=key_result.title)
    coded = words.phrase("key_results", "coded", text=text, ref=key_result.ref)
    if final.score is None:
        return words.phrase("closing", "unknown", text=coded)
    own = final.score != final.by_numbers
    scored = words.phrase("closing", by if own else "final", text=coded, score=score_text(final.score, words))
    if not final.note:
        return scored
    return words.phrase("closing", "noted", text=scored, words=shorten(final.note, REASON_WIDTH))


def score_text(score: Decimal | None, words: Words) -> str:
    """A score of 0 to 1 as its reader writes it."""
    return "" if score is None else words.number(score)
