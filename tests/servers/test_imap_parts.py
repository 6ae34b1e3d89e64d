"""A folder with much that is new, on a real Dovecot: it is seen in parts, each once, also by another process."""

from collections.abc import Iterator

import pytest

from okrmate.adapters.imap.mailbox import ImapMailbox
from okrmate.adapters.imap.news import CHUNK, Marks
from okrmate.services.ports import Look
from tests.adapters.mailbox_contract import LONG_AGO
from tests.mail.messages import HOME, a_mail
from tests.servers.accounts import Account
from tests.servers.logins import Secrets, imap_server, imap_settings
from tests.servers.looking import parts
from tests.servers.mailhost import MailHost
from tests.servers.private_mails import fill

MANY = 2 * CHUNK + 100


@pytest.fixture
def mailbox(mailhost: MailHost, account: Account) -> Iterator[ImapMailbox]:
    mailbox = another(mailhost, account)
    yield mailbox
    mailbox.close()


def another(host: MailHost, account: Account) -> ImapMailbox:
    settings = imap_settings(imap_server(host, account))
    return ImapMailbox(settings, Secrets(account.password), Marks(threads=(HOME,)))


def an_answer(number: int) -> bytes:
    return a_mail(Message_ID=f"<answer{number}@x>")


def names(*looks: Look) -> list[str]:
    return [
        sighting.headers["message-id"][0].strip("<>").removesuffix("@x")
        for look in looks
        for sighting in look.sightings
    ]


def sizes(looks: list[Look]) -> list[tuple[int, bool]]:
    return [(len(look.sightings), look.more) for look in looks]


IN_PARTS = [(CHUNK, True), (CHUNK, True), (100, False)]


def test_much_that_is_new_is_seen_in_parts(mailbox: ImapMailbox, account: Account) -> None:
    (inbox, *_) = mailbox.folders()
    (begun,) = parts(mailbox, inbox)
    fill(account.maildir, 0, MANY)
    looks = list(parts(mailbox, inbox, begun.cursor))

    assert sizes(looks) == IN_PARTS
    assert names(*looks) == [f"private{number}" for number in range(MANY)]


def test_a_first_look_sees_answers_in_parts_and_none_of_what_is_private(mailbox: ImapMailbox, account: Account) -> None:
    (inbox, *_) = mailbox.folders()
    fill(account.maildir, 0, MANY)
    fill(account.maildir, MANY, MANY, an_answer)
    looks = list(parts(mailbox, inbox))

    assert sizes(looks) == IN_PARTS
    assert names(*looks) == [f"answer{MANY + number}" for number in range(MANY)]


def test_what_comes_during_a_first_look_is_seen_behind_it_whatever_it_is(
    mailbox: ImapMailbox, account: Account
) -> None:
    (inbox, *_) = mailbox.folders()
    fill(account.maildir, 0, CHUNK + 1, an_answer)
    first = mailbox.look(inbox, None, LONG_AGO)
    fill(account.maildir, CHUNK + 1, 1)
    rest = list(parts(mailbox, inbox, first.cursor))

    assert sizes([first, *rest]) == [(CHUNK, True), (1, True), (1, False)]
    assert names(*rest) == [f"answer{CHUNK}", f"private{CHUNK + 1}"]


def test_a_folder_made_anew_is_looked_through_in_parts_and_another_process_goes_on_where_one_stopped(
    mailbox: ImapMailbox, mailhost: MailHost, account: Account
) -> None:
    before = "1/1"
    (inbox, *_) = mailbox.folders()
    fill(account.maildir, 0, MANY)
    first = mailbox.look(inbox, before, LONG_AGO)
    other = another(mailhost, account)
    other.folders()
    rest = list(parts(other, inbox, first.cursor))
    other.close()

    assert sizes([first, *rest]) == IN_PARTS
    assert names(first, *rest) == [f"private{number}" for number in range(MANY)]


def test_a_first_look_stays_one_though_the_folder_is_made_anew_in_its_middle(
    mailbox: ImapMailbox, account: Account
) -> None:
    (inbox, *_) = mailbox.folders()
    fill(account.maildir, 0, 3)
    fill(account.maildir, 3, 2, an_answer)
    (look,) = parts(mailbox, inbox, "1/7/9/answers")

    assert names(look) == ["answer3", "answer4"]
