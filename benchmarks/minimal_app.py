"""The least a Textual application can be: what starting one costs on this machine."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Minimal(App[None]):
    """A line of text."""

    def compose(self) -> ComposeResult:
        """Compose it."""
        yield Static("the least that an application can show")


if __name__ == "__main__":
    Minimal().run()
