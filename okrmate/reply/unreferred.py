"""Sentences without a reference: for the one key result asked about, by a title, of all of them, or of none."""

import re
from dataclasses import replace

from okrmate.domain.metrics import MetricKind
from okrmate.reply.amounts import Amount, read_amount
from okrmate.reply.body import Body
from okrmate.reply.confidence import read_confidence
from okrmate.reply.context import KeyResultContext
from okrmate.reply.folding import fold, skip
from okrmate.reply.reader import SentenceReader, says
from okrmate.reply.references import references
from okrmate.reply.titles import WORD, leading_title
from okrmate.reply.updates import Op, Outcome, Problem, ProblemReason, Update

_VALUED = (Op.SET, Op.ADD, Op.DONE, Op.BLOCKED, Op.CONFIDENCE, Op.NOCHANGE)
_AFTER_SORRY = " ,:!.…–—-"
_ORDINAL = re.compile(r" (?:no\.? ?|nr\.? ?|#)?[0-9]")
_DATE_OR_NUMBER = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}([./])[0-9]{1,2}\1(?:[0-9]{2}|[0-9]{4})"
    r"|(?:\+|\(?0)[0-9(][0-9 ()/.-]{5,}|[0-9]{3}(?:-[0-9]{3})?-0[0-9]{3}|[0-9]+(?:[ .-][0-9]+)*-[0-9]+-[0-9]+"
)
"""A date or a telephone number, alone on its line: signatures have them."""

_DOTTED = re.compile(r"(?<![0-9.,])[0-9]{1,2}\.[0-9]{1,2}(?![0-9])")


