"""The word tables: every language has the lists without which it could not be read safely."""

import pytest

from okrmate.reply.lexicon import ESSENTIAL, LANGUAGES, lexicon, table
from okrmate.reply.updates import Op, Update
from tests.reply.samples import read_line


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_lists_that_reading_safely_needs(language: str) -> None:
    spoken = table(language)
    empty = {"half", "rest"} if language == "ja" else set()
    assert [name for name in ESSENTIAL if not spoken.get(name) and name not in empty] == []
    assert spoken["numbers"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_done_word_completes_and_every_almost_before_it_does_not(language: str) -> None:
    done = table(language)["done"]
    assert isinstance(done, list)
    (update,) = read_line(f"1.2 {done[0]}", locale=language)
    assert isinstance(update, Update)
    assert update.op is Op.DONE
    almost = table(language)["almost"]
    assert isinstance(almost, list)
    for word in almost:
        said = read_line(f"1.2 {word} {done[0]}", locale=language)
        assert not [one for one in said if isinstance(one, Update) and one.op is Op.DONE], word


def test_a_word_means_what_ones_own_language_says_first() -> None:
    assert lexicon("sv").starts("blocked", "fast") == len("fast")
    assert lexicon("de").starts("blocked", "fast") == -1
