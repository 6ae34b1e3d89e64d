"""The first row of every screen: where one is, what waits, the last look at the mailbox and what leaves next."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from okrmate.domain.errors import OkrmateError
from okrmate.domain.letters import WAITING
from okrmate.frozen import Frozen, replace
from okrmate.services.desk import Desk
from okrmate.services.loop_state import LoopKind, LoopState
from okrmate.services.mail_rules import MailRules
from okrmate.services.pause import pause_reason
from okrmate.services.reports.coming import Coming, Rules, leaves_next
from okrmate.services.reports.today import waiting
from okrmate.services.tables import OUTGOING
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Frame, Ink, Line, Span, cut, length
from okrmate.tui.views.moments import when
from okrmate.tui.views.places import tabs
from okrmate.tui.wrapping import folded_text

AWAKE = ", needs this machine awake"


class HeaderView(Frozen):
    """What the header says; `waiting` counts what waits behind a screen, by its name."""

    now: datetime
    zone: ZoneInfo
    waiting: Mapping[str, int]
    loop: LoopState | None = None
    following: Coming | None = None
    """The letter that leaves next."""
    held: int | None = None
    """How many letters wait while the whole outbox is held; None where it is not."""
    error: str = ""
    """What an action met; it stays until another one succeeds."""

    @property
    def awake(self) -> bool:
        """Whether letters leave only while this machine is awake and the screens are open."""
        return self.loop is None or self.loop.kind is not LoopKind.DAEMON or not self.loop.at_work(self.now)


def header_view(desk: Desk, rules: MailRules, loop: LoopState | None, error: str) -> HeaderView:
    """How things stand now; of a store that cannot be read, why not."""
    now = desk.clock.now()
    known = HeaderView(now=now, zone=ZoneInfo(desk.mentor.zone), waiting={}, loop=loop, error=error)
    try:
        store = desk.store.reader()
        return replace(
            known,
            waiting={"mail": waiting(store)},
            following=leaves_next(store, Rules(mentor=desk.mentor, rules=rules), now),
            held=sum(len(store.find(OUTGOING, "state", state)) for state in WAITING) if pause_reason(store) else None,
        )
    except OkrmateError as unreadable:
        return replace(known, error=error or str(unreadable))


def header(view: HeaderView, active: str, frame: Frame) -> tuple[Line, ...]:
    """The row, whose right side trouble takes; below it what has no room there: what went wrong, else trouble."""
    left = tabs(view.waiting, active, frame)
    room = max(0, frame.width - length(left) - 1)
    alarms = _trouble(view, frame)
    right = next((alarm for alarm in alarms if length(alarm) <= room), cut((alarms or ((),))[-1], room))
    if not alarms:
        right = cut(_right(view, frame, room), room)
    blank = Span(" " * max(0, frame.width - length(left) - length(right)))
    below = view.error or (view.loop.trouble if view.loop and alarms and right != alarms[0] else "")
    return (cut((*left, blank, *right), frame.width), *_sentence(below, frame))


def _sentence(words: str, frame: Frame) -> tuple[Line, ...]:
    """A sentence in as many rows as it needs; wide an empty row below it, or where there is none."""
    gap: tuple[Line, ...] = ((),) if frame.wide else ()
    if not words:
        return gap
    first, *others = folded_text(" ".join(words.split()), frame.width - 4)
    rows = ((Span(" "), sign(Glyph.LATE, frame), Span(" "), *first), *((Span("   "), *line) for line in others))
    return (*rows, *gap)


def _trouble(view: HeaderView, frame: Frame) -> tuple[Line, ...]:
    """What troubles the mail loop, the whole of it and ever shorter; none where all is well."""
    if view.loop is None or not view.loop.trouble:
        return ()
    if view.loop.trouble_since is None:
        return _alarm(f"mail: {view.loop.trouble}", frame), _alarm("no mail", frame)
    since = f"since {when(view.loop.trouble_since, view.now, view.zone)}"
    said = (f"mail {since}: {view.loop.trouble}", f"no mail {since}", since, "no mail")
    return tuple(_alarm(words, frame) for words in said)


def _right(view: HeaderView, frame: Frame, room: int) -> Line:
    if view.held is not None:
        letters = {0: "every letter is", 1: "1 letter"}.get(view.held, f"{view.held} letters")
        short = f"{view.held} held" if view.held else "all held"
        return _alarm(f"{letters} held, 5 Mail" if frame.wide else short, frame)
    looked = _looked(view, frame)
    leaves = _leaves(view, frame)
    line = (*looked, *leaves, Span(" "))
    longer = (*looked, *leaves, Span(f"{AWAKE} ", Ink.MUTED))
    if frame.wide and length(line) > room:
        return _right(view, replace(frame, wide=False), room)
    return longer if leaves and view.awake and frame.wide and length(longer) < room else line


def _alarm(words: str, frame: Frame) -> Line:
    return (sign(Glyph.LATE, frame), Span(f" {words} "))


def _looked(view: HeaderView, frame: Frame) -> Line:
    at = view.loop.looked_at if view.loop else None
    if at is None:
        return (Span("not looked yet", Ink.MUTED),) if frame.wide else ()
    gap, word = (" ", "looked ") if frame.wide else ("", "")
    arrow = sign(Glyph.LOOKED, frame, Ink.FAINT)
    return (arrow, Span(f"{gap}{word}{when(at, view.now, view.zone)}", Ink.MUTED))


def _leaves(view: HeaderView, frame: Frame) -> Line:
    letter = view.following
    if letter is None:
        return ()
    at = when(letter.at, view.now, view.zone)
    arrow = sign(Glyph.LEAVES, frame, Ink.FAINT)
    if not frame.wide:
        return (Span(" "), arrow, Span(at, Ink.MUTED))
    return (Span("   "), arrow, Span(f" next {at} to {letter.who}", Ink.MUTED))
