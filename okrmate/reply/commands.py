"""The words that are commands: the whole first line, in any case, apart from please, thanks and punctuation."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from okrmate.frozen import Frozen
from okrmate.reply.context import Pending
from okrmate.reply.days_named import day_named
from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.lexicon import Lexicon, lexicon


class CommandName(StrEnum):
    """What can be asked of the program by mail; public ids."""

    HELP = "help"
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"
    UNDO = "undo"
    STATUS = "status"
    SKIP = "skip"
    LATER = "later"
    MY_DATA = "my_data"
    CONFIRM = "confirm"
    REJECT = "reject"
    CHOOSE = "choose"
    HOLD = "hold"


class Command(Frozen):
    """A command with what it is about: `undo 1.1` names a key result, `pause 2 weeks` a time in days, `b, c` letters.

    `until` is the month and day that ends a pause (`pause until 1 April`); one of neither has no end.
    """

    name: CommandName
    ref: str = ""
    days: int = 0
    until: tuple[int, int] | None = None
    choices: tuple[str, ...] = ()


_ALWAYS = (
    CommandName.HELP,
    CommandName.STOP,
    CommandName.RESUME,
    CommandName.STATUS,
    CommandName.SKIP,
    CommandName.LATER,
    CommandName.MY_DATA,
)
_ASKED = frozenset({CommandName.HELP, CommandName.STATUS, CommandName.MY_DATA})
"""What changes nothing may be asked with a question mark."""

BRIEF = 6
"""A sentence of more words than this tells of an undoing, rather than asking for one."""

_EDGES = " \t.,;:!\"'()[]🙏🙂😊👍"
_BETWEEN = re.compile(r"\s*[,;&+/]\s*|\s+")
_NUMBERED = re.compile(r"(?<![0-9a-z])([1-9])(?:\s*[.:)=–-]\s*|\s+)(?=\(?[a-z](?![a-z]))")
_LETTER = re.compile(r"([1-9])?\(?([a-z])\)?\.?")
_REF = re.compile(r"\s*(?:kr ?)?([0-9]{1,2}\.[0-9]{1,2})")
_ANY_REF = re.compile(r"[0-9]\.[0-9]")
_SPAN = re.compile(r"(?P<count>[0-9]{1,3}) ?(?P<unit>[^\W\d_]+)|(?P<word>[^\W\d_]+) (?P<units>[^\W\d_]+)")
_DAYS = {"days": 1, "weeks": 7, "months": 30}
"""The units of a pause, by the names of their lists, in days."""
LONGEST = 366
"""Days; a longer pause is no command but something to talk about."""


def first_line(text: str) -> str:
    """The first line with anything on it."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def command(text: str, pending: Sequence[Pending] = (), locale: str = "") -> Command | None:
    """The command that the first line of `text` is, or None.

    Yes, no and letters are commands only while a question of `pending` is open.
    """
    line = first_line(text)
    if not line or len(line) > MAX_LINE:
        return None
    low = fold(composed(line)).strip()
    if low.strip(_EDGES) == "?":
        return Command(name=CommandName.HELP)
    words = lexicon(locale)
    low = without_manners(low, words)
    for name in _ALWAYS:
        asked = low.rstrip(" ?") if name in _ASKED else low
        if words.whole(f"commands.{name}", asked):
            return Command(name=name)
    return _with_object(low, words) or _answering(low, words, pending)


def hold(text: str, locale: str = "") -> Command | None:
    """The mentor's `hold` in answer to her copy of a letter, a command there alone."""
    words = lexicon(locale)
    held = words.whole("commands.hold", without_manners(fold(first_line(text)[:MAX_LINE]), words))
    return Command(name=CommandName.HOLD) if held else None


def without_manners(low: str, words: Lexicon) -> str:
    """`low` without please, thanks, "this week" and punctuation around it."""
    low = low.strip(_EDGES)
    while True:
        end = words.starts("commands.polite", low)
        start = words.ends("commands.polite", low)
        shorter = low[end:].strip(_EDGES) if end > 0 else low[:start].strip(_EDGES) if start > 0 else low
        if shorter == low or not shorter:
            return low
        low = shorter


