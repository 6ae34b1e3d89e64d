"""Reading an amount where it stands: a number with its sign, unit, total, currency and the words that bend it."""

import re
from decimal import Decimal
from enum import StrEnum

from okrmate.frozen import Frozen, replace
from okrmate.reply.folding import fold
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.numbers import Number, read_number
from okrmate.reply.times import is_day


class Scale(StrEnum):
    """How the number is meant."""

    PLAIN = "plain"
    PERCENT = "percent"
    POINTS = "points"
    PORTION = "portion"
    SHARE = "share"


class Amount(Frozen):
    """An amount in folded text up to `end`; `value` is None where its number could be read in two ways.

    `change` is +1 or -1 where it adds to what was; `glued` marks a minus that may be a dash. `total` is the b of
    "a of b". `growth`, `since_start` and `on_last` are words such as "increase", "since the start", "on last month".
    """

    end: int
    value: Decimal | None
    scale: Scale = Scale.PLAIN
    change: int = 0
    glued: bool = False
    signed: bool = False
    total: Decimal | None = None
    currency: str = ""
    approximate: bool = False
    growth: bool = False
    since_start: bool = False
    on_last: bool = False


class Unclear(Frozen):
    """There is an amount, but not one value: a range, a bound, "a couple"."""

    end: int


class Manner(Frozen):
    """How a person writes numbers, and what the unit allows: no parts, or hours, so that `5h` is no time of day."""

    words: Lexicon
    mark: str
    whole: bool
    hours: bool = False


CURRENCIES = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP", "pounds": "GBP",
    "$": "$", "usd": "USD", "dollars": "$", "dollar": "$", "us$": "USD", "¥": "¥", "元": "CNY",
    "jpy": "JPY", "cny": "CNY", "yen": "JPY", "kr": "KR", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "isk": "ISK",
    "kronor": "SEK", "kroner": "KR", "chf": "CHF", "franken": "CHF", "francs": "CHF", "fr.": "CHF", "zł": "PLN",
    "pln": "PLN", "₹": "INR", "inr": "INR", "cad": "CAD", "aud": "AUD", "c$": "CAD", "a$": "AUD", "r$": "BRL",
    "brl": "BRL", "reais": "BRL",
    "quid": "GBP", "livres": "GBP", "libras": "GBP", "dólares": "$", "dollari": "$", "dollaro": "$", "bucks": "$",
    "rupees": "INR", "couronnes": "KR", "yens": "JPY", "円": "JPY",
    "czk": "CZK", "kč": "CZK", "huf": "HUF", "₽": "RUB", "₩": "KRW", "₪": "ILS", "nzd": "NZD",
}  # fmt: skip
"""Signs and words of money, folded; `$`, `¥` and `KR` stand for several currencies."""

FAMILIES = {
    "$": frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"}),
    "¥": frozenset({"JPY", "CNY"}),
    "KR": frozenset({"SEK", "NOK", "DKK", "ISK"}),
}

_MONEY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_BEFORE = re.compile(rf" ?((?<!\w)(?:{_MONEY})) ?(?=[0-9])")
_BEHIND = re.compile(rf" ?({_MONEY})(?![\w])")
_GAP = re.compile(r"\s*")
_PLUS = re.compile(r"\+ ?")
_MINUS = re.compile(r"-(?=[0-9€$£¥])")
_TILDE = re.compile(r"[~≈] ?")
_PERCENT = re.compile(r" ?%")
_BOUND = re.compile(r"[<>≤≥]")
_FRACTION = re.compile(r"(½|¼|¾)")
_PARTS = {"½": Decimal(50), "¼": Decimal(25), "¾": Decimal(75)}
_SLASH = re.compile(r" ?/ ?(?=[0-9])")
_ARROW_SIGN = re.compile("->|→|=>|➔")
_ARROW = re.compile(rf" ?(?:{_ARROW_SIGN.pattern}) ?")
_RANGE = re.compile(r" ?(?:-|–|—|/|\.\.\.?|…) ?(?=[0-9~])")
_OPEN_ENDED = re.compile(r" ?(?:\+(?!\d)|\?)")
_ISH = re.compile(r"-?ish(?!\w)")
_TIME = re.compile(r":[0-9]{2}|[ ]?(?:am|pm|uhr|h)(?!\w)")
_TENTHS = re.compile(r"[0-9][.,][0-9]h?")
_DATED = re.compile(r"(?:[0-2]?[0-9]|3[01])\.(?:0?[1-9]|1[0-2])\.(?![0-9])")
_ENDS = re.compile(r"\s*(?:[.,;!)]|$)")


