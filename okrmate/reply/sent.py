"""Our letter as a reply shows it: its lines, and to which block an answer on or under each of them belongs."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from okrmate.domain.letters import (
    FIRST,
    AnswerLine,
    Block,
    Choice,
    Heading,
    Item,
    Items,
    KeyResultLine,
    Marker,
    Paragraph,
    ParagraphRole,
    Question,
)
from okrmate.frozen import Frozen, replace
from okrmate.reply.folding import squeezed
from okrmate.reply.lexicon import lexicon

_KR_LABEL = re.compile(r"KR (\d{1,2}\.\d{1,2})")
_DISPLAY = re.compile(r".*\(KR (\d{1,2}\.\d{1,2})\)")
_CHOICE = re.compile(r"([a-z])\) (.+)")
_ITEM = re.compile(r"(\d{1,2})\. (.+?)(?: \((\d{1,3}) min\))?$")
_NUMBERED_LABEL = re.compile(r"(.+) (\d{1,2})")

SURE_WORDS = 4
"""So many words in our order are ours wherever they stand; fewer only where they go on from the line before."""
NEARLY = 0.8
"""With so many of its pairs of neighbouring words in our letter a line is ours, as some program changed it."""

REFERENCE = re.compile(r"(?:[-*•] )?(?:kr ?)?([0-9]{1,2}\.[0-9]{1,2})(?![0-9.]) ?[:=]? ?\S")
"""A line that begins with the code of a key result and goes on."""


class SentLine(Frozen):
    """One line of ours, squeezed; `to` is the block an answer there belongs to, `label` that it waits for one.

    Of a key result `to` is its label (`KR 1.1`); where nothing is asked `to` is empty.
    """

    text: str
    to: str = ""
    label: bool = False
    block: Block


def sent_lines(blocks: Sequence[Block]) -> Iterator[SentLine]:
    """The lines of a letter as its text part has them."""
    for block in blocks:
        match block:
            case Paragraph(text=text) | Heading(text=text) | Marker(text=text):
                yield from _running(text, block)
            case AnswerLine(id=to, label=label):
                yield SentLine(text=squeezed(f"{label}:"), to=to, label=True, block=block)
            case KeyResultLine(display=display, label=label, shown=shown):
                yield SentLine(text=squeezed(display), to=label, block=block)
                if not shown:
                    yield SentLine(text=squeezed(f"{label}:"), to=label, label=True, block=block)
            case Question(id=to, text=text, label=label):
                yield from (SentLine(text=squeezed(line), to=to, block=block) for line in written(text))
                if label:
                    yield SentLine(text=squeezed(f"{label}:"), to=to, label=True, block=block)
            case Choice(id=to, letter=letter, text=text):
                yield SentLine(text=squeezed(f"{letter}) {text}"), to=to, label=text.endswith(":"), block=block)
            case Items(items=items):
                yield from (SentLine(text=squeezed(_item_text(item)), block=block) for item in items)


def written(text: str) -> list[str]:
    """The lines of a text with something on them, without the blanks around."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _running(text: str, block: Block) -> Iterator[SentLine]:
    """A paragraph's lines; one that ends in a colon heads those under it, so a remark there keeps what it is about.

    Of a draft said back each line is what a remark under it is about.
    """
    draft = isinstance(block, Paragraph) and block.role is ParagraphRole.DRAFT
    heading = ""
    for line in written(text):
        heading = line[:-1] if line.endswith(":") else heading
        yield SentLine(text=squeezed(line), to=line if draft else heading, block=block)


def _item_text(item: Item) -> str:
    return f"{item.number}. {item.text}" + (f" ({item.minutes} min)" if item.minutes is not None else "")


