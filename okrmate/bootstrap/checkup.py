"""The check-up of one home: each part is opened by itself and waited for only so long, so that none hides another."""

import os
import shlex
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from okrmate.adapters.backups.contents import FOLDER
from okrmate.adapters.backups.rotation import backups_in
from okrmate.adapters.clock import SystemClock
from okrmate.adapters.mail_files import mail_files, remove
from okrmate.adapters.patience import Begun
from okrmate.adapters.privacy import OBEYED, PRIVATE, readable_by_others, writable_by_others
from okrmate.adapters.resources import Resources
from okrmate.adapters.secrets import LIMIT
from okrmate.adapters.store import TinyStore, open_store
from okrmate.adapters.store_files import FILE, TORN
from okrmate.adapters.surroundings import warning
from okrmate.adapters.tokens import SystemTokens
from okrmate.bootstrap.backups import check_backup
from okrmate.bootstrap.mail import ways
from okrmate.config import CONFIG_NAME, Auth, Config, Transport, load
from okrmate.domain.errors import ConfigError, OkrmateError, StoreError
from okrmate.mail.rendering import Composer
from okrmate.services.checks import checkup
from okrmate.services.checks.findings import Finding, fine, unknown, wrong
from okrmate.services.checks.kept_mail import check_mail, orphans
from okrmate.services.tables import PEOPLE

OLD = timedelta(days=7)
"""A home whose last backup is older than this is told of."""
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
    yield _place(home)
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


def _place(home: Path) -> Finding:
    trouble = warning(home)
    return wrong("place", trouble) if trouble else fine("place", f"{home} is on a disk of this machine.")


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
        files = mail_files(home, SystemClock().now())
        yield checkup.check_store(store)
        yield from _cut_off(home)
        yield check_mail(store.reader(), files)
        yield _backup(home, store, config.mentor.zone if config else "UTC")
        yield checkup.check_clock(store, SystemClock(), config.mentor.zone if config else "UTC")
    finally:
        store.close()


def _backup(home: Path, store: TinyStore, zone: str) -> Finding:
    """When the last backup in the home was made, and whether it could be put back."""
    made = backups_in(home / FOLDER)
    now = SystemClock().now()
    if not made:
        young = not store.every(PEOPLE) or now - store.home.created_at < OLD
        judged = fine if young else wrong
        return judged("backup", "none yet: `okrmate backup` makes one, and `okrmate run` and the screens one a day.")
    try:
        at = check_backup(made[-1]).made_at
    except OkrmateError as error:
        return wrong("backup", f"{error} `okrmate backup` makes one.")
    said = f"the last one is of {at.astimezone(ZoneInfo(zone)):%a %d %b %Y %H:%M}, {made[-1]}"
    if now - at > OLD:
        return wrong("backup", f"{said}; `okrmate backup` makes another, and `okrmate run` and the screens one a day.")
    return fine("backup", f"{said}; it can be put back.")


def sweep(home: Path) -> Finding:
    """Remove the raw mails that nothing points to, of which `check_home` tells; `StoreError` where that fails."""
    if not (home / FILE).exists():
        raise StoreError(f"There is no {FILE} in {home}, so nobody can tell which mails are needed; none was removed.")
    files = mail_files(home, SystemClock().now())
    store = open_store(home, SystemTokens(), SystemClock())
    try:
        stray = orphans(store.reader(), files)
    finally:
        store.close()
    remove(home, stray)
    return fine("sweep", f"files removed to which nothing pointed: {len(stray)}.")


def _cut_off(home: Path) -> Iterator[Finding]:
    torn = home / TORN
    if torn.exists():
        yield wrong(
            "journal",
            f"a change was cut off while it was written, and is not stored; its bytes are in {torn}: see whether what "
            "was done last is there, then remove that file.",
        )
