"""Reading a reply against the letter it answers: a line equal to ours is ours, one that goes on carries an answer.

Re-wrapped lines are known by their words, and what is new belongs to the question it stands under. Nothing is ever cut
at an attribution.
"""

import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter

from okrmate.domain.letters import Choice, KeyResultLine, QuotedLine
from okrmate.reply.attribution import attribution
from okrmate.reply.folding import MAX_LINE, behind, composed, squeezed
from okrmate.reply.footers import signature
from okrmate.reply.header_blocks import divider, header_block
from okrmate.reply.kept import Keeping, OwnWords, Why
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.sent import SURE_WORDS, SentLetter, SentLine
from okrmate.reply.somebody_else import NOBODY, Correspondents, of_another

OTHER_MARK = re.compile(r"\s{0,4}(?:[|¦│:]|[A-Za-z]{1,4}>)(?:[ \t]|$)")
"""Marks that some programs put before quoted lines instead of ">": a bar, a colon, somebody's initials."""
CODE = re.compile(r"(?:kr ?)?([0-9]{1,2}\.[0-9]{1,2})(?![0-9.]) ?[:=]?")
"""A key result's code, by which a line begins."""
SEVERAL = 3
"""Before so many lines of ours the same sign is no chance."""
NO_DEPTH = sys.maxsize
"""No quote is so deep: the depth from which on words are another's, where none are."""


class FormReader(Keeping):
    """Reading against the letter that was sent; nothing is ever cut at an attribution.

    Unless it is that of somebody else's mail, and no marks tell where that ends: nothing below is the sender's.
    """

    mode = "form"

    def __init__(
        self, lines: Sequence[QuotedLine], sent: SentLetter, words: Lexicon, known: Correspondents = NOBODY
    ) -> None:
        super().__init__(_in_full(_unmarked(lines, sent), sent), words)
        self.sent = sent
        self.known = known
        self.cursor: SentLine | None = None
        self.under_label = False
        self.inside = False
        self.depths: set[int] = set()
        self.expected = -1
        self.blanks = 0
        self.anothers = NO_DEPTH
        """The depth from which on the quote is of another's mail."""

    def read(self) -> OwnWords:
        """Sort every line: ours, an answer, what programs add, or new."""
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if line.depth < self.anothers and line.text.strip():
                self.anothers = NO_DEPTH
            squeezed_text = squeezed(composed(line.text))
            if not squeezed_text:
                self._blank(line)
                at += 1
                continue
            if signature(line):
                end = self._signature_end(at)
                signs = not any(self.sent.named_in(squeezed(composed(each.text))) for each in self.lines[at + 1 : end])
                self.take_out(Why.SIGNATURE if signs else Why.DIVIDER, end - at if signs else 1)
                at = end if signs else at + 1
                continue
            if any(known(line, squeezed_text) for known in (self._ours, self._carries_answer, self._goes_on)):
                at += 1
                continue
            count, why = self.around(at)
            if count:
                at += count
                if self._begins_anothers(at - count, at, why) and not self._marked_from(at):
                    self.quoted += [each.text.strip() for each in self.lines[at:]]
                    self.take_out(Why.QUOTED, len(self.lines) - at)
                    break
                continue
            self._new(line, squeezed_text)
            at += 1
        return self.result()

    def _begins_anothers(self, at: int, end: int, why: Why | None) -> bool:
        """Whether what a program put around a quote says that it is a mail of another."""
        headers = why is Why.HEADER
        if not headers and why is not Why.ATTRIBUTION:
            return False
        if not of_another(self.lines[at:end], self.known, self.words, headers=headers):
            spoken = headers and not self.inside and any(line.strip() for line in self.text)
            writer, rest = self.known.writer, self.lines[end:]
            if not spoken or writer is None or any(self.sent.has(squeezed(composed(line.text))) for line in rest):
                return False
            # Below the sender's words the other of the two is quoted, and not by a letter of ours.
            return of_another(self.lines[at:end], writer, self.words, headers=True)
        named_only = not any("@" in line.text for line in self.lines[at:end])
        return not (named_only and _ours_first(self.lines[end:], self.sent))

    def _marked_from(self, at: int) -> bool:
        """Whether the mail of another that begins here is marked as a quote; so far nothing in it is the sender's."""
        below = next((line for line in self.lines[at:] if line.text.strip()), None)
        if below is None or below.depth <= self.lines[at - 1].depth:
            return False
        self.anothers = below.depth
        return True

    def _blank(self, line: QuotedLine) -> None:
        self.blanks += 1
        if not self.inside and not line.depth:
            self.keep("")

    def _enter(self, line: SentLine, depth: int) -> None:
        self.inside, self.cursor, self.under_label, self.blanks = True, line, line.label, 0
        self.depths.add(depth)
        self.take_out(Why.OURS)

    def _ours(self, line: QuotedLine, text: str) -> bool:
        """Whether the line is one of ours, whole or as the mail program wrapped it."""
        found = self.sent.by_text.get(text)
        if found and isinstance(found.block, Choice) and not (line.depth or self.inside or self.removed):
            return False  # typed out above everything, it is chosen
        brief = text.count(" ") < SURE_WORDS - 1  # squeezed: one blank between two words
        if found and (line.depth or self.inside or not brief or found.label):
            self._enter(found, line.depth)
            self.expected = self.sent.ends[text]
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
        self._enter(self.sent.starts[max(index, 0)][1], line.depth)
        self.expected = position + len(text) + 1
        return True

    def _carries_answer(self, line: QuotedLine, text: str) -> bool:
        """An answer line or open choice of ours that goes on: what follows is the answer."""
        if line.depth >= self.anothers:
            return False
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
            self.depths.add(line.depth)
            self.expected = -1
            return True
        return False

    def _goes_on(self, line: QuotedLine, text: str) -> bool:
        """Any other line of ours behind which somebody wrote on: what follows is theirs, and answers that line."""
        readable = len(line.text) <= MAX_LINE and line.depth < self.anothers
        found = self.sent.begun_by(text, self.expected) if readable else None
        if found is None or (isinstance(found[0].block, Choice) and not (self.inside or line.depth)):
            return False
        self._enter(found[0], line.depth)
        self._say(found[0].to, behind(line.text, found[1]))
        self.expected = -1
        return True

    def _say(self, to: str, text: str) -> None:
        """Take words as the sender's, as an answer where they stand under something that takes any."""
        if to:
            self.answer(to, text.strip())
        else:
            self.keep(text.strip())

    def _edited(self, line: QuotedLine, text: str) -> bool:
        """Whether the line is a key result as we showed it, with something else typed into it."""
        if len(line.text) > MAX_LINE or not (self.inside or line.depth):
            return False
        ref, sent = self.sent.typed_over(text)
        if sent:
            self.edited.append(ref)
            self._enter(sent, line.depth)
        return sent is not None

    def _new(self, line: QuotedLine, text: str) -> None:
        """A line that is neither ours nor a program's."""
        if self._edited(line, text):
            return
        cursor, written = self.cursor, not line.depth or self._written_in_quote(line, text)
        if written:
            self._say(cursor.to if cursor and self.inside else "", line.text)
        else:
            self.quoted.append(line.text.strip())
            self.take_out(Why.QUOTED)
        self.expected = -1 if written else self.expected

    def _written_in_quote(self, line: QuotedLine, text: str) -> bool:
        """Whether a new line with quote marks was written between our lines: where some of ours have as many marks.

        With fewer stands what was quoted before, and with more what somebody set off by marks typed by hand; under our
        last line stands what others have added. A line that is nearly ours was changed on its way.
        """
        typed = bool(self.depths) and line.depth > max(self.depths)
        if not self.inside or not (typed or line.depth in self.depths) or line.depth >= self.anothers:
            return False
        over = self.cursor is self.sent.lines[-1] and not self.cursor.to
        return not over and not self.sent.nearly_has(text)

    def _signature_end(self, at: int) -> int:
        """Where a signature that begins here ends: at the next line of ours, attribution, or other depth."""
        end, depth = at + 1, self.lines[at].depth
        while end < len(self.lines) and self.lines[end].depth == depth:
            text = squeezed(self.lines[end].text)
            if text in self.sent.by_text or (text and attribution(self.lines, end, self.words)):
                break
            if text and (divider(self.lines[end], self.words) or header_block(self.lines, end, self.words)):
                break
            end += 1
        return end