class SentLetter:
    """The lines of one letter with the indexes that reading an answer needs."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        """Lay the lines out."""
        self.blocks = tuple(blocks)
        self.lines = tuple(sent_lines(blocks))

    @cached_property
    def by_text(self) -> Mapping[str, SentLine]:
        """The lines by their squeezed text; of equal ones the first."""
        return {line.text: line for line in reversed(self.lines)}

    @cached_property
    def labels(self) -> tuple[SentLine, ...]:
        """The lines that wait for an answer behind their colon, longest label first."""
        return tuple(sorted((line for line in self.lines if line.label), key=lambda line: -len(line.text)))

    @cached_property
    def refs(self) -> frozenset[str]:
        """The codes of the key results that it shows."""
        return frozenset(block.ref for block in self.blocks if isinstance(block, KeyResultLine))

    def named_in(self, text: str) -> bool:
        """Whether a squeezed line names a key result of the letter and says something of it, or goes on at a label."""
        named = REFERENCE.match(text)
        return (named is not None and named[1] in self.refs) or any(
            text.startswith(label.text) and text != label.text for label in self.labels
        )

    @cached_property
    def stream(self) -> str:
        """All words in order, one blank between them and around: re-wrapped lines are found in it."""
        return " " + " ".join(line.text for line in self.lines) + " "

    @cached_property
    def ends(self) -> Mapping[str, int]:
        """By its text where in `stream` each line ends."""
        return {line.text: self.stream.find(f" {line.text} ") + len(line.text) + 1 for line in self.lines}

    @cached_property
    def known(self) -> tuple[tuple[SentLine, str], ...]:
        """The lines that are known where a text begins with them, with their words."""
        return tuple(
            (line, line.text)
            for line in self.lines
            if not line.label and (isinstance(line.block, Choice) or line.text.count(" ") >= SURE_WORDS - 1)
        )

    @cached_property
    def starts(self) -> tuple[tuple[int, SentLine], ...]:
        """Where each line begins in `stream`, in order."""
        at, begun = 1, []
        for line in self.lines:
            begun.append((at, line))
            at += len(line.text) + 1
        return tuple(begun)

    def has(self, text: str) -> bool:
        """Whether a squeezed text is a line of ours, or begins with one that is long enough to be known."""
        return text in self.by_text or self.begun_by(text) is not None

    def begun_by(self, text: str, expected: int = -1) -> tuple[SentLine, str] | None:
        """The line of ours that a squeezed text begins with, whole, and goes on; and as much of it as stands there.

        `expected` is where in `stream` the text may go on with a line that a program broke; -1 where nowhere.
        """
        known = list(self.known)
        if expected >= 0:
            index = bisect_right(self.starts, expected + 1, key=lambda pair: pair[0]) - 1
            begun, line = self.starts[max(index, 0)]
            known.append((line, line.text[expected + 1 - begun :]))
        found = [
            (line, begins)
            for line, begins in known
            if begins and text.startswith(begins) and text[len(begins) :].strip() and not text[len(begins)].isalnum()
        ]
        return max(found, key=lambda pair: len(pair[1]), default=None)

    def nearly_has(self, text: str) -> bool:
        """Whether most pairs of neighbouring words of a squeezed text stand in the letter; of a short one none say."""
        pairs = [f" {one} {two} " for one, two in pairwise(text.split())]
        return len(pairs) > SURE_WORDS and sum(pair in self.stream for pair in pairs) >= NEARLY * len(pairs)

    def typed_over(self, text: str) -> tuple[str, SentLine | None]:
        """The ref and line of the key result that a squeezed text shows with something else in it, if it does."""
        for line in self.lines:
            if not isinstance(line.block, KeyResultLine) or line.label:
                continue
            title, code = line.text.partition(":")[0], line.text[line.text.rfind("(kr") :]
            if text.startswith(f"{title}:") and text.endswith(code):
                return line.block.ref, line
        return "", None


@lru_cache(maxsize=64)
def sent_letter(blocks: tuple[Block, ...]) -> SentLetter:
    """The lines of a letter; it comes back with every answer to it, and again with each of their forms."""
    return SentLetter(blocks)


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """The blocks of a letter, recovered from its text part, so that the same code reads answers to it.

    The marker, labels, key results, choices and lists are told by their form; everything else is a paragraph. The
    ids of labels are the same in every language; a label that no table has is its own id.
    """
    names = lexicon("").labels
    blocks: list[Block] = []
    marked = "· · ·" in text
    for position, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
        running: list[str] = []
        lines = [*paragraph.splitlines(), ""]
        for line, following in pairwise(lines):
            block = _block_of(line.strip(), names)
            headed = isinstance(block, AnswerLine) and following.strip().startswith(('"', "„", "“"))
            if block is None or headed:
                running.append(line.strip())
                continue
            if (
                isinstance(block, AnswerLine)
                and (found := _NUMBERED_LABEL.fullmatch(block.label))
                and block.id.startswith("answer")
            ):
                block = Question(id=f"answer-{found[2]}", text=running.pop() if running else "", label=block.label)
            _flush(blocks, running)
            _append(blocks, block)
        asked = FIRST if marked else _half_asked(" ".join(running))
        if running and position == 0 and asked:
            blocks.append(Question(id=asked, text="\n".join(running)))
        else:
            _flush(blocks, running)
    return tuple(blocks)


def _half_asked(text: str) -> str:
    """The half of a feedback form that an acknowledgement asks for: the one label in a text with a question."""
    low = f" {squeezed(text)} "
    halves = ((label, block) for label, block in lexicon("").labels.items() if block in {"positive", "suggestion"})
    named = {block for label, block in halves if f" {label} " in low}
    return named.pop() if len(named) == 1 and "?" in low else ""


def draft_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a letter about a first draft: the draft said back, and one question, a line of its own."""
    found: list[Block] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            found.append(block)
        elif not found:
            found.append(replace(block, role=ParagraphRole.DRAFT))
        else:
            found += [_paragraph_or_question(line) for line in block.text.splitlines()]
    return tuple(found)


