"""The mentor's word on a mail that waits: taking it as the answer it is, deciding on a line, or putting it away."""

import dataclasses

from okrmate.domain.errors import OkrmateError, Refusal, UsageError
from okrmate.domain.letters import NEEDS_MENTOR, Incoming, IncomingState
from okrmate.domain.meetings import MeetingState
from okrmate.domain.metrics import check_value
from okrmate.frozen import replace
from okrmate.mail.inbound import InboundMail, Unreadable
from okrmate.mail.reasons import HoldReason
from okrmate.mail.screening import Accept, Hold, TokenOwner, screen
from okrmate.reply.updates import Op, Problem, Update
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.incoming.applying import TWO_LINES
from okrmate.services.incoming.evidence import evidence_in
from okrmate.services.incoming.inbox import opened
from okrmate.services.incoming.read_again import (
    ReadAgain,
    as_read,
    aside,
    met_a_bug,
    open_problems,
    opened_again,
    problem_note,
    read_again,
    source_of,
)
from okrmate.services.incoming.replies import apply_reply
from okrmate.services.incoming.scope import Scope
from okrmate.services.incoming.whys import PUT_AWAY
from okrmate.services.incoming.words_read import mark_read
from okrmate.services.letters.key_result_lines import value_text
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.feedback import form_of, take
from okrmate.services.mentoring.okrs import Standing
from okrmate.services.mentoring.readings import apply_update, typed_updates, value_after
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import INCOMING, MEETINGS, OUTGOING


def find_mail(reader: Reader, mail_id: str) -> Incoming:
    """The mail with this id, or `UsageError`."""
    found = reader.get(INCOMING, mail_id)
    if found is None:
        raise UsageError(f"There is no mail “{mail_id}”; see `okrmate inbox list --all`.")
    return found


def raw_text(room: MailRoom, mail: Incoming) -> str:
    """What the mail says, line by line with its quotes; feedback stays sealed as long as the other half is missing."""
    read = opened_again(room, room.store, mail)
    return read if isinstance(read, str) else "\n".join(f"{'> ' * line.depth}{line.text}" for line in read.lines)


def accept(room: MailRoom, mail_id: str) -> Incoming:
    """Vouch for a held answer, so that it is read and applied now; anything else that waits is settled as it stands.

    Of one that is applied the words it left for her have been read with that.
    One whose reading met a bug is read again, which a later version may be able to; `UsageError` where it is not.
    """
    mail = find_mail(room.store, mail_id)
    if mail.state is IncomingState.APPLIED and (mail.left or mail.told):
        return mark_read(room.desk, mail_id)
    if mail.state is IncomingState.FAILED or (mail.state is IncomingState.HELD and mail.unproven):
        try:
            applied = _applied(room, mail)
        except OkrmateError:
            raise
        except Exception as bug:
            raise UsageError(met_a_bug(mail, bug)) from bug
        if applied is not None:
            return applied
    with room.store.transaction() as tx:
        mail = find_mail(tx, mail_id)
        settled = mail.becoming(IncomingState.APPLIED, reason="", detail="", left=(), told=())
        tx.put(INCOMING, settled)
        _note(tx, room.desk, mail, settled, "settled", "inbox accept")
    return settled


def _applied(room: MailRoom, mail: Incoming) -> Incoming | None:
    """The mail once it has been read and applied as vouched for; None where it is no answer to a letter."""
    read = opened(room, room.raw.read(mail.raw))
    owner = _owner(room, read)
    if not isinstance(read, InboundMail) or owner is None:
        return None
    verdict = Accept(sender=owner.correspondent, owner=owner, token="", calendar=None)
    return apply_reply(room, replace(mail, state=IncomingState.RECEIVED), read, verdict, vouched=mail)


def _owner(room: MailRoom, read: InboundMail | Unreadable) -> TokenOwner | None:
    """Whose letter the mail answers by its token; None where it answers none, or one to somebody else we know."""
    match screen(read, Scope.of(room).facts):
        case Hold(reason=HoldReason.ANOTHER_PERSON):
            return None
        case Accept(owner=owner) | Hold(owner=TokenOwner() as owner) if owner.letter:
            return owner
        case _:
            return None


