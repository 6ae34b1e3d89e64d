"""What answers a feedback form, or the question for the half of one; nothing in it changes a key result."""

from collections.abc import Sequence
from dataclasses import replace

from okrmate.domain.letters import Block, Question
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.forms import FeedbackWords
from okrmate.reply.forms import feedback as feedback_words
from okrmate.reply.gathering import Gathering
from okrmate.reply.understood import Understood

HALVES = ("positive", "suggestion")


def half_asked(blocks: Sequence[Block]) -> str:
    """The half of a form that a letter asks for by name, empty where it asks for none or both."""
    return next((block.id for block in blocks if isinstance(block, Question) and block.id in HALVES), "")


def feedback(lines: Sequence[str], reply: Gathering, given: Understood) -> Understood:
    """The two halves; words without a sign are the half that was asked for by name, a thanks is none."""
    found = feedback_words("\n".join(lines), reply.context.locale)
    for half in HALVES:
        found = _with(found, half, reply.take(half))
    left = found.left
    asked = half_asked(reply.blocks)
    if asked and not found:
        beside = [one for one in left if reply.lexicon.starts("sign_off", fold(one[:MAX_LINE])) >= 0 or reply.says(one)]
        found = _with(found, asked, *(one for one in left if one not in beside))
        left = tuple(beside)
    reply.key_results(left, held=True)
    return replace(given, feedback=replace(found, left=()))


def _with(given: FeedbackWords, half: str, *said: str) -> FeedbackWords:
    words = tuple(one for one in said if one)
    if half == "positive":
        return replace(given, positive=(*given.positive, *words))
    return replace(given, suggestion=(*given.suggestion, *words))
