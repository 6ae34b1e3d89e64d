"""The screens that work in the mail room: making them loads what reads and writes mail, so they come in here alone."""

from datetime import date

from okrmate.services.letters.away import go_away
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.absences import checked_days
from okrmate.tui.screens.mail import MailPage
from okrmate.tui.screens.meeting import MeetingPage
from okrmate.tui.screens.page import Page
from okrmate.tui.shown import Shown

PAGES: dict[str, type[MailPage] | type[MeetingPage]] = {MailPage.NAME: MailPage, MeetingPage.NAME: MeetingPage}


def leave(room: MailRoom, first: date, last: date, line: str) -> tuple[str, ...]:
    """Have the mentor be away on these days: the names of those who are told of it."""
    return tuple(letter.name for letter in go_away(room, checked_days(room.desk, first, last), line).letters)


def page_in(room: MailRoom, shown: Shown, name: str) -> Page:
    """The screen of this name, in this mail room."""
    return PAGES[name](shown, room)
