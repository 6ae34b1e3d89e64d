"""One mail in review: his words at the left, at the right what became of them, below what each key would make of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import zip_longest
from types import MappingProxyType
from zoneinfo import ZoneInfo

from okrmate.domain.errors import OkrmateError
from okrmate.domain.letters import Incoming, IncomingState, Outgoing
from okrmate.frozen import Frozen
from okrmate.reply.updates import Problem
from okrmate.services.incoming.meanings import Mark, Meaning
from okrmate.services.incoming.read_again import problem_note
from okrmate.services.incoming.side_by_side import Row, Script, SideBySide, side_by_side
from okrmate.services.incoming.whys import detailed
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.mentorships import pairs
from okrmate.services.tables import INCOMING, OUTGOING
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Column, Frame, Ink, Line, Span, cut, length, row, text
from okrmate.tui.pages import Drawing, Entry, Pane
from okrmate.tui.views.letter import KINDS
from okrmate.tui.views.mail import UNKNOWN, YOU, sender
from okrmate.tui.views.moments import when
from okrmate.tui.wrapping import folded, folded_text

SPINE = 3
"""Cells between the two columns: a blank, the glyph, a blank."""
PROSE = 76
"""Cells of a line of prose."""
LEADER = "┄"
MARKS: Mapping[Mark, Glyph] = MappingProxyType(
    {
        Mark.APPLIED: Glyph.DONE,
        Mark.ADDED: Glyph.ADDED,
        Mark.ASKED: Glyph.UNCLEAR,
        Mark.KEPT: Glyph.LEFT_OUT,
        Mark.PROPOSED: Glyph.UNKNOWN,
        Mark.TAKEN_BACK: Glyph.LEFT_OUT,
        Mark.PUT_AWAY: Glyph.LEFT_OUT,
    }
)
SAID = {Mark.PROPOSED: "would be ", Mark.TAKEN_BACK: "taken back: ", Mark.PUT_AWAY: "not taken: "}
"""What stands before a value that does not count."""
WRITTEN = {Script.OURS: Ink.FAINT, Script.UNCLEAR: Ink.WARN}


class Review(Frozen):
    """A mail to be looked at; `name` is whoever wrote it in one word, `place` such as `2 of 3`."""

    mail: Incoming
    name: str
    side: SideBySide
    heading: str
    about: str
    letter: Outgoing | None = None
    place: str = ""

    @property
    def prose(self) -> bool:
        """Whether nothing in it is for okrmate: then the words have the whole width."""
        return all(one.mark is Mark.KEPT for each in self.side.rows for one in each.meanings)

    @property
    def unsure(self) -> bool:
        """Whether it waits for the mentor's word before anything of it is applied."""
        return self.mail.state is IncomingState.HELD and self.mail.unproven

    @property
    def answerable(self) -> bool:
        """Whether somebody who is known wrote it and can be written to."""
        away = self.mail.state in (IncomingState.IGNORED, IncomingState.REFUSED)
        return bool(self.mail.mentorship) and not self.mail.unproven and not away and self.name != YOU


def review(room: MailRoom, mail_id: str, waiting: tuple[str, ...] = ()) -> Review | None:
    """The mail read again; None where it is gone. `waiting` are the ids of those to review, in their order."""
    desk = room.desk
    mail = room.store.get(INCOMING, mail_id)
    if mail is None:
        return None
    names = {pair.mentorship.id: (pair.protege.first_name, pair.protege.address) for pair in pairs(room.store)}
    letter = room.store.get(OUTGOING, mail.answers) if mail.answers else None
    who = sender(desk, mail, names)
    at = when(mail.received_at, desk.clock.now(), ZoneInfo(desk.mentor.zone))
    return Review(
        mail=mail,
        name=mail.sender if who == UNKNOWN else who,
        side=side_by_side(room, mail_id),
        heading=f"{who}, {at}",
        about=_about(mail, letter, desk.clock.now(), ZoneInfo(desk.mentor.zone)),
        letter=letter,
        place=f"{waiting.index(mail_id) + 1} of {len(waiting)} to review" if mail_id in waiting else "",
    )


def review_or_why_not(room: MailRoom, mail_id: str, waiting: tuple[str, ...]) -> Review | str | None:
    """The same, or the sentence of the trouble that stands in its way."""
    try:
        return review(room, mail_id, waiting)
    except OkrmateError as error:
        return str(error)


def _about(mail: Incoming, letter: Outgoing | None, now: datetime, zone: ZoneInfo) -> str:
    """What it answers and, where it was not simply read, why."""
    sent = f" of {when(letter.sent_at, now, zone)}" if letter and letter.sent_at else ""
    parts = [f"answers the {KINDS[letter.kind]}{sent}" if letter else "answers no letter", detailed(mail)]
    return " · ".join(filter(None, parts))


def review_pane(view: Review, frame: Frame) -> Pane:
    """The mail row by row."""
    note = view.about if frame.wide else " · ".join(filter(None, [view.place, detailed(view.mail)]))
    return Pane(
        name="review",
        title=view.heading,
        note=note,
        right="R  the whole mail" if frame.wide else "",
        spaced=not view.prose,
        entries=tuple(_entries(view)),
    )


