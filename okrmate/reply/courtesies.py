"""Greetings and sign-offs at the edges of a reply: lines of their own that are no words for the mentor."""

import re
from collections.abc import Sequence

from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.lexicon import Lexicon

_EDGES = " \t.,;:!–—-🙂😊👋🙏"
_CONTACT = re.compile(
    r"(?:[^\W\d_]{1,12}[.:]? ?)?\+?[0-9(][0-9 ()/.-]{6,}|(?:[^\W\d_]{1,12}: ?)?[^\s@]+@[^\s@]+|(?:https?://|www\.)\S+"
)
"""A telephone number, an address or a link as all of a line."""
_NAME = re.compile(r"[^\W\d_][\w.'-]*(?: [^\W\d_][\w.'-]*){0,2}")
"""A name in up to three words."""


def without_courtesies(lines: Sequence[str], words: Lexicon, writer: str = "", *, beside: bool = False) -> list[str]:
    """`lines` without the greeting at the top and the sign-off with its name at the end.

    The name of the `writer`, whole or the first of it, is a sign-off by itself. Only what is a courtesy and nothing
    else is cut, and nothing where there would be no other line, unless there are words `beside` them.
    """
    first, last = 0, len(lines)
    while first < last and (not lines[first].strip() or _is_courtesy("greeting", lines[first], words)):
        first += 1
    signed = _signed_from(lines, first, words, fold(writer).split())
    last = last if signed is None else signed
    kept = list(lines[first:last])
    return kept if beside or any(line.strip() for line in kept) else list(lines)


def in_order(left: Sequence[str], text: str) -> list[str]:
    """`left` in the order in which its lines stand in `text`; what does not stand there keeps its neighbour."""
    places: list[int] = []
    for line in left:
        last = places[-1] if places else 0
        behind = text.find(line, last)  # as nearly always, and found without a look at all that stands before
        found = behind if behind >= 0 else text.find(line)
        places.append(found if found >= 0 else last)
    return [line for _, line in sorted(zip(places, left, strict=True), key=lambda pair: pair[0])]


def _signed_from(lines: Sequence[str], first: int, words: Lexicon, writer: Sequence[str]) -> int | None:
    """Where the sign-off begins: thanks and regards, then at most one line with a name, which may be all of it."""
    at = _back(lines, len(lines), first)
    while at > first and _is_contact(lines[at - 1]):
        at -= 1  # under a name they are part of it
    named = at > first and _names(lines[at - 1]) and not _is_courtesy("sign_off", lines[at - 1], words)
    own = named and fold(lines[at - 1].strip(_EDGES)).split() in (writer, writer[:1])
    begins = at - 1 if own else None
    at = _back(lines, at - 1, first) if named else at
    while at > first and _is_courtesy("sign_off", lines[at - 1], words):
        begins = at - 1
        at = _back(lines, at - 1, first)
    return begins


def _back(lines: Sequence[str], at: int, first: int) -> int:
    """Back over empty lines."""
    while at > first and not lines[at - 1].strip():
        at -= 1
    return at


def _is_contact(line: str) -> bool:
    return len(line) <= MAX_LINE and _CONTACT.fullmatch(line.strip()) is not None


def _names(line: str) -> bool:
    """Whether a line can be somebody's name: up to three words, the first with a capital letter."""
    bare = line.strip(_EDGES)
    return len(line) <= MAX_LINE and bare[:1].isupper() and _NAME.fullmatch(bare) is not None


def _is_courtesy(name: str, line: str, words: Lexicon) -> bool:
    """Whether a line is a phrase of the list; a greeting may have a name behind it, thanks to somebody are words."""
    if len(line) > MAX_LINE:
        return False
    bare = line.strip(_EDGES)
    end = words.starts(name, fold(bare))
    if end < 0:
        return False
    behind = bare[end:].strip(_EDGES)
    return not behind or (name == "greeting" and _names(behind))
