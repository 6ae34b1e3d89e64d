"""What is said in a login (SASL, RFC 4422), for IMAP and SMTP alike; a refusal repeats no secret of it.

PLAIN is RFC 4616, OAUTHBEARER RFC 7628, XOAUTH2 what Google and Microsoft had before it.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field

from okrmate.config import ServerSettings
from okrmate.frozen import Frozen

_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One login: our first words, and what ends it where the server is not content and tells details."""

    mechanism: str
    first: bytes = field(repr=False)
    closing: bytes = b""


class Refused(Frozen):
    """The server let nobody in; `reason` is what it said, empty where that held the secret or nothing."""

    reason: str
    for_now: bool


def with_password(server: ServerSettings, password: str) -> Exchange:
    """Logging in by name and password."""
    return Exchange(mechanism="PLAIN", first=_bytes(f"\0{server.username}\0{password}"))


def with_token(server: ServerSettings, token: str, *, by_rfc: bool) -> Exchange:
    """Logging in by a token: as RFC 7628 has it, or as it was done before."""
    bearer = f"auth=Bearer {token}\1\1"
    if not by_rfc:
        return Exchange(mechanism="XOAUTH2", first=_bytes(f"user={server.username}\1{bearer}"))
    head = f"n,a={server.username},\1host={server.host}\1port={server.port}\1"
    return Exchange(mechanism="OAUTHBEARER", first=_bytes(head + bearer), closing=b"\1")


def coded(words: bytes | str) -> str:
    """Words as they go over the line (RFC 4648)."""
    return base64.b64encode(words if isinstance(words, bytes) else _bytes(words)).decode("ascii")


def harmless(said: str, secret: str, exchange: Exchange | None) -> str:
    """What a server said of a refusal, for a person on one line; nothing where some form of the secret is in it."""
    quoted = secret.replace("\\", r"\\").replace('"', r"\"")
    forms = [secret, quoted, coded(secret), coded(exchange.first) if exchange else ""]
    return "" if any(form and form in said for form in forms) else on_one_line(said)


def on_one_line(said: str) -> str:
    """A server's words for a person: what would move the cursor is a blank, and long ones are cut."""
    visible: Iterable[str] = (sign if sign.isprintable() else " " for sign in said)
    return " ".join("".join(visible).split()).strip(" .")[:_LONGEST_REASON]


def _bytes(words: str) -> bytes:
    return words.encode("utf-8", "surrogateescape")
