"""Applying what an answer says: readings, feedback, items, consent; whatever is not clear is asked or left."""

from collections.abc import Collection
from enum import StrEnum

from okrmate.domain.changes import Edit, MailStood
from okrmate.domain.errors import Refusal
from okrmate.domain.feedback import by_side
from okrmate.domain.letters import LetterKind
from okrmate.domain.meetings import AgendaItem, Meeting, MeetingState
from okrmate.domain.okrs import Evidence, KeyResult
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.reply.commands import CommandName
from okrmate.reply.forms import is_bare, may_be_half
from okrmate.reply.lexicon import lexicon
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Op, Problem, ProblemReason, Update
from okrmate.services import trail
from okrmate.services.incoming import questions
from okrmate.services.incoming.answers import Answer
from okrmate.services.incoming.effects import SEPARATORS, Effects, Noted, out_of_range
from okrmate.services.incoming.evidence import evidence_asked_about, evidence_in, told_before
from okrmate.services.incoming.goal_answers import apply_to_goals
from okrmate.services.incoming.mentorship_answers import apply_to_mentorship
from okrmate.services.incoming.offers import Offers
from okrmate.services.incoming.talk_effects import apply_to_talk
from okrmate.services.incoming.words_left import feedback_left, words_left
from okrmate.services.mentoring import feedback, meetings
from okrmate.services.mentoring.okrs import Standing
from okrmate.services.mentoring.readings import apply_update, value_after
from okrmate.services.ports import Transaction
from okrmate.services.tables import AGENDA_ITEMS, FEEDBACK, MEETINGS, READINGS

TWO_LINES = 2
"""A feedback form asks two questions, "One line each"."""


def apply(tx: Transaction, answer: Answer, effects: Effects, standings: tuple[Standing, ...], offers: Offers) -> None:
    """Everything but the command; what was done is noted in `effects`, for `write_down` to tell the trail."""
    _apply_updates(tx, answer, effects, standings)
    _ask(answer, effects, offers)
    _apply_feedback(tx, answer, effects)
    _apply_agenda(tx, answer, effects)
    _apply_participation(tx, answer, effects)
    apply_to_mentorship(tx, answer, effects)
    apply_to_talk(tx, answer, effects)
    apply_to_goals(tx, answer, effects, standings)
    effects.leave(*words_left(effects.understood, draft_kept=effects.drafted is not None))
    effects.leave(*(f"not seen in the mail: {line}" for line in answer.mail.unseen))
    _apply_asks(effects, _ask_of_closing(answer, effects))


def _ask(answer: Answer, effects: Effects, offers: Offers) -> None:
    """Ask about what was not clear; where that was the answer to a question, only if a choice can settle it now."""
    asked = questions.asked_about(answer.letter)
    for problem in effects.understood.problems:
        if problem.kr in asked and (asked[problem.kr] or not offers.of(problem)):
            effects.unclear_again = True
            effects.leave(problem.words.lstrip(SEPARATORS))
        else:
            effects.ask(problem)


def write_down(
    tx: Transaction, answer: Answer, effects: Effects, told: tuple[Edit, ...], stood: MailStood | None
) -> None:
    """The entry of the trail for all beyond `told`, which a command has written down itself."""
    edits = trail.since(tx, told)
    if edits or stood:
        trail.record(
            tx,
            answer.room.desk,
            what=f"{_whose(answer)}: {effects.summary() or 'nothing in it changes a number'}",
            source=answer.source,
            mentorship=answer.found.mentorship.id,
            by=answer.room.mentor.name if answer.vouched_for else answer.by,
            edits=edits,
            stood=stood,
        )


def _whose(answer: Answer) -> str:
    if answer.vouched_for:
        return f"mail from {answer.record.sender} read, vouched for by {answer.room.mentor.name}"
    return "mail read"


def _apply_updates(tx: Transaction, answer: Answer, effects: Effects, standings: tuple[Standing, ...]) -> None:
    by_ref = {standing.key_result.ref: standing.key_result for standing in standings}
    source, heard_at = answer.source, answer.heard_at
    evidence = _evidence(tx, answer, effects.understood)
    for update in effects.understood.updates:
        key_result = by_ref.get(update.kr)
        if key_result is None:  # a letter's own choice, of a key result that is not there any more
            effects.leave(f"KR {update.kr}: {update.words}")
            continue
        match _chosen_before(tx, answer, effects, update, key_result):
            case Chosen.SAME:
                effects.chosen_before, effects.command = True, effects.command or CommandName.CHOOSE
                continue
            case Chosen.OTHER:
                effects.unclear_again = True
                effects.leave(f"{update.words}) KR {update.kr}")
                continue
            case Chosen.NEW:
                pass
        applied = apply_update(tx, answer.room.desk, key_result, update, source=source, at=heard_at, evidence=evidence)
        if isinstance(applied, Refusal):
            effects.ask(out_of_range(update))
        else:
            effects.moved.append((update, applied))
    if not effects.understood.outcomes and effects.understood.command is None:
        evidence = _apply_forgotten(tx, answer, effects, standings)
    if effects.moved:
        effects.noted += [Noted(name="evidence", words=each.name, changes=False) for each in evidence]


