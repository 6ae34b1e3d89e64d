"""A mentor's home on the private mail host: its configuration, okrmate called in it, and what its store knows."""

import json
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import TypedDict, Unpack

from okrmate.__main__ import main
from okrmate.bootstrap.desk import open_home
from okrmate.config import CONFIG_NAME
from okrmate.domain.letters import LetterKind, Outgoing, OutgoingState
from okrmate.domain.people import Side
from okrmate.services.ports import Store
from okrmate.services.tables import OUTGOING
from tests.servers.accounts import Account
from tests.servers.correspondent import Correspondent
from tests.servers.mailhost import MailHost

ZONE = "Europe/Berlin"
CONFIG = """
[mentor]
name = "Vera Lund"
address = "{account.address}"
zone = "{zone}"

[mail]
transport = "imap"
plus_addresses = true
quiet_hours = {{ from = "00:00", to = "00:00" }}

[mail.imap]
host = "localhost"
port = {imap.port}
security = "{imap.security}"
username = "{account.name}"
password_command = ["printf", "%s", "{account.password}"]
ca_file = "{ca_file}"
timeout = {timeout}
idle = {idle}
folders = {folders}
compare_clocks = false  # the daemon's is set forward by the story

[mail.smtp]
host = "localhost"
port = {smtp.port}
security = "{smtp.security}"
username = "{account.name}"
password_command = ["printf", "%s", "{account.password}"]
ca_file = "{ca_file}"
timeout = {timeout}
"""
OKRS = """
O: Be the engineer other teams ask to explain things, by the end of June
KR: Invitations to speak at other teams' meetings, from 1 to 6
KR: Listeners who rate the talk 4 or 5, from 62 % to 80 %
KR: Talk portfolio live
"""
ON_THEIR_WAY = (OutgoingState.QUEUED, OutgoingState.SENDING, OutgoingState.DEFERRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The port of a server, and how it is encrypted there."""

    port: int
    security: str = "tls"


class Ways(TypedDict, total=False):
    """What may be said of the account, as config.toml has it."""

    imap: Way
    smtp: Way
    folders: Sequence[str]
    timeout: int
    idle: int


@dataclass(frozen=True, kw_only=True)
class Mentoring:
    """The home of a mentor with this account."""

    home: Path
    account: Account

    def set_up(self, host: MailHost, **ways: Unpack[Ways]) -> None:
        """Write config.toml: IMAP over TLS and SMTP over STARTTLS, unless other ways are given."""
        config = CONFIG.format(
            account=self.account,
            zone=ZONE,
            ca_file=host.ca_file,
            imap=ways.get("imap", Way(port=host.ports.imaps)),
            smtp=ways.get("smtp", Way(port=host.ports.smtp, security="starttls")),
            folders=json.dumps(ways.get("folders", ("INBOX", "\\Archive"))),
            timeout=ways.get("timeout", 20),
            idle=ways.get("idle", 300),
        )
        self.home.mkdir(mode=0o700)
        (self.home / CONFIG_NAME).write_text(config, encoding="utf-8")

    def okrmate(self, *words: str) -> str:
        """Call a command, which comes to its good end; what it printed."""
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
            code = main(["--home", str(self.home), *words])
        assert (code, err.getvalue()) == (0, ""), words
        return out.getvalue()

    def begin_with(self, people: Sequence[Correspondent], talk_at: datetime) -> None:
        """What a mentor does at her desk: her people and their OKRs, first letters seen and let go, and a talk each."""
        okrs = self.home / "okrs.txt"
        okrs.write_text(OKRS, encoding="utf-8")
        for each in people:
            self.okrmate("person", "add", each.name, each.address, "--zone", ZONE)
            self.okrmate("okr", "import", each.address, str(okrs))
            self.okrmate("okr", "activate", each.address)
        self.okrmate("plan")
        self.okrmate("outbox", "send", "all")
        for each in people:
            self.okrmate("meeting", "plan", each.address, talk_at.isoformat())
        self.okrmate("plan")

    @cached_property
    def store(self) -> Store:
        """What the home knows, whichever process wrote it."""
        return open_home(self.home).desk.store

    def letters(self, kind: LetterKind, to: Side) -> tuple[Outgoing, ...]:
        """The letters of a kind to one side that have left, in the order they were written."""
        return tuple(
            letter
            for letter in self.store.find(OUTGOING, "state", OutgoingState.SENT)
            if (letter.kind, letter.to) == (kind, to)
        )

    def on_their_way(self) -> list[Outgoing]:
        """The letters that will leave."""
        return [letter for state in ON_THEIR_WAY for letter in self.store.find(OUTGOING, "state", state)]

    def tell(self, *more: str) -> None:
        """Print what became of letters and what the log says, for whoever looks at a test that failed."""
        letters = (f"{each.title}: {each.state} {each.error}" for each in self.store.every(OUTGOING))
        log = self.home / "log" / "okrmate.log"
        print(*more, *letters, log.read_text(encoding="utf-8") if log.exists() else "", sep="\n")  # noqa: T201
