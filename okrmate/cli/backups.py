"""`okrmate backup` and `okrmate restore`: everything of a home into one file, and back."""

import argparse
from pathlib import Path

from okrmate.adapters.clock import SystemClock
from okrmate.adapters.store import open_store
from okrmate.adapters.store_files import FILE
from okrmate.adapters.tokens import SystemTokens
from okrmate.bootstrap.backups import back_up, place_for
from okrmate.bootstrap.restoring import restore
from okrmate.cli.command import Command, Terminal
from okrmate.cli.printing import local, rfc3339
from okrmate.config import CONFIG_NAME, load
from okrmate.domain.errors import ExitCode


class Backup(Command):
    """Writes a home into one file, also while it is at work."""

    words = ("backup",)
    help = "write everything of a home into one new file, also while okrmate is at work"
    examples = ("okrmate backup", "okrmate backup /media/stick", "okrmate backup ~/okrmate-in-may.zip")
    behind = (
        "The file is a ZIP for you alone: the store, every mail as it came, your own letters, and config.toml without "
        "passwords. It is opened once before it counts, and never takes the place of another. `okrmate restore` puts "
        "it back. While `okrmate run` or the screens are at work, a backup a day is made without asking, in backups/ "
        "of the home; those of seven days, four weeks and twelve months are kept."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Where to."""
        parser.add_argument(
            "path", metavar="PATH", nargs="?", help="a new file, or a folder; backups/ of the home without"
        )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Its path on the last line."""
        home, clock = terminal.home, SystemClock()
        if not (home / FILE).exists():
            load(home / CONFIG_NAME)  # says how a home is set up, where there is none
        path = place_for(home, given.path, clock.now())
        store = open_store(home, SystemTokens(), clock)
        terminal.closing.callback(store.close)
        made = back_up(home, store, path, clock)
        terminal.data(
            {
                "path": str(made.path),
                "at": rfc3339(made.at),
                "bytes": made.size,
                "people": made.people,
                "mails": made.mails,
                "config": not made.without_config,
            }
        )
        terminal.say(f"Backed up and opened once: people {made.people}, mails {made.mails}, {_size(made.size)}.")
        if made.without_config:
            terminal.say(f"{CONFIG_NAME} is not in it: its passwords could not be told from the rest.")
        if home in made.path.parents:
            terminal.say("Keep a copy on another disk, too.")
        if not terminal.json:
            print(made.path, file=terminal.out)
        return ExitCode.DONE


class Restore(Command):
    """Puts a backup into a home."""

    words = ("restore",)
    help = "put a backup into a home; what is there is kept aside, and no letter leaves until you have looked"
    examples = ("okrmate restore okrmate-2026-11-22-084500.zip", "okrmate --home ~/elsewhere restore backup.zip")
    behind = (
        "The backup is read whole and its store opened before anything is changed. The home must not be at work: end "
        "`okrmate run` and the screens first. Passwords are not in a backup: those of the home stay, where it has any."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which."""
        parser.add_argument("file", metavar="FILE", help="a file that `okrmate backup` made")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """What stands there now, and what to do next."""
        restored = restore(Path(given.file).expanduser().absolute(), terminal.home, SystemClock())
        terminal.data(
            {
                "home": str(terminal.home),
                "made_at": rfc3339(restored.made_at),
                "people": restored.people,
                "mails": restored.mails,
                "aside": str(restored.aside) if restored.aside else None,
                "held": True,
                "problems": list(restored.problems),
            }
        )
        made = local(restored.made_at, restored.zone)
        terminal.say(f"Restored {terminal.home} as of {made}: people {restored.people}, mails {restored.mails}.")
        if restored.aside:
            terminal.say(f"What was there before lies in {restored.aside}.")
        terminal.say(
            *(f"To do: {problem}" for problem in restored.problems),
            "Next: `okrmate today`; no letter leaves before you have seen among sent mail what has left since, and "
            "said `okrmate outbox send all`.",
        )
        return ExitCode.DONE


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size // 1000 + 1} KB"  # noqa: PLR2004 - a megabyte


COMMANDS: tuple[type[Command], ...] = (Backup, Restore)
