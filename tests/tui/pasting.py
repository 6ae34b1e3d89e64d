"""Words put into the line one is in, as a terminal does that pastes them: all at once, so that a test is quick."""

from textual.events import Paste
from textual.widgets import Input, TextArea

from tests.tui.terminal import Terminal


async def paste(shown: Terminal, words: str) -> None:
    """Paste them where one writes, once that is ready."""
    await shown.until(lambda: isinstance(shown.app.focused, Input | TextArea))
    shown.app.post_message(Paste(words))
    await shown.pilot.pause()
