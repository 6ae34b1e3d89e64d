"""`okrmate okr`: drafting, pasting, starting and showing sets of OKRs."""

import argparse
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from okrmate.cli.coach import OkrCoach
from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import number, rfc3339, safe, standing
from okrmate.domain.errors import ExitCode, Refusal, UsageError
from okrmate.domain.metrics import MetricKind
from okrmate.domain.moments import parse_date
from okrmate.reply.drafts import draft_okrs
from okrmate.services.mentoring.drafts import as_new
from okrmate.services.mentoring.mentorships import find_pair
from okrmate.services.mentoring.okrs import (
    NewKeyResult,
    Outline,
    activate,
    add_key_result,
    add_objective,
    counted,
    current_outline,
    import_objectives,
    outline,
)


class OkrAdd(Command):
    """Adds an objective, or with --objective a key result under one."""

    words = ("okr", "add")
    help = "add an objective, or a key result, to somebody's draft"
    examples = (
        'okrmate okr add tom "Be a speaker whom others invite"',
        'okrmate okr add tom "Invitations to speak" --objective 1 --kind count --baseline 1 --target 6',
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The title, and for a key result how it is measured."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("title", metavar="TITLE", help="in quotes; of an objective, or of a key result")
        parser.add_argument("--objective", type=int, metavar="N", help="the objective this key result belongs to")
        parser.add_argument(
            "--kind",
            choices=[str(kind) for kind in MetricKind],
            metavar="KIND",
            help=f"how it is measured: {', '.join(MetricKind)}",
        )
        parser.add_argument(
            "--baseline", type=_decimal, metavar="NUMBER", help="where it begins; left out, the first reading sets it"
        )
        parser.add_argument(
            "--target",
            type=_goal,
            metavar="NUMBER",
            help="the committed target; of a percent_increase the number itself, or as 100%% the growth",
        )
        parser.add_argument("--stretch", type=_goal, metavar="NUMBER", help="the target beyond it")
        parser.add_argument("--unit", default="", help="what is counted, %%, or a currency")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Add to the draft and print the id."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        if given.objective is None:
            if given.kind or given.target is not None:
                raise UsageError("A key result needs --objective N, the number of its objective.")
            objective = add_objective(desk, pair, given.title)
            terminal.created(objective.id, f"Objective {objective.number}: {objective.title}")
            return ExitCode.DONE
        if given.kind is None:
            raise UsageError("A key result needs --kind, such as count, percent, threshold or milestone.")
        key_result = add_key_result(desk, pair, given.objective, _new(given))
        terminal.created(key_result.id, f"KR {key_result.ref}: {key_result.title}")
        return ExitCode.DONE


class _Goal(NamedTuple):
    """A number as it was typed, and whether a percent sign stood behind it."""

    number: Decimal
    percent: bool


def _goal(text: str) -> _Goal:
    bare = text.rstrip().removesuffix("%")
    return _Goal(_decimal(bare.rstrip()), bare != text.rstrip())


def _new(given: argparse.Namespace) -> NewKeyResult:
    kind = MetricKind(given.kind)
    goals: list[_Goal] = [goal for goal in (given.target, given.stretch) if goal is not None]
    percent = {goal.percent for goal in goals}
    if len(percent) > 1 and kind is MetricKind.PERCENT_INCREASE:
        raise UsageError("Give target and stretch in the same way: both as growth in %, or both as numbers.")
    if True in percent and kind in {MetricKind.COUNT, MetricKind.CURRENCY}:
        raise UsageError(f"A {kind} is no percentage: give its target as a number.")
    return NewKeyResult(
        title=given.title,
        kind=kind,
        target=given.target and given.target.number,
        baseline=given.baseline,
        stretch=given.stretch and given.stretch.number,
        unit=given.unit or ("%" if kind is MetricKind.THRESHOLD and True in percent else ""),
        growth=kind is MetricKind.PERCENT_INCREASE and True in percent,
    )


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise argparse.ArgumentTypeError(f"“{text}” is not a number")
    return value


class OkrShow(Command):
    """A person's OKRs with where each stands."""

    words = ("okr", "show")
    help = "show somebody's OKRs and where they stand"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Objectives and key results, one line each."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        found = current_outline(desk.store, pair.mentorship.id)
        terminal.data(_facts(found) if found else {})
        if found is None:
            terminal.say(f"{pair.protege.name} has no OKRs yet. `okrmate okr import` takes lines with O: and KR:.")
            return ExitCode.DONE
        terminal.say(f"{pair.protege.name}, {found.okr_set.state}, revision {found.okr_set.revision}")
        terminal.say(*_page(found))
        return ExitCode.DONE


def _page(outline: Outline) -> Iterator[str]:
    for objective, standings in outline.objectives:
        yield f"{objective.number}. {safe(objective.title)}"
        for each in standings:
            now = standing(each.key_result, each.summary)
            yield f"   {safe(each.key_result.title)}: {now} (KR {each.key_result.ref})"


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
                        "kr": each.key_result.ref,
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
    examples = ("okrmate okr import tom okrs.txt", "okrmate okr import tom")
    behind = (
        "Without a FILE they are pasted or typed. How a key result is measured is read from its words:\n\n"
        "  O: Be a speaker whom others invite, by the end of June\n"
        "  KR: Invitations to speak, from 1 to 6\n"
        "  KR: Listeners who rate the talk 4 or 5, from 62 % to 80 %\n"
        "  KR: Hours until an answer: at most 4 (now 9)\n"
        "  KR: Talk portfolio live"
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, and where the lines are."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument(
            "file", metavar="FILE", nargs="?", default="-", help="a text file; left out, what is pasted"
        )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """All of it, or nothing and a sentence for each line that cannot be taken; say what was understood."""
        text = terminal.read_text(given.file)
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        drafted = draft_okrs(text)
        okr_set = import_objectives(desk, pair, as_new(drafted))
        terminal.created(
            okr_set.id,
            f"Drafted {counted(len(drafted.objectives))} for {pair.protege.name}. The draft is now:",
            *_page(outline(desk.store, okr_set)),
            *(
                f"Left out, since neither O: nor KR: stands before it: “{safe(line)}”"
                for line in drafted.prose.splitlines()
            ),
            f"`okrmate okr activate {given.person}` starts it, `okrmate undo` takes it back.",
        )
        return ExitCode.DONE


class OkrActivate(Command):
    """Starts the draft by the mentor alone, and records that she did."""

    words = ("okr", "activate")
    help = "start somebody's draft; the record says that you did, not both of you"
    examples = ("okrmate okr activate tom", 'okrmate okr activate tom --ends 2027-06-30 --reason "agreed in the talk"')

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, and why without both having agreed by mail."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("--reason", default="", help="why without both having agreed")
        parser.add_argument(
            "--ends", default="", metavar="DATE", help="the last day of the cycle; left out, the quarter's"
        )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Draft, refined, active."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        ends = parse_date(given.ends, desk.mentor.zone, desk.clock.now()) if given.ends else None
        if isinstance(ends, Refusal):
            raise UsageError(ends.sentence)
        okr_set = activate(desk, pair, given.reason, ends)
        told = f"The OKRs of {pair.protege.name} are active until {okr_set.ends:%d %b %Y}."
        if not given.ends:
            told += f" For another last day: `okrmate undo`, then `okrmate okr activate {given.person} --ends DATE`."
        terminal.created(okr_set.id, told)
        return ExitCode.DONE


COMMANDS: tuple[type[Command], ...] = (OkrAdd, OkrList, OkrShow, OkrImport, OkrCoach, OkrActivate)
