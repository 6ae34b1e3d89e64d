"""The plot of a key result as SVG 1.1: target, the pace that is due, readings, and where it is likely to end.

The colours are classes, so that the page around it says them once for light and dark.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from html import escape

from okrmate.domain.cycle import closes_at
from okrmate.domain.pace import is_held
from okrmate.frozen import Frozen
from okrmate.mail.words import Words
from okrmate.services.letters.key_result_lines import value_text
from okrmate.services.mentoring.tracking import Tracked, Tree
from okrmate.services.reports.report import Report
from okrmate.services.reports.written.sentences import ahead

WIDTH, HEIGHT = 640, 190
LEFT, RIGHT, TOP, BOTTOM = 70, 110, 12, 24
AIR = Decimal("0.06")
"""The part of the values' range that is left free above and below them."""
APART = 13
"""Pixels between two labels, so that they can be read."""


class Scale(Frozen):
    """Moments and values as places in the picture."""

    begin: datetime
    end: datetime
    least: Decimal
    most: Decimal

    def x(self, moment: datetime) -> float:
        """From the left."""
        share = min(1.0, max(0.0, (moment - self.begin) / (self.end - self.begin)))
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: Decimal) -> float:
        """From above."""
        share = float((value - self.least) / (self.most - self.least))
        return round(HEIGHT - BOTTOM - min(1.0, max(0.0, share)) * (HEIGHT - TOP - BOTTOM), 1)


def plot(tracked: Tracked, work: Tree, report: Report, words: Words) -> str:
    """The picture over the cycle; nothing where no value was read, or no set runs."""
    begun = work.okr_set.activated_at
    read = [(each.at, each.value) for each in tracked.readings if each.value is not None]
    if begun is None or not read:
        return ""
    end = max(closes_at(work.okr_set.ends) if work.okr_set.ends else report.at, begun + timedelta(days=1))
    found, metric = ahead(tracked, work, report), tracked.metric
    known = [value for _, value in read] + [metric.target]
    known += [each for each in (tracked.beginning, metric.stretch) if each is not None]
    known += [found.low, found.high] if found is not None else []
    air = AIR * ((max(known) - min(known)) or abs(max(known)) or 1)
    scale = Scale(begin=begun, end=end, least=min(known) - air, most=max(known) + air)

    def write(value: Decimal) -> str:
        return value_text(metric, Decimal(f"{value:.4g}"), words)

    parts = [
        *_months(scale),
        *([_band(scale, found.at, found.value, (found.low, found.high))] if found is not None else []),
        _line("target", (LEFT, scale.y(metric.target)), (WIDTH - RIGHT, scale.y(metric.target))),
        *([_level("stretch", scale, metric.stretch)] if metric.stretch is not None else []),
        *_due(tracked, scale),
        _readings(scale, read, write),
        *_labels(tracked, scale, write),
    ]
    told = escape(
        f"{tracked.key_result.title}: from {write(read[0][1])} to {write(read[-1][1])}, goal {write(metric.target)}"
    )
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{told}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(parts)}</svg>'


def _line(name: str, begin: tuple[float, float], end: tuple[float, float]) -> str:
    return f'<line class="{name}" x1="{begin[0]}" y1="{begin[1]}" x2="{end[0]}" y2="{end[1]}"/>'


def _level(name: str, scale: Scale, value: Decimal) -> str:
    return _line(name, (LEFT, scale.y(value)), (WIDTH - RIGHT, scale.y(value)))


def _due(tracked: Tracked, scale: Scale) -> Iterator[str]:
    if (
        tracked.beginning is not None
        and tracked.gone is not None
        and not is_held(tracked.metric, tracked.summary.first)
    ):
        end = (WIDTH - RIGHT, scale.y(tracked.metric.target))
        yield _line("due", (LEFT, scale.y(tracked.beginning)), end)


def _band(scale: Scale, at: datetime, value: Decimal, limits: tuple[Decimal, Decimal]) -> str:
    right = WIDTH - RIGHT
    low, high = scale.y(limits[0]), scale.y(limits[1])
    return f'<polygon class="likely" points="{scale.x(at)},{scale.y(value)} {right},{high} {right},{low}"/>'


def _readings(scale: Scale, read: list[tuple[datetime, Decimal]], write: Callable[[Decimal], str]) -> str:
    points = " ".join(f"{scale.x(at)},{scale.y(value)}" for at, value in read)
    dots = "".join(
        f'<circle class="read" cx="{scale.x(at)}" cy="{scale.y(value)}" r="3">'
        f"<title>{at:%d %b}: {escape(write(value))}</title></circle>"
        for at, value in read
    )
    return f'<polyline class="way" points="{points}"/>{dots}'


def _labels(tracked: Tracked, scale: Scale, write: Callable[[Decimal], str]) -> Iterator[str]:
    """Where it began at the left; goal, stretch and value at the right, moved apart where they would overlap."""
    if tracked.beginning is not None:
        yield _label(LEFT - 6, scale.y(tracked.beginning), write(tracked.beginning), "begin")
    values = (("goal", tracked.metric.target), ("stretch", tracked.metric.stretch), ("now", tracked.summary.value))
    lowest = 0.0
    for name, value in sorted(
        ((name, value) for name, value in values if value is not None), key=lambda each: scale.y(each[1])
    ):
        lowest = max(scale.y(value), lowest + APART)
        yield _label(WIDTH - RIGHT + 6, lowest, f"{name} {write(value)}", name)


def _label(x: float, y: float, words: str, name: str) -> str:
    return f'<text class="{name}" x="{x}" y="{y + 4:.1f}">{escape(words)}</text>'


def _months(scale: Scale) -> Iterator[str]:
    day = scale.begin.date()
    while day <= scale.end.date():
        x = scale.x(datetime.combine(day, time(), tzinfo=scale.begin.tzinfo))
        if x < WIDTH - RIGHT - APART:
            yield f'<text class="month" x="{x}" y="{HEIGHT - 6}">{day:%b}</text>'
        day = _next_month(day)
    yield _line("axis", (LEFT, HEIGHT - BOTTOM), (WIDTH - RIGHT, HEIGHT - BOTTOM))


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
