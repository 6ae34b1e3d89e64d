"""People: one line each, by name, never by score; and what is known of one of them, read when their line is drawn."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from okrmate.domain.condition import Condition
from okrmate.domain.meetings import Meeting
from okrmate.domain.people import MentorshipState, Side
from okrmate.domain.roll_up import RollUp
from okrmate.frozen import Frozen
from okrmate.services.mail_rules import Review
from okrmate.services.mentoring.meetings import next_meeting
from okrmate.services.mentoring.mentorships import Pair, pairs
from okrmate.services.mentoring.tracking import Tree, tree, weeks
from okrmate.services.ports import Reader
from okrmate.services.reports.waiting import Post, Waiting, post_of, waiting
from okrmate.tui import bars
from okrmate.tui.ink import Column, Frame, Ink, Line, Span, row
from okrmate.tui.pages import Empty, Entry, Pane, one
from okrmate.tui.views.key_results import NO_READING, STEPS, condition_ink, condition_sign
from okrmate.tui.views.moments import day, span
from okrmate.tui.views.promises import of_welcome, rest_words
from okrmate.tui.views.scene import Scene

TREND_WEEKS = 7


class PersonView(Frozen):
    """One mentorship as its line and its page show it."""

    pair: Pair
    tree: Tree | None
    post: Post
    waiting: Waiting
    next_talk: Meeting | None

    @property
    def condition(self) -> Condition:
        """How their key results stand together; unknown where nothing is tracked."""
        return self.tree.whole.condition if self.tree is not None else Condition.UNKNOWN

    @property
    def last_mail(self) -> datetime | None:
        """When the last mail of theirs came."""
        return max((mail.received_at for mail in self.post.mails), default=None)

    @property
    def step(self) -> str:
        """The step of the method; or why there is none."""
        if self.pair.mentorship.state is not MentorshipState.ACTIVE:
            return self.pair.mentorship.state
        return STEPS[self.tree.okr_set.state] if self.tree is not None else "read"


def everybody(reader: Reader) -> tuple[Pair, ...]:
    """All mentorships by name."""
    return tuple(sorted(pairs(reader), key=lambda pair: (pair.protege.name.casefold(), pair.protege.address)))


def person_view(reader: Reader, pair: Pair, now: datetime) -> PersonView:
    """What the store knows of one of them."""
    post = post_of(reader, pair.mentorship.id)
    return PersonView(
        pair=pair,
        tree=tree(reader, pair.mentorship.id, now),
        post=post,
        waiting=waiting(reader, pair, post, now),
        next_talk=next_meeting(reader, pair.mentorship.id, now),
    )


class People:
    """Everybody as the store is now; each is worked out when first asked for, and then once."""

    def __init__(self, reader: Reader, scene: Scene) -> None:
        """By name."""
        self.scene = scene
        self.pairs = everybody(reader)
        self._by_mentorship = {pair.mentorship.id: pair for pair in self.pairs}
        self._reader = reader
        self._known: dict[str, PersonView] = {}

    def view(self, mentorship: str) -> PersonView | None:
        """The person of this mentorship, if there is one."""
        if mentorship not in self._known and mentorship in self._by_mentorship:
            pair = self._by_mentorship[mentorship]
            self._known[mentorship] = person_view(self._reader, pair, self.scene.now)
        return self._known.get(mentorship)

    def lines(self, mentorship: str, frame: Frame) -> Sequence[Line]:
        """A person's line, worked out when it comes into sight: a hundred people cost no more than ten."""
        view = self.view(mentorship)
        return () if view is None else (person_line(view, self.scene, frame),)


def people_panes(people: People, review: Review) -> Sequence[Pane] | Empty:
    """The list, or what comes of adding somebody by these rules for letters."""
    if not people.pairs:
        return Empty(
            fact="You mentor nobody here yet.",
            following=f"Adding somebody takes a name and a mail address;\n{of_welcome(review)}.",
            key="a",
            action="add a person",
        )
    ids = [pair.mentorship.id for pair in people.pairs]
    lines = [Entry(key=mentorship, draw=partial(people.lines, mentorship)) for mentorship in ids]
    entries = (Entry(draw=one(_column_heads)), *lines)
    return (Pane(name="people", title="People", note=f"{len(ids)} · by name", entries=entries),)


