"""Remarks under what a letter shows: each a wish about the line it stands under."""

from collections.abc import Iterator

from okrmate.domain.letters import KeyResultLine, Paragraph, ParagraphRole
from okrmate.reply.gathering import Gathering
from okrmate.reply.sent import written


def remarks(reply: Gathering) -> Iterator[tuple[str, str]]:
    """Every remark with what it is about: a key result's label, or a line of the draft that the letter says back."""
    for block in reply.blocks:
        match block:
            case KeyResultLine(label=label, shown=True):
                about = [label]
            case Paragraph(text=text, role=ParagraphRole.DRAFT):
                about = written(text)
            case _:
                continue
        for answer in reply.claim(*about):
            yield from ((answer.to, line) for line in written(answer.text))
