"""Lines that mail programs put around a quoted letter: attributions, header blocks, dividers, devices."""

import re
from collections.abc import Sequence
from itertools import takewhile

from okrmate.domain.letters import QuotedLine
from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.lexicon import Lexicon

MAX_WRAPPED = 5
"""An attribution is read over at most so many wrapped lines (design "The sender's own words", rule 6)."""
MAX_NAME = 6
"""Words of a name with its verb, where nothing else tells that somebody is quoted."""
HEADER_LINES = 12
HEADER_LABELS = 3
FOOTER_LINES = 6
MAX_DEVICE = 9
"""Words behind "Sent from" that may still be a device's name."""

_ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,190}\.[a-z]{2,}")
_WHEN = re.compile(r"(?<!\d)(?:(?:19|20)\d{2}(?!\d)|\d{1,2}[:.h]\d{2}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})")
_TELLING = re.compile(r"[\d@<]")
_ENDS_WITH_ADDRESS = re.compile(r"<[^\s<>@]{1,64}@[^\s<>@]{1,190}>$")
_FRAME = "-_=~ "
_LATER_OPENING = re.compile(r"(?<=\S)[\s-]+[A-ZÀ-Þ]")
"""Where a word with a capital begins within a line."""
_DATE_FIRST = re.compile(
    r"\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}|\d{4}[-/.] ?\d{1,2}[-/.]|\d{1,2}\.? [^\W\d_]{3,12}\.? \d{4}|\d{4}[年년]"
    r"|[^\W\d_]{2,3}[.,]? \d"
)
_WEEKDAY_FIRST = re.compile(r"[^\W\d_]{2,5}\.?,? \d{1,4}")
_NAME_FIRST = re.compile(r"[^\d<>@:]{1,40} <[^\s<>@]{1,64}@[^\s<>@]{1,190}>")
_ID_ALONE = re.compile(r"\s*<[^\s<>@]{1,200}@[^\s<>@]{1,190}>:$")
_LABELLED = re.compile(r"\s*([^\W\d_][^\d:<>@_]{0,24}?)\s*:\s*(?=\S|$)")
_LABELS = re.compile(r"(?:^|\s)([^\W\d_]{1,24})\s?:(?=\s)")
"""Labels of one word, of which a converter may have left several in one line."""
_RULE = re.compile(r"\s*[-_=~*–—─━]{4,}\s*$")
_LONG_RULE = re.compile(r"\s*[-_=]{20,}\s*$")
_LINK = re.compile(r"<?\(?https?://\S*")
_GOES_ON = re.compile(r", [^\W\dA-ZÀ-Þ_]|[.!?] \S|\?$")
"""How a sentence goes on, and the name of a telephone does not."""
_TITLED_RULE = re.compile(r"\s*[-_=]{2,}\s*(.{3,60}?)\s*[-_=]{2,}\s*$")
_SIGNATURE = re.compile(r"--\s?$")


def attribution(lines: Sequence[QuotedLine], at: int, words: Lexicon) -> int:
    """How many lines from `at` on are one attribution ("On …, somebody wrote:"); 0 if none is."""
    joined = ""
    depth = lines[at].depth
    if not _TELLING.search(lines[at].text[:MAX_LINE]):
        return _over_an_id(lines, at, words) or int(_names_the_quoted(lines, at, words))
    for count, line in enumerate(lines[at : at + MAX_WRAPPED], start=1):
        low = fold(line.text).strip()
        if line.depth == depth + 1 and joined.rfind("<") > joined.rfind(">"):
            low = f">{low}"  # the end of an address that was wrapped, taken for a quote mark
        elif line.depth != depth:
            return 0
        if not low or len(joined) + len(low) > MAX_LINE:
            return 0
        joined = f"{joined} {low}".strip()
        said = joined.strip(_FRAME)
        if said.endswith(":") or _verb_ends(said, words):
            if _tells(said, words, framed=_framed(joined)):
                begins = count == 1 or _opens(lines, at, count, words) or _stands_alone(lines, at, count, said, words)
                return count + _rest(lines, at + count, joined, words) if begins else 0
            if said.endswith(":"):
                return 0
        if count == 1 and _DATE_FIRST.match(low) and _ENDS_WITH_ADDRESS.search(low):
            return 1 + _rest(lines, at + 1, joined, words)  # an older form of Gmail's, with neither verb nor colon
    return 0


