"""`okrmate explain`: what would happen with a mail, and why; and the same for lines of JSON, without any home."""

import argparse

from okrmate.bootstrap.mail import mail_room
from okrmate.cli.command import Command, Terminal
from okrmate.cli.jsonl import answered
from okrmate.cli.printing import safe
from okrmate.config import CONFIG_NAME
from okrmate.domain.errors import ExitCode
from okrmate.domain.letters import IncomingState
from okrmate.reply.orders import ORDERS
from okrmate.services.incoming.explaining import Explanation, explain_mail, explain_words


class Explain(Command):
    """Reads a mail as the poller would, and says so."""

    words = ("explain",)
    help = "say what a mail would do, and why; nothing is changed"
    examples = ("okrmate explain mail.eml",)
    behind = "\n".join(
        (
            "What somebody may write alone on the first line of an answer:",
            *(f"  {order:<9}{does}" for order, does in ORDERS),
        )
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """A mail, or lines of JSON on standard input."""
        parser.add_argument(
            "file", metavar="FILE", nargs="?", default="-", help="a mail as it came; left out, what is pasted or piped"
        )
        parser.add_argument("--jsonl", action="store_true", help="read JSON lines, write one JSON line for each")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Explain one mail, or every line."""
        if given.jsonl:
            for line in terminal.given:
                if line.strip():
                    print(answered(line), file=terminal.out, flush=True)
            return ExitCode.DONE
        raw = terminal.read(given.file)
        if not (terminal.home / CONFIG_NAME).exists():
            words = explain_words(raw)
            terminal.data(words)
            told = words["words"] or f"none: {words['empty']}"
            terminal.say("Without a home only the sender's own words can be told:", "", safe(str(told)))
            return ExitCode.DONE
        found = explain_mail(mail_room(terminal.open()), raw)
        _tell(found, terminal)
        return ExitCode.BUG if found.state == IncomingState.FAILED else ExitCode.DONE


def _tell(found: Explanation, terminal: Terminal) -> None:
    terminal.data(
        {
            "verdict": found.verdict,
            "reason": found.reason,
            "state": found.state,
            "summary": found.summary,
            "words": found.words,
            "left": list(found.left),
            "told": list(found.told),
            "answer": found.answer,
            "to_do": found.to_do,
        }
    )
    terminal.say(f"Verdict: {found.verdict}{f', {found.reason}' if found.reason else ''}")
    if found.state:
        terminal.say(f"It would be {found.state.replace('_', ' ')}: {safe(found.summary) or 'nothing changes'}.")
    for line in found.told:
        terminal.say(f"You would be told: they {safe(line)}.")
    if found.to_do:
        terminal.say(found.to_do)
    if found.words:
        terminal.say("", "The sender's own words:", safe(found.words))
    if found.answer:
        terminal.say("", "The answer would be:", safe(found.answer))


COMMANDS: tuple[type[Command], ...] = (Explain,)
