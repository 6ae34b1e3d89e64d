"""The sheets of a talk: minutes, a point, the mentor's own line, notes shared and private, promises of both."""

from collections.abc import Mapping
from functools import partial

from okrmate.domain.errors import UsageError
from okrmate.domain.meetings import AgendaItem, Meeting
from okrmate.domain.people import Side
from okrmate.domain.questions import BankQuestion
from okrmate.services.letters.agendas import Point
from okrmate.services.mentoring import notes, own_lines, promises, questions
from okrmate.services.mentoring.agenda_choices import Wish, add_item, choose, reword_item
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.question_bank import bank
from okrmate.tui.shown import Shown
from okrmate.tui.views.meeting import MeetingView
from okrmate.tui.widgets.form import Field, Form

NO_QUESTION = "No question of the bank has these words."


def minutes_form(shown: Shown, meeting: Meeting, point: Point) -> Form:
    """Asks how long a point takes."""

    def save(lines: Mapping[str, str]) -> None:
        if not lines["minutes"].isdecimal():
            raise UsageError(f"“{lines['minutes']}” is no number of minutes.")
        wish = Wish(minutes=int(lines["minutes"]))
        shown.did(lambda: choose(shown.desk, meeting, point.key, wish, "minutes of a point"))

    return Form("How many minutes?", (Field(name="minutes", label="Minutes", value=str(point.minutes)),), save)


def point_form(shown: Shown, meeting: Meeting, pair: Pair) -> Form:
    """Asks for a point of hers."""

    def save(lines: Mapping[str, str]) -> None:
        shown.did(lambda: add_item(shown.desk, meeting, lines["text"]))

    sentences = (f"It stands on {pair.protege.first_name}'s list as yours.",)
    return Form("A point of your own", (Field(name="text", label="About"),), save, sentences)


def question_form(shown: Shown, question: str) -> Form:
    """Asks how a question is put from now on."""

    def save(lines: Mapping[str, str]) -> None:
        shown.did(lambda: questions.edit(shown.desk, question, lines["text"]))

    known = questions.find(shown.desk.store, question)
    sentences = ("It is asked in your words from now on, of everybody. {mentor} and {name} stand for first names.",)
    return Form("The question", (Field(name="text", label=known.id, value=known.text),), save, sentences)


def pin_form(shown: Shown, pair: Pair) -> Form:
    """Asks for a question of the bank by some of its words; the one that is meant stands beneath."""
    known = [each for each in bank(shown.desk.store, shown.desk.mentor.language) if not each.private]
    names = {"mentor": shown.desk.mentor.first_name, "name": pair.protege.first_name}

    def meant(words: str) -> list[BankQuestion]:
        wanted = words.casefold().split()
        return [each for each in known if all(word in f"{each.id} {each.put(**names)}".casefold() for word in wanted)]

    def hint(words: str) -> str:
        found = meant(words)
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        return f"{found[0].put(**names)}{more}" if found else NO_QUESTION

    def wrong(words: str) -> str:
        return "" if words and meant(words) else NO_QUESTION

    def save(lines: Mapping[str, str]) -> None:
        shown.did(lambda: questions.pin(shown.desk, pair, meant(lines["words"])[0].id))

    field = Field(name="words", label="Some of its words", example="energy", hint=hint, wrong=wrong)
    return Form("Ask a question of the bank", (field,), save, ("The next agenda asks it, whenever it was asked last.",))


def reword_form(shown: Shown, item: AgendaItem) -> Form:
    """Asks for other words for a point of hers."""

    def save(lines: Mapping[str, str]) -> None:
        shown.did(lambda: reword_item(shown.desk, item, lines["text"]))

    return Form("Your point", (Field(name="text", label="About", value=item.text),), save)


def line_form(shown: Shown, meeting: Meeting, view: MeetingView) -> Form:
    """Asks for her own line in the agenda."""

    def save(lines: Mapping[str, str]) -> None:
        shown.did(lambda: own_lines.write(shown.desk, meeting, lines["line"]))

    left = view.agenda is not None and view.agenda.letter.sent_at is not None
    sentence = "The agenda has left; this one is kept with it." if left else "It stands where you sign."
    return Form(
        "A line of your own", (Field(name="line", label="Empty leaves no trace", value=view.line),), save, (sentence,)
    )


def note_form(shown: Shown, meeting: Meeting, pair: Pair) -> Form:
    """Asks for a shared note, a private one, or both."""

    def save(lines: Mapping[str, str]) -> None:
        written = [(lines[name], name == "shared") for name in ("shared", "private") if lines[name]]
        if not written:
            raise UsageError("A note needs words.")
        for words, shared in written:
            shown.did(partial(notes.write, shown.desk, pair, words, meeting=meeting.id, shared=shared))

    fields = (
        Field(name="shared", label=f"For both: {pair.protege.first_name} reads it in the exchange"),
        Field(name="private", label="For you alone, in no mail"),
    )
    return Form("A note on this talk", fields, save)


def promise_form(shown: Shown, meeting: Meeting, pair: Pair) -> Form:
    """Asks what either side promised, and for when."""
    first = pair.protege.first_name
    made_in = meeting.id if meeting.begins_at <= shown.now else ""  # what is promised before it belongs on its list

    def save(lines: Mapping[str, str]) -> None:
        made = [(lines[side], side) for side in Side if lines[side]]
        if not made:
            raise UsageError("A promise needs words.")
        due = promises.day(shown.desk, lines["due"])
        for words, side in made:
            shown.did(partial(promises.make, shown.desk, pair, words, by=side, due=due, meeting=made_in))

    fields = (
        Field(name=Side.MENTOR, label="You promise"),
        Field(name=Side.PROTEGE, label=f"{first} promises"),
        Field(name="due", label="For when, if a day was said", example="fri, 12 mar"),
    )
    return Form("What was promised?", fields, save, ("It stands on the next agenda until it is kept.",))
