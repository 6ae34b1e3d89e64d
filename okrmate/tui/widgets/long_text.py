"""A text area in which a paste of ten thousand lines can be typed on, and whose text no terminal obeys."""

from textual.document._document import Location
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.events import Paste
from textual.widgets import TextArea

from okrmate.tui.ink import Span


class CountedDocument(WrappedDocument):
    """Knows how high it is without adding up all lines for each one that is drawn.

    Measured with 10,000 lines: a key was on the screen after 0.2 s, 0.16 of which went into that sum.
    """

    _counted: int | None = None

    @property
    def height(self) -> int:
        """As Textual's, counted once after each change."""
        if self._counted is None:
            self._counted = super().height
        return self._counted

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """As Textual's."""
        super().wrap(width, tab_width)
        self._counted = None

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """As Textual's."""
        super().wrap_range(start, old_end, new_end)
        self._counted = None


class LongText(TextArea):
    """A text area over a counted document; in what it is given, signs that a terminal would obey become dots."""

    def _on_paste(self, event: Paste) -> None:  # type: ignore[override]  # Textual's own comes after it
        event.text = harmless(event.text)

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(harmless(text), language)
        self.wrapped_document = CountedDocument(self.document, self.wrap_width, self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)


def harmless(text: str) -> str:
    """The text with every sign replaced that would move the cursor or turn the writing; its lines stay."""
    ends = text.endswith(("\n", "\r"))
    return "\n".join((*(Span(line).text for line in text.splitlines()), *(("",) if ends else ())))
