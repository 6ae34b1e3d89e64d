"""The IMAP account as the mailbox, on a real Dovecot: what it sees, fetches and marks, and what it leaves alone."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from okrmate.adapters.imap.answers import Folder
from okrmate.adapters.imap.connection import ImapConnection
from okrmate.adapters.imap.mailbox import JUNK_EVERY, ImapMailbox
from okrmate.adapters.imap.news import CHUNK, Marks, headers
from okrmate.config import ImapSettings
from okrmate.domain.errors import MailServerError
from okrmate.frozen import replace
from okrmate.mail.headers import HEAD_LIMIT, read_headers
from okrmate.services.incoming.inbox import KEPT
from okrmate.services.ports import Sighting
from tests.adapters.mailbox_contract import LONG_AGO, MailboxContract
from tests.mail.messages import HOME, TOKEN, a_mail
from tests.servers.accounts import Account
from tests.servers.logins import Secrets, imap_server, imap_settings, in_clear
from tests.servers.mailhost import MailHost
from tests.servers.visitor import Visitor
from tests.servers.wire import Wire

LIMIT = 1_000_000


def private(name: str = "private") -> bytes:
    """A mail of the mentor's that is no business of ours."""
    return a_mail("something private\n", In_Reply_To=None, References=None, Message_ID=f"<{name}@x>")


def on_the_wire(content: bytes) -> bytes:
    return content.replace(b"\n", b"\r\n")


class ImapRig:
    def __init__(self, host: MailHost, account: Account) -> None:
        self.host = host
        self.account = account
        self.settings = imap_settings(imap_server(host, account))
        self.marks = Marks(threads=(HOME,))
        self.mailbox = self.another(self.settings)
        self.folder = self.name_of("INBOX")
        self.visitor = Visitor(host, account)

    def another(self, settings: ImapSettings) -> ImapMailbox:
        return ImapMailbox(settings, Secrets(self.account.password), self.marks)

    def use(self, **changes: Any) -> None:  # noqa: ANN401 - any key of the settings
        """Go on with other settings."""
        self.mailbox.close()
        self.settings = replace(self.settings, **changes)
        self.mailbox = self.another(self.settings)

    def name_of(self, folder: str) -> str:
        return f"{self.account.name}@localhost/{folder}"

    def arrive(self, content: bytes, folder: str = "INBOX") -> None:
        self.visitor.put(content, folder)

    def stored(self, content: bytes) -> bytes:
        return on_the_wire(content)

    def vanish(self, sighting: Sighting) -> None:
        self.visitor.remove(int(sighting.uid.split(".")[1]))

    def seen(self, folder: str = "INBOX", cursor: str | None = None) -> tuple[list[str], str]:
        look = self.mailbox.look(self.name_of(folder), cursor, LONG_AGO)
        return [sighting.headers["message-id"][0] for sighting in look.sightings], look.cursor


@pytest.fixture
def rig(mailhost: MailHost, account: Account) -> Iterator[ImapRig]:
    rig = ImapRig(mailhost, account)
    with rig.visitor:
        yield rig
    rig.mailbox.close()


@contextmanager
def watched(rig: ImapRig, wire: Wire) -> Iterator[ImapMailbox]:
    """The same mailbox with somebody on the way who reads along."""
    mailbox = rig.another(replace(rig.settings, server=in_clear(rig.settings.server, wire.port)))
    yield mailbox
    mailbox.close()


class TestMailbox(MailboxContract):
    pass


def test_the_names_of_folders_hold_the_account(rig: ImapRig) -> None:
    assert rig.mailbox.folders()[0] == f"{rig.account.name}@localhost/INBOX"


def test_what_was_there_before_the_first_look_is_not_seen_unless_it_answers_us(rig: ImapRig) -> None:
    rig.arrive(private())
    rig.arrive(a_mail(Message_ID="<answer@x>"))
    names, cursor = rig.seen()
    rig.arrive(private("later"))

    assert (names, rig.seen(cursor=cursor)[0]) == (["<answer@x>"], ["<later@x>"])


