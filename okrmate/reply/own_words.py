"""The sender's own words: what is new in a reply, told from what we sent and from what mail programs add.

Against a letter of ours ("form" reading): a line equal to ours is ours, an answer line of ours that goes on carries
an answer, re-wrapped lines are known by their words, and what is new belongs to the question it stands under.
Without one ("plain"): up to the attribution, and between quoted lines. Nothing is ever put in that was not there.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from okrmate.domain.letters import Block, Choice, KeyResultLine, QuotedLine
from okrmate.reply.attribution import (
    announces_quote,
    attribution,
    device,
    divider,
    footer,
    header_block,
    lead,
    signature,
)
from okrmate.reply.folding import MAX_LINE, composed, squeezed
from okrmate.reply.lexicon import Lexicon, lexicon
from okrmate.reply.sent import SentLetter, SentLine

MAX_LINES = 20_000
MAX_TEXT = 1_000_000
"""Past these bounds nothing is read and the mail is held (design "The sender's own words", rule 1)."""
WRAPPED_FROM = 60
"""A quoted line so long may have been broken by the program that quoted it."""
SENTENCE_ENDS = frozenset(".!?:…")
TOO_LONG = "too long to be read"
SURE_WORDS = 4
"""So many words in our order are ours wherever they stand; fewer only where they go on from the line before."""


class Why(StrEnum):
    """Why lines were taken out."""

    OURS = "ours"
    QUOTED = "quoted"
    ATTRIBUTION = "attribution"
    HEADER = "header"
    DIVIDER = "divider"
    SIGNATURE = "signature"
    DEVICE = "device"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Words written behind or under a line of ours; `to` is the block's id, a key result's label, or our line."""

    to: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """How many lines were taken out for one reason."""

    why: Why
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What the sender wrote: `text` above or between what is ours, `answers` by what they stand under.

    `edited` are key results (refs) whose displayed line was typed over, `quoted` the lines of a quote whose letter
    is not known. `empty_reason` is never empty where there are no words.
    """

    text: str
    mode: str
    answers: tuple[Answer, ...] = ()
    removed: tuple[Removed, ...] = ()
    sure: bool = True
    empty_reason: str = ""
    edited: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()

    @property
    def everything(self) -> str:
        """All of the sender's words in one text."""
        return "\n".join(part for part in (self.text, *(answer.text for answer in self.answers)) if part)


def own_words(lines: Sequence[QuotedLine], sent: Sequence[Block] = (), locale: str = "") -> OwnWords:
    """The sender's own words in `lines`, read against the blocks of the letter they answer if it is known."""
    if len(lines) > MAX_LINES or sum(len(line.text) for line in lines) > MAX_TEXT:
        return OwnWords(text="", mode="form" if sent else "plain", sure=False, empty_reason=TOO_LONG)
    reader = _FormReader(lines, SentLetter(sent), lexicon(locale)) if sent else _PlainReader(lines, lexicon(locale))
    return reader.read()


class _Reader:
    """What both ways of reading share: the place in the mail, and what was kept and taken out so far."""

    mode = "plain"

    def __init__(self, lines: Sequence[QuotedLine], words: Lexicon) -> None:
        self.lines = lines
        self.words = words
        self.text: list[str] = []
        self.answers: list[tuple[str, list[str]]] = []
        self.removed: dict[Why, int] = {}
        self.edited: list[str] = []
        self.quoted: list[str] = []
        self.sure = True

    def take_out(self, why: Why, count: int = 1) -> None:
        self.removed[why] = self.removed.get(why, 0) + count

    def keep(self, text: str) -> None:
        self.text.append(text)

    def answer(self, to: str, text: str) -> None:
        """Add words to what stands under `to`; further lines go on where the last ones were for it too."""
        if self.answers and self.answers[-1][0] == to:
            self.answers[-1][1].append(text)
        else:
            self.answers.append((to, [text]))

    def around(self, at: int) -> int:
        """How many lines from `at` on are what a mail program adds around a quote; they are taken out."""
        line = self.lines[at]
        for why, count in (
            (Why.HEADER, header_block(self.lines, at, self.words)),
            (Why.ATTRIBUTION, attribution(self.lines, at, self.words)),
            (Why.FOOTER, footer(self.lines, at, self.words)),
            (Why.DIVIDER, int(divider(line, self.words) or announces_quote(line, self.words))),
            (Why.DEVICE, int(device(line, self.words))),
        ):
            if count:
                if why is Why.ATTRIBUTION and (before := lead(line, self.words)):
                    self.keep(before)
                self.take_out(why, count)
                return count
        return 0

    def result(self) -> OwnWords:
        text = "\n".join(self.text).strip("\n")
        answers = tuple(
            Answer(to=to, text=joined) for to, parts in self.answers if (joined := "\n".join(parts).strip())
        )
        empty = not text.strip() and not answers
        reason = ("only what was quoted" if self.removed else "no text") if empty else ""
        return OwnWords(
            text=text,
            mode=self.mode,
            answers=answers,
            removed=tuple(Removed(why=why, lines=count) for why, count in self.removed.items()),
            sure=self.sure,
            empty_reason=reason,
            edited=tuple(dict.fromkeys(self.edited)),
            quoted=tuple(self.quoted),
        )


