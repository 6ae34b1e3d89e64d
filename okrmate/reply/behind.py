"""References that stand behind what is said of them: "two more for 1.1", "finished 1.2", "please drop 2.3"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from okrmate.reply.amounts import read_amount
from okrmate.reply.body import Body
from okrmate.reply.context import KeyResultContext
from okrmate.reply.folding import skip
from okrmate.reply.reader import SentenceReader
from okrmate.reply.references import GLUE, Form, Reference, is_date
from okrmate.reply.updates import Op, Outcome, Problem, ProblemReason, Update

_AFTER_DATE = re.compile(r"\s*(?:on |am |le |el |il |em |op )[0-9]{1,2}[./][0-9]{1,2}\.?(?:[./][0-9]{2,4})?,?\s+")


class BehindReader(SentenceReader):
    """Reads what stands before references that do not begin their clause; they must be said of entirely."""

    def read(self, text: str, low: str, start: int, found: Sequence[Reference]) -> tuple[Outcome, ...] | None:
        """Such as "two more for 1.1", "finished 1.2", "One more request (1.2)", "please drop 2.3"."""
        surely = [one for one in found if one.form in {Form.NAMED, Form.BARE, Form.SHORT} and len(one.known) == 1]
        if not surely:
            return None
        first = surely[0]
        run = [first]
        for one in surely[1:]:
            between = low[run[-1].end : one.start]
            if GLUE.fullmatch(between) and ("," not in between or not low[one.end :].strip(" .!)")):
                run.append(one)
        before = low[start : first.start].rstrip(" ([#:")
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
        wished = self._words.has("wish", low, start)
        if not kind and wished and self._words.whole("commands.polite", before.strip(" ,")):
            kind = "wish"  # where the verb stands last: "bitte 1.3 streichen"
        if (not kind and not bracketed) or dated or self._words.has("conditional", before):
            return None
        if wished and (kind in {"wish", "preposition"}) and not read_amount(before, 0, self._manner()):
            return tuple(Update(kr=one.known[0], op=Op.NOTE, note=text.strip(), words=text.strip()) for one in run)
        return self._before(text, low, start, run, kind)

    def _before(
        self, text: str, low: str, start: int, run: Sequence[Reference], kind: str
    ) -> tuple[Outcome, ...] | None:
        """What the words before the references say of them; they must say it entirely."""
        words = self._words
        before = low[start : run[0].start].rstrip(" ([#:")
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
        if self._takes_back(outcome, rest):
            return Problem(reason=ProblemReason.UNCLEAR_VALUE, kr=outcome.kr, words=text.strip())
        return replace(outcome, note=note)

    def _takes_back(self, outcome: Update, rest: str) -> bool:
        """Whether what follows the reference puts the update in doubt; a blocker may say anything."""
        low = rest.lstrip()
        loose = ("tail", "past_time") if outcome.op is Op.DONE else ("tail",)
        end = max(self._words.starts(name, low) for name in loose)
        if low[:1] not in set(",;:.–—-(!") and end < 0:
            return True
        if outcome.op is Op.BLOCKED:
            return False
        low = low[max(end, 0) :]
        doubts = ("negation", "almost", "conditional", "past", "future", "past_time", "except", "vague")
        return any(self._words.has(name, low) for name in doubts) or any(char.isdigit() for char in low)

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
            at = skip(low, at, " ,:!")
