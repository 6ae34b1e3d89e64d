"""What people write into the forms: feedback and the agenda; in their words, labels cut."""

import re

from okrmate.domain.letters import QuotedLine
from okrmate.frozen import Frozen, replace
from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.footers import device, signature
from okrmate.reply.lexicon import Lexicon, lexicon
from okrmate.reply.sentences import sentences


class FeedbackWords(Frozen):
    """What a feedback form was answered with; `left` are lines that belong to neither half."""

    positive: tuple[str, ...] = ()
    suggestion: tuple[str, ...] = ()
    no_meeting: bool = False
    left: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The halves that are not there, by name."""
        return tuple(name for name, half in (("positive", self.positive), ("suggestion", self.suggestion)) if not half)

    def __bool__(self) -> bool:
        """Whether anything of it was understood."""
        return bool(self.positive or self.suggestion or self.no_meeting)


class AgendaEntry(Frozen):
    """A point for the list, with the minutes asked for."""

    text: str
    minutes: int | None = None


class AgendaWords(Frozen):
    """What an agenda was answered with; `left` are the lines that are none of it."""

    add: tuple[AgendaEntry, ...] = ()
    remove: tuple[int, ...] = ()
    move: tuple[tuple[int, int], ...] = ()
    approve: bool = False
    remark: str = ""
    reschedule_request: str = ""
    left: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything of it was understood."""
        return bool(self.add or self.remove or self.move or self.approve or self.remark or self.reschedule_request)


_PLUS = re.compile(r"\s*(?:\+|👍|👏|❤|💚|😊)\s*")
_MINUS = re.compile(r"\s*(?:[-–—](?=\s)|💡|🔧|-(?=[^\W\d]))\s*")
_SIGNED = re.compile(r"(?:[,;]|(?<=[.!]))\s+(?=[+-]\s)|(?<!\s)\s+(?=[👍💡🔧👏])")
_NEXT = re.compile(r"\s*[;/|]\s+|(?<=[.!?])\s+")
_BULLET = re.compile(r"\s*(?:[-–—+*•·▪◦‣]\s+|\+(?=\S))")
_LABEL = re.compile(r"\s*+([^:]{1,40}?)\s*+:\s*")
_DASHED = re.compile(r"\s*+([^:–—-]{1,40}?)\s++[–—-]+\s+")
_ENDED = re.compile(r"[.!?…:]")
_NUMBERED = re.compile(r"\s*\(?(?:([12])|([ab]))[.):]\s+(?=\S)")
_MINUTES = re.compile(
    r"\(\s*([0-9]{1,3})\s*(?:min|minutes|mins|minuten|m|')\.?\s*\)\s*$"
    r"|,?\s+([0-9]{1,3})\s*(?:min|mins|minutes|minuten)\.?\s*$"
)
_MINUTES_LENGTH = 40
"""Minutes are looked for in so many last characters; before each blank of a longer line it would take its square."""
_NUMBERS = re.compile(
    r"\s*(?:#|no\.? |nr\.? |item |items |point |punkt |number |numbers |nummer )?\s*([0-9]{1,2})"
    r"(?:\s*(?:,|&|\+|and|und)\s*#?([0-9]{1,2})(?![0-9.]))*"
)
_NUMBER = re.compile(r"[0-9]{1,2}")
_CLAUSE = re.compile(r"\s*(?:,|;|\band\b|\bund\b)\s*(?:(?=[^\W\d])|(?P<number>#?[0-9]{1,2}) )")
_ENDS_CLAUSE = re.compile(r"\s*[,;.:!(…]|\s+[–—-]+\s")
A_PRAISE = 4
"""Words; what is longer and only begins with praise may be about anything."""
_EDGES = " \t.,;!"
_EMPTY = frozenset({"none", "nothing", "-", "–", "n/a", "keine", "nichts", "?"})


def written_lines(text: str, words: Lexicon) -> list[str]:
    """The lines with something said on them: no greeting, sign-off, device line, and nothing under a signature."""
    kept: list[str] = []
    for raw in composed(text).splitlines():
        quoted = QuotedLine(text=raw)
        if signature(quoted):
            break
        line = raw.strip()
        if not line or device(quoted, words):
            continue
        low = fold(line).strip(_EDGES)
        greeting = words.starts("greeting", low)
        if greeting >= 0 and len(low.split()) <= 3 and not kept:  # noqa: PLR2004 -- "Hi Olivia"
            continue
        kept.append(line)
    return kept


