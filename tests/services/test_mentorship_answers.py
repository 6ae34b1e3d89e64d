"""Answers to the welcome that say something of the mentorship itself: they are kept, told, and can be taken back."""

import pytest

from okrmate.domain.charter import Terms
from okrmate.domain.letters import IncomingState, LetterKind, Outgoing
from okrmate.domain.people import Side
from okrmate.mail.layout import text
from okrmate.services import history
from okrmate.services.mentoring import aims, charters
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.pulses import pulses_of
from okrmate.services.reports.today import today
from tests.services.post_office import PostOffice

TERMS = Terms(rhythm="every two weeks", minutes=45, channel="video", confidentiality="It stays in this room.")


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def _welcome(office: PostOffice, pair: Pair) -> Outgoing:
    (letter,) = (each for each in office.letters(LetterKind.WELCOME) if each.mentorship == pair.mentorship.id)
    return letter


def _first(office: PostOffice, kind: LetterKind) -> Outgoing:
    """The letter of this kind to Sam, on the day it leaves within half a year."""
    for _ in range(180):
        if office.letters(kind, Side.PROTEGE):
            break
        office.clock.move(days=1)
        office.work()
    return office.letter(kind)


def test_aims_and_gain_are_kept_told_to_both_and_taken_back_by_mail(office: PostOffice) -> None:
    said = "My aims: to write; to be read\nWhat I would gain: courage"

    mail = office.answer(_welcome(office, office.pair), said)

    kept = aims.aims_of(office.store, office.pair.mentorship.id, Side.PROTEGE)
    assert kept is not None
    assert (kept.aims, kept.gain) == (("to write", "to be read"), "courage")
    assert (mail.state, mail.summary) == (IncomingState.APPLIED, "aims; gain")
    assert 'Your aim: "to write"' in office.said_to(mail)
    assert office.said_to(mail).count("courage") == 1
    assert any("to write" in need.what for need in today(office.desk, office.rules).needs)

    office.answer(office.acknowledgement(mail), "I would gain: patience")
    office.answer(office.acknowledgement(mail), "undo")

    assert aims.aims_of(office.store, office.pair.mentorship.id, Side.PROTEGE) is None


def test_free_words_are_an_aim_and_later_ones_take_their_place(office: PostOffice) -> None:
    welcome = _welcome(office, office.pair)
    office.answer(welcome, "To be asked back as a speaker.\nWhat I would gain: courage")

    office.answer(welcome, "My aims: to earn from teaching")

    kept = aims.aims_of(office.store, office.pair.mentorship.id, Side.PROTEGE)
    assert kept is not None
    assert (kept.aims, kept.gain) == (("to earn from teaching",), "courage")


def test_agree_is_a_yes_to_the_charter_as_the_welcome_says_it(office: PostOffice) -> None:
    kim = office.with_person(name="kim", reviewed=True)
    charters.word_charter(office.desk, kim, TERMS)
    aims.write_aims(office.desk, kim, Side.MENTOR, aims=("To see you hold a room.",), gain="How product work feels.")
    office.work()
    letter = _welcome(office, kim)
    said = text(letter.blocks)

    mail = office.answer(letter, "agree", From="Kim <kim@example.net>")

    assert all(
        words in said for words in ("45 minutes at a time, every two weeks", "this room", "hold a room", "feels")
    )
    charter = charters.charter_of(office.store, kim.mentorship.id)
    assert charter is not None
    assert charter.agreed
    assert charter.terms == TERMS
    assert "work together: agreed" in office.said_to(mail)
    history.undo(office.desk)
    charter = charters.charter_of(office.store, kim.mentorship.id)
    assert charter is not None
    assert not charter.agreed_by(Side.PROTEGE)


def test_a_yes_to_words_that_have_changed_since_is_none(office: PostOffice) -> None:
    welcome = _welcome(office, office.pair)
    charters.word_charter(office.desk, office.pair, TERMS)
    office.clock.move(minutes=1)
    charters.word_charter(office.desk, office.pair, Terms(minutes=90))

    mail = office.answer(welcome, "agree")

    charter = charters.charter_of(office.store, office.pair.mentorship.id)
    assert charter is not None
    assert not charter.agreed_by(Side.PROTEGE)
    assert "earlier wording" in office.said_to(mail)
    assert mail.left == ("agree",)


def test_where_no_charter_was_worded_agree_is_to_what_the_letter_said(office: PostOffice) -> None:
    office.answer(_welcome(office, office.pair), "agree")

    charter = charters.charter_of(office.store, office.pair.mentorship.id)
    assert charter is not None
    assert charter.agreed
    assert charter.terms == Terms(minutes=60)


def test_the_pulse_is_kept_at_half_time_and_at_the_close_told_to_both_and_can_be_corrected(office: PostOffice) -> None:
    half_time = _first(office, LetterKind.MID_CYCLE)
    office.answer(half_time, "Helpful, 1 to 5: 3 because you ask\nWhat would make it one higher: more time")
    mail = office.answer(half_time, "Helpful, 1 to 5: 4, you ask well")
    hers = office.answer_of_mentor(office.letter(LetterKind.MID_CYCLE, Side.MENTOR), "Helpful, 1 to 5: 5")
    office.answer(_first(office, LetterKind.CLOSING), "Helpful, 1 to 5: 5")

    pulses = [
        (str(each.moment), each.by, each.helpful, each.because, each.one_higher)
        for each in pulses_of(office.store, office.pair.mentorship.id)
    ]
    assert pulses == [
        ("mid-cycle", Side.PROTEGE, 4, "you ask well", "more time"),
        ("mid-cycle", Side.MENTOR, 5, "", ""),
        ("close", Side.PROTEGE, 5, "", ""),
    ]
    assert "How helpful it is to you: 4 of 5" in office.said_to(mail)
    assert mail.left == ("you ask well",)
    assert 'Sam said 4 of 5 In their words: "you ask well"' in office.said_to(hers)
    assert hers.left == ()
