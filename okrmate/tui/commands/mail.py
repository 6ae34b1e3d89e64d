"""The commands of Mail: the mentor's word on what came, and on what leaves."""

from okrmate.tui.commands.command import Command


class Accept(Command):
    """Takes the line in hand, or the whole mail, for what it says; settles what needs nothing."""

    key = "a"
    word = "accept"
    help = "take what is unclear for what it says, or settle the mail"


class EditLine(Command):
    """Asks what an unclear line means, and takes the value that is typed."""

    key = "e"
    word = "edit"
    help = "type the value that the unclear line means"


class KeepAsNote(Command):
    """Keeps an unclear line as a note on its key result."""

    key = "k"
    word = "keep as note"
    help = "keep the unclear line as a note on its key result, without a value"


class Reject(Command):
    """Puts the mail away, or takes back what it changed; asks first."""

    key = "x"
    word = "reject"
    help = "put the mail away, or take back what it changed"


class RejectBecause(Command):
    """Puts the mail away with a reason."""

    key = "X"
    word = "reject, why"
    help = "put the mail away and say why, which is kept with it"
    footer = False


class SettleMail(Command):
    """Settles the mail whatever is unclear in it."""

    key = "A"
    word = "settle"
    help = "settle the mail as it stands, without what is unclear in it"
    footer = False


class AnswerMail(Command):
    """Writes to whoever wrote the mail, in the mentor's own words."""

    key = "r"
    word = "answer"
    help = "answer the mail in your own words, which you see as a letter first"


class NextMail(Command):
    """On to the next mail that waits."""

    key = "n"
    word = "next"
    help = "go to the next mail that waits for you"
    footer = False


class OtherSide(Command):
    """From what came to what leaves, and back."""

    key = "o"
    word = "in or out"
    help = "turn from what came to what leaves, or back"


class WholeMail(Command):
    """The mail as it came, whole."""

    key = "R"
    word = "whole mail"
    help = "read the whole mail as it came, quotes and all"
    footer = False


class SendNow(Command):
    """Lets a held letter go, or a waiting one leave now."""

    key = "s"
    word = "let go"
    help = "let a held letter go, or send a waiting one now"


class HoldBack(Command):
    """Keeps a letter back."""

    key = "h"
    word = "hold"
    help = "hold a letter back until you let it go"


class ReadLetter(Command):
    """The letter, whole."""

    key = "v"
    word = "read whole"
    help = "read the letter whole, as it will be read"


class SendEverything(Command):
    """Ends the pause of the whole outbox."""

    key = "S"
    word = "let all go"
    help = "let every held letter go, and end the pause of all letters"
    footer = False


INCOMING: tuple[type[Command], ...] = (
    Accept,
    EditLine,
    KeepAsNote,
    Reject,
    AnswerMail,
    NextMail,
    OtherSide,
    WholeMail,
    SettleMail,
    RejectBecause,
)
ANYTIME: tuple[type[Command], ...] = (NextMail, OtherSide, WholeMail, ReadLetter)
"""What can be done whatever is chosen; the others only where something is to be decided."""
LEAVING: tuple[type[Command], ...] = (SendNow, HoldBack, ReadLetter, OtherSide, SendEverything)
