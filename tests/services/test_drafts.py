"""Pasted OKRs made ready for a draft: titles that read well beside their numbers."""

from datetime import timedelta
from decimal import Decimal

import pytest

from okrmate.domain.letters import Incoming, IncomingState
from okrmate.domain.metrics import MetricKind
from okrmate.frozen import replace
from okrmate.reply.drafts import draft_okrs
from okrmate.services.mentoring.drafts import as_new, drafted_by_mail
from okrmate.services.mentoring.mentorships import Pair, pairs
from okrmate.services.mentoring.okrs import import_objectives
from okrmate.services.tables import INCOMING
from tests.builders import NOW, an_incoming
from tests.services.rooms import Office


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
        ("Hours of sleep: between 7 and 9", "Hours of sleep", "7"),
    ],
)
def test_a_title_ends_where_its_numbers_begin(line: str, title: str, target: str) -> None:
    (objective,) = as_new(draft_okrs(f"O: Be heard\nKR: {line}"))
    (key_result,) = objective.key_results

    assert (key_result.title, key_result.target) == (title, Decimal(target))
    assert key_result.upper == (Decimal(9) if "between" in line else None)


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


SENT = ("Something like this?", "O: Be heard", "KR: Talks accepted, from 0 to 3", "KR: Portfolio live")
DRAFT = "O: Be heard\nKR: Talks accepted, from 0 to 3\nKR: Portfolio live"


@pytest.fixture
def office() -> Office:
    office = Office()
    office.with_person()
    keep(office, a_draft("first"))
    return office


@pytest.fixture
def pair(office: Office) -> Pair:
    (found,) = pairs(office.store)
    return found


def a_draft(name: str, left: tuple[str, ...] = SENT, *, hours: int = 0) -> Incoming:
    mail = an_incoming(id=name, mentorship="sam-pair", received_at=NOW + timedelta(hours=hours), left=left)
    return replace(mail, state=IncomingState.HELD)


def keep(office: Office, *mails: Incoming) -> None:
    with office.store.transaction() as work:
        for mail in mails:
            work.put(INCOMING, mail)


def test_a_draft_that_came_by_mail_is_found_without_the_words_around_it(office: Office, pair: Pair) -> None:
    assert drafted_by_mail(office.store, pair) == DRAFT


def test_of_two_drafts_the_newer_counts_and_one_that_was_put_away_does_not(office: Office, pair: Pair) -> None:
    put_away = replace(a_draft("newest", ("O: Shout",), hours=2), state=IncomingState.DISMISSED)
    keep(office, a_draft("newer", ("O: Be asked",), hours=1), put_away)

    assert drafted_by_mail(office.store, pair) == "O: Be asked"


def test_a_draft_in_a_mail_that_nothing_vouches_for_waits_for_the_mentors_word(office: Office, pair: Pair) -> None:
    keep(office, replace(a_draft("first"), unproven=True))

    assert drafted_by_mail(office.store, pair) == ""


def test_a_draft_by_mail_is_offered_until_there_are_okrs(office: Office, pair: Pair) -> None:
    import_objectives(office.desk, pair, as_new(draft_okrs(DRAFT)))

    assert drafted_by_mail(office.store, pair) == ""
