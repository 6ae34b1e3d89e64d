"""The commands of Meeting: planning a talk, what became of it, and the feedback after it."""

from okrmate.tui.commands.command import Command


class ApproveAgenda(Command):
    """Lets the agenda go that waits to be seen."""

    key = "y"
    word = "approve"
    help = "let the agenda go that waits for you to see it"


class PlanTalk(Command):
    """Asks when, how long and where."""

    key = "P"
    word = "plan"
    help = "plan a talk with this person"


class MoveTalk(Command):
    """Asks when instead."""

    key = "M"
    word = "move"
    help = "move the talk; the calendar entry moves with it"


class CancelTalk(Command):
    """Asks first."""

    key = "C"
    word = "cancel"
    help = "cancel the talk; whoever was invited is told"
    footer = False


class TalkHeld(Command):
    """The talk is over before its planned end."""

    key = "H"
    word = "held"
    help = "say that the talk has taken place, before its planned end"
    footer = False


class NoTalk(Command):
    """The talk did not take place; asks first."""

    key = "N"
    word = "no meeting"
    help = "say that the talk did not take place; forms that wait are withdrawn"


class GiveFeedback(Command):
    """Opens the two lines."""

    key = "f"
    word = "feedback"
    help = "write your own positive and suggestion for this talk"


class ReadAgenda(Command):
    """The letter, whole."""

    key = "v"
    word = "read whole"
    help = "read the agenda whole, as it will be read"


class NextTalk(Command):
    """On to the next talk."""

    key = "right_square_bracket"
    word = "next talk"
    help = "go to the next talk, or to the next person without one"


class TalkBefore(Command):
    """Back to the talk before."""

    key = "left_square_bracket"
    word = "talk before"
    help = "go to the talk before"
    footer = False


AHEAD: tuple[type[Command], ...] = (
    ApproveAgenda,
    MoveTalk,
    ReadAgenda,
    PlanTalk,
    NextTalk,
    TalkBefore,
    CancelTalk,
    TalkHeld,
    NoTalk,
    GiveFeedback,
)
"""The likely ones before a talk first."""
AFTERWARDS: tuple[type[Command], ...] = (
    GiveFeedback,
    NoTalk,
    PlanTalk,
    ReadAgenda,
    NextTalk,
    TalkBefore,
)
"""And after it."""
UNPLANNED: tuple[type[Command], ...] = (PlanTalk, NextTalk, TalkBefore)
