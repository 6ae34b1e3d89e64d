"""Making one answer of many statements: contradictions asked about, repetitions dropped, "the rest" spelled out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from okrmate.reply.context import ReplyContext
from okrmate.reply.folding import composed
from okrmate.reply.updates import Op, Outcome, Place, Problem, ProblemReason, Update

_VALUES = frozenset({Op.SET, Op.ADD, Op.DONE, Op.NOCHANGE})


class Read(Protocol):
    """What was read of one statement."""

    @property
    def text(self) -> str:
        """The statement."""

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What it says."""

    @property
    def rest(self) -> bool:
        """Whether it says that the rest is unchanged."""


def settle(said: Sequence[Read], context: ReplyContext) -> tuple[Outcome, ...]:
    """All outcomes in order; two different values of one key result become one conflict (rule 16).

    "No change" is no second value beside one that is named: then it is said of the rest.
    """
    of_all = [one for one in said if _says_all_unchanged(one, context)]
    single = [one for one in said if one not in of_all]
    values = [one for each in single for one in each.outcomes if isinstance(one, Update) and one.op in _VALUES]
    but = bool(of_all and values)
    outcomes = [outcome for one in (single if but else said) for outcome in _placed(one)]
    which = any(isinstance(one, Problem) and one.reason is ProblemReason.WHICH_KR for one in outcomes)
    if (but or any(one.rest for one in said)) and not which:  # what the rest is shows when it is known which is not
        named = {outcome.kr for outcome in outcomes}
        there = tuple(_whole(one) for one in said if one.rest or (but and one in of_all))
        others = (kr.ref for kr in context.key_results if kr.ref not in named)
        outcomes += [Update(kr=ref, op=Op.NOCHANGE, words="", places=there) for ref in others]
    contested = _contested(outcomes)
    settled: list[Outcome] = []
    seen: dict[object, int] = {}
    for outcome in outcomes:
        conflicting = isinstance(outcome, Update) and (outcome.kr, outcome.op in _VALUES) in contested
        if conflicting and isinstance(outcome, Update) and (outcome.op in _VALUES or outcome.op is Op.CONFIDENCE):
            mark: object = ("conflict", outcome.kr)
            one: Outcome = Problem(
                reason=ProblemReason.CONFLICT, kr=outcome.kr, words=outcome.words, places=outcome.places
            )
        else:
            mark, one = _sameness(outcome), outcome
        if mark not in seen:
            seen[mark] = len(settled)
            settled.append(one)
        else:
            settled[seen[mark]] = _with_words_of(settled[seen[mark]], outcome)
    return tuple(settled)


def _says_all_unchanged(said: Read, context: ReplyContext) -> bool:
    """Whether it is a "no change" of every key result; beside a value of one it speaks of the others."""
    unchanged = {one.kr for one in said.outcomes if isinstance(one, Update) and one.op is Op.NOCHANGE}
    every = {kr.ref for kr in context.key_results}
    return len(every) > 1 and unchanged == every and len(said.outcomes) == len(every)


def _with_words_of(first: Outcome, again: Outcome) -> Outcome:
    """`first` with what only its repetition says: another note, the other words of a conflict, where it stands."""
    places = tuple(dict.fromkeys((*first.places, *again.places)))
    if isinstance(first, Update) and isinstance(again, Update):
        return replace(first, note=_joined(first.note, again.note), places=places)
    return replace(first, words=_joined(first.words, again.words), places=places)


def _placed(said: Read) -> Iterator[Outcome]:
    """What a statement says; a letter that chooses rests on all of its line."""
    for one in said.outcomes:
        yield one if one.places or not said.text.strip() else replace(one, places=(_whole(said),))


def _whole(said: Read) -> Place:
    line = composed(said.text).strip()
    return Place(line=line, start=0, end=len(line))


def _joined(first: str, second: str) -> str:
    if not first or not second or second in first:
        return first or second
    return f"{first}; {second}"


def _sameness(outcome: Outcome) -> object:
    if isinstance(outcome, Problem):
        return (outcome.reason, outcome.kr, outcome.words)
    if outcome.op is Op.NOTE:
        return (outcome.kr, outcome.op, outcome.note)
    return (outcome.kr, outcome.op, outcome.value, outcome.track)


def _contested(outcomes: Sequence[Outcome]) -> set[tuple[str, bool]]:
    """The key results of which two different values, or two different confidences, were said."""
    stated: dict[tuple[str, bool], set[object]] = {}
    asked = {outcome.kr for outcome in outcomes if isinstance(outcome, Problem) and outcome.kr}
    for outcome in outcomes:
        if isinstance(outcome, Update) and (outcome.op in _VALUES or outcome.op is Op.CONFIDENCE):
            key = (outcome.kr, outcome.op in _VALUES)
            stated.setdefault(key, set()).add((outcome.op, outcome.value, outcome.track))
    return {key for key, values in stated.items() if len(values) > 1 or (key[1] and key[0] in asked)}
