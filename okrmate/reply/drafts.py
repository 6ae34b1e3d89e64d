"""A first draft of OKRs as people write it: `O:` and `KR:` lines with what they measure, and prose kept as it is."""

import re
from decimal import Decimal

from okrmate.domain.metrics import Bound, MetricKind
from okrmate.frozen import Frozen, replace
from okrmate.reply.aims import MONEY, aim_of, figure_at, kind_of
from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.lexicon import Lexicon, lexicon
from okrmate.reply.numbers import decimal_mark, read_number


class DraftKeyResult(Frozen):
    """A key result as it was written, and what its words say of how it is measured; unsaid things are None.

    `growth` says that `target` is a growth in % until the baseline is known. `previous` is last month's number of
    what is to grow from month to month. `missing` names what a set needs before it can become active.
    """

    title: str
    kind: MetricKind = MetricKind.MILESTONE
    target: Decimal | None = None
    baseline: Decimal | None = None
    unit: str = ""
    bound: Bound | None = None
    upper: Decimal | None = None
    growth: bool = False
    previous: Decimal | None = None
    missing: tuple[str, ...] = ()


class DraftObjective(Frozen):
    """An objective with its key results; one without a title holds key results that came before any."""

    title: str
    key_results: tuple[DraftKeyResult, ...] = ()


class DraftOkrs(Frozen):
    """Everything understood of a draft, and the prose that is kept for the mentor to shape."""

    objectives: tuple[DraftObjective, ...] = ()
    prose: str = ""


_MARKED = re.compile(
    r"\s*(?:[-*•]\s+)?([^\W\d_][^\W\d_ ]*(?: [^\W\d_]+)?)\s*(?:#?\s*[0-9]{1,2}(?:\.[0-9]{1,2})?)?\s*:\s*(?=\S)"
)
_BRACKET = re.compile(r"\s*\(([^()]{1,60})\)\s*\.?\s*$")
_FIRST_DIGIT = re.compile(r"[0-9]")
_ARROW = "(?:-{1,2}>|=>|→|⇒)"
_FROM = re.compile(rf"\b(?:from|von|de|da) +(?:(?:{MONEY}) ?)?(?=[0-9])")
_BEFORE_ARROW = re.compile(
    rf"(?:(?:{MONEY}) ?|(?<![\w.,]))(?=[0-9][0-9., ]{{0,15}}k? ?(?:%|{MONEY}|[^\W\d_]{{1,12}})? ?{_ARROW})"
)
_AT_THE_END = re.compile(
    r"(?:\s*[,;(–-]\s*(?:from|von|starting at|beginning at|ab|currently|now|today|up from|down from|derzeit|jetzt"
    r"|aktuell|heute|bisher)\s+|\s+(?:up |down )?(?:from|von|ab)\s+(?!(?:19|20)[0-9]{2}\b))"
    rf"(?:(?:{MONEY}) ?)?(?=[0-9]\S*(?: ?(?:%|{MONEY}))?\s*\.?$)"
)
_AIM_AT_THE_END = re.compile(rf"\s*[,;(–-]\s*(?:to|auf)\s+(?:(?:{MONEY}) ?)?(?=[0-9]\S*(?: ?(?:%|{MONEY}))?\s*\.?$)")
_TO = re.compile(rf" *(?:%|{MONEY}|[^\W\d_]{{1,12}})? *(?:(?:to|auf|à|a) +|{_ARROW} *)(?:(?:{MONEY}) ?)?(?=[0-9])")


class DraftLine(Frozen):
    """One line of a draft: an objective's title, a key result, or neither, which is prose."""

    text: str
    objective: str | None = None
    key_result: DraftKeyResult | None = None


def draft_line(raw: str, locale: str = "") -> DraftLine:
    """What one line is; one longer than any pattern is run on is prose, and so is a label with only a number behind."""
    words = lexicon(locale)
    line = composed(raw).strip()
    found = _MARKED.match(fold(line)) if len(line) <= MAX_LINE else None
    label = found[1].strip() if found else ""
    said = line[found.end() :].strip() if found else ""
    if found and words.whole("forms.objective", label):
        return DraftLine(text=line, objective=said)
    if found and words.whole("forms.key_result", label) and any(char.isalpha() for char in said):
        return DraftLine(text=line, key_result=key_result(said, locale))
    return DraftLine(text=line)


