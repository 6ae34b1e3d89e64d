"""Today: what needs the mentor, what moved, what comes and whom she waits for, as panes."""

from datetime import datetime
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from zoneinfo import ZoneInfo

from okrmate.domain.condition import Condition
from okrmate.frozen import Frozen
from okrmate.services.mail_rules import Review
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.reports.coming import Coming, Happening
from okrmate.services.reports.moved import Moved
from okrmate.services.reports.need import About, Need, Time, Verb, minutes
from okrmate.services.reports.today import Today
from okrmate.services.reports.waiting import Thing
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Column, Frame, Ink, Line, column, cut, row, text
from okrmate.tui.pages import Empty, Entry, Pane, one
from okrmate.tui.views.key_results import bar, condition_sign, short_value
from okrmate.tui.views.moments import ahead, late, span, weekday, when
from okrmate.tui.views.promises import of_welcome, rest_words
from okrmate.tui.views.refusals import with_keys
from okrmate.tui.views.scene import Scene

SIGNS = MappingProxyType(
    {
        Verb.READ: Glyph.ON_PACE,
        Verb.DECIDE: Glyph.UNCLEAR,
        Verb.MOVE: Glyph.MEETING,
        Verb.CHECK: Glyph.LEAVES,
        Verb.WRITE: Glyph.ADDED,
        Verb.ASK: Glyph.STUCK,
        Verb.REACH: Glyph.UNKNOWN,
        Verb.KEEP: Glyph.LATE,
    }
)
HAPPENS = MappingProxyType(
    {
        Happening.LEFT: Glyph.DONE,
        Happening.LEAVES: Glyph.LEAVES,
        Happening.HELD: Glyph.LATE,
        Happening.MEETS: Glyph.MEETING,
    }
)
PLACES = MappingProxyType(
    {
        About.MAIL: "mail",
        About.LETTER: "mail",
        About.OUTBOX: "mail",
        About.MEETING: "meeting",
        About.PROMISE: "meeting",
        About.KEY_RESULT: "okrs",
        About.OKR_SET: "okrs",
        About.MENTORSHIP: "people",
    }
)
"""On which screen one deals with what a need is about."""
VERB, WHO, WHEN = 8, 9, 10
VALUE, STEP, STATE = 11, 6, 9
WHOLE_FROM = 10
"""From here on a step is told in whole numbers: a third done is "+33", and no column runs into the next."""
BAR, BAR_NARROW = 14, 12
NARROW_MOVED, NARROW_COMING = 3, 4
DAY = 7
HOUR = 60


class Place(Frozen):
    """Where enter goes: the screen, and the record to choose there."""

    screen: str
    record: str


def needs_pane(today: Today, scene: Scene, frame: Frame) -> Pane:
    """What needs her; wide each with its reason, narrow only the chosen one."""
    return Pane(
        name="needs",
        title="Needs you",
        note=str(len(today.needs)),
        right=_about(minutes(today.needs)),
        spaced=True,
        entries=tuple(_need(need, scene, frame) for need in today.needs),
    )


def _about(many: int) -> str:
    if many < HOUR:
        return f"about {many} min" if many else ""
    return f"about {round(many / HOUR)} h"


def moved_pane(today: Today, scene: Scene, frame: Frame) -> Pane:
    """The key results that moved since her last visit."""
    shown = today.moved if frame.wide else today.moved[:NARROW_MOVED]
    return Pane(
        name="moved",
        title=f"Moved since {since(today.since, scene)}",
        note=str(len(today.moved)) if today.moved else "no number yet",
        entries=tuple(
            Entry(key=f"moved:{each.tracked.key_result.id}", draw=one(partial(_moved_line, each, scene)))
            for each in shown
        ),
    )


def coming_pane(today: Today, scene: Scene, frame: Frame) -> Pane:
    """The next seven days; wide a blank row parts the days, narrow the next four things stand here."""
    ahead_of = [each for each in today.coming if each.happening is not Happening.LEFT]
    shown = today.coming if frame.wide else tuple(ahead_of[:NARROW_COMING])
    entries: list[Entry] = []
    last = ""
    for number, each in enumerate(shown):
        day = weekday(each.at, today.at, scene.zone)
        if frame.wide and last and day != last:
            entries.append(Entry(draw=_nothing))
        key = f"coming:{number}:{each.record or each.mentorship}" if each.record or each.mentorship else ""
        entries.append(Entry(key=key, draw=one(partial(_coming_line, each, "" if day == last else day, scene))))
        last = day
    return Pane(
        name="coming",
        title="Next seven days",
        note="" if shown else "nothing leaves, nobody meets",
        entries=tuple(entries),
    )