def reject(desk: Desk, mail_id: str, because: str = "") -> Incoming:
    """Put a mail away without effect; what it had changed already stays, and its raw bytes stay kept.

    `because` is her reason, kept with the mail in place of why it waited.
    """
    why = {"reason": PUT_AWAY, "detail": because.strip()} if because.strip() else {}
    with desk.store.transaction() as tx:
        mail = find_mail(tx, mail_id)
        waits = mail.state in (IncomingState.HELD, IncomingState.FAILED)
        held = mail if waits else mail.becoming(IncomingState.HELD)
        dismissed = held.becoming(IncomingState.DISMISSED, left=(), told=(), **why)
        tx.put(INCOMING, dismissed)
        _note(tx, desk, mail, dismissed, "put away", "inbox reject")
    return dismissed


def take_value(room: MailRoom, mail_id: str, problem: Problem) -> Incoming:
    """Take an unclear line as the one thing that its question offers; the last open line settles the mail.

    `UsageError` where nothing is offered, or several things between which only she or its writer can choose.
    """
    again = read_again(room, room.store, find_mail(room.store, mail_id))
    update = None if isinstance(again, str) else as_read(again, problem)
    if update is None:
        raise UsageError(
            "That line can be taken for no one thing; `okrmate inbox edit` says what it means, or a check-in by hand."
        )
    bare = update.value is not None and update.value == problem.value
    note = "" if bare else problem_note(problem)
    return _decide(
        room, mail_id, problem, dataclasses.replace(update, note=note, words=problem.words), "taken as the value"
    )


def keep_note(room: MailRoom, mail_id: str, problem: Problem) -> Incoming:
    """Keep an unclear line as a note on the key result it names, without a value; the last open line settles the mail.

    `UsageError` where it names none.
    """
    update = Update(kr=problem.kr, op=Op.NOTE, note=problem_note(problem), words=problem.words)
    return _decide(room, mail_id, problem, update, "kept as a note")


def take_typed(room: MailRoom, mail_id: str, problem: Problem, typed: str) -> Incoming:
    """Record what an unclear line means as the mentor types it (`7`, `60%`, `+2`, `done`), with its words as the note.

    The last open line settles the mail. `UsageError` where she typed no single value of the key result it names.
    """
    standing, update = _typed(room, mail_id, problem, typed)
    update = dataclasses.replace(update, kr=standing.key_result.ref, note=problem_note(problem))
    return _decide(room, mail_id, problem, update, "taken as the mentor corrected it")


def expect_typed(room: MailRoom, mail_id: str, problem: Problem, typed: str) -> str:
    """What `take_typed` would make of the key result, in a few words; `UsageError` where it would refuse."""
    standing, update = _typed(room, mail_id, problem, typed)
    metric, words = standing.key_result.metric, room.composer.words(room.mentor)
    after = value_after(metric, standing.summary, update)
    refusal = check_value(metric, after) if after is not None else None
    if refusal is not None:
        raise UsageError(refusal.sentence)
    said = value_text(metric, after, words) if after is not None else typed
    return f"{standing.key_result.title}: {said}"


def _typed(room: MailRoom, mail_id: str, problem: Problem, typed: str) -> tuple[Standing, Update]:
    """The key result a line names, and the one value that was typed for it."""
    mail = find_mail(room.store, mail_id)
    again = read_again(room, room.store, mail)
    standing = None if isinstance(again, str) else again.standing(problem.kr)
    if isinstance(again, str) or standing is None:
        raise UsageError("That line names no key result; a check-in by hand records what it means.")
    updates = typed_updates(standing, typed, room.mentor.locale, again.heard_at)
    if isinstance(updates, Refusal):
        raise UsageError(updates.sentence)
    if len(updates) != 1 or value_after(standing.key_result.metric, standing.summary, updates[0]) is None:
        raise UsageError(f"“{typed}” is no single value; a check-in by hand records more than one thing.")
    return standing, updates[0]


