"""What every view needs besides the store: this moment, the mentor's clock, and how she reads numbers."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from okrmate.mail.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One moment as the mentor sees it."""

    now: datetime
    words: Words

    @property
    def zone(self) -> ZoneInfo:
        """The clock on her wall."""
        return self.words.zone

    def local(self, moment: datetime) -> datetime:
        """A moment on that clock."""
        return moment.astimezone(self.zone)
