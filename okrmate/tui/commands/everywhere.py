"""The commands that are the same on every screen: open, undo, filter, keys, leaving."""

from okrmate.tui.commands.command import Command


class Open(Command):
    """Goes to what the chosen entry is about."""

    key = "enter"
    word = "open"
    help = "open the chosen entry"


class Undo(Command):
    """Takes the last change back, after asking."""

    key = "u"
    word = "undo"
    help = "take back the last change"


class Filter(Command):
    """Narrows the list to what holds some words."""

    key = "slash"
    word = "filter"
    help = "show only entries with certain words; esc ends it"


class Keys(Command):
    """The page behind `?`."""

    key = "question_mark"
    word = "keys"
    help = "the keys of this screen, the method, what people can write"


class Look(Command):
    """Has the mail loop look now."""

    key = "ctrl+r"
    word = "look now"
    help = "look at the mailbox now and send what is due"
    footer = False


class OtherTheme(Command):
    """Dark or light."""

    word = "dark or light"
    help = "change between the dark and the light theme"
    footer = False


class Step(Command):
    """Moves the clock of the demo to what happens next."""

    key = "greater_than_sign"
    word = "what happens next"
    help = "move the clock of the demo to what happens next"


EVERYWHERE: tuple[type[Command], ...] = (Undo, Filter, Look, OtherTheme, Keys)
"""In the palette and the help of every screen; the last is always the last word of the footer."""
