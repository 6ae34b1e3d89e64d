"""What the title of a key result aims at: its kind and target, told from years, versions and other numbers in it."""

import re
from collections.abc import Iterator
from decimal import Decimal

from okrmate.domain.metrics import Bound, MetricKind
from okrmate.frozen import Frozen
from okrmate.reply.amounts import CURRENCIES
from okrmate.reply.folding import fold
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.numbers import Number, read_number

MILLION = 1_000_000

MONEY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_MONEY_BEFORE = re.compile(rf"(?<!\w)({MONEY}) ?\Z")
_MONEY_BEHIND = re.compile(rf"\.? ?({MONEY})(?!\w)")
_PERCENT = re.compile(r" ?(?:%|percent|prozent|per cent)")
_DIGIT = re.compile(r"(?<![^\W\d])(?<![0-9][.,:/])(?<![0-9])[0-9]")
_UPPER = re.compile(rf" ?(?:(?:%|{MONEY}|[^\W\d_]{{1,12}}) )? *(?:and|und|to|bis|&|-|–) *(?:(?:{MONEY}) ?)?(?=[0-9])")
_RANGE = re.compile(r" *(?:to|bis|-|–) *(?=[0-9])")
_NO_AMOUNT = re.compile(r"[/:°]|-?[^\W\d_]|-[0-9]+-")
"""What goes on behind digits that count nothing: "24/7", "1:1", "360°", "3D", "4-day", "1-on-1"."""
_UNIT_BEHIND = re.compile(r"(?:h|min|s|ms|km|m|cm|kg|g|l|x|pp|pt|gb|mb)(?!\w)")
_MILLION = re.compile(r"m(?!\w)")
_YEAR = re.compile(r"20[2-4][1-9](?!\w)(?! ?(?:%|€|\$|£|→|->))")
_SIGNED = re.compile(r"(?:^|\s)([+-])\Z")
_COMPARED = (
    (Bound.AT_MOST, re.compile(r"(?<![-=])(?:<=?|≤)\Z")),
    (Bound.AT_LEAST, re.compile(r"(?<![-=])(?:>=?|≥)\Z")),
)
_NAMES = re.compile(
    r"\bkr ?[0-9]{1,2}\.[0-9]{1,2}(?![0-9.,])"
    r"|\b(?:top|version|release|v|iso|din|en|rfc|phase|level|chapter|kapitel|stufe|paragraph|room|raum|§) ?[0-9][0-9.]*"
    r"|\b[qh][1-4](?:[ /](?:19|20)[0-9]{2})?\b"
)
"""Numbers that belong to a name: a code of ours, a rank, a version, a standard, a quarter."""
_DAY_FIRST = re.compile(r"(?:by|until|before|within|on|bis|vor|im|in|am)\b[^,:;]{2,40},\s+(?=\w)")


class Aim(Frozen):
    """What is aimed at; `growth` says that `target` is a growth in %, below 0 where it is to be less."""

    kind: MetricKind
    target: Decimal
    unit: str = ""
    bound: Bound | None = None
    upper: Decimal | None = None
    growth: bool = False


class _Figure(Frozen):
    """A number in a title, its plus or minus, the words before and behind it, and the sign of what it is."""

    value: Decimal
    sign: str
    before: str
    behind: str
    percent: bool
    money: str

    @property
    def unit(self) -> str:
        return "%" if self.percent else self.money


def aim_of(title: str, words: Lexicon, mark: str) -> Aim | None:
    """What the title aims at, or None where it names nothing that is counted; then it is something to be made.

    Read are growth (also "double", "cut … by 30 %"), bounds, ranges, percentages and money anywhere, and a plain number
    only where the title begins with it or with what one does to get there: "Win 3 clients".
    """
    low = fold(title)
    plain = _NAMES.sub(lambda name: " " * len(name[0]), low)
    day = _DAY_FIRST.match(plain)
    begins = day.end() if day else len(plain) - len(plain.lstrip())
    figures = list(_figures(title, plain, begins, words, mark))
    read = (_growth(each, plain, words) or _bounded(each, words, mark) or _plain(each, words) for each in figures)
    return _many_times(plain[begins:], words) or next(filter(None, read), None)


def kind_of(low: str, figure: Number) -> tuple[MetricKind, str]:
    """What a number is by the sign beside it: a percentage, money, or a count; and its unit."""
    if _PERCENT.match(low, figure.end):
        return MetricKind.PERCENT, "%"
    unit = _currency(low, figure)
    return (MetricKind.CURRENCY, unit) if unit else (MetricKind.COUNT, "")


def figure_at(title: str, low: str, at: int, words: Lexicon, mark: str) -> Number | None:
    """The number at this place of a title; None where it can be read in two ways.

    Unlike in a reply a large M is a million, and so is any m behind money: "1.2M views", "£1.5m".
    """
    number = read_number(low, at, words, mark=mark, whole="%" not in low[at : at + 12])
    end, times = (number.end, 1) if number else (at, 1)
    if number and _MILLION.match(low, end) and (title[end] == "M" or _MONEY_BEFORE.search(low[:at])):
        number, end, times = read_number(low, at, words, mark=mark, whole=False), end + 1, MILLION
    if number is None or number.value is None:
        return None
    value = number.value * times
    plain = value.to_integral_value()
    return Number(value=plain if plain == value else value, start=at, end=end)


