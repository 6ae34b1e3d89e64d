"""What an amount means for a key result of each kind: the value it sets or adds, or why it must be asked about."""

from decimal import Decimal
from typing import assert_never

from okrmate.domain.metrics import MetricKind
from okrmate.reply.amounts import FAMILIES, Amount, Scale, currency_code
from okrmate.reply.context import KeyResultContext
from okrmate.reply.updates import Check, Op, Outcome, Problem, ProblemReason, Update

FULL = Decimal(100)
EVEN = Decimal(50)
FAR = 10
"""How many times the largest known value makes an outlier, and which part of the current one (rule 16)."""

DARING = Decimal("1.5")
"""Growth beyond this part of the target growth is asked about (rule 5)."""

Step = tuple[Op, Decimal, frozenset[Check]]
"""What is done to a key result, by how much, and what speaks for a second look."""


def judge(kr: KeyResultContext, amount: Amount, *, marked: bool, counted: bool, words: str) -> Outcome:
    """What `amount` says about `kr`.

    `marked` means a colon or equals sign stood before it, so that a minus is a sign and not a dash; `counted`
    means the unit's own words, or words for people, stood behind it.
    """
    reason = _money(kr, amount) or (ProblemReason.SIGN_OR_DASH if amount.glued and not marked else None)
    if reason or amount.value is None:
        return Problem(reason=reason or ProblemReason.UNCLEAR_VALUE, kr=kr.ref, words=words, value=amount.value)
    match amount.scale:
        case Scale.PLAIN:
            outcome = _plain(kr, amount, counted=counted)
        case Scale.PERCENT:
            outcome = _percent(kr, amount, marked=marked)
        case Scale.POINTS:
            outcome = _points(kr, amount)
        case Scale.PORTION:
            outcome = _set(kr, amount.value) if kr.on_scale else ProblemReason.WHICH_SCALE
        case Scale.SHARE:
            outcome = _share(kr, amount)
        case _:
            assert_never(amount.scale)
    if isinstance(outcome, ProblemReason):
        return Problem(reason=outcome, kr=kr.ref, words=words, value=amount.value)
    op, value, checks = outcome
    if amount.approximate:
        checks |= {Check.APPROXIMATE}
    counts = kr.kind is MetricKind.MOM_GROWTH and amount.scale is Scale.PLAIN
    return Update(
        kr=kr.ref,
        op=op,
        value=value,
        approximate=amount.approximate,
        words=words,
        checks=checks,
        counted=amount.value if counts else None,
    )


def _money(kr: KeyResultContext, amount: Amount) -> ProblemReason | None:
    """A currency that is not the key result's is never converted."""
    if not amount.currency:
        return None
    unit = currency_code(kr.unit)
    fits = kr.kind is MetricKind.CURRENCY or unit in FAMILIES["$"] | FAMILIES["¥"] | FAMILIES["KR"] | {
        "EUR",
        "GBP",
        "CHF",
    }
    if fits and (unit == amount.currency or unit in FAMILIES.get(amount.currency, frozenset())):
        return None
    return ProblemReason.CURRENCY_MISMATCH


def _change(amount: Amount) -> Decimal:
    value = amount.value or Decimal(0)
    return -value if amount.change < 0 else value


def _plain(kr: KeyResultContext, amount: Amount, *, counted: bool) -> Step | ProblemReason:
    if kr.kind is MetricKind.MOM_GROWTH:
        return _monthly_count(kr, amount, counted=counted)
    if amount.change and kr.on_scale:
        return ProblemReason.RELATIVE_PERCENT
    if amount.growth:
        return ProblemReason.UNCLEAR_VALUE if amount.change == 0 else _add(kr, _change(amount))
    return _add(kr, _change(amount)) if amount.change else _set(kr, _change(amount))


def _monthly_count(kr: KeyResultContext, amount: Amount, *, counted: bool) -> Step | ProblemReason:
    """This month's number against last month's gives the growth; a bare number could be either."""
    if amount.change or not counted or not kr.previous or amount.value is None:
        return ProblemReason.WHICH_SCALE
    growth = (amount.value - kr.previous) / kr.previous * FULL
    return _derived(_set(kr, growth.quantize(Decimal("0.01")).normalize()))


