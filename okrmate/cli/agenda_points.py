"""The points of a talk as `okrmate agenda --points` numbers them, and the mentor's word on one of them."""

import argparse
from collections.abc import Sequence

from okrmate.cli.command import Terminal
from okrmate.cli.printing import safe
from okrmate.domain.agenda import ItemKind
from okrmate.domain.errors import UsageError
from okrmate.domain.meetings import Meeting
from okrmate.services.desk import Desk
from okrmate.services.letters.agendas import Point, points
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.agenda_choices import Wish, choose, reword_item
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.questions import edit

CHANGES = ("take", "minutes", "place", "talked", "text")
"""What can be said of a point, as the options are called."""


def point_arguments(parser: argparse.ArgumentParser) -> None:
    """Which point, and what is to become of it."""
    parser.add_argument("--points", action="store_true", help="the points by number, with what was left out for time")
    parser.add_argument("--point", metavar="N", type=int, help="one point, by its number, for the options that follow")
    parser.add_argument("--take", choices=("in", "out"), help="put it in, or leave it out")
    parser.add_argument("--minutes", metavar="NUMBER", type=int, help="how long it takes")
    parser.add_argument("--place", metavar="NUMBER", type=int, help="where it stands: 1 is the first")
    parser.add_argument("--talked", choices=("yes", "no"), help="whether it was talked about")
    parser.add_argument("--text", metavar="WORDS", help="a question, or a point of your own, in other words")


def changes_points(given: argparse.Namespace) -> bool:
    """Whether anything is said of a point; `UsageError` where it is not said of which."""
    said = [f"--{name}" for name in CHANGES if getattr(given, name) is not None]
    if said and given.point is None:
        raise UsageError(f"Say of which point {said[0]} is: --point N, by the numbers of --points.")
    if given.point is not None and not said:
        raise UsageError("Say what is to become of the point: --take, --minutes, --place, --talked or --text.")
    return bool(said)


def change_point(room: MailRoom, pair: Pair, meeting: Meeting, given: argparse.Namespace) -> None:
    """Do what was said of one point, or `UsageError`."""
    known = points(room, pair, meeting, room.desk.clock.now())
    if not 1 <= given.point <= len(known):
        raise UsageError(f"The talk has the points 1 to {len(known)}; `okrmate agenda PERSON --points` shows them.")
    point = known[given.point - 1]
    if point.kind is ItemKind.FEEDBACK and (given.take or given.place is not None):
        raise UsageError("The last five minutes are always for feedback.")
    if given.text is not None:
        _reword(room.desk, point, given.text)
    for wish, told in _wishes(given, known):
        choose(room.desk, meeting, point.key, wish, told)


def show_points(room: MailRoom, pair: Pair, meeting: Meeting, terminal: Terminal) -> None:
    """A line each: number, minutes, words; what was left out and what was talked about says so."""
    known = points(room, pair, meeting, room.desk.clock.now())
    terminal.data(
        [
            {
                "point": number,
                "kind": str(each.kind),
                "text": each.text,
                "minutes": each.minutes,
                "in": each.fits,
                "talked": each.talked,
            }
            for number, each in enumerate(known, start=1)
        ]
    )
    for number, each in enumerate(known, start=1):
        state = "talked about" if each.talked else "" if each.fits else "left out"
        terminal.say(f"{number:2}  {each.minutes:3} min  {safe(each.text)}{f' ({state})' if state else ''}")


def _reword(desk: Desk, point: Point, text: str) -> None:
    if point.question:
        edit(desk, point.question, text)
    elif point.own is not None:
        reword_item(desk, point.own, text)
    else:
        raise UsageError("Questions and points of your own have words of yours; this one is proposed.")


def _wishes(given: argparse.Namespace, known: Sequence[Point]) -> list[tuple[Wish, str]]:
    wishes: list[tuple[Wish, str]] = []
    if given.take is not None:
        wishes.append((Wish(taken=given.take == "in"), f"a point {'taken in' if given.take == 'in' else 'left out'}"))
    if given.minutes is not None:
        wishes.append((Wish(minutes=given.minutes), "minutes of a point"))
    if given.place is not None:
        places = sum(each.kind is not ItemKind.FEEDBACK for each in known)
        if not 1 <= given.place <= places:
            raise UsageError(f"A place is a number from 1 to {places}.")
        wishes.append((Wish(place=given.place), "a point moved"))
    if given.talked is not None:
        wishes.append((Wish(talked=given.talked == "yes"), f"{'' if given.talked == 'yes' else 'not '}talked about"))
    return wishes
