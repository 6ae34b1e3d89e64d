"""A letter as the bytes that leave: headers by RFC 5322, text and HTML as alternatives, and the tokens in both.

The same letter gives the same bytes each time, so that a copy sent again is the same mail.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import ACKNOWLEDGING, Outgoing
from okrmate.mail.headers import is_address, plain

LINE_WIDTH = 76
"""Characters of an encoded line (RFC 2045 section 6.7); far below the 998 of RFC 5322 section 2.1.1."""
REFERENCES_KEPT = 20
"""Message-IDs of a thread that are named: the first and the youngest."""

_POLICY = EmailPolicy(linesep="\r\n", cte_type="7bit", max_line_length=LINE_WIDTH, utf8=False)
_TOKEN = r"[a-z0-9]{20,64}"  # noqa: S105 - the shape of one, not one
_TOKEN_ID = re.compile(rf"<({_TOKEN})\.([A-Za-z0-9_-]{{1,64}})@[^<>\s@]+>\Z", re.IGNORECASE)
_TOKEN_ADDRESS = re.compile(rf"[^\s@]+\+({_TOKEN})@[^\s@]+\Z", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,900}>\Z")


def message_id(token: str, home_id: str, domain: str) -> str:
    """The Message-ID of a letter of this home, in angle brackets."""
    return f"<{token}.{home_id}@{domain}>"


def reply_address(address: str, token: str) -> str:
    """The address a letter's answer goes to: `name+TOKEN@domain`."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"


def token_of_message_id(identifier: str) -> tuple[str, str] | None:
    """The token and the home's id in a Message-ID of okrmate's form, or None."""
    found = _TOKEN_ID.match(identifier)
    return (found.group(1).lower(), found.group(2)) if found else None


def token_of_address(address: str) -> str | None:
    """The token in a plus-address, or None."""
    found = _TOKEN_ADDRESS.match(address)
    return found.group(1).lower() if found else None


def compose(
    letter: Outgoing,
    *,
    text: str,
    html: str,
    sender_name: str,
    sender_address: str,
    date: datetime,
    reply_to: str = "",
) -> bytes:
    """The letter as it leaves, lines ending in CRLF; `date` (aware) is written in its own zone.

    Line breaks in names and in the subject become spaces; an address or Message-ID that is none is a `UsageError`,
    so no header can be smuggled in. There is no List-Unsubscribe: a letter to one person is no bulk mail.
    """
    head = [
        ("From", _mailbox(sender_name, sender_address)),
        ("To", _mailbox(letter.name, letter.address)),
        ("Subject", _words(letter.subject)),
        ("Date", format_datetime(date)),
        ("Message-ID", _identifier(letter.message_id)),
    ]
    if reply_to:
        head.append(("Reply-To", _mailbox(sender_name, reply_to)))
    if replied := _thread([letter.in_reply_to]):
        head.append(("In-Reply-To", replied[0]))
    if thread := _thread(letter.references):
        head.append(("References", "\r\n ".join(thread)))
    answers = letter.kind in ACKNOWLEDGING
    head += [
        ("Auto-Submitted", "auto-replied" if answers else "auto-generated"),  # RFC 3834 section 5
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        ("MIME-Version", "1.0"),
    ]
    fields = "".join(f"{name}: {value}\r\n" for name, value in head)
    return fields.encode("ascii") + _body(letter, text, html)


def _body(letter: Outgoing, text: str, html: str) -> bytes:
    """Content-Type, the empty line and the parts, the richest last (RFC 2046 section 5.1.4)."""
    parts = [_part(text, "plain"), _part(html, "html")]
    if letter.calendar:
        parts.append(_part(letter.calendar, "calendar", method=letter.calendar_method))
    # "=_" cannot stand in quoted-printable text, so no part can contain the boundary.
    boundary = f"=_{letter.id}"
    pieces = [f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'.encode("ascii")]
    for part in parts:
        pieces += [f"--{boundary}\r\n".encode("ascii"), part, b"\r\n"]
    pieces.append(f"--{boundary}--\r\n".encode("ascii"))
    return b"".join(pieces)


def _part(content: str, subtype: str, **params: str) -> bytes:
    part = EmailMessage(policy=_POLICY)
    part.set_content(content, subtype=subtype, charset="utf-8", cte="quoted-printable", params=params)
    del part["MIME-Version"]  # stands once, at the top
    return part.as_bytes()


def _words(text: str) -> str:
    """Unstructured text for a header: on one line, encoded (RFC 2047) and folded where it must be."""
    flat = plain(text)
    if flat.isascii() and len(flat) < LINE_WIDTH and "=?" not in flat:
        return flat
    return Header(flat, "utf-8", maxlinelen=LINE_WIDTH, header_name="Reply-To").encode(linesep="\r\n")


def _mailbox(name: str, address: str) -> str:
    """A name and address for a header, or `UsageError` where the address is none."""
    if not (
        is_address(address) and address.isascii() and address.isprintable() and not set(address) & set(' <>,;:"()')
    ):
        raise UsageError(f"{plain(address) or 'An empty text'} is not an address that mail can be sent to.")
    words = _words(name)
    if words != plain(name):
        return f"{words} <{address}>"
    return formataddr((words, address))


def _identifier(identifier: str) -> str:
    if not _MESSAGE_ID.match(identifier):
        raise UsageError(f"{plain(identifier) or 'An empty text'} is not a Message-ID.")
    return identifier


def _thread(references: Iterable[str]) -> list[str]:
    """The Message-IDs that can be named; a stranger's broken one is left out."""
    valid = [identifier for identifier in references if _MESSAGE_ID.match(identifier)]
    return valid if len(valid) <= REFERENCES_KEPT else [valid[0], *valid[1 - REFERENCES_KEPT :]]
