"""Clauses that begin with a reference: which key results they are about, and where the words about them end."""

import re
from collections.abc import Sequence

from okrmate.frozen import Frozen
from okrmate.reply.amounts import Amount, Unclear, read_amount
from okrmate.reply.behind import BehindReader
from okrmate.reply.body import Body
from okrmate.reply.body_words import CHEER, SKIN_TONES
from okrmate.reply.confidence import read_confidence
from okrmate.reply.context import ReplyContext
from okrmate.reply.folding import skip
from okrmate.reply.reader import SentenceReader, says
from okrmate.reply.references import GLUE, Form, Reference, bare_number, is_date, references
from okrmate.reply.updates import Op, Outcome, Problem, ProblemReason, Update

_OPENING = re.compile(rf"[\s\"'(\[#–—{CHEER}{SKIN_TONES}-]*")
_COLON = re.compile(r":\s")
_HEADING = re.compile(r"\s*[^\W\d]['\w]*(?:[ ,]+[^\W\d]['\w]*){0,7}[ ,]*:\s*")
"""Words and a colon over the values in their own line: "As requested: 1.1 4, 1.2 70 %"."""
_DOUBTING = ("conditional", "negation", "wish", "future", "question")
_BOUNDARY = re.compile(
    r".*(?:[;|]|(?:[,;.!|)🟢🟡🟠🔴✅✔]|\s[–—/&+-]|\s(?:and|und|et|y|e|en|och|plus|then|but|while|aber|mais|pero|ma|mas|maar|men))\s)",
    re.DOTALL,
)
_JOINED = re.compile(
    r"(?:\s+(?:and|und|et|y|e|en|och|but|aber|mais|pero|ma|mas|maar|men))?[\s,;(\[#|–—-]*$", re.IGNORECASE
)
_MARKS = re.compile(r"[,;.:!–—-]")
_SPAN = re.compile(r"\s*(?:-|–|to|bis|through|à)\s*")
_LEADING = ("filler", "preposition", "correction", "all", "please_set")
_TICK_BOX = re.compile(r"\s*\[ ?\]\s*")
_CHECKED = re.compile(r"\s*(?:\[x\]|✅|✔|☑)\s*")
_LEADS_ON = re.compile(
    r"(?:[\s,;|.(/&[#-]|\b(?:and|und|et|y|e|en|och|plus|then|but|while|aber|mais|pero|ma|mas|maar|men|for|on))*$"
)


_VALUE_ALONE = re.compile(r"\s*(?:[:=]|->|→)?\s*[€$£]?[0-9][0-9.,']*\s?[%k€$£]?,?\s*")
"""A value and nothing else between two references."""

_VALUE_BEHIND = re.compile(
    r"\s+[€$£]?[0-9][0-9.,']*\s?[%k€$£]?(?=$|(?:\s+|,)(?:kr ?)?[0-9]{1,2}\.[0-9]{1,2}\s|[\s.,;!]*$)"
)
"""A value behind a reference, and then the next one or the end: "1.1 5 1.2 4"."""


class _Clause(Frozen):
    """References that stand together, and the part of the sentence that speaks of them."""

    anchors: tuple[Reference, ...]
    body_start: int
    end: int
    spanning: bool = False


class Spoken(Frozen):
    """What clauses say, where the first begins, and the words before and between them that say nothing of it."""

    outcomes: tuple[Outcome, ...]
    start: int = 0
    head: str = ""
    unsaid: tuple[str, ...] = ()


