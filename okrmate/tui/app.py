"""The screens as one Textual application: a frame at once, then the home behind it, and which screen is shown.

Nothing that knows the domain is imported here: the frame is painted before all that is loaded.
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import partial
from time import monotonic
from typing import ClassVar, Protocol

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.events import ScreenResume
from textual.screen import Screen
from textual.worker import WorkerFailed

from okrmate.domain.errors import OkrmateError
from okrmate.tui.driver import DirectDriver
from okrmate.tui.ink import WIDE, Frame
from okrmate.tui.messages import Done, Failed, GoTo, OpenAt, Picked, Stale, TellHeader
from okrmate.tui.themes import INK, PALETTES, PAPER
from okrmate.tui.views.places import SCREENS, tabs
from okrmate.tui.widgets.line import Lines

LOOK_EVERY = 0.05
"""Seconds between two looks whether another process has committed."""
SECOND = 1.0
"""Seconds between two looks at how the mail loop is."""
TIME_TOLD = 30.0
"""Seconds after which what is told of time is told anew."""
REST = 4
"""So many times longer than following a commit took, keys have the terminal to themselves."""
FIRST = "today"


class Opened(Protocol):
    """An open home, as far as the application itself has to do with it (`okrmate.tui.session`)."""

    @property
    def names(self) -> Iterable[str]:
        """The names of the screens."""

    @property
    def shown(self) -> Iterable[Screen[None]]:
        """Those that have been shown."""

    def page(self, name: str) -> Screen[None]:
        """One of them, made when it is first asked for."""

    def follow(self, committed: Callable[[], None]) -> None:
        """Have `committed` called, from any thread, after each commit."""

    def begin(self) -> Failed | None:
        """The first screen is painted."""

    def look_out(self) -> Failed | None:
        """Look whether another process has committed."""

    def loop_changed(self) -> bool:
        """Whether the mail loop is another than when this was asked last."""


class Opening(Screen[None]):
    """The frame of the screens, while the home is opened."""

    def compose(self) -> ComposeResult:
        """The row of the header."""
        self.add_class("-wide" if self.app.size.width >= WIDE else "-narrow")
        yield Lines(id="header")

    def on_mount(self) -> None:
        """Show the tabs."""
        width = self.app.size.width
        self.query_one(Lines).show((tabs({}, FIRST, Frame(width=width, wide=width >= WIDE)),))

    def on_screen_resume(self, event: ScreenResume) -> None:
        """As a page: what was just styled is not styled anew."""
        event.refresh_styles = False


class OkrmateApp(App[None]):
    """The screens of one home."""

    CSS_PATH = "okrmate.tcss"
    TITLE = "okrmate"
    ENABLE_COMMAND_PALETTE = False
    DEFAULT_MODE = "opening"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - an instance variable, says Textual
    BINDINGS: ClassVar[list[BindingType]] = [
        *((str(digit), f"go_to('{name}')", title) for digit, (name, title) in enumerate(SCREENS.items(), start=1)),
        Binding("ctrl+c", "quit", "quit", priority=True),
    ]

    def __init__(self, opened: Callable[[], Opened], *, dark: bool = True) -> None:
        """`opened` opens the home once the frame is painted; what it raises ends the application."""
        super().__init__(driver_class=DirectDriver)
        self.animation_level = "none"
        self.failure: Exception | None = None
        """What ended it: why the home could not be opened, or a bug."""
        self._opened = opened
        self._home: Opened | None = None
        self._committed = False
        self._unreadable = ""
        self._follow_from = 0.0
        for palette in (INK, PAPER):
            self.register_theme(palette.theme())
        # Set before anything is styled: changing the theme later would have every style sheet read twice at the start.
        self.set_reactive(App.theme, (INK if dark else PAPER).name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The names the style sheet uses, known before the first theme is."""
        return INK.variables()

    def get_default_screen(self) -> Screen[None]:
        """The frame."""
        return Opening()

    def delay_update(self, delay: float = 0.0) -> None:
        """Textual would hold every change of screen back for 50 ms, to hide a transition that there is none of."""

    def on_mount(self) -> None:
        """Open the home once the frame is painted."""
        self.call_after_refresh(self._open)

    def _handle_exception(self, error: Exception) -> None:
        """Keep a bug for whoever runs the application, and end; Textual would print it with the mails in hand."""
        bug = error.error if isinstance(error, WorkerFailed) and isinstance(error.error, Exception) else error
        self.failure = self.failure or bug
        if self._exception is None:  # where Textual looks for what a test is to raise
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def _open(self) -> None:
        try:
            self._home = home = self._opened()
        except OkrmateError as error:
            self.failure = error
            self.exit()
            return
        for name in home.names:
            self.add_mode(name, partial(self._page, home, name))
        self._show(FIRST)
        home.follow(self._note_commit)
        self.set_interval(LOOK_EVERY, self._look_out)
        self.set_interval(SECOND, self._look_at_loop)
        self.set_interval(TIME_TOLD, self._all_stale)
        self.call_after_refresh(self._begin)

    def _page(self, home: Opened, name: str) -> Screen[None]:
        page = home.page(name)
        # It is styled as it is mounted; Textual would read all style sheets anew for each screen that is shown first.
        page._css_update_count = self._css_update_count  # noqa: SLF001 - no other way to say so; without it only slower
        return page

    def _show(self, name: str) -> None:
        """Show a screen; it comes to the terminal as a whole once it has caught up, not bit by bit."""
        if name == self.current_mode:
            return
        batch = ExitStack()
        batch.enter_context(self.batch_update())
        self.switch_mode(name)
        self.call_after_refresh(self._caught_up, batch)

    def _caught_up(self, batch: ExitStack) -> None:
        batch.close()
        self.screen.refresh()

    def _begin(self) -> None:
        if self._home is not None:
            self._tell(self._home.begin())

    def action_go_to(self, name: str) -> None:
        """Show a screen."""
        self.post_message(GoTo(name))

    def on_go_to(self, message: GoTo) -> None:
        """Show a screen and what is asked for on it."""
        if self._home is None:
            return
        self._show(message.name)
        if message.record:
            self.call_after_refresh(self._home.page(message.name).post_message, OpenAt(message.record))

    def on_picked(self, message: Picked) -> None:
        """A tab was clicked."""
        self.post_message(GoTo(message.name))

    def on_done(self, message: Done) -> None:
        """Said over a screen: the screen below tells it."""
        self._tell(Done(message.sentence))

    def on_failed(self, message: Failed) -> None:
        """As above."""
        self._tell(Failed(message.sentence))

    def do_other_theme(self) -> None:
        """From dark to light or back."""
        self.theme = next(name for name in PALETTES if name != self.theme)

    def _tell(self, message: Done | Failed | TellHeader | None) -> None:
        if message is not None:
            self.screen_stack[0].post_message(message)

    def _note_commit(self) -> None:
        """Called from any thread that commits; the screens follow in their own."""
        if not self._committed:
            self._committed = True
            self.call_later(self._follow)

    def _follow(self) -> None:
        """Look anew; where that takes long, as in a crowded home, not so often that keys would have to wait for it."""
        begun = monotonic()
        if begun < self._follow_from:
            self.set_timer(self._follow_from - begun, self._follow)
            return
        self._committed = False
        self._all_stale()
        self.call_after_refresh(self._followed, begun)

    def _followed(self, begun: float) -> None:
        now = monotonic()
        self._follow_from = now + (now - begun) * REST

    def _look_out(self) -> None:
        """Say once why the store cannot be read any more; once it can be again, look at all of it anew."""
        failed = self._home.look_out() if self._home is not None else None
        sentence = failed.sentence if failed is not None else ""
        if sentence == self._unreadable:
            return
        self._unreadable = sentence
        if failed is None:
            self._all_stale()
        self._tell(failed or Done(""))

    def _look_at_loop(self) -> None:
        if self._home is not None and self._home.loop_changed():
            self._tell(TellHeader())

    def _all_stale(self) -> None:
        for page in self._home.shown if self._home is not None else ():
            page.post_message(Stale())
