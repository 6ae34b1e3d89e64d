"""What a value is made of: a sum over named sources, or the named steps of a milestone."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from okrmate.domain.metrics import FULL
from okrmate.frozen import Frozen

PLACES = Decimal("0.01")


class Part(Frozen):
    """What one named source gives to a sum: 120 followers on one of three networks."""

    source: str
    value: Decimal


def known_parts(before: Iterable[Part], new: Iterable[Part]) -> tuple[Part, ...]:
    """The newest value of each source, in the order in which they were first heard of."""
    return tuple({part.source: part for part in (*before, *new)}.values())


def total(sources: Sequence[str], parts: Iterable[Part]) -> Decimal | None:
    """The sum over all sources; None while one of them was never heard of: a part is not the whole."""
    values = {part.source: part.value for part in parts}
    return sum((values[source] for source in sources), Decimal(0)) if set(sources) <= set(values) else None


def missing(sources: Sequence[str], parts: Iterable[Part]) -> tuple[str, ...]:
    """The sources nobody has told a number of yet."""
    heard = {part.source for part in parts}
    return tuple(source for source in sources if source not in heard)


def at_step(steps: Sequence[str], number: int) -> Decimal:
    """How much of a milestone is done, in %, when so many of its steps are (counted from 1); each weighs the same."""
    share = (FULL * number / len(steps)).quantize(PLACES)
    return share.quantize(Decimal(1)) if share == share.to_integral_value() else share


def last_step(steps: Sequence[str], value: Decimal | None) -> str:
    """The step that was done last at such a value in %; empty where none was."""
    done = 0 if value is None else int((value + PLACES) * len(steps) / FULL)
    return steps[min(done, len(steps)) - 1] if steps and done > 0 else ""
