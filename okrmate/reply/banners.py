"""The warning that a company's mail gate puts over what comes from outside: "[EXTERNAL] Do not click links"."""

from collections.abc import Sequence

from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.lexicon import Lexicon

BANNER_LINES = 4
"""A warning has no more lines."""
PHRASES = 2
"""Phrases of its own kind by which a warning is known; one is enough behind an alarming first word."""
_EDGES = " \t[*(⚠!|-"


def below_banner(lines: Sequence[str], words: Lexicon) -> int:
    """How many of these lines are a warning at their beginning; 0 where there is none, or nothing below it."""
    begin = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    end = found = 0
    for at, line in enumerate(lines[begin : begin + BANNER_LINES], start=begin):
        low = fold(line[:MAX_LINE])
        phrases = words.count("mail.banner", low)
        wrapped = bool(found) and line[:1].islower()
        if not (phrases or wrapped) and (found or not _alarms(line, words)):
            break
        found, end = found + phrases, at + 1
    known = found >= PHRASES or (found and _alarms(lines[begin], words))
    return end if known and any(line.strip() for line in lines[end:]) else 0


def _alarms(line: str, words: Lexicon) -> bool:
    """Whether a line begins with a word of alarm that stands apart: in brackets, or before a colon."""
    low = fold(line[:MAX_LINE]).strip()
    end = words.starts("mail.alarm", low.lstrip(_EDGES))
    return end >= 0 and (low[:1] in "[*⚠" or low.lstrip(_EDGES)[end : end + 1] in {":", "!"})
