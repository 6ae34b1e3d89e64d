"""Mails of anybody made answers to a letter of ours: their bodies as they came, under a head of our correspondent's."""

import re

from okrmate.domain.letters import Outgoing
from okrmate.domain.people import Side

_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"^(?:content-[a-z-]+|mime-version):.*(?:\r?\n[ \t].*)*", re.IGNORECASE | re.MULTILINE)


def made_answer(raw: bytes, letter: Outgoing, *, mentor: str, number: int = 1) -> bytes:
    """The mail as if the one who got `letter` had written it; `mentor` is her address, `number` names the answer."""
    end = _END_OF_HEAD.search(raw)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (b"", raw)
    described = b"\n".join(found.group().replace(b"\r", b"") for found in _FIELD.finditer(head))
    sender = mentor if letter.to is Side.MENTOR else letter.address
    written = (
        f"From: {sender}\nTo: {mentor}\nSubject: Re: answer {number}\nMessage-ID: <made-{number}@mail.example.net>\n"
        f"Date: Mon, 9 Mar 2026 12:00:00 +0000\nIn-Reply-To: {letter.message_id}\nReferences: {letter.message_id}\n"
    )
    return written.encode() + described + (b"\n\n" if described else b"\n") + body
