"""The body of a mail: which of its parts are read, what else came with it, and the bounds of both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from enum import StrEnum
from typing import TypeAlias

from okrmate.domain.letters import QuotedLine
from okrmate.mail.alternatives import Versions, compared
from okrmate.mail.armour import is_encrypted, without_armour
from okrmate.mail.charsets import codec_of, decoded
from okrmate.mail.headers import decoded_words
from okrmate.mail.html import html_lines
from okrmate.mail.plaintext import fixed_lines, flowed_lines, text_lines

TEXT_LIMIT = 1024 * 1024
"""Bytes of text in it, all parts together."""
LINE_LIMIT = 20_000
"""Lines of text in it."""
DEPTH_LIMIT = 30
"""MIME parts inside one another."""
_STRUCTURE_LIMIT = 200
"""Boundaries and enclosed messages that are declared: counted in the raw bytes, as parsing them nested is slow."""
_RAW_LINE_LIMIT = 150_000
"""Lines of the whole mail; an attachment of 5 MB has 70,000."""
_STATUS_LIMIT = 2_000
"""Blank lines of a delivery report: the standard parser makes a message of what stands between two (RFC 3464)."""
_BLANK_LINES = (b"\n\n", b"\n\r\n", b"\r\r")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
"""The type of what is signed and not encrypted (RFC 5652 section 5.1), in DER; it stands in the first bytes."""
_CMS_HEAD = 40

_Part: TypeAlias = "Message[str, str]"  # only the type checker knows its parameters


class MailProblem(StrEnum):
    """What is wrong with a mail, by name; the first five make it unreadable, the others are noted."""

    TOO_BIG = "too big"
    TOO_MUCH_TEXT = "too much text"
    TOO_MANY_LINES = "too many lines"
    TOO_DEEP = "too deep"
    BROKEN = "broken"
    NO_TEXT = "no text"
    ENCRYPTED = "encrypted"
    SIGNED_WHOLE = "signed in one piece, which only S/MIME opens"
    PARTIAL = "partial"
    WINMAIL = "winmail.dat"
    CONTRADICTING = "its text and its HTML say different things"
    FAINT = "some of its text may not be seen by its reader"
    UNKNOWN_CHARSET = "unknown charset"
    BAD_DATE = "bad date"
    NO_MESSAGE_ID = "no Message-ID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A part that is kept and never opened; `size` in bytes, decoded; winmail.dat has its type whatever it claims.

    `shown`: it stands within the text, as signature pictures and pasted ones do. `content` is empty where a mail lies
    within the mail and is too broken to be written out again.
    """

    name: str
    content_type: str
    size: int
    shown: bool = False
    content: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class PastBoundError(Exception):
    """The body is larger, longer or deeper than what is read."""

    reason: MailProblem


@dataclass(slots=True)
class Body:
    """What the walk through the parts has gathered."""

    lines: list[QuotedLine] = field(default_factory=list)
    seen: list[QuotedLine] = field(default_factory=list)
    """The lines without what its reader may not see."""
    calendars: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    problems: list[MailProblem] = field(default_factory=list)
    parts: int = 0
    text_size: int = 0

    def note(self, problem: MailProblem) -> None:
        """Remember the problem, once."""
        if problem not in self.problems:
            self.problems.append(problem)


def read_body(raw: bytes) -> Body:
    """What the body of the mail says; `PastBoundError` past a bound, `RecursionError` where it is nested too deep."""
    lowered = raw.lower()
    if lowered.count(b"boundary") + lowered.count(b"message/") > _STRUCTURE_LIMIT:
        raise PastBoundError(MailProblem.TOO_DEEP)
    if max(raw.count(b"\n"), raw.count(b"\r")) > _RAW_LINE_LIMIT:
        raise PastBoundError(MailProblem.TOO_MANY_LINES)
    if b"delivery-status" in lowered and sum(map(raw.count, _BLANK_LINES)) > _STATUS_LIMIT:
        raise PastBoundError(MailProblem.TOO_MANY_LINES)
    body = Body()
    for part in _leaves(message_from_bytes(raw), body, 1):
        _take(part, body)
    if not any(line.text.strip() for line in body.lines):
        body.note(MailProblem.NO_TEXT)
    elif is_encrypted(body.lines):
        body.note(MailProblem.ENCRYPTED)
    body.lines = without_armour(body.lines)
    return body


def _leaves(part: _Part, body: Body, depth: int) -> Iterator[_Part]:
    """The parts that say something, in order; of alternatives the version that says most, and any calendar."""
    if depth > DEPTH_LIMIT:
        raise PastBoundError(MailProblem.TOO_DEEP)
    content_type = part.get_content_type()
    children = _children(part)
    if content_type == "multipart/encrypted":
        body.note(MailProblem.ENCRYPTED)
    elif content_type.startswith("message/"):
        # A mail within the mail is somebody else's words: kept, not read.
        if content_type == "message/partial":
            body.note(MailProblem.PARTIAL)
        body.attachments.append(_enclosed(part))
    elif not children:
        yield part  # also a multipart without parts: its text stands where the preamble would
    elif content_type == "multipart/alternative":
        leaves = [leaf for child in children for leaf in _leaves(child, body, depth + 1)]
        yield from _best(leaves, body)
    elif content_type == "multipart/related":
        yield from _leaves(children[0], body, depth + 1)
        for child in children[1:]:
            body.attachments.append(_attachment(child, related=True))
    else:
        for child in children:
            yield from _leaves(child, body, depth + 1)


