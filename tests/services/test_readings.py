"""Readings: what a check-in by hand takes, and the sentence it gets where a value cannot be taken."""

from datetime import timedelta
from decimal import Decimal
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest

from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.letters import IncomingState
from okrmate.domain.metrics import MetricKind, make_metric
from okrmate.frozen import replace
from okrmate.services.history import undo
from okrmate.services.incoming.review import take_typed
from okrmate.services.incoming.side_by_side import side_by_side
from okrmate.services.mentoring.readings import CheckIn, Expected, check_in, expect
from okrmate.services.tables import CHANGES, KEY_RESULTS, READINGS
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.mark.parametrize(
    ("ref", "typed", "value"),
    [
        ("1.1", "3", "3"),
        ("1.1", "+2", "3"),
        ("1.1", "done", "5"),
        ("1.1", "no change", "1"),
        ("1.1", "7", "7"),
        ("1.2", "70%", "70"),
        ("1.3", "half way", "50"),
        ("KR 1.3", "done", "100"),
    ],
)
def test_a_check_in_takes_what_a_mail_would(office: PostOffice, ref: str, typed: str, value: str) -> None:
    check_in(office.desk, office.pair, CheckIn(ref=ref, value=typed))

    assert office.values()[ref.removeprefix("KR ")] == value


def test_a_note_and_a_confidence_are_kept_beside_the_value(office: PostOffice) -> None:
    moved = check_in(office.desk, office.pair, CheckIn(ref="1.1", value="3", note="two by mail", confidence=7))

    assert [
        (each.reading.note, each.reading.confidence) for each in moved if each.before.value == each.after.value
    ] == [
        ("two by mail", None),
        ("", 7),
    ]
    assert len([change for change in office.every(CHANGES) if "check-in" in change.what]) == 1


def test_an_older_reading_is_kept_and_does_not_replace_a_newer_value(office: PostOffice) -> None:
    office.clock.move(days=3)
    check_in(office.desk, office.pair, CheckIn(ref="1.1", value="4"))

    check_in(office.desk, office.pair, CheckIn(ref="1.1", value="2", at=office.clock.now() - timedelta(days=1)))

    assert office.values()["1.1"] == "4"
    assert len(office.every(READINGS)) == 2


def test_a_mails_own_date_counts_where_it_lies_between_our_letter_and_its_arrival(office: PostOffice) -> None:
    letter = office.agenda()
    sent = letter.sent_at or letter.created_at
    office.clock.move(hours=5)
    hour, arrived = timedelta(hours=1), office.clock.now() + timedelta(minutes=1)
    written = {
        format_datetime(sent + 2 * hour): sent + 2 * hour,
        format_datetime((sent + 3 * hour).astimezone(ZoneInfo("Asia/Tokyo"))): sent + 3 * hour,
        format_datetime(sent): sent,
        format_datetime(sent - hour): arrived,
        format_datetime(arrived + hour): arrived,
        "Fri, 31 Dec 9999 23:59:59 -1200": arrived,
        "Mon, 01 Jan 0001 00:00:00 +1200": arrived,
        "yesterday, I think": arrived,
        None: arrived,
    }

    mails = [office.written(f"KR 1.1: {number}", letter, Date=date) for number, date in enumerate(written, 1)]
    for mail, at in zip(mails, written.values(), strict=True):
        office.clock.set(arrived - timedelta(minutes=1))
        office.receive(mail)
        assert office.every(READINGS)[-1].at == at

    assert office.values()["1.1"] == str(len(mails))
    assert undo(office.desk).what
    assert office.values()["1.1"] == str(len(mails) - 1)


def test_a_line_that_the_mentor_decides_on_is_as_old_as_its_mail_and_replaces_nothing_newer(office: PostOffice) -> None:
    letter = office.agenda()
    office.clock.move(hours=1)
    late = office.written("KR 1.1: 9999", letter)
    office.clock.move(hours=1)
    office.answer(letter, "KR 1.1: 4")

    mail = office.receive(late)
    (line,) = side_by_side(office.room, mail.id).open
    take_typed(office.room, mail.id, line, "+1")

    assert office.values()["1.1"] == "4"
    assert office.now(mail).state is IncomingState.APPLIED