def _after_label(line: str, low: str, words: Lexicon, name: str, *, dashed: bool = False) -> str | None:
    """What stands behind one of the labels of a list and its colon, or its dash."""
    found = _LABEL.match(low) or (_DASHED.match(low) if dashed else None)
    if not found or not words.whole(name, found[1].strip("+-* ")):
        return None
    return line[found.end() :].strip()


def feedback(text: str, locale: str = "") -> FeedbackWords:
    """The two halves of a feedback form."""
    words = lexicon(locale)
    given = _in_order(text, words)
    if given:
        return given
    waiting = ""
    for line in (part for whole in written_lines(text, words) for part in _parts(whole, words)):
        before = given
        given, waiting = _feedback_line(line, given, waiting, words)
        if given is before and not waiting:
            given = replace(given, left=(*given.left, line))
    return _with_praise(given, words)


def _parts(line: str, words: Lexicon) -> list[str]:
    """The halves of a line that gives both, by their signs or labels: "Good: the pace. Next time: numbers first"."""
    ends = [0]
    if len(line) <= MAX_LINE and _half_labelled(line, words):
        ends += [one.end() for one in _NEXT.finditer(line) if _half_labelled(line[one.end() :], words)]
    pieces = [line[at:end].rstrip(" ;/|") for at, end in zip(ends, [*ends[1:], len(line)], strict=True)]
    return [part for one in pieces for part in _SIGNED.split(one)]


def _half_labelled(line: str, words: Lexicon) -> bool:
    """Whether a line begins with the label of a half."""
    return any(
        _after_label(line, fold(line), words, f"forms.{half}", dashed=True) is not None
        for half in ("positive", "suggestion")
    )


def _with_praise(given: FeedbackWords, words: Lexicon) -> FeedbackWords:
    """Beside one suggestion the one other line is the positive if it begins with praise: "Great questions"."""
    if given.positive or len(given.suggestion) != 1 or len(given.left) != 1:
        return given
    line, low = given.left[0], fold(given.left[0])
    doubted = any(words.has(name, low) for name in ("negation", "forms.but", "forms.no_praise")) or "?" in low
    brief = len(low.split()) <= A_PRAISE and words.starts("forms.praise", low) >= 0
    if doubted or not brief or personal(line, words):
        return given
    return replace(given, positive=(line,), left=())


def _in_order(text: str, words: Lexicon) -> FeedbackWords:
    """Two lines numbered 1 and 2, or a and b, answer the two questions in their order, unless their words differ."""
    lines = written_lines(text, words)
    found = [_NUMBERED.match(line[:MAX_LINE]) for line in lines]
    numbers = [one[1] or one[2] for one in found if one]
    if numbers not in (["1", "2"], ["a", "b"]) or len(lines) != len(numbers):
        return FeedbackWords()
    positive, suggestion = (line[one.end() :] for line, one in zip(lines, found, strict=True) if one)
    if _half_of(fold(positive), words) == "suggestion" or _half_of(fold(suggestion), words) == "positive":
        return FeedbackWords()
    return _with(_with(FeedbackWords(), "positive", positive), "suggestion", suggestion)


def _with(given: FeedbackWords, half: str, said: str) -> FeedbackWords:
    said = said.strip()
    if not said or fold(said).strip(_EDGES) in _EMPTY:
        return given
    if half == "positive":
        return replace(given, positive=(*given.positive, said))
    return replace(given, suggestion=(*given.suggestion, said))


def _feedback_line(line: str, given: FeedbackWords, waiting: str, words: Lexicon) -> tuple[FeedbackWords, str]:
    """`given` with one line more, and the half whose label stands alone and waits for the next line."""
    low = fold(line)
    if len(line) > MAX_LINE:
        return given, ""
    missed = _missed(low, words)
    if missed >= 0:
        reason = line[missed:].strip(_EDGES)
        return replace(given, no_meeting=True, left=(*given.left, reason) if reason else given.left), ""
    for half, sign in (("positive", _PLUS), ("suggestion", _MINUS)):
        labelled = _after_label(line, low, words, f"forms.{half}", dashed=True)
        if labelled is not None:
            return _with(given, half, labelled), "" if labelled else half
        found = sign.match(low)
        if found:
            inner = line[found.end() :]
            labelled = _after_label(inner, fold(inner), words, f"forms.{half}")
            return _with(given, half, inner if labelled is None else labelled), ""
    if waiting:
        return _with(given, waiting, line), ""
    return _feedback_prose(line, given, words), ""


