"""From lines to what they say of key results: sentences, the references in them, and what belongs to each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from okrmate.reply.amounts import Amount, read_amount
from okrmate.reply.clauses import ClauseReader
from okrmate.reply.context import ReplyContext
from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.reader import SentenceReader, says
from okrmate.reply.sentences import sentences
from okrmate.reply.settling import settle
from okrmate.reply.titles import leading_title
from okrmate.reply.unreferred import UnreferredReader
from okrmate.reply.updates import Op, Outcome, Problem, ProblemReason

MAX_OUTCOMES = 200
"""More than this on one mail is read no further: far beyond what is held for the mentor anyway."""

BRIEF = 6
"""A sentence of more words than this stands for itself."""

_BULLET = re.compile(r"\s*(?:(?P<sign>[-+–])|[•·▪◦‣>])\s+|\s+")
_LIST_NUMBER = re.compile(r"\s*[0-9]{1,2}[.)]\s+")
_GREETED = re.compile(r"(?:\s+[^\W\d_][\w.'-]*){0,3}\s*[,!:–-]\s*")
_CLOSE_QUOTES = " \"')]}🙂😊👍🎉"
_SHOWN = re.compile(r"\(kr (?P<ref>[0-9]{1,2}\.[0-9]{1,2})\)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A line or sentence of the person's; `about` is the ref of the key result it was written under, if any."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a statement says of key results, and whether it says so of "the rest"; without outcomes it is prose."""

    text: str
    outcomes: tuple[Outcome, ...] = ()
    rest: bool = False

    @property
    def prose(self) -> bool:
        """Whether nothing of it was understood."""
        return not self.outcomes and not self.rest


def read_updates(text: str, context: ReplyContext) -> tuple[Outcome, ...]:
    """What `text`, all of it the person's own words, says of the key results of `context`."""
    return settle(StatementReader(context).read(Statement(text=line) for line in text.splitlines()), context)


class StatementReader(SentenceReader):
    """Reads statements against one context."""

    def __init__(self, context: ReplyContext) -> None:
        """Take the words of the locale, also for the sentences whose reference stands behind or is not there."""
        super().__init__(context)
        self._clauses = ClauseReader(context)
        self._unreferred = UnreferredReader(context)

    def read(self, statements: Iterable[Statement]) -> list[Said]:
        """Each statement, sentence by sentence."""
        said: list[Said] = []
        count = 0
        for statement in statements:
            for one in self._line(statement):
                readable = count < MAX_OUTCOMES
                said.append(one if readable else Said(text=one.text))
                count += len(one.outcomes) if readable else 0
        return said

    def _line(self, statement: Statement) -> Iterable[Said]:
        text = composed(statement.text).strip()
        if not text:
            return
        if len(text) > MAX_LINE:
            yield Said(text=text)
            return
        said = [self._sentence(one, statement.about, whole_line=one == text) for one in sentences(text)]
        for position, one in enumerate(said):
            follows = said[position + 1] if position + 1 < len(said) else None
            yield self._in_doubt(one) if follows and follows.prose and self._takes_back(follows.text) else one

    def _takes_back(self, text: str) -> bool:
        """Whether a short sentence such as "Not really." takes back the one before it."""
        low = fold(text)
        return len(low.split()) <= BRIEF and any(
            self._words.has(name, low) for name in ("negation", "almost", "except", "conditional")
        )

    def _in_doubt(self, said: Said) -> Said:
        """What was said, to be asked about."""
        asked = tuple(
            Problem(reason=ProblemReason.UNCLEAR_VALUE, kr=one.kr, words=said.text)
            if says(one, Op.SET, Op.ADD, Op.DONE, Op.BLOCKED, Op.CONFIDENCE)
            else one
            for one in said.outcomes
        )
        return Said(text=said.text, outcomes=asked, rest=said.rest)

    def _sentence(self, text: str, about: str, *, whole_line: bool) -> Said:
        low = fold(text)
        if low.rstrip(_CLOSE_QUOTES).endswith("?"):
            return Said(text=text)
        listed = _LIST_NUMBER.match(low)
        bullet = listed or _BULLET.match(low)
        start = bullet.end() if bullet else 0
        start = self._past_opening(low, start)
        if self._words.starts("conditional", low, start) >= 0:
            return Said(text=text)
        shown = self._shown(text, low, start)
        if shown is not None:
            return Said(text=text, outcomes=shown)
        outcomes = self._clauses.read(text, low, start, numbered=bool(listed))
        if outcomes is None:
            outcomes = self._unreferred.read(text, low, start, about, listed=bool(listed), whole_line=whole_line)
            signed = bullet is not None and not listed and bullet["sign"]
            if signed and len(low.split()) == 2 and any(says(one, Op.SET) for one in outcomes):  # noqa: PLR2004 -- "- 1"
                outcomes = (Problem(reason=ProblemReason.SIGN_OR_DASH, words=text, kr=about),)
        if not outcomes and self._unreferred.says_rest(low, start):
            return Said(text=text, rest=True)
        return Said(text=text, outcomes=outcomes)

    def _past_opening(self, low: str, start: int) -> int:
        """Past a greeting with its name."""
        greeting = self._words.starts("greeting", low, start)
        named = _GREETED.match(low, greeting) if greeting >= 0 else None
        return named.end() if named else start

    def _shown(self, text: str, low: str, start: int) -> tuple[Outcome, ...] | None:
        """A key result as our letter shows it: the same says nothing, typed over it is asked about."""
        found = _SHOWN.search(low)
        kr = self._context.find(found["ref"]) if found else None
        title = leading_title(low, start, (kr,), self._words) if kr else None
        if not kr or not title:
            return None
        amount = (
            read_amount(low, title.end + 2, self._bodies.manner(kr)) if low[title.end : title.end + 2] == ": " else None
        )
        if not isinstance(amount, Amount) or low[amount.end :].strip(" .,").startswith("(kr"):
            return None
        if amount.value == kr.current:
            return ()
        return (Problem(reason=ProblemReason.EDITED_QUOTE, kr=kr.ref, words=text),)
