"""The last row of a screen: at most six keys with a word each; a click on one does it."""

from collections.abc import Sequence

from textual import events

from okrmate.tui.commands.command import Command
from okrmate.tui.commands.everywhere import Keys
from okrmate.tui.ink import Ink, Line, Span, length
from okrmate.tui.widgets.line import Lines

ROOM = 6


class Footer(Lines):
    """Shows the likely next commands; the last is always `? keys`."""

    def __init__(self) -> None:
        """No commands yet."""
        super().__init__(id="footer")
        self._commands: tuple[type[Command], ...] = ()

    def tell(self, commands: Sequence[type[Command]]) -> None:
        """Show the first of these that belong here."""
        likely = [command for command in commands if command.footer and command.key and command is not Keys]
        self._commands = (*likely[: ROOM - 1], Keys)
        self.show(((Span(" "), *(span for command in self._commands for span in _words(command))),))

    def on_click(self, event: events.Click) -> None:
        """Do what is under the mouse."""
        edge = 1
        for command in self._commands:
            start, edge = edge, edge + length(_words(command))
            if start <= event.x < edge:
                self.post_message(command())


def _words(command: type[Command]) -> Line:
    return (Span(command.sign(), Ink.ACCENT, bold=True), Span(f" {command.word}  ", Ink.MUTED))