def _missed(low: str, words: Lexicon) -> int:
    """Where the words end that say that the talk did not happen; -1 where a sentence on something else begins so.

    They are the whole line or its first clause, and nobody praises a talk that was none.
    """
    end = words.starts("forms.no_meeting", low)
    if end < 0:
        return end
    rest = low[end:].strip(_EDGES)
    if not rest or any(words.whole(name, rest) for name in ("tail", "past_time", "commands.polite")):
        return end
    apart = _ENDS_CLAUSE.match(low, end) is not None
    return end if apart and not words.has("forms.but", rest) and not words.has("forms.liked", rest) else -1


def _feedback_prose(line: str, given: FeedbackWords, words: Lexicon) -> FeedbackWords:
    """Sentences that say by themselves which half they are; those about the person's own life are none."""
    spoken = list(sentences(line))
    own = [one for one in spoken if personal(one, words)]
    if own:
        others = _feedback_prose(" ".join(one for one in spoken if one not in own), given, words)
        return replace(others, left=(*others.left, *own))
    halved = [part for sentence in spoken for part in _halved(sentence, words)]
    parts = [(part, _half_of(fold(part), words)) for part in halved]
    halves = {half for _, half in parts if half}
    if not halves:
        return given
    if len(halves) == 1:
        return _with(given, halves.pop(), line)
    current = next(half for _, half in parts if half)
    for sentence, half in parts:
        current = half or current
        given = _with(given, current, sentence)
    return given


def _halved(sentence: str, words: Lexicon) -> list[str]:
    """A sentence in two where behind praise and a comma a suggestion begins: "I liked the pace, next time shorter"."""
    low = fold(sentence)
    liked, suggests = words.find("forms.liked", low), words.find("forms.suggests", low)
    if not liked or not suggests or liked > suggests or not low[: suggests[0]].rstrip().endswith(","):
        return [sentence]
    return [sentence[: suggests[0]].rstrip(" ,"), sentence[suggests[0] :]]


def _half_of(low: str, words: Lexicon) -> str:
    found = words.find("forms.suggests", low)
    liked = words.find("forms.liked", low)
    if found and (not liked or found < liked):
        return "suggestion"
    return "positive" if liked else ""


def agenda(text: str, locale: str = "") -> AgendaWords:
    """What is to be added, removed, moved or approved; prose is left."""
    words = lexicon(locale)
    given = AgendaWords()
    adding = False
    for line in written_lines(text, words):
        low = fold(line)
        if len(line) > MAX_LINE:
            given = replace(given, left=(*given.left, line))
            continue
        labelled = _after_label(line, low, words, "forms.add")
        bullet = _BULLET.match(low)
        if labelled == "":
            adding = True
            continue
        if bullet and not low[bullet.end() :].strip("-–—+*•· "):  # a bullet without a point
            continue
        if labelled or bullet or adding:
            point, orders = _ordered(labelled or line[bullet.end() if bullet else 0 :], words)
            given = replace(given, add=(*given.add, entry(point)))
            given = replace(given, remove=given.remove + orders.remove, move=given.move + orders.move)
        else:
            given = _agenda_line(line, low, given, words)
        adding = False
    return given


def _ordered(said: str, words: Lexicon) -> tuple[str, AgendaWords]:
    """A point without the sentences behind it that change the list: "budget. Drop 6."."""
    spoken, orders = list(sentences(said)), AgendaWords()
    while len(spoken) > 1:
        changed = _changes(spoken[-1], fold(spoken[-1]), AgendaWords(), words)
        if changed is None or changed.add:
            break
        orders = replace(orders, remove=changed.remove + orders.remove, move=changed.move + orders.move)
        spoken.pop()
    return (" ".join(spoken) if orders else said), orders


def entry(said: str) -> AgendaEntry:
    """A point in the person's words, its minutes apart."""
    said = said.strip()
    found = _MINUTES.search(said, max(0, len(said) - _MINUTES_LENGTH))
    if not found or not said[: found.start()].strip():
        return AgendaEntry(text=said)
    return AgendaEntry(text=said[: found.start()].strip(), minutes=int(found[1] or found[2]))


