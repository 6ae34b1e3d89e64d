"""The sheets of People: being away, writing what is kept of a person into a file for themselves, erasing it."""

from collections.abc import Callable, Mapping
from datetime import date

from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.moments import parse_date
from okrmate.mail.words import words_of
from okrmate.services.incoming.kept import as_text, file_of
from okrmate.services.mentoring.mentorships import Pair
from okrmate.tui.shown import Shown
from okrmate.tui.widgets.form import Field, Form


def away_form(shown: Shown, gone: Callable[[str], object]) -> Form:
    """Asks for the first and the last day away, and a line of her own; `gone` gets who was told."""
    mentor = shown.desk.mentor

    def day(words: str) -> date:
        found = parse_date(words, mentor.zone, shown.now)
        if isinstance(found, Refusal):
            raise UsageError(found.sentence)
        return found

    def meant(words: str) -> str:
        found = parse_date(words, mentor.zone, shown.now)
        return found.sentence if isinstance(found, Refusal) else f"{found:%a} {found.day} {found:%b %Y}"

    def save(lines: Mapping[str, str]) -> None:
        first, last = day(lines["first"]), day(lines["last"])
        told = shown.did(lambda: shown.leave(first, last, lines["line"]))
        gone(f"Letters rest; told once: {', '.join(told)}." if told else "Letters rest; nobody has to be told.")

    fields = (
        Field(name="first", label="First day away", example="3 aug", hint=meant),
        Field(name="last", label="Last day away", example="14 aug", hint=meant),
        Field(name="line", label="A line of your own for everybody", example="The mountains call."),
    )
    told = ("All letters rest in that time and leave again by themselves on the day after; everybody is told once.",)
    return Form("Be away?", fields, save, told)


def export_form(shown: Shown, chosen: Pair) -> Form:
    """Asks for a new file, and writes into it what is kept of the person, in their language and numbers."""
    name = chosen.protege.first_name

    def save(lines: Mapping[str, str]) -> None:
        parts = file_of(shown.desk.store, chosen, words_of(chosen.protege, shown.templates))
        shown.did(lambda: shown.write(lines["file"], as_text(parts)))

    field = Field(
        name="file",
        label="Into a new file",
        value=f"~/{'-'.join(chosen.protege.name.lower().split())}.txt",
        wrong=lambda words: "" if words else "Name a file.",
    )
    told = (
        f"For {name}: goals, readings, talks and what they wrote. Your own notes are not in it.",
        f"{name} gets the same by mail for writing “my data”.",
    )
    return Form(f"Write down what is kept of {name}?", (field,), save, told)


def erase_form(chosen: Pair, erase: Callable[[Pair], None]) -> Form:
    """Asks for the name before everything goes."""
    name = chosen.protege.name

    def save(_lines: Mapping[str, str]) -> None:
        erase(chosen)

    def wrong(words: str) -> str:
        return "" if words.casefold() == name.casefold() else f"Type {name}, or leave with esc."

    field = Field(name="name", label="Type their whole name", example=name, wrong=wrong)
    told = (
        "Goals, talks, notes, mails and history go, and nothing brings them back but a backup.",
        f"Writing it down for {chosen.protege.first_name} first is “write down what is kept” in the palette.",
    )
    return Form(f"Erase everything of {name}?", (field,), save, told)
