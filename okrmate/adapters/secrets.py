"""The ways to the secret of a mail account: written down, printed by a command, or kept in the system's key ring.

A secret goes to whoever logs in and nowhere else: no value here shows it, and an error is raised only after the one
that led to it is gone, since that may hold what a command printed.
"""

import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import IO, Protocol, assert_never, cast

from okrmate.adapters.credentials import Credentials
from okrmate.config import Auth, ServerSettings
from okrmate.domain.errors import MailLoginError, MailServerError, OkrmateError
from okrmate.frozen import Frozen

SERVICE = "okrmate"
"""Under this name the key ring keeps our secrets; the user there is the account's username."""
LIMIT = 30.0
"""Seconds that a command may take: long enough to type a passphrase, short enough not to be forgotten."""

_MOST = 65_536
"""Bytes that are read of what it prints."""
_PARTING = 1.0
"""Seconds that a command which was killed gets to be gone; one of another user cannot be killed at all."""


def credentials(server: ServerSettings, table: str) -> Credentials:
    """How the account of `server` gives its secret; `table` is where it stands in config.toml, such as `mail.imap`."""
    match server.auth:
        case Auth.PASSWORD:
            return WrittenDown(password=server.password)
        case Auth.PASSWORD_COMMAND:
            return PrintedSecret(command=server.password_command, key=f"{table}.password_command")
        case Auth.OAUTH2:
            return KeptToken(PrintedSecret(command=server.token_command, key=f"{table}.token_command"))
        case Auth.KEYRING:
            return KeyRingSecret(username=server.username)
        case _:
            assert_never(server.auth)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDown:
    """A password that stands in config.toml."""

    password: str = field(repr=False)

    def secret(self, *, fresh: bool = False) -> str:  # noqa: ARG002 - there is no other one
        """What is written there."""
        return self.password


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSecret:
    """The first line that a command prints; it is run anew each time, without a shell and without anything to read."""

    command: Sequence[str] = field(repr=False)
    key: str
    """Where the command stands in config.toml, for sentences."""
    limit: float = LIMIT

    def secret(self, *, fresh: bool = False) -> str:  # noqa: ARG002 - it is always asked anew
        """The line without its end; an error says what became of the command, not what it printed.

        `MailServerError` where it failed or took too long: a locked store of passwords or a network that is down is
        no refusal, and later it may work. `MailLoginError` where only a person can mend it.
        """
        answer = self._asked()
        if isinstance(answer, OkrmateError):
            raise answer
        return answer

    def _asked(self) -> str | OkrmateError:
        """The line, or why there is none; the exceptions of the call end here, with all that they hold."""
        name = self.command[0]
        try:
            code, printed = _ended(self.command, self.limit)
        except FileNotFoundError:
            return MailLoginError(f"{self.key}: there is no program {name}; install it, or write the whole path.")
        except subprocess.TimeoutExpired:
            return MailServerError(
                f"{self.key}: {name} did not end within {self.limit:g} s; run it in a terminal to see why."
            )
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else "its words cannot be handed over"
            return MailLoginError(
                f"{self.key}: {name} cannot be run ({why}); check its rights and the words behind it."
            )
        if code != 0:
            return MailServerError(f"{self.key}: {name} ended with exit code {code}; run it in a terminal to see why.")
        line = _first_line(printed)
        what = "something that is not UTF-8 text" if line is None else "nothing"
        return line or MailLoginError(f"{self.key}: {name} printed {what}; the first line must be the secret.")


def _ended(command: Sequence[str], limit: float) -> tuple[int, bytes]:
    """The exit code of a command, and what it has printed by its end: so much of it as a pipe holds.

    What it leaves behind, such as an agent, may keep the pipe open and is not waited for. A command that does not end
    in time, or prints more, is ended with all that it began (`TimeoutExpired`).
    """
    process = subprocess.Popen(  # noqa: S603 - her own command, from her own file
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # without a terminal: none of its questions is drawn over the screens
    )
    with cast("IO[bytes]", process.stdout) as pipe:
        try:
            code = process.wait(limit)
        except BaseException:
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_PARTING)
            raise
        os.set_blocking(pipe.fileno(), False)
        return code, pipe.read(_MOST) or b""


def _first_line(printed: bytes) -> str | None:
    try:
        return printed.partition(b"\n")[0].rstrip(b"\r").decode("utf-8")
    except UnicodeDecodeError:
        return None


class KeptToken:
    """A token that is asked for once and kept while this process runs, until it is refused."""

    def __init__(self, source: Credentials) -> None:
        self._source = source
        self._token = ""
        self._asking = threading.Lock()

    def secret(self, *, fresh: bool = False) -> str:
        """The kept token; with `fresh` another one."""
        with self._asking:
            if fresh or not self._token:
                self._token = ""
                self._token = self._source.secret(fresh=fresh)
            return self._token


class _Errors(Protocol):
    KeyringError: type[Exception]


class _KeyRing(Protocol):
    """As much of the library `keyring` as is used."""

    errors: _Errors

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, if one is kept."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""


class KeyRingSecret(Frozen):
    """A secret in the system's key ring."""

    username: str

    def secret(self, *, fresh: bool = False) -> str:  # noqa: ARG002 - the key ring is asked each time
        """The secret; `MailLoginError` where the key ring cannot be used or holds none."""
        ring = _key_ring()
        trouble, found = "", None
        try:
            found = ring.get_password(SERVICE, self.username)
        except ring.errors.KeyringError as error:
            trouble = _unusable(error)
        if not found:
            raise MailLoginError(
                trouble
                or f"The key ring holds nothing for {self.username}: put it there with "
                f"`keyring set {SERVICE} {self.username}`."
            )
        return found

    def trouble(self) -> str:
        """Why the key ring cannot be used; nothing where it can, also if it holds no secret yet."""
        try:
            ring = _key_ring()
        except MailLoginError as error:
            return str(error)
        try:
            ring.get_password(SERVICE, self.username)
        except ring.errors.KeyringError as error:
            return _unusable(error)
        return ""

    def keep(self, secret: str) -> None:
        """Put a secret there; `MailLoginError` where the key ring cannot be used."""
        ring = _key_ring()
        trouble = ""
        try:
            ring.set_password(SERVICE, self.username, secret)
        except ring.errors.KeyringError as error:
            trouble = _unusable(error)
        if trouble:
            raise MailLoginError(trouble)


def _unusable(error: Exception) -> str:
    """By the kind of error alone: what it says comes from the system and may say anything."""
    return f"The key ring cannot be used ({type(error).__name__}): unlock it, or use a password_command."


def _key_ring() -> _KeyRing:
    """The library, when it is needed: it comes with an extra, and looking for a key ring takes its time."""
    try:
        ring: _KeyRing = import_module("keyring")
        import_module("keyring.errors")
    except ModuleNotFoundError as error:
        raise MailLoginError(
            "The key ring needs a library that is not installed: pip install 'okrmate[keyring]'."
        ) from error
    return ring
