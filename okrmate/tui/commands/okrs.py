"""The commands of OKRs."""

from okrmate.tui.commands.command import Command


class TakeReading(Command):
    """Opens the line that takes a reading by hand."""

    key = "r"
    word = "reading"
    help = "take a reading of the chosen key result by hand"


class TryTactic(Command):
    """Asks what is to be tried for the key result; of a tactic begins or ends it."""

    key = "t"
    word = "tactic"
    help = "write down what is tried for the key result; on a tactic: begin it, end it"


class TurnTactic(Command):
    """Turns a line that is an activity into a tactic under an outcome."""

    key = "T"
    word = "to a tactic"
    help = "turn a key result that is an activity into a tactic under an outcome"
    footer = False


class DescribeLine(Command):
    """Asks who would notice the key result, what they would do, and what it serves."""

    key = "w"
    word = "who"
    help = "say who would notice the key result, what it serves, and of what it is made"
    footer = False


class WriteEvidence(Command):
    """Asks for the folder into which the evidence of the chosen key result is written."""

    key = "v"
    word = "evidence"
    help = "write what was attached to the numbers of the key result into a folder"
    footer = False


class NextPerson(Command):
    """Goes on to the next person by name."""

    key = "right_square_bracket"
    word = "next person"
    help = "the OKRs of the next person by name"
    footer = False


class PreviousPerson(Command):
    """Goes back to the person before by name."""

    key = "left_square_bracket"
    word = "person before"
    help = "the OKRs of the person before by name"
    footer = False


class PasteSet(Command):
    """Opens the editor that understands O: and KR: lines."""

    key = "i"
    word = "paste a set"
    help = "paste or write O: and KR: lines into the draft"


class StartExample(Command):
    """Asks which example the draft is to begin from."""

    key = "x"
    word = "an example"
    help = "begin the draft from one of the examples that come with okrmate"


class RefineSet(Command):
    """Opens the set as text, with what the coach finds beside it."""

    key = "e"
    word = "refine"
    help = "change the set as text: what becomes of each line, and what the coach finds, stands beside it"


class AskToAgree(Command):
    """Calls the draft refined: the mentor agrees, and the protégé is asked to."""

    key = "g"
    word = "agree"
    help = "agree to the draft as it stands; the other side is asked to agree by mail"


class ActivateSet(Command):
    """Starts the draft, after asking why and until when."""

    key = "A"
    word = "activate"
    help = "start the draft; the record says that you did so yourself, and why"


class CloseSet(Command):
    """Closes the running set: what was learned first, then the scores, and what goes on."""

    key = "C"
    word = "close"
    help = "close the running OKRs: what was learned, the scores by the numbers, and what goes on"
    footer = False


class Fold(Command):
    """Folds an objective or opens it."""

    key = "space"
    word = "fold"
    help = "fold the chosen objective, or open it"
    footer = False
