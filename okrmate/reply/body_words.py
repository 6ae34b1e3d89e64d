"""What every reader of a body needs: the words of the locale, the steps over small ones, and how outcomes are made."""

import re
from functools import lru_cache

from okrmate.reply.amounts import Amount, Manner, read_amount
from okrmate.reply.body import Body
from okrmate.reply.context import KeyResultContext
from okrmate.reply.folding import fold, skip
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.measures import judge
from okrmate.reply.titles import skip_own_words
from okrmate.reply.updates import Check, Op, Outcome, Problem, ProblemReason, Update

_DAY_AND_MONTH = re.compile(r"(?<![0-9])[0-9]{1,2}(?:st|nd|rd|th|\.)? ([^\W\d_]+)")
BLANK = re.compile(r"[\s.,;!:…)\]\"'~–—-]*")
"""Nothing but punctuation."""

PAUSE = re.compile(r"(?:[:,]|\s[–—-])\s+[€$£]?")
CHEER = (
    r"✨⭐🌟💯🔥🥂🍾\U0001F330-\U0001F3F0\U0001F44B\U0001F44D\U0001F44F\U0001F4AA"
    r"\U0001F600-\U0001F64F\U0001F680\U0001F973\U0001F929☺❤"
)
"""Signs of joy and faces, for a class of characters."""

SKIN_TONES = r"\U0001F3FB-\U0001F3FF"
"""What follows a thumb, for a class of characters."""

_CLAUSES = re.compile(r"[,;(.!]|\s[–—-]\s")
_AROUND = " .,;:!?…)\"'🙂😅🤞😉"

DECORATION = re.compile(rf"[\s.,;!:…)\]\"'–—{CHEER}-]*")
"""Nothing but punctuation and cheer."""

_LONGER_THAN_LEADS = ("vague", "plus", "minus", "approximately")
"""What a small word can be the beginning of: "at least" is a bound and "fell by" a change."""

HOURS = frozenset({"hours", "hour", "h", "hrs", "stunden", "std", "heures", "horas", "ore", "uren", "uur", "timmar"})
"""Units that `h` is short for, folded."""

SEPARATOR = re.compile(r"\s*(?:[,;:(\[!.|…]|[–—-](?=\s)|->)\s*")
"""What sets a note apart from a value or status before it."""


@lru_cache(maxsize=256)
def _manner(words: Lexicon, mark: str, *, whole: bool, hours: bool) -> Manner:
    return Manner(words=words, mark=mark, whole=whole, hours=hours)


