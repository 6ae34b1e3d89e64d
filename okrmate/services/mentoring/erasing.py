"""Erasing a person: everything that is kept of them goes out of the store at once, the trail's entries included."""

from collections.abc import Iterator, Mapping
from typing import Any

from okrmate.domain.letters import Incoming, Outgoing
from okrmate.frozen import Frozen
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Reader, Table
from okrmate.services.tables import COPIES, INCOMING, MENTORSHIPS, OUTGOING, PEOPLE, TABLES

BY_NAME: Mapping[str, Table[Any]] = {table.name: table for table in TABLES}


class Erased(Frozen):
    """What was taken out: how many records, and whose files are to follow: mails by their place, letters by id."""

    records: int
    mails: frozenset[str]
    letters: frozenset[str]

    def owns(self, place: str) -> bool:
        """Whether a file that lies there, as `RawMail` says it, is one of a mail or letter that was erased."""
        stem = place.rpartition("/")[2].removesuffix(".eml")
        return place in self.mails or stem.rpartition("-")[0] in self.letters


def erase_person(desk: Desk, pair: Pair) -> Erased:
    """Take out a person with all that belongs to them; it cannot be taken back, and the trail says only that it was.

    Mails of theirs that nobody could assign go too, and letters to the mentor herself that name them, with what she
    wrote back. The files of
    mails, and what older files of the store and its backups hold, are for whoever called.
    """
    with desk.store.transaction() as tx:
        letters = frozenset(letter.id for letter in tx.every(OUTGOING) if _is_about(letter, pair))
        mails = tuple(mail for mail in tx.every(INCOMING) if _is_from(mail, pair) or mail.answers in letters)
        places = {mail.raw for mail in mails} | {copy.raw for copy in tx.every(COPIES) if copy.id in letters}
        gone = [
            *_belonging(tx, pair),
            *((OUTGOING, letter) for letter in letters),
            *((COPIES, copy.id) for copy in tx.every(COPIES) if copy.id in letters),
            *((INCOMING, mail.id) for mail in mails),
            (MENTORSHIPS, pair.mentorship.id),
            (PEOPLE, pair.protege.id),
        ]
        once = dict.fromkeys((table.name, record_id) for table, record_id in gone)
        for name, record_id in once:
            tx.erase(BY_NAME[name], record_id)
        source = trail.by_command("person erase")
        trail.record(tx, desk, what="a person was erased", source=source, edits=())
    return Erased(records=len(once), mails=frozenset(places), letters=letters)


def _belonging(reader: Reader, pair: Pair) -> Iterator[tuple[Table[Any], str]]:
    """Every record that names the mentorship it belongs to."""
    for table in BY_NAME.values():
        for record in reader.every(table):
            if getattr(record, "mentorship", "") == pair.mentorship.id:
                yield table, record.id


def _is_about(letter: Outgoing, pair: Pair) -> bool:
    if letter.mentorship:
        return letter.mentorship == pair.mentorship.id
    said = f"{letter.subject} {letter.blocks}"
    return any(name in said for name in (pair.protege.name, pair.protege.first_name, pair.protege.address))


def _is_from(mail: Incoming, pair: Pair) -> bool:
    if mail.mentorship:
        return mail.mentorship == pair.mentorship.id
    return mail.sender == pair.protege.address
