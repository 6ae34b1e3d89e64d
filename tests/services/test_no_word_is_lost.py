"""Whatever lines people put together, each of their words ends somewhere: applied, asked, or for the mentor."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.domain.people import Side
from okrmate.mail.layout import text
from okrmate.services.tables import AGENDA_ITEMS, CHANGES, FEEDBACK, INCOMING, READINGS
from tests.services.post_office import OLIVIA, PostOffice

LINES = (
    "KR 1.1: 3, because of the Zeppelin",
    "KR 1.2: 70% and a Quokka",
    "KR 1.3: blocked by the Walrus",
    "1.2: more Ocelots than last time",
    "KR 9.9: 4 Narwhals",
    "KR 1.2: 130% Lemur",
    "Add: a talk about Badgers (10 min)",
    "+ the Heron",
    "- the Pelican",
    "Positive: the Marmot",
    "Suggestion: the Gecko",
    "My Otter is ill and I am tired.",
    "Could we move it to Friday because of the Tapir?",
    "looks good, says the Egret",
    "no meeting, the Bison was ill",
    "undo the Puffin",
    "please stop the Ibex",
    "O: Become a better Alpaca",
    "KR: 5 Magpies (now 1)",
    "Thank you, Axolotl!",
    "a) the Dingo",
    "drop the Caracal",
    "Would Thursday suit the Jackal?",
    "Learned: patience with the Weasel",
    "I tried the Condor -> it helped the Toucan",
)
MARKS = (
    *("Zeppelin", "Quokka", "Walrus", "Ocelots", "Narwhals", "Lemur", "Badgers", "Heron", "Pelican", "Marmot", "Gecko"),
    *("Otter", "Tapir", "Egret", "Bison", "Puffin", "Ibex", "Alpaca", "Magpies", "Axolotl", "Dingo", "Caracal"),
    *("Jackal", "Weasel", "Condor", "Toucan"),
)
"""The one word of each line that stands in no letter of ours."""


def ends(office: PostOffice) -> str:
    """Every place where words of an answer can end."""
    return "\n".join(
        [
            *(f"{each.note} {each.blocker}" for each in office.every(READINGS)),
            *(each.text for each in office.every(AGENDA_ITEMS)),
            *(f"{each.positive} {each.suggestion}" for each in office.every(FEEDBACK)),
            *("\n".join(each.left) for each in office.every(INCOMING)),
            *(text(each.blocks) for each in office.letters(LetterKind.ACKNOWLEDGEMENT)),
        ]
    )


def a_letter(office: PostOffice, kind: LetterKind, side: Side) -> Outgoing:
    match kind:
        case LetterKind.AGENDA:
            return office.agenda(side)
        case LetterKind.FEEDBACK:
            return office.form(side)
        case LetterKind.ACKNOWLEDGEMENT:
            return office.acknowledgement(office.answer(office.agenda(), "1.2: more than last time"))
        case _:
            return office.letter(kind)


ASKED = [
    (LetterKind.WELCOME, Side.PROTEGE),
    (LetterKind.INVITATION, Side.PROTEGE),
    (LetterKind.AGENDA, Side.PROTEGE),
    (LetterKind.AGENDA, Side.MENTOR),
    (LetterKind.FEEDBACK, Side.PROTEGE),
    (LetterKind.FEEDBACK, Side.MENTOR),
    (LetterKind.ACKNOWLEDGEMENT, Side.PROTEGE),
]


@pytest.mark.parametrize(("kind", "side"), ASKED)
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(lines=st.lists(st.sampled_from(LINES), min_size=1, max_size=5, unique=True))
def test_each_word_of_an_answer_ends_somewhere(kind: LetterKind, side: Side, lines: list[str]) -> None:
    office = PostOffice()
    letter = a_letter(office, kind, side)
    sender = {"From": OLIVIA} if side is Side.MENTOR else {}

    mail = office.answer(letter, "\n".join(lines), **sender)

    written = "\n".join(lines)
    where = ends(office)
    lost = [mark for mark in MARKS if mark in written and mark not in where]
    assert lost == [], f"{lost} of {lines} are lost: {mail}"


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(lines=st.lists(st.sampled_from(LINES), min_size=1, max_size=5, unique=True))
def test_no_line_is_left_to_the_mentor_twice(lines: list[str]) -> None:
    office = PostOffice()

    mail = office.answer(office.agenda(), "\n".join(lines))

    for mark in MARKS:
        assert sum(mark in line for line in mail.left) <= 1


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(lines=st.lists(st.sampled_from(LINES), min_size=1, max_size=5, unique=True))
def test_what_a_mail_changed_stands_in_one_entry_of_the_trail(lines: list[str]) -> None:
    office = PostOffice()
    letter = office.agenda()
    before = len(office.every(CHANGES))

    mail = office.answer(letter, "\n".join(lines))

    entries = office.every(CHANGES)[before:]
    changed = any(reading.source.ref == mail.id for reading in office.every(READINGS)) or office.every(AGENDA_ITEMS)
    assert len(entries) == bool(changed)
