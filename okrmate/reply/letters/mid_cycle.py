"""What answers the half-time letter: how helpful the mentoring is, a choice of its list, and what should change."""

import re
from collections.abc import Sequence

from okrmate.domain.letters import Choice
from okrmate.frozen import replace
from okrmate.reply.choices import chosen_by
from okrmate.reply.gathering import Gathering
from okrmate.reply.letters.ticked import ticked
from okrmate.reply.letters.wishes import remarks
from okrmate.reply.prose import answer_and_aside
from okrmate.reply.pulse import PulseWords, pulse
from okrmate.reply.understood import Understood

_WORD = re.compile(r"[^\W\d_]{2}")

NO_NUMBER = "number_1_to_5"
"""How helpful the mentoring is was not said as a number from 1 to 5: it is asked once."""


def mid_cycle(lines: Sequence[str], reply: Gathering, given: Understood) -> Understood:
    """A bare number is the pulse, never a key result's value; two letters of one question choose nothing."""
    choices = [block for block in reply.blocks if isinstance(block, Choice)]
    there = ticked(choices, reply)
    reply.left += there.others
    letters = list(there.letters)
    prose: list[str] = []
    for line in lines:
        picked = chosen_by(line, choices, reply.lexicon)
        letters += picked.letters
        if picked.rest and reply.says(picked.rest):
            reply.key_results([picked.rest])
        elif picked.rest:
            prose.append(picked.rest)
    different = tuple(dict.fromkeys(letters))
    felt = _felt(prose, reply)
    unclear = felt is not None and felt.helpful is None
    higher = reply.take("higher")
    if higher:
        felt = replace(felt or PulseWords(), one_higher=higher)
    return replace(
        given,
        pulse=felt,
        choices=different if len(different) == 1 else (),
        wishes=_wishes(reply),
        asks=(*(("conflict",) if len(different) > 1 else ()), *((NO_NUMBER,) if unclear else ())),
    )


def _felt(prose: Sequence[str], reply: Gathering) -> PulseWords | None:
    """The number and reason behind the label, else in the free words; None where there are no words but thanks."""
    behind = reply.take("helpful")
    meant, aside = answer_and_aside(prose, reply.lexicon)
    if behind:
        reply.left += [*meant, *aside]
        return pulse(behind, reply.context.locale)
    if not meant:
        reply.left += aside
        return None
    reply.left += aside
    felt = pulse(" ".join(meant), reply.context.locale)
    if felt.helpful is None and not _WORD.search(felt.because):
        reply.left += meant  # a 7, a 3-4 or a letter that is no choice is no reason
        return PulseWords()
    return felt


def _wishes(reply: Gathering) -> tuple[str, ...]:
    """What should change, behind its label and under the goals shown; a value there waits for the mentor."""
    wishes = [line for line in reply.take("change").splitlines() if line.strip()]
    for label, remark in remarks(reply):
        said = f"{label}: {remark}"
        (reply.held if reply.says(said) else wishes).append(said)
    return tuple(wishes)
