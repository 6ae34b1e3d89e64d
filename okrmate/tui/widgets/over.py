"""What stands over a page: whole screens and sheets, each of which is left once, however fast keys come."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

T = TypeVar("T")


class Over(Screen[T]):
    """A screen shown over a page until it is dismissed."""

    _left = False

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave with this result; a second time, or under another screen, does nothing.

        Textual would take the page below off as well.
        """
        if self._left or not self.is_current:
            return AwaitComplete()
        self._left = True
        return super().dismiss(result)


class Sheet(ModalScreen[T], Over[T]):
    """The same, with the page to be seen behind it."""
