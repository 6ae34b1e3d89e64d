"""Text that a reader cannot see: it changes nothing, reaches the mentor, and holds no answer that is seen."""

import pytest

from okrmate.domain.letters import IncomingState
from okrmate.services.tables import READINGS
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.mark.parametrize(
    ("html", "value", "state", "left"),
    [
        ("<p>1.1: 3</p><font color='#ffffff' size='1'>ᐧ</font>", "3", IncomingState.APPLIED, ()),
        ("<p>1.1: 3</p><img width=1 height=1 src='https://t.example/p.gif'>", "3", IncomingState.APPLIED, ()),
        (
            "<p style='color:white'>1.2: 90%</p><p>1.1: 3</p>",
            "3",
            IncomingState.APPLIED,
            ("not seen in the mail: 1.2: 90%",),
        ),
        (
            "<p>1.1: 3<span style='color:#fff'>0</span></p>",
            "3",
            IncomingState.APPLIED,
            ("not seen in the mail: 1.1: 30",),
        ),
        ("<p style='color:white'>1.1: 3</p>", "", IncomingState.HELD, ()),
        ("<p style='color:white'>1.1: 3</p><p>Sent from my iPhone</p>", "", IncomingState.HELD, ()),
        ("<p style='color:white'>1.1: 3</p><blockquote>Where does it stand?</blockquote>", "", IncomingState.HELD, ()),
    ],
)
def test_what_is_not_seen_changes_nothing_and_holds_no_answer_that_is(
    office: PostOffice, html: str, value: str, state: IncomingState, left: tuple[str, ...]
) -> None:
    mail = office.answer(office.agenda(), html, Content_Type="text/html; charset=utf-8")

    assert (mail.state, mail.left) == (state, left)
    assert office.values() == {"1.1": value, "1.2": "", "1.3": ""}
    assert len(office.every(READINGS)) == bool(value)
