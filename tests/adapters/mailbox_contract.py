"""What every mailbox promises, whatever stands behind it: stated once, held by the fake and by each adapter."""

from datetime import UTC, datetime
from typing import Protocol

from okrmate.services.ports import Mailbox, Sighting
from tests.mail.messages import a_mail

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
LIMIT = 1_000_000


class Rig(Protocol):
    """A mailbox with one folder, and what the outside world does to it."""

    mailbox: Mailbox
    folder: str

    def arrive(self, content: bytes) -> object: ...

    def stored(self, content: bytes) -> bytes:
        """What becomes of the bytes of a mail that arrives."""

    def vanish(self, sighting: Sighting) -> None: ...


def shown(rig: Rig, cursor: str | None) -> tuple[list[str], str]:
    """The Message-IDs of what a look shows, and the next cursor."""
    look = rig.mailbox.look(rig.folder, cursor, LONG_AGO)
    return sorted(sighting.headers["message-id"][0] for sighting in look.sightings), look.cursor


def the_only(rig: Rig) -> Sighting:
    """What there is, seen for the first time."""
    (sighting,) = rig.mailbox.look(rig.folder, None, LONG_AGO).sightings
    return sighting


class MailboxContract:
    """The tests; a subclass in a test module runs them on the rig of that module's fixture."""

    def test_a_mailbox_names_its_folders(self, rig: Rig) -> None:
        assert rig.mailbox.folders()[0] == rig.folder

    def test_an_empty_folder_shows_nothing_and_still_gives_a_cursor(self, rig: Rig) -> None:
        names, cursor = shown(rig, None)
        rig.arrive(a_mail(Message_ID="<1@x>"))
        assert (names, shown(rig, cursor)[0]) == ([], ["<1@x>"])

    def test_each_message_is_seen_once(self, rig: Rig) -> None:
        rig.arrive(a_mail(Message_ID="<1@x>"))
        first, cursor = shown(rig, None)
        rig.arrive(a_mail(Message_ID="<2@x>"))
        second, cursor = shown(rig, cursor)
        assert (first, second, shown(rig, cursor)[0]) == (["<1@x>"], ["<2@x>"], [])

    def test_an_old_cursor_shows_again_what_came_after_it(self, rig: Rig) -> None:
        _, cursor = shown(rig, None)
        rig.arrive(a_mail(Message_ID="<1@x>"))
        assert shown(rig, cursor)[0] == shown(rig, cursor)[0] == ["<1@x>"]

    def test_a_message_that_was_dealt_with_is_not_seen_again(self, rig: Rig) -> None:
        rig.arrive(a_mail(Message_ID="<1@x>"))
        look = rig.mailbox.look(rig.folder, None, LONG_AGO)
        rig.mailbox.settle(look.sightings[0])
        again, cursor = shown(rig, look.cursor)
        assert (again, shown(rig, cursor)[0]) == ([], [])

    def test_a_sighting_has_size_and_unfolded_headers(self, rig: Rig) -> None:
        content = a_mail(Subject="Re: a\n b")
        rig.arrive(content)
        sighting = the_only(rig)
        assert (sighting.folder, sighting.size) == (rig.folder, len(rig.stored(content)))
        assert sighting.headers["subject"] == ("Re: a b",)

    def test_a_message_is_fetched_up_to_the_limit(self, rig: Rig) -> None:
        rig.arrive(a_mail("body\n"))
        sighting = the_only(rig)
        assert rig.mailbox.fetch(sighting, LIMIT) == rig.stored(a_mail("body\n"))
        assert rig.mailbox.fetch(sighting, 10) == rig.stored(a_mail("body\n"))[:10]

    def test_a_vanished_message_is_none_and_settling_it_is_no_trouble(self, rig: Rig) -> None:
        rig.arrive(a_mail())
        sighting = the_only(rig)
        rig.vanish(sighting)
        assert rig.mailbox.fetch(sighting, LIMIT) is None
        rig.mailbox.settle(sighting)

    def test_a_mailbox_that_was_closed_goes_on_where_it_was(self, rig: Rig) -> None:
        _, cursor = shown(rig, None)
        rig.mailbox.close()
        rig.arrive(a_mail(Message_ID="<1@x>"))
        assert shown(rig, cursor)[0] == ["<1@x>"]
