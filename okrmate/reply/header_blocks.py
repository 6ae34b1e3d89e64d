"""The block of headers that mail programs put over a quoted letter, and the rules and titles that announce one."""

import re
from collections.abc import Sequence

from okrmate.domain.letters import QuotedLine
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.lexicon import Lexicon

HEADER_LINES = 16
HEADER_LABELS = 3
WRAPPED_FROM = 60
"""The last header, so long, may go on in the next line."""

_ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,190}\.[a-z]{2,}")
_WHEN = re.compile(r"(?<!\d)(?:(?:19|20)\d{2}(?!\d)|\d{1,2}[:.h]\d{2}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})")
_LABELLED = re.compile(r"\s*([^\W\d_][^\d:<>@_]{0,24}?)\s*:\s*(?=\S|$)")
_LABELS = re.compile(r"(?:^|\s)([^\W\d_]{1,24})\s?:(?=\s)")
"""Labels of one word, of which a converter may have left several in one line."""
_GOES_ON = re.compile(r"[,;<(]\s*$")
_RULE = re.compile(r"\s*[-_=~*–—─━]{4,}\s*$")
_TITLED_RULE = re.compile(r"\s*[-_=]{2,}+\s*+(.{3,60}?)\s*[-_=]{2,}\s*$")
_SAYS_MORE = re.compile(r"[@<(\d]")
"""What may follow a title within its rule: whose message, or when."""


_SENDER = re.compile(r"[^\d<>@:]{0,60}<?[^\s<>@]{1,64}@[^\s<>@]{1,190}>?")
"""A name with its address, or the address alone."""


class _Block:
    """The headers found so far: how many labels, whether an address and a moment stand among them."""

    def __init__(self) -> None:
        self.labels = 0
        self.address = self.dated = False

    def take(self, low: str, labels: int) -> None:
        """One more line of it."""
        self.labels += labels
        self.address = self.address or _ADDRESS.search(low) is not None
        self.dated = self.dated or _WHEN.search(low) is not None

    @property
    def is_one(self) -> bool:
        """Three labels, with an address or a moment among the values; two are enough with both."""
        enough = self.address or self.dated if self.labels >= HEADER_LABELS else self.labels > 1
        return enough and (self.labels >= HEADER_LABELS or (self.address and self.dated))


def header_block(lines: Sequence[QuotedLine], at: int, words: Lexicon) -> int:
    """How many lines from `at` on are a block of quoted headers; 0 if none is.

    Single blank lines between headers, lists of addresses that were wrapped, and labels of the block's own that no
    table has are read past.
    """
    return _memo(lines, at, words) or _labelled_block(lines, at, words)


def _labelled_block(lines: Sequence[QuotedLine], at: int, words: Lexicon) -> int:
    """A block whose lines begin with labels and colons, under a title or without one."""
    first = fold(lines[at].text[:MAX_LINE])
    if _TITLED_RULE.match(first):
        below = _behind_blank(lines, at + 1)
        under = header_block(lines, below, words) if below < len(lines) else 0
        return below - at + under if under else 0
    known = _labels(first, words)
    if not known and not (_ADDRESS.search(first) and _is_header(lines, at + 1, words, labelled=first)):
        return 0
    block, end, before = _Block(), at, ""
    for index, line in enumerate(lines[at : at + HEADER_LINES], start=at):
        if len(line.text) > MAX_LINE:
            break
        low = fold(line.text)
        labels = _labels(low, words)
        if labels:
            end = index + 1
        elif not low.strip():
            if not _is_header(lines, index + 1, words):
                break
            continue
        elif not (_belongs(low, before) or _is_header(lines, index + 1, words, labelled=low)):
            break
        block.take(low, labels)
        before = low
    if not block.is_one:
        return 0
    return end - at + _subject_goes_on(lines, end)


def _memo(lines: Sequence[QuotedLine], at: int, words: Lexicon) -> int:
    """How many lines are headers as older Notes has them: sender, moment, then labels without colons; 0 if none."""
    text = lines[at].text
    if ":" in text or "@" not in text or not _SENDER.fullmatch(text[:MAX_LINE].strip()):
        return 0
    rows = [fold(line.text[:MAX_LINE]).strip() for line in lines[at : at + HEADER_LINES]]
    dated = len(rows) > 1 and _WHEN.search(rows[1]) is not None and rows[1].count(" ") <= HEADER_LABELS
    labels = [place for place, row in enumerate(rows) if words.whole("mail.header", row)] if dated else []
    return labels[-1] + 1 if len(labels) >= HEADER_LABELS - 1 else 0


def _behind_blank(lines: Sequence[QuotedLine], at: int) -> int:
    """The place of the next line, behind one that is blank."""
    return at + 1 if at < len(lines) and not lines[at].text.strip() else at


def _labels(low: str, words: Lexicon) -> int:
    """How many labels of headers a line has, if it begins with one."""
    found = _LABELLED.match(low)
    if not found or not words.whole("mail.header", found[1].strip()):
        return 0
    return sum(words.whole("mail.header", label) for label in _LABELS.findall(low)) or 1


def _belongs(low: str, before: str) -> bool:
    """Whether a line without label goes on with the addresses above."""
    return bool(before) and bool(_GOES_ON.search(before) or _ADDRESS.search(low) or low[:1] in " \t")


def _is_header(lines: Sequence[QuotedLine], at: int, words: Lexicon, *, labelled: str = "x:") -> bool:
    """Whether the line at `at` is a header that has a known label; the one above must have any."""
    if at >= len(lines) or not _LABELLED.match(labelled):
        return False
    return _labels(fold(lines[at].text[:MAX_LINE]), words) > 0


def _subject_goes_on(lines: Sequence[QuotedLine], end: int) -> int:
    """1 if the line below the last header is its end, wrapped: alone above a blank line, and under a long one."""
    if end + 1 >= len(lines) or len(lines[end - 1].text) < WRAPPED_FROM or lines[end].depth != lines[end - 1].depth:
        return 0
    return int(bool(lines[end].text.strip()) and not lines[end + 1].text.strip())


def divider(line: QuotedLine, words: Lexicon) -> bool:
    """Whether a line is a rule, possibly with "Original Message" in it."""
    return len(line.text) <= MAX_LINE and (_RULE.match(line.text) is not None or _titled(fold(line.text), words))


def announces_quote(line: QuotedLine, words: Lexicon) -> bool:
    """Whether a line says that an older message follows: in a rule, or by its words and a colon alone."""
    if len(line.text) > MAX_LINE:
        return False
    low = fold(line.text).strip()
    return _titled(low, words) or (low.endswith(":") and words.whole("mail.divider", low.rstrip(" :")))


def announced(lines: Sequence[QuotedLine], at: int, words: Lexicon) -> int:
    """How many lines from `at` on, right under a title, are headers, be it without colons; 0 if not several are."""
    end = at
    while end < min(at + HEADER_LINES, len(lines)):
        low = fold(lines[end].text[:MAX_LINE]).strip()
        if not low or words.starts("mail.header", low) < 0:
            break
        end += 1
    return end - at if end - at >= HEADER_LABELS else 0


def _titled(low: str, words: Lexicon) -> bool:
    """Whether a rule has the title of a message in it, and no more than whose it is."""
    found = _TITLED_RULE.match(low)
    if found is None:
        return False
    end = words.starts("mail.divider", found[1])
    return end >= 0 and (end == len(found[1]) or _SAYS_MORE.search(found[1], end) is not None)
