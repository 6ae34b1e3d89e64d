"""What is for the mentor in a talk: the question most worth asking, the clock, notes shared and private, promises."""

from datetime import timedelta
from functools import partial

from okrmate.domain.agenda import FEEDBACK_MINUTES
from okrmate.domain.meetings import Meeting, Promise
from okrmate.domain.notes import Note
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Frame, Ink, Line, Span
from okrmate.tui.pages import Entry, Pane
from okrmate.tui.views.meeting import MeetingView
from okrmate.tui.views.moments import when
from okrmate.tui.wrapping import folded_text

PROSE = 76
ASKING = 17
MINUTE = timedelta(minutes=1)


def clock(meeting: Meeting, view: MeetingView, frame: Frame) -> Line:
    """The timer of a talk that runs."""
    gone = int((view.now - meeting.begins_at) / MINUTE)
    left = meeting.minutes - gone
    rest = f"{left} min left" if left > 0 else f"{-left} min over" if left else "time is up"
    ink = Ink.WARN if left <= FEEDBACK_MINUTES else Ink.TEXT
    return (sign(Glyph.MEETING, frame), Span(f" minute {gone}, ", Ink.MUTED), Span(rest, ink, bold=True))


def private_pane(view: MeetingView) -> Pane:
    """What she alone reads: the one question most worth asking, and why."""
    told = view.prepared
    if told is None:
        return Pane(name="private")
    said = (f"“{told.ask}”", told.because, told.listen)
    asked = zip(told.asking, said, (True, False, False), strict=True)
    entries = tuple(Entry(height=None, draw=partial(_asked, label, words, bold)) for label, words, bold in asked)
    return Pane(name="private", title="Private preparation", note="p shows all", private=True, entries=entries)


def _asked(label: str, words: str, bold: bool, frame: Frame) -> tuple[Line, ...]:  # noqa: FBT001 - of a partial
    rows = folded_text(words, max(1, min(PROSE, frame.width) - ASKING - 1))
    heads = (Span(("" if number else label).ljust(ASKING), Ink.PRIVATE) for number in range(len(rows)))
    return tuple((head, *(replace(span, bold=bold) for span in row)) for head, row in zip(heads, rows, strict=True))


def notes_panes(view: MeetingView) -> tuple[Pane, ...]:
    """What was written down of a talk: shared above, hers alone below, and what both promised."""
    shared = [note for note in view.notes if note.shared]
    private = [note for note in view.notes if not note.shared]
    first = view.stop.pair.protege.first_name
    panes = (
        _pane("shared", "Notes", f"shared with {first}", [_note(each, view) for each in shared]),
        replace(_pane("alone", "Yours alone", "in no mail", [_note(each, view) for each in private]), private=True),
        _pane("promises", "Promises", "until kept or dropped", [_promise(each, view) for each in view.promises]),
    )
    return tuple(pane for pane in panes if pane.entries) or (_pane("shared", "Notes", "", [NOTHING]),)


NOTHING: tuple[Span, str] = (Span("n", Ink.ACCENT, bold=True), " writes a note, o a promise")


def _pane(name: str, title: str, note: str, said: list[tuple[Span, str]]) -> Pane:
    entries = tuple(Entry(height=None, draw=partial(_said, head, words)) for head, words in said)
    return Pane(name=name, title=title, note=note, entries=entries)


def _said(head: Span, words: str, frame: Frame) -> tuple[Line, ...]:
    width = len(head.text)
    rows = folded_text(words, max(1, min(PROSE, frame.width) - width - 1))
    return tuple((Span(" " * width) if number else head, *row) for number, row in enumerate(rows))


def _note(note: Note, view: MeetingView) -> tuple[Span, str]:
    if note.by is Side.PROTEGE:
        name = f"{view.stop.pair.protege.first_name}: "
        return Span(name, Ink.ACCENT), f"“{note.text}” to “{note.asked}”" if note.asked else f"“{note.text}”"
    return Span("· " if note.shared else "◆ ", Ink.MUTED if note.shared else Ink.PRIVATE), note.text


def promise_line(promise: Promise, view: MeetingView) -> str:
    """Whose it is, what, and for when."""
    head, words = _promise(promise, view)
    return f"{head.text}{words}"


def _promise(promise: Promise, view: MeetingView) -> tuple[Span, str]:
    first = view.stop.pair.protege.first_name
    name = "you: " if promise.by is Side.MENTOR else f"{first}: "
    since = when(promise.at, view.now, view.zone)
    return Span(name, Ink.ACCENT), f"{promise.text}, {f'for {promise.due:%a %d %b}' if promise.due else since}"
