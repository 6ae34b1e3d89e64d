"""What parts of a mail came to of the goals themselves, as a title and the words it rests on."""

from collections.abc import Iterator

from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.reply.closing import ClosingWords
from okrmate.reply.drafts import DraftOkrs
from okrmate.reply.understood import Understood


def goal_meanings(understood: Understood, letter: Outgoing | None) -> Iterator[tuple[str, str]]:
    """Drafts, consent and what is said at the end of a cycle; wishes are told as the words that they are."""
    draft = understood.draft or (understood.welcome.draft if understood.welcome is not None else None)
    if draft is not None:
        yield from _draft(draft)
    if understood.agree and letter is not None and letter.kind is LetterKind.REFINE_SUMMARY:
        yield "Agrees to the goals", ""
    if understood.closing is not None:
        yield from _closing(understood.closing)


def _draft(draft: DraftOkrs) -> Iterator[tuple[str, str]]:
    for objective in draft.objectives:
        if objective.title:
            yield "An objective of the draft", objective.title
        yield from (("A key result of the draft", each.title) for each in objective.key_results)


def _closing(said: ClosingWords) -> Iterator[tuple[str, str]]:
    if said.learned:
        yield "What they learned", said.learned
    for each in said.scores:
        yield f"Score of KR {each.kr}: {each.score:f}", each.note
    if said.carry:
        yield f"Goes on: KR {', '.join(said.carry)}", ""
    if said.drop:
        yield f"May go: KR {', '.join(said.drop)}", ""
