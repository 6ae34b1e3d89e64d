"""Whether the reader of a mail's HTML sees a text: hidden by any of the usual ways, or hardly told from its ground."""

import re
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from okrmate.mail.styles import Declared, value

_Colour: TypeAlias = tuple[int, int, int]

WHITE: _Colour = (255, 255, 255)
ALIKE = 28
"""Shades of one of the three colours by which ink and ground may differ and still look the same."""
FAINT = 0.1
"""Less opaque than this, nothing is seen."""
SMALL = {"px": 2.0, "pt": 2.0, "em": 0.2, "rem": 0.2, "%": 20.0, "": 2.0}
"""Sizes of letters, by unit, below which nobody reads them."""
FAR = {"px": 500.0, "pt": 500.0, "em": 40.0, "rem": 40.0, "%": 100.0, "vw": 100.0, "": 500.0}
"""How far beyond the edge of a page, by unit, nobody looks."""

_NUMBER = re.compile(r"(-?[0-9]*\.?[0-9]+)\s*(px|pt|em|rem|%|vw)?")
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(
    r"rgba?\(\s*([0-9]{1,3})\s*[, ]\s*([0-9]{1,3})\s*[, ]\s*([0-9]{1,3})\s*(?:[,/]\s*([0-9.]+)(%?)\s*)?\)"
)
_COLOUR = re.compile(rf"{_HEX.pattern}|rgba?\([^)]*\)|[a-z]+")
_NAMED: Mapping[str, _Colour] = {
    "white": WHITE,
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255),
    "floralwhite": (255, 250, 240),
    "whitesmoke": (245, 245, 245),
    "mintcream": (245, 255, 250),
    "azure": (240, 255, 255),
    "black": (0, 0, 0),
}
_AS_ABOVE = frozenset({"inherit", "initial", "unset", "none", "transparent", ""})
_AWAY = ("left", "right", "top", "bottom", "text-indent", "margin-left", "margin-top")
_NO_BOX = ("height", "width", "max-height", "max-width")
_CLIPPED = re.compile(
    r"rect\(\s*[01](?:px)?(?:[\s,]+[01](?:px)?){3}\s*\)|inset\(\s*(?:50|100)%|circle\(\s*0|polygon\(\s*0"
)
_SCALED = re.compile(r"scale(?:3d|[xy])?\(\s*0(?:\.0[0-9]*)?\s*[,)]")

PROPERTIES = frozenset(
    {"display", "visibility", "content-visibility", "mso-hide", "opacity", "overflow", "clip", "clip-path", "transform"}
    | {"text-decoration", "text-decoration-line", "font-size", "color", "background", "background-color"}
    | {*_AWAY, *_NO_BOX}
)
"""All that is asked of an element."""


class Worn(NamedTuple):
    """What an element hands down to those within: its ink, what lies under it, and letters too small to read.

    Without an ink the program chooses one that is seen; a ground that is not known (None) tells nothing. What is
    `doubtful` is hidden if the style sheet was understood right.
    """

    ink: _Colour | None = None
    ground: _Colour | None = WHITE
    tiny: bool = False
    clear: bool = False
    doubtful: bool = False

    @property
    def faint(self) -> bool:
        """Whether a text is hardly told from its ground, its ink is clear, or it is perhaps hidden."""
        if self.clear or self.doubtful:
            return True
        if self.ink is None or self.ground is None:
            return False
        return all(abs(one - other) <= ALIKE for one, other in zip(self.ink, self.ground, strict=True))

    def under(self, found: Declared, perhaps: Declared) -> "Worn":
        """What is handed down where these declarations are added, and those that hold in the right place only."""
        if not found and not perhaps:
            return self
        maybe = _with(self, perhaps)
        doubtful = self.doubtful or is_unseen(perhaps) or (maybe.tiny and not self.tiny)
        return _with(maybe._replace(doubtful=doubtful, tiny=self.tiny), found)


def _with(worn: Worn, found: Declared) -> Worn:
    size, ink = value(found, "font-size"), value(found, "color")
    if size:
        worn = worn._replace(tiny=_is_less(size, SMALL))
    if ink == "transparent" or ink not in _AS_ABOVE:
        worn = worn._replace(ink=_colour(ink), clear=_is_clear(ink))
    for name in ("background", "background-color"):
        ground = value(found, name)
        if ground not in _AS_ABOVE and not _is_clear(ground):
            worn = worn._replace(ground=_ground(ground))
    return worn


def is_unseen(found: Declared) -> bool:
    """Whether declarations hide an element and all within it, or strike it through."""
    if not found:
        return False
    return (
        value(found, "display") == "none"
        or value(found, "visibility") in {"hidden", "collapse"}
        or value(found, "content-visibility") == "hidden"
        or value(found, "mso-hide") == "all"
        or any("line-through" in value(found, name) for name in ("text-decoration", "text-decoration-line"))
        or _opacity(value(found, "opacity")) < FAINT
        or _has_no_room(found)
        or _CLIPPED.search(f"{value(found, 'clip')} {value(found, 'clip-path')}") is not None
        or _SCALED.search(value(found, "transform")) is not None
        or any(_is_far(value(found, name)) for name in _AWAY)
    )


def _has_no_room(found: Declared) -> bool:
    """Whether its box is closed: at no height at most, or to a point with nothing shown beyond it."""
    if _measure(value(found, "max-height")) == 0:
        return True
    sizes = [_measure(value(found, name)) for name in _NO_BOX]
    return value(found, "overflow") in {"hidden", "clip"} and any(size is not None and size <= 1 for size in sizes)


def _measure(said: str) -> float | None:
    number = _NUMBER.fullmatch(said)
    return (
        float(number[1])
        if number and number[2] in {None, "px", "pt"}
        else 0.0
        if number and not float(number[1])
        else None
    )


def _opacity(said: str) -> float:
    number = _NUMBER.fullmatch(said)
    return float(number[1]) / (100 if number[2] == "%" else 1) if number else 1.0


def _is_less(said: str, bounds: Mapping[str, float]) -> bool:
    number = _NUMBER.fullmatch(said)
    return number is not None and float(number[1]) < bounds.get(number[2] or "", 0.0)


def _is_far(said: str) -> bool:
    number = _NUMBER.fullmatch(said)
    return number is not None and float(number[1]) <= -FAR[number[2] or ""]


def _is_clear(said: str) -> bool:
    """Whether a colour lets through what is below."""
    if said == "transparent":
        return True
    digits = _HEX.fullmatch(said)
    if digits and len(digits[1]) in {4, 8}:
        return digits[1][len(digits[1]) * 3 // 4 :] < "1"
    parts = _RGB.fullmatch(said)
    return parts is not None and parts[4] is not None and float(parts[4]) / (100 if parts[5] else 1) < FAINT


def _colour(said: str) -> _Colour | None:
    """A colour by its parts; None for the names that look like no page."""
    digits = _HEX.fullmatch(said)
    if digits:
        long = digits[1] if len(digits[1]) > len("rgba") else "".join(2 * one for one in digits[1])
        return int(long[:2], 16), int(long[2:4], 16), int(long[4:6], 16)
    parts = _RGB.fullmatch(said)
    if parts:
        return int(parts[1]), int(parts[2]), int(parts[3])
    return _NAMED.get(said)


def _ground(said: str) -> _Colour | None:
    """The colour of a background, alone or first among what else is said of it; None where a picture may be in it."""
    found = _COLOUR.match(said)
    return _colour(found[0]) if found and "url" not in said and "gradient" not in said else None
