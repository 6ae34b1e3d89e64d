"""Bytes to text, whatever the label says: as declared, else UTF-8, else Latin-1."""

import codecs
import re
from functools import lru_cache

INVISIBLE = (0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
"""Characters nobody sees: zero-width space, direction marks (Outlook puts them into quoted dates), byte order mark."""

FEW = 20
"""One broken sign in so many is damage on the way; more means that the label was wrong."""

_SUPERSETS = {
    # Labels under which real programs write a larger character set than the label names.
    "iso8859-1": "cp1252",
    "ascii": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "cp950",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
_DOUBLE_BYTE = frozenset({"gb18030", "cp949", "cp950", "cp932", "big5hkscs", "euc_jp", "euc_jis_2004"})
_NOT_FOR_MAIL = frozenset({"punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape", "unicode-escape"})
_LOGICAL_ORDER = re.compile(r"-[ie]\Z")  # iso-8859-8-i: the order on screen, not the bytes (RFC 1556)


@lru_cache(maxsize=256)  # the same few labels come with every header field and part
def codec_of(label: str) -> str | None:
    """The Python codec for a charset label; None for an unknown one and for those no honest mail uses.

    `punycode` and the like are refused because they are no charsets of text and take quadratic time.
    """
    name = _LOGICAL_ORDER.sub("", label.strip().strip("\"'").lower())
    try:
        codec = codecs.lookup(name).name if name.isascii() else ""
    except (LookupError, ValueError):
        return None
    if not codec or codec in _NOT_FOR_MAIL or codec.replace("-", "_") in _NOT_FOR_MAIL:
        return None
    return _SUPERSETS.get(codec, codec)


def decoded(content: bytes, label: str) -> str:
    """The text of `content`: as its label says, else as UTF-8, else as Latin-1; never raises."""
    codec = codec_of(label)
    tried = (codec, "utf-8") if codec and codec not in _DOUBLE_BYTE else ("utf-8", codec)
    for name in tried:  # UTF-8 under a double-byte label often decodes to nonsense, the other way round never
        if name is not None:
            try:
                return content.decode(name)
            except (UnicodeError, LookupError):
                continue
    mended = content.decode("utf-8", "replace")
    if codec == "utf-8" and mended.count("\N{REPLACEMENT CHARACTER}") * FEW <= len(mended):
        return mended
    return content.decode("latin-1")
