"""The commands of Reports."""

from okrmate.tui.commands.command import Command


class ExportReport(Command):
    """Writes a report into a file."""

    key = "x"
    word = "export"
    help = "write a report into a file: everybody's for you, or one person's to hand on"
