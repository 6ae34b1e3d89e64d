"""The points of an agenda in two wordings: the mentor's gives the evidence, the protégé's only the topic."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from okrmate.frozen import Frozen
from okrmate.mail.words import Words


class Wording(StrEnum):
    """The points okrmate proposes for an agenda, and those of the two people; the wordings stand in words.toml."""

    PROMISE_PROTEGE = "promise_protege"
    PROMISE_MENTOR = "promise_mentor"
    SUGGESTION_TRIED = "suggestion_tried"
    SUGGESTION_NEW = "suggestion_new"
    SUGGESTION_MENTOR = "suggestion_mentor"
    MOVED = "moved"
    MOVED_BACK = "moved_back"
    WAITING = "waiting"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    UNHEARD = "unheard"
    UNHEARD_SEVERAL = "unheard_several"
    QUESTION = "question"
    FROM_PROTEGE = "from_protege"
    FROM_MENTOR = "from_mentor"
    FEEDBACK = "feedback"
    TIME_TAKEN = "time_taken"
    ALL_WAITING = "all_waiting"
    RIGHT_GOAL = "right_goal"
    INTRODUCTIONS = "introductions"
    DIFFERENCE = "difference"
    TOGETHER = "together"
    LOOKING_BACK = "looking_back"
    LOOKING_AHEAD = "looking_ahead"


ITEM_VALUES: Mapping[Wording, frozenset[str]] = MappingProxyType(
    {
        Wording.PROMISE_PROTEGE: frozenset({"topic", "protege", "date"}),
        Wording.PROMISE_MENTOR: frozenset({"topic", "protege", "mentor", "date"}),
        Wording.SUGGESTION_TRIED: frozenset({"words", "protege"}),
        Wording.SUGGESTION_NEW: frozenset({"words", "protege", "date"}),
        Wording.SUGGESTION_MENTOR: frozenset({"words", "protege", "mentor", "date"}),
        Wording.MOVED: frozenset({"title", "old", "new", "ref"}),
        Wording.MOVED_BACK: frozenset({"title", "old", "new", "ref"}),
        Wording.WAITING: frozenset({"title", "value", "date", "ref"}),
        Wording.BLOCKED: frozenset({"title", "date", "words", "ref"}),
        Wording.UNKNOWN: frozenset({"title", "date", "protege", "ref"}),
        Wording.UNHEARD: frozenset({"title", "ref"}),
        Wording.UNHEARD_SEVERAL: frozenset({"ref"}),
        Wording.QUESTION: frozenset({"number", "question"}),
        Wording.FROM_PROTEGE: frozenset({"words", "protege", "date"}),
        Wording.FROM_MENTOR: frozenset({"words", "mentor"}),
        Wording.FEEDBACK: frozenset(),
        Wording.TIME_TAKEN: frozenset({"date"}),
        Wording.ALL_WAITING: frozenset({"date"}),
        Wording.RIGHT_GOAL: frozenset({"protege"}),
        Wording.INTRODUCTIONS: frozenset(),
        Wording.DIFFERENCE: frozenset({"protege"}),
        Wording.TOGETHER: frozenset(),
        Wording.LOOKING_BACK: frozenset(),
        Wording.LOOKING_AHEAD: frozenset(),
    }
)
"""The values each kind is told: texts, and `date` a day or a moment."""


class ItemTexts(Frozen):
    """One point in two wordings: hers with the evidence, his with the topic."""

    hers: str
    his: str


def item_texts(kind: Wording, values: Mapping[str, str | date], hers: Words, his: Words) -> ItemTexts:
    """A point of the agenda, each wording in its reader's language; `values` are those of `ITEM_VALUES`."""
    return ItemTexts(hers=_told(kind, "hers", values, hers), his=_told(kind, "his", values, his))


def _told(kind: Wording, reader: str, values: Mapping[str, str | date], words: Words) -> str:
    told = {
        name: words.when(value, "short_date") if isinstance(value, date) else value for name, value in values.items()
    }
    return words.phrase(f"items.{kind}", reader, **told)