def waiting_pane(today: Today) -> Pane:
    """What the protégés were asked for."""
    return Pane(
        name="waiting",
        title="Waiting on them",
        note=str(len(today.waiting)) if today.waiting else "nobody",
        spaced=True,
        entries=tuple(
            Entry(
                key=f"waiting:{pair.mentorship.id}:{thing.what}",
                draw=one(partial(_waiting_line, pair, thing, today.at)),
            )
            for pair, thing in today.waiting
        ),
    )


def resting_pane(today: Today, scene: Scene) -> Pane:
    """Whose letters rest, until when and on whose word."""
    return Pane(
        name="resting",
        title="Letters rest",
        note=str(len(today.resting)),
        spaced=True,
        entries=tuple(
            Entry(key=f"resting:{pair.mentorship.id}", draw=one(partial(_resting_line, pair, scene)))
            for pair in today.resting
        ),
    )


def panes(today: Today, scene: Scene, frame: Frame) -> tuple[tuple[Pane, ...], tuple[Pane, ...]]:
    """The main column and the one beside it; narrow the main one has everything."""
    needs, moved = needs_pane(today, scene, frame), moved_pane(today, scene, frame)
    coming, waiting = coming_pane(today, scene, frame), waiting_pane(today)
    resting = (resting_pane(today, scene),) if today.resting else ()
    if frame.wide:
        return (needs, moved), (coming, waiting, *resting)
    return (needs, moved, coming, *((waiting,) if today.waiting else ()), *resting), ()


def empty(today: Today, scene: Scene, review: Review) -> Empty | None:
    """What is said where nothing needs her; None where something does, or there is something else to see."""
    if not today.people:
        return Empty(
            fact="Nobody here yet.",
            following=f"Add somebody you mentor: {of_welcome(review)}.",
            key="2",
            action="goes to People, where a adds somebody",
        )
    if today.needs or today.moved or today.waiting:
        return None
    leaves = next((each for each in today.coming if each.happening is Happening.LEAVES), None)
    rest = [f"The letters to {pair.protege.first_name} rest {rest_words(pair, scene)}." for pair in today.resting]
    lines = ["Nothing leaves in the next seven days.", *rest]
    if leaves is not None:
        at = when(leaves.at, today.at, scene.zone)
        lines = [f"Next: {leaves.what}, {at}.", "This machine must be awake then." if awake(today) else "", *rest]
    talk = today.next_talk
    if talk is None:
        return Empty(fact="Nothing needs you.", following="\n".join(lines), key="4", action="plan a talk")
    pair, meeting = talk
    day = scene.local(meeting.begins_at)
    return Empty(
        fact="Nothing needs you.",
        following="\n".join(lines),
        key="p",
        action=f"prepare the talk with {pair.protege.first_name} on {day:%A}",
    )


def awake(today: Today) -> bool:
    """Whether letters leave only while this machine is awake, since no daemon is at work."""
    return today.loop is None or today.loop.kind != "daemon" or not today.loop.at_work(today.at)


def place_of(today: Today, key: str) -> Place | None:
    """Where enter goes from the entry with this key."""
    kind, _, rest = key.partition(":")
    match kind:
        case "need":
            need = need_of(today, key)
            if need is None:
                return None
            return Place(
                screen=PLACES[need.about], record=need.mentorship if need.about is About.PROMISE else need.record
            )
        case "moved":
            return Place(screen="okrs", record=rest)
        case "waiting" | "resting":
            return Place(screen="people", record=rest.partition(":")[0])
        case "coming":
            return _coming_place(today, rest.partition(":")[2])
        case _:
            return None


def need_of(today: Today, key: str) -> Need | None:
    """The need behind an entry's key."""
    return next((need for need in today.needs if _key(need) == key), None)


def mentorship_of(today: Today, key: str) -> str:
    """Whose an entry is, empty where it is nobody's."""
    kind, _, rest = key.partition(":")
    if kind == "need":
        need = need_of(today, key)
        return need.mentorship if need else ""
    if kind in ("waiting", "resting"):
        return rest.partition(":")[0]
    if kind == "moved":
        found = (each.pair for each in today.moved if each.tracked.key_result.id == rest)
        return next((pair.mentorship.id for pair in found), "")
    record = rest.partition(":")[2]
    return next((each.mentorship for each in today.coming if record in (each.record, each.mentorship)), "")


