"""What people write of their goals: a draft, consent, wishes, and what they say at the end of them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from okrmate.domain.letters import IncomingState, LetterKind, Outgoing
from okrmate.domain.okrs import OkrSet, OkrSetState
from okrmate.domain.people import Side
from okrmate.domain.pulse import Pulse
from okrmate.frozen import replace
from okrmate.mail.layout import text
from okrmate.services.mentoring import altering, closing, deciding, okrs, proposals, steps
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.reports.today import today
from okrmate.services.tables import CLOSINGS, OKR_SETS, PROPOSALS, PULSES, READINGS
from tests.services.post_office import PostOffice

DRAFT = "read\n\nO: Be asked to speak\nKR: Invitations: 1 -> 6\nKR: 20 % more first visitors\nKR: Practise on Sundays"


@pytest.fixture(name="office")
def an_office() -> PostOffice:
    return PostOffice()


@pytest.fixture(name="kim")
def a_pair_without_goals(office: PostOffice) -> Pair:
    kim = office.with_person(name="kim", reviewed=True)
    office.work()
    return kim


def sent(office: PostOffice, kind: LetterKind, pair: Pair, to: Side = Side.PROTEGE) -> Outgoing:
    return [each for each in office.letters(kind, to) if each.mentorship == pair.mentorship.id][-1]


def from_kim(office: PostOffice, letter: Outgoing, words: str) -> IncomingState:
    return office.answer(letter, words, From="Kim <kim@example.net>").state


def the_set(office: PostOffice, pair: Pair) -> OkrSet:
    return office.store.find(OKR_SETS, "mentorship", pair.mentorship.id)[-1]


def until(office: PostOffice, kind: LetterKind, pair: Pair, to: Side = Side.PROTEGE) -> Outgoing:
    """The letter of this kind, once enough days have gone by."""
    for _ in range(20):
        if any(each.mentorship == pair.mentorship.id and each.sent_at for each in office.letters(kind, to)):
            break
        office.clock.move(days=6)
        office.work()
    return sent(office, kind, pair, to)


def test_a_draft_by_mail_is_kept_as_it_is_with_one_good_thing_and_one_question(office: PostOffice, kim: Pair) -> None:
    assert from_kim(office, sent(office, LetterKind.WELCOME, kim), DRAFT) is IncomingState.APPLIED

    found = okrs.current_outline(office.store, kim.mentorship.id)
    assert found is not None
    titles = ["Invitations", "20 % more first visitors", "Practise on Sundays"]
    assert [each.key_result.title for each in found.standings] == titles
    coach = sent(office, LetterKind.COACH, kim)
    lines = text(coach.blocks).splitlines()
    assert lines[:2] == ["Draft kept: 1 objective, 3 key results.", "Be asked to speak"]
    assert "The primer: read" in lines
    assert sum(line.startswith("Good: ") for line in lines) == sum("?" in line for line in lines) - 1 == 1

    from_kim(office, coach, "O: Be heard\nKR: 4 proposals taken up (now 0)")
    assert [each.number for each, _ in okrs.outline(office.store, the_set(office, kim)).objectives] == [1, 2]
    from_kim(office, sent(office, LetterKind.COACH, kim), "undo")
    assert [each.number for each, _ in okrs.outline(office.store, the_set(office, kim)).objectives] == [1]


def test_both_agree_by_reply_to_the_words_as_they_stand(office: PostOffice, kim: Pair) -> None:
    from_kim(office, sent(office, LetterKind.WELCOME, kim), DRAFT)
    altering.edit(office.desk, kim, [altering.Drop(ref="1.3")], "it is yours to do")
    steps.refine(office.desk, kim)
    office.work()
    summary = sent(office, LetterKind.REFINE_SUMMARY, kim)
    assert summary.subject == f"Re: {sent(office, LetterKind.WELCOME, kim).subject}"
    assert "“" not in text(summary.blocks)
    assert '"Practise on Sundays" is left out: it is yours to do' in text(summary.blocks)

    from_kim(office, summary, "I would rather count talks than invitations")
    (wish,) = proposals.proposals(office.store, kim.mentorship.id)
    assert any(need.record == the_set(office, kim).id for need in today(office.desk, office.rules).needs)
    deciding.accept(office.desk, wish.id, [altering.Reword(ref="1.1", title="Talks")])
    assert from_kim(office, summary, "agree") is IncomingState.APPLIED
    assert the_set(office, kim).state is OkrSetState.DRAFT

    steps.refine(office.desk, kim)
    office.work()
    from_kim(office, sent(office, LetterKind.REFINE_SUMMARY, kim), "Agree, thanks!")
    begun = the_set(office, kim)
    assert (begun.state, begun.override) == (OkrSetState.ACTIVE, "")


def test_at_half_time_both_are_asked_and_a_wish_becomes_a_proposal(office: PostOffice) -> None:
    letter = until(office, LetterKind.MID_CYCLE, office.pair)
    begun = the_set(office, office.pair)
    assert begun.activated_at is not None
    assert letter.due_at.date() == date(2026, 5, 1)
    assert until(office, LetterKind.MID_CYCLE, office.pair, Side.MENTOR).sent_at

    mail = office.answer(letter, "Helpful, 1 to 5: 4, you wait\nb")
    assert mail.state is IncomingState.APPLIED
    office.answer_of_mentor(sent(office, LetterKind.MID_CYCLE, office.pair, Side.MENTOR), "5")

    assert {(each.by, each.helpful) for each in office.every(PULSES)} == {(Side.PROTEGE, 4), (Side.MENTOR, 5)}
    assert [each.words for each in office.every(PROPOSALS)] == ["make them fewer or smaller"]
    assert isinstance(office.every(PULSES)[0], Pulse)


def test_at_the_end_learning_scores_and_what_goes_on_are_kept_and_the_set_closes_by_itself(office: PostOffice) -> None:
    letter = until(office, LetterKind.CLOSING, office.pair)
    said = "Learned: ask the same day\nScore 1.1: 0.4, too late\nCarry over: 1.1\nDrop: 1.2\nHelpful, 1 to 5: 5"

    mail = office.answer(letter, said)

    assert mail.state is IncomingState.APPLIED
    assert "Score of KR 1.1: 0.4" in office.said_to(mail)
    (kept,) = office.every(CLOSINGS)
    assert (kept.learned, [each.score for each in kept.scores]) == ("ask the same day", [Decimal("0.4")])
    office.clock.move(days=9)
    office.work()
    closed = office.store.find(OKR_SETS, "mentorship", office.pair.mentorship.id)[0]
    assert (closed.state, closed.closed_without != "") == (OkrSetState.CLOSED, True)
    draft = the_set(office, office.pair)
    assert (draft.state, draft.follows) == (OkrSetState.DRAFT, closed.id)
    assert 'You learned: "ask the same day"' in text(until(office, LetterKind.CLOSED, office.pair).blocks)
    late = office.answer(letter, "Learned: something else")
    assert (late.state, office.every(CLOSINGS)[0].learned) == (IncomingState.HELD, "ask the same day")


@pytest.mark.parametrize(
    ("said", "asked", "then", "score"),
    [
        ("Score 1.1: 7", "so 7 of 10 is 0.7", "Score 1.1: 0.7", "0.7"),
        ("1.1: 7", "so 7 of 10 is 0.7", "1.1 0.7", "0.7"),
        ("1.1 7 out of 10", "so 7 of 10 is 0.7", "0.7", "0.7"),
        ("Score 1.1: 1.4", "so 7 of 10 is 0.7", "100 %", "1"),
        ("score 7", "Which one?", "1.1: 70%", "0.7"),
        ("Score 1.1: 7", "so 7 of 10 is 0.7", "7", ""),
        ("Score 1.1: 7", "so 7 of 10 is 0.7", "well, seven", ""),
    ],
)
def test_a_score_that_fits_no_scale_is_asked_about_once_and_its_answer_moves_no_key_result(
    office: PostOffice, said: str, asked: str, then: str, score: str
) -> None:
    mail = office.answer(until(office, LetterKind.CLOSING, office.pair), said)
    assert (mail.state, asked in office.said_to(mail)) == (IncomingState.ASKED, True)

    office.answer(office.acknowledgement(mail), then)

    scores = [f"{each.score.normalize():f}" for kept in office.every(CLOSINGS) for each in kept.scores]
    assert scores == ([score] if score else [])
    assert office.every(READINGS) == ()
    assert office.now(mail).state is (IncomingState.APPLIED if score else IncomingState.ASKED)
    assert sum("Which" in text(each.blocks) for each in office.letters(LetterKind.ACKNOWLEDGEMENT)) == 1


def test_nothing_closes_before_there_was_a_week_to_answer(office: PostOffice) -> None:
    while office.clock.now().date() < date(2026, 6, 18):
        office.clock.move(days=6)
        office.work()
    office.clock.set(datetime(2026, 6, 27, 9, tzinfo=UTC))  # asleep until four days before the end
    office.work()
    letter = sent(office, LetterKind.CLOSING, office.pair)
    assert letter.sent_at is not None
    office.clock.move(days=6)
    office.work()
    assert the_set(office, office.pair).state is OkrSetState.ACTIVE
    office.clock.move(days=1)
    office.work()
    assert the_set(office, office.pair).state is OkrSetState.CLOSED
    assert replace(closing.closing_of(office.store, the_set(office, office.pair)), final=()).learned == ""
    assert office.clock.now() - letter.sent_at >= timedelta(days=7)


@pytest.mark.parametrize(
    ("said", "wished"),
    [
        ("1.1: The target should be 4", True),
        ("the target of 1.1 should be 4", True),
        ("1.1: please make the target 4", True),
        ("I would like to change the target of KR 1.1 to 4", True),
        ("1.1: das Ziel sollte 4 sein", True),
        ("1.1: bitte das Ziel auf 4 senken", True),
        ("1.1: l'objectif devrait être 4", True),
        ("1.1: it should get better, the target is far away", False),
        ("1.1: I will reach the target in 3 weeks", False),
        ("1.1: the target should stay 5", False),
        ("1.1: should the target be 4?", False),
        ("1.1: if we had a target of 4, it would be easy", False),
        ("1.1: I met somebody at the target shop", False),
    ],
)
def test_another_target_that_is_wished_for_is_a_proposal_and_no_number(
    office: PostOffice, said: str, *, wished: bool
) -> None:
    office.answer(office.agenda(), said)

    assert [each.ref for each in office.every(PROPOSALS)] == ["1.1"] * wished
    assert office.values()["1.1"] == ""


def test_a_goal_that_may_go_is_a_proposal_whatever_letter_is_answered(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "please drop KR 1.2")

    (wish,) = office.every(PROPOSALS)
    assert (wish.ref, wish.drops, mail.state) == ("1.2", True, IncomingState.APPLIED)
    deciding.accept(office.desk, wish.id)
    assert "1.2" not in office.values()
