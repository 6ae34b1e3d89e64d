"""The proposal of an agenda from state: which items, why, and how they fit into the meeting's minutes.

Values only: each item carries what both wordings need, hers and the protégé's; the sentences are the templates'
(product: "The agenda draft is proposed from state"; the last five minutes are feedback's: seed 000).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import assert_never

from okrmate.domain.meetings import AgendaChoice, AgendaItem, ItemState, Promise, PromiseState
from okrmate.domain.metrics import reached
from okrmate.domain.okrs import KeyResult
from okrmate.domain.pace import RHYTHM, Movement, Pace, is_silent, movement
from okrmate.domain.people import Side
from okrmate.domain.summaries import NOTHING_HEARD, Summary
from okrmate.frozen import Frozen, field, replace

FEEDBACK_MINUTES = 5
STANDSTILL = timedelta(weeks=4)
"""How long nothing at all has moved when the talk is about that and not about single numbers."""
USED_IN = 1
ASKED_IN = 2
"""A suggestion is used in the talk after it, asked about in the one after that, and then never again."""


class AgendaState(StrEnum):
    """What kind of talk it is; decides the letter's first question."""

    NORMAL = "normal"
    STANDSTILL = "standstill"
    FIRST_TALK = "first_talk"


class ItemKind(StrEnum):
    """Why an item is on the list; each has its two wordings."""

    OWN = "own"
    PROMISE = "promise"
    SUGGESTION = "suggestion"
    DID_IT_HELP = "did_it_help"
    MOVED = "moved"
    MOVED_DOWN = "moved_down"
    STUCK = "stuck"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    UNHEARD = "unheard"
    QUESTION = "question"
    WHAT_TOOK_TIME = "what_took_time"
    STANDSTILL = "standstill"
    RIGHT_GOAL = "right_goal"
    ACQUAINTANCE = "acquaintance"
    HOPES = "hopes"
    WORKING_TOGETHER = "working_together"
    LOOKING_BACK = "looking_back"
    LOOKING_AHEAD = "looking_ahead"
    FEEDBACK = "feedback"


KEY_RESULT_MINUTES = {
    ItemKind.MOVED: 10,
    ItemKind.MOVED_DOWN: 10,
    ItemKind.STUCK: 15,
    ItemKind.BLOCKED: 10,
    ItemKind.UNKNOWN: 5,
}
"""In the order of the list: what moved opens the talk well, what is not known closes the numbers."""
UNHEARD_MINUTES = 5
UNHEARD_AT_MOST = 15
"""All key results without a number are one item: a list of the same question would be read by nobody."""
SHRINKS = frozenset({ItemKind.OWN, ItemKind.UNHEARD})
"""What is made shorter before it is left out."""
THIN = 3
"""A list that takes less than this part of the talk looks careless, and is filled up."""
OWN_MINUTES = 10
PROMISE_MINUTES = 5
PROMISES_AT_MOST = 15
SUGGESTION_MINUTES = 5
QUESTION_MINUTES = 10


class Suggestion(Frozen):
    """What one side suggested after an earlier talk; `talks_ago` is 1 for the last one."""

    by: Side
    words: tuple[str, ...]
    meeting_at: datetime
    talks_ago: int


class KeyResultFacts(Frozen):
    """A key result as it stands: what is known now, what was at the last talk, its pace, since when it is stuck."""

    key_result: KeyResult
    summary: Summary
    before: Summary = NOTHING_HEARD
    pace: Pace | None = None
    stuck_since: datetime | None = None

    @property
    def value_before(self) -> Decimal | None:
        """The value at the last talk, else where it began."""
        known = (self.before.value, self.key_result.metric.baseline, self.summary.first)
        return next((value for value in known if value is not None), None)