class BodyWords:
    """The words of one locale, and small steps over them in a body."""

    def __init__(self, words: Lexicon, mark: str) -> None:
        """Take the lexicon and the decimal sign of the person's locale."""
        self._words = words
        self._mark = mark

    def manner(self, kr: KeyResultContext) -> Manner:
        """How numbers are read for this key result: percentages may have decimals, counts and money group thousands."""
        percent = kr.on_scale or (kr.unit.strip() == "%" and not kr.measure)
        return _manner(self._words, self._mark, whole=not percent, hours=fold(kr.unit).strip() in HOURS)

    def _lead(self, low: str, at: int, *, bare: bool = False) -> int:
        """Past the small words before a value or status, such as "is now at" or "moved to"."""
        while True:
            end = self._words.starts("lead", low, at)
            if end < 0 and not bare:
                end = self._words.starts("have", low, at)
            if end < 0 or any(self._words.starts(name, low, at) > end for name in _LONGER_THAN_LEADS):
                return at
            at = skip(low, end, " :")

    @staticmethod
    def _gap(low: str, at: int) -> int:
        return skip(low, at)

    def _tail(self, low: str, at: int) -> int:
        """Past words that add nothing: so far, now, this month."""
        while True:
            gap = self._gap(low, at)
            end = self._words.starts("tail", low, gap)
            if end < 0:
                break
            at = end
        thanks = self._words.starts("sign_off", low, gap)
        return thanks if thanks >= 0 and DECORATION.fullmatch(low, thanks) else at

    def _held_back(self, low: str) -> bool:
        names = ("negation", "almost", "future", "conditional")
        if not any(self._words.has(name, low) for name in names):
            return False
        undated = self._without_dates(low)  # in "as of 14 May" stands no "may"
        return undated == low or any(self._words.has(name, undated) for name in names)

    def _without_dates(self, low: str) -> str:
        """`low` without the months that stand behind a day."""
        return _DAY_AND_MONTH.sub(lambda found: " " if self._words.whole("month", found[1]) else found[0], low)

    def _doubted(self, low: str) -> bool:
        """Whether what follows begins by taking back what was said."""
        return any(self._words.starts(name, low) >= 0 for name in ("negation", "almost", "conditional", "past"))

    def _hedged(self, low: str) -> bool:
        """Whether a clause behind what was said only weakens it: ", I hope"; ", I hope it helps" does not."""
        clauses = [clause.strip(_AROUND) for clause in _CLAUSES.split(low)]
        parts = (part for clause in clauses for part in (clause, clause.partition(" ")[2]))  # "well, almost"
        return any(self._words.whole("hedge", part) for part in parts)

    def _update(self, body: Body, kr: KeyResultContext, op: Op, at: int, note: str = "") -> Update:
        checks = frozenset({Check.TITLE}) if body.by_title else frozenset()
        return Update(kr=kr.ref, op=op, note=note, words=body.words(at), checks=checks)

    def _problem(self, body: Body, kr: KeyResultContext, reason: ProblemReason) -> Problem:
        return Problem(reason=reason, kr=kr.ref, words=body.words(body.start))

    def _value_follows(self, body: Body, kr: KeyResultContext, end: int) -> Update | None:
        """A value of its own right behind a separator."""
        found = SEPARATOR.match(body.low, end, body.end)
        at = self._lead(body.low, found.end() if found else self._gap(body.low, end))
        amount = read_amount(body.low[: body.end], at, self.manner(kr))
        if not isinstance(amount, Amount):
            return None
        after, _ = skip_own_words(body.low[: body.end], amount.end, kr, self._words)
        if not BLANK.fullmatch(body.low[self._tail(body.low, after) : body.end]):
            return None
        outcome = judge(kr, amount, marked=True, counted=True, words="")
        return outcome if isinstance(outcome, Update) else Update(kr=kr.ref, op=Op.ADD)

    def _remark(self, body: Body, kr: KeyResultContext, at: int) -> tuple[Outcome, ...]:
        """Anything else behind a reference is a note, if it has words; behind nothing, or a title, it is prose."""
        if body.bare:
            return ()
        if body.by_title:
            return self._of_title(body, kr, at)
        note = body.words(at).rstrip(" ,;")
        wordless = any(map(str.isdigit, note)) and not any(map(str.isalpha, note))
        if wordless or self._ends_in_value(body, kr, at):
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        return (self._update(body, kr, Op.NOTE, at, note),)

    def _ends_in_value(self, body: Body, kr: KeyResultContext, at: int) -> bool:
        """Whether words, a pause and a value that nothing holds back end it: "best week ever: 720" is worth asking."""
        low = body.low[: body.end]
        pause = next((found for found in PAUSE.finditer(low, at) if low[found.end() :][:1].isdigit()), None)
        amount = read_amount(low, pause.end(), self.manner(kr)) if pause else None
        if not isinstance(amount, Amount) or self._held_back(low[at:]) or self._words.has("past", low, at):
            return False
        return BLANK.fullmatch(low[skip_own_words(low, amount.end, kr, self._words)[0] :]) is not None

    def _of_title(self, body: Body, kr: KeyResultContext, at: int) -> tuple[Outcome, ...]:
        """By title alone only "almost done" and the like are a note, and "it is live" asks once."""
        low = body.low[: body.end]
        lead = self._lead(low, at)
        if self._words.starts("came_true", low, lead) >= 0:
            return (self._problem(body, kr, ProblemReason.VAGUE_CLAIM),)
        if self._doubted(low[lead:]) and self._words.has("done", low, lead):
            return (self._update(body, kr, Op.NOTE, at, body.text[: body.end].strip()),)
        return ()
