"""The mentor's own answer to a mail: her words become a letter in its thread, and the mail has been read with that."""

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import Incoming, IncomingState, LetterKind, Outgoing
from okrmate.domain.people import MentorshipState, Side
from okrmate.frozen import Frozen, replace
from okrmate.services import trail
from okrmate.services.incoming.acknowledgements import USEFUL, their_subject
from okrmate.services.incoming.inbox import opened
from okrmate.services.incoming.not_applied import NotApplied
from okrmate.services.incoming.review import find_mail
from okrmate.services.letters.contexts import OwnReplyContext, write
from okrmate.services.letters.writing import Written, addressed, held_if_needed
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.mentorships import Pair, pair
from okrmate.services.ports import Reader
from okrmate.services.tables import INCOMING, OUTGOING

LONGEST = 5_000
"""Characters of an answer; who has more to say writes it in a mail program."""
STILL_OPEN = frozenset({NotApplied.NOT_ASKED, NotApplied.UNANSWERED, NotApplied.NOT_TAKEN})
"""Why a mail is held that has lines to decide on, however much was written about it."""


class Answered(Frozen):
    """The letter with her words, and the mail as it stands once that is in the outbox."""

    letter: Outgoing
    mail: Incoming


def expect_answer(room: MailRoom, mail_id: str, words: str) -> Answered:
    """What `answer` would put into the outbox, for her to see; nothing is changed, `UsageError` as there."""
    return _answered(room, room.store, mail_id, words)


def answer(room: MailRoom, mail_id: str, words: str) -> Answered:
    """Put a letter with her words to whoever wrote the mail into the outbox, to the address that is known of them.

    It leaves at once, also to somebody who is paused, unless every letter waits for review. What only waited to be
    read has been read then; lines that are not clear stay open. `UsageError` where there is nobody to write to.
    """
    with room.store.transaction() as tx:
        before = find_mail(tx, mail_id)
        made = _answered(room, tx, mail_id, words)
        tx.put(OUTGOING, made.letter)
        tx.put(INCOMING, made.mail)
        trail.record(
            tx,
            room.desk,
            what=f"{made.letter.title} written",
            source=trail.by_command("inbox answer"),
            mentorship=made.mail.mentorship,
            wrote=(made.letter.id,),
            stood=trail.stood(before, made.mail),
        )
    return made


def _answered(room: MailRoom, reader: Reader, mail_id: str, words: str) -> Answered:
    said = words.strip()
    if not said:
        raise UsageError("An answer needs words.")
    if len(said) > LONGEST:
        raise UsageError(f"An answer has at most {LONGEST} characters; write a longer one in your mail program.")
    mail = find_mail(reader, mail_id)
    found = _whom(reader, mail)
    return Answered(letter=_letter(room, mail, found, said), mail=_read(mail))


def _whom(reader: Reader, mail: Incoming) -> Pair:
    """The pair whose protégé wrote, or `UsageError`: nobody is written to on the word of an unproven mail."""
    if mail.state in (IncomingState.IGNORED, IncomingState.REFUSED):
        raise UsageError(f"That mail was {mail.state}; nobody waits for an answer to it.")
    if mail.unproven:
        raise UsageError("Nothing proves who wrote that mail; `okrmate inbox accept` vouches for it first.")
    if not mail.mentorship:
        raise UsageError("Nobody known wrote that mail; answer it in your mail program.")
    letter = reader.get(OUTGOING, mail.answers) if mail.answers else None
    if letter is not None and letter.to is Side.MENTOR:
        raise UsageError("You wrote that mail yourself.")
    found = pair(reader, mail.mentorship)
    if found.mentorship.state in (MentorshipState.ENDED, MentorshipState.DECLINED):
        raise UsageError(f"The mentorship with {found.protege.name} is over; okrmate does not write to them any more.")
    return found


def _letter(room: MailRoom, mail: Incoming, found: Pair, said: str) -> Outgoing:
    now, words = room.desk.clock.now(), room.composer.words(found.protege)
    theirs = opened(room, room.raw.read(mail.raw))
    thread = theirs.message_id if theirs.message_id.startswith("<") else ""
    lines = tuple(line.strip() for line in said.splitlines())
    context = OwnReplyContext(name=found.protege.first_name, other=room.mentor.first_name, said=lines)
    written = Written(
        key=f"{found.protege.id}:{Side.PROTEGE}:{LetterKind.REPLY}:{mail.id}:{now.isoformat()}",
        kind=LetterKind.REPLY,
        language=words.language,
        subject=their_subject(mail.subject or words.phrase("subjects", "their_mail")),
        blocks=write(room.composer, context, words).blocks,
        due_at=now,
        useful_until=now + USEFUL,
        thread=(*theirs.references, thread) if thread else (),
        answers=mail.id,
    )
    return held_if_needed(room, found, addressed(room, found, Side.PROTEGE, written, now))


def _read(mail: Incoming) -> Incoming:
    """The mail once it is answered: settled where it only waited for her to read it."""
    if mail.state is IncomingState.HELD and mail.reason not in STILL_OPEN:
        return mail.becoming(IncomingState.APPLIED, reason="", detail="", left=(), told=())
    return replace(mail, left=(), told=())
