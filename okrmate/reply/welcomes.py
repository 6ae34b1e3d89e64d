"""What people write back to the welcome: aims, what they would gain, consent as whole words, a first draft."""

import re
from collections.abc import Sequence

from okrmate.frozen import Frozen, replace
from okrmate.reply.drafts import DraftOkrs, draft_okrs
from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.lexicon import Lexicon, lexicon
from okrmate.reply.sentences import sentences

_TOKENS = re.compile(r"\s*(?:[,;.!&+]|\band\b|\bund\b)\s*")
_EDGES = " \t.,;:!?\"'()🙂😊👍✅✔☑🙏"
_LISTED = re.compile(r"^(?:[0-9]{1,2}[.)]|[-*•])\s+")
_AIM_SPLIT = re.compile(r"\s*;\s*")


class WelcomeWords(Frozen):
    """What the welcome was answered with; `agree` and `read` only as whole words of consent."""

    aims: tuple[str, ...] = ()
    gain: str = ""
    agree: bool = False
    read: bool = False
    draft: DraftOkrs | None = None


def welcome(lines: Sequence[str], aims: str, gain: str, locale: str) -> tuple[WelcomeWords, list[str]]:
    """What `lines` and the answers behind both labels say; and the sentences that are none of it."""
    words = lexicon(locale)
    given = WelcomeWords(aims=tuple(one for one in _AIM_SPLIT.split(aims) if one), gain=gain)
    drafted = draft_okrs("\n".join(lines), locale)
    prose = drafted.prose.splitlines() if drafted.objectives else list(lines)
    if drafted.objectives:
        given = replace(given, draft=replace(drafted, prose=""))
    rest: list[str] = []
    for sentence in (one for line in prose for one in sentences(line)):
        agrees, reads, other = _consent(sentence, words)
        given = replace(given, agree=given.agree or agrees, read=given.read or reads)
        rest += [sentence] if other else []
    return given, rest


class Consent(Frozen):
    """Whether whole words of consent were given, and the lines that say anything else."""

    given: bool = False
    left: tuple[str, ...] = ()


def agreed(text: str, locale: str = "") -> Consent:
    """Whether an answer agrees; a line that says anything else is a wish, and never consent with a condition."""
    words, lines = lexicon(locale), _lines(text)
    told = [_consent(line, words) for line in lines]
    return Consent(given=any(agrees for agrees, _, _ in told), left=_others(lines, told))


def was_read(text: str, locale: str = "") -> Consent:
    """Whether an answer says that something was read; a line that says anything else is a question."""
    words, lines = lexicon(locale), _lines(text)
    told = [_consent(line, words) for line in lines]
    return Consent(given=any(reads for _, reads, _ in told), left=_others(lines, told))


def _others(lines: Sequence[str], told: Sequence[tuple[bool, bool, bool]]) -> tuple[str, ...]:
    return tuple(line for line, (_, _, other) in zip(lines, told, strict=True) if other)


def aims(text: str, locale: str = "") -> WelcomeWords:
    """Aims line by line or behind their label, and what follows the label of the gain."""
    labels = lexicon(locale).labels
    found: list[str] = []
    gain: list[str] = []
    into = found
    for line in _lines(text):
        label, colon, _ = fold(line).partition(":")
        named = labels.get(label.strip()) if colon and len(line) <= MAX_LINE else None
        said = line
        if named in {"aims", "gain"}:
            into = gain if named == "gain" else found
            said = line[len(label) + 1 :]
        into += [one for part in _AIM_SPLIT.split(said) if (one := _LISTED.sub("", part.strip()).strip())]
    return WelcomeWords(aims=tuple(found), gain="; ".join(gain))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in composed(text).splitlines() if line.strip()]


def _consent(line: str, words: Lexicon) -> tuple[bool, bool, bool]:
    """Whether a line agrees, says it was read, and says anything else; with anything else it is no consent."""
    if len(line) > MAX_LINE or line.rstrip().endswith("?"):
        return False, False, True
    parts = [part.strip(_EDGES) for part in _TOKENS.split(fold(line)) if part.strip(_EDGES)]
    agrees = [words.whole("forms.agree", part) for part in parts]
    reads = [words.whole("forms.read", part) for part in parts]
    fine = [words.whole("forms.approve", part) for part in parts]  # "ok, read"
    known = all(any(one) for one in zip(agrees, reads, fine, strict=True))
    other = not known or not any(agrees + reads)
    return any(agrees) and not other, any(reads) and not other, other
