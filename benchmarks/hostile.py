"""Mails of a megabyte that mean harm: how long the dearest of them takes to be read."""

from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from functools import partial
from types import MappingProxyType

from benchmarks.figures import Figure, seconds
from okrmate.mail.inbound import InboundMail, read_mail
from okrmate.reply.context import ReplyContext
from okrmate.reply.reading import LetterContext, read

SIZE = 1_000_000
ADDRESS = "eva@example.org"
PLAIN: Mapping[str, str] = MappingProxyType(
    {
        "long attributions": f"On Tue, 5 May 2026 at 09:00, Eva <{ADDRESS}\n",
        "attributions without end": "On Tue, 5 May 2026 at 09:00, Eva ",
        "attributions in each other": f"Am 5.5.2026 um 9:00 schrieb Eva <{ADDRESS}>:\n> ",
        "dates": "2026-05-05 ",
        "nested quotes": "> " * 40 + "so deep\n",
        "one line of quote marks": "> ",
        "staircases of quotes": "".join(">" * depth + " down\n" for depth in range(1, 90)),
        "lines like headers": "From: Eva\nSent: 9:00\nX: 1\n",
        "labels": "From: To: Subject: Date: ",
        "digits": "1234567890",
        "separated digits": "1.000.000,5 ",
        "references": "KR 1.1, ",
        "references and values": "KR 1.1: 6\n",
        "ranges of references": "1.1-9.9 & ",
        "commands": "undo 1.1\n",
        "emoji": "👍🏽👩\u200d👩\u200d👧🚧✅",
        "combining marks": "e" + "\u0301" * 300,
        "direction marks": "\u202e\u2066\u200f6\u2069\u202c",
        "invisible signs": "\u200b\u00ad\u2060",
        "dashes": "-",
        "rules": "-----\n_____\n=====\n",
        "brackets": "((((((((((",
        "angles": "<<<<<<<<<<",
        "addresses": f"{ADDRESS},",
        "half addresses": "a@" * 20,
        "colons": "a:b:",
        "words": "half almost nearly not done blocked ",
        "lower case that grows": "İ",
        "signatures": "-- \nEva\n",
        "blank lines": "\n",
        "blanks": " \t\u00a0\u3000",
    }
)
HTML: Mapping[str, str] = MappingProxyType(
    {
        "nested blockquotes": "<blockquote>",
        "closed blockquotes": "<blockquote>a</blockquote>",
        "unclosed tags": "<div><p><span><b>",
        "entities": "&amp;&#x1f44d;&nbsp;",
        "broken entities": "&&&&#&#x",
        "tables": "<table><tr><td>",
        "attributes": "<a " + 'b="c" ' * 50 + ">",
        "comments": "<!-- <blockquote> -->",
        "half a comment": "<!--",
        "styles": "<style>p{}</style>",
        "lines": "<br>",
    }
)


def hostile_mails(size: int = SIZE) -> Iterator[tuple[str, bytes]]:
    """Each with its name: one piece again and again, in plain text or HTML."""
    for name, piece in PLAIN.items():
        yield name, _mail(_filled(piece, size), "plain")
    for name, piece in HTML.items():
        yield name, _mail(_filled(piece, size), "html")


def _filled(piece: str, size: int) -> str:
    return piece * (size // len(piece.encode()))


def _mail(text: str, kind: str) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"Eva <{ADDRESS}>"
    mail["Subject"] = "Re: Talk 3"
    mail["Message-ID"] = "<hostile@example.org>"
    mail.set_content(text, subtype=kind, cte="8bit")
    return mail.as_bytes()


def hostile() -> Iterator[Figure]:
    """The dearest of all, read without a letter of ours beside it; three seconds are the bar."""
    took = {name: seconds(partial(_read, raw)) for name, raw in hostile_mails()}
    dearest = max(took, key=took.__getitem__)
    yield Figure(
        name=f"the dearest of {len(took)} hostile mails of 1 MB to be read ({dearest})",
        value=1000 * took[dearest],
        unit="ms",
        anchor="the bar",
        anchor_value=3000.0,
    )


def _read(raw: bytes) -> None:
    mail = read_mail(raw)
    if isinstance(mail, InboundMail):
        read(mail.lines, LetterContext(kind=None, blocks=()), ReplyContext(key_results=()))
