"""The home and its config.toml, read into frozen values; every mistake in it is named at once, by its key.

A key that is not there has the default that stands in the sample `config.toml` of the project, which is the manual.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import platformdirs

from okrmate import checked_mail
from okrmate.checked_toml import Table, address, clock, locale, size, zone
from okrmate.domain.errors import ConfigError, StoreError
from okrmate.domain.people import LANGUAGES, Mentor
from okrmate.domain.rhythm import QUIET, QuietHours
from okrmate.frozen import Frozen, replace
from okrmate.services.mail_rules import Acknowledge, MailRules, Review

CONFIG_NAME = "config.toml"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Transport(StrEnum):
    """How mail comes and goes."""

    MAILDIR = "maildir"
    IMAP = "imap"


class Security(StrEnum):
    """How a connection to a mail server is encrypted; none is taken for this machine only."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class Auth(StrEnum):
    """Where the secret of a mail account comes from."""

    PASSWORD = "password"  # noqa: S105 - the name of a way, not a secret
    PASSWORD_COMMAND = "password_command"  # noqa: S105 - as above
    KEYRING = "keyring"
    OAUTH2 = "oauth2"


class Filing(StrEnum):
    """Who puts a copy of what was sent into the folder for sent mail: okrmate where nobody did, always, or never."""

    AUTO = "auto"
    APPEND = "append"
    NEVER = "never"


class MaildirSettings(Frozen):
    """Maildirs in place of a server: what arrives, what leaves, and further folders to look for replies in."""

    inbox: Path
    sent: Path
    folders: tuple[Path, ...]
    max_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """One mail server and how to log in; `timeout` in seconds, `ca_file` empty for the system's certificates."""

    host: str
    port: int
    security: Security
    username: str
    auth: Auth
    password: str = field(repr=False)
    password_command: tuple[str, ...]
    token_command: tuple[str, ...]
    ca_file: str
    timeout: int


class ImapSettings(Frozen):
    """The server replies are read from; `idle` in seconds a turn, `max_size` in bytes a mail."""

    server: ServerSettings
    idle: int
    max_size: int
    folders: tuple[str, ...]
    done_folder: str
    done_keyword: str


class SmtpSettings(Frozen):
    """The server letters leave by; `sent_folder` lies on the IMAP account, by name or special use (RFC 6154)."""

    server: ServerSettings
    sent: Filing
    sent_folder: str


class MailSettings(Frozen):
    """How mail comes and goes, and the mentor's rules for letters; only the transport's own settings are used."""

    transport: Transport
    rules: MailRules
    maildir: MaildirSettings
    imap: ImapSettings
    smtp: SmtpSettings


class Config(Frozen):
    """What a home is set up to do."""

    home: Path
    mentor: Mentor
    mail: MailSettings


def home_dir(explicit: str | None, environ: Mapping[str, str]) -> Path:
    """Say which folder is the home: the one asked for, else OKRMATE_HOME, else the platform's place for user data."""
    chosen = explicit or environ.get("OKRMATE_HOME")
    return Path(chosen).absolute() if chosen else platformdirs.user_data_path("okrmate", appauthor=False)


def load(path: Path) -> Config:
    """Read a home's config.toml; the folder it lies in is the home.

    Raises ConfigError with one sentence for every mistake in it, and StoreError where the home can be no folder; no
    sentence holds a secret.
    """
    return parse(_text(path), path)


def is_set_up(home: Path) -> bool:
    """Whether there is a configuration in it, right or wrong."""
    return (home / CONFIG_NAME).exists()


def parse(text: str, path: Path) -> Config:
    """As `load`, from a text that stands, or is to stand, at `path`."""
    top = Table(_tables(text, path))
    mentor = _mentor(top.table("mentor"))
    config = Config(home=path.parent, mentor=mentor, mail=_mail(top.table("mail"), mentor, path.parent))
    problems = top.problems()
    if problems:
        raise ConfigError(problems)
    return config


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        sentence = (
            f"There is no config.toml in {path.parent} yet: `okrmate init` sets everything up, `okrmate demo` shows it "
            "with sample people."
        )
    except NotADirectoryError as error:
        raise StoreError(f"{path.parent} is no folder: a file stands there. Choose another home.") from error
    except UnicodeDecodeError:
        sentence = f"{path} is not UTF-8 text: save it as UTF-8."
    except OSError as error:
        sentence = f"{path} cannot be read: {error.strerror}."
    raise ConfigError((sentence,))


