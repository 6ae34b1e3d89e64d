"""What answers the welcome: aims, what they would gain, consent, a first draft; free words are an aim."""

from collections.abc import Sequence
from dataclasses import replace

from okrmate.reply.folding import fold
from okrmate.reply.forms import AgendaWords
from okrmate.reply.gathering import Gathering
from okrmate.reply.prose import answer_and_aside
from okrmate.reply.understood import Understood
from okrmate.reply.welcomes import welcome as welcome_words


def welcome(lines: Sequence[str], reply: Gathering, given: Understood) -> Understood:
    """What remains beside aims, gain, consent and draft answers the first question, and so is an aim."""
    found, rest = welcome_words(lines, reply.take("aims"), reply.take("gain"), reply.context.locale)
    before = len(reply.left)
    reply.key_results(rest)
    meant, reply.left[before:] = reply.left[before:], []
    if any(reply.lexicon.has("forms.another_time", fold(one)) for one in meant):
        return replace(given, welcome=found, agenda=AgendaWords(reschedule_request=" ".join(meant)))
    spoken, aside = answer_and_aside(meant, reply.lexicon)
    reply.left += aside
    aims = (*found.aims, " ".join(spoken)) if spoken else found.aims
    return replace(given, welcome=replace(found, aims=aims))
