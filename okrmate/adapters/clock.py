"""The time: the machine's own, and one that is moved by hand for the demo."""

from datetime import UTC, datetime


class SystemClock:
    """What the machine says."""

    def now(self) -> datetime:
        """This moment, aware, UTC."""
        return datetime.now(UTC)


class MovedClock:
    """Stands at a moment until it is moved; for the demo and for `--now`."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        """The moment it was moved to, aware, UTC."""
        return self._moment

    def move_to(self, moment: datetime) -> None:
        """Go on to `moment` (aware); `ValueError` where that is the past, which no clock of a story does."""
        if moment < self._moment:
            raise ValueError(f"the clock stands at {self._moment} and does not go back to {moment}")
        self._moment = moment.astimezone(UTC)
