"""Whatever somebody writes, the coach answers soon, and the words it shows stand where it says."""

from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.coach import Finding
from okrmate.domain.coach_key_results import judge_key_result
from okrmate.domain.coach_objectives import judge_objective
from okrmate.domain.people import LANGUAGES
from okrmate.services.coaching.words import words_for

LANGUAGE = st.sampled_from(LANGUAGES)
PIECES = st.sampled_from(
    [
        "by",
        "the end of",
        "June",
        "İstanbul",
        "5 → 6",
        "20 %",
        "more",
        "colleagues",
        "who",
        ", die",
        "Jeden",
        "proben",
        "ẞ",
    ]
)
TITLES = st.text() | st.lists(PIECES, min_size=1).map(" ".join)


def judged(title: str, language: str) -> tuple[Finding, ...]:
    words = words_for(title, language)
    return (*judge_objective(title, words), *judge_key_result(title, None, words))


@given(title=TITLES, language=LANGUAGE)
def test_the_words_of_a_finding_stand_at_their_place(title: str, language: str) -> None:
    for each in judged(title, language):
        if each.words:
            assert each.words.text
            assert title[each.words.begin :].startswith(each.words.text)


@given(title=TITLES, language=LANGUAGE)
def test_a_title_draws_each_finding_at_most_once(title: str, language: str) -> None:
    names = [each.name for each in judged(title, language)]
    assert len(names) == len(set(names))
