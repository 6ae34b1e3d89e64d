"""Which of a mail's two versions counts, its plain text or its HTML, and whether they contradict each other."""

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from okrmate.domain.letters import QuotedLine

ENOUGH = 2
"""Words that only the HTML has, from which on it says more; a number alone is enough."""

_WORD = re.compile(r"[0-9]+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]+")
_LINK = re.compile(
    r"<?(?:https?://|mailto:|tel:|www\.)[^\s>)\]]*>?|\[(?:cid|image)[^\]]{0,200}\]|<[^\s<>@]{1,64}@[^\s<>]{1,190}>"
)
"""What only one of the versions writes out: targets of links, names of pictures, addresses beside names."""


class Versions(StrEnum):
    """How the plain text and the HTML of one mail stand to each other."""

    TEXT = "the text says all"
    HTML = "the HTML says more"
    CONTRADICTING = "each says what the other does not"


def compared(written: Sequence[QuotedLine], shown: Sequence[QuotedLine]) -> Versions:
    """Which version counts: the text, as its marks tell best what is quoted, unless the HTML says what it lacks.

    Some programs leave out of the text what was written into the quote, or write there only that the mail is in HTML.
    Where the text, outside of any quote, says something else than the HTML, and numbers are among it, nobody knows
    which of the two was meant.
    """
    in_html = _words(shown)
    more = in_html - _words(written)
    if more.total() < ENOUGH and not _numbers(more):
        return Versions.TEXT
    own = _words([line for line in written if not line.depth]) - in_html
    unlike = more.total() * 2 > in_html.total()
    if _numbers(own) or (own and not unlike and _numbers(more)):
        return Versions.CONTRADICTING
    return Versions.HTML if unlike or not own else Versions.TEXT


def _words(lines: Sequence[QuotedLine]) -> Counter[str]:
    return Counter(word for line in lines for word in _WORD.findall(_LINK.sub(" ", line.text).lower()))


def _numbers(words: Counter[str]) -> bool:
    return any(word.isdigit() for word in words)
