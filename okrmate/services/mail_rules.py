"""The mentor's rules for letters, as the configuration gives them."""

from enum import StrEnum

from okrmate.domain.rhythm import QUIET, QuietHours
from okrmate.frozen import Frozen


class Review(StrEnum):
    """Which letters wait until the mentor has seen them: the first one to a person, all, or none."""

    FIRST = "first"
    ALL = "all"
    NONE = "none"


class Acknowledge(StrEnum):
    """When a reply is answered by what was understood: always, only where something is open, or never."""

    ALWAYS = "always"
    NEEDED = "needed"
    NEVER = "never"


class MailRules(Frozen):
    """What the mentor has decided about letters; `max_size` in bytes a mail that arrives.

    `plus_addresses` says whether `name+token@` arrives; where it does not, tokens travel in Message-IDs only.
    `authserv_ids` are the servers whose word on a sender counts (RFC 8601 section 2.5), in lower case.
    `digest` says whether the mentor gets the letter of her week.
    `compare_clocks` says whether letters wait where this machine's clock is far from the mail server's.
    """

    sender_name: str
    sender_address: str
    review: Review = Review.FIRST
    acknowledge: Acknowledge = Acknowledge.ALWAYS
    quiet_hours: QuietHours = QUIET
    plus_addresses: bool = False
    authserv_ids: tuple[str, ...] = ()
    max_size: int = 5_000_000
    compare_clocks: bool = True
    digest: bool = True

    @property
    def domain(self) -> str:
        """The right side of our Message-IDs."""
        return self.sender_address.rpartition("@")[2]
