"""`okrmate okr history`: what was heard of a key result, from where, with the evidence, which can be written out."""

import argparse
from collections.abc import Iterator

from okrmate.bootstrap.evidence import write_evidence
from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import local, number, plain, rfc3339, safe, table
from okrmate.domain.changes import SourceKind
from okrmate.domain.errors import ExitCode
from okrmate.domain.okrs import Reading
from okrmate.services.mentoring.attached import files_of
from okrmate.services.mentoring.key_results import find_key_result
from okrmate.services.mentoring.mentorships import find_pair
from okrmate.services.tables import READINGS


class OkrHistory(Command):
    """Every reading of a key result with its source, newest first; with --evidence its files, written out."""

    words = ("okr", "history")
    help = "show what was heard of a key result, from where, and with which evidence"
    examples = ("okrmate okr history tom 1.1", "okrmate okr history tom 1.1 --evidence ~/talks")
    behind = (
        "Evidence is what was attached to the mail that told a number; pictures of signatures are none. It is written "
        "for you alone and never over a file that is there."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which, and where its evidence is written to."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("key_result", metavar="KR", help="its code, such as 1.2")
        parser.add_argument("--evidence", metavar="DIR", help="write what was attached into this folder")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """A line each; and the names of the files that were written."""
        opened = terminal.open()
        desk = opened.desk
        key_result = find_key_result(desk.store, find_pair(desk.store, given.person), given.key_result).key_result
        heard = desk.store.find(READINGS, "key_result", key_result.id)
        newest = sorted(heard, key=lambda reading: reading.at, reverse=True)
        files = files_of(key_result, newest, desk.mentor.zone)
        if given.evidence is not None:
            write_evidence(opened, given.evidence, files)
        terminal.data(
            {"kr": key_result.ref, "title": key_result.title, "readings": [_facts(reading) for reading in newest]}
        )
        terminal.say(f"{safe(key_result.title)} (KR {key_result.ref})")
        terminal.say(
            *table([_row(reading, desk.mentor.zone) for reading in newest]) or ["Nothing was heard of it yet."]
        )
        if given.evidence is not None:
            written = [f"Written: {safe(name)}" for name in files]
            terminal.say("", *(written or ["Nothing was attached to what was heard of it."]))
        return ExitCode.DONE


def _row(reading: Reading, zone: str) -> tuple[str, ...]:
    value = "" if reading.value is None else plain(reading.value)
    return local(reading.at, zone), value, "; ".join(_said(reading)), _source(reading)


def _said(reading: Reading) -> Iterator[str]:
    if reading.undone_by:
        yield "taken back"
    if reading.confidence is not None:
        yield f"confidence {reading.confidence}"
    if reading.outlook:
        yield reading.outlook.replace("_", " ")
    if reading.blocker:
        yield f"blocked: {reading.blocker}"
    if reading.note:
        yield reading.note
    yield from (f"with {each.told}" for each in reading.evidence)


def _source(reading: Reading) -> str:
    return f"mail {reading.source.ref}" if reading.source.kind is SourceKind.MAIL else "by hand"


def _facts(reading: Reading) -> dict[str, object]:
    return {
        "id": reading.id,
        "at": rfc3339(reading.at),
        "value": number(reading.value),
        "approximate": reading.approximate,
        "confidence": reading.confidence,
        "outlook": reading.outlook,
        "note": reading.note,
        "blocker": reading.blocker,
        "source": str(reading.source.kind),
        "mail": reading.source.ref if reading.source.kind is SourceKind.MAIL else "",
        "taken_back": bool(reading.undone_by),
        "evidence": [{"name": each.name, "kind": each.kind, "size": each.size} for each in reading.evidence],
    }
