"""`okrmate okr coach`: what it says of a set, and what it ends with."""

import pytest

from tests.cli.running import Okrmate

WEAK = b"""O: Get better at presenting
KR: Rehearse every Sunday
KR: Invitations to speak, from 1 to 6
"""
STRONG = b"""O: Be the speaker people ask for by name, by the end of June
KR: Invitations to speak, from 1 to 6
KR: Listeners who rate the talk 4 or 5, from 62 % to 80 %
"""


@pytest.fixture
def ana(okrmate: Okrmate) -> Okrmate:
    """The program with Ana, who has no OKRs."""
    okrmate.done("person", "add", "Ana Faye", "ana@example.net")
    return okrmate


def test_each_finding_is_shown_under_its_line_with_a_question_and_ends_with_one(ana: Okrmate) -> None:
    ana.made("okr", "import", "ana", given=WEAK)

    told = ana("okr", "coach", "ana")

    assert told.code == 1
    lines = told.out.splitlines()
    place = lines.index("Rehearse every Sunday (KR 1.1)")
    assert lines[place + 1] == "   An activity (warning): “Rehearse” [kr_activity]"
    assert "      Ask: If this works, who does something they do not do today?" in lines[place:]
    assert not any("KR 1.2" in line for line in lines)


def test_findings_are_given_to_programs_by_their_public_names(ana: Okrmate) -> None:
    ana.made("okr", "import", "ana", given=WEAK)

    found = ana("okr", "coach", "ana", "--json").data

    assert isinstance(found, list)
    assert [(each["name"], each["level"], each["about"], each["words"]) for each in found] == [
        ("objective_date", "note", "1", ""),
        ("objective_flat", "note", "1", "better"),
        ("kr_activity", "warning", "1.1", "Rehearse"),
    ]


def test_a_strong_set_has_nothing_to_note(ana: Okrmate) -> None:
    ana.made("okr", "import", "ana", given=STRONG)

    assert ana.done("okr", "coach", "ana").out == "Nothing to note in the OKRs of Ana Faye.\n"


def test_somebody_without_okrs_is_told_how_to_begin(ana: Okrmate) -> None:
    assert "has no OKRs yet" in ana.done("okr", "coach", "ana").out


def test_a_finding_that_is_left_as_it_is_stays_so_until_it_is_heeded_again(ana: Okrmate) -> None:
    ana.made("okr", "import", "ana", given=WEAK)
    told = ana("okr", "coach", "ana", "--ignore", "KR 1.1", "kr_activity", "--reason", "the habit is what she wants")
    ana.done("okr", "edit", "ana", "1.1", "--title", "Rehearse each Sunday")

    assert "      Left as it is: the habit is what she wants" in told.out.splitlines()
    found = ana("okr", "coach", "ana", "--json").data
    assert isinstance(found, list)
    assert [each["ignored"] for each in found] == ["", "", "the habit is what she wants"]
    ana("okr", "coach", "ana", "--ignore", "1", "objective_date", "--reason", "no hurry")
    assert ana("okr", "coach", "ana", "--ignore", "1", "objective_flat", "--reason", "it is hers").code == 0
    assert ana("okr", "coach", "ana", "--heed", "1.1", "kr_activity").code == 1
    for words, said in (
        (("--ignore", "1.1", "kr_activity"), "Say why"),
        (("--ignore", "1.1", "kr_unit", "--reason", "so"), "“kr_unit” is not found in 1.1; there is kr_activity."),
        (("--ignore", "1.2", "kr_unit", "--reason", "so"), "Nothing is found in “1.2”"),
        (("--heed", "1.1", "kr_activity"), "was not put aside"),
    ):
        told = ana("okr", "coach", "ana", *words)
        assert (told.code, said in told.err) == (2, True), told.err
