"""What every view needs besides the store: this moment, the mentor's clock, and how she reads numbers."""

from datetime import datetime
from zoneinfo import ZoneInfo

from okrmate.frozen import Frozen
from okrmate.mail.words import Words


class Scene(Frozen):
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
