"""The sheets of People about what is kept of a person: written into a file for themselves, or erased."""

from collections.abc import Callable, Mapping

from okrmate.mail.words import words_of
from okrmate.services.incoming.kept import as_text, file_of
from okrmate.services.mentoring.mentorships import Pair
from okrmate.tui.shown import Shown
from okrmate.tui.widgets.form import Field, Form


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
