"""One person: how they are doing in a sentence, their talks, letters, key results, mails, and feedback exchanged."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice

from okrmate.domain.feedback import Feedback, by_side, unsealed
from okrmate.domain.letters import TO_A_MAIL, WAITING, Incoming, IncomingState, Outgoing, OutgoingState
from okrmate.domain.meetings import Meeting, MeetingState, Participation
from okrmate.domain.people import MentorshipState, Side
from okrmate.frozen import replace
from okrmate.services.incoming.whys import is_personal
from okrmate.services.ports import Reader
from okrmate.services.tables import FEEDBACK
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Column, Frame, Ink, Line, Span, column, row, text, wrapped
from okrmate.tui.pages import Entry, Pane, one, still
from okrmate.tui.views.key_results import key_result_line
from okrmate.tui.views.mentorship import agreed_panes, charter_state, charter_words, days_off_ahead, felt_panes
from okrmate.tui.views.moments import ahead, date_and_time, day, when
from okrmate.tui.views.people import PersonView
from okrmate.tui.views.promises import rest_words
from okrmate.tui.views.scene import Scene

NAME = 9
"""Cells for a first name before its words."""
GLANCE = 4
"""So many talks, mails and exchanges stand below the list; all of them on the page of one person."""
WEEK = timedelta(days=7)
MAIL_SIGNS = {
    IncomingState.APPLIED: Glyph.DONE,
    IncomingState.PARTLY_APPLIED: Glyph.UNCLEAR,
    IncomingState.ASKED: Glyph.UNCLEAR,
    IncomingState.HELD: Glyph.LATE,
    IncomingState.FAILED: Glyph.LATE,
}
TALK_SIGNS = {
    MeetingState.SCHEDULED: Glyph.MEETING,
    MeetingState.HELD: Glyph.DONE,
    MeetingState.REVIEWED: Glyph.DONE,
}
PARTICIPATION = {
    Participation.NEEDS_ACTION: "",
    Participation.ACCEPTED: "accepted",
    Participation.DECLINED: "declined",
    Participation.TENTATIVE: "perhaps",
}


def person_heading(reader: Reader, view: PersonView, scene: Scene, frame: Frame, *, whole: bool = False) -> Pane:
    """The name, the sentence behind it; and where there is room, who agreed to the charter, or the address."""
    right = view.pair.protege.address if whole else charter_state(reader, view.pair)
    return Pane(
        name="person",
        title=view.pair.protege.name,
        note=" · ".join(_facts(reader, view, scene)),
        right=right if frame.wide else "",
    )


def _facts(reader: Reader, view: PersonView, scene: Scene) -> Iterator[str]:
    mentorship = view.pair.mentorship
    since = mentorship.paused_at or mentorship.begun_at
    yield f"{mentorship.state} since {day(since, scene.now, scene.zone)}"
    if mentorship.silent:
        rest = rest_words(view.pair, scene)
        yield f"nothing is sent {rest}" if rest else "nothing is sent"
    if off := days_off_ahead(view.pair, scene):
        yield off
    okr_set = view.tree.okr_set if view.tree is not None else None
    if okr_set is not None and okr_set.activated_at is not None:
        week = (scene.now - okr_set.activated_at) // WEEK + 1
        if okr_set.ends is None:
            yield f"week {week}"
        else:
            begun = scene.local(okr_set.activated_at).date()
            yield f"week {week} of {max(week, -(-(okr_set.ends - begun).days // WEEK.days))}"
    charter = charter_words(reader, view.pair)
    if charter:
        yield charter
    elif view.next_talk is not None:
        yield f"next talk {ahead(view.next_talk.begins_at, scene.now)}"


def person_panes(
    reader: Reader, view: PersonView, scene: Scene, frame: Frame, *, whole: bool = False
) -> tuple[tuple[Pane, ...], tuple[Pane, ...]]:
    """Two columns: what is agreed and what is on its way; and what became of it. Narrow they are one, of both.

    At a glance a few of a kind, of which none can be chosen; on the whole page all of them.
    """
    most = None if whole else GLANCE
    agreed = agreed_panes(reader, view.pair, scene, most)
    felt = felt_panes(reader, view.pair, scene, most)
    letters = tuple(_letters(view, scene))
    if not whole:
        left, right = (*letters, *agreed), felt
        if not frame.wide:
            (aims, markers, notes), (worth, pulse, advice) = agreed, felt
            left, right = (*letters, worth, pulse, notes, aims, markers, advice), ()
        return tuple(map(_at_a_glance, left)), tuple(map(_at_a_glance, right))
    left = (*letters, _talks(view, scene, most), *agreed, *_mails(view, scene, most))
    right = (_key_results(view, scene), *felt, *_feedback(reader, view, scene, most))
    return (left, right) if frame.wide else ((*left, *right), ())


def _at_a_glance(pane: Pane) -> Pane:
    return replace(pane, entries=tuple(replace(entry, key="") for entry in pane.entries))


def _talks(view: PersonView, scene: Scene, most: int | None) -> Pane:
    newest = sorted(view.post.meetings, key=lambda each: each.begins_at, reverse=True)
    entries = [Entry(key=each.id, draw=one(partial(_talk, each, scene))) for each in islice(newest, most)]
    if view.next_talk is None and not view.pair.mentorship.silent:
        entries.insert(0, Entry(draw=still(text("none planned", Ink.MUTED))))
    return Pane(name="talks", title="Talks", entries=tuple(entries))


def _talk(meeting: Meeting, scene: Scene, frame: Frame) -> Line:
    ink = Ink.TEXT if meeting.state is MeetingState.SCHEDULED else Ink.MUTED
    about = f"talk {meeting.number}, {meeting.minutes} min"
    state = PARTICIPATION[meeting.participation] if meeting.state is MeetingState.SCHEDULED else meeting.state
    return row(
        frame,
        Column(line=(sign(TALK_SIGNS.get(meeting.state, Glyph.LEFT_OUT), frame),), width=2),
        column(date_and_time(meeting.begins_at, scene.now, scene.zone), 18, ink),
        column(f"{about}, {meeting.place}" if meeting.place else about, None, ink),
        column(state, 10, Ink.MUTED, right=True),
        column("", 1),
    )


def _letters(view: PersonView, scene: Scene) -> Iterator[Pane]:
    open_letters = sorted((each for each in view.post.letters if each.state in WAITING), key=lambda each: each.due_at)
    if open_letters:
        paused = view.pair.mentorship.state is MentorshipState.PAUSED
        entries = tuple(
            Entry(
                key=each.id,
                draw=one(partial(_letter, each, scene, rests=paused and each.kind not in TO_A_MAIL)),
            )
            for each in open_letters
        )
        yield Pane(name="letters", title="Letters", note="not sent yet", entries=entries)


def _letter(letter: Outgoing, scene: Scene, frame: Frame, *, rests: bool) -> Line:
    """When it leaves; `rests` where a pause keeps it."""
    held = letter.state is OutgoingState.HELD
    glyph = Glyph.LATE if held else Glyph.LEFT_OUT if rests else Glyph.LEAVES
    copy = ", your copy" if letter.to is Side.MENTOR else ""
    at = when(max(letter.next_attempt_at or letter.due_at, scene.now), scene.now, scene.zone)
    return row(
        frame,
        Column(line=(sign(glyph, frame),), width=2),
        column(f"{letter.called}{copy}", 22),
        column(f"{letter.hold}" if held else letter.error, None, Ink.MUTED),
        column("" if held else "rests" if rests else at, 0 if held else 10, Ink.MUTED, right=True),
        column("", 1),
    )


def _mails(view: PersonView, scene: Scene, most: int | None) -> Iterator[Pane]:
    newest = sorted(view.post.mails, key=lambda each: each.received_at, reverse=True)
    if newest:
        entries = tuple(Entry(key=each.id, draw=one(partial(_mail, each, scene))) for each in islice(newest, most))
        yield Pane(name="mails", title="Last mails", entries=entries)


def _mail(mail: Incoming, scene: Scene, frame: Frame) -> Line:
    became = "personal" if is_personal(mail) else mail.summary or mail.state
    return row(
        frame,
        Column(line=(_mail_sign(mail, frame),), width=2),
        column(mail.subject),
        column(became.partition(",")[0] if frame.wide else became, 12 if frame.wide else 20, Ink.MUTED),
        column(when(mail.received_at, scene.now, scene.zone), 9, Ink.MUTED, right=True),
        column("", 1),
    )


def _mail_sign(mail: Incoming, frame: Frame) -> Span:
    if is_personal(mail):
        return sign(Glyph.ON_PACE, frame, Ink.ACCENT)
    return sign(MAIL_SIGNS.get(mail.state, Glyph.LEFT_OUT), frame)


def _key_results(view: PersonView, scene: Scene) -> Pane:
    found = view.tree
    if found is None or not found.key_results:
        nothing = Entry(draw=still(text("none yet", Ink.MUTED)))
        return Pane(name="key results", title="Key results", entries=(nothing,))
    ends = found.okr_set.ends
    note = f"until {ends.day} {ends:%b}" if found.active and ends else found.okr_set.state
    entries = tuple(
        Entry(key=each.key_result.id, draw=one(partial(key_result_line, each, scene.words, active=found.active)))
        for each in found.key_results
    )
    return Pane(name="key results", title="Key results", note=note, entries=entries)


def _feedback(reader: Reader, view: PersonView, scene: Scene, most: int | None) -> Iterator[Pane]:
    """What both wrote after a talk, once it may be shown; before that only that it is sealed."""
    entries: list[Entry] = []
    for meeting in islice(sorted(view.post.meetings, key=lambda each: each.begins_at, reverse=True), most):
        given = reader.find(FEEDBACK, "meeting", meeting.id)
        if not given:
            continue
        at = day(meeting.begins_at, scene.now, scene.zone)
        entries.append(Entry(draw=still(text(f"talk {meeting.number}, {at}", Ink.MUTED))))
        if not unsealed(given, meeting.ends_at, scene.now):
            entries.append(Entry(draw=still(text("sealed until both of you have written", Ink.MUTED))))
            continue
        names = {Side.PROTEGE: view.pair.protege.first_name, Side.MENTOR: "you"}
        entries += [_said(names[side], said) for side in names if (said := by_side(given, side)) is not None]
    if entries:
        yield Pane(name="feedback", title="Feedback", entries=tuple(entries))


def _said(name: str, given: Feedback) -> Entry:
    """One side's words, whole."""
    return Entry(draw=partial(_said_lines, name, given), height=None)


def _said_lines(name: str, given: Feedback, frame: Frame) -> Sequence[Line]:
    lines: list[Line] = []
    for mark, words in (("+ ", given.positive), ("– ", given.suggestion)):
        parts = wrapped(" ".join(words), frame.width - NAME - len(mark))
        lines += [(Span("  " if number else mark, Ink.ACCENT), *part) for number, part in enumerate(parts)]
    return [
        row(frame, column("" if number else name, NAME, Ink.MUTED), Column(line=line))
        for number, line in enumerate(lines)
    ]
