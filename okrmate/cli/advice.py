"""`okrmate advice`: what was advised, what was done with it, and what that changed."""

import argparse
from collections.abc import Iterator

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import local, rfc3339, safe
from okrmate.domain.advice import Advice, AdviceState
from okrmate.domain.errors import ExitCode
from okrmate.services.mentoring import advice
from okrmate.services.mentoring.mentorships import find_pair

ADVICE = "its id, as `okrmate advice list` shows it"
STATES = {
    AdviceState.GIVEN: "not tried yet",
    AdviceState.TRIED: "tried; what it changed is asked in the next mail",
    AdviceState.COUNTS: "put to use",
}


class AdviceList(Command):
    """The advice log of one person."""

    words = ("advice", "list")
    help = "list what you advised somebody, what they did with it, and what it changed"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Some lines a piece."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        log = advice.advice_log(desk.store, pair.mentorship.id, desk.clock.now())
        terminal.data([_facts(each) for each in log])
        terminal.say(*(line for each in log for line in _lines(each, desk.mentor.zone)) if log else ["No advice yet."])
        return ExitCode.DONE


class AdviceAdd(Command):
    """A piece of advice."""

    words = ("advice", "add")
    help = "write down what you advised somebody; the next agenda asks what came of it"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whom, and what."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("text", metavar="TEXT", help="the advice, as you gave it")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Write it down and print its id."""
        desk = terminal.open().desk
        made = advice.give(desk, find_pair(desk.store, given.person), given.text)
        terminal.created(made.id, "Written down; the next agenda asks what came of it.")
        return ExitCode.DONE


class AdviceTold(Command):
    """What was done with a piece of advice."""

    words = ("advice", "told")
    help = "write down what somebody did with advice, and what it changed"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, which, and what was told."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("advice", metavar="ADVICE", help=ADVICE)
        parser.add_argument("--did", default="", metavar="WORDS", help="what was done")
        parser.add_argument("--impact", default="", metavar="WORDS", help="what it changed: only then it counts")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Keep it."""
        desk = terminal.open().desk
        told = advice.tell(desk, find_pair(desk.store, given.person), given.advice, did=given.did, impact=given.impact)
        terminal.data(_facts(told))
        terminal.say("Kept, and it counts." if told.counts else "Kept; it counts once it is known what it changed.")
        return ExitCode.DONE


class AdviceDrop(Command):
    """Advice that is asked about no more."""

    words = ("advice", "drop")
    help = "ask about a piece of advice no more; it stays in the log"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, and which."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("advice", metavar="ADVICE", help=ADVICE)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Say so."""
        desk = terminal.open().desk
        dropped = advice.drop(desk, find_pair(desk.store, given.person), given.advice)
        terminal.data(_facts(dropped))
        terminal.say("It is not asked about any more.")
        return ExitCode.DONE


def _lines(each: Advice, zone: str) -> Iterator[str]:
    state = "not asked about any more" if each.dropped else STATES[each.state]
    yield f"{each.id}  {local(each.at, zone)}  {safe(each.words) or 'advice nobody wrote down'} ({state})"
    yield from (f"   {label}: {safe(said)}" for label, said in (("did", each.did), ("changed", each.impact)) if said)


def _facts(each: Advice) -> dict[str, object]:
    return {
        "id": each.id,
        "at": rfc3339(each.at),
        "words": each.words,
        "did": each.did,
        "impact": each.impact,
        "state": str(each.state),
        "counts": each.counts,
        "dropped": each.dropped,
    }


COMMANDS: tuple[type[Command], ...] = (AdviceList, AdviceAdd, AdviceTold, AdviceDrop)
