"""The questions of `okrmate init` about a mail account, each also an option, and the keys of config.toml they give."""

import argparse
import re
import shlex
from pathlib import Path

from okrmate.adapters.presets import Preset, PresetServer, preset_for, presets
from okrmate.adapters.secrets import KeyRingSecret
from okrmate.cli.asking import Asking, Check, file_or_nothing, one_of, port
from okrmate.cli.command import Terminal
from okrmate.cli.printing import table
from okrmate.config import Auth, Filing, Security
from okrmate.config_text import Value
from okrmate.domain.errors import MailLoginError, Refusal, UsageError
from okrmate.frozen import Frozen

Keys = dict[str, Value]

_NO_PRESET = "other"
_WAYS = {
    Auth.PASSWORD_COMMAND: "a command of yours prints it",
    Auth.KEYRING: "the system's key ring keeps it",
    Auth.OAUTH2: "a command of yours prints a token",
    Auth.PASSWORD: "it stands in config.toml, for you alone to read",
}
SECURITY_AT = {
    "993": Security.TLS,
    "465": Security.TLS,
    "143": Security.STARTTLS,
    "587": Security.STARTTLS,
    "25": Security.STARTTLS,
}
"""What a port is made for (RFC 8314 section 3)."""
_COMMANDS = {
    Auth.PASSWORD_COMMAND: ("password_command", "pass show mail/ada"),
    Auth.OAUTH2: ("token_command", "oama access ada@example.org"),
}


class Account(Frozen):
    """What was answered about an account: its keys, and what is known of its provider."""

    keys: Keys
    preset: Preset | None


def declare(parser: argparse.ArgumentParser) -> None:
    """The options that answer the questions."""
    names = ", ".join(presets())
    parser.add_argument("--provider", metavar="NAME", help=f"who keeps your mail: {names}, or {_NO_PRESET}")
    for way in ("imap", "smtp"):
        parser.add_argument(f"--{way}-host", metavar="HOST", help=f"the {way.upper()} server")
        parser.add_argument(f"--{way}-port", metavar="PORT", help="a number")
        parser.add_argument(f"--{way}-security", metavar="HOW", help=", ".join(Security))
    parser.add_argument("--username", metavar="NAME", help="the login of both servers; your address without it")
    parser.add_argument("--auth", metavar="WAY", help="; ".join(f"{way}: {how}" for way, how in _WAYS.items()))
    parser.add_argument("--secret-command", metavar="WORDS", help="the command that prints the password, or the token")
    parser.add_argument("--secret-from", metavar="FILE", help="the password for key ring or config.toml; - is piped in")
    parser.add_argument("--ca-file", metavar="FILE", help="certificates to trust in place of the system's")


def ask(asking: Asking, given: argparse.Namespace, terminal: Terminal, address: str, *, again: bool = False) -> Account:
    """Everything that both servers need, for the account of this address; `again` after answers that did not work."""
    preset = _preset(asking, given, terminal, address)
    keys: Keys = {"mail.transport": "imap"}
    if preset is not None:
        for way, known in (("imap", preset.imap), ("smtp", preset.smtp)):
            keys |= _server(asking, given, way, known, ask_all=False)
    else:
        domain = address.rpartition("@")[2]
        keys |= _server(asking, given, "imap", _usual(f"imap.{domain}", 993), ask_all=True)
        host = re.sub(r"^imap(?=\.)", "smtp", str(keys["mail.imap.host"]))
        keys |= _server(asking, given, "smtp", _usual(host, 465), ask_all=True)
    username = asking.text("--username", given.username, default=address)
    secret = _secret(asking, given, terminal, preset, username, again=again)
    ca_file = _ca_file(asking, given, terminal, again=again and preset is None)
    for way in ("imap", "smtp"):
        keys |= {f"mail.{way}.username": username, **{f"mail.{way}.{key}": value for key, value in secret.items()}}
        if ca_file:
            keys[f"mail.{way}.ca_file"] = str(Path(ca_file).absolute())
    if preset is not None and preset.files_sent:
        keys["mail.smtp.sent"] = str(Filing.NEVER)
    return Account(keys=keys, preset=preset)


def _preset(asking: Asking, given: argparse.Namespace, terminal: Terminal, address: str) -> Preset | None:
    """The provider by name, by address, or by asking; none where a server was named."""
    known = preset_for(address)
    if given.provider is None and (known is not None or given.imap_host or not asking.somebody):
        chosen = known if not given.imap_host else None
    else:
        names = (*presets(), _NO_PRESET)
        if given.provider is None:
            listed = [(f"  {name}", preset.name) for name, preset in presets().items()]
            terminal.say("Who keeps your mail?", *table([*listed, (f"  {_NO_PRESET}", "somebody else")]))
        chosen = presets().get(asking.text("--provider", given.provider, one_of(names), default=_NO_PRESET))
    if chosen is not None:
        terminal.say(f"{chosen.name}: {chosen.first}")
    return chosen


