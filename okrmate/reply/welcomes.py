"""What people write back to the welcome: aims, what they would gain, consent as whole words, a first draft."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from okrmate.reply.drafts import DraftOkrs, draft_okrs
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.lexicon import Lexicon, lexicon

_TOKENS = re.compile(r"\s*(?:[,;.!]|\band\b|\bund\b)\s*")
_EDGES = " \t.,;:!?\"'()🙂😊👍"
_AIM_SPLIT = re.compile(r"\s*;\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeWords:
    """What the welcome was answered with; `agree` and `read` only as whole words of consent."""

    aims: tuple[str, ...] = ()
    gain: str = ""
    agree: bool = False
    read: bool = False
    draft: DraftOkrs | None = None


def welcome(lines: Sequence[str], aims: str, gain: str, locale: str) -> tuple[WelcomeWords, list[str]]:
    """What `lines` and the answers behind both labels say; and the lines that are none of it."""
    words = lexicon(locale)
    given = WelcomeWords(aims=tuple(one for one in _AIM_SPLIT.split(aims) if one), gain=gain)
    drafted = draft_okrs("\n".join(lines), locale)
    prose = drafted.prose.splitlines() if drafted.objectives else list(lines)
    if drafted.objectives:
        given = replace(given, draft=replace(drafted, prose=""))
    rest: list[str] = []
    for line in prose:
        agrees, reads, other = _consent(line, words)
        given = replace(given, agree=given.agree or agrees, read=given.read or reads)
        rest += [line] if other else []
    return given, rest


def _consent(line: str, words: Lexicon) -> tuple[bool, bool, bool]:
    """Whether a line agrees, says it was read, and says anything else; with anything else it is no consent."""
    if len(line) > MAX_LINE:
        return False, False, True
    parts = [part.strip(_EDGES) for part in _TOKENS.split(fold(line)) if part.strip(_EDGES)]
    agrees = [words.whole("forms.agree", part) for part in parts]
    reads = [words.whole("forms.read", part) for part in parts]
    other = not parts or not all(one or two for one, two in zip(agrees, reads, strict=True))
    return any(agrees) and not other, any(reads) and not other, other
