"""The mails that are damaged: answers to each letter as programs write them, odd and harmful mails, a corpus."""

import json
from collections.abc import Iterator
from email.message import EmailMessage
from html import escape
from pathlib import Path

from benchmarks.hostile import hostile_mails
from okrmate.domain.letters import Outgoing
from tests.corpus.made_answers import made_answer
from tests.fuzz.desk import ReadingDesk
from tests.mail.odd_mails import ODD_MAILS
from tests.mail.test_calendar import a_reply

MENTOR = "olivia@example.org"
HARM = 2_000
"""Bytes of each harmful mail; how long a megabyte takes is measured elsewhere."""
SAID = (
    "KR 1.1: 3\nKR 1.2: 70 %, two asked\nKR 1.3: done\n",
    "1.1: 1.250,5\n1.2 - 3/4\n#1.3 blocked, waiting for Rosa\nconfidence 1.1: 7/10\n",
    "KR 1.1 von 3 auf 4, KR 1.2 unverändert\nÜbrigens: können wir den Termin verschieben?\n",
    "1.3 à moitié, 1.1 : +2 de plus\nMerci !\n",
    "1.1 は 5、1.2 70％ ✅\nありがとうございます\n",
    "+ you listened well\n- let us begin with the numbers\n\nAdd: my talk in May (10 min)\nremove 2\nmove 3 to the top",
    "undo 1.1\n",
    "pause 2 weeks\n",
    "a\n",
    "yes, but not before Tuesday at 15:00\n",
    "I have a hard time at the moment. Can we talk?\n\n-- \nSam Ortiz\n+34 600 000 000\nSent from my iPhone\n",
    "O: Teach more people\nKR: 12 pupils (now 3)\nKR: 20 % increase in readers\nKR: 5 % more singers each month\n",
    "Learned: ask first\nScore 1.1: 0.7\nCarry over 1.2\nDrop 1.3\n4 because we met\n",
)


def seeds(desk: ReadingDesk, corpus: Path | None = None) -> list[bytes]:
    """All of them, always in the same order."""
    found = [mail for letter in desk.letters for mail in _answers(desk, letter)]
    found += [made_answer(raw, letter, mentor=MENTOR) for raw in ODD_MAILS.values() for letter in desk.letters[:2]]
    found += ODD_MAILS.values()
    found += [made_answer(raw, desk.letters[-1], mentor=MENTOR) for _, raw in hostile_mails(HARM)]
    return found + (list(_of_corpus(desk, corpus)) if corpus else [])


def _of_corpus(desk: ReadingDesk, corpus: Path) -> Iterator[bytes]:
    """Each mail of a corpus as an answer to one of our letters, and each text in its JSON lines as one more."""
    bodies = [mail.read_bytes() for mail in sorted(corpus.rglob("*.eml"))]
    for lines in sorted(corpus.rglob("*.jsonl")):
        for line in lines.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            said = record.get("text") or record.get("reply")
            bodies += [f"Content-Type: text/plain; charset=utf-8\n\n{said}\n".encode()] if said else []
    for number, body in enumerate(bodies):
        yield made_answer(body, desk.letters[number % len(desk.letters)], mentor=MENTOR)


def _answers(desk: ReadingDesk, letter: Outgoing) -> Iterator[bytes]:
    quoted = list(desk.quoted(letter))
    attribution = "On Mon, 9 Mar 2026 at 09:00, Olivia Marsh <olivia@example.org> wrote:"
    block = "From: Olivia Marsh <olivia@example.org>\nSent: Monday, 9 March 2026 09:00\nTo: Sam Ortiz\nSubject: Talk 1"
    for number, said in enumerate(SAID):
        match number % 5:
            case 0:
                yield _mail(letter, "\n".join([said, attribution, *quoted]), cte="base64")
            case 1:
                yield _mail(letter, "\n".join([attribution, *quoted[:9], said, *quoted[9:]]), cte="quoted-printable")
            case 2:
                yield _mail(letter, "\n".join([said, block, "", *(line[2:] for line in quoted)]), cte="8bit")
            case 3:
                yield _in_both(letter, said, attribution, quoted)
            case _:
                yield _mail(letter, "\n".join([attribution, *(line + said[:20] for line in quoted)]), cte="8bit")
    yield _calendar(letter)


def _mail(letter: Outgoing, content: str, *, cte: str) -> bytes:
    mail = EmailMessage()
    mail.set_content(content, cte=cte)
    return made_answer(mail.as_bytes(), letter, mentor=MENTOR)


def _in_both(letter: Outgoing, said: str, attribution: str, quoted: list[str]) -> bytes:
    """Plain text and HTML, as the programs on the web write it, with a picture beside them."""
    mail = EmailMessage()
    mail.set_content("\n".join([said, attribution, *quoted]))
    ours = "<br>".join(escape(line[2:]) for line in quoted)
    own = "".join(f"<div>{escape(line) or '<br>'}</div>" for line in said.splitlines())
    quote = f'<div class="gmail_quote"><div>{escape(attribution)}</div><blockquote>{ours}</blockquote></div>'
    mail.add_alternative(f"<html><body>{own}{quote}</body></html>", subtype="html")
    mail.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="größe.png")
    _named_boundaries(mail)
    return made_answer(mail.as_bytes(), letter, mentor=MENTOR)


def _calendar(letter: Outgoing) -> bytes:
    mail = EmailMessage()
    mail.set_content("See you there.")
    mail.add_alternative(a_reply(), subtype="calendar", params={"method": "REPLY"})
    _named_boundaries(mail)
    return made_answer(mail.as_bytes(), letter, mentor=MENTOR)


def _named_boundaries(mail: EmailMessage) -> None:
    """In place of those that chance would give, which differ from run to run."""
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"made-{number}")
