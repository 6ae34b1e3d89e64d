"""A home in a throw-away folder and okrmate called on it, in this process or as one of its own."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest

from okrmate.__main__ import main

CONFIG = """
[mentor]
name = "Vera Lund"
address = "vera@example.org"
zone = "Europe/Berlin"

[mail]
quiet_hours = { from = "00:00", to = "00:00" }
"""
OKRS = "O: Be asked to speak, by June\nKR: 6 invitations (now 1)\nKR: 80 % of ratings are 4 or 5 (now 62 %)\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a call returned and printed."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def data(self) -> object:
        """The one line of JSON that was printed."""
        (line,) = self.lines
        return json.loads(line)

    def fact(self, name: str) -> str:
        """One value of the one object that was printed."""
        data = self.data
        assert isinstance(data, dict)
        return str(data[name])

    def facts(self) -> list[dict[str, object]]:
        """The one list of objects that was printed."""
        data = self.data
        assert isinstance(data, list)
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Okrmate:
    """The program with a home; calling it runs a command there in this process."""

    home: Path
    capsys: pytest.CaptureFixture[str] = field(repr=False)
    monkeypatch: pytest.MonkeyPatch = field(repr=False)

    def __call__(self, *words: str, given: bytes = b"") -> Told:
        return self.bare("--home", str(self.home), *words, given=given)

    def bare(self, *words: str, given: bytes = b"") -> Told:
        """Run the words as they are, with no home said."""
        with self.monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
            self.capsys.readouterr()
            code = main(words)
        told = self.capsys.readouterr()
        return Told(code=code, out=told.out, err=told.err)

    def done(self, *words: str, given: bytes = b"") -> Told:
        """Run a command that must come to its good end."""
        told = self(*words, given=given)
        assert (told.code, told.err) == (0, ""), (words, told)
        return told

    def made(self, *words: str, given: bytes = b"") -> str:
        """Run a command that makes something, and give its id: the last line, on its own."""
        return self.done(*words, given=given).lines[-1]

    def with_config(self, text: str = CONFIG) -> "Okrmate":
        """Write the home's config.toml."""
        self.home.mkdir(exist_ok=True)
        (self.home / "config.toml").write_text(text, encoding="utf-8")
        return self

    def with_tom(self) -> "Okrmate":
        """Add Tom, whose OKRs are running."""
        self.done("person", "add", "Tom Reuter", "tom@example.net", "--zone", "Europe/Berlin")
        self.done("okr", "import", "tom", given=OKRS.encode())
        self.done("okr", "activate", "tom")
        return self

    def with_agenda_sent(self) -> "Okrmate":
        """Plan a talk so near that its agenda leaves at once, and let it leave."""
        self.done("meeting", "plan", "tom", "+2d 15:00")
        self.done("plan")
        self.done("outbox", "send", "all")
        self.done("deliver")
        return self

    def sent(self, subject: str) -> EmailMessage:
        """The letter in the Maildir of what leaves whose subject begins so and that Tom gets."""
        letters = [parsed(path.read_bytes()) for path in (self.home / "mail/maildir/Sent/new").iterdir()]
        (found,) = [each for each in letters if each["Subject"].startswith(subject) and "tom@" in each["To"]]
        return found

    def arrives(self, content: bytes, name: str = "1.answer", where: str = "mail/maildir/INBOX") -> None:
        """Put a mail where replies arrive, or into another Maildir of the home."""
        folder = self.home / where
        for place in ("tmp", "new", "cur"):
            (folder / place).mkdir(parents=True, exist_ok=True)
        (folder / "new" / name).write_bytes(content)

    def files(self) -> dict[str, bytes]:
        """Every file of the home with its content."""
        return {
            path.relative_to(self.home).as_posix(): path.read_bytes() for path in self.home.rglob("*") if path.is_file()
        }


def parsed(content: bytes) -> EmailMessage:
    """A mail, parsed."""
    return BytesParser(EmailMessage).parsebytes(content)


def answer_to(letter: EmailMessage, text: str, sender: str = "Tom Reuter <tom@example.net>") -> bytes:
    """A mail program's answer to a letter, without a quote."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = letter["Reply-To"] or letter["From"]
    mail["Subject"] = f"Re: {letter['Subject']}"
    mail["Message-ID"] = f"<{abs(hash(text))}@example.net>"
    mail["In-Reply-To"] = letter["Message-ID"]
    mail.set_content(text)
    return mail.as_bytes()


def process(
    *words: str, env: Mapping[str, str] | None = None, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run okrmate as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "okrmate", *words],
        input=given,
        env={**os.environ, **(env or {})},
        capture_output=True,
        check=False,
        timeout=60,
    )