def _percent(kr: KeyResultContext, amount: Amount, *, marked: bool) -> Step | ProblemReason:
    value = amount.value or Decimal(0)
    if kr.kind is MetricKind.MOM_GROWTH:
        if amount.change and not (amount.on_last or (marked and amount.signed)):
            return ProblemReason.RELATIVE_PERCENT
        return ProblemReason.WHICH_SCALE if amount.since_start else _set(kr, _change(amount))
    if kr.kind is MetricKind.PERCENT_INCREASE:
        return _grown(kr, amount)
    if not kr.on_scale:
        return ProblemReason.WHICH_SCALE
    if amount.change or amount.growth or amount.since_start or amount.on_last:
        return ProblemReason.RELATIVE_PERCENT
    return _set(kr, value)


def _grown(kr: KeyResultContext, amount: Amount) -> Step | ProblemReason:
    """Growth since the baseline; more than half again as much as was aimed at is likelier a part of the way."""
    value = amount.value or Decimal(0)
    if amount.on_last and not amount.growth:
        return ProblemReason.WHICH_SCALE
    if amount.change and not amount.since_start:
        return ProblemReason.RELATIVE_PERCENT
    if not kr.baseline or kr.target is None:
        return ProblemReason.WHICH_SCALE
    aim = (kr.target - kr.baseline) / kr.baseline * FULL
    if amount.change < 0 or value > aim * DARING:
        return ProblemReason.WHICH_SCALE
    return _derived(_set(kr, kr.baseline * (FULL + value) / FULL))


def _points(kr: KeyResultContext, amount: Amount) -> Step | ProblemReason:
    if not kr.on_scale and kr.kind is not MetricKind.MOM_GROWTH:
        named = "point" in kr.unit.lower() or "punkt" in kr.unit.lower()
        return _plain(kr, amount, counted=True) if named else ProblemReason.WHICH_SCALE
    return _add(kr, _change(amount)) if amount.change else ProblemReason.WHICH_SCALE


def _share(kr: KeyResultContext, amount: Amount) -> Step | ProblemReason:
    value, total = amount.value or Decimal(0), amount.total or Decimal(0)
    if amount.change or total <= 0 or kr.kind is MetricKind.MOM_GROWTH:
        return ProblemReason.UNCLEAR_VALUE
    if not kr.on_scale:
        return _set(kr, value) if total == kr.target else ProblemReason.DENOMINATOR_MISMATCH
    if value != value.to_integral_value():
        return ProblemReason.UNCLEAR_VALUE  # "4.2 out of 5" is a mean, not a part of five
    if value > total:
        return ProblemReason.OUT_OF_RANGE
    if value == total == EVEN:
        return ProblemReason.UNCLEAR_VALUE  # "50/50" says that it may go either way
    if total == kr.target and total != FULL:
        return ProblemReason.WHICH_SCALE  # "70/80" with a target of 80 %: 70 of these, or seven eighths
    return _derived(_set(kr, (value / total * FULL).quantize(Decimal("0.01")).normalize()))


def _derived(step: Step | ProblemReason) -> Step | ProblemReason:
    """The same, marked as worked out of what was written."""
    if isinstance(step, ProblemReason):
        return step
    op, value, checks = step
    return op, value, checks | {Check.DERIVED}


def _tidy(value: Decimal) -> Decimal:
    """`value` without exponent and trailing zeros."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _set(kr: KeyResultContext, value: Decimal) -> Step | ProblemReason:
    reason = _out_of_bounds(kr, value)
    if reason:
        return reason
    down = kr.current is not None and value < kr.current
    checks = frozenset({Check.DECREASE}) if down else frozenset()
    return Op.SET, _tidy(value), checks


def _add(kr: KeyResultContext, change: Decimal) -> Step | ProblemReason:
    known = kr.current if kr.current is not None else kr.baseline
    if known is None:
        return ProblemReason.UNCLEAR_VALUE
    reason = _out_of_bounds(kr, known + change)
    if reason:
        return reason
    checks = frozenset({Check.DECREASE}) if change < 0 else frozenset()
    return Op.ADD, _tidy(change), checks


def _out_of_bounds(kr: KeyResultContext, value: Decimal) -> ProblemReason | None:
    if kr.kind is MetricKind.MOM_GROWTH:
        return ProblemReason.OUT_OF_RANGE if value < -FULL else None
    if value < 0 and all(known is None or known >= 0 for known in (kr.baseline, kr.current, kr.target)):
        return ProblemReason.OUT_OF_RANGE
    if kr.on_scale and value > FULL:
        return ProblemReason.OUT_OF_RANGE
    known = [abs(each) for each in (kr.baseline, kr.current, kr.target) if each is not None]
    if known and max(known) > 0 and abs(value) > FAR * max(known):
        return ProblemReason.OUTLIER
    if kr.current and value != 0 and abs(value) * FAR < abs(kr.current):
        return ProblemReason.OUTLIER
    return None
