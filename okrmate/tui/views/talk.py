"""A talk as lines: when it is and when its agenda leaves, the agenda, the letter, and what both wrote after it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from zoneinfo import ZoneInfo

from okrmate.domain.agenda import ItemKind
from okrmate.domain.letters import Outgoing, OutgoingState
from okrmate.domain.meetings import Meeting, MeetingState, Participation
from okrmate.domain.people import Side
from okrmate.services.letters.agendas import Point
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Column, Frame, Ink, Line, Span, column, cut, length, row, text
from okrmate.tui.pages import Empty, Entry, Pane
from okrmate.tui.views.letter import letter_pane as letter_alone
from okrmate.tui.views.letter import reading_title
from okrmate.tui.views.meeting import Half, MeetingView
from okrmate.tui.views.moments import ahead, date_and_time, when
from okrmate.tui.views.promises import of_invitation
from okrmate.tui.views.talk_notes import clock
from okrmate.tui.wrapping import folded_text

NUMBER = 2
MINUTES = 9
PROSE = 76
LABEL = 12
REASONS: Mapping[ItemKind, str] = MappingProxyType(
    {
        ItemKind.PROMISE: "open since an earlier talk",
        ItemKind.SUGGESTION: "to be used this time",
        ItemKind.DID_IT_HELP: "asked once, after it was used",
        ItemKind.MOVED: "it moved since the last talk",
        ItemKind.MOVED_DOWN: "it went back since the last talk",
        ItemKind.STUCK: "it stands still",
        ItemKind.BLOCKED: "something is in the way",
        ItemKind.UNKNOWN: "nothing heard for two rhythms",
        ItemKind.UNHEARD: "never heard of",
        ItemKind.QUESTION: "not asked of late",
        ItemKind.WHAT_TOOK_TIME: "nothing has moved for four weeks",
        ItemKind.STANDSTILL: "nothing has moved for four weeks",
        ItemKind.RIGHT_GOAL: "nothing has moved for four weeks",
        ItemKind.ACQUAINTANCE: "it is your first talk",
        ItemKind.HOPES: "no goal is set yet",
        ItemKind.WORKING_TOGETHER: "it is your first talk",
        ItemKind.LOOKING_BACK: "there is time for it",
        ItemKind.LOOKING_AHEAD: "there is time for it",
        ItemKind.FEEDBACK: "always the last five minutes",
    }
)
COMING: Mapping[Participation, tuple[Glyph, str]] = MappingProxyType(
    {
        Participation.ACCEPTED: (Glyph.DONE, "accepted"),
        Participation.DECLINED: (Glyph.LATE, "cannot come"),
        Participation.TENTATIVE: (Glyph.UNCLEAR, "perhaps"),
    }
)
NOBODY = Empty(
    fact="You mentor nobody here yet.",
    following="Once somebody is added under 2 People, a talk with them is planned here.",
    key="2",
    action="People",
)


def no_talk(view: MeetingView) -> Empty:
    """Nothing is planned with this person."""
    return Empty(
        fact=f"No talk with {view.stop.pair.protege.first_name} is planned.",
        following=f"Plan one: {of_invitation(view.stop.pair, unseen=view.unseen)} it.",
        key="P",
        action="plan a talk",
    )


def when_pane(view: MeetingView) -> Pane:
    """The first line: who, when, where, and when the draft leaves."""
    return Pane(name="when", entries=(Entry(draw=lambda frame: (_when(view, frame),)),))


def _when(view: MeetingView, frame: Frame) -> Line:
    meeting, protege = view.stop.meeting, view.stop.pair.protege
    name = Span(protege.name, bold=True)
    place = (Span(f"{view.number} of {view.stops}", Ink.FAINT), Span(" "))
    if meeting is None:
        return _ends((name, Span("   no talk planned", Ink.MUTED)), place, frame)
    at = date_and_time(meeting.begins_at, view.now, view.zone)
    long = f", {meeting.minutes} min{f', {meeting.place}' if meeting.place else ''}" if frame.wide else ""
    long += f", {view.repeats}" if frame.wide and view.repeats and not view.over else ""
    there = _there(meeting, protege.zone, view) if frame.wide else ""
    gap = "   " if frame.wide else "  "
    said = (name, Span(f"{gap}{at}{long}{there}{gap}", Ink.MUTED), *_coming(meeting, frame), *_leaves(view, frame))
    return _ends(said, place if frame.wide else (), frame)


def _ends(left: Line, right: Line, frame: Frame) -> Line:
    shown = cut(left, max(1, frame.width - length(right) - 1))
    return (*shown, Span(" " * max(1, frame.width - length(shown) - length(right))), *right)


def _there(meeting: Meeting, zone: str, view: MeetingView) -> str:
    """The clock of the other side, where it shows something else."""
    theirs = meeting.begins_at.astimezone(ZoneInfo(zone))
    if theirs.replace(tzinfo=None) == meeting.begins_at.astimezone(view.zone).replace(tzinfo=None):
        return ""
    return f", {theirs:%H:%M} in {zone.rpartition('/')[2].replace('_', ' ')}"


def _coming(meeting: Meeting, frame: Frame) -> Line:
    if meeting.state is not MeetingState.SCHEDULED or meeting.participation not in COMING:
        return ()
    glyph, words = COMING[meeting.participation]
    return (sign(glyph, frame), Span(f" {words}   ", Ink.TEXT if glyph is Glyph.LATE else Ink.MUTED))


def _leaves(view: MeetingView, frame: Frame) -> Line:
    """When the draft leaves, and on what condition; after the talk what became of it."""
    meeting = view.stop.meeting
    if meeting is None:
        return ()
    if view.over:
        words = "both have written" if meeting.state is MeetingState.REVIEWED else "held"
        return (sign(Glyph.DONE, frame), Span(f" {words}"))
    if view.runs:
        return clock(meeting, view, frame)
    if view.agenda is None:
        return (sign(Glyph.LATE, frame), Span(" no agenda"))
    letter, at = view.agenda.letter, view.agenda.leaves_at
    if letter.sent_at is not None:
        late = ", on short notice" if letter.short_notice else ""
        again = f", again {when(view.agenda.again_at, view.now, view.zone)}" if view.agenda.again_at else ""
        return (sign(Glyph.DONE, frame), Span(f" agenda sent {when(letter.sent_at, view.now, view.zone)}{late}{again}"))
    if at is None:
        return (sign(Glyph.LEFT_OUT, frame), Span(" no agenda leaves", Ink.MUTED))
    moment = Span(when(at, view.now, view.zone), bold=True)
    far = f", {ahead(at, view.now)}" if at > view.now else ""
    if view.agenda.written and letter.state is OutgoingState.HELD:
        due = (Span(", leaves ", Ink.MUTED), moment) if far else ()
        key = Span("y", Ink.ACCENT, bold=True)
        return (sign(Glyph.LATE, frame), Span(" draft waits for you: "), key, Span(" lets it go"), *due)
    condition = ", once letters leave again" if view.pause else ", once seen" if view.unseen else ""
    arrow = sign(Glyph.LATE if view.pause else Glyph.LEAVES, frame)
    return (arrow, Span(" draft leaves "), moment, Span(f"{far}{condition}", Ink.MUTED))


def agenda_pane(view: MeetingView, frame: Frame) -> Pane:
    """The proposed points in her wording, what was left out in its place; narrow only the chosen one says why."""
    meeting = view.stop.meeting
    fitting = [point for point in view.points if point.fits]
    used = sum(point.minutes for point in fitting)
    whole = meeting.minutes if meeting else used
    sent = view.agenda is not None and view.agenda.letter.sent_at is not None
    note = f"{len(fitting)} items, {used} of {whole} min"
    title = "As things stand now" if sent else "Proposed agenda"
    numbers = iter(range(1, len(view.points) + 1))
    entries = tuple(_entry(point.key, point, next(numbers) if point.fits else 0, view, frame) for point in view.points)
    return Pane(name="agenda", title=title, note=note, spaced=True, entries=entries)


def _entry(key: str, point: Point, number: int, view: MeetingView, frame: Frame) -> Entry:
    if frame.wide:
        return Entry(
            key=key, height=None, draw=lambda within: (*_what(point, number, within), *_why(point, view, within))
        )
    return Entry(
        key=key,
        draw=lambda within: _what(point, number, within)[:1],
        more=lambda within: tuple(_why(point, view, within))[:1],
        more_height=1,
    )


def _what(point: Point, number: int, frame: Frame) -> tuple[Line, ...]:
    """What it is about, with its number and minutes."""
    ink = Ink.TEXT if point.fits else Ink.MUTED
    glyph: Line = (Span(str(number), Ink.ACCENT, bold=True),) if number else (sign(Glyph.LEFT_OUT, frame),)
    glyph = (sign(Glyph.DONE, frame),) if point.talked else glyph
    minutes = f"{point.minutes} min" if point.fits else "left out"
    words = _parts(point)[0]
    first, *more = folded_text(words, _room(frame), ink) if frame.wide else (text(words, ink),)
    head = row(
        frame,
        Column(line=glyph, width=NUMBER + (number > 9)),  # noqa: PLR2004 - two digits need a cell more
        Column(line=first),
        column(minutes, MINUTES, Ink.MUTED, right=True),
        Column(line=(Span(" "),), width=1),
    )
    return (head, *((Span(" " * NUMBER), *line) for line in more))


def _why(point: Point, view: MeetingView, frame: Frame) -> Iterator[Line]:
    """What to ask, and why it is on the list."""
    why = " · ".join(filter(None, [_parts(point)[1], _reason(point, view)]))
    for line in folded_text(why, _room(frame), Ink.MUTED):
        yield (Span(" " * NUMBER), *line)


def _room(frame: Frame) -> int:
    return max(1, frame.width - NUMBER - MINUTES - 2)


def _parts(point: Point) -> tuple[str, str]:
    """What it is about, and what to ask of it: the wording's first sentence and the rest."""
    if point.own is not None:
        return f"“{point.own.text}”", ""
    what, dot, ask = point.text.partition(". ")
    return (what, ask) if dot else (point.text, "")


