"""What an IMAP server answers, as values: fetched messages, listed folders, numbers (RFC 3501 section 7)."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from imap_tools.imap_utf7 import utf7_decode, utf7_encode

from okrmate.frozen import Frozen
from okrmate.mail.headers import moment

Data = Sequence[bytes | tuple[bytes, bytes] | None]
"""An answer as `imaplib` gives it: lines, and pairs of a line's beginning and the literal behind it."""

_DIGITS = 10
"""Of a number at most (RFC 3501 section 9, number)."""
_LONGEST_NAME = 10_000
"""Bytes of what tells one folder; more than any command line may have that names it (RFC 2683 section 3.2.1.5)."""
_UID = re.compile(rb"[( ]UID (\d{1,10})\b")
_SIZE = re.compile(rb"[( ]RFC822\.SIZE (\d{1,10})\b")
_ARRIVED = re.compile(rb'[( ]INTERNALDATE "([^"]{1,40})"')
_LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?:[^"\\]|\\.)*"|NIL) (?P<name>.*)', re.DOTALL)
_ESCAPED = re.compile(rb"\\(.)")
_QUOTED_NAME = re.compile(rb'"(?P<inside>(?:[^"\\]|\\.)*)"')


class Fetched(Frozen):
    """One message of a FETCH: the first literal of it, its size in bytes on the server, and when that took it."""

    uid: int
    size: int
    content: bytes
    arrived_at: datetime | None = None


class Folder(Frozen):
    """A folder of the account: the name people see, the one the server knows, and its uses (RFC 6154), lower-case."""

    name: str
    wire: str
    uses: frozenset[str] = frozenset()

    @classmethod
    def named(cls, name: str) -> "Folder":
        """A folder the server did not list, by the name people see."""
        return cls(name=name, wire=utf7_encode(name).decode("ascii"))

    @property
    def quoted(self) -> str:
        """Its name as commands take it (RFC 3501 section 4.3)."""
        return '"' + self.wire.replace("\\", r"\\").replace('"', r"\"") + '"'


def fetched(data: Data) -> Iterator[Fetched]:
    """The messages in a FETCH's answer that come with content.

    Told by their own UIDs and not by their places: a server may put changed flags of other messages in between.
    """
    lines: list[bytes] = []
    content: bytes | None = None
    for part in data:
        if isinstance(part, tuple):
            lines.append(part[0])
            content = part[1] if content is None else content
            continue
        lines.append(part or b"")
        said = b"".join(lines)
        uid, size, arrived = _UID.search(said), _SIZE.search(said), _ARRIVED.search(said)
        if uid and content is not None:
            yield Fetched(
                uid=int(uid[1]),
                size=int(size[1]) if size else len(content),
                content=content,
                arrived_at=_moment(arrived[1]) if arrived else None,
            )
        lines, content = [], None


def listed(data: Data) -> Iterator[Folder]:
    """The folders in a LIST's answer; a line that cannot be read is passed over, as is a name no command can hold."""
    for part in data:
        line, literal = part if isinstance(part, tuple) else (part or b"", None)
        found = _LISTED.match(line) if len(line) + len(literal or b"") <= _LONGEST_NAME else None
        if not found:
            continue
        name = literal if literal is not None else _unquoted(found["name"])
        if name and name.isascii() and name.decode().isprintable():
            uses = frozenset(flag.decode("ascii", "replace").lower() for flag in found["flags"].split())
            yield Folder(name=_readable(name), wire=name.decode(), uses=uses)


def numbers(data: Data) -> tuple[int, ...]:
    """The numbers in the answer to a SEARCH, ascending."""
    found = (word for line in data if isinstance(line, bytes) for word in line.split())
    return tuple(sorted(int(word) for word in found if word.isdigit() and len(word) <= _DIGITS))


def words(data: Data) -> frozenset[str]:
    """The words of the last line, as PERMANENTFLAGS and CAPABILITY give them, upper-case."""
    line = data[-1] if data else None
    text = line.decode("ascii", "replace") if isinstance(line, bytes) else ""
    return frozenset(text.upper().strip("()").split())


def _moment(written: bytes) -> datetime | None:
    """A date as IMAP has it (RFC 3501 section 9, date-time), which but for two dashes is that of a mail."""
    return moment(written.decode("ascii", "replace").replace("-", " ", 2))


def _unquoted(name: bytes) -> bytes:
    inside = _QUOTED_NAME.fullmatch(name.rstrip())
    return _ESCAPED.sub(rb"\1", inside["inside"]) if inside else name.rstrip()


def _readable(name: bytes) -> str:
    """The name as people see it; as it is where it follows no rule, such as R&D as it is typed, or cannot be seen."""
    with suppress(ValueError):
        readable = utf7_decode(name)
        if readable.isprintable() and utf7_encode(readable) == name:
            return readable
    return name.decode("ascii")