def keep_feedback(room: MailRoom, mail_id: str) -> Incoming:
    """Keep the two lines of an answer to a feedback form as what they are by its questions: a positive, a suggestion.

    `UsageError` where there are not two such lines, or the talk takes no feedback any more.
    """
    with room.store.transaction() as tx:
        mail = find_mail(tx, mail_id)
        letter = tx.get(OUTGOING, mail.answers) if mail.answers else None
        form = form_of(tx, letter)
        meeting = tx.get(MEETINGS, form.meeting) if form is not None else None
        if form is None or meeting is None or meeting.state is not MeetingState.HELD:
            raise UsageError("That mail answers no feedback form of a talk that still takes feedback.")
        if mail.unproven or mail.state not in NEEDS_MENTOR or len(mail.left) != TWO_LINES:
            raise UsageError("Feedback is two lines that are left for you: one positive, one suggestion.")
        positive, suggestion = mail.left
        source = source_of(mail)
        take(tx, room.desk, meeting, form.to, positive=(positive,), suggestion=(suggestion,), source=source)
        after = mail.becoming(IncomingState.APPLIED, reason="", detail="", left=(), summary="feedback kept")
        tx.put(INCOMING, after)
        trail.record(
            tx,
            room.desk,
            what="two lines kept as feedback on the talk",
            source=source,
            mentorship=mail.mentorship,
            stood=trail.stood(mail, after),
        )
    return after


def leave_line(room: MailRoom, mail_id: str, problem: Problem) -> Incoming:
    """Put an unclear line aside: it means nothing and is asked about no more; the last open line settles the mail."""
    with room.store.transaction() as tx:
        mail = find_mail(tx, mail_id)
        _, last = _open_line(room, tx, mail, problem)
        without = replace(mail, aside=(*mail.aside, aside(problem)))
        after = without.becoming(IncomingState.APPLIED, reason="", detail="") if last else without
        tx.put(INCOMING, after)
        _note(tx, room.desk, mail, after, "has a line that is put aside", "inbox reject")
    return after


def no_lines(mail: Incoming) -> str:
    """Why nothing can be decided on a single line of a mail, as a sentence; empty where it can."""
    if mail.state is IncomingState.FAILED:
        return "Nothing of that mail has been read; `okrmate inbox accept` reads it again."
    if mail.state not in NEEDS_MENTOR:
        return "That mail is settled; `okrmate undo` takes back what was decided last."
    if mail.unproven:
        return (
            "No line of that mail counts before you vouch for it: `okrmate inbox accept` has it read, "
            "and what is unclear then is decided on line by line."
        )
    return ""


def _open_line(room: MailRoom, tx: Transaction, mail: Incoming, problem: Problem) -> tuple[ReadAgain, bool]:
    """The mail read again, and whether this is its last open line; `UsageError` where it is not open."""
    if why := no_lines(mail):
        raise UsageError(why)
    again = read_again(room, tx, mail)
    if isinstance(again, str):
        raise UsageError(again)
    waiting = open_problems(tx, again)
    if problem not in waiting:
        raise UsageError("That line is not open any more.")
    return again, len(waiting) == 1


def _decide(room: MailRoom, mail_id: str, problem: Problem, update: Update, what: str) -> Incoming:
    """One open line becomes a reading of its mail, so that both its writer and the mentor can take that back."""
    with room.store.transaction() as tx:
        mail = find_mail(tx, mail_id)
        again, last = _open_line(room, tx, mail, problem)
        standing = again.standing(problem.kr)
        if standing is None:
            raise UsageError("That line names no key result; a check-in by hand records what it means.")
        source, evidence = source_of(mail), evidence_in(tx, mail, again.mail)
        applied = apply_update(
            tx, room.desk, standing.key_result, update, source=source, at=again.heard_at, evidence=evidence
        )
        if isinstance(applied, Refusal):
            raise UsageError(applied.sentence)
        after = mail.becoming(IncomingState.APPLIED, reason="", detail="") if last else mail
        tx.put(INCOMING, after)
        trail.record(
            tx,
            room.desk,
            what=f"a line on KR {problem.kr} {what}",
            source=source,
            mentorship=mail.mentorship,
            stood=trail.stood(mail, after),
        )
    return after


def _note(tx: Transaction, desk: Desk, mail: Incoming, after: Incoming, what: str, command: str) -> None:
    """The entry of the trail; what it tells names who wrote, and nothing of what the mail says."""
    trail.record(
        tx,
        desk,
        what=f"mail from {mail.sender or 'nobody known'} {what}",
        source=trail.by_command(command),
        mentorship=mail.mentorship,
        stood=trail.stood(mail, after),
    )
