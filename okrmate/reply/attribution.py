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
_WHEN = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}(?![0-9])|[0-9]{1,2}[:.h][0-9]{2}(?![0-9])|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4})"
)
_TELLING = re.compile(r"[0-9@<]")
_ENDS_WITH_ADDRESS = re.compile(r"<[^\s<>@]{1,64}@[^\s<>@]{1,190}>$")
_FRAME = "-_=~ "
_LATER_OPENING = re.compile(r"(?<=\S)[\s-]+[A-ZÀ-Þ]")
"""Where a word with a capital begins within a line."""
_DATE_FIRST = re.compile(
    r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}|[0-9]{4}[-/][0-9]{1,2}[-/]|[0-9]{1,2}\.? [^\W\d_]{3,12} [0-9]{4}"
    r"|[^\W\d_]{2,3}[.,]? [0-9]"
)
_LABELLED = re.compile(r"\s*([^\W\d_][\w .'-]{0,24}?)\s*:\s*(?=\S|$)")
_LABELS = re.compile(r"(?:^|\s)([^\W\d_]{1,24})\s?:(?=\s)")
"""Labels of one word, of which a converter may have left several in one line."""
_RULE = re.compile(r"\s*[-_=~]{4,}\s*$")
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
        return int(_names_the_quoted(lines, at, words))
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
            told = _tells(said, words, framed=_framed(joined))
            return count if told and (count == 1 or _opens(lines, at, count, words)) else 0
        if count == 1 and _DATE_FIRST.match(low) and _ENDS_WITH_ADDRESS.search(low):
            return 1  # an older form of Gmail's, with neither verb nor colon
    return 0


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
    """Whether a wrapped attribution can begin at this line: by a date or the word before one, and none begins below."""
    begun = [_begins(lines[later], words) for later in range(at, at + count)]
    return begun[0] and not any(
        begins and attribution(lines, later, words) for later, begins in enumerate(begun[1:], start=at + 1)
    )


def _begins(line: QuotedLine, words: Lexicon) -> bool:
    low = fold(line.text).strip()
    return _DATE_FIRST.match(low) is not None or words.starts("mail.opens", low) >= 0


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
    return _RULE.match(low) is not None or (titled is not None and words.has("mail.divider", titled[1]))


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
