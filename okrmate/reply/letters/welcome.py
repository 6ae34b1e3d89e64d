"""What answers the welcome: aims, what they would gain, consent, a first draft; free words are an aim."""

from collections.abc import Sequence

from okrmate.frozen import replace
from okrmate.reply.folding import fold
from okrmate.reply.forms import AgendaWords
from okrmate.reply.gathering import Gathering
from okrmate.reply.letters.refine import without_consent
from okrmate.reply.prose import answer_and_aside
from okrmate.reply.understood import Understood
from okrmate.reply.welcomes import welcome as welcome_words


def welcome(lines: Sequence[str], reply: Gathering, given: Understood) -> Understood:
    """What remains beside aims, gain, consent and draft answers the first question, and so is an aim.

    A sentence with consent and more in it is a wish: a condition is no consent.
    """
    found, rest = welcome_words(lines, reply.take("aims"), reply.take("gain"), reply.context.locale)
    before = len(reply.left)
    reply.key_results(rest)
    meant, reply.left[before:] = reply.left[before:], []
    unless = [one for one in meant if without_consent(one, reply.lexicon) != one]  # "agree, but …" is about the terms
    if any(reply.lexicon.has("forms.another_time", fold(one)) for one in meant if one not in unless):
        return replace(given, welcome=found, agenda=AgendaWords(reschedule_request=" ".join(meant)))
    spoken, aside = answer_and_aside(meant, reply.lexicon)
    judged = [(one, _is_condition(fold(one), reply)) for one in spoken]
    wishes = [one for one, condition in judged if condition]
    others = [(one, _no_aim(one, reply)) for one, condition in judged if not condition]
    aside += [one for one, no_aim in others if no_aim]
    free = [one for one, no_aim in others if not no_aim]
    if found.draft is not None:  # words beside a draft are about the draft
        aside, free = [*aside, *free], []
    aimed = " ".join(free)
    reply.left += aside
    aims = (*found.aims, aimed) if aimed else found.aims
    return replace(
        given,
        welcome=replace(found, aims=aims, agree=found.agree and not wishes),
        wishes=tuple(without_consent(one, reply.lexicon) for one in wishes),
    )


def _is_condition(low: str, reply: Gathering) -> bool:
    """Whether a sentence takes consent back in part: "agree, but …", "But not by video"."""
    opens = ("forms.but", "except", "conditional")
    return reply.lexicon.has("forms.agree", low) or any(reply.lexicon.starts(name, low) >= 0 for name in opens)


def _no_aim(sentence: str, reply: Gathering) -> bool:
    """Whether a sentence asks something, is a bare yes or no, a sign, or "not read yet": there is no aim in it."""
    bare = fold(sentence).strip(" .!?,")
    unread = reply.lexicon.has("negation", bare) and reply.lexicon.has("forms.read", bare)
    answers = ("commands.confirm", "commands.reject", "forms.approve", "forms.nothing")
    wordless = not any(char.isalnum() for char in sentence)
    return (
        wordless
        or unread
        or sentence.rstrip().endswith("?")
        or any(reply.lexicon.whole(name, bare) for name in answers)
    )
