"""A talk prepared, on one screen: the question most worth asking, and under it what is known, a line each."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from okrmate.domain.meetings import Meeting
from okrmate.frozen import Frozen
from okrmate.services.desk import Desk
from okrmate.services.letters.preparation_texts import PreparationTexts, Section, SectionName, preparation_texts
from okrmate.services.mentoring.meetings import coming_meeting
from okrmate.services.mentoring.mentorships import Pair, pairs
from okrmate.services.mentoring.preparation import prepare
from okrmate.services.ports import Reader
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Frame, Ink, Line, Span, cut, plain, text
from okrmate.tui.pages import Entry, Pane
from okrmate.tui.views.moments import ahead, date_and_time
from okrmate.tui.views.scene import Scene
from okrmate.tui.wrapping import folded_text

LABEL = 18
LINES_AT_MOST = (5, 4, 3, 2)
"""Lines of one section: as many as let all of it stand on one screen without scrolling."""
ROWS = {True: 37, False: 21}
"""The rows there are for it, by whether the terminal is wide: 40 and 24 but for head and keys."""
ROWS_OF_A_LINE = 2
PROSE = 100
GLYPHS = {
    SectionName.MOVED: Glyph.AHEAD,
    SectionName.STILL: Glyph.STUCK,
    SectionName.PROMISED: Glyph.ADDED,
    SectionName.SUGGESTED: Glyph.ADDED,
    SectionName.ADVICE: Glyph.ADDED,
    SectionName.ANSWERED: Glyph.DONE,
    SectionName.NOTES: Glyph.PRIVATE,
    SectionName.THINK_OVER: Glyph.PRIVATE,
}
PRIVATE = frozenset({SectionName.NOTES, SectionName.THINK_OVER})


class Talk(Frozen):
    """The next talk of one pair."""

    pair: Pair
    meeting: Meeting


def talks_ahead(reader: Reader, now: datetime) -> tuple[Talk, ...]:
    """The next talk of each pair, the soonest first; one that runs now is among them."""
    found = [(pair, coming_meeting(reader, pair.mentorship.id, now)) for pair in pairs(reader)]
    talks = [Talk(pair=pair, meeting=meeting) for pair, meeting in found if meeting is not None]
    return tuple(sorted(talks, key=lambda talk: talk.meeting.begins_at))


def preparation_panes(desk: Desk, scene: Scene, talk: Talk, place: str, frame: Frame) -> tuple[Pane, ...]:
    """One talk; `place` says which of how many it is."""
    prepared = prepare(desk.store.reader(), desk.mentor, talk.pair, talk.meeting, scene.now)
    told = preparation_texts(prepared, scene.words)
    fitting = (most for most in LINES_AT_MOST if _height(told, most, frame) <= ROWS[frame.wide])
    most = next(fitting, LINES_AT_MOST[-1])
    parts = (None, *told.sections)
    entries = (Entry(height=None, draw=partial(_part, told, part, most)) for part in parts)
    begins = talk.meeting.begins_at
    at = f"{date_and_time(begins, scene.now, scene.zone)}, {ahead(begins, scene.now)}"
    note = f"{at} · {talk.meeting.minutes} min · in no mail but yours" if frame.wide else at
    title = f"Talk {talk.meeting.number} with {talk.pair.protege.first_name}"
    return (Pane(name="prepared", title=title, note=note, right=place, private=True, entries=tuple(entries)),)


def _height(told: PreparationTexts, most: int, frame: Frame) -> int:
    within = frame.narrower(2)  # the margin and the scrollbar
    return sum(len(_part(told, part, most, within)) for part in (None, *told.sections))


def _part(told: PreparationTexts, part: Section | None, most: int, frame: Frame) -> tuple[Line, ...]:
    """The rows of the question, or of one section; wide, an empty row parts them."""
    rows = _asking(told, frame) if part is None else _section(part, most, frame)
    return (*rows, ()) if frame.wide else tuple(rows)


def _asking(told: PreparationTexts, frame: Frame) -> Iterator[Line]:
    said = (f"“{told.ask}”", told.because, told.listen)
    for label, words, bold in zip(told.asking, said, (True, False, False), strict=True):
        yield from _labelled((Span(f"  {label}".ljust(LABEL), Ink.PRIVATE),), words, frame, bold=bold)


def _section(section: Section, most: int, frame: Frame) -> Iterator[Line]:
    lines = section.lines if len(section.lines) <= most else section.lines[: most - 1]
    ink = Ink.PRIVATE if section.name in PRIVATE else Ink.TEXT
    title = (sign(GLYPHS[section.name], frame), Span(f" {section.title}".ljust(LABEL - 1), ink))
    for number, words in enumerate(lines):
        head: Line = (Span(" " * LABEL),) if number else title
        yield from _labelled(head, words, frame)
    if len(lines) < len(section.lines):
        yield (Span(" " * LABEL), Span(f"and {len(section.lines) - len(lines)} more", Ink.MUTED))


def _labelled(head: Line, words: str, frame: Frame, *, bold: bool = False) -> Iterator[Line]:
    """Words beside their label, on two rows at most."""
    room = max(1, min(PROSE, frame.width - LABEL - 1))
    rows = [plain(row) for row in folded_text(words, room)]
    if len(rows) > ROWS_OF_A_LINE:
        rows = [rows[0], " ".join(rows[1:])]
    for number, row in enumerate(rows):
        yield (*((Span(" " * LABEL),) if number else head), *cut(text(row, bold=bold), room))
