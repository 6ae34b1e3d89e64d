"""What answers an acknowledgement: values and letters for its questions, or the half of a form it asks for."""

import re
from collections.abc import Sequence
from dataclasses import replace

from okrmate.domain.letters import Choice
from okrmate.reply.choices import chosen
from okrmate.reply.commands import Command, CommandName
from okrmate.reply.folding import MAX_LINE, fold, squeezed
from okrmate.reply.gathering import Gathering
from okrmate.reply.letters.feedback import feedback, half_asked
from okrmate.reply.statements import Said
from okrmate.reply.understood import Understood

_EDGES = " \t.,;:!?\"'()🙂😊👍"


def acknowledgement(lines: Sequence[str], reply: Gathering, given: Understood) -> Understood:
    """Key results; a yes or a letter that fits no open question was asked once, so it waits for the mentor."""
    if half_asked(reply.blocks):
        return feedback(lines, reply, given)
    typed = _typed_out(lines, reply)
    if typed:
        choice = Command(name=CommandName.CHOOSE, choices=tuple(typed))
        reply.said.append(Said(text="\n".join(typed.values()), outcomes=chosen(typed, reply.context.pending)))
        given = replace(given, command=given.command or choice)
    for line in (one for one in lines if one not in typed.values()):
        bare = fold(line).strip(_EDGES) if len(line) <= MAX_LINE else ""
        answering = any(reply.lexicon.whole(f"commands.{name}", bare) for name in ("confirm", "reject"))
        if reply.context.pending and (answering or re.fullmatch("[a-z]", bare)):
            reply.held.append(line.strip())
        else:
            reply.key_results([line])
    return given


def _typed_out(lines: Sequence[str], reply: Gathering) -> dict[str, str]:
    """The lines that are one of the open choices with all its words, by their letter."""
    pending = {each.choice for each in reply.context.pending}
    choices = {
        squeezed(f"{block.letter}) {block.text}"): block.letter
        for block in reply.blocks
        if isinstance(block, Choice) and block.letter in pending
    }
    return {choices[text]: line for line in lines if (text := squeezed(line)) in choices}