def draft_okrs(text: str, locale: str = "") -> DraftOkrs:
    """Objectives and key results of `O:` and `KR:` lines (and their longer names); everything else is prose."""
    objectives: list[tuple[str, list[DraftKeyResult]]] = []
    prose: list[str] = []
    for line in (draft_line(raw, locale) for raw in text.splitlines() if raw.strip()):
        if line.objective is not None:
            objectives.append((line.objective, []))
        elif line.key_result is not None:
            if not objectives:
                objectives.append(("", []))
            objectives[-1][1].append(line.key_result)
        else:
            prose.append(line.text)
    return DraftOkrs(
        objectives=tuple(DraftObjective(title=title, key_results=tuple(found)) for title, found in objectives),
        prose="\n".join(prose),
    )


def key_result(said: str, locale: str = "") -> DraftKeyResult:
    """One key result from its words: kind, target, and the baseline behind them, which leaves the title.

    In words longer than any pattern is run on no number is looked for.
    """
    if len(said) > MAX_LINE:
        return DraftKeyResult(title=said, target=Decimal(100), missing=("baseline",))
    words = lexicon(locale)
    mark = decimal_mark(locale)
    title, baseline = _without_baseline(said, words, mark)
    low = fold(title)
    bare = DraftKeyResult(title=title, baseline=baseline)
    read = (_from_to(low, bare, words, mark), _begun(low, bare, words, mark), _aimed(low, bare, words, mark))
    drafted = next(filter(None, read), None) or _measured(bare, words, mark)
    if drafted.kind is MetricKind.MOM_GROWTH and drafted.baseline and "%" not in said[len(drafted.title) :]:
        return replace(drafted, baseline=None, previous=drafted.baseline)
    if drafted.kind is MetricKind.MILESTONE:
        return replace(drafted, target=drafted.target or Decimal(100))
    return drafted if drafted.baseline is not None else replace(drafted, missing=("baseline",))


def _without_baseline(said: str, words: Lexicon, mark: str) -> tuple[str, Decimal | None]:
    """The title without `(now n)`, and that n."""
    found = _BRACKET.search(said)
    if not found:
        return said, None
    inner = fold(found[1]).strip()
    end = words.starts("forms.now", inner)
    at = _FIRST_DIGIT.search(inner, max(end, 0))
    if end < 0 or not at:
        return said, None
    number = read_number(inner, at.start(), words, mark=mark, whole=True)
    return (said[: found.start()].rstrip(), number.value) if number else (said, None)


def _begun(low: str, drafted: DraftKeyResult, words: Lexicon, mark: str) -> DraftKeyResult | None:
    """Such as "100 % more talks, from 4": what is aimed at stands first, and where it begins behind it at the end."""
    found = _AT_THE_END.search(low)
    if found is None or drafted.baseline is not None:
        return None
    number = read_number(low, found.end(), words, mark=mark, whole=True)
    measured = _measured(replace(drafted, title=drafted.title[: found.start()]), words, mark)
    rest = low[number.end :].strip(" %.€$£)") if number else low
    if number is None or number.value is None or rest or measured.target is None:
        return None
    return replace(measured, baseline=number.value)


def _aimed(low: str, drafted: DraftKeyResult, words: Lexicon, mark: str) -> DraftKeyResult | None:
    """Such as "People who sign up, to 20": only what is aimed at is said, at the end."""
    found = _AIM_AT_THE_END.search(low)
    number = read_number(low, found.end(), words, mark=mark, whole=True) if found else None
    if found is None or number is None or number.value is None or _FIRST_DIGIT.search(low[: found.start()]):
        return None
    kind, unit = kind_of(low, number)
    return replace(drafted, title=drafted.title[: found.start()], kind=kind, target=number.value, unit=unit)


def _measured(drafted: DraftKeyResult, words: Lexicon, mark: str) -> DraftKeyResult:
    """`drafted` with what its title aims at."""
    aim = aim_of(drafted.title, words, mark)
    if aim is None:
        return drafted
    return replace(
        drafted,
        kind=aim.kind,
        target=aim.target,
        unit=aim.unit,
        bound=aim.bound,
        upper=aim.upper,
        growth=aim.growth,
    )


def _from_to(low: str, drafted: DraftKeyResult, words: Lexicon, mark: str) -> DraftKeyResult | None:
    """Such as "Invitations go from 1 to 6" or "1 → 6": start and target are said; None where they are not."""
    begins = _FROM.search(low) or _BEFORE_ARROW.search(low)
    start = figure_at(drafted.title, low, begins.end(), words, mark) if begins else None
    to = _TO.match(low, start.end) if start else None
    target = figure_at(drafted.title, low, to.end(), words, mark) if to else None
    if start is None or target is None:
        return None
    kinds = (kind_of(low, target), kind_of(low, start))
    kind, unit = next((each for each in kinds if each[1]), kinds[0])
    return replace(drafted, kind=kind, target=target.value, baseline=start.value, unit=unit)
