"""What is worth a look in a key result: an activity, nothing to count, no start, nobody who acts, too far, too safe."""

import re
from decimal import Decimal

from okrmate.domain.coach import Finding, FindingName
from okrmate.domain.coach_objectives import Span, amount, first_or_last, found, ordered, others_act, skip_lead
from okrmate.domain.metrics import Metric, Milestone, MomGrowth, Threshold, falling, reached
from okrmate.domain.vocabulary import Vocabulary, lowered
from okrmate.frozen import Frozen

CERTAIN = 9
"""The confidence, of 10, from which on a target is certain before anybody has begun."""

_ALL_OF_THEM = re.compile(r"(?<!\d)(\d+)\s+(?:of|von)\s+(?:\w+\s+)?\1(?!\d)")
"""Such as "4 of my 4 planned talks"."""
_NUMBER_NEXT = re.compile(r"\s*[:=(~€$£]*\s*\d")
_STANDS_STILL = re.compile(r"(?<![\d.,])(\d+)\s*(?:%\s*)?(?:-{1,2}>|=>|→|⇒|to|auf)\s*\1(?![\d.,]*\d)")
_ARROW = re.compile(r"\d\s?[^\W\d]{0,8}%?\s*(?:-{1,2}>|=>|→|⇒)\s*\S*\d")


class Circumstances(Frozen):
    """What is known of a key result besides its words; None is not known, and then nothing is said of it.

    `behaviour` is what others would do, `begun` says that the start is known. `serves` is the line of the long-term
    vision, empty where none was chosen. `confidence` is the one at the start. `by_itself` is the value that would come
    without doing anything. `fastest` is the best step of a week so far.
    """

    behaviour: str = ""
    begun: bool = False
    serves: str | None = None
    confidence: int | None = None
    by_itself: Decimal | None = None
    value: Decimal | None = None
    fastest: Decimal | None = None
    weeks_left: Decimal | None = None
    occasions_left: int | None = None


NOTHING_ELSE = Circumstances()


def judge_key_result(
    title: str,
    metric: Metric | None,
    words: Vocabulary,
    *,
    about: str = "",
    known: Circumstances = NOTHING_ELSE,
) -> tuple[Finding, ...]:
    """The findings of one key result by its words, what it measures (None where it names no number) and what is known.

    An activity draws nothing else: what comes of it is the first question. What cannot be counted has no start either.
    """
    said = words.without("date", lowered(title))
    activity = None if known.behaviour else _activity(title, said, metric, words)
    unit = None if activity else _unit(title, said, metric, words)
    nowhere = activity or unit or known.begun
    spans: dict[FindingName, Span | None] = {
        FindingName.KR_ACTIVITY: activity,
        FindingName.KR_UNIT: unit,
        FindingName.KR_BASELINE: None if nowhere else _growth_from_nowhere(said, metric, words),
        FindingName.KR_NOBODY: None if activity or known.behaviour else _nobody(said, words),
        FindingName.KR_REACH: (0, 0) if metric is not None and _out_of_reach(metric, known) else None,
        FindingName.KR_SAFE: _safe(said, metric, known),
        FindingName.KR_TRACKABLE: (0, 0) if known.serves == "" else None,
    }
    return tuple(found(name, title, span, about) for name, span in spans.items() if span is not None)


def _activity(title: str, said: str, metric: Metric | None, words: Vocabulary) -> Span | None:
    """What one does oneself, unless it goes on to say what others do.

    "Calls" and "build" are nouns too: where a start is known they are measured, not done. Any order to oneself that
    compares nothing is an activity, and so are one's own things so many a week, or each day.
    """
    begins, begun = skip_lead(said, words), _begun(metric) or _ARROW.search(said)
    activity = first_or_last("activity", title, said, words)
    if activity and words.starts("noun_too", said, begins) >= 0 and begun:
        activity = None
    compares = words.find("growth", said) or words.find("vague", said)
    if not activity and not begun and not compares:
        activity = ordered(title, said, words)
    number = amount(title, said, words)
    so_many = begins > 0 or (number and number[0] == begins)
    if not activity and so_many and words.find("rhythm", said) and not begun:
        activity = words.find("output", said)
    return None if activity and others_act(said, words) else activity


def _unit(title: str, said: str, metric: Metric | None, words: Vocabulary) -> Span | None:
    """Words that only compare, or nothing but numbers, where it takes something that can be counted."""
    if _only_numbers(said, words):
        return 0, len(title)
    counted = not (metric is None or isinstance(metric, Milestone)) or amount(title, said, words)
    if counted or words.find("countable", said) or words.find("many", said):
        return None
    return words.find("vague", said)


def _begun(metric: Metric | None) -> bool:
    """Whether it is known where it starts; a growth from month to month starts at last month's number."""
    match metric:
        case None | Milestone():
            return False
        case MomGrowth():
            return metric.previous is not None
        case _:
            return metric.baseline is not None


def _only_numbers(said: str, words: Vocabulary) -> bool:
    return not any(char.isalpha() for char in words.without("small", words.without("start", said)))


def _growth_from_nowhere(said: str, metric: Metric | None, words: Vocabulary) -> Span | None:
    """More or less of something, where neither the metric nor the words tell from how much."""
    told = any(_NUMBER_NEXT.match(said, end) for _, end in words.each("start", said)) or words.find("unknown", said)
    if _begun(metric) or told or _ARROW.search(said):
        return None
    return words.find("growth", words.without("bound", said))


def _nobody(said: str, words: Vocabulary) -> Span | None:
    somebody = words.find("people", said) or words.find("countable", said)
    return None if somebody or _only_numbers(said, words) else (0, 0)


def _out_of_reach(metric: Metric, known: Circumstances) -> bool:
    """Whether it takes larger steps than the largest so far, or more occasions than are left."""
    if known.value is None or reached(metric, known.value):
        return False
    way = abs(metric.target - known.value)
    if known.occasions_left is not None and way > known.occasions_left:
        return True
    if known.fastest is None or known.weeks_left is None:
        return False
    return way > known.fastest * max(known.weeks_left, Decimal(0))


def _safe(said: str, metric: Metric | None, known: Circumstances) -> Span | None:
    """What is certain on the first day: said so, comes by itself, or is all of what is planned anyway."""
    no_way = _ALL_OF_THEM.search(said) or _STANDS_STILL.search(said)
    if no_way and (metric is None or not falling(metric)):
        return no_way.span()
    certain = known.confidence is not None and known.confidence >= CERTAIN
    begins = metric.baseline if isinstance(metric, Threshold) else None
    expected = begins if known.by_itself is None else known.by_itself
    by_itself = metric is not None and expected is not None and reached(metric, expected)
    return (0, 0) if certain or by_itself else None
