"""People: the mentorships by name, and what is known of the chosen one."""

from collections.abc import Mapping, Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.containers import Horizontal

from okrmate.domain.errors import Refusal
from okrmate.domain.particulars import locale, mail_address, time_zone
from okrmate.services.mentoring.mentorships import NewPerson, add_person
from okrmate.tui.commands.command import Command
from okrmate.tui.commands.everywhere import Open
from okrmate.tui.commands.people import AddPerson, PrepareTalk, ShowOkrs
from okrmate.tui.ink import Frame
from okrmate.tui.pages import Pane
from okrmate.tui.screens.page import Done, Page
from okrmate.tui.shown import Shown
from okrmate.tui.views.people import everybody, people_panes, person_view
from okrmate.tui.views.person import person_heading, person_panes
from okrmate.tui.widgets.form import Field, Form
from okrmate.tui.widgets.lines_view import LinesView

LEADS_TO = {"talks": "meeting", "letters": "mail", "mails": "mail", "key results": "okrs"}
"""The screen on which an entry of these panes is opened."""
WELCOME = "A welcome is written and waits for you; nothing is sent before you have seen it."


class PeoplePage(Page):
    """The list on top, the chosen person below; enter gives the person the whole page."""

    NAME = "people"
    OFFERS: ClassVar[tuple[type[Command], ...]] = (Open, AddPerson, ShowOkrs, PrepareTalk)

    def __init__(self, shown: Shown) -> None:
        """Nobody is shown yet."""
        super().__init__(shown)
        self._targets: Mapping[str, str] = {}

    def body(self) -> ComposeResult:
        """The list, the heading of a person, and two columns."""
        yield LinesView(id="list")
        yield LinesView(id="who")
        with Horizontal(id="person"):
            yield LinesView(id="left")
            yield LinesView(id="right", classes="half wide-only")

    def offers(self) -> tuple[type[Command], ...]:
        """Where nobody is, somebody can be added."""
        return (AddPerson,) if self.has_class("-nobody") else self.OFFERS

    def look(self, frame: Frame) -> None:
        """Show the list and whoever is chosen."""
        people = self._list
        people.show(people_panes(self.shown.desk.store, self.shown.scene()), frame)
        if people.chosen != self.shown.mentorship and not people.choose(self.shown.mentorship):
            self.shown.mentorship = people.chosen
        self._show_person(frame)

    def on_screen_resume(self) -> None:
        """Another screen may have gone on to another person."""
        if self._list.chosen != self.shown.mentorship and self._list.choose(self.shown.mentorship):
            self._show_person(self.frame())

    def open_at(self, record: str) -> None:
        """Choose the person with this id, or whose mentorship it is."""
        for pair in everybody(self.shown.desk.store):
            if record in (pair.mentorship.id, pair.protege.id) and self._list.choose(pair.mentorship.id):
                self.shown.mentorship = pair.mentorship.id
                self._show_person(self.frame())

    def on_lines_view_chosen(self, event: LinesView.Chosen) -> None:
        """Follow the choice in the list."""
        if event.view is self._list:
            self.shown.mentorship = event.key
            self._show_person(self.frame())

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
            Field(name="name", label="Name", example="Tom Reuter"),
            Field(name="address", label="Mail address", example="tom@example.net", wrong=_wrong_address),
            Field(name="zone", label="Time zone", value=mentor.zone, hint=self._clock_there, wrong=_wrong_zone),
            Field(name="locale", label="Writes numbers and dates as in", value=mentor.locale, wrong=_wrong_locale),
        )
        self.app.push_screen(Form("Add a person", fields, self._add, (WELCOME,)))

    def do_show_okrs(self) -> None:
        """To the OKRs of whoever is chosen."""
        self.go("okrs")

    def do_prepare_talk(self) -> None:
        """To the next talk with whoever is chosen."""
        self.go("meeting")

    @property
    def _list(self) -> LinesView:
        return self.query_one("#list", LinesView)

    def _add(self, lines: Mapping[str, str]) -> None:
        added = add_person(
            self.shown.desk,
            NewPerson(name=lines["name"], address=lines["address"], zone=lines["zone"], locale=lines["locale"]),
        )
        self.shown.mentorship = added.mentorship.id
        self.shown.rouse()
        self.post_message(Done(f"{added.protege.name} added; the welcome waits for you in 5 Mail."))

    def _clock_there(self, zone: str) -> str:
        """What time it is there, or what the zone may have been meant to be."""
        found = time_zone(zone)
        if isinstance(found, Refusal):
            return found.sentence
        return f"{self.shown.now.astimezone(ZoneInfo(found)):%H:%M} there"

    def _show_person(self, frame: Frame) -> None:
        """Heading and panes of whoever is chosen; narrow all panes stand in one column."""
        views = [self.query_one(f"#{name}", LinesView) for name in ("who", "left", "right")]
        chosen = self._list.chosen
        pair = next((each for each in everybody(self.shown.desk.store) if each.mentorship.id == chosen), None)
        self.set_class(pair is None, "-nobody")
        if pair is None:
            return
        store, scene = self.shown.desk.store, self.shown.scene()
        view = person_view(store, pair, scene.now)
        whole = self.has_class("-whole")
        left, right = person_panes(store, view, scene, whole=whole)
        self._targets = _targets((*left, *right))
        shown: tuple[Sequence[Pane], ...] = (left, right) if frame.wide else ((*left, *right), ())
        for widget, panes in zip(views, ((person_heading(view, scene, frame),), *shown), strict=True):
            widget.show(panes, frame)
            widget.can_focus = whole and widget.id != "who"

    def _open(self, *, whole: bool) -> None:
        """Give the person the whole page, or show the list again."""
        self.set_class(whole, "-whole")
        if not whole:
            self._list.focus()
        self._show_person(self.frame())
        if whole:
            self.query_one("#left", LinesView).focus()


def _targets(panes: Sequence[Pane]) -> Mapping[str, str]:
    """The screen on which each entry is opened, by its key."""
    return {entry.key: LEADS_TO[pane.name] for pane in panes for entry in pane.entries if pane.name in LEADS_TO}


def _wrong(found: str | Refusal) -> str:
    return found.sentence if isinstance(found, Refusal) else ""


def _wrong_address(words: str) -> str:
    return _wrong(mail_address(words))


def _wrong_zone(words: str) -> str:
    return _wrong(time_zone(words)) if words else ""


def _wrong_locale(words: str) -> str:
    return _wrong(locale(words)) if words else ""
