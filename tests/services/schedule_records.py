"""The program's letters under the names that the model of their schedule has for them."""

from okrmate.domain.letters import HoldReason, LetterKind, Outgoing
from tests.services.schedule_model import Letter, Model

WITHOUT_A_TALK = (LetterKind.CHECK_IN, LetterKind.DIGEST, LetterKind.MID_CYCLE, LetterKind.CLOSING)


def name_of(letter: Outgoing) -> tuple[str, str, str, str, str]:
    """The letter's name in the model; a key that was freed has the record's id behind it."""
    *_, subject, occurrence = letter.key.partition("~")[0].split(":")
    about = subject if letter.kind in WITHOUT_A_TALK else letter.meeting
    return (letter.mentorship, str(letter.kind), str(letter.to), about, occurrence)


def adopted(record: Outgoing, model: Model) -> Letter:
    """The letter as the model would know it."""
    _, kind, to, about, occurrence = name_of(record)
    return Letter(
        person=next(each for each in [*model.people, model.home] if each.id == record.mentorship),
        talk=next((each for each in model.talks if each.id == record.meeting), None),
        kind=kind,
        to=to,
        occurrence=occurrence,
        day=about if record.kind in WITHOUT_A_TALK else "",
        due=record.due_at,
        until=record.useful_until,
        state=str(record.state),
        hold="first" if record.hold is HoldReason.FIRST_LETTER else str(record.hold or ""),
        copies=record.copies,
        attempts=record.attempts,
        next_at=record.next_attempt_at,
        claimed_at=record.claimed_at,
        sent_at=record.sent_at,
    )
