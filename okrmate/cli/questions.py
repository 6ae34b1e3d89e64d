"""`okrmate question`: the question bank, and the mentor's word on what a talk asks."""

import argparse

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import safe, table
from okrmate.domain.errors import ExitCode, UsageError
from okrmate.domain.meetings import Meeting
from okrmate.domain.questions import BankQuestion, Moment
from okrmate.services.desk import Desk
from okrmate.services.mentoring import questions
from okrmate.services.mentoring.meetings import next_meeting
from okrmate.services.mentoring.mentorships import Pair, find_pair
from okrmate.services.mentoring.question_bank import bank

QUESTION = "its id, as `okrmate question list` shows it"


class QuestionList(Command):
    """The question bank, or what one person's next talk asks."""

    words = ("question", "list")
    help = "list the questions there are, or those of somebody's next talk"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose talk; the whole bank without it."""
        parser.add_argument("person", metavar="PERSON", nargs="?", default="", help=f"{PERSON}; the bank without it")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """One line a question."""
        desk = terminal.open().desk
        if given.person:
            found = find_pair(desk.store, given.person)
            asked = questions.talk_questions(
                desk.store, _talk(desk, found), theirs=found.protege.language, hers=desk.mentor.language
            )
            shown = (*asked.asked, *([asked.private] if asked.private else []))
        else:
            shown = bank(desk.store, desk.mentor.language)
        terminal.data([_facts(each) for each in shown])
        terminal.say(*table([(each.id, str(each.moment), _whose(each), each.text) for each in shown]))
        return ExitCode.DONE


class QuestionAdd(Command):
    """A question of the mentor's own."""

    words = ("question", "add")
    help = "add a question of your own"
    examples = ('okrmate question add "What would you do if nobody asked?" --moment career',)

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The question, when it has its time, and whether it is hers alone."""
        moments = [str(moment) for moment in Moment]
        parser.add_argument("text", metavar="TEXT", help="the question; {mentor} and {name} stand for first names")
        parser.add_argument("--moment", choices=moments, default=str(Moment.COACHING), help=", ".join(moments))
        parser.add_argument("--private", action="store_true", help="yours to think over; it never stands in a letter")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Add it and print its id."""
        added = questions.add(terminal.open().desk, given.text, Moment(given.moment), private=given.private)
        terminal.created(added.id, f"Added to {added.moment}.")
        return ExitCode.DONE


class QuestionEdit(Command):
    """A question in the mentor's own words."""

    words = ("question", "edit")
    help = "put a question into your own words"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which, and how it is asked from now on."""
        parser.add_argument("question", metavar="QUESTION", help=QUESTION)
        parser.add_argument("text", metavar="TEXT", help="the question as you ask it")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Reword it."""
        edited = questions.edit(terminal.open().desk, given.question, given.text)
        terminal.data({"id": edited.id, "text": edited.text})
        terminal.say(f"{edited.id} is asked in your words now.")
        return ExitCode.DONE


class QuestionPin(Command):
    """A question that the next agenda is to ask."""

    words = ("question", "pin")
    help = "have a question asked in somebody's next agenda"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whom, and which."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("question", metavar="QUESTION", help=QUESTION)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Pin it."""
        desk = terminal.open().desk
        found = find_pair(desk.store, given.person)
        pinned = questions.pin(desk, found, given.question)
        terminal.data(_facts(pinned))
        terminal.say(f"{found.protege.first_name}'s next agenda asks {pinned.id}.")
        return ExitCode.DONE


class QuestionSwap(Command):
    """Another question in one talk."""

    words = ("question", "swap")
    help = "put another question in the place of one that somebody's next talk asks"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose talk, which question, and which one instead."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("question", metavar="QUESTION", help=QUESTION)
        parser.add_argument(
            "other", metavar="OTHER", nargs="?", default="", help="the one instead; the next in turn without it"
        )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Swap, and say what is asked now."""
        desk = terminal.open().desk
        found = find_pair(desk.store, given.person)
        now = questions.swap(desk, found, _talk(desk, found), given.question, given.other)
        terminal.data([_facts(each) for each in now.asked])
        terminal.say(*table([(each.id, each.text) for each in now.asked]))
        return ExitCode.DONE


def _talk(desk: Desk, found: Pair) -> Meeting:
    talk = next_meeting(desk.store, found.mentorship.id, desk.clock.now())
    if talk is None:
        raise UsageError(f"No talk with {found.protege.name} is planned; `okrmate meeting plan` plans one.")
    return talk


def _whose(question: BankQuestion) -> str:
    return "yours, private" if question.private else "theirs"


def _facts(question: BankQuestion) -> dict[str, object]:
    return {
        "id": question.id,
        "moment": str(question.moment),
        "private": question.private,
        "text": safe(question.text),
    }


COMMANDS: tuple[type[Command], ...] = (QuestionList, QuestionAdd, QuestionEdit, QuestionPin, QuestionSwap)