def test_an_answer_is_known_by_either_of_its_two_fields(rig: ImapRig) -> None:
    rig.arrive(a_mail(Message_ID="<1@x>", References=None))
    rig.arrive(a_mail(Message_ID="<2@x>", In_Reply_To=None))

    assert rig.seen()[0] == ["<1@x>", "<2@x>"]


def test_an_answer_that_came_before_the_home_is_not_seen(rig: ImapRig) -> None:
    rig.arrive(a_mail())
    in_three_days = datetime.now(UTC) + timedelta(days=3)  # noqa: TID251 - Dovecot dates mails by this clock

    assert rig.mailbox.look(rig.folder, None, in_three_days).sightings == ()


def test_looking_fetching_and_settling_leave_a_mail_unread_and_everything_else_as_it_was(rig: ImapRig) -> None:
    rig.arrive(a_mail())
    rig.visitor.put(private("marked"), flags=r"\Deleted \Flagged")
    (sighting,) = rig.mailbox.look(rig.folder, None, LONG_AGO).sightings
    rig.mailbox.fetch(sighting, LIMIT)
    rig.mailbox.settle(sighting)

    assert rig.visitor.flags() == [{"$OkrmateDone"}, {r"\Deleted", r"\Flagged"}]


def test_looking_does_not_even_change_what_counts_as_recent(rig: ImapRig) -> None:
    rig.arrive(a_mail())
    (sighting,) = rig.mailbox.look(rig.folder, None, LONG_AGO).sightings
    rig.mailbox.fetch(sighting, LIMIT)

    assert rig.visitor.recent() == 1


def test_of_a_mail_over_the_limit_no_more_than_that_leaves_the_server(rig: ImapRig, mailhost: MailHost) -> None:
    rig.arrive(a_mail("0123456789\n" * 300_000))
    with Wire(mailhost.ports.imap) as wire, watched(rig, wire) as mailbox:
        (sighting,) = mailbox.look(mailbox.folders()[0], None, LONG_AGO).sightings
        raw = mailbox.fetch(sighting, 65_536)

    assert sighting.size > 3_000_000
    assert raw is not None
    assert len(raw) == 65_536
    assert len(wire.answered) < 80_000


def test_of_a_mail_that_is_too_big_to_be_read_one_byte_more_than_is_read_leaves_the_server(
    rig: ImapRig, mailhost: MailHost
) -> None:
    rig.arrive(a_mail("0123456789\n" * 300_000))
    rig.use(max_size=65_535)
    with Wire(mailhost.ports.imap) as wire, watched(rig, wire) as mailbox:
        (sighting,) = mailbox.look(mailbox.folders()[0], None, LONG_AGO).sightings
        raw = mailbox.fetch(sighting, KEPT)

    assert raw is not None
    assert len(raw) == 65_536
    assert len(wire.answered) < 80_000


def test_a_sighting_tells_when_the_server_took_the_mail(rig: ImapRig) -> None:
    rig.arrive(a_mail())
    (sighting,) = rig.mailbox.look(rig.folder, None, LONG_AGO).sightings

    assert sighting.arrived_at is not None
    assert abs(sighting.arrived_at - datetime.now(UTC)) < timedelta(minutes=5)  # noqa: TID251 - Dovecot dates by it


def test_a_head_without_an_end_is_cut(rig: ImapRig, mailhost: MailHost) -> None:
    rig.arrive(a_mail(A_Long_Field="word " * 200_000))
    with Wire(mailhost.ports.imap) as wire, watched(rig, wire) as mailbox:
        (sighting,) = mailbox.look(mailbox.folders()[0], None, LONG_AGO).sightings

    assert sighting.headers["subject"] == ("Re: Talk 3 with Olivia: the agenda",)
    assert len(wire.answered) < HEAD_LIMIT + 10_000


def test_no_keyword_is_set_where_it_would_not_last(rig: ImapRig, mailhost: MailHost) -> None:
    rig.arrive(a_mail())
    with Wire.without(mailhost.ports.imap, r"\*") as wire, watched(rig, wire) as mailbox:
        (sighting,) = mailbox.look(mailbox.folders()[0], None, LONG_AGO).sightings
        mailbox.settle(sighting)

    assert b"SELECT" in wire.asked
    assert b"STORE" not in wire.asked


