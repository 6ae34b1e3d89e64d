"""A key result in one line for a person: as it stands, and what became of it with an answer."""

from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from okrmate.domain.letters import KeyResultLine
from okrmate.domain.metrics import (
    FULL,
    Bound,
    Count,
    Currency,
    Metric,
    Milestone,
    MomGrowth,
    Percent,
    PercentIncrease,
    Threshold,
    falling,
    reached,
)
from okrmate.domain.okrs import KeyResult
from okrmate.domain.pace import Movement, movement
from okrmate.domain.summaries import Summary
from okrmate.frozen import Frozen
from okrmate.mail.markup import shorten
from okrmate.mail.words import Words

TITLE_WIDTH = 60
"""Characters of a title in an acknowledgement, which has 70 words for everything (design "Form")."""
NOTE_WIDTH = 80
"""Characters of somebody's own words there."""


class Remark(StrEnum):
    """What is worth saying about a change beyond its numbers."""

    NONE = "none"
    BACK = "back"
    """Away from the target: applied, and said so that it is looked at."""
    REACHED = "reached"
    PAST = "past"


class Heard(StrEnum):
    """What else than a value an answer can say about a key result."""

    NOTED = "noted"
    BLOCKED = "blocked"
    CONFIDENCE = "confidence"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


class ChangedLine(Frozen):
    """One line of an acknowledgement and what is worth saying about it."""

    text: str
    remark: Remark = Remark.NONE


def value_text(metric: Metric, value: Decimal, words: Words) -> str:
    """A value of this metric as its reader writes it: `3`, `68 %`, `1,500 €`."""
    match metric:
        case Percent() | Milestone() | MomGrowth():
            return words.percent(value)
        case Threshold(unit="%"):
            return words.percent(value)
        case Currency(unit=unit):
            return words.money(value, unit)
        case Threshold(unit=unit):
            return words.measured(value, unit)
        case Count() | PercentIncrease():
            return words.number(value)
        case _:
            assert_never(metric)


def goal_text(metric: Metric, words: Words) -> str:
    """What is aimed at: `6`, `at least 30 %`, `10 % more a month`."""
    target = value_text(metric, metric.target, words)
    match metric:
        case Threshold(upper=Decimal() as upper):
            return words.phrase("goals", "between", target=target, upper=value_text(metric, upper, words))
        case Threshold(bound=Bound.AT_LEAST):
            name = "at_least"
        case Threshold():
            name = "at_most"
        case MomGrowth():
            name = "growth"
        case _:
            name = "target"
    return words.phrase("goals", name, target=target)


def display_key_result(key_result: KeyResult, summary: Summary, words: Words) -> KeyResultLine:
    """The key result as a letter shows it, `Invitations to speak: 3 of 6, began at 1 (KR 1.1)`, ready for `::kr`."""
    metric = key_result.metric
    baseline = metric.baseline if metric.baseline is not None else summary.first
    values = {
        "title": key_result.title,
        "target": value_text(metric, metric.target, words),
        "goal": goal_text(metric, words),
        "baseline": "" if baseline is None else value_text(metric, baseline, words),
        "value": "" if summary.value is None else _rounded(value_text(metric, summary.value, words), summary, words),
    }
    text = words.phrase("key_results", _standing(metric, baseline, summary.value), **values)
    return KeyResultLine(ref=key_result.ref, key_result=key_result.id, display=_coded(key_result, text, words))


def changed_line(
    key_result: KeyResult,
    before: Decimal | None,
    after: Decimal,
    words: Words,
    *,
    note: str = "",
    approximate: bool = False,
) -> ChangedLine:
    """What an answer made of a value: old and new, what was said beside it, whether it went back or met its goal."""
    metric = key_result.metric
    remark = _remark(metric, before, after)
    old = "" if before is None else value_text(metric, before, words)
    text = words.phrase(
        "changes",
        _change(metric, before, after, remark),
        title=shorten(key_result.title, TITLE_WIDTH),
        old=old,
        new=value_text(metric, after, words),
        target=value_text(metric, metric.target, words),
        goal=goal_text(metric, words),
        stretch="" if metric.stretch is None else value_text(metric, metric.stretch, words),
    )
    if remark is Remark.BACK and before is not None:
        text = words.phrase("changes", "lower" if after < before else "higher", text=text)
    if approximate:
        text = words.phrase("changes", "approximate", text=text)
    if note:
        text = words.phrase("changes", "with_note", text=text, words=shorten(note, NOTE_WIDTH))
    return ChangedLine(text=_coded(key_result, text, words), remark=remark)


