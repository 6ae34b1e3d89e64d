"""Growth from month to month: what several values of one month, and months nobody counted, make of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from okrmate.domain.metrics import FULL, PLACES

YEAR = 12


def by_month(values: Iterable[tuple[date, Decimal]]) -> Mapping[date, Decimal]:
    """The value of each month (its first day), oldest first: the last one heard in it, whatever came before.

    So a month's growth that is said twice counts once, and a month's number that is put right is the later one.
    """
    ordered = sorted(values, key=lambda value: value[0])
    return {day.replace(day=1): value for day, value in ordered}


def growths(numbers: Mapping[date, Decimal]) -> Mapping[date, Decimal]:
    """The growth in % of each month against the one counted before it; `numbers` as `by_month` gives them.

    Two numbers of one month are never held against each other. Over months that nobody counted it is what each of
    them grew by on average, compounded. What begins at nothing, or below, has no growth that could be said in %.
    """
    found: dict[date, Decimal] = {}
    months = sorted(numbers)
    for before, month in pairwise(months):
        base, number = numbers[before], numbers[month]
        if base > 0 and number >= 0:
            apart = (month.year - before.year) * YEAR + month.month - before.month
            found[month] = _compounded(number / base, apart)
    return found


def mean_growth(several: Iterable[Decimal]) -> Decimal | None:
    """The growth in % that, the same in every month, would have led to the same; None of no month.

    This is what a cycle's growth is scored by: one good month at its end is not the goal. No growth is below -100.
    """
    each = tuple(several)
    whole = Decimal(1)
    for growth in each:
        whole *= 1 + growth / FULL
    return _compounded(whole, len(each)) if each else None


def _compounded(factor: Decimal, months: int) -> Decimal:
    """The growth in % of one month, of which so many make up the factor."""
    root = factor if months == 1 or not factor else factor ** (Decimal(1) / months)
    return round((root - 1) * FULL, PLACES)
