"""`okrmate check-in`: a reading by hand."""

import argparse
from decimal import Decimal

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import number, plain, safe, target
from okrmate.domain.errors import ExitCode, Refusal, UsageError
from okrmate.domain.moments import parse_moment
from okrmate.domain.parts import missing
from okrmate.services.mentoring.mentorships import find_pair
from okrmate.services.mentoring.readings import CheckIn, Moved, check_in


class CheckInByHand(Command):
    """A reading by hand."""

    words = ("check-in",)
    help = "record a reading by hand"
    examples = (
        "okrmate check-in tom 1.2 68%",
        'okrmate check-in tom 1.1 +2 --note "both by word of mouth" --confidence 7 --at "yesterday 15:00"',
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose key result, and what is new."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("key_result", metavar="KR", help="its code, such as 1.2")
        parser.add_argument("value", metavar="VALUE", help="a number, 60%%, +2, done, or “no change”")
        parser.add_argument("--note", default="", metavar="WORDS", help="what there is to say about it")
        parser.add_argument("--confidence", type=int, metavar="0-10", help="how sure they are to reach it")
        parser.add_argument("--at", default="", metavar="TIME", help="when it was so; now without it")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Record it and say what moved."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        at = parse_moment(given.at, pair.protege.zone, desk.clock.now()) if given.at else None
        if isinstance(at, Refusal):
            raise UsageError(at.sentence)
        moved = check_in(
            desk,
            pair,
            CheckIn(ref=given.key_result, value=given.value, note=given.note, confidence=given.confidence, at=at),
        )
        terminal.data({"id": moved[0].reading.id, **_moved(moved[0])})
        terminal.say(*(_sentence(each) for each in moved if each.reading.value is not None or each.reading.parts))
        return ExitCode.DONE


def _moved(moved: Moved) -> dict[str, object]:
    return {
        "kr": moved.key_result.ref,
        "before": number(moved.before.value),
        "after": number(moved.after.value),
    }


def _sentence(moved: Moved) -> str:
    if moved.reading.value is None:
        open_yet = ", ".join(missing(moved.key_result.sources, moved.after.parts))
        return f"{safe(moved.key_result.title)}: kept, the sum waits for {safe(open_yet)} (KR {moved.key_result.ref})"
    if moved.outdated:
        title, value = safe(moved.key_result.title), plain(moved.reading.value or Decimal(0))
        return (
            f"{title}: {value} is kept; it is older than what is known and replaces nothing (KR {moved.key_result.ref})"
        )
    before = moved.before.value if moved.before.value is not None else moved.key_result.metric.baseline
    arrow = f"{plain(before)} → " if before is not None else ""
    after = plain(moved.after.value) if moved.after.value is not None else "?"
    key_result = moved.key_result
    return f"{safe(key_result.title)}: {arrow}{after} of {target(key_result.metric)} (KR {key_result.ref})"


COMMANDS: tuple[type[Command], ...] = (CheckInByHand,)
