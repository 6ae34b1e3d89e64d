"""The mail room: the desk with the ways in and out, the letter writer, and the mentor's rules."""

from typing import assert_never

from okrmate.domain.people import Mentor, Mentorship, Person, Protege, Side
from okrmate.frozen import Frozen
from okrmate.mail.rendering import Composer
from okrmate.services.desk import Desk
from okrmate.services.mail_rules import MailRules, Review
from okrmate.services.ports import Doorbell, Mailbox, Postman, RawMail, Store


class MailRoom(Frozen):
    """What the use cases of mail need besides their arguments."""

    desk: Desk
    rules: MailRules
    mailbox: Mailbox
    postman: Postman
    raw: RawMail
    composer: Composer
    doorbell: Doorbell | None = None
    """None where nobody rings: then looking in a rhythm is all there is."""

    @property
    def store(self) -> Store:
        """The desk's store."""
        return self.desk.store

    @property
    def mentor(self) -> Mentor:
        """The owner of the home."""
        return self.desk.mentor

    def recipient(self, protege: Protege, side: Side) -> Person:
        """Who a letter to one side goes to."""
        return self.mentor if side is Side.MENTOR else protege

    def must_see_first(self, mentorship: Mentorship) -> bool:
        """Whether unasked letters to this protégé wait until the mentor has released one."""
        match self.rules.review:
            case Review.ALL:
                return True
            case Review.FIRST:
                return not mentorship.reviewed
            case Review.NONE:
                return False
            case _:
                assert_never(self.rules.review)


def always() -> bool:
    """The `go_on` of a pass that nobody stops: go on until everything is done."""
    return True