def _agenda_line(line: str, low: str, given: AgendaWords, words: Lexicon) -> AgendaWords:
    """One line without a label: changes to the list, approval, another time, or nothing of it."""
    changed = _changes(line, low, given, words)
    if changed is not None:
        return changed
    bare = low.strip(_EDGES + "👍🙂😊")
    thanked = words.ends("sign_off", bare)
    if "👍" in low and not bare:
        return replace(given, approve=True)
    if words.whole("forms.approve", bare[:thanked].rstrip(_EDGES) if thanked > 0 else bare):
        return replace(given, approve=True)
    if words.has("forms.another_time", low) or words.starts("forms.moved", low) >= 0:
        return replace(given, reschedule_request=f"{given.reschedule_request}\n{line}".strip())
    return replace(given, left=(*given.left, line))


def _changes(line: str, low: str, given: AgendaWords, words: Lexicon) -> AgendaWords | None:
    """`given` with every clause of a line such as "drop 4, add the choir"; None where one of them changes nothing.

    A point that is added goes on to the next change: "add pay and holidays" is one.
    """
    joints = [
        one for one in _CLAUSE.finditer(low) if not one["number"] or words.starts("forms.top", low, one.end()) >= 0
    ]
    begins = [0, *(found.start("number") if found["number"] else found.end() for found in joints)]
    ends = [*(found.start() for found in joints), len(low)]
    adding = -1
    for begin, end in zip(begins, ends, strict=True):
        one = _change(low[begin:end], given, words)
        verb = words.starts("forms.add_verb", low, begin + len(low[begin:end]) - len(low[begin:end].lstrip()))
        if one is None and verb < 0:
            if adding < 0:
                return None
            given = replace(given, add=(*given.add[:-1], entry(line[adding:end])))
        elif one is None:
            adding = verb
            given = replace(given, add=(*given.add, entry(line[adding:end])))
        else:
            adding, given = -1, one
    return given if all(each.text for each in given.add) else None


def _change(clause: str, given: AgendaWords, words: Lexicon) -> AgendaWords | None:
    """Such as "drop 4", "move 4 to the top", "4 to the top pls"; None for anything else."""
    clause = clause.strip(_EDGES)
    polite = words.ends("commands.polite", clause)
    clause = clause[:polite].rstrip(_EDGES) if polite > 0 else clause
    removing = words.starts("forms.remove", clause)
    if removing >= 0:
        found = _NUMBERS.fullmatch(clause, removing)
        numbers = tuple(int(number) for number in _NUMBER.findall(clause, removing)) if found else ()
        return replace(given, remove=(*given.remove, *numbers)) if numbers else None
    numbered = _NUMBERS.match(clause)
    if numbered and words.whole("forms.remove", clause[numbered.end() :].strip()):
        return replace(given, remove=(*given.remove, *(int(each) for each in _NUMBER.findall(numbered.group()))))
    moving = words.starts("forms.move", clause)
    found = re.compile(r"\s*#?([0-9]{1,2})\s+").match(clause, max(moving, 0))
    if not found:
        return None
    target = clause[found.end() :]
    if words.whole("forms.top", target):
        return replace(given, move=(*given.move, (int(found[1]), 1)))
    to = words.starts("forms.to", target)
    if moving >= 0 and to >= 0 and re.fullmatch(r"\s*#?[0-9]{1,2}", target[to:]):
        return replace(given, move=(*given.move, (int(found[1]), int(target[to:].strip(" #")))))
    return None


JOTTED = 6
"""Words of a line that says what was good in passing; what is longer is a sentence, and may be to somebody."""


def personal(sentence: str, words: Lexicon) -> bool:
    """Whether a sentence speaks of the person's own life, so that it goes to the mentor at once and to no form."""
    return words.has("forms.personal", fold(sentence[:MAX_LINE]))


def is_bare(line: str, words: Lexicon) -> bool:
    """Whether a line is a few words about a talk as people jot them down: no sentence, no wish, no word to somebody."""
    low = fold(line[:MAX_LINE])
    jotted = len(low.split()) <= JOTTED and not _ENDED.search(low)
    return jotted and not words.has("commands.polite", low) and may_be_half(line, words)


def may_be_half(line: str, words: Lexicon) -> bool:
    """Whether words without a sign can be the half that was asked for: no thanks, no "nothing", nothing personal."""
    low = fold(line[:MAX_LINE])
    bare = low.strip(_EDGES + "-–—:?")
    nothing = not bare or words.whole("forms.nothing", bare)
    return not nothing and words.starts("sign_off", low) < 0 and not personal(line, words)
