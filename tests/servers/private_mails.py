"""Mails that are nobody's business: thousands of them, and the words by which one is found where it should not be."""

import os
import pwd
from collections.abc import Callable
from pathlib import Path

from tests.mail.messages import a_mail

PRIVATE = 5_000
SECRET = b"a word nobody else may read"
"""In the body of each."""
SUBJECT = "What the doctor said"
SENDER = "doctor@surgery.example"


def private(number: int) -> bytes:
    """One of them, with `<privateN@x>` as its Message-ID."""
    return a_mail(
        f"{SECRET.decode()}\n",
        Return_Path=f"<{SENDER}>",
        From=f"A Doctor <{SENDER}>",
        To="Olivia Marsh <olivia@example.org>",
        Subject=SUBJECT,
        Message_ID=f"<private{number}@x>",
        In_Reply_To=None,
        References=None,
    )


def fill(folder: Path, first: int, count: int, mail: Callable[[int], bytes] = private) -> None:
    """Put so many into a Maildir, as a delivery does, private ones or others; one that is not there is made."""
    owner = pwd.getpwnam("mail")
    for path in (folder.parent, folder, *(folder / name for name in ("cur", "new", "tmp"))):
        path.mkdir(exist_ok=True)
        os.chown(path, owner.pw_uid, owner.pw_gid)
    for number in range(first, first + count):
        path = folder / "new" / f"{1_700_000_000 + number}.M1P{number}.host"
        path.write_bytes(mail(number))
        os.chown(path, owner.pw_uid, owner.pw_gid)
