"""The people of the private mail host: a mailbox and a password each, known to Dovecot and Postfix alike."""

from dataclasses import dataclass
from pathlib import Path

DOMAIN = "okrmate.test"
PEOPLE = ("vera", "maya", "tom", "lena", "noor", "emil", "odd")
"""Accounts for a story; odd's password has signs in it that need care."""
UNTOUCHED = 500
"""Accounts without a story: one for each test that wants a mailbox nobody has touched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One user; `maildir` is where Dovecot keeps the mails (the INBOX at its top, other folders as `.Name` in it)."""

    name: str
    password: str
    maildir: Path

    @property
    def address(self) -> str:
        """Where mail reaches it, also with `+anything` before the @."""
        return f"{self.name}@{DOMAIN}"


def all_accounts(homes: Path) -> tuple[Account, ...]:
    """Everybody there is; the servers read them once, at their start."""
    names = [*PEOPLE, *(f"user{number}" for number in range(1, UNTOUCHED + 1))]
    return tuple(Account(name=name, password=_password(name), maildir=homes / name / "Maildir") for name in names)


def _password(name: str) -> str:
    return 'pässword with " and \\' if name == "odd" else f"password-of-{name}"
