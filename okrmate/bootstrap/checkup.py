"""The check-up of one home: each part is opened by itself and waited for only so long, so that none hides another."""

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from okrmate.adapters.clock import SystemClock
from okrmate.adapters.patience import Begun
from okrmate.adapters.privacy import OBEYED, PRIVATE, readable_by_others, writable_by_others
from okrmate.adapters.resources import Resources
from okrmate.adapters.secrets import LIMIT
from okrmate.adapters.store import open_store
from okrmate.adapters.store_files import TORN
from okrmate.adapters.tokens import SystemTokens
from okrmate.bootstrap.mail import ways
from okrmate.config import CONFIG_NAME, Auth, Config, Transport, load
from okrmate.domain.errors import ConfigError, OkrmateError, StoreError
from okrmate.mail.rendering import Composer
from okrmate.services.checks import checkup
from okrmate.services.checks.findings import Finding, fine, unknown, wrong

AFTER_CONFIG = "not looked at; config.toml must be right first."


def check_home(home: Path) -> Iterator[Finding]:
    """Every finding on a home, those about servers last; what cannot be looked at is told as well."""
    config: Config | None = None
    try:
        config = load(home / CONFIG_NAME)
        yield fine("config", f"{home / CONFIG_NAME} can be used.")
    except ConfigError as error:
        yield from (wrong("config", problem) for problem in error.problems)
    except StoreError as error:
        yield wrong("config", str(error))
    yield _permissions(home, config)
    yield from _kept(home, config)
    if config is None:
        yield from (unknown(about, AFTER_CONFIG) for about in ("templates", "imap", "smtp"))
        return
    yield checkup.check_letters(Composer(Resources(home)), config.mentor)
    yield from check_servers(config)


def check_servers(config: Config) -> Iterator[Finding]:
    """Whether mail can be fetched and sent with this configuration; both ways are tried at once."""
    by_server = config.mail.transport is Transport.IMAP
    arriving, leaving = ("imap", "smtp") if by_server else ("inbox", "sent")
    begun = [
        (arriving, Begun(lambda: checkup.check_mailbox(arriving, ways(config).mailbox, SystemClock()))),
        (leaving, Begun(lambda: checkup.check_way_out(leaving, ways(config).postman))),
    ]
    limit = LIMIT + 2 * max(config.mail.imap.server.timeout, config.mail.smtp.server.timeout)
    for about, work in begun:
        yield work.within(limit) or wrong(about, f"no answer within {limit:g} s: check the network and the server.")


def _permissions(home: Path, config: Config | None) -> Finding:
    names = (*PRIVATE, CONFIG_NAME) if config is not None and _holds_password(config) else PRIVATE
    exposed = shlex.join(map(str, readable_by_others(home, *names)))
    if exposed:
        return wrong("permissions", f"others on this machine may read what is yours: chmod -R go-rwx {exposed}")
    obeyed = shlex.join(map(str, writable_by_others(home, *OBEYED)))
    if obeyed:
        return wrong("permissions", f"others on this machine may change what okrmate does for you: chmod go-w {obeyed}")
    if home.exists() and not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        return wrong("permissions", f"{home} cannot be written: allow it, or choose another home.")
    return fine("permissions", "what is yours is yours alone.")


def _holds_password(config: Config) -> bool:
    return any(server.auth is Auth.PASSWORD for server in (config.mail.imap.server, config.mail.smtp.server))


def _kept(home: Path, config: Config | None) -> Iterator[Finding]:
    try:
        store = open_store(home, SystemTokens(), SystemClock())
    except OkrmateError as error:
        yield wrong("store", str(error))
        yield unknown("clock", "not looked at; what was recorded must be readable first.")
        return
    try:
        yield checkup.check_store(store)
        yield from _cut_off(home)
        yield checkup.check_clock(store, SystemClock(), config.mentor.zone if config else "UTC")
    finally:
        store.close()


def _cut_off(home: Path) -> Iterator[Finding]:
    torn = home / TORN
    if torn.exists():
        yield wrong(
            "journal",
            f"a change was cut off while it was written, and is not stored; its bytes are in {torn}: see whether what "
            "was done last is there, then remove that file.",
        )
