"""The mentor's desk: the ports every use case works with, and who acts through them."""

from dataclasses import dataclass

from okrmate.domain.people import Mentor
from okrmate.services.ports import Clock, Store, Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a use case needs besides its arguments; made once in the composition root."""

    store: Store
    clock: Clock
    tokens: Tokens
    mentor: Mentor
