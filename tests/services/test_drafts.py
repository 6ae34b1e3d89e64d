"""Pasted OKRs made ready for a draft: titles that read well beside their numbers."""

from decimal import Decimal

import pytest

from okrmate.domain.metrics import MetricKind
from okrmate.reply.drafts import draft_okrs
from okrmate.services.mentoring.drafts import as_new


@pytest.mark.parametrize(
    ("line", "title", "target"),
    [
        ("Invitations to speak, from 1 to 6", "Invitations to speak", "6"),
        ("Invitations to speak from 1 to 6", "Invitations to speak", "6"),
        ("Invitations nobody asked for go from 1 to 6.", "Invitations nobody asked for", "6"),
        ("Listeners who rate the talk 4 or 5, from 62 % to 80 %", "Listeners who rate the talk 4 or 5", "80"),
        ("Besucher am Abend steigen von 35 auf 60", "Besucher am Abend", "60"),
        ("Newsletter subscribers 40 -> 200", "Newsletter subscribers", "200"),
        ("Listeners who rate the talk 4 or 5: 62 % → 80 %", "Listeners who rate the talk 4 or 5", "80"),
        ("Course revenue €4,000 => €12,000", "Course revenue", "12000"),
        ("Conferences that ask us: at least 30 % (now 10 %)", "Conferences that ask us", "30"),
        ("Hours until an answer: at most 4 (now 9)", "Hours until an answer", "4"),
    ],
)
def test_a_title_ends_where_its_numbers_begin(line: str, title: str, target: str) -> None:
    (objective,) = as_new(draft_okrs(f"O: Be heard\nKR: {line}"))
    (key_result,) = objective.key_results

    assert (key_result.title, key_result.target) == (title, Decimal(target))


@pytest.mark.parametrize(
    "line",
    [
        "Talk portfolio live",
        "6 invitations to speak",
        "Invitations go from 1 to 6 (stretch 8)",
        "Move the archive from Malmö to Lund",
        "From 1 to 6",
        "Move the archive from Malmö → Lund",
        "A new bench, at least 30 people want it",
    ],
)
def test_what_was_not_understood_as_a_measure_stays_in_the_title(line: str) -> None:
    (objective,) = as_new(draft_okrs(f"O: Be heard\nKR: {line}"))

    assert [each.title for each in objective.key_results] == [line]


def test_a_line_without_a_number_is_something_to_be_made() -> None:
    (objective,) = as_new(draft_okrs("O: Be heard\nKR: Talk portfolio live"))

    assert [each.kind for each in objective.key_results] == [MetricKind.MILESTONE]