def _name_width(frame: Frame) -> int:
    return max(16, min(40, (frame.width - (60 if frame.wide else 33)) // 2 - (0 if frame.wide else 5)))


def _column_heads(frame: Frame) -> Line:
    words = ("", "", "step", "next meeting", "last mail", "trend", "waiting on")
    return _columns(frame, tuple((Span(word, Ink.FAINT),) for word in words))


def _columns(frame: Frame, lines: Sequence[Line]) -> Line:
    """Glyph, name, step, next meeting, last mail, trend and whom it waits for; narrow without the last mail."""
    wide = frame.wide
    step, talk, mail, trend = (11, 18, 13, 18) if wide else (10, 13, 0, 10)
    widths = (2, _name_width(frame), step, talk, mail, trend, None)
    return row(
        frame, *(Column(line=line, width=width) for line, width in zip(lines, widths, strict=True) if width != 0)
    )


def person_line(view: PersonView, scene: Scene, frame: Frame) -> Line:
    """One of them in one line."""
    rest = rest_words(view.pair, scene)
    return _columns(
        frame,
        (
            (condition_sign(view.condition, frame),),
            (Span(view.pair.protege.name, bold=True),),
            (Span(view.step, Ink.TEXT if view.pair.mentorship.state is MentorshipState.ACTIVE else Ink.MUTED),),
            _next_talk(view, scene, frame),
            (Span(_last_mail(view, scene), Ink.MUTED),),
            _trend(view, scene, frame),
            (Span(f"rests {rest}", Ink.MUTED),) if rest else waiting_line(view.waiting, scene),
        ),
    )


def _next_talk(view: PersonView, scene: Scene, frame: Frame) -> Line:
    if view.next_talk is None:
        return (Span("none planned" if frame.wide else "none", Ink.MUTED),)
    at = scene.local(view.next_talk.begins_at)
    date = f"{at.day} {at:%b}" if frame.wide else f"{at.day}"
    return (Span(f"{at:%a} {date} {at:%H:%M}"),)


def _last_mail(view: PersonView, scene: Scene) -> str:
    if view.last_mail is None:
        return "none yet"
    at = scene.local(view.last_mail)
    if at.date() == scene.local(scene.now).date():
        return f"today {at:%H:%M}"
    written = day(view.last_mail, scene.now, scene.zone)
    return f"{at:%a} {written}" if len(written) <= len("31 Oct") else written


def _trend(view: PersonView, scene: Scene, frame: Frame) -> Line:
    """Seven weeks and a word; narrow the word alone."""
    tracked = view.tree.key_results if view.tree is not None and view.tree.active else ()
    if (
        not any(each.summary.readings for each in tracked)
        or view.tree is None
        or view.tree.okr_set.activated_at is None
    ):
        return (Span(NO_READING if frame.wide else Condition.UNKNOWN.value, Ink.MUTED),)
    ink = Ink.MUTED if view.condition is Condition.UNKNOWN else Ink.TEXT
    if not frame.wide:
        return (Span(_standing(view.tree.whole), ink),)
    ways = weeks(tracked, view.tree.okr_set.activated_at, scene.now, TREND_WEEKS)
    blanks = Span(" " * (TREND_WEEKS - len(ways)))
    trend = bars.trend(ways, 0, frame, condition_ink(view.condition))
    return (blanks, *trend, Span(f" {_standing(view.tree.whole)}", ink))


def _standing(whole: RollUp) -> str:
    """The worst there is, and of how many where others stand better: one that is stuck makes nobody a stuck person."""
    number = dict(whole.counts)[whole.condition]
    return whole.condition if number == whole.total else f"{number} {whole.condition}"


def waiting_line(found: Waiting, scene: Scene) -> Line:
    """Whom it waits for: `you` is what she scans for, `them` is quiet."""
    if found.on is None:
        return ()
    hers = found.on is Side.MENTOR
    who = Span("you   ", Ink.ACCENT, bold=True) if hers else Span("them  ", Ink.MUTED)
    things = [
        thing.what if thing.since is None else f"{thing.what}, {span(scene.now - thing.since)}"
        for thing in found.things
    ]
    return (who, Span(", ".join(things), Ink.TEXT if hers else Ink.MUTED))