def _entries(view: Review) -> Iterator[Entry]:
    side = view.side
    if side.sentence:
        yield Entry(draw=lambda frame: folded_text(side.sentence, min(PROSE, frame.width - 1), Ink.MUTED), height=None)
        return
    if not side.rows:
        yield Entry(draw=lambda _frame: (text("No words of their own in it.", Ink.MUTED),))
    elif not view.prose:
        yield Entry(draw=lambda frame: (_columns(view, frame),))
    kept = False
    for number, each in enumerate(side.rows):
        first = not kept and any(one.mark is Mark.KEPT for one in each.meanings)
        kept = kept or first
        yield Entry(
            draw=_row_drawing(view, each, say_kept=first),
            height=None,
            key=f"{number}" if any(one.mark is Mark.ASKED for one in each.meanings) else "",
        )
    if side.more:
        yield Entry(draw=lambda _frame: (text(f"and {side.more} more lines: R shows the whole mail", Ink.MUTED),))


def _columns(view: Review, frame: Frame) -> Line:
    wrote = "you wrote" if view.name == YOU else f"{view.name} wrote"
    half = _half(frame)
    return row(
        frame, Column(line=text(wrote, Ink.FAINT), width=half + SPINE), Column(line=text("understood", Ink.FAINT))
    )


def _half(frame: Frame) -> int:
    return max(8, frame.width // 2 - 2)


def _row_drawing(view: Review, each: Row, *, say_kept: bool) -> Drawing:
    def draw(frame: Frame) -> tuple[Line, ...]:
        return _prose(each, frame) if view.prose else tuple(_beside(each, frame, say_kept=say_kept))

    return draw


def _words(each: Row) -> Line:
    """The line as it came; a greeting that means nothing is muted, a quote faint."""
    if each.folded:
        return tuple(Span(piece, Ink.FAINT) for piece, _ in each.pieces)
    plain = Ink.TEXT if each.meanings else Ink.MUTED
    return tuple(
        Span(piece, WRITTEN.get(script, plain), marked=script in (Script.UNDERSTOOD, Script.UNCLEAR))
        for piece, script in each.pieces
    )


def _prose(each: Row, frame: Frame) -> tuple[Line, ...]:
    room = min(PROSE, frame.width - 1)
    if each.folded:
        count = Span(f"  {_folded_words(each)}", Ink.FAINT)
        return ((), (*cut(_words(each), max(1, room - length((count,)))), count))
    words = tuple(Span(piece) for piece, _ in each.pieces)
    return (*(((),) if each.apart else ()), *folded(words, room))


def _folded_words(each: Row) -> str:
    return "1 line folded" if each.folded == 1 else f"{each.folded} lines folded"


def _beside(each: Row, frame: Frame, *, say_kept: bool) -> Iterator[Line]:
    half = _half(frame)
    rest = max(1, frame.width - half - SPINE - 1)
    left = (cut(_words(each), half),) if each.folded else folded(_words(each), half)
    right = list(_right(each, rest, frame, say_kept=say_kept))
    leads = any(glyph.text != sign(Glyph.LEFT_OUT, frame).text for glyph, _ in right[:1])
    for number, (words, meant) in enumerate(zip_longest(left, right)):
        shown = words or ()
        glyph, line = meant or (Span(" "), ())
        blank = max(0, half - length(shown) - 1) if leads and number == 0 else 0
        lead = (Span(" "), Span(("." if frame.ascii else LEADER) * blank, Ink.TRACK)) if blank else ()
        filled = (*shown, *lead)
        gap = Span(" " * (half - length(filled) + 1))
        yield (*filled, gap, glyph, Span(" "), *line)


def _right(each: Row, room: int, frame: Frame, *, say_kept: bool) -> Iterator[tuple[Span, Line]]:
    """The lines at the right, each with the sign in the spine."""
    if each.folded:
        yield sign(Glyph.LEFT_OUT, frame), cut(text(_folded_words(each), Ink.FAINT), room)
        return
    for meaning in each.meanings:
        glyph = sign(MARKS[meaning.mark], frame)
        if meaning.mark is Mark.KEPT:
            yield glyph, text(meaning.title, Ink.FAINT) if say_kept else ()
            continue
        code = (Span(f"  KR {meaning.ref}", Ink.FAINT),) if meaning.ref else ()
        title = cut(text(meaning.title, bold=True), room - length(code))
        yield Span(glyph.text, glyph.ink, bold=True), (*title, *code)
        for line in folded(_value(meaning), room):
            if line:
                yield Span(" "), line


def _value(meaning: Meaning) -> Line:
    """Old and new, or what is asked."""
    if meaning.mark is Mark.ASKED:
        return text(meaning.about, Ink.WARN)
    said = SAID.get(meaning.mark, "")
    if not meaning.new:
        return text(f"{said}{meaning.about}".strip(), Ink.MUTED)
    arrow = f"{meaning.old} → " if meaning.old and meaning.old != meaning.new else ""
    stays = "stays " if meaning.old == meaning.new else ""
    behind = meaning.about if meaning.about.startswith(",") or not meaning.about else f" {meaning.about}"
    counts = meaning.mark is Mark.APPLIED
    return (
        Span(f"{said}{stays}{arrow}", Ink.MUTED),
        Span(meaning.new, Ink.TEXT if counts else Ink.MUTED, bold=counts),
        Span(behind, Ink.MUTED),
    )


def chosen_problem(view: Review, key: str) -> Problem | None:
    """The open line the keys are about: that of the chosen row, else the first one."""
    rows = view.side.rows
    here = rows[int(key)].meanings if key.isdecimal() and int(key) < len(rows) else ()
    asked = [one.problem for one in here if one.problem is not None and one.problem in view.side.open]
    return next(iter((*asked, *view.side.open)), None)


def quoted(problem: Problem) -> str:
    """The words of an open line, for a heading."""
    return f"“{problem_note(problem)}”"
