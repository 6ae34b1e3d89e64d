"""A feedback form that is answered with other labels than its own, or with two plain lines."""

import pytest

from okrmate.reply.forms import feedback


@pytest.mark.parametrize(
    ("text", "positive", "suggestion"),
    [
        ("Pros: you listened\nCons: too long", "you listened", "too long"),
        ("Pro: Fragen\nKontra: zu lang", "Fragen", "zu lang"),
        ("What was good: your calm\nWhat would make it better: another room", "your calm", "another room"),
        ("良かった点：質問\n提案：短く", "質問", "短く"),
        ("Good was your calm.\nBetter would be another room.", "Good was your calm.", "Better would be another room."),
        ("Great questions\nA bit shorter please", "Great questions", "A bit shorter please"),
        ("Less slides please\nNice examples", "Nice examples", "Less slides please"),
    ],
)
def test_the_two_halves_are_known_by_other_words_too(text: str, positive: str, suggestion: str) -> None:
    given = feedback(text)

    assert (given.positive, given.suggestion, given.left) == ((positive,), (suggestion,), ())


@pytest.mark.parametrize(
    "above",
    ["Good luck with your move!", "Great to be ill at last", "Good, not great", "Great, my mum died", "Nice day!"],
)
def test_a_line_that_is_no_praise_of_the_talk_is_not_sealed(above: str) -> None:
    given = feedback(f"{above}\nPlease start on time")

    assert (given.positive, given.left) == ((), (above,))
