"""What is shown once the home is open: the screens, each made when it is first shown, and what they follow."""

from collections.abc import Callable, Iterable, Mapping

from textual.screen import Screen

from okrmate.domain.errors import OkrmateError
from okrmate.services.reports.visits import visit
from okrmate.services.tables import SETTINGS
from okrmate.tui.messages import Failed
from okrmate.tui.screens.page import Page
from okrmate.tui.shown import Shown, nothing

VISIT = frozenset({SETTINGS.name})
"""The tables that the visit writes."""


class Session:
    """The screens of an open home."""

    def __init__(
        self, shown: Shown, pages: Mapping[str, Callable[[], Page]], painted: Callable[[], None] = nothing
    ) -> None:
        """How each screen is made, by its name; `painted` is called once the first of them is on the terminal."""
        self._shown = shown
        self._makers = pages
        self._painted = painted
        self._pages: dict[str, Page] = {}
        self._loop = shown.loop()
        self._visiting = False

    @property
    def names(self) -> Iterable[str]:
        """The names of the screens."""
        return self._makers

    @property
    def shown(self) -> Iterable[Screen[None]]:
        """Those that have been shown."""
        return self._pages.values()

    def page(self, name: str) -> Screen[None]:
        """One of them."""
        if name not in self._pages:
            self._pages[name] = self._makers[name]()
        return self._pages[name]

    def follow(self, committed: Callable[[], None]) -> None:
        """Have `committed` called, from any thread, after each commit but that of the visit: nothing shows it."""

        def on_commit(tables: frozenset[str]) -> None:
            self._shown.commits += 1
            # With it may come to light what another process has committed since the first screen was painted.
            if not self._visiting or tables != VISIT:
                committed()

        self._shown.desk.store.subscribe(on_commit)

    def begin(self) -> Failed | None:
        """The first screen is there: note the visit, and let begin what would have kept it waiting."""
        self._visiting = True
        failed = self._tried(lambda: visit(self._shown.desk))
        self._visiting = False
        self._painted()
        return failed

    def look_out(self) -> Failed | None:
        """Look whether another process has committed."""
        return self._tried(self._shown.desk.store.refresh)

    def loop_changed(self) -> bool:
        """Whether the mail loop is another than when this was asked last."""
        before, self._loop = self._loop, self._shown.loop()
        return before != self._loop

    def _tried(self, action: Callable[[], object]) -> Failed | None:
        try:
            action()
        except OkrmateError as error:
            return Failed(str(error))
        return None
