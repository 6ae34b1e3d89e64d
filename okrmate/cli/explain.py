"""`okrmate explain`: what would happen with a mail, and why; and the same for lines of JSON, without any home."""

import argparse
import json
import sys
from pathlib import Path

from okrmate.bootstrap.mail import mail_room
from okrmate.cli.command import Command, Terminal
from okrmate.cli.printing import safe
from okrmate.config import CONFIG_NAME
from okrmate.domain.errors import ExitCode, UsageError
from okrmate.reply.explain import explain
from okrmate.reply.sent import blocks_of_text
from okrmate.services.explaining import explain_mail, explain_screening, explain_words


class Explain(Command):
    """Reads a mail as the poller would, and says so."""

    words = ("explain",)
    help = "what would happen with this mail, and why; changes nothing"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """A mail, or lines of JSON on standard input."""
        parser.add_argument("file", metavar="FILE", nargs="?", default="-", help="a raw mail; - is standard input")
        parser.add_argument("--jsonl", action="store_true", help="read JSON lines, write one JSON line for each")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Explain one mail, or every line."""
        if given.jsonl:
            for line in terminal.given:
                if line.strip():
                    print(json.dumps(_explained(line), ensure_ascii=False), file=terminal.out, flush=True)
            return ExitCode.DONE
        raw = sys.stdin.buffer.read() if given.file == "-" else _read(Path(given.file))
        if not (terminal.home / CONFIG_NAME).exists():
            words = explain_words(raw)
            terminal.data(words)
            terminal.say("Without a home only the sender's own words can be told:", "", safe(str(words["words"])))
            return ExitCode.DONE
        found = explain_mail(mail_room(terminal.open()), raw)
        terminal.data(
            {
                "verdict": found.verdict,
                "reason": found.reason,
                "state": found.state,
                "summary": found.summary,
                "words": found.words,
                "left": list(found.left),
                "answer": found.answer,
            }
        )
        terminal.say(f"Verdict: {found.verdict}{f', {found.reason}' if found.reason else ''}")
        if found.state:
            terminal.say(f"It would be {found.state}: {safe(found.summary) or 'nothing changes'}.")
        if found.words:
            terminal.say("", "The sender's own words:", safe(found.words))
        if found.answer:
            terminal.say("", "The answer would be:", safe(found.answer))
        return ExitCode.DONE


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read.") from error


def _explained(line: str) -> dict[str, object]:
    """One line's answer; a bad line becomes one that says so, and the next is read."""
    identifier: object = None
    try:
        record = json.loads(line)
        if not isinstance(record, dict):
            return {"id": None, "error": "A line must be a JSON object."}
        identifier = record.get("id")
        return {"id": identifier, **_mail(record)} if "eml" in record else explain(record)
    except (UsageError, ValueError) as error:
        return {"id": identifier, "error": str(error)}
    except RecursionError:
        return {"id": identifier, "error": "The line is nested too deeply."}


def _mail(record: dict[str, object]) -> dict[str, object]:
    raw = _read(Path(str(record["eml"])))
    sent = record.get("sent")
    blocks = blocks_of_text(_read(Path(str(sent))).decode("utf-8", "replace")) if sent else ()
    shape = explain_words(raw, blocks)
    screening = record.get("screen")
    return {**shape, **explain_screening(raw, screening)} if isinstance(screening, dict) else shape


COMMANDS: tuple[type[Command], ...] = (Explain,)
