"""What can be done on Today: prepare a talk, and put aside what is done."""

from okrmate.tui.commands.command import Command


class Prepare(Command):
    """Goes to the talk that is to be prepared."""

    key = "p"
    word = "prepare talk"
    help = "prepare the next talk with this person, or the next one at all"


class PutAside(Command):
    """Takes words that were read, or a promise that was kept, off the list."""

    key = "d"
    word = "done"
    help = "what was written to you is read; it stays in Mail"