class AgendaFacts(Frozen):
    """Everything a proposal is made from.

    `number` counts the talks, `meeting_at` is when this one begins, `last_talk_at` when the last one did. `begun`
    is when the set became active, `rhythm` how far talks are apart. `items` and `promises` may hold closed ones;
    they are left out. `questions` are ids of the question bank; the first one gets an item. `choices` are the
    mentor's word on single points, by their keys.
    """

    minutes: int
    number: int
    meeting_at: datetime
    now: datetime
    begun: datetime | None = None
    last_talk_at: datetime | None = None
    rhythm: timedelta = RHYTHM
    items: tuple[AgendaItem, ...] = ()
    promises: tuple[Promise, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    key_results: tuple[KeyResultFacts, ...] = ()
    questions: tuple[str, ...] = ()
    choices: Mapping[str, AgendaChoice] = field(default_factory=lambda: MappingProxyType({}))

    def is_out(self, item: "ProposedItem") -> bool:
        """Whether somebody wants this point out of the talk."""
        choice = self.choices.get(item.key)
        return choice is not None and choice.taken is False


class ProposedItem(Frozen):
    """One item with what its wordings need; only the fields of its kind are filled.

    `fits` is False for what is left out for time. `since` is when the numbers of a standstill last moved. `unheard`
    are the key results that never had a number.
    """

    kind: ItemKind
    minutes: int
    fits: bool = True
    own: AgendaItem | None = None
    promises: tuple[Promise, ...] = ()
    suggestion: Suggestion | None = None
    key_result: KeyResultFacts | None = None
    unheard: tuple[KeyResultFacts, ...] = ()
    question: str = ""
    since: datetime | None = None

    @property
    def key(self) -> str:
        """Which point of its talk it is; the same while its kind changes, as a key result that moved and got stuck."""
        if self.own is not None:
            return f"own:{self.own.id}"
        if self.key_result is not None:
            return f"kr:{self.key_result.key_result.id}"
        if self.suggestion is not None:
            return f"{self.kind}:{self.suggestion.by}"
        return f"{self.kind}:{self.question}" if self.question else str(self.kind)


def state_of(facts: AgendaFacts) -> AgendaState:
    """Which kind of talk lies ahead: a first one without OKRs, one after four weeks without movement, or any other.

    A first talk is never about a standstill, nor is one whose numbers were never heard: nothing can have stopped.
    """
    if facts.number == 1:
        return AgendaState.NORMAL if facts.key_results else AgendaState.FIRST_TALK
    return AgendaState.STANDSTILL if _nothing_moved(facts) else AgendaState.NORMAL


def propose(facts: AgendaFacts) -> tuple[ProposedItem, ...]:
    """The items in their order, feedback last; what does not fit into the minutes stays in its place, marked.

    People's own items come first and are shortened before they are left out. The minutes of what fits never sum up
    to more than the meeting has, and the last five are always feedback's. What the mentor wants in has its minutes
    before all else; what she wants out stays in its place, marked as well.
    """
    feedback = ProposedItem(kind=ItemKind.FEEDBACK, minutes=min(FEEDBACK_MINUTES, facts.minutes))
    topics = _fitted(_as_chosen(_topics(facts), facts), facts.minutes - feedback.minutes, facts)
    filled = (*topics, *_filling(facts, minutes_used((*topics, feedback))))
    return (*_placed(filled, facts), feedback)


def minutes_used(items: Iterable[ProposedItem]) -> int:
    """How long everything that fits takes together."""
    return sum(item.minutes for item in items if item.fits)


def kind_of(facts: KeyResultFacts, agenda: AgendaFacts) -> ItemKind | None:
    """Why a key result would be talked about; None where it moves along as it should, or is done.

    A blocker is said before anything else. What moved since the last talk is not stuck, however long it stood
    before or after.
    """
    metric, value = facts.key_result.metric, facts.summary.value
    if facts.summary.blocker:
        return ItemKind.BLOCKED
    change = Movement.SAME if value is None else movement(metric, facts.value_before, value)
    stuck = facts.stuck_since is not None and (agenda.last_talk_at is None or facts.stuck_since <= agenda.last_talk_at)
    if change is not Movement.SAME and not stuck:
        return ItemKind.MOVED_DOWN if change is Movement.DOWN else ItemKind.MOVED
    if value is None:
        return ItemKind.UNHEARD
    if reached(metric, value):
        return None
    since = agenda.begun or agenda.now
    if is_silent(facts.summary, since=since, rhythm=agenda.rhythm, now=agenda.now):
        return ItemKind.UNKNOWN
    return ItemKind.STUCK if stuck else None


def _topics(facts: AgendaFacts) -> tuple[ProposedItem, ...]:
    state = state_of(facts)
    match state:
        case AgendaState.FIRST_TALK:
            return (*_own(facts), *_first_talk(facts))
        case AgendaState.STANDSTILL:
            return (*_own(facts), *_standstill(facts))
        case AgendaState.NORMAL:
            people = _first_talk(facts) if facts.number == 1 else ()
            hopes = () if people or _open_goals(facts) else (_long(ItemKind.HOPES, facts),)
            return (*_own(facts), *_carried(facts), *people, *_numbers(facts), *hopes, *_questions(facts))
        case _:
            assert_never(state)


def _own(facts: AgendaFacts) -> tuple[ProposedItem, ...]:
    proposed = (
        ProposedItem(kind=ItemKind.OWN, minutes=item.minutes or OWN_MINUTES, own=item)
        for item in sorted(facts.items, key=lambda item: item.at)
    )
    return tuple(item for item in proposed if item.own and (item.own.state is ItemState.OPEN or _ticked(item, facts)))


def _ticked(item: ProposedItem, facts: AgendaFacts) -> bool:
    """Whether it was talked about in this very talk."""
    choice = _choice(item, facts)
    return choice is not None and choice.talked


def _carried(facts: AgendaFacts) -> tuple[ProposedItem, ...]:
    """What comes from earlier talks: all open promises as one item, then a suggestion each."""
    promised = tuple(promise for promise in facts.promises if promise.state is PromiseState.OPEN)
    minutes = min(PROMISES_AT_MOST, PROMISE_MINUTES * len(promised))
    promises = (ProposedItem(kind=ItemKind.PROMISE, minutes=minutes, promises=promised),) if promised else ()
    kinds = {USED_IN: ItemKind.SUGGESTION, ASKED_IN: ItemKind.DID_IT_HELP}
    suggestions = tuple(
        ProposedItem(kind=kinds[given.talks_ago], minutes=SUGGESTION_MINUTES, suggestion=given)
        for given in sorted(facts.suggestions, key=lambda given: -given.talks_ago)
        if given.words and _carries(given)
    )
    return (*promises, *suggestions)


def _carries(given: Suggestion) -> bool:
    """Whether it is used this time, or asked about: of the mentor's own the letter asks by itself, as of all advice."""
    return given.talks_ago == USED_IN or (given.talks_ago == ASKED_IN and given.by is Side.PROTEGE)


def _numbers(facts: AgendaFacts) -> tuple[ProposedItem, ...]:
    kinds = [(kind_of(each, facts), each) for each in facts.key_results]
    heard = tuple(
        ProposedItem(kind=kind, minutes=minutes, key_result=each)
        for kind, minutes in KEY_RESULT_MINUTES.items()
        for found, each in kinds
        if found is kind
    )
    unheard = tuple(each for found, each in kinds if found is ItemKind.UNHEARD)
    minutes = min(UNHEARD_AT_MOST, UNHEARD_MINUTES * len(unheard))
    return (*heard, ProposedItem(kind=ItemKind.UNHEARD, minutes=minutes, unheard=unheard)) if unheard else heard


def _questions(facts: AgendaFacts) -> tuple[ProposedItem, ...]:
    return tuple(
        ProposedItem(kind=ItemKind.QUESTION, minutes=QUESTION_MINUTES, question=question)
        for question in facts.questions[:1]
    )


def _standstill(facts: AgendaFacts) -> tuple[ProposedItem, ...]:
    blocked = tuple(item for item in _numbers(facts) if item.kind is ItemKind.BLOCKED)
    moves = tuple(each.summary.moved_at for each in facts.key_results if each.summary.moved_at is not None)
    return (
        ProposedItem(kind=ItemKind.WHAT_TOOK_TIME, minutes=10),
        *_carried(facts),
        *blocked,
        replace(_long(ItemKind.STANDSTILL, facts), since=max(moves, default=None)),
        ProposedItem(kind=ItemKind.RIGHT_GOAL, minutes=5),
    )


def _first_talk(facts: AgendaFacts) -> tuple[ProposedItem, ...]:
    """Who they are and how they want to work together; without key results also what should be different."""
    hopes = () if facts.key_results else (_long(ItemKind.HOPES, facts),)
    together = ProposedItem(kind=ItemKind.WORKING_TOGETHER, minutes=5)
    return (_long(ItemKind.ACQUAINTANCE, facts), *hopes, together)


def _filling(facts: AgendaFacts, used: int) -> tuple[ProposedItem, ...]:
    """What two people can always talk about, as far as the list is too thin without."""
    filling: list[ProposedItem] = []
    for kind in (ItemKind.LOOKING_BACK, ItemKind.LOOKING_AHEAD):
        if used * THIN < facts.minutes:
            filling.append(_long(kind, facts))
            used += filling[-1].minutes
    return tuple(filling)


def _long(kind: ItemKind, facts: AgendaFacts) -> ProposedItem:
    """A topic that takes its time: of an hour 20 minutes, of other lengths in proportion, at most 30."""
    return ProposedItem(kind=kind, minutes=max(5, min(30, (facts.minutes - FEEDBACK_MINUTES) * 2 // 25 * 5)))


def _open_goals(facts: AgendaFacts) -> bool:
    """Whether any goal is not reached; with none there is room for what should come next."""
    known = ((each.key_result.metric, each.summary.value) for each in facts.key_results)
    return any(value is None or not reached(metric, value) for metric, value in known)


def _nothing_moved(facts: AgendaFacts) -> bool:
    last = max((each.summary.moved_at for each in facts.key_results if each.summary.moved_at), default=None)
    return _open_goals(facts) and last is not None and facts.meeting_at - last >= STANDSTILL


def _as_chosen(topics: Iterable[ProposedItem], facts: AgendaFacts) -> tuple[ProposedItem, ...]:
    """The topics with the minutes that the mentor gives them."""
    return tuple(
        replace(topic, minutes=choice.minutes) if (choice := _choice(topic, facts)) and choice.minutes else topic
        for topic in topics
    )


def _placed(items: tuple[ProposedItem, ...], facts: AgendaFacts) -> tuple[ProposedItem, ...]:
    """The items in the places that somebody gave them; the others keep their order."""
    places = {item.key: choice.place for item in items if (choice := _choice(item, facts)) and choice.place}
    placed = [item for item in items if item.key not in places]
    for item in sorted((item for item in items if item.key in places), key=lambda item: places[item.key]):
        placed.insert(places[item.key] - 1, item)
    return tuple(placed)


def _choice(topic: ProposedItem, facts: AgendaFacts) -> AgendaChoice | None:
    return facts.choices.get(topic.key)


def _fitted(topics: tuple[ProposedItem, ...], room: int, facts: AgendaFacts) -> tuple[ProposedItem, ...]:
    wanted = [topic for topic in topics if (choice := _choice(topic, facts)) and choice.taken]
    kept: dict[str, ProposedItem] = {}
    for topic in (*wanted, *(each for each in topics if each not in wanted)):
        out = facts.is_out(topic)
        shortened = min(topic.minutes, room) if topic.kind in SHRINKS and room >= FEEDBACK_MINUTES else None
        item = topic if shortened is None else replace(topic, minutes=shortened)
        fits = item.minutes <= room and not out
        room -= item.minutes if fits else 0
        kept[topic.key] = item if fits else replace(topic, fits=False)
    return tuple(kept[topic.key] for topic in topics)
