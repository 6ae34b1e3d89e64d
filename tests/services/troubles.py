"""A store and a way out with which everything goes wrong that can: a death at any commit, a hand-over in doubt."""

from collections import Counter
from datetime import datetime
from email.parser import BytesHeaderParser

from okrmate.services.ports import Clock, Delivery, DeliveryState
from tests.fakes import MemoryPostman, MemoryStore

NEVER = 10**9


class KilledError(BaseException):
    """The process ends here, as `kill -9` ends it."""


class MortalStore(MemoryStore):
    """Dies instead of its n-th commit from now."""

    commits_left = NEVER

    def _break(self) -> None:
        super()._break()
        self.commits_left -= 1
        if self.commits_left < 0:
            raise KilledError


class MoodyPostman(MemoryPostman):
    """Does with every letter what its mood says; `proves` says whether sent mail is filed."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.mood = "fine"
        self.proves = True
        self.attempted: list[str] = []
        self.arrived: Counter[str] = Counter()
        self.first_at: dict[str, datetime] = {}
        self.doubts: Counter[str] = Counter()

    def send(self, message: bytes, recipient: str) -> Delivery:
        name = str(BytesHeaderParser().parsebytes(message)["Message-ID"])
        self.attempted.append(name)
        if self.mood not in {"killed before", "deferred", "failed", "lost"}:
            self.arrived[name] += 1
            self.first_at.setdefault(name, self.clock.now())
        self.doubts[name] += self.mood in {"killed before", "killed after", "lost", "arrived"}
        match self.mood:
            case "killed before" | "killed after":
                raise KilledError
            case "deferred":
                return Delivery(state=DeliveryState.DEFERRED, reason="come back later")
            case "failed":
                return Delivery(state=DeliveryState.FAILED, reason="no such person")
            case "lost" | "arrived":
                return Delivery(state=DeliveryState.IN_DOUBT, reason="the line broke")
            case _:
                return Delivery(state=DeliveryState.SENT)

    def was_sent(self, message_id: str) -> bool:
        return self.proves and self.arrived[message_id] > 0
