"""What stands under somebody's words and is nobody's: devices, notices of lawyers, mailing lists, signatures."""

import re
from collections.abc import Sequence
from itertools import takewhile

from okrmate.domain.letters import QuotedLine
from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.lexicon import Lexicon

FOOTER_LINES = 6
MAX_DEVICE = 9
"""Blanks behind "Sent from" within what may still be a device's name."""
MAX_GADGET = 3
"""The same where the thing is named by no more than "phone" or "mail", which people write about too."""
NOTICE_PHRASES = 2
"""Phrases of its own kind by which a notice is known: one alone may be anybody's."""
LONG = 60
"""A line so long may have been wrapped."""
MIN_NOTICE = 25
"""Characters of the shortest notice; two phrases of lawyers in less are chance."""

_LONG_RULE = re.compile(r"\s*[-_=]{20,}\s*$")
_LINK = re.compile(r"<?\(?https?://\S*")
_EDGES = " \t.!"
_GOES_ON = re.compile(r", [^\WA-ZÀ-Þ_]|[.!?;] \S|: ?\S|[–-] \S|\?$|\d\.\d")
"""How a sentence goes on, and the name of a telephone does not."""
_GENERATION = re.compile(r"\b[2-6]g\b")
_BRAND = re.compile(r"[A-ZÀ-Þ0-9]")
_SENTENCE_ENDS = frozenset(".!?:…。")
_SIGNATURE = re.compile(r"--\s?$")


def device(line: QuotedLine, words: Lexicon) -> bool:
    """Whether a line is what a telephone or program adds: "Sent from my …", and no sentence that begins like it.

    It says that something was sent, and from what: a product of the list, or behind "my" a name with a capital.
    """
    if len(line.text) > MAX_LINE:
        return False
    text = _LINK.sub("", composed(line.text)).strip(_EDGES)
    low = fold(text)
    if words.whole("mail.device_alone", low):
        return True
    begin, end = max(words.starts("mail.device", low), 0), words.ends("mail.device_ends", low)
    if end < 0 and words.starts("mail.device_opens", low) >= 0:
        end = words.ends("mail.device_closes", low)
    if not begin and end < 0:
        return False
    rest = text[begin : end if end > begin else None].strip(_EDGES)
    goes_on = _GOES_ON.search(rest)
    if rest.count(" ") > MAX_DEVICE or (goes_on and not _excuses(fold(rest[goes_on.start() :]), words)):
        return False
    from_a_thing = words.starts("mail.device_from", low) >= 0
    there = low if from_a_thing or end >= 0 or not rest else fold(rest)
    if _product(there, words):
        return not _sent_to(there, words)
    brief = rest.count(" ") <= MAX_GADGET
    own = words.starts("mail.device_mine", low) >= 0 and _BRAND.match(rest) is not None
    return brief and (own or (from_a_thing and words.may_have("mail.gadget", there)))


def _sent_to(low: str, words: Lexicon) -> bool:
    """Whether it says to whom something was sent: "to Tom", and not "til Android"."""
    said = low.split()
    to = next((place for place, word in enumerate(said) if words.whole("mail.recipient", word)), len(said))
    return to < len(said) and not _product(" ".join(said[to:]), words)


def _product(low: str, words: Lexicon) -> bool:
    """Whether a telephone or mail program is named, be it within a word."""
    return words.has("mail.product", low) or words.may_have("mail.stem", low)


def _excuses(tail: str, words: Lexicon) -> bool:
    """Whether what follows only excuses how the mail was typed, or names the telephone once more."""
    again = tail.startswith((", an ", ", a ")) and (_product(tail, words) or words.may_have("mail.gadget", tail))
    digits = any(char.isdigit() for char in _GENERATION.sub("", tail))
    return not digits and (again or words.may_have("mail.apology", tail))


def footer(lines: Sequence[QuotedLine], at: int, words: Lexicon) -> int:
    """How many lines from `at` on are what a mailing list puts under each mail: a rule, and what it says below."""
    if not _LONG_RULE.match(lines[at].text[:MAX_LINE]):
        return 0
    rows = [line.text for line in lines[at + 1 : at + 1 + FOOTER_LINES]]
    below = list(takewhile(str.strip, rows))
    return 1 + len(below) if any(words.has("mail.footer", fold(row[:MAX_LINE])) for row in below) else 0


def signature(line: QuotedLine) -> bool:
    """Whether a line is the signature separator (RFC 3676 section 4.3), also where its blank was lost."""
    return line.text.startswith("--") and _SIGNATURE.fullmatch(line.text) is not None


def above_notices(lines: Sequence[str], words: Lexicon) -> int:
    """How many of these lines stand above the notices of lawyers at their end; all where there is none.

    A notice begins at the first line of the last paragraphs that has a phrase of the list, and is known by several.
    A mail that says nothing else keeps it, as nobody knows then what it is.
    """
    at = found = len(lines)
    while at:
        begin = at
        while begin and lines[begin - 1].strip():
            begin -= 1
        if begin == at:
            at -= 1
            continue
        phrases = words.count("mail.notice", fold(" ".join(lines[begin:at])))
        first = _notice_begins(lines, begin, at, words) if phrases else at
        if phrases >= NOTICE_PHRASES and sum(map(len, lines[first:at])) >= MIN_NOTICE:
            found = first
        if first > begin:
            break
        at = begin
    return found if any(line.strip() for line in lines[:found]) else len(lines)


def _notice_begins(lines: Sequence[str], begin: int, end: int, words: Lexicon) -> int:
    """The first line of a paragraph that has a phrase of notices, or the long line above that goes on with it."""
    first = next((at for at in range(begin, end) if words.has("mail.notice", fold(lines[at]))), end)
    goes_on = first == begin + 1 and len(lines[begin]) >= LONG and lines[begin].rstrip()[-1:] not in _SENTENCE_ENDS
    return begin if goes_on else first
