"""The line that mail programs put over a quoted letter: "On …, somebody wrote:", in any language and wrapped."""

import re
from collections.abc import Iterator, Sequence

from okrmate.domain.letters import QuotedLine
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.lexicon import Lexicon

MAX_WRAPPED = 5
"""An attribution is read over at most so many wrapped lines (design "The sender's own words", rule 6)."""
MAX_NAME = 6
"""Words of a name with its verb, where nothing else tells that somebody is quoted."""

_ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,190}\.[a-z]{2,}")
_WHEN = re.compile(r"(?<!\d)(?:(?:19|20)\d{2}(?!\d)|\d{1,2}[:.h]\d{2}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})")
_DAY = re.compile(r"(?<!\d)(?:(?:19|20)\d{2}(?!\d)|\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4})")
"""A moment with its day: a time alone is also told by people."""
_TELLING = re.compile(r"[\d@<]")
_ENDS_WITH_ADDRESS = re.compile(r"<[^\s<>@]{1,64}@[^\s<>@]{1,190}>$")
_FRAME = "-_=~/ "
_LATER_OPENING = re.compile(r"(?<=\S)[\s-]+[A-ZÀ-Þ]")
"""Where a word with a capital begins within a line."""
_DATE_FIRST = re.compile(
    r"\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}|\d{4}[-/.] ?\d{1,2}[-/.]|\d{1,2}\.? [^\W\d_]{3,12}\.? \d{4}|\d{4}[年년]"
)
_DAY_FIRST = re.compile(r"(?!kr )[^\W\d_]{2,12}\.?,? (?:[^\W\d_]{3,12}\.? )?\d{1,4}(?![\d:%]|\.\d)")
"""A weekday or month and a number, which also a line about a key result has: a moment must follow."""
_NAME_FIRST = re.compile(r"[^\d<>@:]{1,40} <[^\s<>@]{1,64}@[^\s<>@]{1,190}>")
_NAME_ALONE = re.compile(r"[^\d<>@:]{1,40} \(?<[^\s<>@]{1,64}@[^\s<>@]{1,190}>\)?,?(?: \S{1,4})?$")
_PARTICLES = frozenset(
    {"de", "da", "di", "do", "dos", "del", "der", "den", "des", "du", "la", "le", "el", "al", "bin", "ben"}
    | {"van", "von", "zu", "ter", "ten", "af", "av", "y", "e", "und", "via"}
)
"""Words within a name that have no capital."""
_TO_ADDRESS = re.compile(r"[(<]|[^\s@]{1,64}@")
_BRIEF = 2
"""So few words before an address, with a verb, are a name however they are written."""
_MAX_BARE = 14
"""Words of a line that names somebody and a moment right over a quote, and says nothing else."""
_ID_ALONE = re.compile(r"\s*<[^\s<>@]{1,200}@[^\s<>@]{1,190}>:$")


def attribution(lines: Sequence[QuotedLine], at: int, words: Lexicon) -> int:
    """How many lines from `at` on are one attribution ("On …, somebody wrote:"); 0 if none is."""
    if not _TELLING.search(lines[at].text[:MAX_LINE]) and not _names_below(lines, at, words):
        return _over_an_id(lines, at, words) or int(_names_the_quoted(lines, at, words))
    for count, joined in _joined(lines, at):
        said, taken = joined.strip(_FRAME), lines[at : at + count]
        if _tells(said, words, framed=_framed(joined)) and _is_anothers(taken, said, words):
            begins = count == 1 or _opens(lines, at, count, words) or _stands_alone(lines, at, count, said, words)
            return count + _rest(lines, at + count, joined, words) if begins else 0
        if said.endswith(":"):
            return 0
        if count == 1 and _dated_first(joined) and _ENDS_WITH_ADDRESS.search(joined):
            return 1 + _rest(lines, at + 1, joined, words)  # an older form of Gmail's, with neither verb nor colon
        if _below_is_deeper(lines, at + count) and _bare(taken, said, words):
            return count
    return 0


