"""What is kept of a person: every table says whose it is, and what they wrote is theirs, the mentor's is not."""

from decimal import Decimal
from typing import Any

from okrmate.domain.aims import Aims
from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.closing import Closing, OwnScore
from okrmate.domain.people import Side
from okrmate.domain.proposals import Proposal
from okrmate.domain.pulse import Pulse, PulseMoment
from okrmate.services import tables
from okrmate.services.incoming.kept import as_text, file_of
from okrmate.services.ports import Table
from okrmate.services.tables import AIMS, CLOSINGS, OKR_SETS, PROPOSALS, PULSES, TABLES
from tests.builders import NOW
from tests.services.post_office import PostOffice

OF_NO_MENTORSHIP = {"people", "mentorships", "own_questions", "copies", "folders", "settings"}
"""Two are the person, whom erasing knows by id, copies go with their letters, and the others are the mentor's alone."""
MAIL = Source(kind=SourceKind.MAIL, ref="m1")


def test_every_table_is_declared_and_says_whose_its_records_are() -> None:
    every: tuple[Table[Any], ...] = TABLES
    declared = [each for each in vars(tables).values() if isinstance(each, Table)]

    assert sorted(table.name for table in every) == sorted(table.name for table in declared)
    assert {table.name for table in every if "mentorship" not in table.indexes} == OF_NO_MENTORSHIP


def test_what_they_wrote_of_the_relationship_and_their_sets_is_in_their_file_and_nothing_of_the_mentors() -> None:
    office = PostOffice()
    pair = office.pair.mentorship.id
    (okr_set,) = office.every(OKR_SETS)
    with office.store.transaction() as tx:
        for by, whose in ((Side.PROTEGE, "mine"), (Side.MENTOR, "hers")):
            common: dict[str, Any] = {"mentorship": pair, "by": by, "at": NOW, "source": MAIL}
            tx.put(
                AIMS, Aims(id=f"a {whose}", aims=(f"{whose}: one", f"{whose}: two"), gain=f"{whose}: gain", **common)
            )
            said: dict[str, Any] = {
                "moment": PulseMoment.CLOSE,
                "because": f"{whose}: because",
                "one_higher": f"{whose}: higher",
            }
            tx.put(PULSES, Pulse(id=f"p {whose}", helpful=4, **said, **common))
            tx.put(PROPOSALS, Proposal(id=f"w {whose}", okr_set=okr_set.id, words=f"{whose}: a wish", **common))
        score = OwnScore(key_result="kr1", score=Decimal("0.7"), note="mine: late")
        tx.put(CLOSINGS, Closing(id=okr_set.id, mentorship=pair, learned="mine: asking", scores=(score,)))

    words = office.room.composer.words(office.pair.protege)
    told = as_text(file_of(office.store, office.pair, words))

    for said_by_me in ("one", "two", "gain", "a wish", "asking"):
        assert f": mine: {said_by_me}\n" in told
    assert "4/5; mine: because; mine: higher" in told
    assert "0.7 mine: late" in told
    assert "hers" not in told
