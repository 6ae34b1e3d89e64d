"""From lines to what they say of key results: sentences, the references in them, and what belongs to each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from okrmate.reply.amounts import Amount, Unclear, read_amount
from okrmate.reply.behind import BehindReader
from okrmate.reply.body import Body
from okrmate.reply.confidence import read_confidence
from okrmate.reply.context import ReplyContext
from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.reader import SentenceReader, says
from okrmate.reply.references import GLUE, Form, Reference, bare_number, is_date, references
from okrmate.reply.sentences import sentences
from okrmate.reply.settling import settle
from okrmate.reply.titles import leading_title
from okrmate.reply.unreferred import UnreferredReader
from okrmate.reply.updates import Op, Outcome, Problem, ProblemReason, Update

MAX_OUTCOMES = 200
"""More than this on one mail is read no further: far beyond what is held for the mentor anyway."""

BRIEF = 6
"""A sentence of more words than this stands for itself."""

_BULLET = re.compile(r"\s*(?:(?P<sign>[-+–])|[•·▪◦‣>])\s+|\s+")
_LIST_NUMBER = re.compile(r"\s*[0-9]{1,2}[.)]\s+")
_OPENING = re.compile(r"[\s\"'(\[#–—-]*")
_BOUNDARY = re.compile(
    r".*(?:[,;.!|)]|\s[–—-]|\s(?:and|und|et|y|e|en|och|plus|then|but|while|aber|mais|pero|ma|mas|maar|men))\s",
    re.DOTALL,
)
_SPAN = re.compile(r"\s*(?:-|–|to|bis|through|à)\s*")
_GREETED = re.compile(r"(?:\s+[^\W\d_][\w.'-]*){0,3}\s*[,!:–-]\s*")
_CHECKED = re.compile(r"\s*(?:\[x\]|✅|✔|☑)\s*")
_TICK_BOX = re.compile(r"\s*\[ ?\]\s*")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """References that stand together, and the part of the sentence that speaks of them."""

    anchors: tuple[Reference, ...]
    body_start: int
    end: int
    spanning: bool = False


def read_updates(text: str, context: ReplyContext) -> tuple[Outcome, ...]:
    """What `text`, all of it the person's own words, says of the key results of `context`."""
    return settle(StatementReader(context).read(Statement(text=line) for line in text.splitlines()), context)


