"""Header fields as text: unfolded, decoded, and the addresses and Message-IDs in them.

Everything here is linear in its input and raises on no input: headers are written by strangers.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import parsedate_to_datetime

from okrmate.mail.charsets import INVISIBLE, decoded

HEAD_LIMIT = 256 * 1024
"""Bytes of a message that are looked at for header fields; no honest mail has more."""

VALUE_LIMIT = 32 * 1024
"""Characters of one field that are interpreted; a `References` of 300 Message-IDs fits."""

_HEAD_ENDS = (b"\n\n", b"\n\r\n", b"\r\r")
_FIELD_NAME = re.compile(rb"[\x21-\x39\x3b-\x7e]+\Z")  # RFC 5322 section 2.2: printable, no colon
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z|\\\Z)')  # an open quote ends with the value: linear
_BETWEEN_ADDRESSES = re.compile(r'[\s<>,;:"()\[\]\\]+')
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")
_BREAKING = [*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029]
_UNSEEN = dict.fromkeys(_BREAKING, " ") | dict.fromkeys(INVISIBLE, "")


def read_headers(raw_head: bytes) -> Mapping[str, tuple[str, ...]]:
    """The fields of the head: name in lower case → values in order, unfolded and otherwise as they came.

    Reads up to the first empty line; what lies behind may be missing. Bytes that are no UTF-8 are Latin-1.
    """
    head = raw_head[:HEAD_LIMIT]
    if head[:1] in {b"\r", b"\n"}:
        return {}
    ends = [place for blank in _HEAD_ENDS if (place := head.find(blank)) >= 0]
    fields: dict[str, list[list[bytes]]] = {}
    current: list[bytes] = []
    for line in head[: min(ends, default=None)].splitlines():
        if line[:1] in {b" ", b"\t"}:
            current.append(line)
            continue
        name, colon, value = line.partition(b":")
        current = [value]
        if colon and _FIELD_NAME.match(name := name.rstrip(b" \t")):
            fields.setdefault(name.decode("ascii").lower(), []).append(current)
    return {
        name: tuple(decoded(b"".join(lines), "utf-8").strip() for lines in values) for name, values in fields.items()
    }


def plain(text: str) -> str:
    """The text on one line: control characters become spaces, invisible direction marks go."""
    seen = text if text.isascii() and text.isprintable() else text.translate(_UNSEEN)
    return " ".join(seen.split())


def decoded_words(value: str) -> str:
    """A field's value with its encoded words (RFC 2047) read, on one line; unreadable ones stay as they are."""
    value = value[:VALUE_LIMIT]
    if "=?" not in value:
        return plain(value)
    try:
        chunks = decode_header(value)
    except (HeaderParseError, ValueError):
        return plain(value)
    words = [chunk if isinstance(chunk, str) else _word(chunk, charset) for chunk, charset in chunks]
    return plain("".join(words))


def _word(chunk: bytes, charset: str | None) -> str:
    if charset:
        return decoded(chunk, charset)
    try:  # the standard library hands unencoded text beyond Latin-1 back in this form
        return chunk.decode("raw-unicode-escape")
    except UnicodeError:
        return chunk.decode("latin-1")


def without_comments(value: str) -> str:
    """The value without its comments (RFC 5322 section 3.2.2: nested parentheses), quoted strings kept."""
    if "(" not in value:
        return value
    kept: list[str] = []
    depth, quoted, escaped = 0, False, False
    for char in value[:VALUE_LIMIT]:
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif quoted or (char == '"' and depth == 0):
            quoted = quoted != (char == '"')
        elif char == "(":
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            kept.append(" ")
            continue
        if depth == 0:
            kept.append(char)
    return "".join(kept)


def addresses(values: Iterable[str]) -> tuple[str, ...]:
    """Every different bare address in the fields, in lower case and in order.

    An address inside an unquoted display name counts as well: `maya@example.net <other@example.org>` names
    two, and which of them is meant is not guessed.
    """
    found = dict.fromkeys(
        word.lower()
        for value in values
        for word in _BETWEEN_ADDRESSES.split(_QUOTED.sub(" ", without_comments(value[:VALUE_LIMIT])))
        if is_address(word)
    )
    return tuple(found)


def is_address(word: str) -> bool:
    """Whether the word has the shape of a bare address (RFC 5322 section 3.4.1, dot-atom form)."""
    local, _, domain = word.partition("@")
    return bool(local and domain) and "@" not in domain


def display_name(value: str) -> str:
    """The name in front of the first address in angle brackets, decoded; empty where there is none."""
    name, bracket, _ = value[:VALUE_LIMIT].partition("<")
    if not bracket:
        return ""
    name = name.strip()
    if name.startswith('"') and name.endswith('"'):
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return decoded_words(name)


def message_ids(values: Iterable[str]) -> tuple[str, ...]:
    """The Message-IDs in the fields, in angle brackets and in order."""
    return tuple(found for value in values for found in _MESSAGE_ID.findall(value[:VALUE_LIMIT]))


def moment(written: str) -> datetime | None:
    """The moment that a date names (RFC 5322 section 3.3), aware; None where it is none, or names no zone."""
    try:
        found = parsedate_to_datetime(written.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else None
