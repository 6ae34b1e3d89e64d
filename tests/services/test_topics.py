"""The agenda's own question, what somebody would most like to talk about, answered by a topic."""

import pytest

from okrmate.services.tables import AGENDA_ITEMS
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def items(office: PostOffice) -> list[tuple[str, int | None]]:
    return [(each.text, each.minutes) for each in office.every(AGENDA_ITEMS)]


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("I'd like to talk about my salary", ("my salary", None)),
        ("Hi Olivia,\n\nLet's talk about the conference (10 min).\n\nBest\nSam", ("the conference", 10)),
        ("Me gustaría hablar de mi sueldo", ("mi sueldo", None)),
    ],
)
def test_a_topic_goes_on_the_list(office: PostOffice, said: str, topic: tuple[str, int | None]) -> None:
    office.answer(office.agenda(), said)

    assert items(office) == [topic]


@pytest.mark.parametrize(
    "said",
    [
        "I'd rather talk about the promotion this time, the rest can wait",
        "I'd like to talk about my divorce",
        "I'd like to talk about my salary, but not with Anna",
        "I'd like to talk about something else",
        "Can we talk about it?",
        "My week was long. I'd like to talk about my salary",
    ],
)
def test_prose_is_for_the_mentor_to_read(office: PostOffice, said: str) -> None:
    mail = office.answer(office.agenda(), said)

    assert (items(office), " ".join(mail.left)) == ([], said)
