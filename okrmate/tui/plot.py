"""The plot of a key result in braille: target, the pace that is due, readings, forecast, each value at its height."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from rich.cells import cell_len

from okrmate.frozen import Frozen
from okrmate.tui.ink import Frame, Ink, Line, Span, fitted, text

LEAST_HEIGHT = 6
"""Fewer rows than this tell nothing that the figures beside it do not."""
DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bits of a braille sign, by its column and row (Unicode chapter 21.1)."""
WIDE, HIGH = 2, 4
AIR = Decimal("0.06")
"""The part of the values' range that is left free above and below them."""
DASH = 5
FAR = Decimal("0.5")
"""A forecast makes the plot higher, or deeper, by at most this part of what the rest of it spans."""


class Plot(Frozen):
    """A key result over its cycle: moments are shares of the cycle (0 to 1), values stand in the key result's unit.

    `beginning` is None where nobody knows where it began; `due` where no end says what would be due by now. `likely`
    is the range in which it may end.
    """

    readings: tuple[tuple[float, Decimal], ...]
    beginning: Decimal | None
    target: Decimal
    stretch: Decimal | None
    due: Decimal | None
    likely: tuple[Decimal, Decimal] | None
    months: tuple[tuple[float, str], ...]
    write: Callable[[Decimal], str]


class Layer(Frozen):
    """One line of a plot: its ink, the sign of its label, and the one that stands for it where braille is not drawn.

    `words` is the ink of its label's words, where that of the line is too weak to be read.
    """

    name: str
    ink: Ink
    sign: str
    plain: str
    bold: bool = False
    words: Ink | None = None


READ = Layer(name="now", ink=Ink.ACCENT, sign="●", plain="*", bold=True)
TARGET = Layer(name="target", ink=Ink.GOOD, sign="─", plain="-")
DUE = Layer(name="due", ink=Ink.MUTED, sign="┄", plain=".")
STRETCH = Layer(name="stretch", ink=Ink.FAINT, sign="┈", plain=",")
LIKELY = Layer(name="likely", ink=Ink.BAND, sign="⣿", plain=":", words=Ink.MUTED)
PRIORITY = (READ, TARGET, DUE, STRETCH, LIKELY)
"""One cell shows one layer: the first of these that has a dot in it."""


