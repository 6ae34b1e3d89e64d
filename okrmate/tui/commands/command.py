"""What a command of the screens is: one class giving its key, footer word, help line, palette entry and keymap id."""

from typing import ClassVar

from textual.binding import Binding
from textual.message import Message

SIGNS = {
    "enter": "↵",
    "slash": "/",
    "question_mark": "?",
    "escape": "esc",
    "greater_than_sign": ">",
    "space": "space",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "f1": "F1",
    "f8": "F8",
}


class Command(Message):
    """Something to do on a screen; pressing its key, its word in the footer or its palette entry posts it.

    The screen that lists it in `OFFERS` answers it in a method `do_NAME`: `class KeepAsNote` in any module is
    answered by `do_keep_as_note`. A command without a key stands in the palette only.
    """

    key: ClassVar[str] = ""
    """As Textual names it: `d`, `ctrl+s`, `left_square_bracket`."""
    word: ClassVar[str]
    """What the footer says behind the key: one or two words."""
    help: ClassVar[str]
    """What `?` and the palette say: a sentence without a full stop."""
    footer: ClassVar[bool] = True
    """Whether it is among the likely next things; the footer has room for six."""

    def __init_subclass__(cls) -> None:
        """Name the handler after the class alone, wherever it is declared."""
        super().__init_subclass__()
        cls.handler_name = f"do_{cls.command_id().replace('-', '_')}"

    @classmethod
    def command_id(cls) -> str:
        """Its stable name, by which a keymap gives it another key: `keep-as-note`."""
        return "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in cls.__name__).strip("-")

    @classmethod
    def sign(cls) -> str:
        """How its key is shown."""
        return SIGNS.get(cls.key, cls.key.replace("ctrl+", "^"))

    @classmethod
    def binding(cls) -> Binding:
        """Its key, for Textual."""
        return Binding(cls.key, f"command('{cls.command_id()}')", cls.word, id=cls.command_id(), key_display=cls.sign())