def test_no_keyword_is_set_where_none_is_wished_for(rig: ImapRig) -> None:
    rig.arrive(a_mail())
    rig.use(done_keyword="")
    (sighting,) = rig.mailbox.look(rig.folder, None, LONG_AGO).sightings
    rig.mailbox.settle(sighting)

    assert rig.visitor.flags() == [set()]


def test_what_is_done_moves_to_a_folder_that_is_made_for_it(rig: ImapRig) -> None:
    rig.arrive(a_mail())
    rig.use(done_folder="Mentoring/Erledigt für Olivia")
    (sighting,) = rig.mailbox.look(rig.folder, None, LONG_AGO).sightings
    rig.mailbox.settle(sighting)
    rig.mailbox.settle(sighting)

    assert rig.visitor.count() == 0
    assert rig.visitor.flags('"Mentoring/Erledigt f&APw-r Olivia"') == [{"$OkrmateDone"}]


def test_what_is_done_stays_where_the_server_cannot_move_and_that_is_said_once(
    rig: ImapRig, mailhost: MailHost, caplog: pytest.LogCaptureFixture
) -> None:
    rig.arrive(a_mail())
    with Wire.without(mailhost.ports.imap, "MOVE") as wire:
        rig.use(done_folder="Done", server=in_clear(rig.settings.server, wire.port))
        for folder in (rig.mailbox.folders()[0], rig.mailbox.folders()[0]):
            (sighting,) = rig.mailbox.look(folder, None, LONG_AGO).sightings
            rig.mailbox.settle(sighting)
        rig.mailbox.close()

    assert rig.visitor.count() == 1
    assert [record.message for record in caplog.records] == [
        "mail is not moved to the done folder: the server cannot, or does not make the folder"
    ]
    assert not [word for word in (b"COPY", b"EXPUNGE", b"Deleted", b"CREATE") if word in wire.asked]


def test_of_an_archive_only_answers_to_us_are_seen(rig: ImapRig, mailhost: MailHost) -> None:
    rig.use(folders=(r"\All", r"\Archive"))
    _, cursor = rig.seen("Archive")
    rig.arrive(private(), "Archive")
    rig.arrive(a_mail(Message_ID="<answer@x>"), "Archive")

    assert rig.mailbox.folders()[0] == rig.name_of("Archive")
    assert rig.seen("Archive", cursor)[0] == ["<answer@x>"]


def test_an_answer_that_lost_its_thread_is_found_in_an_archive_by_the_address_it_was_sent_to(rig: ImapRig) -> None:
    for number, to in enumerate((f"Olivia <olivia+{TOKEN}@example.org>", "olivia@example.org")):
        rig.arrive(a_mail(To=to, In_Reply_To=None, References=None, Message_ID=f"<{number}@x>"), "Archive")
    rig.marks = Marks(threads=(HOME,), recipient="olivia+")
    rig.use(folders=(r"\Archive",))

    assert rig.seen("Archive")[0] == ["<0@x>"]


def test_an_archive_that_is_named_plainly_is_an_archive_all_the_same(rig: ImapRig) -> None:
    rig.use(folders=("Archive",))
    _, cursor = rig.seen("Archive")
    rig.arrive(private(), "Archive")

    assert rig.seen("Archive", cursor)[0] == []


def test_what_is_filed_is_marked_but_not_moved(rig: ImapRig) -> None:
    rig.arrive(a_mail(), "Archive")
    rig.use(folders=(r"\Archive",), done_folder="Done")
    (sighting,) = rig.mailbox.look(rig.name_of("Archive"), None, LONG_AGO).sightings
    rig.mailbox.settle(sighting)

    assert rig.visitor.flags("Archive") == [{"$OkrmateDone"}]


