"""The mentor's desk: the ports every use case works with, and who acts through them."""

from okrmate.domain.people import Mentor
from okrmate.frozen import Frozen
from okrmate.services.ports import Clock, Store, Tokens


class Desk(Frozen):
    """What a use case needs besides its arguments; made once in the composition root."""

    store: Store
    clock: Clock
    tokens: Tokens
    mentor: Mentor
    sender_address: str = ""
    """Where letters come from, if that is another address than the mentor's own."""

    def is_own(self, address: str) -> bool:
        """Whether mail to this address reaches the mentor herself, with or without something behind a plus."""
        return _without_plus(address) in {_without_plus(own) for own in (self.mentor.address, self.sender_address)}


def _without_plus(address: str) -> str:
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
