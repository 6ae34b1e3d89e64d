"""The nearest known word to one that is not known, for sentences that help."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like `word`, or an empty text where none comes near."""
    spellings = {candidate.casefold(): candidate for candidate in known}
    found = get_close_matches(word.casefold(), spellings, n=1, cutoff=0.6)
    return spellings[found[0]] if found else ""
