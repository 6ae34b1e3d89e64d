"""`okrmate okr describe`: what is said of a key result beside its words and numbers."""

import argparse
from collections.abc import Iterator
from decimal import Decimal

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import safe
from okrmate.domain.badges import badges
from okrmate.domain.errors import ExitCode
from okrmate.domain.okrs import KeyResult
from okrmate.services.mentoring.key_results import Described, describe
from okrmate.services.mentoring.mentorships import find_pair


class OkrDescribe(Command):
    """Says who would notice, what it serves, and where the numbers come from."""

    words = ("okr", "describe")
    help = "say who would notice a key result, what it serves, where its numbers come from"
    examples = (
        'okrmate okr describe tom 1.1 --customer "organisers" --behaviour "ask him by themselves"',
        "okrmate okr describe tom 1.3 --source LinkedIn --source Twitter --source Instagram",
        'okrmate okr describe tom 2.1 --step wireframes --step "first draft" --step live',
    )
    behind = (
        "An empty word takes one away again. A key result of named sources is read like “LinkedIn 120, Twitter 40”, "
        "a milestone of named steps like “first draft done”."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which, and what is said of it."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("key_result", metavar="KR", help="its code, such as 1.2")
        parser.add_argument("--customer", metavar="WORDS", help="who would notice")
        parser.add_argument("--behaviour", metavar="WORDS", help="what they would do then")
        parser.add_argument("--serves", metavar="WORDS", help="the line of the long-term vision it serves")
        parser.add_argument(
            "--health", action=argparse.BooleanOptionalAction, help="only watch it: it is certain, and moves no score"
        )
        parser.add_argument("--source", action="append", metavar="NAME", help="one of the sources it is summed up over")
        parser.add_argument("--step", action="append", metavar="NAME", help="one of the steps of a milestone, in order")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Keep it and show what is known now."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        key_result = describe(
            desk,
            pair,
            given.key_result,
            Described(
                customer=given.customer,
                behaviour=given.behaviour,
                serves=given.serves,
                health=given.health,
                sources=None if given.source is None else tuple(given.source),
                steps=None if given.step is None else tuple(given.step),
            ),
        )
        terminal.data(described_facts(key_result))
        terminal.say(f"{safe(key_result.title)} (KR {key_result.ref})", *described_lines(key_result))
        return ExitCode.DONE


def described_lines(key_result: KeyResult) -> Iterator[str]:
    """What is said of a key result, a line each; nothing where nothing is."""
    lines = (
        ("who would notice", " ".join(filter(None, (key_result.customer, key_result.behaviour)))),
        ("serves", key_result.serves),
        ("summed up over", ", ".join(key_result.sources)),
        ("steps", ", ".join(key_result.steps)),
        ("watched", "certain by now, so that it moves no score" if key_result.health else ""),
    )
    return (f"   {name}: {safe(words)}" for name, words in lines if words)


def described_facts(key_result: KeyResult, first: Decimal | None = None) -> dict[str, object]:
    """The same for JSON, with the badges; `first` is its first reading, where there is one."""
    found = badges(key_result, first)
    return {
        "kr": key_result.ref,
        "customer": key_result.customer,
        "behaviour": key_result.behaviour,
        "serves": key_result.serves,
        "health": key_result.health,
        "sources": list(key_result.sources),
        "steps": list(key_result.steps),
        "measurable": found.measurable,
        "trackable": found.trackable,
    }
