"""The questions of a talk: which come next, and the mentor's word on them: add, edit, pin, swap."""

import re
from datetime import timedelta

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import FIRST, LetterKind, Question
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.okrs import OkrSetState
from okrmate.domain.people import Side
from okrmate.domain.questions import (
    RESTS_FOR,
    BankQuestion,
    ChoiceKind,
    Moment,
    OwnQuestion,
    QuestionChoice,
    Turn,
    moment_of,
    to_ask,
    to_think_over,
)
from okrmate.domain.spelling import nearest
from okrmate.frozen import Frozen
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import active_standings, set_in
from okrmate.services.mentoring.question_bank import bank
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import MEETINGS, OUTGOING, OWN_QUESTIONS, QUESTION_CHOICES

CLOSE = timedelta(weeks=3)
"""How long before its end a set of OKRs is what closing questions are about."""
TOOK_PLACE = (MeetingState.HELD, MeetingState.REVIEWED)
_OWN = re.compile(r"own-([0-9]+)")
LONGEST = 200
"""Signs; a question is read on a phone."""


class TalkQuestions(Frozen):
    """What a talk asks: of the protégé, and what the mentor turns over by herself."""

    asked: tuple[BankQuestion, ...] = ()
    private: BankQuestion | None = None


def talk_questions(reader: Reader, meeting: Meeting, *, theirs: str, hers: str) -> TalkQuestions:
    """The questions of one talk, each in its reader's language: `theirs` is the protégé's, `hers` the mentor's."""
    turn = turn_of(reader, meeting)
    return TalkQuestions(asked=to_ask(bank(reader, theirs), turn), private=to_think_over(bank(reader, hers), turn))


def turn_of(reader: Reader, meeting: Meeting) -> Turn:
    """What decides which questions come next in a talk, as the store knows it."""
    earlier = sorted(
        (
            each
            for each in reader.find(MEETINGS, "mentorship", meeting.mentorship)
            if each.state in TOOK_PLACE and each.id != meeting.id and each.begins_at < meeting.begins_at
        ),
        key=lambda each: each.begins_at,
    )
    asked: dict[str, int] = {}
    for ago, talk in enumerate(reversed(earlier[-RESTS_FOR:]), start=1):
        for question in asked_in(reader, talk):
            asked.setdefault(question, ago)
    choices = reader.find(QUESTION_CHOICES, "mentorship", meeting.mentorship)
    active = set_in(reader, meeting.mentorship, OkrSetState.ACTIVE)
    day = meeting.begins_at.date()
    return Turn(
        moment=moment_of(
            active=active is not None,
            drafted=any(set_in(reader, meeting.mentorship, each) for each in (OkrSetState.DRAFT, OkrSetState.REFINED)),
            closing=active is not None and active.ends is not None and active.ends - day <= CLOSE,
        ),
        number=meeting.number,
        key_results=len(active_standings(reader, meeting.mentorship)),
        asked=asked,
        pinned=tuple(
            each.question for each in choices if each.kind is ChoiceKind.PINNED and _waits(reader, each, earlier)
        ),
        out=frozenset(each.question for each in choices if each.kind is ChoiceKind.OUT and each.meeting == meeting.id),
    )


def asked_in(reader: Reader, meeting: Meeting) -> tuple[str, ...]:
    """The questions that an agenda has brought to the protégé, by id."""
    return tuple(
        block.id
        for letter in reader.find(OUTGOING, "meeting", meeting.id)
        if letter.kind is LetterKind.AGENDA and letter.to is Side.PROTEGE and letter.sent_at is not None
        for block in letter.blocks
        if isinstance(block, Question) and block.id != FIRST
    )


def _waits(reader: Reader, pin: QuestionChoice, earlier: list[Meeting]) -> bool:
    """Whether a pinned question has not been asked since."""
    since = [talk for talk in earlier if talk.begins_at > pin.at]
    return not any(pin.question in asked_in(reader, talk) for talk in since)


