"""Which questions of the bank come next in a talk."""

from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.people import Side
from okrmate.domain.questions import AT_A_TIME, RESTS_FOR, BankQuestion, Moment, Turn, moment_of, to_ask, to_think_over
from okrmate.services.mentoring.question_bank import bank
from tests.fakes import MemoryStore

BANK = bank(MemoryStore())
BY_ID = {each.id: each for each in BANK}
OPEN = BankQuestion(id="a", moment=Moment.CAREER, to=Side.PROTEGE, text="A?")
MOMENTS = {
    Moment.PLANNING: (2, 0),
    Moment.PROGRESS: (4, 0),
    Moment.COACHING: (2, 3),
    Moment.UPWARD: (3, 0),
    Moment.CAREER: (4, 0),
    Moment.CLOSING: (4, 8),
}


def ids(turn: Turn) -> list[str]:
    return [each.id for each in to_ask(BANK, turn)]


def test_the_bank_has_thirty_questions_by_moment_and_each_in_both_languages() -> None:
    german = bank(MemoryStore(), "de")

    assert {
        moment: (
            sum(each.moment is moment and each.to is Side.PROTEGE for each in BANK),
            sum(each.moment is moment and each.private for each in BANK),
        )
        for moment in Moment
    } == MOMENTS
    assert [(each.id, each.moment, each.to) for each in german] == [(each.id, each.moment, each.to) for each in BANK]
    assert not {each.text for each in german} & {each.text for each in BANK}


def test_a_talk_asks_one_question_of_its_moment_and_one_of_another_and_a_third_where_there_are_few_numbers() -> None:
    cases = (
        (Turn(moment=Moment.PROGRESS, number=3, key_results=4), ["progress-1", "coach-ask-1"]),
        (Turn(moment=Moment.PROGRESS, number=4, key_results=1), ["progress-1", "upward-1", "progress-2"]),
        (Turn(moment=Moment.CLOSING, number=5, key_results=3), ["close-self-1", "career-1"]),
        (Turn(moment=Moment.PLANNING, number=2, key_results=2), ["plan-1", "career-1"]),
        (Turn(moment=Moment.PROGRESS, number=3, key_results=4, asked={"progress-1": 4}), ["progress-2", "coach-ask-1"]),
        (Turn(moment=Moment.PROGRESS, number=3, key_results=4, pinned=["career-4"]), ["career-4", "progress-1"]),
        (Turn(moment=Moment.PROGRESS, number=3, key_results=4, out=["progress-1"]), ["progress-2", "coach-ask-1"]),
        (Turn(moment=Moment.PROGRESS, number=3, key_results=4, pinned=["coach-prep-1"]), ["progress-1", "coach-ask-1"]),
    )

    for turn, expected in cases:
        assert ids(turn) == expected, turn
    assert moment_of(active=True, drafted=True, closing=False) is Moment.PROGRESS
    assert moment_of(active=False, drafted=True, closing=False) is Moment.PLANNING
    assert moment_of(active=False, drafted=False, closing=False) is Moment.COACHING


@given(
    moment=st.sampled_from(Moment),
    number=st.integers(1, 60),
    key_results=st.integers(0, 12),
    asked=st.dictionaries(st.sampled_from([each.id for each in BANK]), st.integers(1, 9)),
    pinned=st.lists(st.sampled_from([each.id for each in BANK]), max_size=2, unique=True),
    out=st.sets(st.sampled_from([each.id for each in BANK])),
)
def test_no_question_comes_twice_too_early_or_is_private(
    moment: Moment, number: int, key_results: int, asked: dict[str, int], pinned: list[str], out: set[str]
) -> None:
    turn = Turn(moment=moment, number=number, key_results=key_results, asked=asked, pinned=pinned, out=out)
    found = ids(turn)

    assert len(found) == len(set(found)) <= AT_A_TIME + 1
    assert not any(BY_ID[each].private or each in out for each in found)
    assert all(asked.get(each, RESTS_FOR + 1) > RESTS_FOR for each in found if each not in pinned)


def test_her_own_question_is_another_one_each_time_and_one_of_the_closing_near_the_end() -> None:
    during = [to_think_over(BANK, Turn(moment=Moment.PROGRESS, number=number)) for number in range(1, 4)]
    near_the_end = to_think_over(BANK, Turn(moment=Moment.CLOSING, number=1))

    assert len({each.id for each in during if each}) == 3
    assert all(each and each.private and each.moment is Moment.COACHING for each in during)
    assert near_the_end is not None
    assert near_the_end.moment is Moment.CLOSING
    assert (
        to_think_over(
            [BankQuestion(id="a", moment=Moment.CAREER, to=Side.PROTEGE, text="A?")],
            Turn(moment=Moment.CAREER, number=1),
        )
        is None
    )
