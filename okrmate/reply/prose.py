"""Free words in answer to a question: the sentences that answer it, and thanks and promises that do not."""

from collections.abc import Sequence

from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.sentences import sentences

ASIDE = ("sign_off", "forms.follows")
"""How sentences begin that answer nothing: thanks, and a promise to write more later."""


def answer_and_aside(lines: Sequence[str], words: Lexicon) -> tuple[list[str], list[str]]:
    """The sentences of `lines` that can answer a question, and those that are said beside it."""
    spoken = [sentence for line in lines for sentence in sentences(line)]
    aside = [one for one in spoken if any(words.starts(name, fold(one[:MAX_LINE])) >= 0 for name in ASIDE)]
    said_beside = frozenset(aside)
    return [one for one in spoken if one not in said_beside], aside
