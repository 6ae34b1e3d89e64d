"""The commands of the editor, on keys that a text area leaves free."""

from okrmate.tui.commands.command import Command


class SaveSet(Command):
    """Takes what was understood into the draft."""

    key = "ctrl+s"
    word = "save"
    help = "take what is understood into the draft"


class NextFinding(Command):
    """On to the next line of which something is to be said."""

    key = "f8"
    word = "next finding"
    help = "go to the next line that is not understood, or cannot be taken"


class LeaveEditor(Command):
    """Back to the OKRs; asks where something was typed."""

    key = "escape"
    word = "leave"
    help = "leave; asks first where something was typed"


class EditorKeys(Command):
    """The page with the keys."""

    key = "f1"
    word = "keys"
    help = "these keys, the method, what people can write"


EDITOR: tuple[type[Command], ...] = (SaveSet, NextFinding, LeaveEditor, EditorKeys)


class ToTactic(Command):
    """Makes the line a tactic under the key result above it."""

    key = "ctrl+t"
    word = "to tactic"
    help = "make the line a tactic under the key result above it, or a key result again"


class IgnoreFinding(Command):
    """Leaves what the coach found in the line as it is."""

    key = "ctrl+g"
    word = "ignore"
    help = "leave what the coach found in the line as it is, with a reason"


REFINE: tuple[type[Command], ...] = (SaveSet, ToTactic, IgnoreFinding, NextFinding, LeaveEditor, EditorKeys)