def _figures(title: str, low: str, begins: int, words: Lexicon, mark: str) -> Iterator[_Figure]:
    """The numbers of a title that count something, in their order; one in words only where it begins."""
    end = begins
    spelled = begins if words.starts("numbers", low, begins) >= 0 else None
    places = [] if spelled is None else [spelled]
    for at in (*places, *(each.start() for each in _DIGIT.finditer(low, begins))):
        if at < end or _YEAR.match(low, at):
            continue
        number = figure_at(title, low, at, words, mark)
        if number is None or number.value is None:
            continue
        if _NO_AMOUNT.match(low, number.end) and not _UNIT_BEHIND.match(low, number.end):
            percent_or_money = _PERCENT.match(low, number.end) or _MONEY_BEHIND.match(low, number.end)
            if not percent_or_money and not (low[number.end] == "-" and low[number.end + 1].isdigit()):
                continue
        end = number.end
        yield _figure(low[begins:], number, begins)


def _figure(low: str, number: Number, begins: int) -> _Figure:
    here = Number(value=number.value, start=number.start - begins, end=number.end - begins)
    percent = _PERCENT.match(low, here.end)
    money = "" if percent else _currency(low, here)
    unit = percent or (_MONEY_BEHIND.match(low, here.end) if money else None)
    signed = _SIGNED.search(low[: here.start])
    return _Figure(
        value=number.value or Decimal(0),
        sign=signed[1] if signed else "",
        before=(low[: signed.start()] if signed else low[: here.start]).rstrip(" €$£¥"),
        behind=low[unit.end() if unit else here.end :].lstrip(),
        percent=percent is not None,
        money=money,
    )


def _currency(low: str, figure: Number) -> str:
    before, behind = _MONEY_BEFORE.search(low[: figure.start]), _MONEY_BEHIND.match(low, figure.end)
    return CURRENCIES[before[1]] if before else CURRENCIES[behind[1]] if behind else ""


def _many_times(low: str, words: Lexicon) -> Aim | None:
    """Such as "double the number of guests": so many per cent more, or half of it less."""
    for name, growth in (("double", 100), ("triple", 200), ("halve", -50)):
        if words.starts(f"measure.{name}", low) >= 0 or words.ends(f"measure.{name}", low.rstrip(" .")) >= 0:
            return Aim(kind=MetricKind.PERCENT_INCREASE, target=Decimal(growth), growth=True)
    return None


def _growth(figure: _Figure, low: str, words: Lexicon) -> Aim | None:
    """So many per cent more or less than now: "20 % fewer", "cut defects by 30 %", "8 % monthly growth"."""
    if not figure.percent:
        return None
    monthly = words.starts("forms.per_month", figure.behind)
    behind = figure.behind[max(monthly, 0) :].lstrip()
    less = figure.sign == "-" or words.starts("measure.less", behind) >= 0
    more = figure.sign == "+" or words.starts("forms.growth", behind) >= 0
    if not (less or more or words.ends("measure.growth_of", figure.before) >= 0):
        if not _moved_by(figure, low, words):
            return None
        less = words.has("measure.falls", low)
    each_month = words.has("forms.per_month", figure.behind) or words.starts("forms.per_month", low) >= 0
    kind = MetricKind.MOM_GROWTH if each_month else MetricKind.PERCENT_INCREASE
    unit = "%" if kind is MetricKind.MOM_GROWTH else ""
    return Aim(kind=kind, target=-figure.value if less else figure.value, growth=True, unit=unit)


def _moved_by(figure: _Figure, low: str, words: Lexicon) -> bool:
    """Whether a verb moves something by this figure, "cut by 5 %", "boost traffic 5 %"; not to it: "raise to 5 %"."""
    before = figure.before
    verbs = ("measure.rises", "measure.falls")
    if words.ends("measure.by", before) >= 0:
        return any(words.has(verb, low) for verb in verbs)
    if words.ends("measure.from_or_to", before) >= 0 or before.endswith(":"):
        return False
    return any(words.starts(verb, low) >= 0 or words.ends(verb, before) >= 0 for verb in verbs)


def _bounded(figure: _Figure, words: Lexicon, mark: str) -> Aim | None:
    """Held at least, at most or between: by the words before the number, right behind it, or as "3-5 talks"."""
    unit = figure.unit
    bound = _bound(figure, words)
    if bound is not None:
        return Aim(kind=MetricKind.THRESHOLD, target=figure.value, bound=bound, unit=unit)
    between = words.ends("forms.between", figure.before) >= 0
    joint = (_UPPER if between else _RANGE).match(figure.behind) if between or not figure.before else None
    upper = read_number(figure.behind, joint.end(), words, mark=mark, whole=True) if joint else None
    high = upper.value if upper and upper.value is not None and upper.value > figure.value else None
    if upper and high is not None and not unit:
        unit = kind_of(figure.behind, upper)[1]
    if not between and high is None:
        return None
    return Aim(kind=MetricKind.THRESHOLD, target=figure.value, bound=Bound.AT_LEAST, unit=unit, upper=high)


def _bound(figure: _Figure, words: Lexicon) -> Bound | None:
    for bound, sign in _COMPARED:
        before = words.ends(f"forms.{bound}", figure.before) >= 0 or sign.search(figure.before)
        if before or words.starts(f"measure.{bound}", figure.behind) >= 0:
            return bound
    return Bound.AT_LEAST if figure.behind.startswith("+ ") else None


def _plain(figure: _Figure, words: Lexicon) -> Aim | None:
    """A percentage or an amount of money anywhere; a count where the title begins with it or with a verb for it."""
    if figure.percent:
        return Aim(kind=MetricKind.PERCENT, target=figure.value, unit="%")
    if figure.money:
        return Aim(kind=MetricKind.CURRENCY, target=figure.value, unit=figure.money)
    if not figure.before or words.whole("measure.reach", figure.before):
        return Aim(kind=MetricKind.COUNT, target=figure.value)
    return None
