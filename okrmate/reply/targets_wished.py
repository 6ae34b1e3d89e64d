"""Whether somebody wants another target for a key result: "the target should be 4", "please lower the goal to 3"."""

import re

from okrmate.reply.context import KeyResultContext
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.numbers import decimal_mark, read_number

_FIGURE = re.compile(r"(?<![\w.,])[0-9]")
_REF = re.compile(r"(?:kr ?)?[0-9]{1,2}\.[0-9]{1,2}(?![0-9])")
_CUES = ("future", "forms.suggests", "commands.polite", "wish")
"""What makes a wish of a target that is named: "should", "I would like", "please", "instead of"."""


def wishes_target(low: str, key_result: KeyResultContext, words: Lexicon) -> bool:
    """Whether folded words speak of a target and then of a number that it is not: a wish, and no news of the value.

    No question, nothing doubted, and no span of time: "we will hit the target in 3 weeks" wishes for nothing.
    """
    found = words.find("forms.targets", low)
    if found is None or low.rstrip().endswith("?") or any(words.has(name, low) for name in ("negation", "conditional")):
        return False
    rest = f"{low[: found[0]]} {low[found[1] :]}"
    if not any(words.has(name, rest) for name in _CUES):
        return False
    behind = _REF.sub(" ", low[found[1] :])
    figure = _FIGURE.search(behind)
    number = (
        read_number(behind, figure.start(), words, mark=decimal_mark(words.order[0]), whole=False) if figure else None
    )
    if number is None or number.value in (key_result.target, key_result.current):
        return False
    return words.starts("duration", behind[number.end :].lstrip()) < 0
