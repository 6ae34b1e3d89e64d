"""Markers: known ones fill themselves, what was set stands until something happens, and the rest is the pair's own."""

from datetime import date

from okrmate.domain.markers import Facts, Marker, MarkerKind, steps
from okrmate.domain.people import Side

BEGUN, ENDS = date(2026, 10, 1), date(2026, 12, 30)
PORTO = Marker(
    id="m1", mentorship="pair1", kind=MarkerKind.OWN, title="talk in Porto", on=date(2026, 12, 12), by=Side.PROTEGE
)


def test_known_markers_fill_themselves_and_stand_by_day_with_the_pairs_own() -> None:
    facts = Facts(first_talk=date(2026, 9, 28), talked=True, agreed_on=BEGUN, ends=ENDS)

    found = [(step.title, step.on, step.reached) for step in steps(facts, [PORTO])]

    assert found == [
        ("first meeting", date(2026, 9, 28), True),
        ("OKRs agreed", BEGUN, True),
        ("mid-term", date(2026, 11, 15), False),
        ("talk in Porto", date(2026, 12, 12), False),
        ("close", ENDS, False),
    ]


def test_a_day_that_was_set_stands_until_the_step_happens() -> None:
    wanted = Marker(id="m2", mentorship="pair1", kind=MarkerKind.MID_TERM, on=date(2026, 11, 19))
    ahead = Facts(agreed_on=BEGUN, ends=ENDS)
    happened = Facts(agreed_on=BEGUN, ends=ENDS, pulse_on=date(2026, 11, 21))

    (before,) = (step for step in steps(ahead, [wanted]) if step.kind is MarkerKind.MID_TERM)
    (after,) = (step for step in steps(happened, [wanted]) if step.kind is MarkerKind.MID_TERM)

    assert (before.on, before.reached, before.late(date(2026, 11, 20))) == (date(2026, 11, 19), False, True)
    assert (after.on, after.reached, after.late(date(2026, 12, 20))) == (date(2026, 11, 21), True, False)


def test_without_a_talk_or_a_set_every_known_marker_is_there_without_a_day() -> None:
    found = steps(Facts(), [])

    assert [(step.kind, step.on, step.reached) for step in found] == [
        (kind, None, False) for kind in MarkerKind if kind is not MarkerKind.OWN
    ]
