"""The screens that work in the mail room: making them loads what reads and writes mail, so they come in here alone."""

from okrmate.services.mailroom import MailRoom
from okrmate.tui.screens.mail import MailPage
from okrmate.tui.screens.meeting import MeetingPage
from okrmate.tui.screens.page import Page
from okrmate.tui.shown import Shown

PAGES: dict[str, type[MailPage] | type[MeetingPage]] = {MailPage.NAME: MailPage, MeetingPage.NAME: MeetingPage}


def page_in(room: MailRoom, shown: Shown, name: str) -> Page:
    """The screen of this name, in this mail room."""
    return PAGES[name](shown, room)
