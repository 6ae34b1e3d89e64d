"""What the mentor answers to her own letters: her numbers wait for her word, and no answer of hers is her protégé's."""

from collections.abc import Mapping

import pytest

from okrmate.domain.letters import IncomingState, LetterKind
from okrmate.domain.meetings import Participation
from okrmate.domain.people import Side
from okrmate.services.incoming.explaining import explain_mail
from okrmate.services.incoming.read_again import ReadAgain, open_problems, read_again
from okrmate.services.incoming.review import take_value
from okrmate.services.tables import AGENDA_ITEMS, CHANGES
from tests.services.post_office import OLIVIA, PostOffice

UNTOUCHED = {"1.1": "", "1.2": "", "1.3": ""}


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.mark.parametrize("kind", [LetterKind.AGENDA, LetterKind.FEEDBACK])
def test_a_number_of_the_mentors_moves_nothing_and_she_is_asked_whether_it_counts(
    office: PostOffice, kind: LetterKind
) -> None:
    letter = office.agenda(Side.MENTOR) if kind is LetterKind.AGENDA else office.form(Side.MENTOR)

    mail = office.answer_of_mentor(letter, "1.3 60%")

    assert office.values() == UNTOUCHED
    assert (mail.state, mail.reason, mail.left) == (IncomingState.ASKED, "offered", ())
    assert 'Portfolio site live, "60%" (KR 1.3). Record it? a) yes, 60 %' in office.said_to(mail)


@pytest.mark.parametrize(
    ("answer", "value"), [("a", "60"), ("yes", "60"), ("1.3: 65%", "65"), ("65%", "65"), ("b", ""), ("no", "")]
)
def test_her_word_records_it_as_hers(office: PostOffice, answer: str, value: str) -> None:
    mail = office.answer_of_mentor(office.agenda(Side.MENTOR), "1.3 60%")

    office.answer_of_mentor(office.acknowledgement(mail), answer)

    assert office.values() == {**UNTOUCHED, "1.3": value}
    assert office.now(mail).state is IncomingState.APPLIED
    if value:
        assert office.every(CHANGES)[-1].by == office.room.mentor.name


def test_what_she_recorded_so_is_taken_back_by_her_undo(office: PostOffice) -> None:
    mail = office.answer_of_mentor(office.agenda(Side.MENTOR), "1.3 60%")
    recorded = office.answer_of_mentor(office.acknowledgement(mail), "a")

    office.answer_of_mentor(office.acknowledgement(recorded), "undo")

    assert office.values() == UNTOUCHED


def test_it_can_be_taken_in_the_review_as_well(office: PostOffice) -> None:
    mail = office.answer_of_mentor(office.agenda(Side.MENTOR), "1.3 60%")
    again = read_again(office.room, office.store, mail)
    assert isinstance(again, ReadAgain)

    (line,) = open_problems(office.store, again)
    take_value(office.room, mail.id, line)

    assert office.values() == {**UNTOUCHED, "1.3": "60"}
    assert office.now(mail).state is IncomingState.APPLIED


@pytest.mark.parametrize(
    ("body", "asked", "left"),
    [
        ("1.1 4, 1.3 60%", ["1.1", "1.3"], ()),
        ("KR 1.1: +2", ["1.1"], ()),
        ("1.3 done", ["1.3"], ()),
        ("1.1: 4 because of the podcast", ["1.1"], ("1.1: 4 because of the podcast",)),
        ("1.1 4\n1.1 5", [], ("1.1 4", "1.1 5")),
        ("1.2: 130%", [], ("1.2: 130%",)),
        ("1.1: more than last time", [], ("1.1: more than last time",)),
        ("1.1 blocked by the jury", [], ("1.1 blocked by the jury",)),
        ("9.9: 4", [], ("9.9: 4",)),
        ("Ask how the podcast came about.", [], ("Ask how the podcast came about.",)),
    ],
)
def test_only_her_clear_numbers_are_asked_about_and_other_lines_stay_hers(
    office: PostOffice, body: str, asked: list[str], left: tuple[str, ...]
) -> None:
    mail = office.answer_of_mentor(office.agenda(Side.MENTOR), body)

    again = read_again(office.room, office.store, mail)
    assert isinstance(again, ReadAgain)
    assert [problem.kr for problem in open_problems(office.store, again)] == asked
    assert mail.left == left
    assert office.values() == UNTOUCHED


def test_an_item_beside_a_number_is_on_the_list_at_once(office: PostOffice) -> None:
    mail = office.answer_of_mentor(office.agenda(Side.MENTOR), "1.1: 4\nAdd: her holidays")

    (item,) = office.every(AGENDA_ITEMS)
    assert (item.text, item.by) == ("her holidays", Side.MENTOR)
    assert mail.state is IncomingState.PARTLY_APPLIED


@pytest.mark.parametrize("body", ["yes, I'll be there", "can't make it", "a"])
def test_whether_the_mentor_comes_says_nothing_of_whether_the_protege_does(office: PostOffice, body: str) -> None:
    mail = office.answer_of_mentor(office.letter(LetterKind.INVITATION, Side.MENTOR), body)

    assert office.talk.participation is Participation.NEEDS_ACTION
    assert mail.left == (body,)


def test_explaining_her_answer_tells_the_same_and_changes_nothing(office: PostOffice) -> None:
    letter = office.agenda(Side.MENTOR)
    told: Mapping[str, str] = {"From": OLIVIA}

    would = explain_mail(office.room, office.written("1.3 60%", letter, **told))

    assert (would.state, would.reason) == ("asked", "offered")
    assert "Record it?" in would.answer
    assert office.values() == UNTOUCHED
