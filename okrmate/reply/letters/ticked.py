"""Choices that are made where they stand: a yes or a tick under one of our lettered lines."""

from collections.abc import Sequence

from okrmate.domain.letters import Choice
from okrmate.reply.choices import affirms
from okrmate.reply.gathering import Gathering


def affirmed(choices: Sequence[Choice], reply: Gathering) -> list[str]:
    """The letters under which a yes stands; any other words there are left. Open choices (`… would:`) are not read."""
    letters: list[str] = []
    for choice in choices:
        for answer in () if choice.text.endswith(":") else reply.claim(choice.id):
            if affirms(answer.text, reply.lexicon):
                letters.append(choice.letter)
            else:
                reply.left += answer.text.splitlines()
    return letters