def _usual(host: str, number: int) -> PresetServer:
    """As most providers have it (RFC 8314 section 3); the name is guessed, the person decides."""
    return PresetServer(host=host, port=number, security=Security.TLS)


def _server(asking: Asking, given: argparse.Namespace, way: str, known: PresetServer, *, ask_all: bool) -> Keys:
    """Host, port and security of one server; of a known provider only what an option says is not as known."""
    host, number, security = (getattr(given, f"{way}_{key}") for key in ("host", "port", "security"))
    if ask_all:
        # Without anybody to ask, a guessed name is no answer: a script must say it.
        host = asking.text(f"--{way}-host", host, default=known.host if asking.somebody else "")
        number = asking.text(f"--{way}-port", number, port, default=str(known.port))
        usual = SECURITY_AT.get(number, known.security)
        security = asking.text(f"--{way}-security", security, one_of(tuple(Security)), default=str(usual))
    return {
        f"mail.{way}.host": host or known.host,
        f"mail.{way}.port": int(_taken(f"--{way}-port", number)) if number else known.port,
        f"mail.{way}.security": security or str(known.security),
    }


def _taken(option: str, number: str) -> str:
    found = port(number)
    if isinstance(found, Refusal):
        raise UsageError(f"{option}: {found.sentence}")
    return found


def _ca_file(asking: Asking, given: argparse.Namespace, terminal: Terminal, *, again: bool) -> str:
    """The certificates to trust; few servers have their own, so nobody is asked before one was not trusted."""
    if again and asking.somebody:
        terminal.say("Where the servers have a certificate of their own, name its file; else press Enter.")
        return asking.text("--ca-file", None, file_or_nothing, default=given.ca_file or "")
    return given.ca_file or ""


def _secret(
    asking: Asking,
    given: argparse.Namespace,
    terminal: Terminal,
    preset: Preset | None,
    username: str,
    *,
    again: bool,
) -> Keys:
    """How the secret comes, as keys of either server; one for the key ring is put there."""
    default = preset.auth if preset else Auth.PASSWORD_COMMAND
    if asking.somebody and given.auth is None:
        terminal.say("How does the secret come?", *table([(f"  {way}", how) for way, how in _WAYS.items()]))
    auth = Auth(asking.text("--auth", given.auth, _way(username), default=str(default)))
    match auth:
        case Auth.PASSWORD_COMMAND | Auth.OAUTH2:
            key, example = _COMMANDS[auth]
            if asking.somebody:
                terminal.say(f"The first line that the command prints counts, such as that of: {example}")
            return {
                "auth": str(auth),
                key: tuple(shlex.split(asking.text("--secret-command", given.secret_command, _words))),
            }
        case Auth.KEYRING:
            _keep(asking, given, terminal, username, again=again)
            return {"auth": str(auth)}
        case Auth.PASSWORD:
            return {"auth": str(auth), "password": _typed(asking, given, terminal)}


def _way(username: str) -> Check:
    """Takes a way that can be gone: a key ring that cannot be used is told before a password is typed for it."""

    def check(typed: str) -> str | Refusal:
        trouble = KeyRingSecret(username=username).trouble() if typed == Auth.KEYRING else ""
        return Refusal(name="no_key_ring", sentence=trouble) if trouble else one_of(tuple(Auth))(typed)

    return check


def _words(typed: str) -> str | Refusal:
    try:
        return typed if shlex.split(typed) else Refusal(name="empty", sentence="Type a command and its words.")
    except ValueError:
        return Refusal(name="open_quote", sentence="A quotation mark is not closed.")


def _keep(asking: Asking, given: argparse.Namespace, terminal: Terminal, username: str, *, again: bool) -> None:
    """Put a secret into the key ring, unless one is there that was not refused, and no other was given."""
    ring = KeyRingSecret(username=username)
    if given.secret_from is None and not again and _is_kept(ring):
        return
    ring.keep(_typed(asking, given, terminal))


def _is_kept(ring: KeyRingSecret) -> bool:
    try:
        return bool(ring.secret())
    except MailLoginError:
        return False


def _typed(asking: Asking, given: argparse.Namespace, terminal: Terminal) -> str:
    """The secret from where the option says, else typed; its first line."""
    if given.secret_from is not None:
        secret = terminal.read_text(given.secret_from).partition("\n")[0].rstrip("\r")
    else:
        secret = asking.secret("Password (it is not shown)") if asking.somebody else ""
    if not secret:
        raise UsageError("--secret-from is missing: it names the file with the password, or - for a piped one.")
    return secret
