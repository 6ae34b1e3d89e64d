"""What answers the first words about a draft: an answer to their one question, wishes, and more of the draft."""

from collections.abc import Sequence

from okrmate.domain.letters import FIRST
from okrmate.frozen import replace
from okrmate.reply.drafts import draft_okrs
from okrmate.reply.gathering import Gathering
from okrmate.reply.letters.wishes import remarks
from okrmate.reply.prose import answer_and_aside
from okrmate.reply.statements import Statement
from okrmate.reply.understood import Understood


def coach(lines: Sequence[str], reply: Gathering, given: Understood) -> Understood:
    """`O:` and `KR:` lines wherever they stand go on with the draft; words under a line of it are a wish about it."""
    locale = reply.context.locale
    under = [(line, remark, bool(draft_okrs(remark, locale).objectives)) for line, remark in remarks(reply)]
    drafted = [remark for _, remark, drafts in under if drafts]
    found = draft_okrs("\n".join([*lines, *drafted]), locale)
    spoken: list[str] = []
    for line in found.prose.splitlines():
        if not reply.context.key_results and reply.outcomes(line):
            reply.said += reply.statements.read([Statement(text=line)])  # it names one where there is none yet
        elif reply.says(line):
            reply.key_results([line])
        else:
            spoken.append(line)
    meant, aside = answer_and_aside(spoken, reply.lexicon)
    reply.left += aside
    if meant:
        reply.answers[FIRST] = " ".join(meant)
    draft = replace(found, prose="") if found.objectives else None
    wishes = tuple(f"{line}: {remark}" for line, remark, drafts in under if not drafts)
    return replace(given, draft=draft, wishes=wishes)
