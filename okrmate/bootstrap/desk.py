"""Opening the desk: configuration, store, clock and randomness of one home."""

from functools import partial
from pathlib import Path

from okrmate.adapters.clock import SystemClock
from okrmate.adapters.file import Disk
from okrmate.adapters.lease import LeaseFile
from okrmate.adapters.store import TinyStore, open_store
from okrmate.adapters.tokens import SystemTokens
from okrmate.config import CONFIG_NAME, Config, load
from okrmate.frozen import Frozen, replace
from okrmate.services.desk import Desk
from okrmate.services.loop_state import LoopWindow
from okrmate.services.ports import Clock


class OpenHome(Frozen):
    """A home that is open: how it is set up, the desk in it, and a window on its loop."""

    config: Config
    desk: Desk
    store: TinyStore
    """The desk's, as it is backed up."""
    loop: LoopWindow
    """Where one sees how the mail loop is, whoever runs it."""


def open_home(home: Path, clock: Clock | None = None, disk: Disk | None = None) -> OpenHome:
    """Open the home in this folder; `ConfigError` or `StoreError` say what stands in the way."""
    config = load(home / CONFIG_NAME)
    tokens = SystemTokens()
    # The store notes when the home was made in real time, which is what arriving mail is compared with.
    store = open_store(home, tokens, SystemClock(), disk, keep=partial(_keep_before_migration, home))
    desk = Desk(
        store=store,
        clock=clock or SystemClock(),
        tokens=tokens,
        mentor=config.mentor,
        sender_address=config.mail.rules.sender_address,
    )
    return OpenHome(config=config, desk=desk, store=store, loop=LeaseFile(home))


def configured(opened: OpenHome, config: Config) -> OpenHome:
    """The same home with the same store, set up as this configuration says."""
    desk = replace(opened.desk, mentor=config.mentor, sender_address=config.mail.rules.sender_address)
    return replace(opened, config=config, desk=desk)


def _keep_before_migration(home: Path, layout: int) -> None:
    from okrmate.adapters.backups.before_migration import keep_before_migration

    keep_before_migration(home, SystemClock(), layout)
