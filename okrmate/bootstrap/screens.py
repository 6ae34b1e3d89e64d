"""Opening the screens: the desk, the mail loop beside them, and each screen's parts when it is first shown."""

from collections.abc import Callable, Mapping
from pathlib import Path

from okrmate.adapters.resources import Resources
from okrmate.bootstrap.desk import open_home
from okrmate.tui.app import OkrmateApp
from okrmate.tui.screens.page import Page
from okrmate.tui.shown import Shown


def run_screens(home: Path) -> None:
    """Show the screens of a home until the mentor leaves them; raises what `open_home` raises."""
    opened = open_home(home)
    shown = Shown(desk=opened.desk, templates=Resources(home), loop=opened.loop.read)
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
