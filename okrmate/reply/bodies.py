"""What is said about one key result: the words behind (or before) its reference → updates or a problem."""

import re

from okrmate.reply.body import Body
from okrmate.reply.context import KeyResultContext
from okrmate.reply.parts import PartReader
from okrmate.reply.titles import leading_title
from okrmate.reply.updates import Outcome, ProblemReason

_MARK = re.compile(r"\s*(?:\)\s*)?(?:->|=>|(?P<strong>[:=])|…|\.{3}|\.(?=\s)|→|[–—|]|-(?=\s)|,(?=\s))?\s*")
_TO_NUMBER = re.compile(r"[\s,:.!]+(?=[0-9])")
"""What stands between "sorry" and the number that is right."""
_AGREED = re.compile(r"\s*[,!:–-]\s+")
"""What stands between "yes" and what is so."""
_EMPTY_REMARK = re.compile(r"[\s?!.👍👎🤷]*")


class BodyReader(PartReader):
    """Reads bodies in the words of one locale: statuses first, then values, then slips of the finger, then notes."""

    def read(self, body: Body, kr: KeyResultContext) -> tuple[Outcome, ...]:
        """Everything `body` says about `kr`; empty where it says nothing (or, being bare, nothing for sure)."""
        found = _MARK.match(body.low, body.start, body.end)
        at, marked = (found.end(), bool(found["strong"])) if found else (body.start, False)
        if not body.bare and not body.by_title:
            at, marked = self._past_title(body, kr, at, marked=marked)
        agreed = self._words.starts("commands.confirm", body.low, at)
        yes = _AGREED.match(body.low, agreed, body.end) if agreed >= 0 else None
        at = yes.end() if yes and not body.bare else at
        sorry = self._words.starts("correction", body.low, at)
        regret = _TO_NUMBER.match(body.low, sorry, body.end) if sorry >= 0 else None
        at = regret.end() if regret else at
        rest = body.low[at : body.end]
        if not rest.strip(" .,;:-–—"):
            return ()
        if _EMPTY_REMARK.fullmatch(rest):
            return () if body.bare else (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        attempts = (self._parts, self._status, self._achieved, self._instead)
        for attempt in (*attempts, self._amount, self._confidence, self._mistyped):
            outcomes = attempt(body, kr, at, marked=marked)
            if outcomes is not None:
                return outcomes
        return self._remark(body, kr, at)

    def _remark(self, body: Body, kr: KeyResultContext, at: int) -> tuple[Outcome, ...]:
        """A note, unless it is a status that is not so with a value behind it."""
        known = None if body.bare or body.by_title else self._behind_status(body, kr, at)
        return super()._remark(body, kr, at) if known is None else (known,)

    def _past_title(self, body: Body, kr: KeyResultContext, at: int, *, marked: bool) -> tuple[int, bool]:
        """Past a title that was copied behind the reference, if a value or verb follows it."""
        title = leading_title(body.low, at, (kr,), self._words)
        if not title or title.end >= body.end:
            return at, marked
        found = _MARK.match(body.low, title.end, body.end)
        if found and found.group().strip():
            return found.end(), bool(found["strong"])
        return at, marked