def asks_undo(low: str, words: Lexicon) -> bool:
    """Whether a sentence that is no command begins with "undo", or is a short one with it: it asks back."""
    if not words.may_have("commands.undo", low):
        return False  # as nearly always, and told at once
    bare = without_manners(low, words)
    return words.starts("commands.undo", bare) >= 0 or (
        len(bare.split()) <= BRIEF and not _ANY_REF.search(bare) and words.has("commands.undo", bare)
    )


def _with_object(low: str, words: Lexicon) -> Command | None:
    """Undo, possibly of one key result; pause, possibly for a span."""
    end = words.starts("commands.undo", low)
    if end >= 0:
        found = _REF.fullmatch(low, end)
        if not low[end:] or found:
            return Command(name=CommandName.UNDO, ref=found.group(1) if found else "")
    end = words.starts("commands.pause", low)
    until = words.starts("commands.until", low, end + 1) if end >= 0 else -1
    if until >= 0 and (day := day_named(low[until:].strip(), words)):
        return Command(name=CommandName.PAUSE, until=day)
    days = _days(low[end:], words) if end >= 0 else None
    if days is not None:
        return Command(name=CommandName.PAUSE, days=days)
    return None


def _days(low: str, words: Lexicon) -> int | None:
    """The days that a span such as "for 2 weeks" takes, 0 where there is none; None for any other words."""
    if not low.strip():
        return 0
    low = low.strip()
    span = _SPAN.fullmatch(low[max(words.starts("commands.for", low), 0) :].strip())
    if span is None:
        return None
    named = span["unit"] or span["units"]
    unit = next((days for name, days in _DAYS.items() if words.whole(f"commands.{name}", named)), 0)
    count = int(span["count"]) if span["count"] else _counted(span["word"], words)
    days = count * unit
    return days if 0 < days <= LONGEST else None


def _counted(word: str, words: Lexicon) -> int:
    """A number in words, "a" and "eine" too; 0 for a word that is none."""
    found = words.numbers.get(word)
    if found is None:
        return 1 if words.whole("commands.a", word) else 0
    return int(found) if found == int(found) else 0


def _answering(low: str, words: Lexicon, pending: Sequence[Pending]) -> Command | None:
    """Yes, no and letters, while something is open."""
    if any(not open_one.choice for open_one in pending):
        if words.whole("commands.confirm", low):
            return Command(name=CommandName.CONFIRM)
        if words.whole("commands.reject", low):
            return Command(name=CommandName.REJECT)
    picked = letters(low, words, pending)
    return Command(name=CommandName.CHOOSE, choices=picked) if picked else None


def letters(low: str, words: Lexicon, pending: Sequence[Pending]) -> tuple[str, ...]:
    """The letters that a folded line picks among what is open, and nothing besides; none where one is not open.

    `2c` is the c of the second question. A letter that leaves everything as it is goes with no other of its question.
    """
    lettered = {each.choice.lower(): each for each in pending if each.choice}
    if not lettered:
        return ()
    start = words.starts("commands.pick", low)
    line = _NUMBERED.sub(r"\1", low[max(start, 0) :].strip(_EDGES))
    parts = [part for part in _BETWEEN.split(line) if part in lettered or not words.whole("and", part)]
    found = [_LETTER.fullmatch(part) for part in parts]
    picked = tuple(dict.fromkeys(one[2] for one in found if one))
    numbered = all(one and (not one[1] or int(one[1]) == _question(lettered, one[2])) for one in found)
    if not picked or not numbered or not set(picked) <= set(lettered):
        return _yes_or_no(low, words, tuple(lettered.values()))
    chosen = [lettered[letter] for letter in picked]
    either = {each.question for each in chosen if each.op is None}
    return () if any(each.op is not None and each.question in either for each in chosen) else picked


def _question(lettered: Mapping[str, Pending], letter: str) -> int:
    return lettered[letter].question if letter in lettered else 0


def _yes_or_no(low: str, words: Lexicon, lettered: Sequence[Pending]) -> tuple[str, ...]:
    """The letter that a plain yes or no stands for, where the one open question offers just that."""
    changing = [each.choice.lower() for each in lettered if each.op is not None]
    keeping = [each.choice.lower() for each in lettered if each.op is None]
    if len(changing) != 1 or len(keeping) != 1:
        return ()
    if words.whole("commands.confirm", low):
        return tuple(changing)
    return tuple(keeping) if words.whole("commands.reject", low) else ()