def test_an_answer_among_junk_is_shown_as_such_and_left_alone(rig: ImapRig) -> None:
    rig.arrive(a_mail(), "Junk")
    rig.arrive(private(), "Junk")
    rig.use(done_folder="Done")
    (sighting,) = rig.mailbox.look(rig.name_of("Junk"), None, LONG_AGO).sightings
    rig.mailbox.settle(sighting)

    assert sighting.junk
    assert rig.mailbox.fetch(sighting, LIMIT) == on_the_wire(a_mail())
    assert rig.visitor.flags("Junk") == [set(), set()]


def test_junk_is_looked_into_once_a_day(rig: ImapRig, monkeypatch: pytest.MonkeyPatch) -> None:
    junk = rig.name_of("Junk")
    before = rig.mailbox.folders()
    rig.seen("Junk")
    after = rig.mailbox.folders()
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + JUNK_EVERY)

    assert (junk in before, junk in after, junk in rig.mailbox.folders()) == (True, False, True)


@pytest.mark.parametrize(
    ("name", "wire_name"),
    [("Grüße", '"Gr&APwA3w-e"'), ("R & D", '"R &- D"'), ('a "b" c', r'"a \"b\" c"'), ("Ein/Aus", '"Ein/Aus"')],
)
def test_a_folder_is_found_by_the_name_people_see(rig: ImapRig, name: str, wire_name: str) -> None:
    rig.visitor.make(wire_name)
    rig.use(folders=("inbox", name))
    _, cursor = rig.seen(name)
    rig.arrive(private(), wire_name)

    assert rig.mailbox.folders()[:2] == (rig.name_of("INBOX"), rig.name_of(name))
    assert rig.seen(name, cursor)[0] == ["<private@x>"]


def test_a_folder_that_is_not_there_is_named(rig: ImapRig) -> None:
    rig.use(folders=("INBOX", "Nowhere"))

    with pytest.raises(MailServerError, match=r"no folder 'Nowhere' .* check mail\.imap\.folders"):
        rig.seen("Nowhere")
    assert rig.seen()[0] == []


def test_a_folder_made_anew_is_looked_through_again_and_its_old_numbers_mean_nothing(rig: ImapRig) -> None:
    rig.visitor.make("Mentoring")
    rig.use(folders=("Mentoring",))
    rig.arrive(a_mail(), "Mentoring")
    look = rig.mailbox.look(rig.name_of("Mentoring"), None, LONG_AGO)
    rig.mailbox.close()
    rig.visitor.make_anew("Mentoring")
    rig.arrive(private("another"), "Mentoring")

    assert rig.mailbox.fetch(look.sightings[0], LIMIT) is None
    rig.mailbox.settle(look.sightings[0])
    assert rig.seen("Mentoring", look.cursor)[0] == ["<another@x>"]
    assert rig.visitor.flags("Mentoring") == [set()]


def test_headers_are_read_though_a_whole_chunk_of_messages_has_vanished(rig: ImapRig) -> None:
    for number in (1, 2, 3):
        rig.arrive(private(str(number)))
    connection = ImapConnection(rig.settings.server, Secrets(rig.account.password))
    vanished = range(1000, 1000 + CHUNK)
    found = headers(connection.open(Folder.named("INBOX")), [*vanished, 1, 3, 4, 2])
    names = [read_headers(each.content)["message-id"] for each in found]
    connection.close()

    assert names == [("<1@x>",), ("<3@x>",), ("<2@x>",)]


def test_a_folder_that_may_only_be_read_is_read(rig: ImapRig, mailhost: MailHost) -> None:
    rig.arrive(a_mail())

    def read_only(said: bytes) -> bytes:
        return said.replace(b"OK [READ-WRITE]", b"OK [READ-ONLY]")

    with Wire(mailhost.ports.imap, read_only) as wire, watched(rig, wire) as mailbox:
        folder = mailbox.folders()[0]
        (sighting,) = mailbox.look(folder, None, LONG_AGO).sightings
        mailbox.settle(sighting)
        again = mailbox.look(folder, None, LONG_AGO).sightings

    assert again == (sighting,)
    assert b"STORE" not in wire.asked
