"""One mail host for all tests of this folder, accounts nobody has touched, and a journey that nothing befell."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from okrmate.adapters.clock import SystemClock
from tests.servers.accounts import Account
from tests.servers.journey import Journey, Told
from tests.servers.mailhost import MailHost, missing
from tests.servers.mentoring import Way
from tests.servers.wire import Wire


def pytest_configure() -> None:
    """Say at once what the machine lacks: a test that cannot run is no test that passed."""
    if sentence := missing():
        pytest.exit(sentence, returncode=2)


@pytest.fixture(scope="session")
def running_host() -> Iterator[MailHost]:
    """The one host, however many tests use it."""
    host = MailHost()
    try:
        host.start()
        yield host
    finally:
        host.close()


@pytest.fixture
def mailhost(running_host: MailHost) -> MailHost:
    """The host, running, whatever an earlier test did to it."""
    running_host.start()
    return running_host


@pytest.fixture
def account(mailhost: MailHost) -> Account:
    """An account of this test alone."""
    return mailhost.new_account()


@pytest.fixture(scope="session")
def talk_at() -> datetime:
    """When the talk of each journey begins, the same for all of them: tomorrow."""
    return SystemClock().now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=20)


@pytest.fixture(scope="session")
def undisturbed(running_host: MailHost, talk_at: datetime, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """A journey told to its end; somebody listened on the way to the SMTP server."""
    running_host.start()
    with Wire(running_host.ports.smtp) as wire:
        journey = Journey.of_two(running_host, tmp_path_factory.mktemp("undisturbed"), talk_at)
        journey.mentoring.set_up(running_host, smtp=Way(port=wire.port, security="starttls"))
        try:
            for step in journey.steps():
                step()
            yield Told(journey=journey, heard=bytes(wire.asked), code=journey.running.stop())
        finally:
            journey.running.kill()
            journey.mentoring.tell()
