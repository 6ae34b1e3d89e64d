"""`okrmate okr`: drafting, pasting and showing sets of OKRs, and the other commands of them."""

import argparse
from collections.abc import Iterator, Sequence

from okrmate.cli.coach import OkrCoach
from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.okr_changes import OkrEdit, OkrRevise, version_facts, version_page
from okrmate.cli.okr_describe import OkrDescribe, described_facts, described_lines
from okrmate.cli.okr_history import OkrHistory
from okrmate.cli.okr_steps import OkrActivate, OkrClose, OkrRefine
from okrmate.cli.printing import measure, number, rfc3339, safe, standing
from okrmate.cli.tactics import tried_line
from okrmate.cli.wanted_changes import add_measure, new_key_result
from okrmate.domain.errors import ExitCode, UsageError
from okrmate.services.mentoring.drafts import pasted
from okrmate.services.mentoring.examples import example, examples
from okrmate.services.mentoring.mentorships import find_pair
from okrmate.services.mentoring.okrs import (
    Outline,
    add_key_result,
    add_objective,
    counted,
    current_outline,
    import_objectives,
    outline,
)
from okrmate.services.mentoring.tactics import Tried, tried
from okrmate.services.mentoring.versions import differences_since, version_numbered


class OkrAdd(Command):
    """Adds an objective, or with --objective a key result under one."""

    words = ("okr", "add")
    help = "add an objective, or a key result, to somebody's draft"
    examples = (
        'okrmate okr add tom "Be a speaker whom others invite"',
        'okrmate okr add tom "Invitations to speak" --objective 1 --kind count --baseline 1 --target 6',
        'okrmate okr add tom "100 % more invitations to speak, from 4" --objective 1',
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The title, and for a key result how it is measured."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("title", metavar="TITLE", help="in quotes; of an objective, or of a key result")
        parser.add_argument("--objective", type=int, metavar="N", help="the objective this key result belongs to")
        add_measure(parser)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Add to the draft and print the id."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        if given.objective is None:
            if given.kind or given.target is not None or given.at_least or given.at_most:
                raise UsageError("A key result needs --objective N, the number of its objective.")
            objective = add_objective(desk, pair, given.title)
            terminal.created(objective.id, f"Objective {objective.number}: {objective.title}")
            return ExitCode.DONE
        key_result = add_key_result(desk, pair, given.objective, new_key_result(given, given.title))
        terminal.created(key_result.id, f"KR {key_result.ref}: {key_result.title}, {measure(key_result.metric)}")
        return ExitCode.DONE


class OkrShow(Command):
    """A person's OKRs with where each stands."""

    words = ("okr", "show")
    help = "show somebody's OKRs and where they stand"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, and as of which revision."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument(
            "--revision", type=int, metavar="N", help="as they were agreed then, and what differs since; 0: first draft"
        )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Objectives and key results, one line each."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        found = current_outline(desk.store, pair.mentorship.id)
        if found is not None and given.revision is not None:
            version = version_numbered(desk.store, found.okr_set, given.revision)
            differences = differences_since(desk.store, found.okr_set, given.revision)
            terminal.data(version_facts(version, differences))
            terminal.say(*version_page(version, differences))
            return ExitCode.DONE
        terminal.data(_facts(found) if found else {})
        if found is None:
            terminal.say(f"{pair.protege.name} has no OKRs yet. `okrmate okr import` takes lines with O: and KR:.")
            return ExitCode.DONE
        terminal.say(f"{pair.protege.name}, {found.okr_set.state}, revision {found.okr_set.revision}")
        terminal.say(*_page(found, tried(desk.store, pair, desk.clock.now())))
        return ExitCode.DONE


def _page(outline: Outline, tactics: Sequence[Tried] = ()) -> Iterator[str]:
    for objective, standings in outline.objectives:
        yield f"{objective.number}. {safe(objective.title)}"
        for each in standings:
            now = standing(each.key_result, each.summary)
            yield f"   {safe(each.key_result.title)}: {now} (KR {each.key_result.ref})"
            yield from (f"   {line}" for line in described_lines(each.key_result))
            yield from (f"      {tried_line(row)}" for row in tactics if row.key_result.id == each.key_result.id)


class OkrList(OkrShow):
    """The same, under the name people try first."""

    words = ("okr", "list")
    help = "do the same as okr show"


def _facts(outline: Outline) -> dict[str, object]:
    return {
        "id": outline.okr_set.id,
        "state": str(outline.okr_set.state),
        "revision": outline.okr_set.revision,
        "objectives": [
            {
                "number": objective.number,
                "title": objective.title,
                "key_results": [
                    {
                        "id": each.key_result.id,
                        **described_facts(each.key_result, each.summary.first),
                        "title": each.key_result.title,
                        "kind": str(each.key_result.metric.kind),
                        "baseline": number(each.key_result.metric.baseline),
                        "target": number(each.key_result.metric.target),
                        "stretch": number(each.key_result.metric.stretch),
                        "unit": each.key_result.metric.unit,
                        "value": number(each.summary.value),
                        "confidence": each.summary.confidence,
                        "heard_at": rfc3339(each.summary.heard_at),
                        "readings": each.summary.readings,
                    }
                    for each in standings
                ],
            }
            for objective, standings in outline.objectives
        ],
    }


class OkrImport(Command):
    """Takes a pasted set of O: and KR: lines into the draft."""

    words = ("okr", "import")
    help = "take lines with O: and KR: into somebody's draft"
    examples = ("okrmate okr import tom okrs.txt", "okrmate okr import tom", "okrmate okr import tom --example expert")
    behind = (
        "Without a FILE they are pasted or typed. How a key result is measured is read from its words:\n\n"
        "  O: Be a speaker whom others invite, by the end of June\n"
        "  KR: Invitations to speak, from 1 to 6\n"
        "  KR: Listeners who rate the talk 4 or 5, from 62 % to 80 %\n"
        "  KR: Hours until an answer: at most 4 (now 9)\n"
        "  KR: Talk portfolio live\n"
        "  tactic: one evening a week on it"
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, and where the lines are."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument(
            "file", metavar="FILE", nargs="?", default="-", help="a text file; left out, what is pasted"
        )
        parser.add_argument(
            "--example", choices=tuple(examples()), metavar="NAME", help=f"begin from one of {', '.join(examples())}"
        )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """All of it, or nothing and a sentence for each line that cannot be taken; say what was understood."""
        new, prose = (example(given.example), "") if given.example else pasted(terminal.read_text(given.file))
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        okr_set = import_objectives(desk, pair, new)
        terminal.created(
            okr_set.id,
            f"Drafted {counted(len(new))} for {pair.protege.name}. The draft is now:",
            *_page(outline(desk.store, okr_set)),
            *(f"Left out, since neither O: nor KR: stands before it: “{safe(line)}”" for line in prose.splitlines()),
            f"`okrmate okr activate {given.person}` starts it, `okrmate undo` takes it back.",
        )
        return ExitCode.DONE


COMMANDS: tuple[type[Command], ...] = (
    OkrAdd,
    OkrList,
    OkrShow,
    OkrImport,
    OkrEdit,
    OkrDescribe,
    OkrHistory,
    OkrCoach,
    OkrRefine,
    OkrActivate,
    OkrRevise,
    OkrClose,
)
