"""The sender's own words: what is new in a reply, told from what we sent and from what mail programs add.

Against a letter of ours ("form" reading) see `beside_letter`. Without one ("plain"): up to the attribution, and
between quoted lines. Nothing is ever put in that was not there.
"""

import re
from collections.abc import Sequence

from okrmate.domain.letters import Block, QuotedLine
from okrmate.reply.attribution import MAX_WRAPPED, attribution
from okrmate.reply.beside_letter import OTHER_MARK, FormReader
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.footers import device, signature
from okrmate.reply.header_blocks import announces_quote
from okrmate.reply.kept import Keeping, OwnWords, Why
from okrmate.reply.lexicon import Lexicon, lexicon
from okrmate.reply.sent import sent_letter
from okrmate.reply.somebody_else import NOBODY, Correspondents

MAX_LINES = 20_000
MAX_TEXT = 1_000_000
"""Past these bounds nothing is read and the mail is held (design "The sender's own words", rule 1)."""
WRAPPED_FROM = 60
"""A quoted line so long may have been broken by the program that quoted it."""
OPEN_LINK = re.compile(r"[<(]https?://[^\s<>()]{1,400}$")
"""A link whose bracket is not closed in its line."""
SENTENCE_ENDS = frozenset(".!?:…")
CODED = re.compile(r"\s*(?:[-*•]\s+)?(?:kr\s*[0-9]{1,2}\.[0-9]{1,2}|[0-9]{1,2}\.[0-9]{1,2}\s*[:=])\s*\S")
"""A line that says something of a key result, and is in no signature (design "The sender's own words", rule 7)."""
ARROWS = ">>>"
BARS = ("|", "¦", "│", ":")
MOST_INITIALS = 5
TOO_LONG = "too long to be read"


def own_words(
    lines: Sequence[QuotedLine], sent: Sequence[Block] = (), locale: str = "", known: Correspondents = NOBODY
) -> OwnWords:
    """The sender's own words in `lines`, read against the blocks of the letter they answer if it is known.

    `known` are the two who write to each other: a mail of anybody else in it is quoted, with or without marks.
    """
    if len(lines) > MAX_LINES or sum(len(line.text) for line in lines) > MAX_TEXT:
        return OwnWords(text="", mode="form" if sent else "plain", sure=False, empty_reason=TOO_LONG)
    reader = (
        FormReader(lines, sent_letter(tuple(sent)), lexicon(locale), known)
        if sent
        else _PlainReader(lines, lexicon(locale))
    )
    return reader.read()


class _PlainReader(Keeping):
    """Reading without the letter: generic rules."""

    def __init__(self, lines: Sequence[QuotedLine], words: Lexicon) -> None:
        super().__init__(_with_other_marks(lines, words), words)
        lines = self.lines
        written = [at for at, line in enumerate(lines) if line.text.strip()]
        self._last_written = max(written, default=-1)
        self._last_marked = max((at for at in written if lines[at].depth), default=-1)

    def read(self) -> OwnWords:
        """Keep what is above the quote, and what stands between quoted lines."""
        at, above = 0, ""
        while at < len(self.lines):
            line = self.lines[at]
            if signature(line) and line.depth == 0:
                end = self._signature_end(at)
                signs = not any(CODED.match(fold(each.text[:MAX_LINE])) for each in self.lines[at + 1 : end])
                self.take_out(Why.SIGNATURE if signs else Why.DIVIDER, end - at if signs else 1)
                at = end if signs else at + 1
                continue
            if self._arrowed(at):
                self.take_out(Why.QUOTED, len(self.lines) - at)
                break
            count, _ = self.around(at) if line.text.strip() else (0, None)
            if count:
                headed = Why.HEADER in self.removed or self._announces(at, count)
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

    def _arrowed(self, at: int) -> bool:
        """Whether a line between ">>>" and ">>>" heads a quote without marks, as GroupWise writes it."""
        line = self.lines[at]
        framed = line.depth == len(ARROWS) and line.text.rstrip().endswith(ARROWS)
        return framed and at + 1 < len(self.lines) and self.lines[at + 1].depth == 0

    def _announces(self, at: int, count: int) -> bool:
        """Whether lines announce a quote without marks; an attribution under them tells by itself what follows it."""
        if not announces_quote(self.lines[at], self.words):
            return False
        below = next((place for place in range(at + count, len(self.lines)) if self.lines[place].text.strip()), None)
        return below is None or not attribution(self.lines, below, self.words)

    def _wrapped_quote(self, at: int) -> bool:
        """Whether a line without mark is the end of the long quoted line above, which a program has broken.

        It goes on in lower case where no sentence ended, or with a link, and the quote goes on below.
        """
        if not 0 < at < len(self.lines) - 1:
            return False
        before, line, after = self.lines[at - 1 : at + 2]
        if line.depth == 0 < before.depth and OPEN_LINK.search(before.text[:MAX_LINE]):
            return line.text.strip() != "" and " " not in line.text.strip()
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

    def _signature_end(self, at: int) -> int:
        end = at
        while end < len(self.lines) and self.lines[end].depth == 0 and not self._quote_begins(end):
            end += 1
        return end

    def _quote_begins(self, at: int) -> bool:
        line = self.lines[at]
        return bool(line.text.strip()) and bool(
            attribution(self.lines, at, self.words) or announces_quote(line, self.words)
        )


def _with_other_marks(lines: Sequence[QuotedLine], words: Lexicon) -> Sequence[QuotedLine]:
    """The lines, with a quote mark where right under an attribution several have another one: a bar, initials."""
    candidates = [at for at, line in enumerate(lines[:-1]) if not line.depth and _may_be_marked(line.text)]
    for at in candidates:
        found = OTHER_MARK.match(lines[at].text)
        if not found or not lines[at + 1].text.startswith(found[0].rstrip()) or not _is_under_one(lines, at, words):
            continue
        mark = found[0].strip()
        return [
            each._replace(text=each.text[there.end() :], depth=each.depth + 1)
            if (there := OTHER_MARK.match(each.text)) and there[0].strip() == mark
            else each
            for each in lines
        ]
    return lines


def _is_under_one(lines: Sequence[QuotedLine], at: int, words: Lexicon) -> bool:
    """Whether an attribution ends right above this line."""
    return any(begin + attribution(lines, begin, words) == at for begin in range(max(0, at - MAX_WRAPPED), at))


def _may_be_marked(text: str) -> bool:
    """Whether a line begins by a bar or has an arrow right behind its first characters: few lines do."""
    return ">" in text[1:MOST_INITIALS] or text.startswith(BARS)
