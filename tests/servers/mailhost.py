"""A private mail host on loopback: Dovecot and Postfix in a folder of their own, and what can befall them.

Tests take it by the fixtures `mailhost` (the one host of the session, running) and `account` (a user nobody has
touched), which stand in `conftest.py` of this folder. It starts in about half a second. Needed: root (Postfix insists)
and Debian's packages dovecot-core, dovecot-imapd, dovecot-lmtpd, postfix and openssl; `missing()` says in one sentence
what is not there.
"""

import os
import secrets
import shutil
import smtplib
import subprocess
import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from signal import SIGKILL, Signals

from tests.servers import dovecot, postfix, tokens
from tests.servers.accounts import PEOPLE, Account, all_accounts
from tests.servers.ports import HOST, Ports
from tests.servers.processes import ENVIRONMENT, SYSTEM_PATHS, Daemon, children, wait_until

HOUR = timedelta(hours=1)
KEY_LENGTH = 32
DOVECOT = "2.3"
"""Later ones read another kind of configuration."""
PROGRAMS = {
    dovecot.PROGRAM: "dovecot-core",
    "/usr/lib/dovecot/imap": "dovecot-imapd",
    "/usr/lib/dovecot/lmtp": "dovecot-lmtpd",
    str(postfix.MASTER): "postfix",
    "openssl": "openssl",
}
"""What must be there, and the package it comes in."""


def missing() -> str:
    """What keeps the host from running here, in one sentence; empty where all is well."""
    if os.geteuid():
        return "The tests on real mail servers must be run as root, because Postfix must."
    packages = [package for program, package in PROGRAMS.items() if not shutil.which(program, path=SYSTEM_PATHS)]
    if packages:
        return f"The tests on real mail servers need Dovecot and Postfix: apt-get install {' '.join(packages)}"
    asked = [dovecot.PROGRAM, "--version"]
    version = subprocess.run(asked, capture_output=True, text=True, env=ENVIRONMENT, check=True).stdout
    if not version.startswith(DOVECOT):
        return f"The tests on real mail servers need Dovecot {DOVECOT}, as in Debian 12; this is {version.split()[0]}."
    return ""


