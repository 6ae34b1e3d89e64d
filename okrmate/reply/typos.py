"""Forgiving one slip of the finger in a status word: two letters swapped, or one missing from a long word."""

from collections.abc import Iterable

LONG = 8
"""From this length on a missing letter still leaves no other word."""
SHORT = 4


def mistyped(said: str, words: Iterable[str]) -> bool:
    """Whether `said` is one of `words` with two neighbouring letters swapped, or a long one with a letter missing."""
    return any(_swapped(said, word) or _missing(said, word) for word in words if len(word) >= SHORT)


def _swapped(said: str, word: str) -> bool:
    if len(said) != len(word) or said == word:
        return False
    apart = [index for index in range(len(word)) if said[index] != word[index]]
    if len(apart) != 2 or apart[1] != apart[0] + 1:  # noqa: PLR2004 -- a swap is two letters
        return False
    first, second = apart
    return said[first] == word[second] and said[second] == word[first]


def _missing(said: str, word: str) -> bool:
    return (
        len(word) >= LONG
        and len(said) == len(word) - 1
        and any(word[:index] + word[index + 1 :] == said for index in range(len(word)))
    )
