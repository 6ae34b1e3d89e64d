"""The figures beside the trends: how early agendas left, how fast answers came, what was tried, when cycles end."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from types import MappingProxyType

from okrmate.domain.people import Person
from okrmate.domain.rhythm import AGENDA_DAYS
from okrmate.domain.tactics import Outcome
from okrmate.services.mentoring.tactics import Tried
from okrmate.services.reports.report import PersonReport, Report
from okrmate.services.reports.written.sentences import DAY, HOUR, effect
from okrmate.tui.bars import bar
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Column, Frame, Ink, Line, column, row
from okrmate.tui.pages import Entry, Pane, one
from okrmate.tui.views.scene import Scene

NAME, BAR = 9, 12
OKRS, PEOPLE = "okrs", "people"
"""The screens on which entries are opened; the first part of their keys."""
MOST_LEAD, MOST_HOURS = timedelta(days=5), timedelta(hours=72)
"""What fills a bar."""
SIGNS = MappingProxyType(
    {
        Outcome.MOVED: Glyph.AHEAD,
        Outcome.STILL: Glyph.STUCK,
        Outcome.BACK: Glyph.BEHIND,
        Outcome.UNKNOWN: Glyph.UNKNOWN,
    }
)


def place(key: str) -> tuple[str, str]:
    """The screen and the record that an entry with this key leads to."""
    screen, record, _ = key.split(":")
    return screen, record


Drawn = Callable[[PersonReport, Scene, Frame], Line]


def figures(found: Report, scene: Scene) -> tuple[Pane, ...]:
    """A pane for each; people who have nothing to show in one do not stand in it."""
    people = found.people
    asked = (each for each in people if each.reply_time is not None and each.reply_time.asked)
    tried = [(each.pair.protege, row) for each in people for row in each.tried]
    panes = (
        _pane("leads", "Agenda lead", "at least 3 days", scene, (each for each in people if each.leads.several), _lead),
        _pane("replies", "Reply time", "median", scene, asked, _replies),
        Pane(
            name="tactics",
            title="Tactics",
            note="movement while active",
            entries=tuple(
                Entry(
                    key=f"{OKRS}:{each.key_result.id}:{each.tactic.id}",
                    draw=one(partial(_tactic, protege, each, scene)),
                )
                for protege, each in tried
            ),
        ),
        _pane("close", "Cycle close", "", scene, (each for each in people if each.close is not None), _close),
    )
    return tuple(pane for pane in panes if pane.entries)


def _pane(name: str, title: str, note: str, scene: Scene, people: Iterable[PersonReport], draw: Drawn) -> Pane:
    entries = tuple(
        Entry(key=f"{PEOPLE}:{each.pair.mentorship.id}:{name}", draw=one(partial(draw, each, scene))) for each in people
    )
    return Pane(name=name, title=title, note=note, entries=entries)


def _lead(person: PersonReport, _scene: Scene, frame: Frame) -> Line:
    found, middle = person.leads, person.leads.median or timedelta()
    in_time = found.in_time == len(found.several)
    drawn = bar(middle / MOST_LEAD, AGENDA_DAYS / MOST_LEAD, BAR, frame, Ink.GOOD if in_time else Ink.WARN)
    return row(
        frame,
        Column(line=(sign(Glyph.DONE if in_time else Glyph.BEHIND, frame),), width=2),
        column(person.pair.protege.first_name, NAME),
        Column(line=drawn, width=BAR),
        column(f"{middle / DAY:.1f} d", 7, right=True),
        column(f"  {found.in_time} of {len(found.several)} in time", None, Ink.MUTED),
    )


def _replies(person: PersonReport, _scene: Scene, frame: Frame) -> Line:
    found = person.reply_time
    middle = found.median if found is not None else None
    drawn = bar(None if middle is None else middle / MOST_HOURS, None, BAR, frame, Ink.ACCENT)
    counted = f"  {found.answered} of {found.asked} answered" if found is not None else ""
    return row(
        frame,
        column("", 2),
        column(person.pair.protege.first_name, NAME),
        Column(line=drawn, width=BAR),
        column("none" if middle is None else f"{middle / HOUR:.0f} h", 7, right=True),
        column(counted, None, Ink.MUTED),
    )


def _tactic(protege: Person, tried: Tried, scene: Scene, frame: Frame) -> Line:
    outcome = tried.effect.outcome if tried.effect is not None else Outcome.UNKNOWN
    return row(
        frame,
        Column(line=(sign(SIGNS[outcome], frame),), width=2),
        column(tried.tactic.title),
        column(protege.first_name, NAME, Ink.MUTED),
        column(effect(tried, scene.words), 17, right=True),
        column("", 1),
    )


def _close(person: PersonReport, scene: Scene, frame: Frame) -> Line:
    found = person.close
    if found is None:
        return ()
    when = f"in {found.days} d" if found.days > 0 else "over"
    without = len(found.without_value)
    wanted = f"{without} without a value" if without else "learning to be said" if found.wants_learning else ""
    return row(
        frame,
        Column(line=(sign(Glyph.UNCLEAR if wanted or found.days <= 0 else Glyph.LEFT_OUT, frame),), width=2),
        column(person.pair.protege.first_name, NAME),
        column(f"{scene.words.when(found.ends, 'short_date')}, {when}", 18),
        column(f"  {wanted}" if wanted else "", None, Ink.MUTED),
    )
