"""`okrmate promise`: what both sides promised, carried until it is kept or dropped."""

import argparse
from typing import ClassVar

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import safe, table
from okrmate.domain.errors import ExitCode
from okrmate.domain.meetings import Promise, PromiseState
from okrmate.domain.people import Side
from okrmate.services.mentoring import promises
from okrmate.services.mentoring.mentorships import Pair, find_pair, pairs
from okrmate.services.tables import PROMISES

DAY = "the day it is for, such as “fri”, “12 mar” or 2026-03-12"


class PromiseList(Command):
    """Promises that are open, or all of them."""

    words = ("promise", "list")
    help = "list what both of you promised and have not kept yet"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, and whether those that are settled too."""
        parser.add_argument("person", metavar="PERSON", nargs="?", default="", help=f"{PERSON}; everybody without it")
        parser.add_argument("--all", action="store_true", help="also those that are kept or dropped")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """One line a promise."""
        store = terminal.open().desk.store
        everyone = [find_pair(store, given.person)] if given.person else list(pairs(store))
        found = [
            (each, pair)
            for pair in everyone
            for each in (
                store.find(PROMISES, "mentorship", pair.mentorship.id)
                if given.all
                else promises.open_promises(store, pair.mentorship.id)
            )
        ]
        terminal.data([_facts(each, pair) for each, pair in found])
        rows = [(each.id, _whose(each, pair), _day(each), str(each.state), each.text) for each, pair in found]
        terminal.say(*table(rows) or ["No promise is open."])
        return ExitCode.DONE


class PromiseAdd(Command):
    """What one side promised."""

    words = ("promise", "add")
    help = "write down what you promised somebody, or with --by protege what they promised you"
    examples = ('okrmate promise add tom "the introduction to Ana" --due fri',)

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """With whom, what, whose, until when."""
        sides = [str(side) for side in Side]
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("text", metavar="TEXT", help="what was promised")
        parser.add_argument("--by", choices=sides, default=str(Side.MENTOR), help="who promised; mentor without it")
        parser.add_argument("--due", default="", metavar="DAY", help=DAY)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Write it down and print its id."""
        desk = terminal.open().desk
        due = promises.day(desk, given.due)
        made = promises.make(desk, find_pair(desk.store, given.person), given.text, by=Side(given.by), due=due)
        until = f" for {made.due:%a %d %b}" if made.due else ""
        terminal.created(made.id, f"Written down{until}; it stands on the next agenda until it is kept or dropped.")
        return ExitCode.DONE


class _PromiseBecomes(Command):
    """What became of a promise."""

    state: ClassVar[PromiseState]

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which."""
        parser.add_argument("promise", metavar="PROMISE", help="its id, as `okrmate promise list` shows it")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Say so."""
        settled = promises.become(terminal.open().desk, given.promise, self.state)
        terminal.data({"id": settled.id, "state": str(settled.state)})
        terminal.say(f"{self.state.title()}: {safe(settled.text)}")
        return ExitCode.DONE


class PromiseKept(_PromiseBecomes):
    """A promise that was kept."""

    words = ("promise", "kept")
    help = "say that a promise was kept"
    state = PromiseState.KEPT


class PromiseDropped(_PromiseBecomes):
    """A promise that nobody waits for any more."""

    words = ("promise", "dropped")
    help = "say that nobody waits for a promise any more"
    state = PromiseState.DROPPED


def _whose(promise: Promise, pair: Pair) -> str:
    name = pair.protege.first_name
    return f"you to {name}" if promise.by is Side.MENTOR else f"{name} to you"


def _day(promise: Promise) -> str:
    return f"for {promise.due:%d %b %Y}" if promise.due else f"of {promise.at:%d %b %Y}"


def _facts(promise: Promise, pair: Pair) -> dict[str, object]:
    return {
        "id": promise.id,
        "person": pair.protege.id,
        "by": str(promise.by),
        "text": promise.text,
        "due": promise.due.isoformat() if promise.due else None,
        "state": str(promise.state),
    }


COMMANDS: tuple[type[Command], ...] = (PromiseList, PromiseAdd, PromiseKept, PromiseDropped)
