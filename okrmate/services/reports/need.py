"""What a thing is that needs the mentor: a verb, whom and what it is about, why it is here; and how long it takes."""

from datetime import datetime
from enum import StrEnum

from okrmate.frozen import Frozen


class Verb(StrEnum):
    """What the mentor would do; reading the verbs alone answers "what needs me?"."""

    READ = "Read"
    DECIDE = "Decide"
    MOVE = "Move"
    CHECK = "Check"
    WRITE = "Write"
    ASK = "Ask"
    REACH = "Reach"
    KEEP = "Keep"


SECONDS = {
    Verb.READ: 60,
    Verb.DECIDE: 45,
    Verb.MOVE: 60,
    Verb.CHECK: 45,
    Verb.WRITE: 90,
    Verb.ASK: 30,
    Verb.REACH: 60,
    Verb.KEEP: 20,
}
"""About how long each takes: guesses, so that only their sum is shown, in minutes."""


class About(StrEnum):
    """What kind of record a need is about."""

    MAIL = "mail"
    LETTER = "letter"
    MEETING = "meeting"
    KEY_RESULT = "key result"
    OKR_SET = "OKR set"
    MENTORSHIP = "mentorship"
    PROMISE = "promise"
    OUTBOX = "outbox"


class Time(StrEnum):
    """How the moment of a need is to be told."""

    AT = "at"
    AHEAD = "ahead"
    SINCE = "since"
    LATE = "late"


class Need(Frozen):
    """One thing that needs the mentor: who it is about, what it is, and why it is here or what happens without her.

    `record` is the id of what it is `about`; `mentorship` is empty where it belongs to nobody here. `word` stands in
    place of a time. `alarm` marks what went wrong.
    """

    verb: Verb
    about: About
    record: str
    who: str
    what: str
    why: str
    at: datetime | None = None
    time: Time = Time.AT
    word: str = ""
    mentorship: str = ""
    personal: bool = False
    alarm: bool = False


def minutes(several: tuple[Need, ...]) -> int:
    """About how long all of it takes."""
    return round(sum(SECONDS[need.verb] for need in several) / 60)
