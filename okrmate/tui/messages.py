"""What screens and sheets tell the application: where to go, what was done, what could not be done."""

from textual.message import Message


class GoTo(Message):
    """Go to the screen of this name and choose there what concerns the record with this id."""

    def __init__(self, name: str, record: str = "") -> None:
        """The screen (`mail`) and the record; without one the screen stays as it was left."""
        super().__init__()
        self.name = name
        self.record = record


class Done(Message):
    """Something was done by `Shown.did`: a sentence such as `Applied.`, empty where the screen shows it."""

    def __init__(self, sentence: str) -> None:
        """What was done."""
        super().__init__()
        self.sentence = sentence


class Failed(Message):
    """An action could not be done: a sentence that stays in the header until another one succeeds."""

    def __init__(self, sentence: str) -> None:
        """Why not."""
        super().__init__()
        self.sentence = sentence


class OpenAt(Message):
    """Choose on a screen what concerns the record with this id."""

    def __init__(self, record: str) -> None:
        """Which."""
        super().__init__()
        self.record = record


class Stale(Message):
    """Something was committed, or time has passed: look anew."""


class TellHeader(Message):
    """The mail loop is another: say so in the header."""


class Picked(Message):
    """A tab of the header was clicked."""

    def __init__(self, name: str) -> None:
        """The name of its screen."""
        super().__init__()
        self.name = name