def since(moment: datetime, scene: Scene) -> str:
    """`Friday`, `31 Oct`."""
    at, now = scene.local(moment), scene.local(scene.now)
    days = (now.date() - at.date()).days
    if days == 1:
        return "yesterday"
    return f"{at:%A}" if days < len("Mon Tue") else f"{at.day} {at:%b}"


def _coming_place(today: Today, record: str) -> Place | None:
    for each in today.coming:
        if record in (each.record, each.mentorship):
            if each.happening is Happening.MEETS:
                return Place(screen="meeting", record=each.record)
            return (
                Place(screen="mail", record=each.record)
                if each.record
                else Place(screen="meeting", record=each.mentorship)
            )
    return None


def _key(need: Need) -> str:
    return f"need:{need.verb}:{need.record}"


def _need(need: Need, scene: Scene, frame: Frame) -> Entry:
    line, why = partial(_need_line, need, scene), partial(_why_line, need)
    if frame.wide:
        return Entry(key=_key(need), draw=lambda room: (line(room), why(room)), height=2)
    return Entry(key=_key(need), draw=one(line), more=one(why), more_height=1)


def _need_line(need: Need, scene: Scene, frame: Frame) -> Line:
    glyph = Glyph.LATE if need.alarm else SIGNS[need.verb]
    ink = Ink.ACCENT if glyph is Glyph.ON_PACE else None
    return row(
        frame,
        Column(line=(sign(glyph, frame, ink),), width=2),
        column(need.verb, VERB, bold=True),
        _name(need.who),
        column(need.what),
        column(_when(need, scene.now, scene.zone), WHEN, Ink.MUTED, right=True),
        column("", 1),
    )


def _name(name: str) -> Column:
    return Column(line=cut(text(name, bold=True), WHO - 1), width=WHO)


def _why_line(need: Need, frame: Frame) -> Line:
    return row(frame, column("", 2 + VERB + WHO), column(with_keys(need.why), None, Ink.MUTED))


def _when(need: Need, now: datetime, zone: ZoneInfo) -> str:
    if need.word or need.at is None:
        return need.word
    match need.time:
        case Time.AT:
            return when(need.at, now, zone)
        case Time.AHEAD:
            return ahead(need.at, now)
        case Time.SINCE:
            return span(now - need.at)
        case _:
            return late(need.at, now)


def _moved_line(moved: Moved, scene: Scene, frame: Frame) -> Line:
    tracked = moved.tracked
    width = BAR if frame.wide else BAR_NARROW
    condition = tracked.position.condition
    known = condition is not Condition.UNKNOWN
    return row(
        frame,
        Column(line=(condition_sign(condition, frame),), width=2),
        _name(moved.pair.protege.first_name),
        column(tracked.key_result.title),
        Column(line=bar(tracked, width, frame), width=width),
        column(short_value(tracked, scene.words), VALUE, right=True),
        column(_step(moved, scene), STEP, Ink.MUTED, right=True),
        column(f" {condition}" if known else "", STATE, Ink.MUTED),
    )


def _step(moved: Moved, scene: Scene) -> str:
    if not moved.step:
        return ""
    size = abs(moved.step)
    if size >= WHOLE_FROM:
        size = size.quantize(Decimal(1))
    return f"{'+' if moved.step > 0 else '−'}{scene.words.number(size)}"


def _coming_line(each: Coming, day: str, scene: Scene, frame: Frame) -> Line:
    past = each.happening is Happening.LEFT
    return row(
        frame,
        column(day, DAY, bold=True),
        column(f"{scene.local(each.at):%H:%M}", 6, Ink.MUTED),
        Column(line=(sign(HAPPENS[each.happening], frame),), width=2),
        column(each.what, None, Ink.MUTED if past else Ink.TEXT),
    )


def _waiting_line(pair: Pair, thing: Thing, now: datetime, frame: Frame) -> Line:
    return row(
        frame,
        _name(pair.protege.first_name),
        column(thing.what),
        column(span(now - thing.since) if thing.since else "", 6, Ink.MUTED, right=True),
        column("", 1),
    )


def _resting_line(pair: Pair, scene: Scene, frame: Frame) -> Line:
    return row(frame, _name(pair.protege.first_name), column(rest_words(pair, scene), None, Ink.MUTED))


def _nothing(_frame: Frame) -> tuple[Line, ...]:
    return ((),)
