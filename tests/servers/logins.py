"""How a test logs in at the mail host: settings as config.toml would give them, and secrets that tell who asked."""

from dataclasses import replace

from okrmate.config import Auth, ImapSettings, Security, ServerSettings
from tests.servers.accounts import Account
from tests.servers.mailhost import MailHost
from tests.servers.ports import HOST


class Secrets:
    """Credentials that give what they were told to, one after the other; `asked` is how: fresh or not."""

    def __init__(self, *secrets: str) -> None:
        self.asked: list[bool] = []
        self._secrets = secrets

    def secret(self, *, fresh: bool = False) -> str:
        self.asked.append(fresh)
        return self._secrets[min(len(self.asked), len(self._secrets)) - 1]


def imap_server(host: MailHost, account: Account) -> ServerSettings:
    """TLS with a checked certificate, and a password."""
    return ServerSettings(
        host="localhost",
        port=host.ports.imaps,
        security=Security.TLS,
        username=account.name,
        auth=Auth.PASSWORD,
        password="",
        password_command=(),
        token_command=(),
        ca_file=str(host.ca_file),
        timeout=30,
    )


def smtp_server(host: MailHost, account: Account) -> ServerSettings:
    """STARTTLS with a checked certificate, and a password."""
    return replace(imap_server(host, account), port=host.ports.smtp, security=Security.STARTTLS)


def in_clear(server: ServerSettings, port: int) -> ServerSettings:
    """The same without encryption, so that what is said can be read on the way."""
    return replace(server, host=HOST, port=port, security=Security.NONE)


def imap_settings(server: ServerSettings, *folders: str) -> ImapSettings:
    """An account of which INBOX is read, or these folders; nothing is moved."""
    return ImapSettings(
        server=server,
        idle=300,
        max_size=5_000_000,
        folders=folders or ("INBOX",),
        done_folder="",
        done_keyword="$OkrmateDone",
    )
