"""The check-up on fakes: each part by itself, and what is said of one that does not do its work."""

from datetime import timedelta
from pathlib import Path

import pytest

from okrmate.adapters.resources import Resources
from okrmate.domain.errors import MailLoginError, MailServerError
from okrmate.mail.rendering import Composer
from okrmate.services.checks.checkup import check_clock, check_letters, check_mailbox, check_store, check_way_out
from okrmate.services.checks.findings import Verdict
from okrmate.services.tables import CHANGES, INCOMING
from tests.builders import NOW, a_change, a_mentor, an_incoming
from tests.fakes import FixedClock, MemoryMailbox, MemoryPostman, MemoryStore
from tests.services.rooms import SHIPPED


def test_a_mailbox_that_is_reached_names_the_folders_it_looks_into() -> None:
    found = check_mailbox("imap", MemoryMailbox("INBOX", "Archive"), FixedClock())

    assert (found.about, found.verdict) == ("imap", Verdict.FINE)
    assert found.said == "reached; what is looked into: INBOX, Archive."


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("ada@example.org@imap.example.org/INBOX", "INBOX"),
        ("ada@imap.example.org/Lists/Choir", "Lists/Choir"),
        ("/home/ada@work/mail/INBOX", "/home/ada@work/mail/INBOX"),
    ],
)
def test_a_folder_is_told_by_the_name_its_owner_knows(folder: str, told: str) -> None:
    found = check_mailbox("imap", MemoryMailbox(folder), FixedClock())

    assert found.said == f"reached; what is looked into: {told}."


def test_a_mailbox_in_trouble_is_told_in_its_own_words() -> None:
    mailbox = MemoryMailbox()
    mailbox.error = MailLoginError("The server refused the login.")

    found = check_mailbox("imap", mailbox, FixedClock())

    assert (found.verdict, found.said) == (Verdict.WRONG, "The server refused the login.")


def test_a_way_out_is_tried_without_sending_anything() -> None:
    postman = MemoryPostman()

    assert check_way_out("smtp", postman).verdict is Verdict.FINE
    assert (postman.sent, postman.attempts, postman.rested) == ([], 0, 1)


def test_a_way_out_in_trouble_is_told_and_let_go_of() -> None:
    postman = MemoryPostman()
    postman.error = MailServerError("The server is away.")

    found = check_way_out("smtp", postman)

    assert (found.verdict, found.said, postman.rested) == (Verdict.WRONG, "The server is away.", 1)


def test_every_letter_that_is_shipped_can_be_written() -> None:
    found = check_letters(Composer(SHIPPED), a_mentor())

    assert found.verdict is Verdict.FINE
    assert found.said.endswith("letters written on trial.")


@pytest.mark.parametrize("name", [name for name in Resources(None).template_names() if name.startswith("en/")])
def test_a_template_of_ones_own_that_cannot_be_written_is_named_whichever_it_is(tmp_path: Path, name: str) -> None:
    own = tmp_path / "templates" / name
    own.parent.mkdir(parents=True)
    own.write_text(SHIPPED.template(name) + "\n{{ nothing_known }}\n", encoding="utf-8")

    found = check_letters(Composer(Resources(tmp_path)), a_mentor())

    assert found.verdict is Verdict.WRONG
    assert name in found.said


def test_a_store_is_read_whole() -> None:
    store = MemoryStore()
    with store.transaction() as tx:
        tx.put(CHANGES, a_change())

    assert check_store(store).said == "opened; changes recorded: 1."


def test_a_clock_is_fine_where_nothing_was_recorded_or_only_the_past() -> None:
    store = MemoryStore()
    assert check_clock(store, FixedClock(), "Europe/Madrid").said == "Mon 02 Mar 2026 10:00 in Europe/Madrid."

    with store.transaction() as tx:
        tx.put(CHANGES, a_change(at=NOW - timedelta(days=400)))
    assert check_clock(store, FixedClock(), "UTC").verdict is Verdict.FINE


@pytest.mark.parametrize(("ahead", "verdict"), [(59, Verdict.FINE), (61, Verdict.WRONG)])
def test_a_clock_that_went_back_behind_what_was_recorded_is_wrong(ahead: int, verdict: Verdict) -> None:
    then = NOW + timedelta(minutes=ahead)
    changed, received = MemoryStore(), MemoryStore()
    with changed.transaction() as tx:
        tx.put(CHANGES, a_change(at=then))
    with received.transaction() as tx:
        tx.put(INCOMING, an_incoming(received_at=then))

    for store in (changed, received):
        assert check_clock(store, FixedClock(), "UTC").verdict is verdict
