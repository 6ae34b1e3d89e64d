"""What answers an acknowledgement: values and letters for its questions, or the half of a form it asks for."""

import re
from collections.abc import Sequence

from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.gathering import Gathering
from okrmate.reply.letters.feedback import feedback, half_asked
from okrmate.reply.understood import Understood

_EDGES = " \t.,;:!?\"'()🙂😊👍"


def acknowledgement(lines: Sequence[str], reply: Gathering, given: Understood) -> Understood:
    """Key results; a yes or a letter that fits no open question was asked once, so it waits for the mentor."""
    if half_asked(reply.blocks):
        return feedback(lines, reply, given)
    for line in lines:
        bare = fold(line).strip(_EDGES) if len(line) <= MAX_LINE else ""
        answering = any(reply.lexicon.whole(f"commands.{name}", bare) for name in ("confirm", "reject"))
        if reply.context.pending and (answering or re.fullmatch("[a-z]", bare)):
            reply.held.append(line.strip())
        else:
            reply.key_results([line])
    return given
