"""Numbers that are not how things are: under a heading, taken back below, of a span, a wish, a mean, an example."""

import pytest

from okrmate.domain.letters import IncomingState, LetterKind
from okrmate.services.tables import AGENDA_ITEMS
from tests.services.post_office import PostOffice

BEFORE = {"1.1": "3", "1.2": "68", "1.3": ""}


@pytest.fixture
def office() -> PostOffice:
    office = PostOffice()
    office.answer(office.agenda(), "1.1 3\n1.2 68%")
    return office


@pytest.mark.parametrize(
    "said",
    [
        "New targets:\n1.1: 5\n1.2: 90%",
        "Goals for spring\n1.1: 5",
        "Plan for April:\n1.1: 5",
        "If all goes well:\n1.1: 5",
        "Wrong numbers:\n1.1: 5",
        "Anna's numbers:\n1.1: 5",
        "Next week:\n1.1: 5",
        "Nächste Woche:\n1.1: 5",
        "Proposition :\n1.1: 5",
        "Where I want to be in April:\n1.1: 5",
        "My plan for the quarter is the following:\n1.1: 5",
        "In the worst case\n1.1: 5",
        "Annas Zahlen:\n1.1: 5",
        "This is what Anna sent me:\n1.1: 5",
        "Objectif pour avril :\n1.1: 5",
        "1.1: 5\nif Berlin says yes",
        "1.1: 5\nNot yet confirmed",
        "1.1: 5\nbis April",
        "1.3 done\nexcept for the pictures",
        "1.1: 5\n1.2: 75%\nThese are tomorrow's numbers, I hope.",
        "1.1: 5\n1.2: 75%\n\nOops, wrong mail",
        "1.1: 5\n1.2: 75%\n(That's Anna's, please ignore)",
        "Next month: 1.1 5, 1.2 75%",
        "Anna: 1.1 5, 1.2 75%",
        "I hope for 1.1 5, 1.2 75%",
        "1.1 5, 1.2 75% (both by June)",
        "1.1 5, 1.2 75%, 1.3 done: that's the plan",
        "1.1: 5. Hopefully.",
        "1.1 5. 1.2 75%. Targets for June.",
        "1.1 5\nscratch that",
        "1.1 5\nno wait, 4",
        "1.1 5\nJust kidding!",
        "1.1 5\nActually 4",
        "e.g. 1.1 5",
        "1.1 5 (just an example)",
        "1.1 none this week",
        "1.1 2 since last time",
        "1.1 1 per week",
        "1.1 2 diese Woche",
        "1.1 2 cette semaine",
        "1.1 4 by Christmas",
        "1.1 4 after Berlin confirms",
        "1.1 4 as long as Berlin holds",
        "1.1 4 in the beginning",
        "1.1 same as 1.2",
        "1.2 4.2 out of 5",
        "1.1 (4)",
        '1.1: "4"',
    ],
)
def test_it_is_asked_about_or_left_and_changes_nothing(office: PostOffice, said: str) -> None:
    mail = office.answer(office.letter(LetterKind.AGENDA), said)

    assert office.values() == BEFORE
    assert mail.state in {IncomingState.ASKED, IncomingState.HELD}


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("Here is my update:\n1.1: 4", "4"),
        ("This week's numbers:\n1.1: 4", "4"),
        ("What moved:\n1.1: 4", "4"),
        ("My numbers\n1.1: 4", "4"),
        ("On the train so short: 1.1 = 4", "4"),
        ("As requested: 1.1 4", "4"),
        ("Latest:\n1.1: 4", "4"),
        ("1.1 4. Thanks!", "4"),
        ("Hier meine Zahlen:\n1.1: 4", "4"),
        ("Hier mijn cijfers:\n1.1: 4", "4"),
        ("Before I forget:\n1.1: 4", "4"),
        ("Not too bad:\n1.1: 4", "4"),
        ("Sam's numbers:\n1.1: 4", "4"),
        ("Monday's numbers:\n1.1: 4", "4"),
        ("1.1: 4\nNope, nothing else", "4"),
        ("1.1: 4\nNein, im Ernst, ich freue mich!", "4"),
        ("1.1: 4\nif you have time, call me", "4"),
        ("1.1 4 this month", "4"),
        ("1.1 4 by email", "4"),
        ("1.1 4\nActually a good week", "4"),
    ],
)
def test_other_headings_and_spans_doubt_nothing(office: PostOffice, said: str, after: str) -> None:
    office.answer(office.letter(LetterKind.AGENDA), said)

    assert office.values() == BEFORE | {"1.1": after}


def test_a_smaller_number_of_a_span_is_all_there_are_or_so_many_more(office: PostOffice) -> None:
    mail = office.answer(office.letter(LetterKind.AGENDA), "1.1 2 this week")

    assert "a) 3 → 2 b) 3 → 5" in office.said_to(mail)


@pytest.mark.parametrize(
    ("said", "points", "left"),
    [
        ("1.1: 4\n- Berlin\n- Madrid", (), ("- Berlin", "- Madrid")),
        ("What I did:\n- wrote to ten editors", (), ("What I did:", "- wrote to ten editors")),
        ("Please do not add:\n- salary", (), ("Please do not add:", "- salary")),
        ("1.1: 4\n\n- my salary", ("my salary",), ()),
        ("For the agenda:\n- my salary", ("my salary",), ("For the agenda:",)),
        ("- my salary\n- the fair", ("my salary", "the fair"), ()),
    ],
)
def test_bullets_under_a_key_result_or_another_heading_are_words_and_no_points(
    office: PostOffice, said: str, points: tuple[str, ...], left: tuple[str, ...]
) -> None:
    mail = office.answer(office.letter(LetterKind.AGENDA), said)

    assert tuple(item.text for item in office.every(AGENDA_ITEMS)) == points
    assert mail.left == left
