"""An older copy of a home put back, and another home on the account: both show by what lies among sent mail."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from okrmate.adapters.clock import SystemClock
from okrmate.domain.letters import OutgoingState
from okrmate.services.incoming.doubts import OLDER_COPY
from okrmate.services.pause import pause_reason
from okrmate.services.tables import OUTGOING
from tests.servers.accounts import Account
from tests.servers.correspondent import Correspondent
from tests.servers.mailhost import MailHost
from tests.servers.mentoring import Mentoring
from tests.servers.visitor import Visitor

FILE = "okrmate.json"


@pytest.fixture
def maya(mailhost: MailHost) -> Correspondent:
    return Correspondent(host=mailhost, account=mailhost.new_account(), name="Maya Lindqvist")


def begun(home: Path, host: MailHost, account: Account, maya: Correspondent) -> Mentoring:
    """A home whose first letters are about to leave."""
    mentoring = Mentoring(home=home, account=account)
    mentoring.set_up(host, folders=("INBOX",))
    mentoring.begin_with([maya], SystemClock().now() + timedelta(hours=20))
    mentoring.okrmate("poll")
    return mentoring


def why_held(mentoring: Mentoring) -> str:
    mentoring.okrmate("poll")
    return pause_reason(mentoring.store)


def test_letters_wait_where_an_older_copy_of_the_home_was_put_back(
    mailhost: MailHost, account: Account, maya: Correspondent, tmp_path: Path
) -> None:
    mentoring = begun(tmp_path / "home", mailhost, account, maya)
    mentoring.okrmate("outbox", "send", "all")
    shutil.copy(mentoring.home / FILE, tmp_path / FILE)
    mentoring.okrmate("person", "add", "Tom", mailhost.new_account().address)
    mentoring.okrmate("plan")
    mentoring.okrmate("outbox", "send", "all")
    mentoring.okrmate("deliver")
    before = why_held(mentoring)
    with Visitor(mailhost, account) as visitor:
        left = visitor.count("Sent")
    shutil.copy(tmp_path / FILE, mentoring.home / FILE)
    older = Mentoring(home=mentoring.home, account=account)

    assert (before, why_held(older)) == ("", OLDER_COPY)
    older.okrmate("deliver")
    assert not older.store.find(OUTGOING, "state", OutgoingState.SENT)
    with Visitor(mailhost, account) as visitor:
        assert visitor.count("Sent") == left > 1


def test_letters_wait_where_another_home_has_filed_its_own_among_sent_mail(
    mailhost: MailHost, account: Account, maya: Correspondent, tmp_path: Path
) -> None:
    first = begun(tmp_path / "first", mailhost, account, maya)
    first.okrmate("outbox", "send", "all")
    first.okrmate("deliver")
    with Visitor(mailhost, account) as visitor:  # who has read her copies and put them away
        visitor.remove(*range(1, visitor.count() + 1))
    second = begun(tmp_path / "second", mailhost, account, maya)

    assert "another home of okrmate sends from this account too" in why_held(second)
    assert why_held(first) == ""
