"""Opening the screens: the desk, the mail loop beside them, and each screen's parts when it is first shown."""

from collections.abc import Callable, Mapping

from okrmate.bootstrap.desk import OpenHome
from okrmate.tui.app import OkrmateApp
from okrmate.tui.screens.page import Page
from okrmate.tui.shown import Shown


def run_screens(opened: OpenHome) -> None:
    """Show the screens until the mentor leaves them."""
    shown = Shown(desk=opened.desk)
    OkrmateApp(shown, pages(shown)).run()


def pages(shown: Shown) -> Mapping[str, Callable[[], Page]]:
    """How each screen is made, by its name; its module is imported only then."""
    return {
        "today": lambda: _today(shown),
        "people": lambda: _people(shown),
        "okrs": lambda: _okrs(shown),
        "meeting": lambda: _meeting(shown),
        "mail": lambda: _mail(shown),
        "reports": lambda: _reports(shown),
    }


def _today(shown: Shown) -> Page:
    from okrmate.tui.screens.today import TodayPage

    return TodayPage(shown)


def _people(shown: Shown) -> Page:
    from okrmate.tui.screens.people import PeoplePage

    return PeoplePage(shown)


def _okrs(shown: Shown) -> Page:
    from okrmate.tui.screens.okrs import OkrsPage

    return OkrsPage(shown)


def _meeting(shown: Shown) -> Page:
    from okrmate.tui.screens.meeting import MeetingPage

    return MeetingPage(shown)


def _mail(shown: Shown) -> Page:
    from okrmate.tui.screens.mail import MailPage

    return MailPage(shown)


def _reports(shown: Shown) -> Page:
    from okrmate.tui.screens.reports import ReportsPage

    return ReportsPage(shown)
