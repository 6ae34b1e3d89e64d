"""`okrmate agenda`: somebody's next talk, as its agenda would be mailed, or prepared in one view for the mentor."""

import argparse
from collections.abc import Iterator

from okrmate.adapters.clock import MovedClock
from okrmate.bootstrap.mail import mail_room
from okrmate.cli.agenda_points import change_point, changes_points, point_arguments, show_points
from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.moments import moment
from okrmate.cli.printing import local, rfc3339, safe
from okrmate.domain.errors import ExitCode, UsageError
from okrmate.domain.meetings import Meeting
from okrmate.mail.layout import text
from okrmate.services.letters.final_agendas import approve
from okrmate.services.letters.preparation_texts import PreparationTexts, preparation_texts
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring import own_lines
from okrmate.services.mentoring.agenda_choices import add_item
from okrmate.services.mentoring.meetings import coming_meeting
from okrmate.services.mentoring.mentorships import Pair, find_pair
from okrmate.services.mentoring.preparation import prepare
from okrmate.services.outgoing.previews import AgendaAhead, agenda_of

LABEL = 14
"""Columns for the titles of a prepared talk."""


class AgendaShow(Command):
    """The next agenda of one person, or what the mentor wants in sight before the talk."""

    words = ("agenda",)
    help = "show somebody's next agenda as it would be mailed, or the talk prepared for you"
    examples = (
        "okrmate agenda tom",
        "okrmate agenda tom --prepare",
        'okrmate agenda tom --line "Your recording made me laugh."',
        "okrmate agenda tom --points",
        "okrmate agenda tom --point 3 --take out",
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, which of the two, and what is to be put into it."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument(
            "--prepare", action="store_true", help="for you: what moved, what stands still, what to ask"
        )
        parser.add_argument("--add", metavar="TEXT", help="put a point of your own on the list")
        parser.add_argument("--line", metavar="TEXT", help="your own line, said where you sign; empty takes it out")
        parser.add_argument("--approve", action="store_true", help="let the list that was changed leave once more now")
        point_arguments(parser)
        parser.add_argument("--now", default="", metavar="TIME", help="as if it were then (RFC 3339); stores nothing")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Print it; only --add, --line, --approve and what is said of a point store anything."""
        points = changes_points(given)
        if given.now and (points or given.approve or given.add is not None or given.line is not None):
            raise UsageError("With --now nothing is stored: it goes without --add, --approve, --line and --point.")
        room = mail_room(terminal.open(MovedClock(moment(given.now)) if given.now else None))
        pair = find_pair(room.store, given.person)
        meeting = coming_meeting(room.store, pair.mentorship.id, room.desk.clock.now())
        if meeting is None:
            raise UsageError(f"No talk with {pair.protege.name} is planned; `okrmate meeting plan` plans one.")
        if given.add is not None:
            add_item(room.desk, meeting, given.add)
        if given.line is not None:
            own_lines.write(room.desk, meeting, given.line)
        if points:
            change_point(room, pair, meeting, given)
        if given.approve:
            approve(room.desk, meeting)
        if points or given.points:
            show_points(room, pair, meeting, terminal)
        elif given.prepare:
            _prepared(room, pair, meeting, terminal)
        else:
            _agenda(room, pair, meeting, terminal)
        return ExitCode.DONE


def _agenda(room: MailRoom, pair: Pair, meeting: Meeting, terminal: Terminal) -> None:
    agenda = agenda_of(room, pair, meeting)
    content = text(agenda.letter.blocks)
    terminal.data(
        {
            "meeting": meeting.id,
            "leaves": rfc3339(agenda.leaves_at),
            "again": rfc3339(agenda.again_at),
            "subject": agenda.letter.subject,
            "to": agenda.letter.address,
            "text": content,
        }
    )
    terminal.say(_leaves(agenda, room.mentor.zone), "")
    terminal.say(f"To: {safe(agenda.letter.name)} <{agenda.letter.address}>", f"Subject: {safe(agenda.letter.subject)}")
    terminal.say("", content)


def _leaves(agenda: AgendaAhead, zone: str) -> str:
    if agenda.again_at is not None:
        return f"The list was changed since it left; it leaves to both once more {local(agenda.again_at, zone)}"
    return f"Leaves {local(agenda.leaves_at, zone)}" if agenda.leaves_at else "It has left, or none will leave."


def _prepared(room: MailRoom, pair: Pair, meeting: Meeting, terminal: Terminal) -> None:
    now = room.desk.clock.now()
    prepared = prepare(room.store, room.mentor, pair, meeting, now)
    told = preparation_texts(prepared, room.composer.words(room.mentor))
    terminal.data(
        {
            "meeting": meeting.id,
            "ask": told.ask,
            "because": told.because,
            "listen_for": told.listen,
            "worth": str(prepared.worth.worth),
            **{str(section.name): list(section.lines) for section in told.sections},
        }
    )
    when = f"{local(meeting.begins_at, room.mentor.zone)}, {meeting.minutes} min"
    terminal.say(f"Talk {meeting.number} with {safe(pair.protege.name)}: {when}", "", *_lines(told))


def _lines(told: PreparationTexts) -> Iterator[str]:
    parts = zip(told.asking, (f"“{told.ask}”", told.because, told.listen), strict=True)
    yield from (_labelled(label, said) for label, said in parts)
    for section in told.sections:
        yield ""
        for number, line in enumerate(section.lines):
            yield _labelled("" if number else section.title, line)


def _labelled(label: str, said: str) -> str:
    return f"{label.ljust(LABEL)}  {safe(said)}"


COMMANDS: tuple[type[Command], ...] = (AgendaShow,)