def add(desk: Desk, text: str, moment: Moment, *, private: bool = False) -> OwnQuestion:
    """A question of the mentor's own; its id is `own-1`, `own-2` and so on."""
    with desk.store.transaction() as tx:
        numbers = [int(found[1]) for each in tx.every(OWN_QUESTIONS) if (found := _OWN.fullmatch(each.id))]
        added = OwnQuestion(
            id=f"own-{max(numbers, default=0) + 1}",
            moment=moment,
            to=Side.MENTOR if private else Side.PROTEGE,
            text=_worded(text),
            at=desk.clock.now(),
        )
        tx.put(OWN_QUESTIONS, added)
        trail.record(tx, desk, what=f"question {added.id} added", source=trail.by_command("question add"))
    return added


def edit(desk: Desk, question: str, text: str) -> OwnQuestion:
    """Put a question into the mentor's own words; they are asked as she wrote them, in any language."""
    with desk.store.transaction() as tx:
        known = find(tx, question)
        edited = OwnQuestion(id=known.id, moment=known.moment, to=known.to, text=_worded(text), at=desk.clock.now())
        tx.put(OWN_QUESTIONS, edited)
        trail.record(tx, desk, what=f"question {edited.id} reworded", source=trail.by_command("question edit"))
    return edited


def pin(desk: Desk, pair: Pair, question: str) -> BankQuestion:
    """Have a question asked in the next agenda, whenever it was asked last."""
    with desk.store.transaction() as tx:
        known = _open(tx, question)
        _choose(tx, desk, pair, known, ChoiceKind.PINNED)
        _tell(tx, desk, pair, f"question {known.id} pinned", "question pin")
    return known


def swap(desk: Desk, pair: Pair, meeting: Meeting, question: str, other: str = "") -> TalkQuestions:
    """Leave a question out of one talk; `other` comes in its place, or the next in turn where none is named."""
    with desk.store.transaction() as tx:
        before = talk_questions(tx, meeting, theirs=pair.protege.language, hers=desk.mentor.language)
        known = _open(tx, question)
        if known.id not in {each.id for each in before.asked}:
            there = ", ".join(each.id for each in before.asked) or "none"
            raise UsageError(f"Talk {meeting.number} does not ask {known.id}; it asks {there}.")
        _choose(tx, desk, pair, known, ChoiceKind.OUT, meeting.id)
        if other:
            _choose(tx, desk, pair, _open(tx, other), ChoiceKind.PINNED)
        _tell(tx, desk, pair, f"question {known.id} left out of talk {meeting.number}", "question swap")
        return talk_questions(tx, meeting, theirs=pair.protege.language, hers=desk.mentor.language)


def find(reader: Reader, question: str) -> BankQuestion:
    """The question with this id, or `UsageError` naming the nearest one."""
    known = {each.id: each for each in bank(reader)}
    wanted = question.strip().lower()
    if wanted in known:
        return known[wanted]
    close = nearest(wanted, list(known))
    hint = f"did you mean {close}?" if close else "see `okrmate question list`."
    raise UsageError(f"There is no question “{question}”; {hint}")


def _open(reader: Reader, question: str) -> BankQuestion:
    """A question that may stand in a letter to the protégé, or `UsageError`."""
    known = find(reader, question)
    if known.private:
        raise UsageError(f"{known.id} is private: it is yours to think over and never stands in a letter to anybody.")
    return known


def _choose(
    tx: Transaction, desk: Desk, pair: Pair, question: BankQuestion, kind: ChoiceKind, meeting: str = ""
) -> None:
    choice = QuestionChoice(
        id=desk.tokens.new_id(),
        mentorship=pair.mentorship.id,
        question=question.id,
        kind=kind,
        at=desk.clock.now(),
        meeting=meeting,
    )
    tx.put(QUESTION_CHOICES, choice)


def _tell(tx: Transaction, desk: Desk, pair: Pair, what: str, command: str) -> None:
    trail.record(tx, desk, what=what, source=trail.by_command(command), mentorship=pair.mentorship.id)


def _worded(text: str) -> str:
    words = " ".join(text.split())
    if not words or len(words) > LONGEST:
        raise UsageError(f"A question has between 1 and {LONGEST} signs, not {len(words)}.")
    return words
