"""What answers a feedback form, or the question for the half of one; nothing in it changes a key result."""

from collections.abc import Iterator, Sequence

from okrmate.domain.letters import Block, Question
from okrmate.frozen import replace
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.forms import FeedbackWords, may_be_half, personal
from okrmate.reply.forms import feedback as feedback_words
from okrmate.reply.gathering import Gathering
from okrmate.reply.sentences import sentences
from okrmate.reply.understood import Understood

HALVES = frozenset({"positive", "suggestion"})


def half_asked(blocks: Sequence[Block]) -> str:
    """The half of a form that a letter asks for by name, empty where it asks for none or both."""
    return next((block.id for block in blocks if isinstance(block, Question) and block.id in HALVES), "")


def feedback(lines: Sequence[str], reply: Gathering, given: Understood) -> Understood:
    """The two halves; words without a sign are the half that was asked for by name, a thanks is none."""
    found = feedback_words("\n".join(_without_values(lines, reply)), reply.context.locale)
    for half in sorted(HALVES):
        found = _with(found, half, *_said(reply.take(half), reply))
    left = found.left
    asked = half_asked(reply.blocks)
    if asked and not found:
        left = tuple(_own_life_apart(left, reply))
        beside = [one for one in left if reply.says(one) or not may_be_half(one, reply.lexicon)]
        found = _with(found, asked, *(one for one in left if one not in beside))
        left = tuple(beside)
    reply.key_results(left, held=True)
    return replace(given, feedback=replace(found, left=()))


def _own_life_apart(lines: Sequence[str], reply: Gathering) -> Iterator[str]:
    """The lines, with sentences about the person's own life apart from what else a line says."""
    for line in lines:
        said = list(sentences(line))
        own = [one for one in said if personal(one, reply.lexicon)]
        others = " ".join(one for one in said if one not in own)
        yield from filter(None, [others, *own]) if own else [line]


def _said(words: str, reply: Gathering) -> tuple[str, ...]:
    """The words of a half, unless they say that there is nothing to be said."""
    bare = fold(words[:MAX_LINE]).strip(" \t.,;:!?–—-")
    return (words,) if bare and not reply.lexicon.whole("forms.nothing", bare) else ()


def _without_values(lines: Sequence[str], reply: Gathering) -> Iterator[str]:
    """The lines without whole sentences that give a key result's value, which wait for the mentor."""
    for line in lines:
        said = list(sentences(line))
        values = [one for one in said if reply.says(one)] if len(said) > 1 else []
        reply.key_results(values, held=True)
        yield " ".join(one for one in said if one not in values) if values else line


def _with(given: FeedbackWords, half: str, *said: str) -> FeedbackWords:
    words = tuple(one for one in said if one)
    if half == "positive":
        return replace(given, positive=(*given.positive, *words))
    return replace(given, suggestion=(*given.suggestion, *words))
