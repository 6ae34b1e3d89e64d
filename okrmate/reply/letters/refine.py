"""What answers the summary of refined goals: consent, or what is off; consent with a condition is none."""

from collections.abc import Sequence

from okrmate.frozen import replace
from okrmate.reply.folding import MAX_LINE, fold, skip
from okrmate.reply.gathering import Gathering
from okrmate.reply.letters.wishes import remarks
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.prose import answer_and_aside
from okrmate.reply.understood import Understood

CONSENT = ("forms.agree", "forms.approve", "commands.confirm")
"""The letter asks for a yes: each of these, as a whole sentence, is one."""
OBJECTS = ("forms.but", "forms.suggests", "wish", "conditional", "except", "negation")
"""A sentence with a word of these would have something otherwise."""

_EDGES = " \t.,;:!?–—-\"'()🙂😊👍🎉"


def refine(lines: Sequence[str], reply: Gathering, given: Understood) -> Understood:
    """Lines that state a value are held; beside consent only what asks for a change is a wish, without it all is.

    Sentences of one line that wish for something are one wish: they explain each other.
    """
    wishes = [f"{line}: {remark}" for line, remark in remarks(reply)]
    valued = dict.fromkeys(line for line in lines if reply.says(line))
    reply.key_results([line for line in lines if line in valued])
    said = [answer_and_aside([line], reply.lexicon) for line in lines if line not in valued]
    consent = any(_consents(one, reply.lexicon) for meant, _ in said for one in meant)
    for meant, aside in said:
        others = [one for one in meant if not _consents(one, reply.lexicon)]
        judged = [(one, not consent or _objects(one, reply)) for one in others]
        asked = [without_consent(one, reply.lexicon) for one, otherwise in judged if otherwise]
        reply.left += [*aside, *(one for one, otherwise in judged if not otherwise)]
        wishes += [" ".join(asked)] if asked else []
    return replace(given, agree=consent and not wishes and not valued, wishes=tuple(wishes))


def _consents(sentence: str, words: Lexicon) -> bool:
    """Whether a sentence is consent and at most thanks, such as "Yes, I agree, thank you!"."""
    if len(sentence) > MAX_LINE or sentence.rstrip().endswith("?"):
        return False
    parts = [part.strip(_EDGES) for part in fold(sentence).split(",")]
    consents = [any(words.whole(name, part) for name in CONSENT) for part in parts]
    thanks = (words.starts("sign_off", part) >= 0 for part in parts)
    return consents[0] and all(one or two for one, two in zip(consents, thanks, strict=True))


def _objects(sentence: str, reply: Gathering) -> bool:
    """Whether a sentence beside consent would have something otherwise: it names a goal or number, objects, asks."""
    low = fold(sentence[:MAX_LINE])
    told = any(char.isdigit() for char in low) or low.rstrip().endswith("?") or bool(reply.outcomes(sentence))
    return told or any(reply.lexicon.has(name, low) for name in OBJECTS)


def without_consent(sentence: str, words: Lexicon) -> str:
    """What an "agree, but" introduces; any other sentence as it is."""
    low = fold(sentence[:MAX_LINE])
    end = max(words.starts(name, low) for name in CONSENT)
    at = skip(low, end, _EDGES) if end >= 0 else -1
    objects = words.starts("forms.but", low, at) if at >= 0 else -1
    return sentence[objects:].lstrip(_EDGES) if objects >= 0 else sentence