def _joined(lines: Sequence[QuotedLine], at: int) -> Iterator[tuple[int, str]]:
    """The lines from `at` on as one, folded: first one of them, then two, as far as they may have been wrapped."""
    joined = ""
    depth = lines[at].depth
    for count, line in enumerate(lines[at : at + MAX_WRAPPED], start=1):
        low = fold(line.text).strip()
        if line.depth == depth + 1 and joined.rfind("<") > joined.rfind(">"):
            low = f">{low}"  # the end of an address that was wrapped, taken for a quote mark
        elif line.depth != depth:
            return
        if not low or len(joined) + len(low) > MAX_LINE:
            return
        joined = f"{joined} {low}".strip()
        yield count, joined


def _names_below(lines: Sequence[QuotedLine], at: int, words: Lexicon) -> bool:
    """Whether a line without date or address begins an attribution whose next line has an address."""
    below = lines[at + 1].text[:MAX_LINE] if at + 1 < len(lines) else ""
    return _ADDRESS.search(below) is not None and _begins(lines[at], words)


def _below_is_deeper(lines: Sequence[QuotedLine], at: int) -> bool:
    """Whether a quote begins at a place, or behind one blank line there."""
    if at < len(lines) and not lines[at].text.strip() and lines[at].depth == lines[at - 1].depth:
        at += 1
    return at < len(lines) and lines[at].depth > lines[at - 1].depth


def _bare(lines: Sequence[QuotedLine], said: str, words: Lexicon) -> bool:
    """Whether lines right over a quote tell who and when without a colon: with a verb, or with nothing else at all."""
    if not _WHEN.search(said):
        return False
    begins = _begins(lines[0], words)
    if words.has("mail.wrote", said) or _verb_ends(said, words):
        return begins and not words.has("mail.own_verb", said)
    named = _ADDRESS.search(said) is not None and said.count(" ") < _MAX_BARE
    return named and (_dated_first(said) or _is_name(lines, said, words))


def _is_anothers(lines: Sequence[QuotedLine], said: str, words: Lexicon) -> bool:
    """Whether it is said of somebody by a program: never by "I wrote", and of no more than a name where no date is."""
    if words.has("mail.own_verb", said):
        return False
    address = _ADDRESS.search(said) is not None
    verb = words.has("mail.wrote", said) or _verb_ends(said, words)
    if not address or (verb and _WHEN.search(said)):
        return True
    return _begins(lines[0], words) or _is_name(lines, said, words)


def _is_name(lines: Sequence[QuotedLine], said: str, words: Lexicon) -> bool:
    """Whether before the first address stands nothing but a name, and perhaps the verb: words that have capitals."""
    text = " ".join(line.text.strip() for line in lines).lstrip(_FRAME)
    before = _TO_ADDRESS.split(text[:MAX_LINE], maxsplit=1)[0].strip()
    verb = words.ends("mail.wrote", before.lower())
    name = (before[:verb] if verb >= 0 else before).split()
    if len(name) <= _BRIEF and _verb_ends(said, words):
        return True
    return not any(word[:1].islower() and word not in _PARTICLES for word in name)


def _rest(lines: Sequence[QuotedLine], at: int, joined: str, words: Lexicon) -> int:
    """1 if the line at `at` is the end of an attribution that seemed complete: a colon's, verb's or bracket's."""
    if at >= len(lines) or lines[at].depth != lines[at - 1].depth:
        return 0
    low = fold(lines[at].text[:MAX_LINE]).strip()
    if not low.endswith(":") or low.count(" ") > MAX_NAME:
        return 0
    if joined.count("(") > joined.count(")"):
        return 1
    dated = _DATE_FIRST.match(low) is not None and _WHEN.search(low) is not None
    return int(not joined.endswith(":") and (dated or _verb_ends(f"{joined} {low}", words)))


def _stands_alone(lines: Sequence[QuotedLine], at: int, count: int, said: str, words: Lexicon) -> bool:
    """Whether wrapped lines are a paragraph of their own that tells all three of verb, address and moment.

    Its first line tells one of them, and no line below begins as an attribution does: then that is one, and not this.
    """
    end, first = at + count, fold(lines[at].text).strip()
    above = at == 0 or not lines[at - 1].text.strip()
    below = end == len(lines) or not lines[end].text.strip() or lines[end].depth > lines[at].depth
    told = words.has("mail.wrote", said) or _verb_ends(said, words)
    if not (above and below and told and _ADDRESS.search(said)):
        return False
    if _NAME_ALONE.match(first):
        return _WHEN.search(said) is not None or said.count(" ") <= MAX_NAME
    leads = _ADDRESS.search(first) or _WHEN.search(first)
    return bool(leads and _WHEN.search(said)) and not _begins_below(lines, at, count, words)


