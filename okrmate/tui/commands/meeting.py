"""The commands of Meeting: planning a talk, its points, what is written down in it, and the feedback after it."""

from okrmate.tui.commands.command import Command


class ApproveAgenda(Command):
    """Lets the agenda go that waits to be seen, or the list that was changed since it left."""

    key = "y"
    word = "approve"
    help = "let the agenda go that waits for you, or the list once more that was changed since"


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


class RepeatTalks(Command):
    """Asks how often."""

    key = "R"
    word = "repeat"
    help = "let talks repeat as the next one, every two weeks for example, or no more"
    footer = False


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


class TakePoint(Command):
    """Puts a point in or out; while the talk runs it ticks it off."""

    key = "space"
    word = "in or out"
    help = "put the chosen point in or out; while the talk runs: it was talked about"


class TickPoint(TakePoint):
    """The same key while the talk runs."""

    word = "talked about"
    help = "say that the chosen point was talked about, or was not"


class SwapQuestion(Command):
    """Puts the next question of the bank in the place of one."""

    key = "s"
    word = "swap question"
    help = "put the next question of the bank in the place of the chosen one"


class PinQuestion(Command):
    """Asks which question of the bank."""

    key = "b"
    word = "ask"
    help = "ask a question of the bank in the next talk, found by some of its words"
    footer = False


class OwnLine(Command):
    """Asks for her line."""

    key = "l"
    word = "your line"
    help = "write a line of your own for the agenda; empty takes it out"


class EditPoint(Command):
    """Asks for other words."""

    key = "e"
    word = "edit"
    help = "put the chosen question, or a point of your own, into other words"
    footer = False


class PromiseKept(Command):
    """Asks which promise, and what became of it."""

    key = "k"
    word = "kept"
    help = "say that a promise was kept, or that nobody waits for it any more"
    footer = False


class AddPoint(Command):
    """Asks for a point of hers."""

    key = "a"
    word = "add"
    help = "add a point of your own"
    footer = False


class PointMinutes(Command):
    """Asks how long a point takes."""

    key = "m"
    word = "minutes"
    help = "say how many minutes the chosen point takes"
    footer = False


class PointDown(Command):
    """One place down."""

    key = "J"
    word = "down"
    help = "move the chosen point down"
    footer = False


class PointUp(Command):
    """One place up."""

    key = "K"
    word = "up"
    help = "move the chosen point up"
    footer = False


class PrepareThis(Command):
    """Everything worth knowing before this talk."""

    key = "p"
    word = "prepare"
    help = "what moved, what stands still, what to ask: this talk prepared on one page"


class TakeNote(Command):
    """Asks for a shared note and a private one."""

    key = "n"
    word = "note"
    help = "write a note on this talk, shared or for you alone"


class TakePromise(Command):
    """Asks what either side promised."""

    key = "o"
    word = "promise"
    help = "write down what you or they promised, and for when"


AHEAD: tuple[type[Command], ...] = (
    TakePoint,
    SwapQuestion,
    OwnLine,
    ApproveAgenda,
    PrepareThis,
    MoveTalk,
    ReadAgenda,
    PlanTalk,
    NextTalk,
    TalkBefore,
    AddPoint,
    PinQuestion,
    EditPoint,
    PointMinutes,
    PointUp,
    PointDown,
    TakeNote,
    TakePromise,
    PromiseKept,
    RepeatTalks,
    CancelTalk,
    TalkHeld,
    NoTalk,
    GiveFeedback,
)
"""The likely ones before a talk first."""
RUNNING: tuple[type[Command], ...] = (
    TickPoint,
    TakeNote,
    TakePromise,
    PrepareThis,
    TalkHeld,
    ReadAgenda,
    PromiseKept,
    AddPoint,
    EditPoint,
    PointMinutes,
    PointUp,
    PointDown,
    NoTalk,
    NextTalk,
    TalkBefore,
)
"""While it runs."""
AFTERWARDS: tuple[type[Command], ...] = (
    GiveFeedback,
    TakeNote,
    TakePromise,
    PromiseKept,
    NoTalk,
    PlanTalk,
    ReadAgenda,
    NextTalk,
    TalkBefore,
)
"""And after it."""
UNPLANNED: tuple[type[Command], ...] = (PlanTalk, NextTalk, TalkBefore)