class UnreferredReader(SentenceReader):
    """Reads sentences that name no key result by its code."""

    def read(
        self, text: str, low: str, start: int, about: str, *, listed: bool, whole_line: bool
    ) -> tuple[Outcome, ...]:
        """What the sentence from `start` on says, written under `about` or nowhere; empty where it is prose."""
        only = self._context.find(about) if about else self._context.only
        end = len(low)
        begins, start = start, self._past(low, start, "correction", between=_AFTER_SORRY)
        if about and only:
            return self._bodies.read(Body(text=text, low=low, start=start, end=end), only)
        titled = None if listed else self.titled(text, low, start)
        if titled is not None:
            return titled
        every = self._every(text, low, start)
        if every is not None:
            return every
        if only and not listed:
            return self._for_only(text, low, start, only)
        told = self._context.find(self._context.told) if self._context.told else None
        mended = self._mended(low, begins) if told and whole_line and not listed else None
        if told and mended:
            return self._bodies.read(Body(text=text, low=low, start=mended[0], end=mended[1], bare=True), told)
        if whole_line and self.is_bare_update(low, start):
            return (
                Problem(
                    reason=ProblemReason.WHICH_KR,
                    words=text,
                    candidates=tuple(kr.ref for kr in self._context.key_results),
                ),
            )
        return ()

    def _mended(self, low: str, start: int) -> tuple[int, int] | None:
        """From where to where a line gives another value in place of one: "sorry, 4", "should be 4", "4 actually"."""
        begin = self._past(low, start, "correction", "forms.mends", between=_AFTER_SORRY)
        said = low.rstrip(" .!")
        behind = self._words.ends("forms.mends", said)
        end = len(said[:behind].rstrip(_AFTER_SORRY)) if behind > begin else len(low)
        mends = (begin > start or end < len(low)) and self._words.starts("when", low, begin) < 0  # "no, at 4"
        return (begin, end) if mends and self.is_bare_update(low[:end], begin) else None

    def _for_only(self, text: str, low: str, start: int, kr: KeyResultContext) -> tuple[Outcome, ...]:
        """A bare value for the one key result asked about; what is lower than before is asked about."""
        if _DATE_OR_NUMBER.fullmatch(low.strip(" .")):
            return ()
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
            elsewhere = isinstance(one, Update) and one.op is not Op.NOTE and self._names_one(one.note)
            checked.append(
                Problem(reason=ProblemReason.UNCLEAR_VALUE, kr=kr.ref, words=text, value=one.value)
                if lower or unfit or elsewhere
                else one
            )
        return tuple(checked)

    def _names_one(self, note: str) -> bool:
        """Whether a note names a key result: "no change, only 1.2 is 7" is not said of the one asked about alone."""
        refs = {kr.ref for kr in self._context.key_results}
        return any(found.group() in refs for found in _DOTTED.finditer(note))

    def says_of_another(self, text: str, low: str, at: int, start: int, about: str) -> bool:
        """Whether a title and its value begin at `at`, of a key result that nothing from `start` to there is about."""
        title = leading_title(low, at, self._context.key_results, self._words)
        if not title:
            return False
        first = leading_title(low[:at], start, self._context.key_results, self._words)
        named = {ref for reference in references(low[:at], self._context) for ref in reference.known}
        if title.kr.ref in {*named, about} or (first and first.kr.ref == title.kr.ref):
            return False
        outcomes = self.titled(text, low, at) or ()
        return any(isinstance(one, Problem) or says(one, *_VALUED) for one in outcomes)

    def titled(self, text: str, low: str, start: int) -> tuple[Outcome, ...] | None:
        """A sentence that begins with one title's words; None where it does not."""
        title = leading_title(low, start, self._context.key_results, self._words)
        if not title:
            return None
        body = low[title.end :].strip(" .!")
        named = WORD.findall(low[title.start : title.end])
        if _ORDINAL.match(low, title.end) and named[-1] not in WORD.findall(fold(title.kr.title)):
            return (Problem(reason=ProblemReason.VAGUE_CLAIM, kr=title.kr.ref, words=text),)  # "chapter 12 done"
        if not body:
            live = any(self._words.whole("came_true", word) for word in named)
            return (Problem(reason=ProblemReason.VAGUE_CLAIM, kr=title.kr.ref, words=text),) if live else None
        outcomes = self._bodies.read(Body(text=text, low=low, start=title.end, end=len(low), by_title=True), title.kr)
        if title.content == 1 and any(says(one, Op.DONE) or says(one, Op.BLOCKED) for one in outcomes):
            return (Problem(reason=ProblemReason.VAGUE_CLAIM, kr=title.kr.ref, words=text),)
        return (
            tuple(
                replace(one, note=text.strip()) if says(one, Op.NOTE) and isinstance(one, Update) else one
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
        """Such as "No change", "all three key results are done": said of all that were asked about."""
        words, krs = self._words, self._context.key_results
        asked = self._context.find(self._context.asked)
        unchanged = words.starts("unchanged", low, start)
        if unchanged >= 0:
            if self._only_all(low, unchanged):
                return tuple(Update(kr=kr.ref, op=Op.NOCHANGE, words=text) for kr in ((asked,) if asked else krs))
            return None
        every = words.starts("all", low, start)
        if every < 0:
            return None
        at, named, fits = every, False, True
        while at < len(low):
            at = skip(low, at)
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
            at = skip(low, at, " .,!:)")
            if at >= len(low):
                return True
            ends = [
                self._words.starts(name, low, at)
                for name in ("tail", "preposition", "all", "all_of", "correction", "sign_off")
            ]
            if max(ends) < 0:
                return False
            at = max(ends)

    def says_rest(self, low: str, start: int) -> bool:
        """Such as "rest unchanged": all that were not named."""
        rest = self._words.starts("rest", low, start)
        if rest < 0:
            return False
        at = skip(low, rest, " :")
        while (lead := self._words.starts("lead", low, at)) >= 0:
            at = skip(low, lead, " :")
        end = self._words.starts("unchanged", low, at)
        return end >= 0 and self._only_all(low, end)

    def is_bare_update(self, low: str, start: int) -> bool:
        """Whether the line is a value, change or status and nothing else."""
        words = self._words
        said = low[start:].strip(" .!🎉👍")
        regret = words.ends("correction", said)
        said = said[:regret].rstrip(_AFTER_SORRY) if regret > 0 else said
        if any(words.whole(name, said) for name in ("done", "blocked", "achieved")):
            return True
        at = 0
        while (lead := words.starts("lead", said, at)) >= 0:
            at = lead + len(said[lead:]) - len(said[lead:].lstrip(" :"))
        found = read_confidence(said, at, words)
        if found:
            return found.end == len(said)
        amount = read_amount(said, at, self._manner())
        if not isinstance(amount, Amount):
            return False
        end = amount.end
        while (tail := words.starts("tail", said, end + len(said[end:]) - len(said[end:].lstrip(" ")))) >= 0:
            end = tail
        return end == len(said)