def currency_code(written: str) -> str:
    """The code of a currency that is written as its code, sign or name; anything else in capitals."""
    return CURRENCIES.get(fold(written).strip(), written.strip().upper())


def _skip(low: str, at: int) -> int:
    found = _GAP.match(low, at)
    return found.end() if found else at


def read_amount(low: str, at: int, manner: Manner) -> Amount | Unclear | None:
    """The amount that begins at `at` of folded text; None where none does."""
    words = manner.words
    fixed = _portion(low, at, words)
    if fixed:
        return fixed
    moved = _from_to(low, at, manner)
    if moved:
        return moved
    bound = _BOUND.match(low, at)
    vague = bound.end() if bound else max(words.starts(name, low, at) for name in ("vague", "relative"))
    if vague >= 0:
        return Unclear(end=vague)
    approximate = False
    found = _TILDE.match(low, at)
    near = found.end() if found else words.starts("approximately", low, at)
    if near >= 0:
        at, approximate = _skip(low, near), True
        fixed = _portion(low, at, words)
        if fixed:
            return replace(fixed, approximate=True)
        if max(words.starts(name, low, at) for name in ("vague", "relative")) >= 0:
            return Unclear(end=at)
    another = words.starts("another", low, at)
    if another >= 0:
        return _another(low, another, manner)
    sign = _sign(low, at, words)
    return _numbered(low, sign, manner, approximate=approximate)


class _Sign(Frozen):
    """What stands before the number: +1, -1 or 0, whether as a sign or as a word such as "up", and where it ends."""

    end: int
    change: int = 0
    signed: bool = False
    loose: bool = False


def _sign(low: str, at: int, words: Lexicon) -> _Sign:
    plus, minus = _PLUS.match(low, at), _MINUS.match(low, at)
    if plus:
        return _Sign(end=plus.end(), change=1, signed=True)
    if minus:
        return _Sign(end=minus.end(), change=-1, signed=True)
    for name, change, loose in (("plus", 1, False), ("minus", -1, False), ("up", 1, True), ("down", -1, True)):
        end = words.starts(name, low, at)
        if end >= 0:
            return _Sign(end=_skip(low, end), change=change, loose=loose)
    return _Sign(end=at)


def _another(low: str, end: int, manner: Manner) -> Amount | Unclear:
    """Such as "another", "another one", "another two"."""
    start = _skip(low, end)
    number = read_number(low, start, manner.words, mark=manner.mark, whole=manner.whole)
    if number or _BEFORE.match(low, start):
        return _numbered(low, _Sign(end=start, change=1), manner, approximate=False) or Unclear(end=start)
    if manner.words.starts("vague", low, start) >= 0:
        return Unclear(end=start)
    return Amount(end=end, value=Decimal(1), change=1)


def _portion(low: str, at: int, words: Lexicon) -> Amount | None:
    """Half way, three quarters, ½."""
    found = _FRACTION.match(low, at)
    if found:
        return Amount(end=found.end(), value=_PARTS[found.group()], scale=Scale.PORTION)
    for name, value in (("three_quarters", 75), ("half", 50), ("quarter", 25)):
        end = words.starts(name, low, at)
        if end >= 0 and low[end : end + 1] != "-" and words.starts("numbers", low, at) < end:
            return Amount(end=end, value=Decimal(value), scale=Scale.PORTION)
    return None