class _PlainReader(_Reader):
    """Reading without the letter: generic rules."""

    def __init__(self, lines: Sequence[QuotedLine], words: Lexicon) -> None:
        super().__init__(lines, words)
        written = [at for at, line in enumerate(lines) if line.text.strip()]
        self._last_written = max(written, default=-1)
        self._last_marked = max((at for at in written if lines[at].depth), default=-1)

    def read(self) -> OwnWords:
        """Keep what is above the quote, and what stands between quoted lines."""
        at, above = 0, ""
        while at < len(self.lines):
            line = self.lines[at]
            if signature(line) and line.depth == 0:
                at = self._past_signature(at)
                continue
            count = self.around(at) if line.text.strip() else 0
            if count:
                headed = Why.HEADER in self.removed or announces_quote(line, self.words)
                if (headed or self._ends_here(at + count)) and not device(line, self.words):
                    self.take_out(Why.QUOTED, len(self.lines) - at - count)
                    break
                at += count
                continue
            if self._wrapped_quote(at):
                self.take_out(Why.QUOTED)
            else:
                above = self._line(line, above)
            at += 1
        return self.result()

    def _wrapped_quote(self, at: int) -> bool:
        """Whether a line without mark is the end of the long quoted line above, which a program has broken.

        It goes on in lower case where no sentence ended, and the quote goes on below.
        """
        if not 0 < at < len(self.lines) - 1:
            return False
        before, line, after = self.lines[at - 1 : at + 2]
        return (
            line.depth == 0 < before.depth <= after.depth
            and len(before.text) >= WRAPPED_FROM
            and before.text.rstrip()[-1:] not in SENTENCE_ENDS
            and line.text[:1].islower()
        )

    def _ends_here(self, at: int) -> bool:
        """Whether the attribution just taken out is followed by no quote mark: then all below is the quote."""
        return Why.ATTRIBUTION in self.removed and self._last_marked < at <= self._last_written

    def _line(self, line: QuotedLine, above: str) -> str:
        """Keep or take out one line; returns the quoted line that the next one would stand under."""
        if line.depth:
            if line.text.strip():
                self.quoted.append(line.text.strip())
                self.take_out(Why.QUOTED)
                return line.text.strip()
            return ""
        if not line.text.strip():
            self.keep("")
            return ""
        if above:
            self.answer(above, line.text)
        else:
            self.keep(line.text)
        return above

    def _past_signature(self, at: int) -> int:
        end = at
        while end < len(self.lines) and self.lines[end].depth == 0 and not self._quote_begins(end):
            end += 1
        self.take_out(Why.SIGNATURE, end - at)
        return end

    def _quote_begins(self, at: int) -> bool:
        line = self.lines[at]
        return bool(line.text.strip()) and bool(
            attribution(self.lines, at, self.words) or announces_quote(line, self.words)
        )


