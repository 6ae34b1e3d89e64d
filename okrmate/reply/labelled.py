"""Lines with the label of another letter's form: an item for the list, or half of the feedback, wherever they stand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from okrmate.frozen import replace
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.forms import AgendaEntry, FeedbackWords, entry
from okrmate.reply.lexicon import Lexicon

OF_OTHERS = frozenset({"add", "positive", "suggestion"})
"""The ids of the labels that are known in answer to any letter."""


@dataclass(slots=True, kw_only=True)
class Labelled:
    """What such lines say, and all other lines."""

    items: list[AgendaEntry] = field(default_factory=list)
    feedback: FeedbackWords = field(default_factory=FeedbackWords)
    left: list[str] = field(default_factory=list)

    def take(self, block: str, said: str) -> None:
        """Add the words behind one label."""
        given = self.feedback
        match block:
            case "add":
                self.items.append(entry(said))
            case "positive":
                self.feedback = replace(given, positive=(*given.positive, said))
            case _:
                self.feedback = replace(given, suggestion=(*given.suggestion, said))


def labelled(lines: Sequence[str], own: Collection[str], words: Lexicon) -> Labelled:
    """Lines that begin with one of our labels, as no letter but the one with that label asks them.

    `own` are the ids of the letter that is answered: its own labels are its own reader's.
    """
    names = {label: block for label, block in words.labels.items() if block in OF_OTHERS and block not in own}
    found = Labelled()
    for line in lines:
        label, colon, _ = line.partition(":") if len(line) <= MAX_LINE else ("", "", "")
        said = line[len(label) + 1 :].strip()
        block = names.get(fold(label).strip(" -*•")) if colon and said else None
        if block is None:
            found.left.append(line)
        else:
            found.take(block, said)
    return found
