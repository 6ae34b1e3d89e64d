"""A mail that arrived, as a value: raw bytes in, headers and quoted lines out, or a named reason why not.

`read_mail` raises on no input. Bounds come before patterns: what is too big, too long or too deep is `Unreadable`
and waits for the mentor.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from okrmate.domain.letters import QuotedLine
from okrmate.mail.body import Attachment, MailProblem, PastBoundError, read_body
from okrmate.mail.headers import addresses, decoded_words, display_name, message_ids, plain, read_headers

SIZE_LIMIT = 5 * 1024 * 1024
"""Bytes of a mail that is read."""
_ID_LENGTH = 900
"""Characters of a Message-ID or date that is believed; a line holds 998."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What the head of a mail says.

    `message_id` is in angle brackets, or `sha256:…` of the bytes where it has none. `from_addresses` are all
    different ones, in lower case. `date` is UTC; what claims no zone is taken as UTC. `headers` are unfolded and
    otherwise as they came. `raw` is the mail itself, for reports that quote ours.
    """

    message_id: str
    from_addresses: tuple[str, ...]
    sender_name: str
    to_addresses: tuple[str, ...]
    cc_addresses: tuple[str, ...]
    subject: str
    date: datetime | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    headers: Mapping[str, tuple[str, ...]]
    raw: bytes = field(repr=False)
    problems: tuple[MailProblem, ...] = ()

    @property
    def sender(self) -> str:
        """The one address it is from; empty where there is none or more than one."""
        return self.from_addresses[0] if len(self.from_addresses) == 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMail(Envelope):
    """A mail that could be read: what it says line by line, and what came with it."""

    lines: tuple[QuotedLine, ...]
    calendars: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    seen: tuple[QuotedLine, ...] = ()
    """Where some of the lines may not be seen by a reader (`MailProblem.FAINT`): the lines without that."""
    unseen: tuple[str, ...] = ()
    """What was left out of `lines` because of that, where they are the seen ones (`okrmate.services.incoming.seen`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable(Envelope):
    """A mail past a bound: its head, and the reason nothing else of it is read."""

    reason: MailProblem


def read_mail(raw: bytes, *, size_limit: int = SIZE_LIMIT) -> InboundMail | Unreadable:
    """The mail in `raw`; `size_limit` in bytes. Anything may be given; nothing is raised."""
    envelope = _envelope(raw)
    if len(raw) > size_limit:
        return Unreadable(**envelope, reason=MailProblem.TOO_BIG)
    try:
        body = read_body(raw)
    except PastBoundError as past:
        return Unreadable(**envelope, reason=past.reason)
    except RecursionError:  # the standard parser goes down a call a level
        return Unreadable(**envelope, reason=MailProblem.TOO_DEEP)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
        # The standard parser's own mistakes on broken input; the raw mail is kept and waits for the mentor.
        return Unreadable(**envelope, reason=MailProblem.BROKEN)
    envelope["problems"] = (*envelope["problems"], *body.problems)
    return InboundMail(
        **envelope,
        lines=tuple(body.lines),
        calendars=tuple(body.calendars),
        attachments=tuple(body.attachments),
        seen=tuple(body.seen) if MailProblem.FAINT in body.problems else (),
    )


def _envelope(raw: bytes) -> dict[str, Any]:
    headers = read_headers(raw)
    named = message_ids(headers.get("message-id", ())) or _unbracketed(headers.get("message-id", ()))
    date, problems = _date(headers.get("date", ()))
    if not named:
        problems = (*problems, MailProblem.NO_MESSAGE_ID)
    froms = headers.get("from", ())
    return {
        "message_id": named[0] if named else f"sha256:{hashlib.sha256(raw).hexdigest()}",
        "from_addresses": addresses(froms),
        "sender_name": display_name(froms[0]) if froms else "",
        "to_addresses": addresses(headers.get("to", ())),
        "cc_addresses": addresses(headers.get("cc", ())),
        "subject": decoded_words(headers["subject"][0]) if "subject" in headers else "",
        "date": date,
        "in_reply_to": message_ids(headers.get("in-reply-to", ())),
        "references": message_ids(headers.get("references", ())),
        "headers": headers,
        "raw": raw,
        "problems": problems,
    }


def _unbracketed(values: tuple[str, ...]) -> tuple[str, ...]:
    words = [value.strip("<> \t") for value in values]
    return tuple(f"<{word}>" for word in words if word and " " not in word and len(word) < _ID_LENGTH)


def _date(values: tuple[str, ...]) -> tuple[datetime | None, tuple[MailProblem, ...]]:
    if not values:
        return None, ()
    try:
        date = parsedate_to_datetime(plain(values[0])[:_ID_LENGTH])
        aware = date if date.tzinfo else date.replace(tzinfo=UTC)
        return aware.astimezone(UTC), ()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None, (MailProblem.BAD_DATE,)