class StatementReader(SentenceReader):
    """Reads statements against one context."""

    def __init__(self, context: ReplyContext) -> None:
        """Take the words of the locale, also for the sentences whose reference stands behind or is not there."""
        super().__init__(context)
        self._behind = BehindReader(context)
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
        outcomes = self._referred(text, low, start, numbered=bool(listed))
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

    def _referred(self, text: str, low: str, start: int, *, numbered: bool) -> tuple[Outcome, ...] | None:
        """What a sentence with references says; None where it has none that is meant as one."""
        found = [reference for reference in references(low, self._context) if reference.start >= start]
        checked = _CHECKED.match(low, start)
        opening = checked.end() if checked else start
        if not numbered and not (found and found[0].start <= opening + 1):
            number = bare_number(low, opening, self._context)
            if number and self._means_key_result(low, number):
                found = [number, *(reference for reference in found if reference.start >= number.end)]
        clauses = self._clauses(low, start, found)
        if clauses:
            first = clauses[0].anchors[0].start
            earlier = [one for one in found if one.end <= first]
            cut = low[:first].rstrip(" ,;.([#")
            outcomes = list(self._behind.read(text[: len(cut)], cut, start, earlier) or ())
            for clause in clauses:
                outcomes += self._clause(text, low, start, clause, checked=bool(checked))
            return tuple(outcomes)
        return self._behind.read(text, low, start, found)

    def _means_key_result(self, low: str, number: Reference) -> bool:
        """A bare number counts only before a colon with a value, or right before a status word."""
        words, at = self._words, number.end
        colon = low[at : at + 1] == ":"
        at = at + 1 + len(low[at + 1 :]) - len(low[at + 1 :].lstrip(" ")) if colon or at < len(low) else at
        status = any(words.starts(name, low, at) >= 0 for name in ("done", "blocked", "unchanged")) or low[
            at : at + 1
        ] in set("✅✔☑🚧")
        if status and not colon:
            end = max(words.starts(name, low, at) for name in ("done", "blocked", "unchanged"))
            return end < 0 or re.match(r"\s*(?:[!.…]*\s*$|[-–(:]\s?|[.!;,]\s+\D)", low[end:]) is not None
        if not colon:
            return False
        kr = (
            self._context.find(number.known[0])
            if len(number.known) == 1
            else self._context.key_results[0]
            if self._context.key_results
            else None
        )
        return status or (kr is not None and read_amount(low, at, self._bodies.manner(kr)) is not None)

    def _clauses(self, low: str, start: int, found: Sequence[Reference]) -> list[_Clause]:
        """The references that begin a clause, grouped where they stand together, each with its body."""
        groups: list[tuple[list[Reference], bool]] = []
        end = start
        for reference in found:
            between = low[end : reference.start] if groups else ""
            if groups and groups[-1][0][-1].end == end and GLUE.fullmatch(between):
                groups[-1][0].append(reference)
            elif (
                groups
                and groups[-1][0][-1].end == end
                and _SPAN.fullmatch(between)
                and reference.form is groups[-1][0][-1].form
            ):
                groups[-1] = ([*groups[-1][0], reference], True)
            elif self._begins(low, end if groups else start, reference, first=not groups):
                groups.append(([reference], False))
            else:
                continue
            end = reference.end
        clauses = []
        for index, (anchors, spanning) in enumerate(groups):
            stop = groups[index + 1][0][0].start if index + 1 < len(groups) else len(low)
            trimmed = low[anchors[-1].end : stop]
            if index + 1 < len(groups):
                trimmed = re.sub(
                    r"(?:[\s,;|.([#-]|\b(?:and|und|et|y|e|en|och|plus|then|but|while|aber|mais|pero|ma|mas|maar|men|for|on))*$",
                    "",
                    trimmed,
                )
            clauses.append(
                _Clause(
                    anchors=tuple(anchors),
                    body_start=anchors[-1].end,
                    end=anchors[-1].end + len(trimmed),
                    spanning=spanning,
                )
            )
        spoken = low[clauses[0].body_start : clauses[0].end].strip(" .!)") if clauses else ""
        opening = low[start : clauses[0].anchors[0].start] if clauses else ""
        if not spoken and not self._is_opening(opening, named=True):
            return clauses[1:]  # "finished 1.1 and 1.3": what is said stands before both
        return clauses

    def _begins(self, low: str, start: int, reference: Reference, *, first: bool) -> bool:
        """Whether `reference` stands where a clause begins: nothing before it but an opening."""
        if is_date(low, reference):
            return False
        before = low[start : reference.start]
        boundary = _BOUNDARY.match(before)
        if not first and not boundary and before.strip() != "":
            return False
        opening = before[boundary.end() :] if boundary else before
        prose = first and boundary is not None and not self._is_opening(before[: boundary.end()].strip(" ,.;!–-"))
        if prose and any(self._words.has(name, before) for name in ("conditional", "negation")):
            return self._is_opening(opening) and any(references(before, self._context))
        return self._is_opening(opening, named=reference.form in {Form.NAMED, Form.SHORT})

    def _is_opening(self, opening: str, *, named: bool = False) -> bool:
        """Whether words before a reference leave it at the start: fillers, "for", "my", a bullet, a tick."""
        at = 0
        while True:
            for pattern in (_CHECKED, _TICK_BOX, _OPENING):
                found = pattern.match(opening, at)
                at = found.end() if found else at
            ends = [
                self._words.starts(name, opening, at)
                for name in (("filler", "preposition", "mine") if named else ("filler", "preposition"))
            ]
            if max(ends) < 0:
                return at >= len(opening)
            at = max(ends)

    def _clause(self, text: str, low: str, start: int, clause: _Clause, *, checked: bool) -> list[Outcome]:
        refs, problem = self._resolve(text, low, clause)
        if problem:
            return [problem]
        outcomes: list[Outcome] = []
        for ref in refs:
            kr = self._context.find(ref)
            if kr is None:
                continue
            body = Body(text=text, low=low, start=clause.body_start, end=clause.end)
            read = self._bodies.read(body, kr)
            if checked and not read:
                read = (Update(kr=ref, op=Op.DONE, words=text[start : clause.end].strip()),)
            outcomes += read
        several = len(refs) > 1
        if (
            several
            and any(says(one, Op.SET) or says(one, Op.ADD) for one in outcomes)
            and "," in low[clause.anchors[0].start : clause.body_start]
        ):
            return [Problem(reason=ProblemReason.WHICH_KR, words=text, candidates=refs)]
        return outcomes

    def _resolve(self, text: str, low: str, clause: _Clause) -> tuple[tuple[str, ...], Problem | None]:
        """The refs a clause speaks of, or why that is not clear."""
        refs: list[str] = []
        for anchor in clause.anchors:
            says = self._says(low, clause)
            if not anchor.known:
                sure = anchor.form is not Form.BARE or says
                problem = Problem(reason=ProblemReason.UNKNOWN_KR, words=text) if sure else None
                return (), problem
            if len(anchor.known) > 1 or (
                anchor.form is Form.NUMBER and (self._context.numbered or self._objectives() > 1)
            ):
                return (), Problem(reason=ProblemReason.WHICH_KR, words=text, candidates=anchor.known) if says else None
            refs.append(anchor.known[0])
        if clause.spanning and len(refs) > 1:
            names = [kr.ref for kr in self._context.key_results]
            refs = names[names.index(refs[0]) : names.index(refs[-1]) + 1]
        return tuple(dict.fromkeys(refs)), None

    def _objectives(self) -> int:
        return len({kr.objective for kr in self._context.key_results})

    def _says(self, low: str, clause: _Clause) -> bool:
        """Whether something that could be an update stands in the clause's body."""
        at = clause.body_start + len(low[clause.body_start :]) - len(low[clause.body_start :].lstrip(" :=-–"))
        return self._status_or_value(low[: clause.end], at)

    def _status_or_value(self, low: str, at: int) -> bool:
        words = self._words
        while (lead := words.starts("lead", low, at)) >= 0:
            at = lead + len(low[lead:]) - len(low[lead:].lstrip(" :"))
        names = ("done", "achieved", "blocked", "unchanged", "still")
        if any(words.starts(name, low, at) >= 0 for name in names) or read_confidence(low, at, words):
            return True
        manner = self._manner()
        return low[at : at + 1] in set("✅✔☑🚧👍") or isinstance(read_amount(low, at, manner), Amount | Unclear)