def _from_to(low: str, at: int, manner: Manner) -> Amount | Unclear | None:
    """Such as "4 -> 6" and "from 4 to 6": one value, the second."""
    words = manner.words
    spoken = words.starts("range_from", low, at)
    if spoken < 0 and not _ARROW_SIGN.search(low, at):
        return None
    start = _skip(low, spoken) if spoken >= 0 else at
    first = _numbered(low, _Sign(end=start), manner, approximate=False, alone=True)
    if not isinstance(first, Amount) or first.change:
        return None
    arrow = _ARROW.match(low, first.end)
    end = arrow.end() if arrow else -1
    if end < 0 and spoken >= 0:
        gap = _skip(low, first.end)
        end = max(words.starts("range_to", low, gap), words.starts("or", low, gap))
    if end < 0:
        return None
    second = _numbered(low, _Sign(end=_skip(low, end)), manner, approximate=False)
    if not isinstance(second, Amount) or _ARROW.match(low, second.end):
        return Unclear(end=end)
    return second


def _numbered(
    low: str, sign: _Sign, manner: Manner, *, approximate: bool, alone: bool = False
) -> Amount | Unclear | None:
    """A number from `sign` on with everything that belongs to it; `alone` does not look for a range."""
    start, currency = sign.end, ""
    before = _BEFORE.match(low, start)
    if before:
        start, currency = before.end(), CURRENCIES[before.group(1)]
    number = read_number(low, start, manner.words, mark=manner.mark, whole=manner.whole)
    if not number or _is_clock(low, number, manner.words, hours=manner.hours):
        return None
    if manner.whole and _DATED.match(low, number.start):
        return Unclear(end=number.end)
    number = _with_part(low, number, manner.words)
    end, scale, currency, total = _unit(low, number.end, currency, manner)
    amount = Amount(
        end=end,
        value=number.value,
        scale=scale,
        change=sign.change,
        signed=sign.signed,
        glued=sign.signed and sign.change < 0,
        total=total,
        currency=currency,
        approximate=approximate,
        growth=sign.loose,
    )
    return amount if alone else _bounded(low, amount, number, manner)


def _is_clock(low: str, number: Number, words: Lexicon, *, hours: bool) -> bool:
    """Whether a number is a time of the day: `9h` and `9:30` are, `9.5h` lasts so long, "5 am Montag" names a day."""
    clock = _TIME.match(low, number.end)
    if clock is not None and clock.group() == " am" and is_day(low, _skip(low, clock.end()), words):
        return False
    if clock is not None and hours and clock.group().lstrip() == "h":
        return False
    return clock is not None and not (clock.group() == "h" and _TENTHS.fullmatch(low[number.end - 3 : clock.end()]))


def _with_part(low: str, number: Number, words: Lexicon) -> Number:
    """`number` with the half or quarter behind it: `6½`, "six and a half"."""
    part = _FRACTION.match(low, _skip(low, number.end))
    end = part.end() if part else words.starts("and_half", low, _skip(low, number.end))
    if end < 0 or number.value is None:
        return number
    more = (_PARTS[part.group()] if part else _PARTS["½"]) / 100
    return replace(number, value=number.value + more, end=end)


def _unit(low: str, end: int, currency: str, manner: Manner) -> tuple[int, Scale, str, Decimal | None]:
    """What stands behind a number: where it ends, percent sign or points, the currency, and the total."""
    words, gap = manner.words, _skip(low, end)
    points = words.starts("points", low, gap)
    if points >= 0:
        return points, Scale.POINTS, currency, None
    percent = _PERCENT.match(low, end)
    percent_end = percent.end() if percent else words.starts("percent", low, gap)
    if percent_end >= 0:
        points = words.starts("points", low, _skip(low, percent_end))
        return max(points, percent_end), Scale.POINTS if points >= 0 else Scale.PERCENT, currency, None
    money = _BEHIND.match(low, end)
    if money and not currency:
        end, currency = money.end(), CURRENCIES[money.group(1)]
        gap = _skip(low, end)
    slash = _SLASH.match(low, end)
    of = slash.end() if slash else words.starts("out_of", low, gap)
    if of < 0:
        return end, Scale.PLAIN, currency, None
    total_at = _skip(low, of)
    money = _BEFORE.match(low, total_at)
    total = read_number(low, money.end() if money else total_at, words, mark=manner.mark, whole=manner.whole)
    if not total or total.value is None:
        return end, Scale.PLAIN, currency, None
    behind = _BEHIND.match(low, total.end)
    return behind.end() if behind else total.end, Scale.SHARE, currency, total.value