class MailHost:
    """Dovecot and Postfix with their accounts, in a new folder below /tmp until `close`."""

    def __init__(self) -> None:
        # Not pytest's folder: Dovecot's users must get through it, and names of sockets end at 107 bytes.
        self.root = Path(tempfile.mkdtemp(prefix="mailhost-", dir="/tmp"))
        self.root.chmod(0o755)
        for name in ("etc", "log", "mail", "tls"):
            (self.root / name).mkdir()
        shutil.chown(self.root / "mail", "mail", "mail")
        self._accounts = {account.name: account for account in all_accounts(self.root / "mail")}
        self._untouched = (account for account in self._accounts.values() if account.name not in PEOPLE)
        self._token_key = secrets.token_bytes(KEY_LENGTH)
        self._make_certificate()
        self.ports = Ports.free()
        settings = dovecot.write_settings(self.root, self.ports, self._accounts.values(), self._token_key)
        self._doveadm = ["doveadm", "-c", str(settings)]
        self.dovecot = Daemon(
            [dovecot.PROGRAM, "-F", "-c", str(settings)],
            [(self.ports.imap, b"* OK"), (self.ports.lmtp, b"220")],
            self.root / "log" / "dovecot.err",
            leftover=self.root / "run" / "master.pid",
        )
        self.postfix = Daemon(
            [str(postfix.MASTER), "-c", str(postfix.write_settings(self.root, self.ports, self._accounts.values()))],
            [(self.ports.smtp, b"220")],
            self.root / "log" / "postfix.err",
        )

    @property
    def ca_file(self) -> Path:
        """The certificate to trust; it is for localhost and 127.0.0.1."""
        return self.root / "tls" / "cert.pem"

    # ---------------------------------------------------------------- running

    def start(self) -> None:
        """Start what does not run, and wait until it greets.

        Postfix always after Dovecot: it asks Dovecot about logins, and holds its own processes back for a while
        once they have found nobody there.
        """
        if not self.dovecot.pid:
            self.postfix.stop()
        self.dovecot.start()
        self.postfix.start()

    def restart(self) -> None:
        """Have both end and run anew."""
        self.postfix.stop()
        self.dovecot.stop()
        self.start()

    def close(self) -> None:
        """Stop both, and leave nothing behind."""
        self.postfix.stop()
        self.dovecot.stop()
        shutil.rmtree(self.root)

    def log(self, server: str) -> str:
        """What "dovecot" or "postfix" has noted so far."""
        path = self.root / "log" / f"{server}.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    # ---------------------------------------------------------------- accounts

    def account(self, name: str) -> Account:
        """One of `accounts.PEOPLE`; all tests share them."""
        return self._accounts[name]

    def new_account(self) -> Account:
        """An account that nobody else was given."""
        return next(self._untouched)

    def token(self, account: Account, lasting: timedelta = HOUR) -> str:
        """An OAuth2 access token for IMAP and SMTP; with a negative `lasting` it has expired."""
        now = datetime.now(UTC)  # noqa: TID251 - the servers go by the machine's own clock
        return tokens.signed(self._token_key, account.name, now, lasting)

    def deliver(self, account: Account, *mails: bytes, to: str = "") -> None:
        """Put mails into the account's INBOX, by LMTP as Postfix does; they are there when it returns.

        `to` is the address they were sent to, where it is another of the account's, such as one with a plus in it.
        """
        with smtplib.LMTP(HOST, self.ports.lmtp) as lmtp:
            for mail in mails:
                lmtp.sendmail("sender@example.org", [to or account.address], mail)

    def doveadm(self, *words: str) -> str:
        """What an administrator does: `doveadm("expunge", "-u", account.name, "mailbox", "INBOX", "all")`."""
        done = subprocess.run([*self._doveadm, *words], check=True, capture_output=True, text=True, env=ENVIRONMENT)
        return done.stdout

    def queued(self) -> int:
        """How many mails Postfix has taken and not delivered yet."""
        queues = (self.root / "queue" / name for name in ("incoming", "active", "deferred"))
        return sum(path.is_file() for queue in queues for path in queue.rglob("*"))

    # ---------------------------------------------------------------- what may befall a connection

    def imap_processes(self, account: Account) -> tuple[int, ...]:
        """The processes that serve the account's IMAP connections, oldest first."""
        told = self.doveadm("-f", "tab", "who", account.name).splitlines()[1:]
        return tuple(sorted({int(pid) for line in told for pid in line.split("\t")[3].strip("()").split()}))

    def strike(self, account: Account, signal: Signals) -> tuple[int, ...]:
        """Kill the processes that serve the account, or hold them, which leaves the connection half open; who they are.

        `os.kill` lets them go on. Those that are killed are gone when this returns.
        """
        processes = self.imap_processes(account)
        for process in processes:
            with suppress(ProcessLookupError):  # it has just ended
                os.kill(process, signal)
        if signal is SIGKILL:
            wait_until(lambda: not set(processes) & set(self.imap_processes(account)), "the processes' end")
        return processes

    def kick(self, account: Account) -> None:
        """Have Dovecot say BYE on each of the account's connections; those are ended when it returns."""
        processes = set(self.imap_processes(account))
        self.doveadm("kick", account.name)
        wait_until(lambda: not processes & set(self.imap_processes(account)), "the good-bye")

    def smtp_processes(self) -> tuple[int, ...]:
        """The processes that serve SMTP connections."""
        return children(self.postfix.pid, "smtpd")

    def _make_certificate(self) -> None:
        """One that signs itself, as a certificate authority may, so that a client can be told to trust it."""
        names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
        use = "keyUsage=critical,digitalSignature,keyCertSign"
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"),
                *("-days", "30", "-subj", "/CN=localhost", "-addext", names, "-addext", use),
                *("-keyout", str(self.root / "tls" / "key.pem"), "-out", str(self.ca_file)),
            ],
            check=True,
            capture_output=True,
            env=ENVIRONMENT,
        )