class ClauseReader(SentenceReader):
    """Reads sentences that name key results by their codes."""

    def __init__(self, context: ReplyContext) -> None:
        """Take the words of the locale, also for what stands before a reference."""
        super().__init__(context)
        self._behind = BehindReader(context)

    def read(self, text: str, low: str, start: int, *, numbered: bool) -> Spoken | None:
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
            before = self._behind.read(text[: len(cut)], cut, start, earlier) or ()
            said = [(clause, self._clause(text, low, start, clause, checked=bool(checked))) for clause in clauses]
            return Spoken(
                outcomes=(*before, *(one for _, outcomes in said for one in outcomes)),
                start=start if before else first,
                head="" if before else self._head(text, low, start, first),
                unsaid=tuple(text[one.anchors[0].start : one.end].strip() for one, outcomes in said if not outcomes),
            )
        behind = self._behind.read(text, low, start, found)
        return None if behind is None else Spoken(outcomes=behind, start=start)

    def _head(self, text: str, low: str, start: int, end: int) -> str:
        """The words before the first clause, unless they only lead up to it: they are for the mentor."""
        if self._is_opening(_MARKS.sub(" ", low[start:end]), named=True):
            return ""
        head = _JOINED.sub("", text[start:end])
        return head if any(char.isalnum() for char in head) else ""

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
        known = self._context.find(number.known[0]) if len(number.known) == 1 else None
        manner = self._bodies.manner(known) if known else self._manner()
        return status or read_amount(low, at, manner) is not None

    def _clauses(self, low: str, start: int, found: Sequence[Reference]) -> list[_Clause]:
        """The references that begin a clause, grouped where they stand together, each with its body."""
        groups = self._groups(low, start, found)
        if not groups:
            return []
        clauses = []
        for index, (anchors, spanning) in enumerate(groups):
            last = index + 1 == len(groups)
            body = low[anchors[-1].end : len(low) if last else groups[index + 1][0][0].start]
            body = body if last else _LEADS_ON.sub("", body)
            end = anchors[-1].end + len(body)
            clauses.append(_Clause(anchors=tuple(anchors), body_start=anchors[-1].end, end=end, spanning=spanning))
        spoken = low[clauses[0].body_start : clauses[0].end].strip(" .!)")
        opening = low[start : clauses[0].anchors[0].start]
        if not spoken and not self._is_opening(opening, named=True):
            return clauses[1:]  # "finished 1.1 and 1.3": what is said stands before both
        return clauses

    def _groups(self, low: str, start: int, found: Sequence[Reference]) -> list[tuple[list[Reference], bool]]:
        """References that stand together, and whether they span a range such as `1.2-1.4`."""
        groups: list[tuple[list[Reference], bool]] = []
        end = start
        for reference in found:
            last = groups[-1][0][-1] if groups else None
            between = low[last.end : reference.start] if last else ""
            if last and reference.form is Form.BARE and not reference.known and not between.strip():
                continue  # the 2.8 of "1.2 2.8" is a value
            listed = between.strip() == ";" and not low[start : groups[0][0][0].start].strip(" -*•([#")
            if last and (GLUE.fullmatch(between) or listed):
                groups[-1][0].append(reference)
            elif last and _SPAN.fullmatch(between) and reference.form is last.form:
                groups[-1] = ([*groups[-1][0], reference], True)
            elif self._begins(low, end, reference, first=not groups):
                groups.append(([reference], False))
            else:
                continue
            end = reference.end
        return groups

    def _begins(self, low: str, start: int, reference: Reference, *, first: bool) -> bool:
        """Whether `reference` stands where a clause begins: nothing before it but an opening."""
        if is_date(low, reference):
            return False
        before = low[start : reference.start]
        if first and _HEADING.fullmatch(before) and not any(self._words.has(name, before) for name in _DOUBTING):
            return True
        boundary = _BOUNDARY.match(before)
        if not first and not boundary and before.strip() != "":
            marked = (
                reference.form in {Form.NAMED, Form.SHORT}
                or low[reference.end :].lstrip()[:1] in {":", "="}
                or (reference.known and _VALUE_BEHIND.match(low, reference.end))
            )
            return bool(marked) and _VALUE_ALONE.fullmatch(before) is not None
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
            ends = [self._words.starts(name, opening, at) for name in ((*_LEADING, "mine") if named else _LEADING)]
            if max(ends) < 0:
                return at >= len(opening)
            at = max(ends)
            at += 1 if _COLON.match(opening, at) else 0

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
        valued = len(refs) > 1 and any(says(one, Op.SET, Op.ADD) for one in outcomes)
        doubted = any(isinstance(one, Problem) for one in outcomes)
        if valued and (doubted or "," in low[clause.anchors[0].start : clause.body_start]):
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
                anchor.form is Form.NUMBER and (self._context.numbered or self._is_objective(anchor))
            ):
                return (), Problem(reason=ProblemReason.WHICH_KR, words=text, candidates=anchor.known) if says else None
            refs.append(anchor.known[0])
        if clause.spanning and len(refs) > 1:
            names = [kr.ref for kr in self._context.key_results]
            refs = names[names.index(refs[0]) : names.index(refs[-1]) + 1]
        return tuple(dict.fromkeys(refs)), None

    def _is_objective(self, number: Reference) -> bool:
        """Whether the number of a key result is one of several objectives too."""
        objectives = {kr.objective for kr in self._context.key_results}
        return len(objectives) > 1 and number.known[0].partition(".")[2] in objectives

    def _says(self, low: str, clause: _Clause) -> bool:
        """Whether something that could be an update stands in the clause's body."""
        at = clause.body_start + len(low[clause.body_start :]) - len(low[clause.body_start :].lstrip(" :=-–"))
        return self._status_or_value(low[: clause.end], at)

    def _status_or_value(self, low: str, at: int) -> bool:
        words = self._words
        while (lead := words.starts("lead", low, at)) >= 0:
            at = skip(low, lead, " :")
        names = ("done", "achieved", "blocked", "unchanged", "still")
        if any(words.starts(name, low, at) >= 0 for name in names) or read_confidence(low, at, words):
            return True
        manner = self._manner()
        return low[at : at + 1] in set("✅✔☑🚧👍") or isinstance(read_amount(low, at, manner), Amount | Unclear)
