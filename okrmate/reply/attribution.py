"""Lines that mail programs put around a quoted letter: attributions, header blocks, dividers, devices."""

import re
from collections.abc import Sequence

from okrmate.domain.letters import QuotedLine
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.lexicon import Lexicon

MAX_WRAPPED = 5
"""An attribution is read over at most so many wrapped lines (design "The sender's own words", rule 6)."""
HEADER_LINES = 12
HEADER_LABELS = 3

_ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,190}\.[a-z]{2,}")
_WHEN = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}(?![0-9])|[0-9]{1,2}[:.h][0-9]{2}(?![0-9])|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4})"
)
_TELLING = re.compile(r"[0-9@<]")
_DATE_FIRST = re.compile(
    r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}|[0-9]{4}[-/][0-9]{1,2}[-/]|[0-9]{1,2}\.? [^\W\d_]{3,12} [0-9]{4}"
    r"|[a-z]{2,3}[.,] [0-9]"
)
_LABELLED = re.compile(r"\s*([^\W\d_][\w .'-]{0,24}?)\s*:\s*(?=\S|$)")
_RULE = re.compile(r"\s*[-_=~]{5,}\s*$")
_TITLED_RULE = re.compile(r"\s*[-_=]{2,}\s*(.{3,60}?)\s*[-_=]{2,}\s*$")
_SIGNATURE = re.compile(r"--\s?$")


def attribution(lines: Sequence[QuotedLine], at: int, words: Lexicon) -> int:
    """How many lines from `at` on are one attribution ("On …, somebody wrote:"); 0 if none is."""
    joined = ""
    depth = lines[at].depth
    verbs = words.words("mail.wrote")
    if not _TELLING.search(lines[at].text[:MAX_LINE]):
        return 0
    for count, line in enumerate(lines[at : at + MAX_WRAPPED], start=1):
        low = fold(line.text).strip()
        if not low or line.depth != depth or len(joined) + len(low) > MAX_LINE:
            return 0
        joined = f"{joined} {low}".strip()
        if joined.endswith((":", *verbs)):
            told = words.has("mail.wrote", joined) or _ADDRESS.search(joined) is not None
            if not told or not _WHEN.search(joined):
                return 0
            return count if count == 1 or _opens(lines, at, count, words) else 0
    return 0


def _opens(lines: Sequence[QuotedLine], at: int, count: int, words: Lexicon) -> bool:
    """Whether a wrapped attribution can begin at this line: by a date or the word before one, and none begins below."""
    low = fold(lines[at].text).strip()
    dated = _DATE_FIRST.match(low) is not None or words.starts("mail.opens", low) >= 0
    return dated and not any(attribution(lines, later, words) for later in range(at + 1, at + count))


def header_block(lines: Sequence[QuotedLine], at: int, words: Lexicon) -> int:
    """How many lines from `at` on are a block of quoted headers (a From-label and two more); 0 if none is."""
    labels = 0
    end = at
    for index, line in enumerate(lines[at : at + HEADER_LINES], start=at):
        if len(line.text) > MAX_LINE:
            break
        found = _LABELLED.match(fold(line.text))
        if not found or not words.whole("mail.header", found[1].strip()):
            if not labels or not line.text.strip():
                break
            continue  # a wrapped list of addresses
        labels += 1
        end = index + 1
    return end - at if labels >= HEADER_LABELS else 0


def divider(line: QuotedLine, words: Lexicon) -> bool:
    """Whether a line is a rule, possibly with "Original Message" in it."""
    if len(line.text) > MAX_LINE:
        return False
    low = fold(line.text)
    titled = _TITLED_RULE.match(low)
    return _RULE.match(low) is not None or (titled is not None and words.has("mail.divider", titled[1]))


def announces_quote(line: QuotedLine, words: Lexicon) -> bool:
    """Whether a divider says that an older message follows."""
    return divider(line, words) and words.has("mail.divider", fold(line.text))


def device(line: QuotedLine, words: Lexicon) -> bool:
    """Whether a line is what a telephone or program adds: "Sent from my …"."""
    if len(line.text) > MAX_LINE:
        return False
    low = fold(line.text).strip()
    return words.starts("mail.device", low) >= 0


def signature(line: QuotedLine) -> bool:
    """Whether a line is the signature separator (RFC 3676 section 4.3), also where its blank was lost."""
    return line.text.startswith("--") and _SIGNATURE.fullmatch(line.text) is not None
