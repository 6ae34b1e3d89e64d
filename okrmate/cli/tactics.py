"""`okrmate tactic`: what is being tried for a key result, and what the key result did meanwhile."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import assert_never

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import number, plain, rfc3339, safe, table
from okrmate.domain.errors import ExitCode, Refusal, UsageError
from okrmate.domain.moments import parse_date
from okrmate.domain.rhythm import at_local
from okrmate.domain.tactics import Effect, Outcome, Tactic, TacticState
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import find_pair
from okrmate.services.mentoring.tactic_lines import turn_as_typed
from okrmate.services.mentoring.tactics import (
    Tried,
    add_tactic,
    begin_tactic,
    begins_at_once,
    end_tactic,
    tried,
    turn_into_tactic,
)

TACTIC = "its id, as tactic list shows it"
WHEN = "since when, such as 2026-10-20; left out, now"
DAY = timedelta(days=1)


class TacticAdd(Command):
    """Writes down something to try."""

    words = ("tactic", "add")
    help = "write down what is tried for a key result"
    examples = ('okrmate tactic add tom 1.2 "a dry run with a stranger"',)
    behind = "While the set runs it begins at once, unless --planned; in a draft it waits for tactic start."

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """For which key result, and what."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("key_result", metavar="KR", help="its code, such as 1.2")
        parser.add_argument("title", metavar="TITLE", help="in quotes; what is done")
        parser.add_argument("--since", default="", metavar="DATE", help=WHEN)
        parser.add_argument("--planned", action="store_true", help="for later; tactic start begins it")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Add it and print its id."""
        if given.planned and given.since:
            raise UsageError("What is planned has not begun: give --since or --planned, not both.")
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        begun = _day(given.since, desk) or begins_at_once(desk.store, pair, desk.clock.now())
        tactic = add_tactic(desk, pair, given.key_result, given.title, begun_at=None if given.planned else begun)
        terminal.created(tactic.id, f"“{safe(tactic.title)}” is {tactic.state}.")
        return ExitCode.DONE


class TacticStart(Command):
    """Begins what was planned."""

    words = ("tactic", "start")
    help = "begin a tactic that was planned"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which, and since when."""
        parser.add_argument("tactic", metavar="ID", help=TACTIC)
        parser.add_argument("--at", default="", metavar="DATE", help=WHEN)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Begin it."""
        desk = terminal.open().desk
        tactic = begin_tactic(desk, given.tactic, _day(given.at, desk))
        terminal.data(_tactic(tactic))
        terminal.say(f"“{safe(tactic.title)}” is being tried.")
        return ExitCode.DONE


class TacticEnd(Command):
    """Ends what was tried, with what the pair takes from it."""

    words = ("tactic", "end")
    help = "end a tactic, and keep what you both take from it"
    examples = ('okrmate tactic end ID --learned "strangers ask what friends forgive"',)

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which, until when, and what was learned."""
        parser.add_argument("tactic", metavar="ID", help=TACTIC)
        parser.add_argument("--learned", default="", metavar="WORDS", help="what you both take from it")
        parser.add_argument("--at", default="", metavar="DATE", help="until when; left out, now")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """End it."""
        desk = terminal.open().desk
        tactic = end_tactic(desk, given.tactic, given.learned, _day(given.at, desk))
        terminal.data(_tactic(tactic))
        became = "is over" if tactic.state is TacticState.ENDED else "is left; it had not begun"
        terminal.say(f"“{safe(tactic.title)}” {became}.")
        return ExitCode.DONE


