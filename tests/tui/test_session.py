"""What the screens follow: each commit, but not the note that the mentor is here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from okrmate.adapters.store import open_store
from okrmate.services.desk import Desk
from okrmate.services.mail_rules import MailRules
from okrmate.services.mentoring.mentorships import NewPerson, add_person
from okrmate.tui.session import Session
from okrmate.tui.shown import Shown
from tests.builders import NOW, a_mentor
from tests.fakes import CountingTokens, FixedClock
from tests.tui.terminal import SHIPPED

RULES = MailRules(sender_name="Olivia", sender_address="olivia@example.org")


def desk_in(home: Path, tokens: str) -> Desk:
    clock, names = FixedClock(NOW), CountingTokens(tokens)
    return Desk(store=open_store(home, names, clock), clock=clock, tokens=names, mentor=a_mentor())


@pytest.fixture(name="desk")
def a_desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_in(tmp_path, "here")
    yield desk
    desk.store.close()


@pytest.fixture(name="committed")
def commits_that_are_followed() -> list[str]:
    return []


@pytest.fixture(name="session")
def a_session(desk: Desk, committed: list[str]) -> Session:
    session = Session(Shown(desk=desk, rules=RULES, templates=SHIPPED), {})
    session.follow(lambda: committed.append("followed"))
    return session


def test_the_note_that_the_mentor_is_here_has_nothing_drawn_anew(session: Session, committed: list[str]) -> None:
    assert session.begin() is None

    assert committed == []


def test_what_another_process_commits_while_the_first_screen_is_painted_is_followed(
    desk: Desk, session: Session, committed: list[str], tmp_path: Path
) -> None:
    elsewhere = desk_in(tmp_path, "elsewhere")
    add_person(elsewhere, NewPerson(name="Maya Okafor", address="maya@example.net"))
    elsewhere.store.close()

    session.begin()

    assert committed == ["followed"]
