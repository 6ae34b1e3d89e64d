"""Why a letter is due, in words."""

from datetime import UTC, datetime

import pytest

from okrmate.cli.plan import why
from okrmate.domain.letters import LetterKind
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services.letters.due import Due, Variant
from okrmate.services.mentoring.mentorships import Pair
from tests.builders import NOW, a_meeting, a_mentorship, a_protege

AGENDA = Due(
    key="key",
    kind=LetterKind.AGENDA,
    to=Side.PROTEGE,
    pair=Pair(protege=a_protege(), mentorship=a_mentorship()),
    due_at=datetime(2026, 3, 9, 8, tzinfo=UTC),
    useful_until=datetime(2026, 3, 12, 12, tzinfo=UTC),
    meeting=a_meeting(number=2),
)
TALK = "talk 2 on Thu 12 Mar"


def test_an_agenda_is_due_three_days_before_its_talk() -> None:
    assert why(AGENDA, "Europe/Madrid") == f"three days before {TALK}"


def test_an_agenda_of_a_weekend_says_why_it_leaves_on_friday() -> None:
    friday = replace(AGENDA, due_at=datetime(2026, 3, 6, 8, tzinfo=UTC))

    assert why(friday, "Europe/Madrid") == f"the Friday before, as three days before {TALK} is a weekend"


def test_an_agenda_of_a_talk_that_is_too_near_leaves_at_once() -> None:
    late = replace(AGENDA, due_at=datetime(2026, 3, 10, 8, tzinfo=UTC))

    assert why(late, "Europe/Madrid") == f"at once, since {TALK} is nearer than three days"


@pytest.mark.parametrize(
    ("kind", "variant", "reason"),
    [
        (LetterKind.INVITATION, Variant.NORMAL, f"{TALK} is planned"),
        (LetterKind.INVITATION, Variant.MOVED, f"{TALK} is moved there"),
        (LetterKind.INVITATION, Variant.CANCELLED, f"{TALK} is cancelled"),
        (LetterKind.FEEDBACK, Variant.NORMAL, f"{TALK} is over"),
        (LetterKind.FEEDBACK, Variant.REMINDER, f"two days without an answer on {TALK}"),
        (LetterKind.EXCHANGE, Variant.BOTH, f"both sides have written on {TALK}"),
        (LetterKind.EXCHANGE, Variant.ONE_SIDE, f"one side is silent five days after {TALK}"),
    ],
)
def test_each_letter_of_a_talk_has_its_reason(kind: LetterKind, variant: Variant, reason: str) -> None:
    assert why(replace(AGENDA, kind=kind, variant=variant), "Europe/Madrid") == reason


def test_a_welcome_is_due_because_somebody_was_added() -> None:
    welcome = replace(AGENDA, kind=LetterKind.WELCOME, meeting=None, due_at=NOW)

    assert why(welcome, "Europe/Madrid") == "Sam Ortiz was added on Mon 02 Mar"
