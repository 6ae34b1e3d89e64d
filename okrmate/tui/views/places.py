"""The six screens: their names and titles, in the order of their digits, and the tabs that show where one is."""

from collections.abc import Mapping

from okrmate.tui.ink import Frame, Ink, Line, Span

SCREENS: Mapping[str, str] = {
    "today": "Today",
    "people": "People",
    "okrs": "OKRs",
    "meeting": "Meeting",
    "mail": "Mail",
    "reports": "Reports",
}
"""The screens in the order of their digits, by name, with the title of each."""
BRAND = " okrmate "
TIGHT = 72
"""Below so many columns the tabs lose the cell between them and their titles, all but the active one's."""


def tabs(waiting: Mapping[str, int], active: str, frame: Frame) -> Line:
    """The brand where there is room, and the screens with their digits."""
    spans: list[Span] = [Span(BRAND, Ink.ACCENT, bold=True)] if frame.wide else []
    for name, title in SCREENS.items():
        spans += tab(name, title, waiting.get(name, 0), active, frame)
    return tuple(spans)


def tab(name: str, title: str, waiting: int, active: str, frame: Frame) -> Line:
    """One screen: a filled field where one is."""
    digit = list(SCREENS).index(name) + 1
    shown = title if frame.width >= TIGHT or name == active else ""
    count = f" {waiting}" if waiting else ""
    if name == active:
        return (Span(f" {digit} {shown}{count} ", Ink.ACCENT, bold=True, filled=True),)
    gap = " " if shown else ""
    return (
        Span(f" {digit}{gap}", Ink.FAINT),
        Span(shown, Ink.MUTED),
        Span(count, Ink.WARN, bold=True),
        Span(" " if shown else ""),
    )