class Canvas:
    """Dots in cells of two by four, each of one layer; x and y are shares of the whole, y from below."""

    def __init__(self, width: int, height: int, least: Decimal, most: Decimal) -> None:
        self.width, self.height = width, height
        self._least, self._range = least, most - least
        self._cells: dict[tuple[int, int], dict[Layer, int]] = {}

    def row(self, value: Decimal) -> int:
        """The row a value stands in, from above; what lies outside stands in the first or last one."""
        return min(self.height - 1, max(0, round(self._dot_row(value)) // HIGH))

    def line(self, layer: Layer, begin: tuple[float, Decimal], end: tuple[float, Decimal], *, dash: int = 0) -> None:
        """A line from one (moment, value) to another; with `dash` so many dots are drawn and as many left out."""
        (x, y), (last_x, last_y) = self._dot(*begin), self._dot(*end)
        steps = max(1, int(max(abs(last_x - x), abs(last_y - y))))
        for step in range(steps + 1):
            column = round(x + (last_x - x) * step / steps)
            if not dash or column % (2 * dash) < dash:
                self._put(layer, column, round(y + (last_y - y) * step / steps))

    def band(self, layer: Layer, begin: tuple[float, Decimal], low: Decimal, high: Decimal) -> None:
        """A checker of dots that widens from one (moment, value) to between `low` and `high` at the right edge."""
        x, y = self._dot(*begin)
        last, lowest, highest = self.width * WIDE - 1, self._dot_row(low), self._dot_row(high)
        for column in range(int(x) + 1, last + 1):
            way = (column - x) / (last - x)
            for across in range(round(y + (highest - y) * way), round(y + (lowest - y) * way) + 1):
                if (column + across) % 2 == 0:
                    self._put(layer, column, across)

    def cell(self, moment: float, value: Decimal) -> tuple[int, int]:
        """The column and row of a point."""
        x, y = self._dot(moment, value)
        return round(x) // WIDE, round(y) // HIGH

    def shown(self, column: int, row: int) -> tuple[Layer, int] | None:
        """The layer that a cell shows, and its dots."""
        found = self._cells.get((column, row), {})
        return next(((layer, found[layer]) for layer in PRIORITY if layer in found), None)

    def _put(self, layer: Layer, x: int, y: int) -> None:
        if 0 <= x < self.width * WIDE and 0 <= y < self.height * HIGH:
            cell = self._cells.setdefault((x // WIDE, y // HIGH), {})
            cell[layer] = cell.get(layer, 0) | DOTS[x % WIDE][y % HIGH]

    def _dot(self, moment: float, value: Decimal) -> tuple[float, float]:
        return moment * (self.width * WIDE - 1), self._dot_row(value)

    def _dot_row(self, value: Decimal) -> float:
        return float(1 - (value - self._least) / self._range) * (self.height * HIGH - 1)


def plot(drawn: Plot, frame: Frame, height: int) -> tuple[Line, ...]:
    """The plot in so many rows, months below included; nothing where there is too little room for one."""
    labels, ticks = _labels(drawn), _ticks(drawn)
    left = max((cell_len(word) for _, word in ticks), default=0)
    right = max(cell_len(word) for _, _, word in labels) + 3
    width, rows = frame.width - left - right - 3, height - 2
    if height < LEAST_HEIGHT or width < LEAST_HEIGHT:
        return ()
    canvas = Canvas(width, rows, *_bounds(drawn))
    _draw(canvas, drawn)
    marks = {canvas.cell(moment, value) for moment, value in drawn.readings}
    words = _placed(canvas, labels, frame)
    steps = {canvas.row(value): word for value, word in reversed(ticks)}
    body = tuple(
        (
            Span(f" {steps.get(row, ''):>{left}}{_axis('┤' if row in steps else '│', frame)}", Ink.FAINT),
            *_cells(canvas, row, marks, frame),
            *words.get(row, ()),
        )
        for row in range(rows)
    )
    return (*body, *_feet(drawn, left + 1, width, frame))


def _bounds(drawn: Plot) -> tuple[Decimal, Decimal]:
    known = [value for _, value in drawn.readings]
    known += [value for value in (drawn.beginning, drawn.target, drawn.stretch) if value is not None]
    known += [Decimal(0)] if drawn.beginning is None and not drawn.readings else []
    least, most = min(known), max(known)
    if drawn.likely is not None:
        far = FAR * (most - least)
        least, most = min(least, max(drawn.likely[0], least - far)), max(most, min(drawn.likely[1], most + far))
    air = AIR * ((most - least) or abs(most) or Decimal(1))
    return least - air, most + air


def _draw(canvas: Canvas, drawn: Plot) -> None:
    if drawn.likely is not None and drawn.readings:
        canvas.band(LIKELY, drawn.readings[-1], *drawn.likely)
    canvas.line(TARGET, (0, drawn.target), (1, drawn.target))
    if drawn.stretch is not None:
        canvas.line(STRETCH, (0, drawn.stretch), (1, drawn.stretch), dash=1)
    if drawn.due is not None and drawn.beginning is not None:
        canvas.line(DUE, (0, drawn.beginning), (1, drawn.target), dash=DASH)
    for earlier, later in pairwise(drawn.readings):
        canvas.line(READ, earlier, later, dash=1)


def _labels(drawn: Plot) -> tuple[tuple[Layer, Decimal, str], ...]:
    """The value of each layer, in the order in which they keep their height when two would stand in one row."""
    now = drawn.readings[-1][1] if drawn.readings else None
    values = ((TARGET, drawn.target), (READ, now), (DUE, drawn.due), (STRETCH, drawn.stretch))
    labels = [(layer, value, f"{layer.name} {drawn.write(value)}") for layer, value in values if value is not None]
    if drawn.likely is not None:
        low, high = drawn.likely
        labels.append((LIKELY, (low + high) / 2, f"{LIKELY.name} {_range(drawn.write(low), drawn.write(high))}"))
    return tuple(labels)


def _range(low: str, high: str) -> str:
    """`7,000–9,800 €`: a unit that stands behind both is said once."""
    figures = max(place for place, sign in enumerate(high, start=1) if sign.isdecimal())
    return f"{low.removesuffix(high[figures:])}–{high}"


def _placed(canvas: Canvas, labels: tuple[tuple[Layer, Decimal, str], ...], frame: Frame) -> dict[int, Line]:
    """Each label at the height of its value; one whose row is taken moves down, at the bottom up."""
    placed: dict[int, Line] = {}
    for layer, value, word in labels:
        at = canvas.row(value)
        free = [row for row in (*range(at, canvas.height), *range(at, -1, -1)) if row not in placed]
        sign = layer.plain if frame.ascii else layer.sign
        if free:
            words = Span(word, layer.words or layer.ink, layer.bold)
            placed[free[0]] = (Span(f" {sign} ", layer.ink, layer.bold), words)
    return placed


def _ticks(drawn: Plot) -> list[tuple[Decimal, str]]:
    """The left axis: where it began, half of the way, and the target; the target wins a row that two would have."""
    if drawn.beginning is None:
        return [(drawn.target, drawn.write(drawn.target))]
    values = (drawn.target, drawn.beginning, (drawn.beginning + drawn.target) / 2)
    return [(value, drawn.write(value)) for value in values]


def _cells(canvas: Canvas, row: int, marks: set[tuple[int, int]], frame: Frame) -> Iterator[Span]:
    """One row of the canvas, cells of one ink in one span."""
    run, ink = "", Ink.TEXT
    for column in range(canvas.width):
        shown = canvas.shown(column, row)
        layer = READ if (column, row) in marks else shown[0] if shown else None
        if layer is not None and layer.ink is not ink:
            yield Span(run, ink)
            run, ink = "", layer.ink
        if (column, row) in marks:
            run += READ.plain if frame.ascii else READ.sign
        elif shown is None or layer is None:
            run += " "
        else:
            run += (":" if layer is READ else layer.plain) if frame.ascii else chr(0x2800 | shown[1])
    yield Span(run, ink)


def _feet(drawn: Plot, left: int, width: int, frame: Frame) -> tuple[Line, Line]:
    """The lower axis and the months under it; a month that would run into the one before is left out."""
    axis = Span(" " * left + _axis("└", frame) + _axis("─", frame) * width, Ink.FAINT)
    names = ""
    for moment, month in drawn.months:
        column = round(moment * (width - 1))
        if column >= len(names) + bool(names) and column + cell_len(month) <= width:
            names = names.ljust(column) + month
    return (axis,), fitted(text(" " * (left + 1) + names, Ink.FAINT), frame.width)


def _axis(sign: str, frame: Frame) -> str:
    return {"┤": "+", "│": "|", "└": "`", "─": "-"}[sign] if frame.ascii else sign
