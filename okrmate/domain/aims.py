"""What each side hopes to reach with a mentorship, and what it would gain itself."""

from datetime import datetime

from okrmate.domain.changes import Source
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, replace


class Aims(Frozen):
    """One side's aims in their own words, and what they would gain; either may be empty for now."""

    id: str
    mentorship: str
    by: Side
    at: datetime
    source: Source
    aims: tuple[str, ...] = ()
    gain: str = ""

    def with_words(self, aims: tuple[str, ...], gain: str, at: datetime, source: Source) -> "Aims":
        """These with what was written anew in the place of what was there; what was left out stays."""
        return replace(self, aims=aims or self.aims, gain=gain or self.gain, at=at, source=source)