def _evidence(tx: Transaction, answer: Answer, understood: Understood) -> tuple[Evidence, ...]:
    """What is attached; to the answer to a question also what came with the line it is about."""
    if not understood.updates:
        return ()
    asked = questions.asked_about(answer.letter)
    settles = any(update.kr in asked for update in understood.updates)
    earlier = evidence_asked_about(tx, answer.room.raw, answer.letter) if settles else ()
    return (*earlier, *evidence_in(tx, answer.record, answer.mail))


def _apply_forgotten(
    tx: Transaction, answer: Answer, effects: Effects, standings: tuple[Standing, ...]
) -> tuple[Evidence, ...]:
    """A file without numbers, soon after numbers without a file, belongs to those; it moves nothing."""
    found = evidence_in(tx, answer.record, answer.mail)
    before = told_before(tx, answer.record, answer.letter) if found else ()
    for standing in standings:
        if standing.key_result.id in before:
            update = Update(kr=standing.key_result.ref, op=Op.NOTE)
            kept = apply_update(
                tx,
                answer.room.desk,
                standing.key_result,
                update,
                source=answer.source,
                at=answer.heard_at,
                evidence=found,
            )
            if not isinstance(kept, Refusal):
                effects.moved.append((update, kept))
    return found


class Chosen(StrEnum):
    """Whether a letter chooses for the first time, once more what counts already, or another key result than before."""

    NEW = "new"
    SAME = "same"
    OTHER = "other"


def _chosen_before(tx: Transaction, answer: Answer, effects: Effects, update: Update, key_result: KeyResult) -> Chosen:
    """Where a question was settled before: another value replaces the first, another key result is for the mentor."""
    command, summary = effects.understood.command, tx.summary(key_result.id)
    question = questions.of_letter(answer.letter, update.words)
    if command is None or update.words not in command.choices or question is None:
        return Chosen.NEW
    if question.id not in questions.settled_before(tx, answer.letter):
        return Chosen.OTHER if _heard_since(tx, answer, key_result) else Chosen.NEW
    if summary.value is not None and value_after(key_result.metric, summary, update) == summary.value:
        return Chosen.SAME
    return Chosen.NEW if question.about else Chosen.OTHER


def _heard_since(tx: Transaction, answer: Answer, key_result: KeyResult) -> bool:
    """Whether another mail brought a value after the letter that asked about it, so that a choice is out of date."""
    return any(
        reading.value is not None
        and not reading.undone_by
        and reading.source.ref not in (answer.record.id, answer.letter.answers)
        and reading.at >= answer.letter.created_at
        for reading in tx.find(READINGS, "key_result", key_result.id)
    )


