"""`okrmate okr edit` and `revise`: a draft altered freely, active OKRs for a reason; and what differs from before."""

import argparse
from collections.abc import Iterator

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import safe, target
from okrmate.cli.wanted_changes import add_additions, add_changes, additions_of, changes_of
from okrmate.domain.errors import ExitCode, UsageError
from okrmate.domain.versions import Difference, DifferenceKind, Version, VersionLine
from okrmate.services.desk import Desk
from okrmate.services.mentoring.altering import Alteration, edit, revise
from okrmate.services.mentoring.mentorships import find_pair

LINE = "an objective (1) or a key result (1.2); left out where something is added"


class OkrEdit(Command):
    """Alters a draft."""

    words = ("okr", "edit")
    help = "change a line of somebody's draft, drop it, or add one"
    examples = (
        'okrmate okr edit tom 1.2 --title "Editors who ask for an article" --target 4',
        "okrmate okr edit tom 1.2 --to-objective 2",
        'okrmate okr edit tom 1.3 --drop --reason "yours to do; the invitations show whether it works"',
    )
    behind = "The reasons stand in the letter in which both are asked to agree. A refined set is a draft again."

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, which line, and what is to be otherwise."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("line", metavar="LINE", nargs="?", default="", help=LINE)
        add_changes(parser)
        add_additions(parser)
        parser.add_argument("--reason", default="", help="why, for the other side to read")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """All of it, or nothing and a sentence."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        okr_set = edit(desk, pair, _wanted(given, desk), given.reason)
        terminal.created(okr_set.id, f"The draft of {pair.protege.name} is changed; `okrmate okr show` shows it.")
        return ExitCode.DONE


class OkrRevise(OkrEdit):
    """Makes a new revision of active OKRs."""

    words = ("okr", "revise")
    help = "change, add or drop a line of somebody's active OKRs, with a reason"
    examples = (
        'okrmate okr revise tom 1.2 --target 8 --reason "the first six came within a month"',
        'okrmate okr revise tom --add "Readers who write back" --objective 1 --kind count --target 20 --reason "…"',
        'okrmate okr revise tom 2.1 --to-objective 1 --reason "it is how he gets asked"',
    )
    behind = (
        "What was read stays, and is judged by the revision in force when it was read. `okrmate okr show PERSON "
        "--revision N` compares."
    )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """All of it as one revision, or nothing and a sentence."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        okr_set = revise(desk, pair, _wanted(given, desk), given.reason)
        terminal.created(okr_set.id, f"The OKRs of {pair.protege.name} are at revision {okr_set.revision}.")
        return ExitCode.DONE


def _wanted(given: argparse.Namespace, desk: Desk) -> tuple[Alteration, ...]:
    changes = () if given.add else tuple(changes_of(given, given.line))
    if changes and not given.line:
        raise UsageError("Say which line: an objective such as 1, or a key result such as 1.2.")
    return (*changes, *additions_of(given, desk))


def version_page(version: Version, differences: tuple[Difference, ...]) -> Iterator[str]:
    """A version line by line, and what differs from it now."""
    for line in version.lines:
        indent = "   " if line.metric else ""
        yield f"{indent}{_told(line)}"
    yield "Since then:" if differences else "It stands like that today."
    for each in differences:
        yield f"   {_difference(each)}"


def _told(line: VersionLine) -> str:
    if line.metric is None:
        return f"{line.ref}. {safe(line.title)}"
    return f"{safe(line.title)}: {_goal(line)} (KR {line.ref})"


def _goal(line: VersionLine) -> str:
    return target(line.metric) if line.metric else ""


def _difference(each: Difference) -> str:
    name = f"KR {each.line.ref}" if each.line.metric else f"objective {each.line.ref}"
    match each.kind:
        case DifferenceKind.REWORDED if each.before:
            return f"{name} reworded: “{safe(each.before.title)}” → “{safe(each.line.title)}”"
        case DifferenceKind.MEASURED if each.before:
            return f"{name} measured otherwise: {_goal(each.before)} → {_goal(each.line)}"
        case DifferenceKind.MOVED if each.before:
            return f"{name} moved to objective {each.line.ref.partition('.')[0]}, was KR {each.before.ref}"
        case _:
            return f"{name} {each.kind}: {_told(each.line)}"


def version_facts(version: Version, differences: tuple[Difference, ...]) -> dict[str, object]:
    """The same for JSON."""
    return {
        "revision": version.number,
        "reason": version.reason,
        "lines": [_fact(line) for line in version.lines],
        "differences": [
            {
                "kind": str(each.kind),
                "before": _fact(each.before) if each.before else None,
                "after": _fact(each.after) if each.after else None,
            }
            for each in differences
        ],
    }


def _fact(line: VersionLine) -> dict[str, object]:
    return {"id": line.id, "ref": line.ref, "title": line.title, "goal": _goal(line)}
