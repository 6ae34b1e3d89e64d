"""Cutting a line into sentences, where a full stop ends one and no abbreviation or date."""

import re
from collections.abc import Iterator

_END = re.compile(r"(?:(?<![.!?…])[.!?…]+[\"')\]]*|[🎉👍✅🙂😊])\s+(?=\S)")
_WORD_BEFORE = re.compile(r"[\w'.-]{0,20}$")
_ABBREVIATIONS = frozenset(
    {
        "ca",
        "approx",
        "fr",
        "incl",
        "bzw",
        "etc",
        "vs",
        "max",
        "min",
        "dr",
        "mr",
        "mrs",
        "z.b",
        "e.g",
        "i.e",
        "d.h",
        "conf",
        "o.k",
    }
)
_ENDS_A_VALUE = frozenset("%€$£)")
_NUMBERING = frozenset({"no", "nr"})
"""Abbreviations before a number; "no." alone is an answer."""


def sentences(text: str) -> Iterator[str]:
    """The sentences of one line, without the blanks between them."""
    start = seen = 0
    worded = False
    for end in _END.finditer(text):
        before = _WORD_BEFORE.search(text[max(0, end.start() - 20) : end.start()])
        word = before.group().lower() if before else ""
        numbers = word in _NUMBERING and text[end.end() : end.end() + 1].isdigit()
        if (
            text[end.start()] == "."
            and text[end.start() - 1 : end.start()] not in _ENDS_A_VALUE
            and not end.group().startswith("..")
            and (word in _ABBREVIATIONS or numbers or (word and word[-1].isdigit()) or not word)
        ):
            continue
        worded = worded or any(char.isalnum() for char in text[seen : end.start()])
        seen = end.end()
        if not worded:
            continue  # a tick or smile in front belongs to what it is put before
        yield text[start:seen].strip()
        start, worded = seen, False
    if text[start:].strip():
        yield text[start:].strip()
