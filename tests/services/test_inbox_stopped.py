"""A look that is broken off loses nothing: the next one finds what was not read."""

from okrmate.services.incoming import inbox
from tests.services.post_office import PostOffice


def test_a_look_that_is_to_stop_ends_after_the_mail_at_hand_and_the_next_one_reads_the_rest() -> None:
    office = PostOffice()
    agenda = office.agenda()
    for number in range(3):
        office.mailbox.arrive(office.written(f"1.1: {number}", agenda), office.clock.now())

    first = inbox.poll(office.room, lambda: False).mails
    rest = inbox.poll(office.room).mails

    assert (len(first), len(rest)) == (1, 2)
    assert len({mail.id for mail in (*first, *rest)}) == 3


def a_hundred_mails(office: PostOffice) -> None:
    """Answers among much that is private; ten of them are seen at once."""
    agenda = office.agenda()
    office.mailbox.at_once = 10
    for number in range(100):
        mine = office.written("lunch?", From="Eve <eve@example.com>")
        office.mailbox.arrive(
            office.written(f"1.1: {number}", agenda) if number % 25 == 0 else mine, office.clock.now()
        )
    office.mailbox.looks = 0


def test_a_mailbox_that_shows_a_part_at_once_is_read_to_its_end() -> None:
    office = PostOffice()
    a_hundred_mails(office)

    mails = inbox.poll(office.room).mails

    assert (len(mails), office.mailbox.looks) == (4, 10)
    assert (inbox.poll(office.room).mails, office.mailbox.looks) == ((), 11)


def test_between_two_parts_of_a_mailbox_a_stop_is_obeyed_and_the_next_look_goes_on_there() -> None:
    office = PostOffice()
    a_hundred_mails(office)

    first = inbox.poll(office.room, iter([True, True, False]).__next__).mails
    looked = office.mailbox.looks
    rest = inbox.poll(office.room).mails

    assert (len(first), looked) == (1, 2)
    assert (len(rest), office.mailbox.looks) == (3, 2 + 8)
