"""One mail host for all tests of this folder, and accounts nobody has touched."""

from collections.abc import Iterator

import pytest

from tests.servers.accounts import Account
from tests.servers.mailhost import MailHost, missing


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
