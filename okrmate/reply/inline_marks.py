"""What people put before each answer they write into a quote, so that it is seen: a name, initials, a sign."""

import re
from collections.abc import Collection

from okrmate.frozen import replace
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.kept import OwnWords
from okrmate.reply.lexicon import Lexicon

_SIGN = re.compile(r"(?:>{2,}|#{2,}|/{2,}|»+|-{2,}>|={2,}>)\s*(?=\S)")
_NAMED = re.compile(
    r"(?:[\[(<]\s*([^\W\d_][^\]\[()<>\d]{0,40}?)\s*:?\s*[\])>]|([^\W\d_][^\]\[()<>:\d]{0,40}?)\s*[:>\]])\s*(?=\S)"
)
_WORD = re.compile(r"[^\W\d_]+")


def without_marks(words: OwnWords, writer: str, lexicon: Lexicon) -> OwnWords:
    """The words with such marks taken off their answers; names are those of the writer, and her initials.

    Outlook writes "[Name]" before what is typed into a quote, and people do the same by hand.
    """
    if not words.answers:
        return words
    names = _names(writer)
    answers = tuple(
        replace(answer, text="\n".join(_unmarked(line, names, lexicon) for line in answer.text.split("\n")))
        for answer in words.answers
    )
    return replace(words, answers=answers)


def _unmarked(line: str, names: Collection[str], lexicon: Lexicon) -> str:
    if len(line) > MAX_LINE:
        return line
    found = _SIGN.match(line)
    if found is None:
        found = _NAMED.match(line)
        said = fold(found[1] or found[2]).strip() if found else ""
        marks = bool(said) and (
            lexicon.whole("mail.answer", said) or all(word in names for word in _WORD.findall(said))
        )
        found = found if marks else None
    return line[found.end() :] if found else line


def _names(writer: str) -> frozenset[str]:
    """The words of a name, and its initials together."""
    parts = _WORD.findall(fold(writer))
    return frozenset({*parts, "".join(part[0] for part in parts)} if parts else ())
