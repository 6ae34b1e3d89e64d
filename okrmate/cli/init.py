"""`okrmate init`: setting up a home: who the mentor is, her account tried out, and a letter that makes the round."""

import argparse
import os

from okrmate.adapters.config_file import put_aside, write_config
from okrmate.adapters.locality import guessed_locale, guessed_zone
from okrmate.adapters.presets import Preset
from okrmate.adapters.resources import Resources
from okrmate.adapters.surroundings import warning
from okrmate.bootstrap.checkup import check_servers
from okrmate.cli import account
from okrmate.cli.asking import NOTHING_WRITTEN, Asking
from okrmate.cli.command import Command, Terminal
from okrmate.cli.following import Follower, add_answer_within, follow_self_test
from okrmate.config import CONFIG_NAME, Filing, parse
from okrmate.config_text import with_keys
from okrmate.domain.errors import ExitCode, StoreError, UsageError
from okrmate.domain.particulars import locale, mail_address, time_zone
from okrmate.frozen import Frozen
from okrmate.services.checks.self_test import Learnt

AGAIN, WRITE, LEAVE = NEXT = ("again", "write", "leave")


class Init(Command):
    """Asks, tries, writes, and makes the round."""

    words = ("init",)
    help = "set up who you are and your mail account; it is tried out before anything is written"
    examples = (
        "okrmate init",
        "okrmate init --non-interactive --name Ada --address ada@gmail.com --secret-command 'pass gmail'",
    )
    behind = (
        "Both servers are logged in to before config.toml is written. Then a letter to yourself shows whether mail to "
        "an address with +anything arrives, whether your provider keeps the Message-ID and files what is sent, "
        "and what is understood of your answer; what that shows is written down, too. Each question is also an option, "
        "so that a script can answer it."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Each question is also an option, so that a script can answer."""
        parser.add_argument("--name", metavar="NAME", help="your name, as letters are signed")
        parser.add_argument("--address", metavar="ADDRESS", help="your mail address")
        parser.add_argument("--zone", metavar="ZONE", help="your time zone; the system's without it")
        parser.add_argument(
            "--locale", metavar="LOCALE", help="how numbers and dates are written for you; the system's without it"
        )
        account.declare(parser)
        parser.add_argument("--non-interactive", action="store_true", help="ask nothing; options must say it all")
        parser.add_argument("--replace", action="store_true", help="replace a config.toml (kept as config.toml.old)")
        parser.add_argument("--no-self-test", action="store_true", help="send no letter to yourself")
        add_answer_within(parser)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Ask, try both servers, write config.toml, and follow a letter to herself."""
        asking = Asking(terminal, somebody=not (given.non_interactive or terminal.json or terminal.quiet))
        _make_sure_of_the_place(asking, given, terminal)
        if asking.somebody:
            terminal.say("Enter takes what stands in brackets; Ctrl-C leaves, and nothing is written.")
        if trouble := warning(terminal.home):
            terminal.say(f"Mind: {trouble}")
        tried = _tried(asking, given, terminal)
        follower = tried.follower
        if not tried.write:
            terminal.say(NOTHING_WRITTEN)
        elif follower.wrong:
            _write(terminal, tried.text)
            terminal.say("Next: `okrmate doctor` tries the account again, and says what to do.")
        else:
            _write(terminal, tried.text)
            if not given.no_self_test:
                try_plus = tried.preset is None or tried.preset.plus_addresses
                learnt = follow_self_test(terminal.open(), follower, given.answer_within, try_plus=try_plus)
                write_config(terminal.home / CONFIG_NAME, _knowing(tried.text, learnt))
            terminal.say(
                "Next: `okrmate person add NAME ADDRESS` for each person you mentor. Then `okrmate` shows everything; "
                "while it is open, or `okrmate run` is at work, mail is read and sent."
            )
        terminal.data(follower.as_data())
        return ExitCode.FOUND if follower.wrong else ExitCode.DONE


class Tried(Frozen):
    """A config.toml as it would be written, and how its account did."""

    text: str
    preset: Preset | None
    follower: Follower
    write: bool
    """Whether it is to be written."""


def _tried(asking: Asking, given: argparse.Namespace, terminal: Terminal) -> Tried:
    """Ask until the account works, or she wants it written all the same, or leaves."""
    mentor = _mentor(asking, given)
    again = False
    while True:
        found = account.ask(asking, given, terminal, str(mentor["mentor.address"]), again=again)
        text = with_keys(Resources(None).sample_config(), {**mentor, **found.keys})
        follower = Follower(terminal)
        follower.told_all(check_servers(parse(text, terminal.home / CONFIG_NAME)))
        chosen = asking.choice("Answer again, write it all the same, or leave?", NEXT) if follower.wrong else WRITE
        again = chosen == AGAIN
        if not again:
            return Tried(text=text, preset=found.preset, follower=follower, write=chosen == WRITE)


def _make_sure_of_the_place(asking: Asking, given: argparse.Namespace, terminal: Terminal) -> None:
    """Refuse before the first question what would be refused after the last."""
    home = terminal.home
    if home.exists() and not home.is_dir():
        raise StoreError(f"{home} is no folder: a file stands there. Choose another home.")
    path = home / CONFIG_NAME
    if not path.exists() or given.replace:
        return
    if not asking.yes(f"There is a {path} already; it would be kept as {path.name}.old. Replace it?"):
        raise UsageError(f"{path} was left as it is; --replace puts another in its place.")


def _mentor(asking: Asking, given: argparse.Namespace) -> account.Keys:
    return {
        "mentor.name": asking.text("--name", given.name),
        "mentor.address": asking.text("--address", given.address, mail_address),
        "mentor.zone": asking.text("--zone", given.zone, time_zone, default=guessed_zone(os.environ) or "UTC"),
        "mentor.locale": asking.text("--locale", given.locale, locale, default=guessed_locale(os.environ)),
    }


def _write(terminal: Terminal, text: str) -> None:
    path = terminal.home / CONFIG_NAME
    put_aside(path)
    write_config(path, text)
    terminal.say(f"Written: {path}, for you alone to read.")


def _knowing(text: str, learnt: Learnt) -> str:
    """The config with what the self-test found out about the account."""
    keys: account.Keys = {}
    if learnt.plus_addresses is not None:
        keys["mail.plus_addresses"] = learnt.plus_addresses
    if learnt.files_sent is not None:
        keys["mail.smtp.sent"] = str(Filing.NEVER if learnt.files_sent else Filing.AUTO)
    if learnt.server:
        keys["mail.authserv_ids"] = (learnt.server,)
    return with_keys(text, keys)


COMMANDS: tuple[type[Command], ...] = (Init,)
