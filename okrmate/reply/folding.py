"""Text made readable by rule, character by character, so that every position still points into the person's words."""

import re
import unicodedata
from functools import lru_cache

MAX_LINE = 600
"""No pattern runs on a line longer than this (design "The sender's own words", rule 1)."""

_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufe0f\ufeff"
)
_MARKUP = "*_`"
_TABLE = str.maketrans(
    {
        # What stays as it is is named too: each character that a table lacks costs an exception inside `translate`.
        **{chr(code): chr(code) for code in range(256)},
        **dict.fromkeys(_SPACES + _INVISIBLE + _MARKUP, " "),
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width forms
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
        "\u0130": "i",  # whose small form is two characters
        "\u2212": "-",
        "\u2010": "-",
        "\u2011": "-",
        "\u2044": "/",
    }
)
_SHORT_NAMES = {":+1:": "👍   ", ":-1:": "👎   "}
"""Signs by the names that programmers type for them, as long as those; a number in a name is none."""
_RUN = re.compile(r"\s+")


def composed(text: str) -> str:
    """`text` with accents in one character each (NFC), as the word tables have them."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """`text` in lower case and plain characters, of the same length: full-width forms, spaces, quotes, emphasis."""
    # As a plain string, so that a piece of a line finds in the cache what its characters were folded to.
    return _folded_line(str(text)) if len(text) <= MAX_LINE else _folded(text)


def _folded(text: str) -> str:
    plain = text.translate(_TABLE)
    if "1:" in plain:
        for name, sign in _SHORT_NAMES.items():
            plain = plain.replace(name, sign)
    low = plain.lower()
    if len(low) == len(plain):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in plain)


def squeezed(text: str) -> str:
    """`text` folded with every run of blanks as one: two lines that look the same are the same."""
    return _squeezed_line(text) if len(text) <= MAX_LINE else _squeezed(text)


def _squeezed(text: str) -> str:
    return _RUN.sub(" ", fold(text)).strip()


def skip(low: str, at: int, signs: str | None = " ") -> int:
    """Where from `at` on the first character stands that is none of these signs; any blank where None is given."""
    return at + len(low[at:]) - len(low[at:].lstrip(signs))


def behind(text: str, begins: str) -> str:
    """What stands in `text` behind words that it begins with, which are given squeezed."""
    low, at = fold(text), 0
    for word in begins.split():
        at = low.index(word, at) + len(word)
    return text[at:]


# A line is looked at by many rules, and the lines of a letter come back with every answer to it.
_folded_line = lru_cache(maxsize=4096)(_folded)
_squeezed_line = lru_cache(maxsize=4096)(_squeezed)