class _FormReader(_Reader):
    """Reading against the letter that was sent; nothing is ever cut at an attribution."""

    mode = "form"

    def __init__(self, lines: Sequence[QuotedLine], sent: SentLetter, words: Lexicon) -> None:
        super().__init__(lines, words)
        self.sent = sent
        self.cursor: SentLine | None = None
        self.under_label = False
        self.inside = False
        self.expected = -1
        self.blanks = 0

    def read(self) -> OwnWords:
        """Sort every line: ours, an answer, what programs add, or new."""
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            squeezed_text = squeezed(composed(line.text)) if len(line.text) <= MAX_TEXT else ""
            if not squeezed_text:
                self._blank(line)
                at += 1
                continue
            if signature(line):
                at = self._past_signature(at)
                continue
            if self._ours(line, squeezed_text) or self._carries_answer(line, squeezed_text):
                at += 1
                continue
            count = self.around(at)
            if count:
                at += count
                continue
            self._new(line, squeezed_text)
            at += 1
        return self.result()

    def _blank(self, line: QuotedLine) -> None:
        self.blanks += 1
        if not self.inside and not line.depth:
            self.keep("")

    def _enter(self, line: SentLine) -> None:
        self.inside, self.cursor, self.under_label, self.blanks = True, line, line.label, 0
        self.take_out(Why.OURS)

    def _ours(self, line: QuotedLine, text: str) -> bool:
        """Whether the line is one of ours, whole or as the mail program wrapped it."""
        found = self.sent.by_text.get(text)
        if found and isinstance(found.block, Choice) and not (line.depth or self.inside or self.removed):
            return False  # typed out above everything, it is chosen
        brief = text.count(" ") < SURE_WORDS - 1  # squeezed: one blank between two words
        if found and (line.depth or self.inside or not brief or found.label):
            self._enter(found)
            position = self.sent.stream.find(f" {text} ")
            self.expected = position + len(text) + 1 if position >= 0 else -1
            return True
        return self._wrapped(line, text, brief=brief)

    def _wrapped(self, line: QuotedLine, text: str, *, brief: bool) -> bool:
        """A part of a line of ours: it goes on where the last one ended, or is long enough to be known by its words."""
        stream = self.sent.stream
        if self.expected >= 0 and stream.startswith(f" {text} ", self.expected) and (self.inside or line.depth):
            position = self.expected
        elif brief or not (line.depth or self.inside or text.count(" ") >= SURE_WORDS):
            return False
        else:
            position = stream.find(f" {text} ")
            if position < 0:
                return False
        index = bisect_right(self.sent.starts, position + 1, key=lambda pair: pair[0]) - 1
        self._enter(self.sent.starts[max(index, 0)][1])
        self.expected = position + len(text) + 1
        return True

    def _carries_answer(self, line: QuotedLine, text: str) -> bool:
        """An answer line or open choice of ours that goes on: what follows is the answer."""
        for label in self.sent.labels:
            if not text.startswith(label.text) or len(text) == len(label.text):
                continue
            if isinstance(label.block, KeyResultLine) and not (self.inside or line.depth):
                return False  # above the form a line with a reference is read as any other
            shown = _behind_label(line.text, label.text.count(":"))
            self.answer(label.to, shown.strip())
            self.cursor, self.under_label, self.blanks = (
                (label, True, 0) if self.inside or line.depth else (None, False, 0)
            )
            self.inside = self.inside or bool(line.depth)
            self.expected = -1
            return True
        return False

    def _edited(self, line: QuotedLine, text: str) -> bool:
        """Whether the line is a key result as we showed it, with something else typed into it."""
        if len(line.text) > MAX_LINE or not (self.inside or line.depth):
            return False
        for sent in self.sent.lines:
            if not isinstance(sent.block, KeyResultLine) or sent.label:
                continue
            title = sent.text.partition(":")[0]
            if text.startswith(f"{title}:") and text.endswith(sent.text[sent.text.rfind("(kr") :]):
                self.edited.append(sent.block.ref)
                self._enter(sent)
                return True
        return False

    def _new(self, line: QuotedLine, text: str) -> None:
        """A line that is neither ours nor a program's."""
        if self._edited(line, text):
            return
        cursor = self.cursor
        if cursor and cursor.to and self.inside and (self.under_label or not line.depth):
            self.answer(cursor.to, line.text.strip())
        elif line.depth:
            self.quoted.append(line.text.strip())
            self.take_out(Why.QUOTED)
        else:
            self.keep(line.text)
        self.expected = -1 if not line.depth else self.expected

    def _past_signature(self, at: int) -> int:
        """Past a signature: up to the next line of ours, attribution, or other depth."""
        end, depth = at + 1, self.lines[at].depth
        while end < len(self.lines) and self.lines[end].depth == depth:
            text = squeezed(self.lines[end].text)
            if text in self.sent.by_text or (text and attribution(self.lines, end, self.words)):
                break
            if text and (divider(self.lines[end], self.words) or header_block(self.lines, end, self.words)):
                break
            end += 1
        self.take_out(Why.SIGNATURE, end - at)
        return end


def _behind_label(text: str, colons: int) -> str:
    """What stands behind the last of as many colons as the label has."""
    for position, char in enumerate(text):
        colons -= char in ":\uff1a"
        if not colons:
            return text[position + 1 :]
    return ""
