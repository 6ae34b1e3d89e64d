"""The commands of Reports."""

from okrmate.tui.commands.command import Command


class CloseCycle(Command):
    """Closes the running set of the person of the chosen line."""

    key = "c"
    word = "close cycle"
    help = "close the running OKRs of the person in hand: what was learned, the scores, what goes on"


class ExportReport(Command):
    """Writes a report into a file."""

    key = "x"
    word = "export"
    help = "write a report into a file: everybody's for you, or one person's to hand on"
