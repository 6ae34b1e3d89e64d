"""Mails as a test writes them: a few header fields, an empty line, a body."""

from datetime import UTC, datetime

TOKEN = "k7mqwertz0123456789abcdefgh"
OTHER_TOKEN = "z9mqwertz0123456789abcdefgh"
HOME = "home12345678"
LETTER_ID = f"<{TOKEN}.{HOME}@example.org>"
MENTOR = "olivia@example.org"
MAYA = "maya@example.net"
NOON = datetime(2026, 1, 12, 12, 0, tzinfo=UTC)


def a_mail(body: str = "KR 1.1: 4\n", /, **fields: str | None) -> bytes:
    """A plain answer of Maya's; a field given as None is left out, underscores are hyphens."""
    head: dict[str, str | None] = {
        "Return-Path": f"<{MAYA}>",
        "From": f"Maya Lindqvist <{MAYA}>",
        "To": f"Olivia Marsh <olivia+{TOKEN}@example.org>",
        "Subject": "Re: Talk 3 with Olivia: the agenda",
        "Message-ID": "<one@mail.example.net>",
        "In-Reply-To": LETTER_ID,
        "References": LETTER_ID,
        "Date": "Mon, 12 Jan 2026 13:00:00 +0100",
    }
    head |= {name.replace("_", "-"): value for name, value in fields.items()}
    lines = [f"{name}: {value}\n" for name, value in head.items() if value is not None]
    return ("".join(lines) + "\n" + body).encode()


def a_mail_of_parts(*parts: tuple[str, str], kind: str = "alternative") -> bytes:
    """An answer in parts, each a content type and its text."""
    pieces = [f"--b\nContent-Type: {content_type}\n\n{text}\n" for content_type, text in parts]
    return a_mail("".join(pieces) + "--b--\n", Content_Type=f'multipart/{kind}; boundary="b"')
