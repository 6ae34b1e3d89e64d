"""Have each program answer each letter, and store the answers as one mailbox a program."""

import mailbox
from collections.abc import Iterable, Mapping
from email import message_from_bytes
from pathlib import Path

from tests.reply.filled_letters import LETTERS
from tests.reply.making.browser import written_in_chromium
from tests.reply.making.terminal import written_in_mutt, written_in_nail

MADE = Path(__file__).parents[1] / "made"
KEPT = {"from", "to", "subject", "mime-version", "content-type", "content-transfer-encoding", "references"}
"""The headers that are stored: the others say when it was made, and are different each time."""


def store(program: str, mails: Iterable[tuple[str, bytes]]) -> None:
    """Write the mails as a mailbox; `X-Letter` says which letter each answers."""
    path = MADE / f"{program}.mbox"
    path.unlink(missing_ok=True)
    box = mailbox.mbox(path)
    for name, raw in mails:
        mail = mailbox.mboxMessage(message_from_bytes(raw))
        for header in {header for header in mail if header.lower() not in KEPT}:
            del mail[header]
        mail["X-Letter"] = name
        mail.set_from("ines@example.net Tue May  5 10:00:00 2026")
        box.add(mail)
    box.close()


def made() -> Mapping[str, Iterable[tuple[str, bytes]]]:
    """What each program writes."""
    return {
        "mutt": ((name, written_in_mutt(letter)) for name, letter in LETTERS.items()),
        "s-nail": ((name, written_in_nail(letter, "> ")) for name, letter in LETTERS.items()),
        "s-nail-tabs": ((name, written_in_nail(letter, "\t")) for name, letter in LETTERS.items()),
        **written_in_chromium(LETTERS),
    }


if __name__ == "__main__":
    MADE.mkdir(exist_ok=True)
    for program, mails in made().items():
        store(program, mails)
