"""People: the mentorships by name, and what is known of the chosen one."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.containers import Horizontal

from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.particulars import locale, mail_address, name_and_address, time_zone
from okrmate.domain.people import MentorshipState
from okrmate.services.mail_rules import Review
from okrmate.services.mentoring.mentorships import NewPerson, Pair, add_person, pair
from okrmate.services.mentoring.silence import end_of_pause, pause, resume
from okrmate.tui.commands.command import Command
from okrmate.tui.commands.everywhere import Open
from okrmate.tui.commands.people import (
    AddPerson,
    EndMentorship,
    ErasePerson,
    ExportPerson,
    GoAway,
    PauseLetters,
    PrepareTalk,
    PrivateNote,
    ResumeLetters,
    ShowOkrs,
    WriteDown,
)
from okrmate.tui.ink import Frame
from okrmate.tui.messages import Done
from okrmate.tui.pages import Pane
from okrmate.tui.screens.people_mentorship import MentorshipPage
from okrmate.tui.shown import Shown
from okrmate.tui.views.moments import day, weekday_and_day
from okrmate.tui.views.people import People, everybody, people_panes
from okrmate.tui.views.person import person_heading, person_panes
from okrmate.tui.views.promises import of_welcome
from okrmate.tui.widgets.form import Field, Form
from okrmate.tui.widgets.lines_view import LinesView
from okrmate.tui.widgets.sheet import Answer, Ask

LEADS_TO = {"talks": "meeting", "letters": "mail", "mails": "mail", "key results": "okrs"}
"""The screen on which an entry of these panes is opened."""


class PeoplePage(MentorshipPage):
    """The list on top, the chosen person below; enter gives the person the whole page."""

    NAME = "people"
    OFFERS: ClassVar[tuple[type[Command], ...]] = (
        Open,
        AddPerson,
        ShowOkrs,
        PrepareTalk,
        ResumeLetters,
        PrivateNote,
        WriteDown,
        PauseLetters,
        GoAway,
        ExportPerson,
        EndMentorship,
        ErasePerson,
    )

    def __init__(self, shown: Shown) -> None:
        """Nobody is shown yet."""
        super().__init__(shown)
        self._people: People | None = None
        self._targets: Mapping[str, str] = {}

    def on_mount(self) -> None:
        """The heading is not to be chosen."""
        self.query_one("#who", LinesView).can_focus = False

    def body(self) -> ComposeResult:
        """The list, the heading of a person, and two columns."""
        yield LinesView(id="list")
        yield LinesView(id="who")
        with Horizontal(id="person"):
            yield LinesView(id="left")
            yield LinesView(id="right", classes="half wide-only")

    def offers(self) -> tuple[type[Command], ...]:
        """Where nobody is, somebody can be added; only a pause can be ended."""
        if self.has_class("-nobody"):
            return (AddPerson,)
        chosen = self.pair()
        paused = chosen is not None and chosen.mentorship.state is MentorshipState.PAUSED
        return self.OFFERS if paused else tuple(each for each in self.OFFERS if each is not ResumeLetters)

    def look(self, frame: Frame) -> None:
        """Show the list and whoever is chosen."""
        self._people = People(self.shown.desk.store.reader(), self.shown.scene())
        listed = self._list
        listed.show(people_panes(self._people, self.shown.rules.review), frame)
        if listed.chosen != self.shown.mentorship and not listed.choose(self.shown.mentorship):
            self.shown.mentorship = listed.chosen
        self._show_person()

    def on_screen_resume(self) -> None:
        """Another screen may have gone on to another person."""
        if self._list.chosen != self.shown.mentorship and self._list.choose(self.shown.mentorship):
            self._show_person()

    def open_at(self, record: str) -> None:
        """Choose the person with this id, or whose mentorship it is."""
        for each in everybody(self.shown.desk.store):
            if record in (each.mentorship.id, each.protege.id) and self._list.choose(each.mentorship.id):
                self.shown.mentorship = each.mentorship.id
                self._show_person()

    def on_lines_view_chosen(self, event: LinesView.Chosen) -> None:
        """Follow the choice in the list, once the list itself shows it: of keys in a row only the last one counts."""
        if event.view is self._list:
            self.shown.mentorship = event.key
            self.call_after_refresh(self._follow, event.key)

    def do_open(self) -> None:
        """From the list to the whole page of a person, from there to what is chosen on it."""
        focused = self.focused
        if focused is self._list and self._list.chosen:
            self._open(whole=True)
        elif isinstance(focused, LinesView) and focused.chosen:
            self.go(self._targets[focused.chosen], focused.chosen)

    def back(self) -> None:
        """Back to the list."""
        if self.has_class("-whole"):
            self._open(whole=False)

    def do_add_person(self) -> None:
        """Ask for the particulars."""
        mentor = self.shown.desk.mentor
        fields = (
            Field(name="name", label="Name", example="Tom Reuter", parted=_parted),
            Field(name="address", label="Mail address", example="tom@example.net", wrong=_wrong_address),
            Field(name="zone", label="Time zone", value=mentor.zone, hint=self._clock_there, wrong=_wrong_zone),
            Field(name="locale", label="Writes numbers and dates as in", value=mentor.locale, wrong=_wrong_locale),
        )
        self.app.push_screen(Form("Add a person", fields, self._add, (f"Then {of_welcome(self.shown.rules.review)}.",)))

    def do_show_okrs(self) -> None:
        """To the OKRs of whoever is chosen."""
        self.go("okrs")

    def do_pause_letters(self) -> None:
        """Ask until when."""
        chosen = self.pair()
        if chosen is None:
            return
        until = Field(
            name="until",
            label="Until (left empty: until you resume)",
            example="2 weeks, 7 dec, fri",
            hint=partial(self._day_meant, chosen),
            wrong=partial(self._no_day, chosen),
        )
        told = ("Nothing unasked leaves. What comes back is read and answered as ever.",)
        name = chosen.protege.first_name
        self.app.push_screen(Form(f"Let the letters to {name} rest?", (until,), partial(self._pause, chosen), told))

    def do_resume_letters(self) -> None:
        """Ask before letters that are due may leave."""
        chosen = self.pair()
        if chosen is None:
            return
        name, since = chosen.protege.first_name, chosen.mentorship.paused_at
        told = f"They rest since {day(since, self.shown.now, self.shown.zone)}. " if since is not None else ""
        ask = Ask(
            f"Let the letters to {name} leave again?",
            (f"{told}What is due and still of use leaves with the next delivery.",),
            (Answer(key="r", word="resume"),),
        )
        self.app.push_screen(ask, partial(self._resume, chosen))

    def pair(self) -> Pair | None:
        """Whoever is chosen in the list."""
        view = self._people.view(self._list.chosen) if self._people is not None else None
        return view.pair if view is not None else None

    @property
    def _list(self) -> LinesView:
        return self.query_one("#list", LinesView)

    def _add(self, lines: Mapping[str, str]) -> None:
        new = NewPerson(name=lines["name"], address=lines["address"], zone=lines["zone"], locale=lines["locale"])
        added = self.shown.did(lambda: add_person(self.shown.desk, new))
        self.shown.mentorship = added.mentorship.id
        self.shown.rouse()
        welcome = "leaves by itself" if self.shown.rules.review is Review.NONE else "waits for you in 5 Mail"
        self.post_message(Done(f"{added.protege.name} added; the welcome {welcome}."))

    def _pause(self, chosen: Pair, lines: Mapping[str, str]) -> None:
        desk, written = self.shown.desk, lines["until"]
        until = end_of_pause(written, chosen.protege, self.shown.now) if written else None
        self.shown.did(lambda: pause(desk, pair(desk.store, chosen.mentorship.id), until))
        ends = f"until {self._day_meant(chosen, written)}" if until else "until you resume them"
        self.post_message(Done(f"The letters to {chosen.protege.first_name} rest {ends}."))

    def _resume(self, chosen: Pair, answer: str | None) -> None:
        desk = self.shown.desk
        done = f"The letters to {chosen.protege.first_name} leave again."
        if answer and self.act(lambda: resume(desk, pair(desk.store, chosen.mentorship.id)), done):
            self.shown.rouse()

    def _day_meant(self, chosen: Pair, written: str) -> str:
        """The day that was written, on the calendar of whoever is paused; nothing where it is none."""
        try:
            until = end_of_pause(written, chosen.protege, self.shown.now)
        except UsageError:
            return ""
        return weekday_and_day(until, self.shown.now, ZoneInfo(chosen.protege.zone))

    def _no_day(self, chosen: Pair, written: str) -> str:
        """Why no pause can end then; left empty, it ends when somebody says so."""
        if not written:
            return ""
        try:
            end_of_pause(written, chosen.protege, self.shown.now)
        except UsageError as error:
            return str(error)
        return ""

    def _clock_there(self, zone: str) -> str:
        """What time it is there, or what the zone may have been meant to be."""
        found = time_zone(zone)
        if isinstance(found, Refusal):
            return found.sentence
        there = f"{self.shown.now.astimezone(ZoneInfo(found)):%H:%M} there"
        return there if zone == found else f"{found}, {there}"

    def _follow(self, mentorship: str) -> None:
        if self._list.chosen == mentorship:
            self.tried(self._show_person)

    def _show_person(self) -> None:
        """Heading and panes of whoever is chosen; narrow all panes stand in one column."""
        view = self._people.view(self._list.chosen) if self._people is not None else None
        self.set_class(view is None, "-nobody")
        if view is None:
            return
        frame, scene, whole = self.frame(), self.shown.scene(), self.has_class("-whole")
        reader = self.shown.desk.store.reader()
        left, right = person_panes(reader, view, scene, frame, whole=whole)
        self._targets = _targets((*left, *right))
        self.tell_footer()
        heading = person_heading(reader, view, scene, frame, whole=whole)
        self.query_one("#who", LinesView).show((heading,), frame)
        for name, panes in (("left", left), ("right", right)):
            column = self.query_one(f"#{name}", LinesView)
            column.show(panes, frame)
            column.can_focus = whole

    def _open(self, *, whole: bool) -> None:
        """Give the person the whole page, or show the list again."""
        self.set_class(whole, "-whole")
        if not whole:
            self._list.focus()
        self._show_person()
        if whole:
            self.query_one("#left", LinesView).focus()


def _targets(panes: Sequence[Pane]) -> Mapping[str, str]:
    """The screen on which each entry is opened, by its key."""
    return {entry.key: LEADS_TO[pane.name] for pane in panes for entry in pane.entries if pane.name in LEADS_TO}


def _parted(words: str) -> Mapping[str, str]:
    """A person as mail programs copy them."""
    found = name_and_address(words)
    return dict(zip(("name", "address"), found, strict=True)) if found else {}


def _wrong(found: str | Refusal) -> str:
    return found.sentence if isinstance(found, Refusal) else ""


def _wrong_address(words: str) -> str:
    return _wrong(mail_address(words))


def _wrong_zone(words: str) -> str:
    return _wrong(time_zone(words)) if words else ""


def _wrong_locale(words: str) -> str:
    return _wrong(locale(words)) if words else ""
