"""Choices that are made where they stand: a yes, a tick or a letter under one of our lettered lines."""

from collections.abc import Sequence

from okrmate.domain.letters import Choice
from okrmate.frozen import Frozen
from okrmate.reply.choices import affirms, chosen_by, ticks
from okrmate.reply.folding import composed
from okrmate.reply.gathering import Gathering
from okrmate.reply.sent import written

_GOES_ON = (" ", "-", "–", "—", ",")
"""With what words go on that stand behind one of our lines, in the same line."""


class Ticked(Frozen):
    """The letters chosen among the choices, the words behind or under an open one (`… would:`), and all others.

    `unclear` says that a yes stands under an open choice: it may mean that choice, or the question over all of them.
    """

    letters: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    unclear: bool = False


def ticked(choices: Sequence[Choice], reply: Gathering) -> Ticked:
    """What stands under the choices: a letter there chooses wherever it stands, a yes or a tick its own line."""
    letters: list[str] = []
    behind: list[str] = []
    others: list[str] = []
    unclear = False
    for choice in choices:
        is_open = choice.text.endswith(":")
        for line in (each for answer in reply.claim(choice.id) for each in written(composed(answer.text))):
            picked = chosen_by(line, choices, reply.lexicon)
            if picked.letters:
                letters += picked.letters
                others += [picked.rest] if picked.rest else []
            elif affirms(line, reply.lexicon):
                letters.append(choice.letter)
                unclear = unclear or (is_open and not ticks(line, reply.lexicon))
            elif is_open:
                letters.append(choice.letter)
                behind.append(line)
            elif line.startswith(_GOES_ON):
                letters.append(choice.letter)
                others.append(line.lstrip("".join(_GOES_ON)))
            else:
                others.append(line)
    return Ticked(letters=tuple(letters), behind=tuple(behind), others=tuple(others), unclear=unclear)
