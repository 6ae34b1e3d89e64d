"""A piece of a line that knows where in it it begins, so that what is read of it can be marked where it stands."""

from typing import Self, SupportsIndex


class Piece(str):
    """Part of a line, as the line's own characters; what is cut out of it or stripped is again a piece of that line.

    Anything else that is made of it (joined, replaced, folded) is a plain `str` and stands nowhere.
    """

    __slots__ = ("start",)
    start: int
    """Characters of the line before it."""

    def __new__(cls, text: str, start: int = 0) -> Self:
        """`text` as it stands in its line from `start` on."""
        piece = super().__new__(cls, text)
        piece.start = start
        return piece

    @property
    def end(self) -> int:
        """Where in the line it ends."""
        return self.start + len(self)

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        """A part of it; only one without gaps is a piece."""
        part = super().__getitem__(key)
        if not isinstance(key, slice) or key.step not in {None, 1}:
            return part
        return Piece(part, self.start + key.indices(len(self))[0])

    def strip(self, chars: str | None = None, /) -> str:
        """Without these characters at both ends."""
        return self.lstrip(chars).rstrip(chars)

    def lstrip(self, chars: str | None = None, /) -> "Piece":
        """Without these characters in front."""
        rest = super().lstrip(chars)
        return Piece(rest, self.end - len(rest))

    def rstrip(self, chars: str | None = None, /) -> "Piece":
        """Without these characters at the end."""
        return Piece(super().rstrip(chars), self.start)
