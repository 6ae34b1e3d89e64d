"""Each letter about a set of OKRs in each of its states, with made-up people, to see whether it can be written."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product

from okrmate.domain.metrics import Count
from okrmate.domain.okrs import KeyResult
from okrmate.domain.people import Side
from okrmate.domain.summaries import NOTHING_HEARD
from okrmate.frozen import replace
from okrmate.mail.words import Words
from okrmate.services.letters.contexts import LetterContext
from okrmate.services.letters.set_contexts import (
    ClosedContext,
    ClosingContext,
    CoachContext,
    Goal,
    HalfTimeContext,
    HalfTimeState,
    RefineContext,
)
from okrmate.services.letters.set_lines import agreed_line, closing_line

_DAY = date(2026, 9, 14)
_KEY_RESULT = KeyResult(
    id="trial", mentorship="trial", objective="trial", ref="1.1", title="Trial", metric=Count(target=Decimal(3))
)


def set_trials(words: Words) -> Iterator[LetterContext]:
    """Bare and with everything that may stand in them."""
    goals = (Goal(title="Trial", number=1, refs=("1.1",)),)
    refine = RefineContext(name="A", other="B", until=_DAY, goals=goals, krs=(agreed_line(_KEY_RESULT, words),))
    yield from (refine, replace(refine, changes=("One", "Two")))
    lines = (closing_line(_KEY_RESULT, NOTHING_HEARD, None, words),)
    for state, side in product(HalfTimeState, Side):
        half = HalfTimeContext(name="A", other="B", state=state, to=side, until=_DAY, krs=lines)
        yield from (half, replace(half, heard_on=_DAY))
    for side in Side:
        closing = ClosingContext(name="A", other="B", to=side, until=_DAY, krs=lines)
        yield from (closing, replace(closing, unknown=1), replace(closing, krs=(*lines, *lines), unknown=1))
        closed = ClosedContext(name="A", other="B", to=side, lines=("One",))
        yield from (closed, replace(closed, learned="This", carried=("Two",), yours=4, theirs=5))
    coach = CoachContext(name="A", other="B", good="something")
    yield from (coach, replace(coach, objectives=1, key_results=2, lines=("One",), question="Why?", next_talk=_DAY))
