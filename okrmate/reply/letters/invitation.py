"""What answers an invitation: whether the person comes; other times never move anything by themselves."""

from collections.abc import Sequence

from okrmate.domain.letters import Choice
from okrmate.frozen import replace
from okrmate.reply.forms import AgendaWords
from okrmate.reply.gathering import Gathering
from okrmate.reply.invitations import invitation as invitation_words
from okrmate.reply.letters.ticked import ticked
from okrmate.reply.understood import Understood


def invitation(lines: Sequence[str], reply: Gathering, given: Understood) -> Understood:
    """A letter of the list, a sentence, or the times that would suit."""
    choices = [block for block in reply.blocks if isinstance(block, Choice)]
    there = ticked(choices, reply)
    reply.left += there.others
    question = reply.first.text if reply.first else ""
    elsewhen = "\n".join(there.behind)
    found = invitation_words(lines, choices, there.letters, elsewhen, reply.context.locale, question)
    if there.unclear:
        found = replace(found, rsvp=None, asks=("conflict",))
    request = AgendaWords(reschedule_request=found.reschedule_request) if found.reschedule_request else None
    for line in found.left:
        if reply.says(line):
            reply.key_results([line])
        else:
            reply.left.append(line)
    return replace(given, rsvp=found.rsvp, agenda=request, asks=found.asks)
