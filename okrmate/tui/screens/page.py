"""What every screen is: header, panes, footer; and being drawn anew after each commit."""

from abc import abstractmethod

from textual import on
from textual.app import ComposeResult
from textual.events import ScreenResume
from textual.screen import Screen
from textual.widgets import Input

from okrmate.tui.commands.everywhere import Open
from okrmate.tui.ink import Frame
from okrmate.tui.messages import OpenAt, Stale, TellHeader
from okrmate.tui.pages import Empty
from okrmate.tui.screens.anywhere import Anywhere
from okrmate.tui.shown import Shown
from okrmate.tui.widgets.footer import Footer
from okrmate.tui.widgets.header import Header
from okrmate.tui.widgets.lines_view import LinesView

UNSEEN = Empty(
    fact="This cannot be shown now.",
    following="Why not, and what helps, stands above. It shows by itself once it can be read.",
)
Overlay = Screen[bool]
"""A screen over a page; dismissed with whether something was done on it."""


class Page(Anywhere):
    """One of the six screens. See `okrmate.tui.screens` for how one is written."""

    AUTO_FOCUS = "LinesView"

    def __init__(self, shown: Shown) -> None:
        """A screen of this session."""
        super().__init__(shown)
        self._stale = False
        self._seen = False
        """Whether it has ever been looked at with success."""
        self._wide: bool | None = None
        self._filter: Input | None = None
        self._filtered: LinesView | None = None

    @abstractmethod
    def body(self) -> ComposeResult:
        """Its panes, composed once; wide and narrow differ by the style sheet's `-wide` and `-narrow` alone."""

    @abstractmethod
    def look(self, frame: Frame) -> None:
        """Read the store and show what stands there, in a frame as wide as the terminal.

        Called when it is first shown, after each commit, as time passes (`okrmate.tui.app.TIME_TOLD`), and when the
        terminal gets wide or narrow.
        """

    def open_at(self, record: str) -> None:
        """Choose what concerns the record with this id; nothing unless overridden."""

    def compose(self) -> ComposeResult:
        """Header, body, footer."""
        # Textual says so itself, but only once everything has been laid out without.
        self.add_class("-wide" if self.frame().wide else "-narrow")
        yield Header(self.NAME)
        yield from self.body()
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

    @on(ScreenResume)
    def keep_styles(self, event: ScreenResume) -> None:
        """They are as they were; another theme has been taken on before."""
        event.refresh_styles = False

    def on_screen_resume(self) -> None:
        """Catch up with what was committed while another screen was shown."""
        if self._stale:
            self.see()
        elif self._wide is not None:
            self.tell_header()

    def on_stale(self, message: Stale) -> None:
        """Something was committed: look anew, at once if it is shown, else when it is shown next."""
        message.stop()
        self._stale = True
        if self.app.screen_stack[0] is self:
            self.see()

    def on_open_at(self, message: OpenAt) -> None:
        """Another screen sent the mentor here."""
        message.stop()
        self.open_at(message.record)

    def on_tell_header(self, message: TellHeader) -> None:
        """The mail loop is another."""
        message.stop()
        self.tell_header()

    def see(self) -> None:
        """Look, and say in the footer what can be done; what cannot be looked at now is when it is shown next."""
        frame = self.frame()
        self._wide = frame.wide
        self._stale = not self.tried(lambda: self.look(frame))
        if self._stale and not self._seen:
            self.query(LinesView).first().show(UNSEEN, frame)
        self._seen = self._seen or not self._stale
        self.tell_header()
        self.tell_footer()

    def tell_footer(self) -> None:
        """Show the commands of the moment."""
        self.query_one(Footer).tell(self.everything())

    def tell_header(self) -> None:
        """Show in the header how things stand now."""
        shown = self.shown
        self.query_one(Header).tell(shown.header(), self.frame())

    def on_lines_view_opened(self) -> None:
        """A click on what is chosen is the same as enter."""
        self.post_message(Open())

    async def do_filter(self) -> None:
        """Ask for the words; they narrow the list one is in while they are typed."""
        focused = self.focused
        self._filtered = focused if isinstance(focused, LinesView) else next(iter(self.query(LinesView)), None)
        if self._filter is None:
            self._filter = Input(id="filter", placeholder="words", compact=True)
            await self.mount(self._filter, before="#footer")
        self._filter.display = True
        self._filter.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        if event.input is self._filter and self._filtered is not None:
            self._filtered.filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the list, which stays narrowed."""
        if event.input is self._filter and self._filtered is not None:
            event.input.display = bool(event.value)
            self._filtered.focus()

    def key_escape(self) -> None:
        """End the filter, if there is one."""
        if self._filter is None or not self._filter.display:
            self.back()
            return
        self._filter.value = ""
        self._filter.display = False
        if self._filtered is not None:
            self._filtered.filter("")
            self._filtered.focus()

    def back(self) -> None:
        """Go back one page within the screen; nothing unless overridden."""