def _ours_first(lines: Sequence[QuotedLine], sent: SentLetter) -> bool:
    """Whether the first of these lines is one of our letter's: then whoever is named above it quotes that."""
    below = squeezed(composed(next((line.text for line in lines if line.text.strip()), "")))
    found = sent.by_text.get(below)
    wrapped = below.count(" ") >= SURE_WORDS - 1 and f" {below} " in sent.stream
    return wrapped or (found is not None and not found.label)


def _unmarked(lines: Sequence[QuotedLine], sent: SentLetter) -> Sequence[QuotedLine]:
    """The lines without the one other mark that stands before several lines of ours; those that have it are quoted."""
    marked = [(there[0].strip(), line.text[there.end() :]) for line in lines if (there := OTHER_MARK.match(line.text))]
    found = Counter(mark for mark, rest in marked if sent.has(squeezed(composed(rest))))
    mark, often = max(found.items(), key=itemgetter(1), default=("", 0))
    if often < min(SEVERAL, len(sent.lines)) or not often:
        return lines
    return [
        line._replace(text=line.text[there.end() :], depth=line.depth + 1)
        if (there := OTHER_MARK.match(line.text)) and there[0].strip() == mark
        else line
        for line in lines
    ]


def _in_full(lines: Sequence[QuotedLine], sent: SentLetter) -> Sequence[QuotedLine]:
    """The lines, a key result's code alone right above words as the label that it is short for.

    Unless other words stand right above it: what those head ("Next month:") is read line by line.
    """
    full, free = list(lines), True
    for at, (line, below) in enumerate(pairwise(lines)):
        code = CODE.fullmatch(squeezed(line.text)) if free and line.depth == below.depth == 0 else None
        label = f"KR {code[1]}:" if code else ""
        under = squeezed(composed(below.text))
        short = bool(label and under) and squeezed(label) in sent.by_text and not CODE.match(under)
        if short:
            full[at] = line._replace(text=label)
        headed = at > 0 and full[at - 1] is not lines[at - 1]
        free = short or headed or not line.text.strip()
    return full


def _behind_label(text: str, colons: int) -> str:
    """What stands behind the last of as many colons as the label has."""
    for position, char in enumerate(text):
        colons -= char in ":\uff1a"
        if not colons:
            return text[position + 1 :]
    return ""
