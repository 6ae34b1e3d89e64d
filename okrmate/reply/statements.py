"""From lines to what they say of key results: sentences, the references in them, and what belongs to each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from okrmate.domain.metrics import MetricKind
from okrmate.reply.amounts import Amount, Manner, Unclear, read_amount
from okrmate.reply.bodies import Body, BodyReader
from okrmate.reply.confidence import read_confidence
from okrmate.reply.context import KeyResultContext, ReplyContext
from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.lexicon import Lexicon, lexicon
from okrmate.reply.numbers import decimal_mark
from okrmate.reply.references import Form, Reference, bare_number, is_date, references
from okrmate.reply.sentences import sentences
from okrmate.reply.settling import settle
from okrmate.reply.titles import leading_title
from okrmate.reply.updates import Op, Outcome, Problem, ProblemReason, Update

MAX_OUTCOMES = 200
"""More than this on one mail is read no further: far beyond what is held for the mentor anyway."""

_BULLET = re.compile(r"\s*(?:(?P<sign>[-+–])|[•·▪◦‣>])\s+|\s+")
_LIST_NUMBER = re.compile(r"\s*[0-9]{1,2}[.)]\s+")
_OPENING = re.compile(r"[\s\"'(\[#–—-]*")
_BOUNDARY = re.compile(r".*(?:[,;.!|)]|\s[–—-]|\s(?:and|und|et|y|e|en|och|plus|then))\s", re.DOTALL)
_GLUE = re.compile(r"\s*(?:,|;|&|/|\+|and|und|et|y|e|en|och|sowie)\s*(?:and|und|&)?\s*")
_SPAN = re.compile(r"\s*(?:-|–|to|bis|through|à)\s*")
_GREETED = re.compile(r"(?:\s+[^\W\d_][\w.'-]*){0,3}\s*[,!:–-]\s*")
_AFTER_DATE = re.compile(r"\s*(?:on |am |le |el |il |em |op )[0-9]{1,2}[./][0-9]{1,2}\.?(?:[./][0-9]{2,4})?,?\s+")
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


class StatementReader:
    """Reads statements against one context."""

    def __init__(self, context: ReplyContext) -> None:
        """Take the words and number signs of the person's locale."""
        self._context = context
        self._words: Lexicon = lexicon(context.locale)
        self._bodies = BodyReader(self._words, decimal_mark(context.locale))

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
        for sentence in sentences(text):
            yield self._sentence(sentence, statement.about, whole_line=sentence == text)

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
            outcomes = self._unreferred(text, low, start, about, listed=bool(listed), whole_line=whole_line)
            signed = bullet is not None and not listed and bullet["sign"]
            if signed and len(low.split()) == 2 and any(_is(one, Op.SET) for one in outcomes):  # noqa: PLR2004 -- "- 1"
                outcomes = (Problem(reason=ProblemReason.SIGN_OR_DASH, words=text, kr=about),)
        if not outcomes and self._rest(low, start):
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

    # -------------------------------------------------------------- with a reference

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
            outcomes: list[Outcome] = []
            for clause in clauses:
                outcomes += self._clause(text, low, start, clause, checked=bool(checked))
            return tuple(outcomes)
        return self._behind(text, low, start, found)

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
            if groups and groups[-1][0][-1].end == end and _GLUE.fullmatch(between):
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
                trimmed = re.sub(r"(?:[\s,;|.([#-]|\b(?:and|und|et|y|e|en|och|plus|then|for|on))*$", "", trimmed)
            clauses.append(
                _Clause(
                    anchors=tuple(anchors),
                    body_start=anchors[-1].end,
                    end=anchors[-1].end + len(trimmed),
                    spanning=spanning,
                )
            )
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
        if boundary and first and not self._is_opening(before[: boundary.end()].strip(" ,.;!–-")):
            # what stands before the boundary is prose of its own: only a sure reference begins behind it
            if (
                reference.form is Form.NUMBER
                or self._words.has("conditional", before)
                or self._words.has("negation", before)
            ):
                return False
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
            and any(_is(one, Op.SET) or _is(one, Op.ADD) for one in outcomes)
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
        kr = self._context.key_results[0] if self._context.key_results else None
        manner = self._bodies.manner(kr or KeyResultContext(ref="", title="", kind=MetricKind.COUNT))
        return low[at : at + 1] in set("✅✔☑🚧👍") or isinstance(read_amount(low, at, manner), Amount | Unclear)

    # -------------------------------------------------------------- with the reference behind

    def _behind(self, text: str, low: str, start: int, found: Sequence[Reference]) -> tuple[Outcome, ...] | None:
        """ "two more for 1.1", "finished 1.2", "One more request (1.2)", "please drop 2.3"."""
        surely = [one for one in found if one.form in {Form.NAMED, Form.BARE, Form.SHORT} and len(one.known) == 1]
        if not surely:
            return None
        first = surely[0]
        run = [first]
        for one in surely[1:]:
            if _GLUE.fullmatch(low[run[-1].end : one.start]):
                run.append(one)
        before = low[start : first.start].rstrip(" ([#")
        kind = next(
            (
                name
                for name in ("wish", "finish", "done", "blocked", "preposition")
                if self._words.ends(name, before) >= 0
            ),
            "",
        )
        bracketed = low[first.start : first.start + 1] in "([" or low[start : first.start].rstrip(" ").endswith(
            ("(", "[")
        )
        dated = is_date(low, run[-1]) and low[run[-1].end :].strip(" .!") != ""
        if (not kind and not bracketed) or dated or self._words.has("conditional", before):
            return None
        wished = self._words.pattern("wish").search(low, start)
        if wished and (kind in {"wish", "preposition"}) and not read_amount(before, 0, self._any()):
            return tuple(Update(kr=one.known[0], op=Op.NOTE, note=text.strip(), words=text.strip()) for one in run)
        return self._before(text, low, start, run, kind)

    def _any(self) -> Manner:
        kr = self._context.key_results[0] if self._context.key_results else None
        return self._bodies.manner(kr or KeyResultContext(ref="", title="", kind=MetricKind.COUNT))

    def _before(
        self, text: str, low: str, start: int, run: Sequence[Reference], kind: str
    ) -> tuple[Outcome, ...] | None:
        """What the words before the references say of them; they must say it entirely."""
        words = self._words
        before = low[start : run[0].start].rstrip(" ([#")
        if kind == "preposition":
            cut = words.ends("preposition", before)
            inner = words.ends("done", before) if words.ends("done", before) >= 0 else words.ends("finish", before)
            before = before if inner >= 0 and inner < cut else before[:cut].rstrip()
        at = self._past_fillers(before, 0)
        rest_at = run[-1].end + (1 if low[run[-1].end : run[-1].end + 1] in ")]" else 0)
        rest = low[rest_at:]
        said = before[at:].strip()
        if not said:
            return None
        future = words.starts("future", before, at)
        if future >= 0 and words.ends("finish", before) >= 0:
            return tuple(Update(kr=one.known[0], op=Op.NOTE, note=text.strip(), words=text.strip()) for one in run)
        outcomes: list[Outcome] = []
        for one in run:
            kr = self._context.find(one.known[0])
            if kr is None:
                return None
            read = self._said_of(text, before, start, at, said, kr)
            if read is None:
                return None
            outcomes += [self._with_rest(each, text, rest, rest_at) for each in read]
        return tuple(outcomes)

    def _said_of(
        self, text: str, before: str, start: int, at: int, said: str, kr: KeyResultContext
    ) -> tuple[Outcome, ...] | None:
        words = self._words
        if words.whole("finish", said) or words.whole("done", said):
            return (Update(kr=kr.ref, op=Op.DONE, words=text.strip()),)
        blocked = words.starts("blocked", said)
        if blocked >= 0 and not said[blocked:].strip(" :"):
            return (Update(kr=kr.ref, op=Op.BLOCKED, words=text.strip()),)
        if words.starts("achieved", said) >= 0:
            said_at = words.starts("achieved", said)
            at += said_at + len(said[said_at:]) - len(said[said_at:].lstrip(" "))
        body = Body(text=text, low=" " * start + before, start=start + at, end=start + len(before), bare=True)
        read = self._bodies.read(body, kr)
        return read or None

    def _with_rest(self, outcome: Outcome, text: str, rest: str, rest_at: int) -> Outcome:
        """`outcome` with what follows the reference as its note, or in doubt if that takes it back."""
        note = text[rest_at:].strip().lstrip(",;:.–—-!) ").rstrip(" ,;.")
        if isinstance(outcome, Problem) or not note:
            return outcome
        doubts = ("negation", "almost", "conditional", "past", "future", "past_time", "except", "vague")
        separated = rest.lstrip()[:1] in set(",;:.–—-(!")
        if (
            (not separated and self._words.starts("tail", rest.lstrip()) < 0)
            or any(self._words.has(name, rest) for name in (doubts if outcome.op is not Op.BLOCKED else ()))
            or (outcome.op is not Op.BLOCKED and re.search(r"[0-9]", rest))
        ):
            return Problem(reason=ProblemReason.UNCLEAR_VALUE, kr=outcome.kr, words=text.strip())
        return replace(outcome, note=note)

    def _past_fillers(self, low: str, at: int) -> int:
        """Past "On 3/4 I", "yes, we have just", "finally"."""
        while True:
            dated = _AFTER_DATE.match(low, at)
            ends = [
                dated.end() if dated else -1,
                *(self._words.starts(name, low, at) for name in ("filler", "past_time", "have")),
            ]
            if max(ends) < 0:
                return at
            at = max(ends)
            at += len(low[at:]) - len(low[at:].lstrip(" ,:!"))

    # -------------------------------------------------------------- without a reference

    def _unreferred(
        self, text: str, low: str, start: int, about: str, *, listed: bool, whole_line: bool
    ) -> tuple[Outcome, ...]:
        only = self._context.find(about) if about else self._context.only
        end = len(low)
        if about and only:
            return self._bodies.read(Body(text=text, low=low, start=start, end=end), only)
        titled = None if listed else self._titled(text, low, start)
        if titled is not None:
            return titled
        every = self._every(text, low, start)
        if every is not None:
            return every
        if only and not listed:
            return self._for_only(text, low, start, only)
        if whole_line and self._is_bare_update(low, start):
            return (
                Problem(
                    reason=ProblemReason.WHICH_KR,
                    words=text,
                    candidates=tuple(kr.ref for kr in self._context.key_results),
                ),
            )
        return ()

    def _for_only(self, text: str, low: str, start: int, kr: KeyResultContext) -> tuple[Outcome, ...]:
        """A bare value for the one key result asked about; what is lower than before is asked about."""
        start = self._past_sorry(low, start)
        outcomes = self._bodies.read(Body(text=text, low=low, start=start, end=len(low), bare=True), kr)
        checked: list[Outcome] = []
        for one in outcomes:
            lower = (
                isinstance(one, Update)
                and one.op is Op.SET
                and one.value is not None
                and kr.current is not None
                and one.value < kr.current
            )
            unfit = (
                isinstance(one, Update)
                and one.value is not None
                and one.op is Op.SET
                and kr.kind is MetricKind.COUNT
                and one.value % 1 != 0
            )
            checked.append(
                Problem(reason=ProblemReason.UNCLEAR_VALUE, kr=kr.ref, words=text, value=one.value)
                if lower or unfit
                else one
            )
        return tuple(checked)

    def _past_sorry(self, low: str, at: int) -> int:
        """Past "sorry," and "correction:"."""
        found = re.compile(r"(?:sorry|correction|oops|entschuldigung|korrektur|pardon|perdón|scusa)\s*[,:!]\s*").match(
            low, at
        )
        return found.end() if found else at

    def _titled(self, text: str, low: str, start: int) -> tuple[Outcome, ...] | None:
        """A sentence that begins with one title's words; None where it does not."""
        title = leading_title(low, start, self._context.key_results, self._words)
        if not title:
            return None
        body = low[title.end :].strip(" .!")
        named = low[title.start : title.end].split()
        if not body:
            live = any(self._words.whole("came_true", word) for word in named)
            return (Problem(reason=ProblemReason.VAGUE_CLAIM, kr=title.kr.ref, words=text),) if live else None
        outcomes = self._bodies.read(Body(text=text, low=low, start=title.end, end=len(low), by_title=True), title.kr)
        if title.content == 1 and any(_is(one, Op.DONE) or _is(one, Op.BLOCKED) for one in outcomes):
            return (Problem(reason=ProblemReason.VAGUE_CLAIM, kr=title.kr.ref, words=text),)
        return (
            tuple(
                replace(one, note=text.strip()) if _is(one, Op.NOTE) and isinstance(one, Update) else one
                for one in outcomes
                if not (
                    isinstance(one, Problem)
                    and one.reason is ProblemReason.UNCLEAR_VALUE
                    and not low[title.end :].lstrip().startswith((":", "=", "-", "–"))
                )
            )
            or None
        )

    def _every(self, text: str, low: str, start: int) -> tuple[Outcome, ...] | None:
        """ "No change", "all three key results are done": said of all that were asked about."""
        words, krs = self._words, self._context.key_results
        unchanged = words.starts("unchanged", low, start)
        if unchanged >= 0:
            if self._only_all(low, unchanged):
                return tuple(Update(kr=kr.ref, op=Op.NOCHANGE, words=text) for kr in krs)
            return None
        every = words.starts("all", low, start)
        if every < 0:
            return None
        at, named, fits = every, False, True
        while at < len(low):
            at += len(low[at:]) - len(low[at:].lstrip(" "))
            number = words.starts("numbers", low, at)
            if number >= 0:
                named, fits, at = True, fits and words.numbers.get(low[at:number]) == len(krs), number
                continue
            end = words.starts("all_of", low, at)
            if end < 0:
                break
            named = named or low[at:end].startswith(("key", "kr", "schl", "ergeb"))
            at = end
        named = named or low[start:every] in {"both", "beide"}
        fits = fits and (low[start:every] not in {"both", "beide"} or len(krs) == 2)  # noqa: PLR2004 -- both are two
        if not any(words.whole(name, low[at:].strip(" .!")) for name in ("done", "achieved", "unchanged")):
            return None
        op = Op.NOCHANGE if words.whole("unchanged", low[at:].strip(" .!")) else Op.DONE
        if (named and fits and krs) or op is Op.NOCHANGE:
            return tuple(Update(kr=kr.ref, op=op, words=text) for kr in krs)
        return (Problem(reason=ProblemReason.WHICH_KR, words=text, candidates=tuple(kr.ref for kr in krs)),)

    def _only_all(self, low: str, at: int) -> bool:
        """Whether nothing but "this week", "on any of them" follows."""
        while True:
            at += len(low[at:]) - len(low[at:].lstrip(" .,!:)"))
            if at >= len(low):
                return True
            ends = [self._words.starts(name, low, at) for name in ("tail", "preposition", "all", "all_of")]
            if max(ends) < 0:
                return False
            at = max(ends)

    def _rest(self, low: str, start: int) -> bool:
        """ "rest unchanged": all that were not named."""
        rest = self._words.starts("rest", low, start)
        if rest < 0:
            return False
        at = rest + len(low[rest:]) - len(low[rest:].lstrip(" :"))
        while (lead := self._words.starts("lead", low, at)) >= 0:
            at = lead + len(low[lead:]) - len(low[lead:].lstrip(" :"))
        end = self._words.starts("unchanged", low, at)
        return end >= 0 and self._only_all(low, end)

    def _is_bare_update(self, low: str, start: int) -> bool:
        """Whether the line is a value, change or status and nothing else."""
        words = self._words
        said = low[start:].strip(" .!🎉👍")
        if any(words.whole(name, said) for name in ("done", "blocked", "achieved")):
            return True
        at = 0
        while (lead := words.starts("lead", said, at)) >= 0:
            at = lead + len(said[lead:]) - len(said[lead:].lstrip(" :"))
        found = read_confidence(said, at, words)
        if found:
            return found.end == len(said)
        amount = read_amount(said, at, self._any())
        if not isinstance(amount, Amount):
            return False
        end = amount.end
        while (tail := words.starts("tail", said, end + len(said[end:]) - len(said[end:].lstrip(" ")))) >= 0:
            end = tail
        return end == len(said)


def _is(outcome: Outcome, op: Op) -> bool:
    return isinstance(outcome, Update) and outcome.op is op