def _tables(text: str, path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        sentence = f"{path} is not valid TOML: {error}."
    raise ConfigError((sentence,))  # without the cause: since Python 3.14 it holds the whole text, secrets and all


def _mentor(table: Table) -> Mentor:
    _, bare_address = address(table, "address")
    name = table.needed("name")
    if not name.isprintable():
        table.wrong("name", "must be one line of visible letters")
    language = table.one_of("language", "en", LANGUAGES)
    return Mentor(
        name=name,
        address=bare_address,
        zone=zone(table, "zone", "UTC"),
        locale=locale(table, "locale", language),
        language=language,
    )


def _mail(table: Table, mentor: Mentor, home: Path) -> MailSettings:
    transport = table.choice("transport", Transport.MAILDIR)
    by_server = transport is Transport.IMAP
    maildir = _maildir(table.table("maildir"), home)
    account = table.table("imap")
    imap = _imap(account, home, needed=by_server)
    rules = _rules(table, mentor, imap.max_size if by_server else maildir.max_size)
    return MailSettings(
        transport=transport,
        rules=replace(rules, compare_clocks=account.flag("compare_clocks", default=True)),
        maildir=maildir,
        imap=imap,
        smtp=_smtp(table.table("smtp"), home, needed=by_server),
    )


def _rules(table: Table, mentor: Mentor, max_size: int) -> MailRules:
    sender_name, sender_address = address(table, "from", (mentor.name, mentor.address))
    quiet = table.table("quiet_hours")
    return MailRules(
        sender_name=sender_name or mentor.name,
        sender_address=sender_address,
        review=table.choice("review", Review.FIRST),
        acknowledge=table.choice("acknowledge", Acknowledge.ALWAYS),
        quiet_hours=QuietHours(
            begins=clock(quiet, "from", QUIET.begins),
            ends=clock(quiet, "to", QUIET.ends),
        ),
        plus_addresses=table.flag("plus_addresses", default=False),
        authserv_ids=_authserv_ids(table),
        max_size=max_size,
        digest=table.flag("digest", default=True),
    )


def _authserv_ids(table: Table) -> tuple[str, ...]:
    names = tuple(name.strip().lower() for name in table.texts("authserv_ids"))
    if not all(names):
        table.wrong("authserv_ids", "must not hold an empty name: it would believe a header that names no server")
    return names


def _maildir(table: Table, home: Path) -> MaildirSettings:
    settings = MaildirSettings(
        inbox=checked_mail.path(home, table.text("inbox", "mail/maildir/INBOX")),
        sent=checked_mail.path(home, table.text("sent", "mail/maildir/Sent")),
        folders=tuple(checked_mail.path(home, name) for name in table.texts("folders")),
        max_size=size(table, "max_size", "5 MB"),
    )
    if settings.sent == settings.inbox:
        table.wrong("sent", "is the inbox too; what arrives would leave again")
    seen = {settings.inbox}
    for folder in settings.folders:
        if folder in seen:
            table.wrong("folders", f"names {folder} twice, or names the inbox; each folder is read once")
        seen.add(folder)
    return settings


def _imap(table: Table, home: Path, *, needed: bool) -> ImapSettings:
    return ImapSettings(
        server=_server(table, home, port=993, needed=needed),
        idle=table.whole("idle", 300, range(1, 301)),
        max_size=size(table, "max_size", "5 MB"),
        folders=checked_mail.folders(table, "folders", ("INBOX", "\\All", "\\Archive")),
        done_folder=checked_mail.folder(table, "done_folder", ""),
        done_keyword=checked_mail.keyword(table, "done_keyword", "$OkrmateDone"),
    )


def _smtp(table: Table, home: Path, *, needed: bool) -> SmtpSettings:
    return SmtpSettings(
        server=_server(table, home, port=465, needed=needed),
        sent=table.choice("sent", Filing.AUTO),
        sent_folder=checked_mail.folder(table, "sent_folder", "\\Sent"),
    )


def _server(table: Table, home: Path, *, port: int, needed: bool) -> ServerSettings:
    """Read what both kinds of server have; with `needed`, what a login cannot do without must be there."""
    settings = ServerSettings(
        host=checked_mail.host(table, "host", needed=needed),
        port=table.whole("port", port, range(1, 65536)),
        security=table.choice("security", Security.TLS),
        username=table.needed("username") if needed else table.text("username"),
        auth=table.choice("auth", Auth.PASSWORD_COMMAND),
        password=table.text("password"),
        password_command=checked_mail.command(table, "password_command"),
        token_command=checked_mail.command(table, "token_command"),
        ca_file=checked_mail.trusted_file(table, "ca_file", home),
        timeout=table.whole("timeout", 30, range(1, 601)),
    )
    if needed:
        _check_login(table, settings)
    return settings


def _check_login(table: Table, settings: ServerSettings) -> None:
    if settings.host and settings.security is Security.NONE and settings.host not in _LOOPBACK:
        table.wrong("security", "may be none only for a server on this machine")
    secret_keys = {
        Auth.PASSWORD: "password",
        Auth.PASSWORD_COMMAND: "password_command",
        Auth.OAUTH2: "token_command",
    }
    key = secret_keys.get(settings.auth)
    if key and not getattr(settings, key):
        table.wrong(key, f"is missing: auth is {settings.auth.value}")
