"""Several letters of ours in one mail, as somebody forwards or pastes them: which of its lines stand in which."""

from collections.abc import Sequence

from okrmate.domain.letters import Block, QuotedLine
from okrmate.reply.folding import MAX_LINE, composed, squeezed
from okrmate.reply.sent import SURE_WORDS, SentLetter, sent_letter

SEVERAL = 2
"""So many of a letter's lines are no chance; a single one may be a sentence that somebody writes again."""


def letters_in(
    lines: Sequence[QuotedLine], answered: Sequence[Block], others: Sequence[Sequence[Block]]
) -> tuple[int, ...]:
    """Which of `others`, by number, have lines in this mail that are not those of the letter it answers."""
    squeezes = {squeezed(composed(line.text)) for line in lines if len(line.text) <= MAX_LINE}
    wordy = {line for line in squeezes if _wordy(line)} - sent_letter(tuple(answered)).by_text.keys()
    if len(wordy) < SEVERAL:
        return ()
    shared = (wordy & sent_letter(tuple(blocks)).by_text.keys() for blocks in others)
    return tuple(number for number, found in enumerate(shared) if len(found) >= SEVERAL)


def parted(lines: Sequence[QuotedLine], letters: Sequence[Sequence[Block]]) -> tuple[tuple[QuotedLine, ...], ...]:
    """The lines by the letter they stand in, a part for each of `letters`; the first is the one that is answered.

    What stands above every quote answers that one, and a line that several letters have belongs to the one before it.
    What is quoted deeper than the letter that is answered was quoted before, answers in it too: it is in no part.
    """
    sent = [sent_letter(tuple(blocks)) for blocks in letters]
    parts: list[list[QuotedLine]] = [[] for _ in letters]
    current, inside, depth = 0, False, -1
    for line in lines:
        text = squeezed(composed(line.text)) if len(line.text) <= MAX_LINE else ""
        owners = [number for number, each in enumerate(sent) if text and _has(each, text, inside=inside)]
        if owners and current not in owners:
            current = owners[0]
        inside = inside or bool(owners)
        if owners and current == 0 and depth < 0:
            depth = line.depth
        if current == 0 or depth < 0 or line.depth <= depth:
            parts[current].append(line)
    return tuple(map(tuple, parts))


def _wordy(text: str) -> bool:
    return text.count(" ") >= SURE_WORDS - 1


def _has(sent: SentLetter, text: str, *, inside: bool) -> bool:
    """Whether a squeezed line is this letter's: by its words, or between lines of ours also by a label."""
    if _wordy(text) and (text in sent.by_text or f" {text} " in sent.stream):
        return True
    return inside and (text in sent.by_text or any(text.startswith(label.text) for label in sent.labels))
