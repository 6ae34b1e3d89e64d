"""The part of a sentence that speaks of one key result, as a value."""

from okrmate.frozen import Frozen


class Body(Frozen):
    """The part of a sentence that speaks of one key result: the person's words and the same folded, by position.

    `bare` is set where no reference stands before it, so that less is taken for granted.
    """

    text: str
    low: str
    start: int
    end: int
    bare: bool = False
    by_title: bool = False

    def words(self, start: int, end: int | None = None) -> str:
        """The person's own words there."""
        return self.text[start : self.end if end is None else end].strip()

    def note(self, start: int) -> str:
        """What follows `start` as a note: without the sign that separates it, or the brackets around it."""
        words = self.words(start).lstrip(" ,;:.–—-|!").rstrip(" ,;")
        if words.startswith("(") and words.endswith(")"):
            return words[1:-1].strip()
        return words
