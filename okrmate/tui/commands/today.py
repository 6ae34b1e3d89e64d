"""What can be done on Today: prepare a talk, and put aside what is done."""

from okrmate.tui.commands.command import Command


class Prepare(Command):
    """Opens what is worth knowing before a talk."""

    key = "p"
    word = "prepare talk"
    help = "prepare the next talk: what moved, what stands still, what to ask"


class PutAside(Command):
    """Takes words that were read, or a promise that was kept, off the list."""

    key = "d"
    word = "done"
    help = "what was written to you is read, or your promise is kept"
