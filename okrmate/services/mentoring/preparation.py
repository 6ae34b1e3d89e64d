"""A talk prepared: what moved and why, what stands still and what was tried, what each promised, and what to ask."""

from datetime import datetime, timedelta

from okrmate.domain.advice import Advice, to_ask_about
from okrmate.domain.agenda import AgendaFacts, ItemKind, KeyResultFacts, Suggestion, kind_of
from okrmate.domain.confidence import Trend, confidence_trend
from okrmate.domain.letters import Incoming, IncomingState
from okrmate.domain.meetings import Meeting, Promise
from okrmate.domain.notes import Note
from okrmate.domain.people import Person, Side
from okrmate.domain.preparing import MostWorth, Signs, most_worth
from okrmate.domain.questions import BankQuestion, Moment, Turn, to_think_over
from okrmate.domain.tactics import TacticState
from okrmate.frozen import Frozen, replace
from okrmate.services.mentoring.advice import advice_log
from okrmate.services.mentoring.agenda_facts import agenda_facts
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.promises import open_promises
from okrmate.services.mentoring.question_bank import bank
from okrmate.services.mentoring.questions import turn_of
from okrmate.services.mentoring.tactics import Tried, tactics_of
from okrmate.services.ports import Reader
from okrmate.services.tables import INCOMING, NOTES, READINGS

UNANSWERED = timedelta(days=30)
"""Words that wait longer than this are no news of the person any more."""


class Noticed(Frozen):
    """One key result that asks for a word: why, what its protégé said of it last, and what is being tried."""

    kind: ItemKind
    facts: KeyResultFacts
    note: str = ""
    tried: Tried | None = None


class Preparation(Frozen):
    """Everything the mentor wants in sight before a talk; nothing of it stands in a letter to anybody but her."""

    pair: Pair
    meeting: Meeting
    worth: MostWorth
    moved: tuple[Noticed, ...] = ()
    still: tuple[Noticed, ...] = ()
    promises: tuple[Promise, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    """Of the last talk: what each of them is to use this time."""
    advice: Advice | None = None
    answers: tuple[Note, ...] = ()
    """What the protégé wrote to the questions of this talk."""
    notes: tuple[Note, ...] = ()
    """Her own private notes of the last talk and of this one, the newest first."""
    think_over: BankQuestion | None = None


MOVED = (ItemKind.MOVED, ItemKind.MOVED_DOWN)
STILL = (ItemKind.BLOCKED, ItemKind.STUCK, ItemKind.UNKNOWN, ItemKind.UNHEARD)


def prepare(reader: Reader, mentor: Person, pair: Pair, meeting: Meeting, now: datetime) -> Preparation:
    """The talk as it is best begun, from what is stored and nothing else."""
    facts = agenda_facts(reader, meeting, now)
    turn = turn_of(reader, meeting)
    tried = {each.key_result.id: _running(reader, each, now) for each in facts.key_results}
    noticed = [_noticed(reader, each, kind, tried[each.key_result.id], facts) for kind, each in _kinds(facts)]
    notes = reader.find(NOTES, "mentorship", pair.mentorship.id)
    return Preparation(
        pair=pair,
        meeting=meeting,
        worth=most_worth(_signs(reader, pair, facts, tried, turn, now)),
        moved=tuple(each for each in noticed if each.kind in MOVED),
        still=tuple(each for kind in STILL for each in noticed if each.kind is kind),
        promises=open_promises(reader, pair.mentorship.id),
        suggestions=tuple(each for each in facts.suggestions if each.talks_ago == 1),
        advice=to_ask_about(advice_log(reader, pair.mentorship.id, now)),
        answers=tuple(each for each in notes if each.question and each.meeting == meeting.id),
        notes=tuple(each for each in reversed(notes) if not each.shared and each.by is Side.MENTOR),
        think_over=_hers(reader, mentor, pair, turn),
    )


def _kinds(facts: AgendaFacts) -> tuple[tuple[ItemKind, KeyResultFacts], ...]:
    return tuple((kind, each) for each in facts.key_results if (kind := kind_of(each, facts)) is not None)


def _running(reader: Reader, facts: KeyResultFacts, now: datetime) -> Tried | None:
    """What is being tried for a key result: what had its chance before anything else."""
    found = [each for each in tactics_of(reader, facts.key_result, now) if each.tactic.state is TacticState.RUNNING]
    return next((each for each in found if each.had_its_chance), found[-1] if found else None)


def _noticed(reader: Reader, each: KeyResultFacts, kind: ItemKind, tried: Tried | None, facts: AgendaFacts) -> Noticed:
    since = facts.last_talk_at
    said = [
        reading.note
        for reading in sorted(reader.find(READINGS, "key_result", each.key_result.id), key=lambda one: one.at)
        if reading.note and not reading.undone_by and (since is None or reading.at > since)
    ]
    return Noticed(kind=kind, facts=each, note=said[-1] if said else "", tried=tried)


def _signs(
    reader: Reader, pair: Pair, facts: AgendaFacts, tried: dict[str, Tried | None], turn: Turn, now: datetime
) -> Signs:
    wrote = [
        mail.received_at for mail in reader.find(INCOMING, "mentorship", pair.mentorship.id) if _waits(mail, pair, now)
    ]
    return Signs(
        facts=facts,
        wrote_at=max(wrote, default=None),
        tactics={key_result: each.tactic for key_result, each in tried.items() if each},
        had_chance=frozenset(key_result for key_result, each in tried.items() if each and each.had_its_chance),
        less_sure=frozenset(
            each.key_result.id
            for each in facts.key_results
            if confidence_trend(reader.find(READINGS, "key_result", each.key_result.id), now=now) is Trend.FALLING
        ),
        closing=turn.moment is Moment.CLOSING,
    )


def _waits(mail: Incoming, pair: Pair, now: datetime) -> bool:
    """Whether it holds words of theirs that nobody has answered or put aside."""
    theirs = mail.sender == pair.protege.address and not mail.unproven
    return theirs and mail.state is IncomingState.HELD and bool(mail.left) and now - mail.received_at < UNANSWERED


def _hers(reader: Reader, mentor: Person, pair: Pair, turn: Turn) -> BankQuestion | None:
    found = to_think_over(bank(reader, mentor.language), turn)
    names = {"mentor": mentor.first_name, "name": pair.protege.first_name}
    return replace(found, text=found.put(**names)) if found else None