@pytest.mark.parametrize(
    ("ref", "typed", "sentence"),
    [
        ("1.2", "130%", "0"),
        ("1.1", "-3 requests", "1.1"),
        ("1.1", "a lot", "no clear value for KR 1.1"),
        ("1.1", "", "no clear value for KR 1.1"),
        ("9.9", "3", "9.9"),
    ],
)
def test_a_value_that_cannot_be_taken_gets_a_sentence_and_stores_nothing(
    office: PostOffice, ref: str, typed: str, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        check_in(office.desk, office.pair, CheckIn(ref=ref, value=typed))

    assert office.every(READINGS) == ()


@pytest.mark.parametrize("confidence", [-1, 11])
def test_confidence_goes_from_0_to_10(office: PostOffice, confidence: int) -> None:
    with pytest.raises(UsageError, match="from 0 to 10"):
        check_in(office.desk, office.pair, CheckIn(ref="1.1", value="3", confidence=confidence))


def test_a_reading_does_not_lie_in_the_future(office: PostOffice) -> None:
    with pytest.raises(UsageError, match="future"):
        check_in(office.desk, office.pair, CheckIn(ref="1.1", value="3", at=office.clock.now() + timedelta(minutes=1)))


@pytest.mark.parametrize(
    "typed", ["3", "+2", "done", "no change", "about 4", "3 because of the poster", "blocked: Ana"]
)
def test_what_a_check_in_is_expected_to_do_is_what_it_does(office: PostOffice, typed: str) -> None:
    given = CheckIn(ref="1.1", value=typed)

    expected = expect(office.store, office.pair, given, office.clock.now())
    moved = check_in(office.desk, office.pair, given)

    assert isinstance(expected, Expected)
    assert (expected.before, expected.after) == (moved[0].before.value, moved[-1].reading.value)
    assert expected.approximate is moved[-1].after.approximate


def test_everything_that_is_typed_beside_a_value_is_told(office: PostOffice) -> None:
    typed = expect(office.store, office.pair, CheckIn(ref="1.1", value="3; Jo asked", confidence=7), office.clock.now())
    blocked = expect(office.store, office.pair, CheckIn(ref="1.1", value="blocked: no room yet"), office.clock.now())
    outlook = expect(office.store, office.pair, CheckIn(ref="1.1", value="at risk"), office.clock.now())

    assert isinstance(typed, Expected)
    assert (typed.after, typed.said, typed.confidence) == (Decimal(3), ("Jo asked",), 7)
    assert isinstance(blocked, Expected)
    assert (blocked.after, blocked.said) == (None, ("blocked: no room yet",))
    assert isinstance(outlook, Expected)
    assert outlook.said == ("at risk",)


@pytest.mark.parametrize(("ref", "typed"), [("1.1", "-3"), ("1.1", "a lot"), ("1.2", "130%"), ("1.3", "")])
def test_what_a_check_in_would_not_take_is_told_before_in_the_same_words(
    office: PostOffice, ref: str, typed: str
) -> None:
    given = CheckIn(ref=ref, value=typed)

    expected = expect(office.store, office.pair, given, office.clock.now())
    with pytest.raises(UsageError) as refused:
        check_in(office.desk, office.pair, given)

    assert isinstance(expected, Refusal)
    assert expected.sentence == str(refused.value)


def test_a_month_that_is_counted_grows_from_the_last_one_counted(office: PostOffice) -> None:
    key_result = next(each for each in office.every(KEY_RESULTS) if each.ref == "1.1")
    growth = make_metric(MetricKind.MOM_GROWTH, target=Decimal(10), unit="attendees", previous=Decimal(40))
    assert not isinstance(growth, Refusal)
    with office.desk.store.transaction() as tx:
        tx.put(KEY_RESULTS, replace(key_result, metric=growth))

    grown = []
    for days, typed in ((0, "44 attendees"), (3, "46 attendees"), (31, "69 attendees")):
        office.clock.move(days=days)
        check_in(office.desk, office.pair, CheckIn(ref="1.1", value=typed))
        grown.append(office.values()["1.1"])

    assert grown == ["10", "15", "50"]
