"""Notes on a talk or a person: writing them down, and those of one talk, the answers to its questions among them."""

from collections.abc import Iterable

from okrmate.domain.changes import Source
from okrmate.domain.errors import UsageError
from okrmate.domain.notes import Note
from okrmate.domain.people import Side
from okrmate.frozen import Frozen
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Transaction
from okrmate.services.tables import NOTES


class Answered(Frozen):
    """What the protégé wrote to one question of an agenda: its id, its words, and theirs."""

    question: str
    asked: str
    words: str


def write(desk: Desk, pair: Pair, words: str, *, meeting: str = "", shared: bool = False) -> Note:
    """Write down a note of the mentor's; a shared one stands in the exchange, a private one never leaves her home."""
    said = words.strip()
    if not said:
        raise UsageError("A note needs words.")
    source = trail.by_command("note")
    note = Note(
        id=desk.tokens.new_id(),
        mentorship=pair.mentorship.id,
        meeting=meeting,
        by=Side.MENTOR,
        text=said,
        at=desk.clock.now(),
        source=source,
        shared=shared,
    )
    with desk.store.transaction() as tx:
        tx.put(NOTES, note)
        what = "shared note written" if shared else "private note written"
        trail.record(tx, desk, what=what, source=source, mentorship=note.mentorship)
    return note


def shared_words(notes: Iterable[Note]) -> tuple[str, ...]:
    """What the mentor wrote down for both, a line each, in the order of the notes."""
    both = sorted((note for note in notes if note.shared and note.by is Side.MENTOR), key=lambda note: note.at)
    return tuple(line.strip() for note in both for line in note.text.splitlines() if line.strip())


def take_answer(
    tx: Transaction, desk: Desk, mentorship: str, meeting: str, answered: Answered, *, source: Source
) -> Note:
    """Keep what the protégé answered to a question with the notes of the talk; both know it, so it is shared."""
    note = Note(
        id=desk.tokens.new_id(),
        mentorship=mentorship,
        meeting=meeting,
        by=Side.PROTEGE,
        text=answered.words,
        at=desk.clock.now(),
        source=source,
        shared=True,
        question=answered.question,
        asked=answered.asked,
    )
    tx.put(NOTES, note)
    return note