def _reason(point: Point, view: MeetingView) -> str:
    if point.own is None:
        first = view.stop.meeting is not None and view.stop.meeting.number == 1
        why = REASONS.get(point.kind, "")
        return why.replace("the last talk", "the beginning") if first else why
    if point.own.by is Side.MENTOR:
        return "yours"
    return f"{view.stop.pair.protege.first_name}'s own, by mail {when(point.own.at, view.now, view.zone)}"


def letter_pane(view: MeetingView) -> Pane:
    """The agenda exactly as it will be read."""
    if view.agenda is None:
        entries = (Entry(height=None, draw=lambda frame: folded_text(view.sentence, min(PROSE, frame.width - 1))),)
        return Pane(name="letter", title="The letter", entries=entries)
    return letter_alone(view.agenda.letter)


def gist_pane(view: MeetingView) -> Pane:
    """The letter in three lines, for a terminal without room for it."""
    letter = view.agenda.letter if view.agenda else None
    if letter is None:
        return letter_pane(view)
    items, asked = sum(point.fits for point in view.points), len(letter.asked)
    counts = _counted(items, "item") + (f" · {_counted(asked, 'key result')} to fill in" if asked else "")
    lines = (text(letter.subject), text(_question(letter), Ink.MUTED), text(counts, Ink.MUTED))
    return Pane(
        name="letter",
        title=reading_title(letter),
        note="v opens it",
        entries=(Entry(height=len(lines), draw=lambda _frame: lines),),
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _question(letter: Outgoing) -> str:
    return next((line for block in letter.blocks for line in getattr(block, "text", "").splitlines() if line), "")


def sent_pane(view: MeetingView) -> Pane:
    """What the talk was to be about: the agenda as it was sent."""
    if view.agenda is None:
        entries = (Entry(draw=lambda _frame: (text("No agenda left before this talk.", Ink.MUTED),)),)
        return Pane(name="sent", title="The agenda", entries=entries)
    return letter_alone(view.agenda.letter)


def feedback_pane(view: MeetingView) -> Pane:
    """The pair of halves; the other one stays sealed until both are in."""
    first = view.stop.pair.protege.first_name
    hers, his = view.halves[Side.MENTOR], view.halves[Side.PROTEGE]
    entries = (
        Entry(height=None, draw=partial(_half, "You", hers, view, "f writes it")),
        Entry(height=None, draw=partial(_half, first, his, view, "")),
    )
    return Pane(name="feedback", title="Feedback", note=_seal(hers, his), spaced=True, entries=entries)


def _seal(hers: Half, his: Half) -> str:
    if his.sealed:
        return "sealed until both are in"
    return "" if hers.given and his.given else "one positive, one suggestion each"


def _half(name: str, half: Half, view: MeetingView, key: str, frame: Frame) -> tuple[Line, ...]:
    """Who, how it stands, and the words where they may be seen."""
    whole = half.given is not None and half.given.whole
    glyph = sign(Glyph.DONE if whole or half.sealed else Glyph.UNKNOWN, frame)
    lines: list[Line] = [(glyph, Span(" "), Span(name, bold=True), Span(f"  {_state(half, view)}", Ink.MUTED))]
    given = half.given
    for label, said in (("positive", given.positive), ("suggestion", given.suggestion)) if given else ():
        lines += _labelled(label, said, frame)
    if key and not whole:
        letter, _, words = key.partition(" ")
        lines.append((Span("  "), Span(letter, Ink.ACCENT, bold=True), Span(f" {words}")))
    return tuple(lines)


def _labelled(label: str, said: Sequence[str], frame: Frame) -> Iterator[Line]:
    room = max(1, min(PROSE, frame.width) - LABEL - 2)
    wrapped = [line for words in said for line in folded_text(words, room)]
    for number, line in enumerate(wrapped):
        yield (Span("  "), Span(("" if number else label).ljust(LABEL), Ink.FAINT), *line)


def _state(half: Half, view: MeetingView) -> str:
    if half.sealed:
        return "it is in, and sealed until both are"
    if half.given is not None:
        missing = " and ".join(half.given.missing)
        return f"the {missing} is not in yet" if missing else f"written {when(half.given.at, view.now, view.zone)}"
    if half.asked_at is not None:
        return f"not in yet, asked {when(half.asked_at, view.now, view.zone)}"
    return "not in yet"
