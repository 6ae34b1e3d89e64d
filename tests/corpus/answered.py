"""Mails of strangers made answers to letters of ours: what they change, though they say nothing of our key results."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from okrmate.domain.letters import Outgoing, OutgoingState
from okrmate.services.incoming import inbox
from okrmate.services.tables import FOLDERS, READINGS
from tests.corpus.made_answers import made_answer
from tests.fakes import MemoryMailbox
from tests.services.post_office import PostOffice

MENTOR = "olivia@example.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One value or status that a mail has set, with what it was read from."""

    mail: str
    letter: str
    key_result: str
    said: str


def letters(office: PostOffice) -> tuple[Outgoing, ...]:
    """One letter of each kind that Sam and Olivia get, an acknowledgement with a question among them."""
    office.answer(office.agenda(), "KR 1.1: 60%\n")
    office.form()
    return tuple(letter for letter in office.letters() if letter.state is OutgoingState.SENT)


def changes(corpus: Path) -> Iterator[list[Changed]]:
    """What each mail of a corpus changes in answer to each letter, each in a home as it was before.

    Nothing is expected to: who wrote these mails knows of no key result. A mail that does say something of one by
    accident (a line `done`, where one letter asks for one key result) is to be looked at by eye.
    """
    office = PostOffice()
    written = letters(office)
    before, now = {**office.store.records, FOLDERS.name: {}}, office.clock.now()
    for path in sorted(corpus.rglob("*.eml")):
        for number, letter in enumerate(written):
            office.store.records = before
            office.mailbox = MemoryMailbox()
            office.restart()
            office.mailbox.arrive(made_answer(path.read_bytes(), letter, mentor=MENTOR, number=number), now)
            inbox.poll(office.room)
            known = before[READINGS.name]
            new = [reading for key, reading in office.store.records[READINGS.name].items() if key not in known]
            yield [
                Changed(
                    mail=path.name, letter=letter.kind, key_result=each.key_result, said=f"{each.value} {each.note}"
                )
                for each in new
            ]
