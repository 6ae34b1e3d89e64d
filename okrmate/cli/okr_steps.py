"""`okrmate okr refine`, `activate` and `close`: the steps of a set of OKRs."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import plain, safe
from okrmate.cli.wanted_changes import decimal_of
from okrmate.domain.closing import FinalScore
from okrmate.domain.errors import ExitCode, Refusal, UsageError
from okrmate.domain.moments import parse_date
from okrmate.services.desk import Desk
from okrmate.services.mentoring.closing import ByHand, close, closing_of
from okrmate.services.mentoring.mentorships import find_pair
from okrmate.services.mentoring.steps import abandon, activate, refine


def _ends(given: argparse.Namespace, desk: Desk) -> date | None:
    ends = parse_date(given.ends, desk.mentor.zone, desk.clock.now()) if given.ends else None
    if isinstance(ends, Refusal):
        raise UsageError(ends.sentence)
    return ends


class OkrRefine(Command):
    """Has both sides agree to the draft."""

    words = ("okr", "refine")
    help = "agree to somebody's draft yourself, and have them asked by mail"
    examples = ("okrmate okr refine tom", "okrmate okr refine tom --ends 2027-06-30")
    behind = "Once they have agreed too, it is active by itself. Whatever is changed before makes it a draft again."

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, and until when."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument(
            "--ends", default="", metavar="DATE", help="the last day of the cycle; left out, the quarter's"
        )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Draft to refined."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        okr_set = refine(desk, pair, _ends(given, desk))
        terminal.created(
            okr_set.id,
            f"You agree to the OKRs of {pair.protege.name} until {okr_set.ends:%d %b %Y}; the next letter asks "
            f"{pair.protege.first_name}. `okrmate letter preview refine-summary {given.person}` shows it.",
        )
        return ExitCode.DONE


class OkrActivate(Command):
    """Starts the set, by the mentor alone where not both have agreed, and records that she did."""

    words = ("okr", "activate")
    help = "start somebody's OKRs; where not both have agreed, the record says that you did"
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
        okr_set = activate(desk, pair, given.reason, _ends(given, desk))
        told = f"The OKRs of {pair.protege.name} are active until {okr_set.ends:%d %b %Y}."
        if not given.ends:
            told += f" For another last day: `okrmate undo`, then `okrmate okr activate {given.person} --ends DATE`."
        terminal.created(okr_set.id, told)
        return ExitCode.DONE


class OkrClose(Command):
    """Closes the active set."""

    words = ("okr", "close")
    help = "close somebody's OKRs: what was learned, scores, what goes on"
    examples = (
        'okrmate okr close tom --learned "ask for feedback the same day" --score 1.2=0.5 --carry 2.1',
        'okrmate okr close tom --reason "he has changed jobs"',
    )
    behind = (
        "What they answered to the closing letter counts already; by itself a set closes when its time is over. What "
        "is carried over stands in the next draft. Closed OKRs never change."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, and what is said of the end."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("--learned", default="", metavar="TEXT", help="what was learned, in their words")
        parser.add_argument(
            "--score",
            action="append",
            default=[],
            type=_score,
            metavar="KR=SCORE",
            help="a score of 0 to 1 in place of what the numbers say, such as 1.2=0.5",
        )
        parser.add_argument("--carry", nargs="+", default=[], metavar="KR", help="what goes on in the next set")
        parser.add_argument("--drop", nargs="+", default=[], metavar="KR", help="what may go")
        parser.add_argument("--reason", default="", help="why, where something is missing")
        parser.add_argument("--draft", action="store_true", help="give up the draft instead")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Active to closed, and the scores; or the draft given up."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        if given.draft:
            terminal.created(abandon(desk, pair, given.reason).id, f"The draft of {pair.protege.name} is given up.")
            return ExitCode.DONE
        said = ByHand(
            learned=given.learned,
            scores=dict(given.score),
            carry=_refs(given.carry),
            drop=_refs(given.drop),
            reason=given.reason,
        )
        okr_set = close(desk, pair, said)
        known = closing_of(desk.store, okr_set)
        terminal.created(okr_set.id, f"The OKRs of {pair.protege.name} are closed.", *_page(known.final))
        return ExitCode.DONE


def _score(text: str) -> tuple[str, Decimal]:
    ref, sign, score = text.partition("=")
    if not sign or not ref.strip():
        raise argparse.ArgumentTypeError(f"“{text}” is no score; write it like 1.2=0.5")
    return _ref(ref), decimal_of(score)


def _refs(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(_ref(each) for each in given)


def _ref(text: str) -> str:
    return text.casefold().strip().removeprefix("kr").strip(" ,")


def _page(final: Sequence[FinalScore]) -> Iterator[str]:
    for each in final:
        score = "not known" if each.score is None else plain(each.score)
        on = ", goes on" if each.carried else ""
        yield f"   {safe(each.title)}: {score}{on} (KR {each.ref})"