def _children(part: _Part) -> list[_Part]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _best(leaves: list[_Part], body: Body) -> Iterator[_Part]:
    written = [leaf for leaf in leaves if _is_text(leaf, "text/plain") and _payload(leaf).strip()]
    shown = [leaf for leaf in leaves if _is_text(leaf, "text/html")]
    unread = "text/html" if written and not (shown and _shows_more(written, shown, body)) else "text/plain"
    for leaf in leaves:
        if not _is_text(leaf, unread):
            yield leaf


def _shows_more(written: list[_Part], shown: list[_Part], body: Body) -> bool:
    """Whether the HTML is what counts; where the two contradict each other it is, and that is noted."""
    if sum(len(_payload(part)) for part in (*written, *shown)) > TEXT_LIMIT:
        return False
    seen = [html_lines(_decoded(part)) for part in shown]
    text = [line for part in written for line in fixed_lines(text_lines(_decoded(part)), 0)]
    versions = compared(text, [line for one in seen if one for line in one.lines])
    if versions is Versions.CONTRADICTING:
        body.note(MailProblem.CONTRADICTING)
    return versions is not Versions.TEXT and None not in seen


def _is_text(part: _Part, content_type: str) -> bool:
    return part.get_content_type() == content_type and not _is_attached(part)


def _take(part: _Part, body: Body) -> None:
    content_type = part.get_content_type()
    if content_type in {"text/calendar", "application/ics"}:
        body.calendars.append(_text(part, body))
    elif content_type.startswith("multipart/") or (content_type == "text/plain" and not _is_attached(part)):
        _take_plain(part, body)
    elif content_type == "text/html" and not _is_attached(part):
        found = html_lines(_text(part, body), body.parts)
        if found is None:
            raise PastBoundError(MailProblem.TOO_DEEP)
        if found.faint:
            body.note(MailProblem.FAINT)
        _add(body, found.lines, found.seen if found.faint else found.lines)
    else:
        hidden = _hidden(part)
        if hidden is not None:
            body.note(hidden)
        body.attachments.append(_attachment(part))


def _hidden(part: _Part) -> MailProblem | None:
    """Why the words in a part cannot be seen, where words are in it."""
    match part.get_content_type():
        case "application/pkcs7-mime" | "application/x-pkcs7-mime":
            # By what is in it: its label is left out or wrong as often as not.
            return MailProblem.SIGNED_WHOLE if _SIGNED_DATA in _payload(part)[:_CMS_HEAD] else MailProblem.ENCRYPTED
        case "application/pgp-encrypted":
            return MailProblem.ENCRYPTED
        case "application/ms-tnef" | "application/vnd.ms-tnef":
            return MailProblem.WINMAIL
        case _:
            named = (part.get_filename() or "").lower() == "winmail.dat"
            return MailProblem.WINMAIL if named else None


def _take_plain(part: _Part, body: Body) -> None:
    lines = text_lines(_text(part, body))
    if _parameter(part, "format").lower() == "flowed":
        delete_space = _parameter(part, "delsp").lower() == "yes"
        _add(body, flowed_lines(lines, body.parts, delete_space=delete_space))
    else:
        _add(body, fixed_lines(lines, body.parts))


def _add(body: Body, found: Sequence[QuotedLine], seen: Sequence[QuotedLine] | None = None) -> None:
    body.lines.extend(found)
    body.seen.extend(found if seen is None else seen)
    body.parts += 1
    if len(body.lines) > LINE_LIMIT:
        raise PastBoundError(MailProblem.TOO_MANY_LINES)


def _text(part: _Part, body: Body) -> str:
    content = _payload(part)
    body.text_size += len(content)
    if body.text_size > TEXT_LIMIT:
        raise PastBoundError(MailProblem.TOO_MUCH_TEXT)
    if codec_of(_charset(part)) is None:
        body.note(MailProblem.UNKNOWN_CHARSET)
    return _decoded(part)


def _decoded(part: _Part) -> str:
    return decoded(_payload(part), _charset(part))


def _charset(part: _Part) -> str:
    return _parameter(part, "charset") or "utf-8"


def _payload(part: _Part) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _parameter(part: _Part, name: str) -> str:
    value = part.get_param(name)
    return value[2] if isinstance(value, tuple) else value or ""


def _is_attached(part: _Part) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _attachment(part: _Part, *, related: bool = False) -> Attachment:
    winmail = _hidden(part) is MailProblem.WINMAIL
    content, disposition = _payload(part), part.get_content_disposition()
    return Attachment(
        name=decoded_words(part.get_filename() or ""),
        content_type="application/ms-tnef" if winmail else part.get_content_type(),
        size=len(content),
        shown=related or disposition == "inline" or (disposition is None and "content-id" in part),
        content=content,
    )


def _enclosed(part: _Part) -> Attachment:
    texts = [inner.get_payload() for inner in part.walk() if not inner.is_multipart()]
    return Attachment(
        name=decoded_words(part.get_filename() or ""),
        content_type=part.get_content_type(),
        size=sum(len(text) for text in texts if isinstance(text, str)),
        content=_written_out(part),
    )


def _written_out(part: _Part) -> bytes:
    """The mail within a part; empty where the standard writer takes offence at it."""
    try:
        return b"".join(child.as_bytes() for child in _children(part)[:1])
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
        return b""
