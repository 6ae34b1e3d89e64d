"""What answers a closing letter: what was learned, scores, what goes on or may go, and how helpful it all was."""

import re
from collections.abc import Sequence

from okrmate.domain.letters import AnswerLine, Question
from okrmate.frozen import replace
from okrmate.reply.closing import BEGINS, LABELS
from okrmate.reply.closing import closing as closing_words
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.gathering import Gathering
from okrmate.reply.letters.mid_cycle import NO_NUMBER
from okrmate.reply.letters.refine import CONSENT
from okrmate.reply.letters.wishes import remarks
from okrmate.reply.prose import answer_and_aside
from okrmate.reply.pulse import MOST, pulse
from okrmate.reply.understood import Understood

ASKED = "score-"
"""How the ids of questions about an answer to a closing letter begin, in its acknowledgement."""
_SCORE_ALONE = re.compile(r"\s*[0-9]?[.,]?[0-9]{1,2}\s*%?\s*[.!]?\s*")
_ONE_FIGURE = re.compile(r"[0-9]")


def closing(lines: Sequence[str], reply: Gathering, given: Understood) -> Understood:
    """Free words answer the first question, what was learned; a bare number is asked about, as it has no label."""
    answers = [
        (block.id, text)
        for block in reply.blocks
        if isinstance(block, AnswerLine) and (block.id in LABELS or fold(block.id).startswith("score "))
        if (text := reply.take(block.id))
    ]
    answers += [(label.replace("KR", "Score"), remark) for label, remark in remarks(reply)]
    found = closing_words("\n".join(_named(lines, reply)), reply.context.locale, reply.context.key_results, answers)
    figures = tuple(one.strip(" .!") for one in found.left if _ONE_FIGURE.fullmatch(one.strip(" .!")))
    asks = (*found.asks, *(f"helpful_{one}" for one in figures if 1 <= int(one) <= MOST))
    prose = [one for one in found.left if one.strip(" .!") not in figures]
    valued = [(one, reply.says(one)) for one in prose]
    reply.key_results([one for one, says in valued if says])
    spoken, aside = answer_and_aside([one for one, says in valued if not says], reply.lexicon)
    about = [(one, _about_the_letter(one, reply)) for one in spoken]
    aside += [one for one, of_letter in about if of_letter]
    meant = [one for one, of_letter in about if not of_letter]
    if meant and not found.learned:
        found = replace(found, learned=" ".join(meant))
    else:
        reply.left += meant
    reply.left += [*aside, *figures, *found.beside, *found.unclear]
    felt = pulse(found.helpful, reply.context.locale) if found.helpful else None
    asks += (NO_NUMBER,) if felt and felt.helpful is None else ()
    return replace(given, closing=replace(found, left=(), beside=(), unclear=()), pulse=felt, asks=asks)


def _named(lines: Sequence[str], reply: Gathering) -> Sequence[str]:
    """The lines; where our question was about one score, a line with nothing but a number is that score."""
    asked = [block.about for block in reply.blocks if isinstance(block, Question) and block.id.startswith(ASKED)]
    if len(asked) != 1 or not asked[0]:
        return lines
    return [f"Score {asked[0]}: {line}" if _SCORE_ALONE.fullmatch(line) else line for line in lines]


def _about_the_letter(sentence: str, reply: Gathering) -> bool:
    """Whether a sentence consents to the letter or speaks of its numbers or of a goal: nothing that was learned."""
    low = fold(sentence[:MAX_LINE])
    bare = low.strip(" .!,")
    consents = any(reply.lexicon.whole(name, bare) for name in CONSENT)
    return consents or BEGINS.match(low) is not None or reply.lexicon.has("forms.scores", low)
