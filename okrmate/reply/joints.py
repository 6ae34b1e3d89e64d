"""Where a sentence goes on to something else: the rest, another key result, a wish for the numbered list."""

import re

from okrmate.reply.context import ReplyContext
from okrmate.reply.folding import skip
from okrmate.reply.forms import agenda
from okrmate.reply.reader import SentenceReader
from okrmate.reply.references import references
from okrmate.reply.unreferred import UnreferredReader

_JOINT = re.compile(r"(?:\s*[,;|]|\s[–—-])\s+(?:(?:and|und|et|y|e|en|och)\s+)?|\s(?:and|und|et|y|e|en|och|but|aber)\s+")
_EXCEPTING = re.compile(
    r"[\s,;–-]*\b(?:but|except(?: for| that)?|only|apart from|aber|nur|außer|bis auf|mais|sauf|pero|salvo|excepto|ma"
    r"|tranne|mas|exceto|maar|behalve|men|utom) (?:for |on |bei |für )?"
)
_NUMBER_FIRST = re.compile(r"\s*[+€$£]?[0-9][0-9.,]*\s?[%k€$£]?\s+[^\W\d]")
_DIGIT = re.compile(r"[0-9]")
STATUSES = ("unchanged", "done", "blocked")


class JointReader(SentenceReader):
    """Finds the joints of sentences against one context."""

    def __init__(self, context: ReplyContext, unreferred: UnreferredReader) -> None:
        """Take the reader of what is said without a reference."""
        super().__init__(context)
        self._unreferred = unreferred

    def cuts(self, text: str, low: str, about: str) -> list[tuple[int, int]]:
        """Where pieces end and the next begin that speak of other things by themselves."""
        apart = [] if about else self._rest_first(low) or self._exception(low) or self._each_behind(low)
        return apart or self._value_first(low) or self._joined(text, low, about)

    def _joined(self, text: str, low: str, about: str) -> list[tuple[int, int]]:
        """Where "the rest", another title with its value, or a wish for the numbered list is joined on."""
        cuts = self._unjoined_rest(low)
        end = cuts[0][0] if cuts else len(low)
        for boundary in reversed(list(_JOINT.finditer(low, 0, end))):
            at = boundary.end()
            piece = low[:end]
            if (
                self._unreferred.says_rest(piece, at)
                or self._says_status_of(piece, at)
                or self.is_list_wish(piece[at:])
                or self._unreferred.says_of_another(text[:end], piece, at, 0, about)
            ):
                cuts.insert(0, boundary.span())
                end = boundary.start()
        return cuts

    def _rest_first(self, low: str) -> list[tuple[int, int]]:
        """Where "the rest" stops and the one key result begins that did change: "all others same, 2.2 is 40%"."""
        first = next(references(low, self._context), None) if self._words.starts("rest", low) >= 0 else None
        joint = next((one for one in _JOINT.finditer(low) if first and one.end() == first.start), None)
        return [joint.span()] if joint and self._unreferred.says_rest(low[: joint.start()], 0) else []

    def _unjoined_rest(self, low: str) -> list[tuple[int, int]]:
        """Where "the rest" begins without any joint: "1.1 4 rest same"."""
        found = self._words.find("rest", low)
        at = found[0] if found else 0
        joined = not at or low[at - 1] != " " or _JOINT.search(low[:at]) is not None
        return [] if joined or not self._unreferred.says_rest(low, at) else [(at - 1, at)]

    def _exception(self, low: str) -> list[tuple[int, int]]:
        """Where "no change" stops and the one key result begins that did change: "no change, but 1.2 is 19"."""
        begin = 0 if self._context.asked else self._past(low, 0, "all")
        of_all = not self._context.asked and self._words.starts("unchanged", low, begin) >= 0
        found = _EXCEPTING.search(low, begin) if of_all else None
        if not found or not self._words.whole("unchanged", low[begin : found.start()]):
            return []
        first = next(references(low, self._context), None)
        return [(found.start(), found.end())] if first and first.start == found.end() else []

    def _each_behind(self, low: str) -> list[tuple[int, int]]:
        """Where each part ends with its own key result and has a number: "12 on 1.1, 50% on 1.2"."""
        found = list(references(low, self._context))
        joints = [one.span() for one in _JOINT.finditer(low) if any(each.end == one.start() for each in found)]
        begins = [0, *(end for _, end in joints)]
        rest = bool(joints) and bool(found) and joints[-1][0] == found[-1].end
        if rest and self._unreferred.says_rest(low, begins[-1]):
            begins.pop()
        elif found and low[found[-1].end :].strip(" .!"):
            return []
        numbers = [self._past(low, begin, "filler", "lead", "have") for begin in begins]
        apart = [_NUMBER_FIRST.match(low, at) and at < one.start for at, one in zip(numbers, found, strict=False)]
        return joints if len(begins) == len(found) > 1 and all(apart) else []

    def _value_first(self, low: str) -> list[tuple[int, int]]:
        """Where a value alone stops and another key result begins: "5, same for 2.1", "5 and 2.1 is 2"."""
        joint = _JOINT.search(low)
        if not joint or not _DIGIT.search(low, 0, joint.start()):
            return []
        if not self._unreferred.is_bare_update(low[: joint.start()], 0):
            return []
        first = next(references(low, self._context), None)
        if not first or first.start < joint.end():
            return []
        begins = joint.end() == first.start or self._says_status_of(low, joint.end())
        return [joint.span()] if begins else []

    def _says_status_of(self, low: str, at: int) -> bool:
        """Whether a status and the key result it is said of stand at `at`: "same for 2.1", "done with 1.2"."""
        end = max(self._words.starts(name, low, at) for name in STATUSES)
        to = self._words.starts("preposition", low, skip(low, end)) if end >= 0 else -1
        first = next(references(low[at:], self._context), None) if to >= 0 else None
        return first is not None and at + first.start == skip(low, to)

    def is_list_wish(self, low: str) -> bool:
        """Whether it changes the numbered list of the letter: "please move 3 to the top"."""
        if not self._context.numbered or not _DIGIT.search(low) or any(references(low, self._context)):
            return False
        found = agenda(low[self._past(low, 0, "commands.polite", "filler") :], self._context.locale)
        return bool(found.remove or found.move)