def _paragraph_or_question(line: str) -> Block:
    return Question(id=FIRST, text=line) if line.rstrip().endswith("?") else Paragraph(text=line)


def _flush(blocks: list[Block], running: list[str]) -> None:
    if running:
        blocks.append(Paragraph(text="\n".join(running)))
        running.clear()


def _append(blocks: list[Block], block: Block) -> None:
    """Add a block; an answer line of a key result joins the line that shows it, an item its list."""
    last = blocks[-1] if blocks else None
    if isinstance(block, KeyResultLine) and not block.display:
        if isinstance(last, KeyResultLine) and last.ref == block.ref:
            blocks[-1] = replace(last, shown=False)
            return
        blocks.append(AnswerLine(id=block.label, label=block.label))
        return
    if isinstance(block, Items) and isinstance(last, Items):
        blocks[-1] = Items(items=last.items + block.items)
        return
    blocks.append(block)


def _block_of(line: str, names: Mapping[str, str]) -> Block | None:
    """The block one line is by itself; None for running text."""
    if line.startswith("· · ·"):
        return Marker(text=line)
    if found := _CHOICE.fullmatch(line):
        return Choice(id=found[1], letter=found[1], text=found[2])
    if found := _ITEM.fullmatch(line):
        minutes = int(found[3]) if found[3] else None
        return Items(items=(Item(number=int(found[1]), text=found[2], minutes=minutes),))
    if line.endswith(":"):
        label = line[:-1]
        if found := _KR_LABEL.fullmatch(label):
            return KeyResultLine(ref=found[1], key_result=found[1], display="")
        numbered = _NUMBERED_LABEL.fullmatch(label)
        known = names.get(label.lower()) or (names.get(numbered[1].lower()) if numbered else None)
        return AnswerLine(id=known or label, label=label)
    if not line.startswith("? ") and (found := _DISPLAY.match(line)):
        return KeyResultLine(ref=found[1], key_result=found[1], display=line, shown=True)
    return None
