"""What a line can mean: an update to a key result, or a named problem that is asked about; never a guess."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from okrmate.domain.parts import Part
from okrmate.frozen import Frozen, replace


class Op(StrEnum):
    """What is said about a key result."""

    SET = "set"
    ADD = "add"
    DONE = "done"
    NOTE = "note"
    BLOCKED = "blocked"
    CONFIDENCE = "confidence"
    NOCHANGE = "nochange"


class Track(StrEnum):
    """Confidence said in words or by a light."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


class Check(StrEnum):
    """Why an update is applied and said: the acknowledgement marks it "check this"."""

    DECREASE = "decrease"
    APPROXIMATE = "approximate"
    TITLE = "title"
    TYPO = "typo"
    DERIVED = "derived"


class ProblemReason(StrEnum):
    """Why a line is asked about; public ids."""

    WHICH_KR = "which_kr"
    UNCLEAR_VALUE = "unclear_value"
    WHICH_SCALE = "which_scale"
    OUTLIER = "outlier"
    RELATIVE_PERCENT = "relative_percent"
    DENOMINATOR_MISMATCH = "denominator_mismatch"
    SIGN_OR_DASH = "sign_or_dash"
    UNKNOWN_KR = "unknown_kr"
    CONFLICT = "conflict"
    OUT_OF_RANGE = "out_of_range"
    CURRENCY_MISMATCH = "currency_mismatch"
    VAGUE_CLAIM = "vague_claim"
    PAST_TENSE = "past_tense"
    SPAN = "span"
    """A number of this week or month, smaller than what is known: all there are, or so many more."""
    EDITED_QUOTE = "edited_quote"
    UNDO = "undo"
    OFFERED = "offered"
    """Clear, and the mentor's: whether it counts is hers to say."""
    SCORE = "score"
    """A score at the end of a cycle that lies above 1.0: out of ten, or out of a hundred?"""


class Place(Frozen):
    """Where words stand: from `start` to `end` in a line of the sender's own, blanks around the line left out.

    `about` is the key result under which the line was written, empty where it stands by itself.
    """

    line: str
    start: int
    end: int
    about: str = ""

    @property
    def words(self) -> str:
        """The words that stand there."""
        return self.line[self.start : self.end]

    def without(self, signs: str) -> "Place":
        """The place of the same words without these signs around them."""
        begins = self.end - len(self.words.lstrip(signs))
        return replace(self, start=begins, end=begins + len(self.words.strip(signs)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Something said about the key result `kr` (its ref); `words` are the person's own, as they stand in the mail.

    `value` belongs to set and add, and to a confidence of 0 to 10; `track` to a confidence in words. `note` is
    in the person's words; of a blocker it is the reason. `places` are where it is said, more than one where it is
    said more than once. `counted` is the month's number of which the value is the growth, `parts` what was told of
    single sources of a sum.
    """

    kr: str
    op: Op
    value: Decimal | None = None
    track: Track | None = None
    note: str = ""
    approximate: bool = False
    words: str = ""
    checks: frozenset[Check] = frozenset()
    counted: Decimal | None = None
    parts: tuple[Part, ...] = ()
    places: tuple[Place, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A line that is asked about: why, about which key result if known, and which others it could mean.

    `value` is what was read of it so far, for the choices that the question offers; `places` as those of an update.
    """

    reason: ProblemReason
    kr: str = ""
    words: str = ""
    candidates: tuple[str, ...] = ()
    value: Decimal | None = None
    places: tuple[Place, ...] = field(default=(), compare=False, repr=False)


Outcome = Update | Problem
