"""What is kept of a person: every table says whose it is, and what they wrote is theirs, the mentor's is not."""

from decimal import Decimal
from typing import Any

from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.closing import Closing, OwnScore
from okrmate.domain.people import Side
from okrmate.domain.proposals import Proposal
from okrmate.domain.tactics import Tactic, TacticState
from okrmate.services import tables
from okrmate.services.incoming.kept import as_text, file_of
from okrmate.services.ports import Table
from okrmate.services.tables import CLOSINGS, KEY_RESULTS, OKR_SETS, PROPOSALS, TABLES, TACTICS
from tests.builders import NOW
from tests.services.post_office import PostOffice

OF_NO_MENTORSHIP = {"absences", "people", "mentorships", "own_questions", "copies", "folders", "settings"}
"""Two are the person, whom erasing knows by id, copies go with their letters, and the others are the mentor's alone."""
MAIL = Source(kind=SourceKind.MAIL, ref="m1")


def test_every_table_is_declared_and_says_whose_its_records_are() -> None:
    every: tuple[Table[Any], ...] = TABLES
    declared = [each for each in vars(tables).values() if isinstance(each, Table)]

    assert sorted(table.name for table in every) == sorted(table.name for table in declared)
    assert {table.name for table in every if "mentorship" not in table.indexes} == OF_NO_MENTORSHIP


def test_what_they_wished_and_took_from_a_set_is_in_their_file_and_nothing_of_the_mentors() -> None:
    office = PostOffice()
    pair = office.pair.mentorship.id
    (okr_set,) = office.every(OKR_SETS)
    key_result = office.every(KEY_RESULTS)[0]
    with office.store.transaction() as tx:
        for by, words in ((Side.PROTEGE, "let 1.2 go"), (Side.MENTOR, "aim higher")):
            wish = Proposal(id=words, mentorship=pair, okr_set=okr_set.id, at=NOW, by=by, words=words, source=MAIL)
            tx.put(PROPOSALS, wish)
        score = OwnScore(key_result="kr1", score=Decimal("0.7"), note="asked too late")
        dry_run = Tactic(
            id="t",
            mentorship=pair,
            key_result=key_result.id,
            title="a dry run",
            state=TacticState.PLANNED,
            created_at=NOW,
        )
        tx.put(TACTICS, dry_run)
        tx.put(CLOSINGS, Closing(id=okr_set.id, mentorship=pair, learned="asking helps", scores=(score,)))

    told = as_text(file_of(office.store, office.pair, office.room.composer.words(office.pair.protege)))

    assert [
        said for said in ("let 1.2 go", "a dry run", "asking helps", "0.7 asked too late") if f": {said}\n" not in told
    ] == []
    assert "aim higher" not in told