class TacticList(Command):
    """What was tried, and what it did."""

    words = ("tactic", "list")
    help = "show what was tried for each key result, and what that did meanwhile"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """A table, and the question where something was tried long enough and moved nothing."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        rows = tried(desk.store, pair, desk.clock.now())
        terminal.data([_row(each) for each in rows])
        terminal.say(*_page(rows, desk) or (f"Nothing is tried for the OKRs of {pair.protege.name} yet.",))
        return ExitCode.DONE


class TacticTurn(Command):
    """Turns a line that is an activity into a tactic under an outcome."""

    words = ("tactic", "turn")
    help = "turn a key result that is an activity into a tactic under an outcome"
    examples = (
        "okrmate tactic turn tom 1.3 --under 1.1",
        'okrmate tactic turn tom 1.3 --outcome "Questions from the audience, from 2 to 6"',
    )
    behind = "With --under its line is dropped; with --outcome it says from now on what the activity is to bring."

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which line, and which outcome it belongs under."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("key_result", metavar="KR", help="its code, such as 1.3")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--under", metavar="KR", help="the key result it is to move")
        where.add_argument("--outcome", metavar="TITLE", help="in quotes; what the line is to say instead")
        parser.add_argument("--reason", default="", metavar="WORDS", help="why; active OKRs need one")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Turn it and print the tactic's id."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        if given.under:
            tactic = turn_into_tactic(desk, pair, given.key_result, under=given.under, reason=given.reason)
        else:
            tactic = turn_as_typed(desk, pair, given.key_result, given.outcome, given.reason)
        terminal.created(tactic.id, f"“{safe(tactic.title)}” is a tactic now; `okrmate okr show` shows the rest.")
        return ExitCode.DONE


def _page(rows: Sequence[Tried], desk: Desk) -> tuple[str, ...]:
    cells = [
        (
            each.tactic.id,
            f"KR {each.key_result.ref}",
            each.tactic.title,
            str(each.tactic.state),
            _since(each.tactic, desk),
            _did(each),
        )
        for each in rows
    ]
    return (*table(cells), *_asked(rows))


def tried_line(row: Tried) -> str:
    """A tactic in one line below its key result."""
    return ", ".join(filter(None, (f"tactic: {safe(row.tactic.title)}", str(row.tactic.state), _did(row))))


def _asked(rows: Sequence[Tried]) -> Iterator[str]:
    for each in rows:
        if each.had_its_chance:
            title, tactic = safe(each.key_result.title), safe(each.tactic.title)
            yield f"{title} has not moved with “{tactic}”: wrong tactic, or the right one done badly? What next?"


def _since(tactic: Tactic, desk: Desk) -> str:
    days = [f"{desk.mentor.local(at):%d %b}" for at in (tactic.begun_at, tactic.ended_at) if at is not None]
    return " – ".join(days) if tactic.state is TacticState.ENDED else "".join(days[:1])


def _did(row: Tried) -> str:
    """`+6 in 26 days`, or why nothing can be said."""
    found = row.effect
    if found is None:
        return ""
    length = f"in {_days(found)}"
    match found.outcome:
        case Outcome.UNKNOWN:
            return f"nothing read {length}"
        case Outcome.STILL:
            return f"no movement {length}"
        case Outcome.MOVED | Outcome.BACK:
            change = found.difference or Decimal(0)
            back = ", away from the target" if found.outcome is Outcome.BACK else ""
            return (
                f"{'+' if change > 0 else ''}{plain(change)} {row.key_result.metric.unit}".rstrip() + f" {length}{back}"
            )
        case _:
            assert_never(found.outcome)


def _days(found: Effect) -> str:
    days = found.lasted // DAY
    return "1 day" if days == 1 else f"{days} days"


def _tactic(tactic: Tactic) -> dict[str, object]:
    return {
        "id": tactic.id,
        "title": tactic.title,
        "state": str(tactic.state),
        "begun": rfc3339(tactic.begun_at),
        "ended": rfc3339(tactic.ended_at),
        "learned": tactic.learned,
    }


def _row(row: Tried) -> dict[str, object]:
    found = row.effect
    return {
        **_tactic(row.tactic),
        "kr": row.key_result.ref,
        "outcome": str(found.outcome) if found else None,
        "before": number(found.before) if found else None,
        "after": number(found.after) if found else None,
        "days": found.lasted // DAY if found else None,
        "readings": found.readings if found else None,
        "had_its_chance": row.had_its_chance,
    }


def _day(words: str, desk: Desk) -> datetime | None:
    """The day that was typed, from its beginning on the mentor's clock; today is now."""
    if not words:
        return None
    now, zone = desk.clock.now(), desk.mentor.zone
    found = parse_date(words, zone, now)
    if isinstance(found, Refusal):
        raise UsageError(found.sentence)
    return now if found == desk.mentor.local(now).date() else at_local(found, time(), zone)


COMMANDS: tuple[type[Command], ...] = (TacticAdd, TacticStart, TacticEnd, TacticList, TacticTurn)
