"""Words put into the line one is in, as a terminal does that pastes them: all at once, so that a test is quick."""

from textual.events import Paste

from tests.tui.terminal import Terminal


async def paste(shown: Terminal, words: str) -> None:
    """Paste them where one writes."""
    field = shown.app.focused
    assert field is not None
    field.post_message(Paste(words))
    await shown.pilot.pause()
