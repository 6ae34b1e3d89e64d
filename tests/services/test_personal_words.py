"""What somebody writes of their own life reaches the mentor at once, word for word, whatever letter it answers."""

import pytest

from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.domain.meetings import Participation
from okrmate.domain.people import Side
from okrmate.services.reports.today import today
from okrmate.services.tables import AGENDA_ITEMS, FEEDBACK
from tests.services.post_office import PostOffice

PERSONAL = "My father is in hospital and I can't sleep."
UNTOUCHED = {"1.1": "", "1.2": "", "1.3": ""}


def letter_of(office: PostOffice, name: str) -> Outgoing:
    match name:
        case "agenda":
            return office.agenda()
        case "form":
            return office.form()
        case "question":
            return office.acknowledgement(office.answer(office.agenda(), "1.2: lots more"))
        case "half":
            return office.acknowledgement(office.answer(office.form(), "+ clear"))
        case "exchange":
            office.answer(office.form(), "+ clear\n- shorter")
            office.answer_of_mentor(office.letter(LetterKind.FEEDBACK, Side.MENTOR), "+ brave\n- slower")
            office.work()
            return office.letter(LetterKind.EXCHANGE)
        case kind:
            return office.letter(LetterKind(kind))


@pytest.mark.parametrize("name", ["welcome", "invitation", "agenda", "form", "question", "half", "exchange"])
def test_personal_words_alone_change_nothing_and_are_the_mentors(name: str) -> None:
    office = PostOffice()
    letter = letter_of(office, name)
    feedback, items = office.every(FEEDBACK), office.every(AGENDA_ITEMS)

    mail = office.answer(letter, PERSONAL)

    assert mail.left == (PERSONAL,)
    assert (office.every(FEEDBACK), office.every(AGENDA_ITEMS), office.values()) == (feedback, items, UNTOUCHED)
    assert office.talk.participation is Participation.NEEDS_ACTION


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("welcome", "agree"),
        ("invitation", "a"),
        ("agenda", "1.1: 3"),
        ("agenda", "status"),
        ("agenda", "later"),
        ("form", "+ clear\n- shorter"),
        ("question", "1.2: 70%"),
        ("half", "shorter please"),
    ],
)
def test_personal_words_beside_an_answer_reach_the_mentor_too(name: str, answer: str) -> None:
    office = PostOffice()

    mail = office.answer(letter_of(office, name), f"{answer}\n\n{PERSONAL}")

    assert mail.left == (PERSONAL,)
    assert PERSONAL in str(today(office.desk, office.room.rules))
