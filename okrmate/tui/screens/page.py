"""What every screen is: header, panes, footer; its commands; and being drawn anew after each commit."""

from abc import abstractmethod
from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from okrmate.domain.errors import OkrmateError
from okrmate.tui.commands.command import Command
from okrmate.tui.commands.everywhere import EVERYWHERE, Open, Step
from okrmate.tui.ink import Frame
from okrmate.tui.shown import Shown
from okrmate.tui.views.header import header_view
from okrmate.tui.widgets.footer import Footer
from okrmate.tui.widgets.header import Header
from okrmate.tui.widgets.lines_view import LinesView


class GoTo(Message):
    """Go to the screen of this name and choose there what concerns the record with this id."""

    def __init__(self, name: str, record: str = "") -> None:
        """The screen (`mail`) and the record; without one the screen stays as it was left."""
        super().__init__()
        self.name = name
        self.record = record


class Done(Message):
    """Something was done that can be undone: a sentence such as `Applied.`, empty where the screen shows it."""

    def __init__(self, sentence: str) -> None:
        """What was done."""
        super().__init__()
        self.sentence = sentence


class Failed(Message):
    """An action could not be done: a sentence that stays in the header until another one succeeds."""

    def __init__(self, sentence: str) -> None:
        """Why not."""
        super().__init__()
        self.sentence = sentence


class Page(Screen[None]):
    """One of the six screens. See `okrmate.tui.screens` for how one is written."""

    NAME: ClassVar[str] = ""
    """As it stands in `okrmate.tui.views.header.SCREENS`."""
    OFFERS: ClassVar[tuple[type[Command], ...]] = ()
    """Its own commands, the likely ones first: the footer shows the first five that want to be there."""
    AUTO_FOCUS = "LinesView"

    def __init_subclass__(cls) -> None:
        """Bind the keys of its commands."""
        bound: tuple[type[Command], ...] = (*cls.OFFERS, *EVERYWHERE, Step)
        cls.BINDINGS = [command.binding() for command in bound if command.key]
        super().__init_subclass__()

    def __init__(self, shown: Shown) -> None:
        """A screen of this session."""
        super().__init__()
        self.shown = shown
        self._stale = False
        self._wide: bool | None = None
        self._filtered: LinesView | None = None

    @abstractmethod
    def body(self) -> ComposeResult:
        """Its panes, composed once; wide and narrow differ by the style sheet's `-wide` and `-narrow` alone."""

    @abstractmethod
    def look(self, frame: Frame) -> None:
        """Read the store and show what stands there, in a frame as wide as the terminal.

        Called when it is first shown, after each commit, each minute, and when the terminal gets wide or narrow.
        """

    def open_at(self, record: str) -> None:
        """Choose what concerns the record with this id; nothing unless overridden."""

    def offers(self) -> tuple[type[Command], ...]:
        """The commands in the footer and the palette now; a page that has modes overrides it."""
        return self.OFFERS

    def everything(self) -> tuple[type[Command], ...]:
        """All commands that can be given now; in the demo the clock's comes first."""
        return (*((Step,) if self.shown.step else ()), *self.offers(), *EVERYWHERE)

    def compose(self) -> ComposeResult:
        """Header, body, footer."""
        yield Header(self.NAME)
        with Container(id="body"):
            yield from self.body()
        yield Input(id="filter", placeholder="words", compact=True)
        yield Footer()

    def on_mount(self) -> None:
        """The first look."""
        self.see()

    def on_resize(self) -> None:
        """Look anew where there is suddenly room for panes side by side, or no more."""
        if self._wide is not None and self._wide != self.frame().wide:
            self.see()
        else:
            self.tell_header()
            self.tell_footer()

    def on_screen_resume(self) -> None:
        """Catch up with what was committed while another screen was shown."""
        if self._stale:
            self.see()
        elif self._wide is not None:
            self.tell_header()

    def frame(self) -> Frame:
        """The terminal as a frame."""
        return self.shown.frame(self.app.size.width)

    def stale(self) -> None:
        """Something was committed: look anew, at once if it is shown, else when it is shown next."""
        self._stale = True
        if self.is_current or self.app.screen_stack[0] is self:
            self.see()

    def see(self) -> None:
        """Look, and say in the footer what can be done."""
        self._stale = False
        frame = self.frame()
        self._wide = frame.wide
        self.look(frame)
        self.tell_header()
        self.tell_footer()

    def tell_footer(self) -> None:
        """Show the commands of the moment."""
        self.query_one(Footer).tell(self.everything())

    def tell_header(self) -> None:
        """Show in the header how things stand now."""
        shown = self.shown
        self.query_one(Header).tell(header_view(shown.desk, shown.loop(), shown.error), self.frame())

    def go(self, name: str, record: str = "") -> None:
        """Go to another screen."""
        self.post_message(GoTo(name, record))

    def act(self, action: Callable[[], object], done: str) -> bool:
        """Do something and say that it is done; where it cannot be done, say why. Whether it was done."""
        try:
            action()
        except OkrmateError as error:
            self.post_message(Failed(str(error)))
            return False
        self.post_message(Done(done))
        return True

    def action_command(self, command_id: str) -> None:
        """Post the command with this id."""
        for command in (*self.everything(), *self.OFFERS):
            if command.command_id() == command_id:
                self.post_message(command())
                return

    def on_lines_view_opened(self) -> None:
        """A click on what is chosen is the same as enter."""
        self.post_message(Open())

    def do_filter(self) -> None:
        """Ask for the words; they narrow the list one is in while they are typed."""
        focused = self.focused
        self._filtered = focused if isinstance(focused, LinesView) else next(iter(self.query(LinesView)), None)
        field = self.query_one("#filter", Input)
        field.add_class("-open")
        field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        if event.input.id == "filter" and self._filtered is not None:
            self._filtered.filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the list, which stays narrowed."""
        if event.input.id == "filter" and self._filtered is not None:
            event.input.set_class(bool(event.value), "-open")
            self._filtered.focus()

    def key_escape(self) -> None:
        """End the filter, if there is one."""
        field = self.query_one("#filter", Input)
        if field.has_class("-open"):
            field.value = ""
            field.remove_class("-open")
            if self._filtered is not None:
                self._filtered.filter("")
                self._filtered.focus()
        else:
            self.back()

    def back(self) -> None:
        """Go back one page within the screen; nothing unless overridden."""
