"""What a person wrote that no rule has a use for: the words of an answer that go to the mentor as they stand."""

from collections.abc import Iterator

from okrmate.reply.forms import AgendaWords, FeedbackWords
from okrmate.reply.sentences import sentences
from okrmate.reply.understood import Understood

MERE_ANSWER = 3
"""Words of a sentence that says whether somebody comes and nothing besides."""


def words_left(understood: Understood, *, draft_kept: bool = False) -> Iterator[str]:
    """The words for the mentor, piece by piece; a draft of goals that was not kept is left whole, as it was written."""
    if not draft_kept and understood.welcome is not None and understood.welcome.draft is not None:
        yield from understood.words.everything.splitlines()
        return
    left = tuple(_pieces(understood))
    yield from left
    if understood.rsvp is not None:
        said = [one for line in understood.words.text.splitlines() for one in sentences(line)]
        yield from (one for one in said if len(one.split()) > MERE_ANSWER and not any(one in piece for piece in left))


def _pieces(understood: Understood) -> Iterator[str]:
    if understood.agenda is not None:
        yield from _agenda(understood.agenda)
    for advice in understood.advice:
        yield " → ".join(filter(None, [advice.did, advice.impact]))
    yield from understood.answers.values()
    yield from understood.wishes
    yield from understood.held
    yield from understood.left


def _agenda(words: AgendaWords) -> Iterator[str]:
    yield from (f"off the agenda: {number}" for number in words.remove)
    yield from (f"move on the agenda: {number} to {place}" for number, place in words.move)
    yield from (words.remark, words.reschedule_request, *words.left)


def feedback_left(words: FeedbackWords) -> Iterator[str]:
    """The words of a form that are not kept as feedback: there was no talk, or both have read each other's already."""
    yield from (*words.positive, *words.suggestion, *words.left)
