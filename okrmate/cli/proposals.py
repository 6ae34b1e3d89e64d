"""`okrmate proposal`: what people would have otherwise in their goals, and the mentor's word on it."""

import argparse

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import local, rfc3339, safe, table
from okrmate.cli.wanted_changes import add_changes, changes_of
from okrmate.domain.errors import ExitCode, UsageError
from okrmate.domain.proposals import Proposal
from okrmate.services.mentoring.deciding import accept, reject
from okrmate.services.mentoring.mentorships import find_pair, pair
from okrmate.services.mentoring.proposals import find_proposal, proposals


class ProposalList(Command):
    """The wishes that wait for the mentor's word."""

    words = ("proposal", "list")
    help = "list what people would have otherwise in their goals"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, everybody's unless named."""
        parser.add_argument("person", metavar="PERSON", nargs="?", default="", help=PERSON)
        parser.add_argument("--all", action="store_true", help="those that are decided, too")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """One line each."""
        desk = terminal.open().desk
        store = desk.store
        mentorship = find_pair(store, given.person).mentorship.id if given.person else ""
        found = proposals(store, mentorship, every=given.all)
        terminal.data([_facts(each) for each in found])
        if not found:
            terminal.say("Nobody would have anything otherwise.")
            return ExitCode.DONE
        rows = [
            (
                each.id,
                pair(store, each.mentorship).protege.name,
                f"KR {each.ref}" if each.ref else "",
                local(each.at, desk.mentor.zone),
                str(each.state),
                f"“{each.words}”",
            )
            for each in found
        ]
        terminal.say(*table(rows))
        return ExitCode.DONE


def _facts(each: Proposal) -> dict[str, object]:
    return {
        "id": each.id,
        "mentorship": each.mentorship,
        "kr": each.ref or None,
        "words": each.words,
        "drops": each.drops,
        "at": rfc3339(each.at),
        "state": str(each.state),
        "answer": each.answer,
    }


class ProposalAccept(Command):
    """Takes a wish, and changes the goals as it says."""

    words = ("proposal", "accept")
    help = "take a proposal, and change the goals by it"
    examples = (
        "okrmate proposal accept 3f9k",
        "okrmate proposal accept 3f9k --target 4",
        'okrmate proposal accept 3f9k --kr 1.2 --title "Readers who write back"',
    )
    behind = (
        "One that says that a key result may go drops it. Any other changes what the options say; without any it is "
        "taken, and the goals are yours to change. Active OKRs get a revision with the reason."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which, and what it makes of the goals."""
        parser.add_argument("proposal", metavar="ID", help="as `okrmate proposal list` shows it")
        parser.add_argument("--kr", default="", metavar="KR", help="the key result, where the proposal names none")
        add_changes(parser)
        parser.add_argument("--reason", default="", help="why; left out, their own words")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Accepted, and the goals changed."""
        desk = terminal.open().desk
        proposal = find_proposal(desk.store, given.proposal)
        ref = given.kr or proposal.ref
        changes = tuple(changes_of(given, ref))
        if changes and not ref:
            raise UsageError("The proposal names no key result; say which one with --kr.")
        accepted = accept(desk, proposal.id, changes, given.reason)
        changed = bool(changes) or (proposal.drops and bool(proposal.ref))
        more = "The goals are changed." if changed else "`okrmate okr revise` changes the goals as it asks."
        terminal.created(accepted.id, f"Taken: “{safe(accepted.words)}”. {more}")
        return ExitCode.DONE


class ProposalReject(Command):
    """Leaves the goals as they are."""

    words = ("proposal", "reject")
    help = "leave the goals as they are"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which, and why."""
        parser.add_argument("proposal", metavar="ID", help="as `okrmate proposal list` shows it")
        parser.add_argument("--reason", default="", help="why, for the record")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Rejected."""
        rejected = reject(terminal.open().desk, given.proposal, given.reason)
        terminal.created(rejected.id, f"Left as it is: “{safe(rejected.words)}”.")
        return ExitCode.DONE


COMMANDS: tuple[type[Command], ...] = (ProposalList, ProposalAccept, ProposalReject)
