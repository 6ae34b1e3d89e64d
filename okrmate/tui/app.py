"""The screens as one Textual application: which is shown, commits and time as they pass, done and failed."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from okrmate.domain.changes import Change
from okrmate.domain.errors import OkrmateError
from okrmate.services import history
from okrmate.services.reports.visits import visit
from okrmate.tui.screens.help import HelpPage
from okrmate.tui.screens.page import Done, Failed, GoTo, Page
from okrmate.tui.shown import WIDE, Shown, nothing
from okrmate.tui.themes import INK, PALETTES, PAPER
from okrmate.tui.views.header import SCREENS
from okrmate.tui.views.moments import when
from okrmate.tui.widgets.header import Header
from okrmate.tui.widgets.palette import Offer, Palette
from okrmate.tui.widgets.sheet import Answer, Ask

LOOK_EVERY = 0.1
"""Seconds between two looks whether another process has committed."""
SECOND = 1.0
"""Seconds between two looks at how the mail loop is."""
MINUTE = 30.0
"""Seconds after which what is told of time is told anew."""
TOAST = 6.0
STORY = 60.0


class OkrmateApp(App[None]):
    """The screens of one home; each is made when it is first shown."""

    CSS_PATH = "okrmate.tcss"
    TITLE = "okrmate"
    DEFAULT_MODE = "today"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - an instance variable, says Textual
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *((str(digit), f"go_to('{name}')", title) for digit, (name, title) in enumerate(SCREENS.items(), start=1)),
        ("ctrl+p", "palette", "everything that can be done"),
        Binding("ctrl+c", "quit", "quit", priority=True),
    ]

    def __init__(
        self,
        shown: Shown,
        pages: Mapping[str, Callable[[], Page]],
        *,
        painted: Callable[[], None] = nothing,
        dark: bool = True,
    ) -> None:
        """The session, how each screen is made, by its name, and what begins once the first is painted."""
        super().__init__()
        self.animation_level = "none"
        for name in pages:
            self.add_mode(name, partial(self._page, name))
        self._shown = shown
        self._makers = pages
        self._painted = painted
        self._loop_seen = shown.loop()
        self._pages: dict[str, Page] = {}
        self._committed = False
        for palette in (INK, PAPER):
            self.register_theme(palette.theme())
        # Set before anything is styled: changing the theme later would have every style sheet read twice at the start.
        self.set_reactive(App.theme, (INK if dark else PAPER).name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The names the style sheet uses, known before the first theme is."""
        return INK.variables()

    def on_mount(self) -> None:
        """Begin to watch the store and the clock."""
        self._shown.desk.store.subscribe(self._note_commit)
        self.set_interval(LOOK_EVERY, self._look_out)
        self.set_interval(MINUTE, self._all_stale)
        self.set_interval(SECOND, self._look_at_loop)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Once the first screen is painted: note the visit, and let begin what would have kept it waiting."""
        try:
            visit(self._shown.desk)
        except OkrmateError as error:
            self.post_message(Failed(str(error)))
        self._painted()

    def action_go_to(self, name: str) -> None:
        """Show a screen."""
        self.post_message(GoTo(name))

    def action_palette(self) -> None:
        """Everything that can be done on this screen, and the way to the others."""
        page = self.screen
        if isinstance(page, Page):
            offers = [
                Offer(words=each.help, sign=each.sign(), do=partial(page.post_message, each()))
                for each in page.everything()
            ]
            offers += [
                Offer(words=f"go to {title}", sign=str(digit), do=partial(page.go, name))
                for digit, (name, title) in enumerate(SCREENS.items(), start=1)
            ]
            self.push_screen(Palette(offers, page.frame()), _do)

    def on_go_to(self, message: GoTo) -> None:
        """Show a screen and what is asked for on it."""
        self.switch_mode(message.name)
        if message.record:
            self.call_after_refresh(self._page(message.name).open_at, message.record)

    def on_header_picked(self, message: Header.Picked) -> None:
        """A tab was clicked."""
        self.post_message(GoTo(message.name))

    def on_done(self, message: Done) -> None:
        """Say so, with the way back."""
        self._shown.error = ""
        if message.sentence:
            self.notify(f"{message.sentence} u undoes it.", markup=False, timeout=TOAST)
        self._tell()

    def on_failed(self, message: Failed) -> None:
        """Say so in the header, until something succeeds."""
        self._shown.error = message.sentence
        self._tell()

    def do_keys(self) -> None:
        """The page behind `?`."""
        if isinstance(self.screen, Page):
            self.push_screen(HelpPage(self._shown, SCREENS[self.screen.NAME], self.screen.everything()))

    def do_other_theme(self) -> None:
        """From dark to light or back."""
        self.theme = next(name for name in PALETTES if name != self.theme)

    def do_look(self) -> None:
        """Rouse the mail loop."""
        self._shown.rouse()

    def do_step(self) -> None:
        """Let the demo go on; what happens is told in a corner until the next step."""
        step = self._shown.step
        if step is not None:
            self.run_worker(lambda: self.call_from_thread(self._tell_story, step()), thread=True, exclusive=True)

    def _tell_story(self, told: Sequence[str]) -> None:
        self.clear_notifications()
        title, *lines = told
        self.notify("\n".join(lines), title=title, markup=False, timeout=STORY)

    def do_undo(self) -> None:
        """Ask before the last change is taken back."""
        last = history.last_undoable(self._shown.desk.store)
        if last is None:
            self.post_message(Failed("Nothing to undo."))
            return
        at = when(last.at, self._shown.now, self._shown.zone)
        by = f", by {last.by}" if last.by else ""
        self.push_screen(
            Ask("Take this back?", (f"{last.what}", f"{at}{by}"), (Answer(key="u", word="take back"),)),
            partial(self._undo, last),
        )

    def _undo(self, change: Change, answer: str | None) -> None:
        if not answer:
            return
        try:
            history.undo(self._shown.desk, change.id)
        except OkrmateError as error:
            self.post_message(Failed(str(error)))
        else:
            self.post_message(Done(""))

    def _page(self, name: str) -> Page:
        if name not in self._pages:
            self._pages[name] = self._makers[name]()
        return self._pages[name]

    def _note_commit(self, _tables: frozenset[str]) -> None:
        """Called from any thread that commits; the screens follow in their own."""
        if not self._committed:
            self._committed = True
            self.call_later(self._follow)

    def _follow(self) -> None:
        self._committed = False
        self._all_stale()

    def _look_out(self) -> None:
        try:
            self._shown.desk.store.refresh()
        except OkrmateError as error:
            self.on_failed(Failed(str(error)))

    def _look_at_loop(self) -> None:
        state = self._shown.loop()
        if state != self._loop_seen:
            self._loop_seen = state
            self._tell()

    def _all_stale(self) -> None:
        for page in self._pages.values():
            page.stale()

    def _tell(self) -> None:
        page = self.screen_stack[0]
        if isinstance(page, Page) and page.is_mounted:
            page.tell_header()


def _do(action: Callable[[], object] | None) -> None:
    if action is not None:
        action()