def _apply_feedback(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """Keep the halves that were written; what cannot be kept as feedback any more goes to the mentor."""
    words, meeting = effects.understood.feedback, _talk(tx, answer)
    if words is None:
        return
    if words.no_meeting or meeting is None or meeting.state is not MeetingState.HELD:
        effects.leave(*feedback_left(words))
        if words.no_meeting:
            _apply_missed(tx, answer, effects)
        return
    positive, suggestion = words.positive, words.suggestion
    if answer.half and not (positive or suggestion):
        effects.understood, said = _half(effects.understood, answer.locale)
        positive, suggestion = (said, ()) if answer.half == "positive" else ((), said)
    if not (positive or suggestion):
        effects.understood, positive, suggestion = _two_lines(tx, answer, effects.understood, meeting)
        told = (("positive", positive), ("suggestion", suggestion))
        effects.noted += [Noted(name=name, words=one, changes=False) for name, said in told for one in said]
    if not (positive or suggestion):
        return
    effects.meeting = meeting
    effects.feedback = feedback.take(
        tx,
        answer.room.desk,
        meeting,
        answer.letter.to,
        positive=positive,
        suggestion=suggestion,
        source=answer.source,
    )
    after = tx.get(MEETINGS, meeting.id)
    effects.both_in = after is not None and after.state is MeetingState.REVIEWED


def _talk(tx: Transaction, answer: Answer) -> Meeting | None:
    """The talk that feedback is about: the form's, or in answer to another letter the only one that was asked about."""
    if answer.letter.kind is LetterKind.FEEDBACK:
        return answer.meeting
    form = feedback.open_form(tx, answer.found.mentorship.id, answer.letter.to)
    return tx.get(MEETINGS, form.meeting) if form is not None else None


def _half(understood: Understood, locale: str) -> tuple[Understood, tuple[str, ...]]:
    """Words without a sign are the half that was asked for by name."""
    words = lexicon(locale)
    said = tuple(line for line in understood.left if may_be_half(line, words))
    return replace(understood, left=tuple(line for line in understood.left if line not in said)), said


def _two_lines(
    tx: Transaction, answer: Answer, understood: Understood, meeting: Meeting
) -> tuple[Understood, tuple[str, ...], tuple[str, ...]]:
    """Two bare lines and nothing else are the form's two answers in its order; they are told back as what they are.

    Left to the mentor they would show her what is sealed until she has written herself.
    """
    words = lexicon(answer.locale)
    lines = tuple(line.strip() for line in understood.words.text.splitlines() if line.strip())
    given = by_side(tx.find(FEEDBACK, "meeting", meeting.id), answer.letter.to)
    only = answer.letter.kind is LetterKind.FEEDBACK and understood.left == lines and len(lines) == TWO_LINES
    if given is not None or not only or not all(is_bare(line, words) for line in lines):
        return understood, (), ()
    return replace(understood, left=()), lines[:1], lines[1:]


def _apply_missed(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """The talk did not happen; where both have written about it already, that is for the mentor to sort out."""
    meeting = answer.meeting
    if meeting is not None and meeting.state is MeetingState.HELD:
        effects.meeting = meetings.become_in(tx, answer.room.desk, meeting, MeetingState.MISSED)
    effects.missed = effects.meeting is not None and effects.meeting.state is MeetingState.MISSED
    if not effects.missed:
        effects.leave(*effects.understood.words.everything.splitlines())


def _apply_agenda(tx: Transaction, answer: Answer, effects: Effects) -> None:
    words = effects.understood.agenda
    if words is None:
        return
    ahead = answer.meeting is not None and answer.meeting.state is MeetingState.SCHEDULED
    for item in words.add:
        added = AgendaItem(
            id=answer.room.desk.tokens.new_id(),
            mentorship=answer.found.mentorship.id,
            meeting=answer.letter.meeting if ahead else "",
            by=answer.letter.to,
            text=item.text,
            minutes=item.minutes,
            at=answer.record.received_at,
            source=answer.source,
        )
        tx.put(AGENDA_ITEMS, added)
        effects.added.append(added)
    effects.approved = words.approve
    if words.approve and ahead and answer.meeting is not None:
        at, theirs = answer.record.received_at, answer.letter.to is Side.PROTEGE
        suits = replace(answer.meeting, agenda_suits_at=at)
        tx.put(MEETINGS, suits if theirs else replace(answer.meeting, list_approved_at=at))


def _apply_participation(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """Whether the person comes; a yes to a time that is not the talk's any more is no yes to the new one."""
    coming, meeting = effects.understood.rsvp, answer.meeting
    if coming is None:
        return
    asked_for_this = answer.letter.kind is not LetterKind.INVITATION or (
        meeting is not None and meeting.changed_at <= answer.letter.created_at
    )
    if meeting is None or meeting.state is not MeetingState.SCHEDULED or not asked_for_this:
        effects.leave(*effects.understood.words.everything.splitlines())
        return
    tx.put(MEETINGS, replace(meeting, participation=coming))
    effects.participation = coming


def _ask_of_closing(answer: Answer, effects: Effects) -> frozenset[str]:
    """Ask what a score or a goal that goes on was meant to be; returns the reasons that are dealt with.

    An acknowledgement asks of these or of numbers, never of both: its answer "1.1 0.7" is one or the other. What
    stays unclear in an answer to it is the mentor's.
    """
    closing = effects.understood.closing
    if closing is None or not closing.doubts:
        return frozenset()
    words = [doubt.words or effects.understood.words.everything for doubt in closing.doubts]
    if effects.problems or answer.letter.answers:
        effects.unclear_again = bool(answer.letter.answers)
        effects.leave(*(line for each in words for line in each.splitlines()))
    else:
        effects.asks_scores = True
        effects.left = [line for line in effects.left if line not in words]
        for doubt, said in zip(closing.doubts, words, strict=True):
            above = doubt.reason == ProblemReason.OUT_OF_RANGE
            reason = ProblemReason.SCORE if above else ProblemReason(doubt.reason)
            effects.ask(Problem(reason=reason, kr=doubt.kr, words=said))
    return frozenset(doubt.reason for doubt in closing.doubts)


def _apply_asks(effects: Effects, done: Collection[str] = ()) -> None:
    """Doubts that concern no key result: asked where there is a question for them, else left to the mentor."""
    text = effects.understood.words.everything
    for reason in effects.understood.asks:
        if reason in done:
            continue
        if reason in set(ProblemReason):
            effects.ask(Problem(reason=ProblemReason(reason), words=text))
        else:
            effects.leave(*text.splitlines())
