"""`okrmate service`: having systemd keep `okrmate run` at work, also after the machine was started anew."""

import argparse
import os
import sys

from okrmate.adapters.systemd_unit import UserUnit
from okrmate.cli.command import Command, Terminal
from okrmate.domain.errors import ExitCode

LINGER = "It runs while you are logged in; `loginctl enable-linger` keeps it running when you are not."


class Install(Command):
    """Writes the unit and begins it."""

    words = ("service", "install")
    help = "have systemd run `okrmate run` for this home, now and whenever you log in"
    behind = (
        "It is begun again after a failure, but not after a refused login or a mistake in config.toml: mend that, see "
        "by `okrmate poll` that it works, then call this again. `okrmate today` tells how it goes."
    )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:  # noqa: ARG002 - takes no arguments
        """Only for a home whose configuration can be used."""
        home = terminal.open().config.home.absolute()
        unit = UserUnit.of(os.environ)
        unit.install(home, (sys.executable, "-P", "-m", "okrmate", "--home", str(home), "run"))
        terminal.data({"unit": str(unit.file), "home": str(home)})
        terminal.say(f"Installed: {unit.file}, at work for {home}.", LINGER)
        return ExitCode.DONE


class Status(Command):
    """How the service is."""

    words = ("service", "status")
    help = "say whether the service is installed, for which home, and how it is"

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:  # noqa: ARG002 - takes no arguments
        """Exit code 1 where it is not at work."""
        unit = UserUnit.of(os.environ)
        home = unit.home()
        state = unit.state() if home else "not installed"
        terminal.data({"installed": bool(home), "home": home or None, "state": state})
        terminal.say(f"The service for {home} is {state}." if home else "The service is not installed.")
        return ExitCode.DONE if state == "active" else ExitCode.FOUND


class Remove(Command):
    """Ends the service."""

    words = ("service", "remove")
    help = "end the service and take its unit away"

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:  # noqa: ARG002 - takes no arguments
        """Nothing to do is fine, too."""
        unit = UserUnit.of(os.environ)
        home = unit.home()
        if home:
            unit.remove()
        terminal.data({"home": home or None})
        terminal.say(f"Removed: nobody runs the loop for {home} now." if home else "The service is not installed.")
        return ExitCode.DONE


COMMANDS: tuple[type[Command], ...] = (Install, Status, Remove)
