"""The commands of People."""

from okrmate.tui.commands.command import Command


class AddPerson(Command):
    """Asks for a name and an address."""

    key = "a"
    word = "add"
    help = "add a person you mentor"


class ShowOkrs(Command):
    """Goes to the OKRs of the chosen person."""

    key = "o"
    word = "OKRs"
    help = "go to the OKRs of the chosen person"


class PrepareTalk(Command):
    """Shows everything worth knowing before the chosen person's next talk."""

    key = "p"
    word = "prepare talk"
    help = "prepare the next talk with the chosen person"


class WriteDown(Command):
    """Writes down charter, aims, a marker or the pulse of the chosen person."""

    key = "w"
    word = "write down"
    help = "write down charter, aims, a marker or the pulse of the chosen person"
    footer = False


class PrivateNote(Command):
    """Writes down a note for herself."""

    key = "n"
    word = "private note"
    help = "write a note on the chosen person for yourself; it stands in no letter"


class EndMentorship(Command):
    """Ends the mentorship with the chosen person."""

    word = "end"
    help = "end the mentorship with the chosen person; everything stays kept"
    footer = False


class ErasePerson(Command):
    """Erases everything of the chosen person."""

    word = "erase"
    help = "erase everything that is kept of the chosen person; it cannot be taken back"
    footer = False


class PauseLetters(Command):
    """Lets the letters to the chosen person rest."""

    key = "z"
    word = "pause"
    help = "let the letters to the chosen person rest, or say until when"
    footer = False


class GoAway(Command):
    """Lets all letters rest while she is away, and tells everybody once."""

    key = "V"
    word = "away"
    help = "be away for some days: all letters rest, and everybody is told once"
    footer = False


class ExportPerson(Command):
    """Writes down what is kept of the chosen person."""

    word = "export"
    help = "write down what is kept of the chosen person, for themselves"
    footer = False


class ResumeLetters(Command):
    """Ends the pause of the chosen person."""

    key = "r"
    word = "resume"
    help = "let the letters to the chosen person leave again"