def _bounded(low: str, amount: Amount, number: Number, manner: Manner) -> Amount | Unclear:
    """`amount` with what follows it: more, -ish, growth words; `Unclear` where a range or an open end follows."""
    words = manner.words
    if number.value is None:
        return Unclear(end=amount.end)
    gap = _skip(low, amount.end)
    if _is_range(low, amount.end):
        return Unclear(end=amount.end + 1)
    ish = _ISH.match(low, amount.end)
    if ish:
        amount = replace(amount, end=ish.end(), approximate=True)
    near = words.starts("approximately", low, gap)
    if near >= 0 and _ENDS.match(low, near):
        amount = replace(amount, end=near, approximate=True)
    if _offers_another(low, gap, words):
        return Unclear(end=gap)
    if amount.scale is Scale.PERCENT:
        return _growing(low, amount, words)
    if amount.scale is Scale.POINTS and not amount.change:
        amount = _directed(low, amount, words)
    return _more_or_fewer(low, amount, words)


def _more_or_fewer(low: str, amount: Amount, words: Lexicon) -> Amount | Unclear:
    """`amount` as a change where "more" or "less" follows; "4 more than 20" is unclear, "than last time" is not."""
    gap = _skip(low, amount.end)
    for name, change in (("more", 1), ("fewer", -1)):
        end = words.starts(name, low, gap)
        if end >= 0:
            than = words.starts("vague", low, gap)
            taken_off = name == "fewer" and low[_skip(low, end) : _skip(low, end) + 1].isdigit()
            if taken_off or (than > end and words.starts("tail", low, _skip(low, end)) <= than):
                return Unclear(end=max(than, end))
            return replace(amount, end=end, change=amount.change or change)
    return amount


def _is_range(low: str, at: int) -> bool:
    """Whether a dash and another number follow, or a sign that there may be more: "5-6", "5+", "5?"."""
    spans = _RANGE.match(low, at) and not _ARROW.match(low, at)
    return bool(spans or _OPEN_ENDED.match(low, at))


def _offers_another(low: str, at: int, words: Lexicon) -> bool:
    """Whether "or" and another number follow."""
    either = words.starts("or", low, at)
    other = _skip(low, either)
    return either >= 0 and (words.starts("numbers", low, other) >= 0 or low[other : other + 1].isdigit())


def _directed(low: str, amount: Amount, words: Lexicon) -> Amount:
    """`amount` as a change where "up" or "down" stands behind it: "5 points up", but not "58% down from 62%"."""
    at = _skip(low, amount.end)
    for name, change in (("up", 1), ("down", -1)):
        end = words.starts(name, low, at)
        if end >= 0 and words.starts("range_from", low, at) <= end:
            return replace(amount, end=end, change=change)
    return amount


def _growing(low: str, amount: Amount, words: Lexicon) -> Amount:
    """A percentage with the words behind it that say of what."""
    on_last = words.starts("on_last", low, _skip(low, amount.end)) >= 0
    amount = amount if amount.change or on_last else _directed(low, amount, words)
    at = _skip(low, amount.end)
    for name in ("on_last", "since_start", "increase", "since_start", "on_last"):
        end = words.starts(name, low, at)
        if end < 0:
            continue
        amount = replace(
            amount,
            end=end,
            on_last=amount.on_last or name == "on_last",
            since_start=amount.since_start or name == "since_start",
            growth=amount.growth or name == "increase",
        )
        at = _skip(low, end)
    return amount
