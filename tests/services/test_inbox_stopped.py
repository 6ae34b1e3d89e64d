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
