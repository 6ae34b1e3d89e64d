"""The two themes, ink on dark and on paper, and how a span in a named ink becomes a styled piece of the terminal."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from okrmate.frozen import Frozen
from okrmate.tui.ink import Ink, Span


class Palette(Frozen):
    """The colours of a theme; each ink has at least 4.5 of contrast where it carries a fact."""

    name: str
    dark: bool
    background: str
    select: str
    mark: str
    sunk: str
    inks: Mapping[Ink, str]

    def variables(self) -> dict[str, str]:
        """What the style sheet may name, and what Textual's own widgets would colour by themselves."""
        own = {str(ink): colour for ink, colour in self.inks.items()}
        accent, muted = self.inks[Ink.ACCENT], self.inks[Ink.MUTED]
        return {
            **own,
            "select": self.select,
            "mark": self.mark,
            "sunk": self.sunk,
            "scrollbar": self.inks[Ink.RULE],
            "scrollbar-hover": muted,
            "scrollbar-active": muted,
            "scrollbar-background": self.background,
            "scrollbar-background-hover": self.background,
            "scrollbar-background-active": self.background,
            "scrollbar-corner-color": self.background,
            "input-selection-background": self.mark,
            "input-cursor-background": accent,
            "input-cursor-foreground": self.background,
            "block-cursor-background": self.select,
            "block-cursor-foreground": self.inks[Ink.TEXT],
            "block-cursor-text-style": "bold",
        }

    def theme(self) -> Theme:
        """The same for Textual."""
        return Theme(
            name=self.name,
            dark=self.dark,
            primary=self.inks[Ink.ACCENT],
            secondary=self.inks[Ink.PRIVATE],
            accent=self.inks[Ink.ACCENT],
            success=self.inks[Ink.GOOD],
            warning=self.inks[Ink.WARN],
            error=self.inks[Ink.BAD],
            foreground=self.inks[Ink.TEXT],
            background=self.background,
            surface=self.background,
            panel=self.sunk,
            variables=self.variables(),
        )


INK = Palette(
    name="okrmate-ink",
    dark=True,
    background="#14181f",
    select="#263041",
    mark="#1d4a5e",
    sunk="#1b2029",
    inks=MappingProxyType(
        {
            Ink.TEXT: "#dbe1ea",
            Ink.MUTED: "#a3adbd",
            Ink.FAINT: "#7c879a",
            Ink.ACCENT: "#79b8ea",
            Ink.GOOD: "#8cc08a",
            Ink.WARN: "#e3b565",
            Ink.BAD: "#ee8a7f",
            Ink.PRIVATE: "#c3a5e6",
            Ink.TRACK: "#586377",
            Ink.BAND: "#4d7494",
            Ink.RULE: "#2d3440",
        }
    ),
)
PAPER = Palette(
    name="okrmate-paper",
    dark=False,
    background="#fbf9f4",
    select="#e6eaf0",
    mark="#d9e8f2",
    sunk="#f3f0e8",
    inks=MappingProxyType(
        {
            Ink.TEXT: "#22262d",
            Ink.MUTED: "#575e6a",
            Ink.FAINT: "#6f747e",
            Ink.ACCENT: "#17609e",
            Ink.GOOD: "#2d6f3a",
            Ink.WARN: "#875800",
            Ink.BAD: "#b02f26",
            Ink.PRIVATE: "#6a4797",
            Ink.TRACK: "#a39d90",
            Ink.BAND: "#7397b4",
            Ink.RULE: "#dbd6ca",
        }
    ),
)
PALETTES: Mapping[str, Palette] = MappingProxyType({palette.name: palette for palette in (INK, PAPER)})


def palette(theme: str) -> Palette:
    """The palette of a theme by its name; the dark one for any other."""
    return PALETTES.get(theme, INK)


@lru_cache
def background(theme: str, ground: str = "") -> Color:
    """What stands behind the text in a theme: the page's own colour, or another."""
    return Color.parse(ground or palette(theme).background)


def style(theme: str, span: Span, *, chosen: bool = False, ground: str = "") -> Style:
    """How a span looks in a theme, on the ground of a chosen row, on another, or on the page's own."""
    below = palette(theme).select if chosen else ground or palette(theme).background
    return _style(theme, span.ink, below, bold=span.bold, marked=span.marked, filled=span.filled)


@lru_cache(maxsize=1024)
def _style(theme: str, ink: Ink, below: str, *, bold: bool, marked: bool, filled: bool) -> Style:
    colours = palette(theme)
    colour = colours.inks[ink]
    if filled:
        return Style(color=colours.background, bgcolor=colour, bold=bold)
    return Style(color=colour, bgcolor=colours.mark if marked else below, bold=bold, underline=marked or None)