def outdated_line(key_result: KeyResult, value: Decimal, stands: Decimal, words: Words) -> ChangedLine:
    """What was written before what counts now: it is kept and replaces nothing."""
    text = words.phrase(
        "changes",
        "outdated",
        title=shorten(key_result.title, TITLE_WIDTH),
        old=value_text(key_result.metric, value, words),
        new=value_text(key_result.metric, stands, words),
    )
    return ChangedLine(text=_coded(key_result, text, words))


def restored_line(key_result: KeyResult, value: Decimal | None, words: Words, *, newer: bool = False) -> ChangedLine:
    """What taking a mail back left: the value that counts again, or none; `newer`: one that came after that mail."""
    new = "" if value is None else value_text(key_result.metric, value, words)
    name = "restored_unheard" if value is None else "restored_newer" if newer else "restored"
    text = words.phrase("changes", name, title=shorten(key_result.title, TITLE_WIDTH), new=new)
    return ChangedLine(text=_coded(key_result, text, words))


def heard_line(key_result: KeyResult, heard: Heard, said: str, words: Words) -> ChangedLine:
    """A note, a blocker, a confidence or an outlook that was kept; `said` is the note, or the number."""
    name = "blocked_plain" if heard is Heard.BLOCKED and not said else heard.value
    title = shorten(key_result.title, TITLE_WIDTH)
    text = words.phrase("changes", name, title=title, words=shorten(said, NOTE_WIDTH), value=said)
    return ChangedLine(text=_coded(key_result, text, words))


def _coded(key_result: KeyResult, text: str, words: Words) -> str:
    return words.phrase("key_results", "coded", text=text, ref=key_result.ref)


def _rounded(text: str, summary: Summary, words: Words) -> str:
    return words.phrase("numbers", "approximate", value=text) if summary.approximate else text


def _standing(metric: Metric, baseline: Decimal | None, value: Decimal | None) -> str:
    """The phrase that shows where a key result stands; a number that is not known is shown as missing, not as 0."""
    began = baseline is not None
    match metric:
        case Milestone() if value is None:
            return "unheard_milestone"
        case _ if value is None:
            return "unheard_began" if began and not isinstance(metric, Threshold | MomGrowth) else "unheard"
        case Milestone():
            return "done" if value >= FULL else "milestone" if began else "goal"
        case Threshold() | MomGrowth():
            return "goal"
        case _:
            return "of_began" if began else "of"


def _change(metric: Metric, before: Decimal | None, after: Decimal, remark: Remark) -> str:
    """The phrase that shows a change."""
    if before is None or before == after:
        return "first" if before is None else "same"
    if remark is Remark.PAST and not isinstance(metric, Threshold):
        if metric.stretch is None:
            return "past"
        over = after < metric.stretch if falling(metric) else after > metric.stretch
        return "past_stretch" if over else "past_stretch_ahead"
    match metric:
        case Milestone():
            return "milestone_done" if after >= FULL else "milestone"
        case Threshold() | MomGrowth():
            return "goal"
        case _:
            return "of"


def _remark(metric: Metric, before: Decimal | None, after: Decimal) -> Remark:
    """Back is away from the target, whichever way that lies; a target is reached once."""
    if before is not None and movement(metric, before, after) is Movement.DOWN:
        return Remark.BACK
    if before is None or before == after or reached(metric, before) or not reached(metric, after):
        return Remark.NONE
    return Remark.REACHED if after == metric.target or isinstance(metric, Threshold) else Remark.PAST