def _rest(lines: Sequence[QuotedLine], at: int, joined: str, words: Lexicon) -> int:
    """1 if the line at `at` is the end of an attribution that seemed complete: a colon's, verb's or bracket's."""
    if at >= len(lines) or lines[at].depth != lines[at - 1].depth:
        return 0
    low = fold(lines[at].text[:MAX_LINE]).strip()
    if not low.endswith(":") or low.count(" ") > MAX_NAME:
        return 0
    bracket = joined.count("(") > joined.count(")")
    return int(bracket or (not joined.endswith(":") and _verb_ends(f"{joined} {low}", words)))


def _stands_alone(lines: Sequence[QuotedLine], at: int, count: int, said: str, words: Lexicon) -> bool:
    """Whether wrapped lines are a paragraph of their own that tells all three of verb, address and moment.

    Its first line tells one of them, and no line below begins as an attribution does: then that is one, and not this.
    """
    end, first = at + count, fold(lines[at].text).strip()
    above = at == 0 or not lines[at - 1].text.strip()
    below = end == len(lines) or not lines[end].text.strip() or lines[end].depth > lines[at].depth
    told = words.has("mail.wrote", said) or _verb_ends(said, words)
    whole = above and below and told and bool(_ADDRESS.search(said) and _WHEN.search(said))
    leads = _ADDRESS.search(first) or _WHEN.search(first)
    return whole and leads is not None and not _begins_below(lines, at, count, words)


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
        verb = words.has("mail.wrote", said)
        return (verb and (address or dated)) or (address and dated)
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
    named = _NAME_FIRST.match(lines[at].text[:MAX_LINE]) is not None and _WHEN.search(lines[at].text[:MAX_LINE])
    return bool(_begins(lines[at], words) or named) and not _begins_below(lines, at, count, words)


def _begins(line: QuotedLine, words: Lexicon) -> bool:
    low = fold(line.text).strip()
    dated = _DATE_FIRST.match(low) or _WEEKDAY_FIRST.match(low)
    return dated is not None or words.starts("mail.opens", low) >= 0


def header_block(lines: Sequence[QuotedLine], at: int, words: Lexicon) -> int:
    """How many lines from `at` on are a block of quoted headers; 0 if none is.

    Three labels, with an address or a moment behind one of them; two are enough with both.
    """
    labels = 0
    end = at
    address = dated = False
    for index, line in enumerate(lines[at : at + HEADER_LINES], start=at):
        if len(line.text) > MAX_LINE:
            break
        low = fold(line.text)
        found = _LABELLED.match(low)
        if not found or not words.whole("mail.header", found[1].strip()):
            if not labels or not low.strip():
                break
            continue  # a wrapped list of addresses
        labels += sum(words.whole("mail.header", label) for label in _LABELS.findall(low)) or 1
        end = index + 1
        address = address or _ADDRESS.search(low) is not None
        dated = dated or _WHEN.search(low) is not None
    enough = address or dated if labels >= HEADER_LABELS else labels > 1 and address and dated
    return end - at if enough else 0


def divider(line: QuotedLine, words: Lexicon) -> bool:
    """Whether a line is a rule, possibly with "Original Message" in it."""
    if len(line.text) > MAX_LINE:
        return False
    low = fold(line.text)
    titled = _TITLED_RULE.match(low)
    return _RULE.match(line.text) is not None or (titled is not None and words.has("mail.divider", titled[1]))


def announces_quote(line: QuotedLine, words: Lexicon) -> bool:
    """Whether a line says that an older message follows: in a rule, or by its words and a colon alone."""
    if len(line.text) > MAX_LINE:
        return False
    low = fold(line.text).strip()
    titled = _TITLED_RULE.match(low)
    return (titled is not None and words.has("mail.divider", titled[1])) or (
        low.endswith(":") and words.whole("mail.divider", low.rstrip(" :"))
    )


def device(line: QuotedLine, words: Lexicon) -> bool:
    """Whether a line is what a telephone or program adds: "Sent from my …", and no sentence that begins like it."""
    if len(line.text) > MAX_LINE:
        return False
    low = fold(line.text).strip()
    end = words.starts("mail.device", low)
    if end < 0:
        return False
    rest = _LINK.sub("", composed(line.text).strip()[end:])
    return rest.count(" ") <= MAX_DEVICE and not _GOES_ON.search(rest)


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
