"""Preparing a talk: which one question is most worth asking now, by what is known, and why it is that one."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType

from okrmate.domain.agenda import AgendaFacts, AgendaState, ItemKind, KeyResultFacts, kind_of, state_of
from okrmate.domain.tactics import Tactic
from okrmate.frozen import Frozen, field


class Worth(StrEnum):
    """Why one question is the one most worth asking; in this order the first that holds is taken.

    A person comes before their numbers, what is in the way before what merely stands, and good news comes last, when
    nothing else asks for the time (product: "Preparing a talk takes one screen").
    """

    PERSONAL = "personal"
    FIRST_TALK = "first_talk"
    NO_GOALS = "no_goals"
    BLOCKED = "blocked"
    STANDSTILL = "standstill"
    TACTIC = "tactic"
    STUCK = "stuck"
    BACK = "back"
    LESS_SURE = "less_sure"
    SILENT = "silent"
    CLOSING = "closing"
    MOVED = "moved"
    ALL_WELL = "all_well"


class Signs(Frozen):
    """What a talk is prepared from: the facts of its agenda, and what they do not say.

    `wrote_at` is when the protégé wrote something that nobody has answered or put aside. `tactics` are those that run,
    `had_chance` those of them of which it is time to ask, both by key result; `less_sure` are the ids of key results of
    which their confidence falls. `closing`: the set of OKRs is near its end.
    """

    facts: AgendaFacts
    wrote_at: datetime | None = None
    tactics: Mapping[str, Tactic] = field(default_factory=lambda: MappingProxyType({}))
    had_chance: frozenset[str] = frozenset()
    less_sure: frozenset[str] = frozenset()
    closing: bool = False


class MostWorth(Frozen):
    """The question most worth asking: why it is, and about which key result, tactic or moment."""

    worth: Worth
    key_result: KeyResultFacts | None = None
    tactic: Tactic | None = None
    since: datetime | None = None


def most_worth(signs: Signs) -> MostWorth:
    """The one question most worth asking in this talk; there always is one."""
    facts = signs.facts
    if signs.wrote_at is not None:
        return MostWorth(worth=Worth.PERSONAL, since=signs.wrote_at)
    if facts.number == 1:
        return MostWorth(worth=Worth.FIRST_TALK)
    if not facts.key_results:
        return MostWorth(worth=Worth.NO_GOALS)
    blocked = [each for each in facts.key_results if kind_of(each, facts) is ItemKind.BLOCKED]
    if blocked:
        first = _longest(blocked, lambda each: each.summary.heard_at)
        return MostWorth(worth=Worth.BLOCKED, key_result=first, since=first.summary.heard_at)
    if state_of(facts) is AgendaState.STANDSTILL:
        moved = [each.summary.moved_at for each in facts.key_results if each.summary.moved_at]
        return MostWorth(worth=Worth.STANDSTILL, since=max(moved, default=None))
    return _of_a_key_result(signs)


def _of_a_key_result(signs: Signs) -> MostWorth:
    facts = signs.facts
    by_kind = {
        kind: [each for each in facts.key_results if kind_of(each, facts) is kind]
        for kind in (ItemKind.STUCK, ItemKind.MOVED_DOWN, ItemKind.UNKNOWN, ItemKind.UNHEARD, ItemKind.MOVED)
    }
    tried = [each for each in facts.key_results if each.key_result.id in signs.had_chance]
    if tried:
        first = _longest(tried, lambda each: each.stuck_since)
        tactic = signs.tactics.get(first.key_result.id)
        return MostWorth(worth=Worth.TACTIC, key_result=first, tactic=tactic, since=tactic.begun_at if tactic else None)
    less_sure = [each for each in facts.key_results if each.key_result.id in signs.less_sure]
    for worth, found in (
        (Worth.STUCK, by_kind[ItemKind.STUCK]),
        (Worth.BACK, by_kind[ItemKind.MOVED_DOWN]),
        (Worth.LESS_SURE, less_sure),
        (Worth.SILENT, [*by_kind[ItemKind.UNKNOWN], *by_kind[ItemKind.UNHEARD]]),
    ):
        if found:
            first = _longest(found, lambda each: each.stuck_since or each.summary.heard_at)
            return MostWorth(worth=worth, key_result=first, since=first.stuck_since or first.summary.heard_at)
    if signs.closing:
        return MostWorth(worth=Worth.CLOSING)
    moved = by_kind[ItemKind.MOVED]
    return MostWorth(worth=Worth.MOVED, key_result=moved[0]) if moved else MostWorth(worth=Worth.ALL_WELL)


def _longest(found: Iterable[KeyResultFacts], since: Callable[[KeyResultFacts], datetime | None]) -> KeyResultFacts:
    """The one for which something holds longest; what was never heard of comes last."""
    never = datetime.max.replace(tzinfo=UTC)
    return min(found, key=lambda each: since(each) or never)
