"""The sheet of Reports that writes one into a file: whose, and in which format by the file's ending."""

from collections.abc import Mapping
from pathlib import PurePath

from okrmate.domain.errors import UsageError
from okrmate.mail.words import words_of
from okrmate.services.mentoring.mentorships import find_pair
from okrmate.services.reports.report import Report, report, report_of
from okrmate.services.reports.written.formats import Format, written
from okrmate.tui.shown import Shown
from okrmate.tui.widgets.form import Field, Form

ENDINGS = f"a file that ends in {', '.join(f'.{each}' for each in Format)}"
EVERYBODY = "everybody, for you alone"


def report_form(shown: Shown) -> Form:
    """Asks for a person and a new file, and writes the report into it."""
    store = shown.desk.store

    def whose(words: str) -> str:
        try:
            return f"{find_pair(store, words).protege.name}, to look at together" if words else EVERYBODY
        except UsageError as error:
            return str(error)

    def nobody(words: str) -> str:
        if words:
            try:
                find_pair(store, words)
            except UsageError as error:
                return str(error)
        return ""

    def save(lines: Mapping[str, str]) -> None:
        reader = words_of(shown.desk.mentor, shown.templates)
        if lines["whose"]:
            reader = words_of(find_pair(store, lines["whose"]).protege, shown.templates)
        shown.did(
            lambda: shown.write(lines["file"], written(_report(shown, lines["whose"]), _form(lines["file"]), reader))
        )

    fields = (
        Field(name="whose", label="Of whom; empty for all", hint=whose, wrong=nobody),
        Field(name="file", label="Into a new file", value="~/okrmate-report.html", wrong=_wrong_file),
    )
    told = ("Nothing that anybody wrote as feedback stands in it, and none of your notes.",)
    return Form("Write a report?", fields, save, told)


def _report(shown: Shown, whose: str) -> Report:
    desk = shown.desk
    reader, now = desk.store.reader(), desk.clock.now()
    today = desk.mentor.local(now).date()
    return report_of(reader, find_pair(reader, whose), now, today) if whose else report(reader, now, today)


def _form(file: str) -> Format:
    return Format(PurePath(file).suffix.removeprefix("."))


def _wrong_file(file: str) -> str:
    return "" if PurePath(file).suffix.removeprefix(".") in set(Format) else f"Name {ENDINGS}."