def _begins_below(lines: Sequence[QuotedLine], at: int, count: int, words: Lexicon) -> bool:
    """Whether an attribution begins at a later one of these lines."""
    return any(_begins(lines[later], words) and attribution(lines, later, words) for later in range(at + 1, at + count))


def lead(line: QuotedLine, words: Lexicon) -> str:
    """What stands in the line of an attribution before it begins: words whose line end a program has swallowed."""
    text = line.text[:MAX_LINE]
    low = fold(text)
    if _begins(line, words):
        return ""
    for found in _LATER_OPENING.finditer(text):
        begin = found.end() - 1
        if _WHEN.search(low[:begin]):
            return ""  # the moment itself: "10:00 AM, …"
        if words.starts("mail.opens", low, begin) >= 0 and _tells(low[begin:].strip(), words, framed=False):
            return text[: found.start()].rstrip()
    return ""


def _names_the_quoted(lines: Sequence[QuotedLine], at: int, words: Lexicon) -> bool:
    """Whether a line without date or address is "somebody wrote:" all the same: in a frame, or right over a quote."""
    low = fold(lines[at].text[:MAX_LINE]).strip()
    said = low.strip(_FRAME)
    if not _verb_ends(said.removesuffix(":"), words) or said.count(" ") > MAX_NAME:
        return False
    below = next((line for line in lines[at + 1 : at + MAX_WRAPPED] if line.text.strip()), None)
    return _framed(low) or (said.endswith(":") and below is not None and below.depth > lines[at].depth)


def _over_an_id(lines: Sequence[QuotedLine], at: int, words: Lexicon) -> int:
    """The lines of "somebody wrote in", under which the quoted mail's Message-ID stands; 0 where they are not that."""
    low = fold(lines[at].text[:MAX_LINE]).strip()
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    named = low.count(" ") <= MAX_NAME and _verb_ends(low, words)
    return 2 if named and len(below) <= MAX_LINE and _ID_ALONE.match(below) else 0


def _tells(said: str, words: Lexicon, *, framed: bool) -> bool:
    """Whether a line that ends in a colon or a verb tells who wrote when: two of verb, address and moment."""
    address, dated = _ADDRESS.search(said) is not None, _WHEN.search(said) is not None
    if said.endswith(":"):
        if address and dated:
            return True
        return (address or _DAY.search(said) is not None) and words.has("mail.wrote", said)
    return _verb_ends(said, words) and (address or framed)


def _verb_ends(said: str, words: Lexicon) -> bool:
    """Whether the last words are a verb of the list, with or without the list's colon."""
    return words.ends("mail.wrote", said) >= 0 or words.ends("mail.wrote", f"{said}:") >= 0


def _framed(low: str) -> bool:
    """Whether it stands between dashes: "---- somebody wrote ----"."""
    return low.startswith(("--", "==", "__")) and low.endswith(("--", "==", "__"))


def _opens(lines: Sequence[QuotedLine], at: int, count: int, words: Lexicon) -> bool:
    """Whether a wrapped attribution can begin at this line, and none begins below.

    It begins by a date or the word before one, or by a name with its address and a date behind it.
    """
    first = lines[at].text[:MAX_LINE]
    if _NAME_FIRST.match(first) and _WHEN.search(first):
        return True
    return _begins(lines[at], words) and not _begins_below(lines, at, count, words)


def _begins(line: QuotedLine, words: Lexicon) -> bool:
    low = fold(line.text[:MAX_LINE]).strip(_FRAME)
    return _dated_first(low) or words.starts("mail.opens", low) >= 0


def _dated_first(low: str) -> bool:
    """Whether a line begins by a date, or by a day or month with a moment behind it."""
    if _DATE_FIRST.match(low):
        return True
    return _DAY_FIRST.match(low) is not None and _WHEN.search(low) is not None
