"""What is worth a look in the words of an objective: a number, a task, business as usual, no date, nothing to see."""

import re

from okrmate.domain.coach import Finding, FindingName
from okrmate.domain.vocabulary import Passage, Vocabulary, lowered

Span = tuple[int, int]

_AMOUNT = re.compile(r"(?<![\w.,-])(?:[#€$£¥]\s?)?\d[\d.,'’]*(?:k|kg|g|km|m|cm|h|min|l|lbs?)?(?:\s?[%€$£¥]|\b)")
_NAME_BEFORE = re.compile(r"\s[A-Z]\w*[ -]$|^[A-Z]{2,}[ -]$")
"""As in "our Ward 7" or "ISO 27001": that number is part of a name."""
_FIRST_WORD = re.compile(r"[^\W\d_]+\s+")
_HANGS_ON = re.compile(r"\bzu\s+\Z")
"""What follows hangs on another verb: "trauen sich, das Wort zu ergreifen"."""
_CLOSING = re.compile(r"[\s.,;:!)]*\Z")


def judge_objective(title: str, words: Vocabulary, *, about: str = "", ends: bool = False) -> tuple[Finding, ...]:
    """The findings of one objective by its words alone; `ends` says that the set around it has an end."""
    low = lowered(title)
    said = words.without("date", low)
    spans: dict[FindingName, Span | None] = {
        FindingName.OBJECTIVE_NUMBER: amount(title, said, words),
        FindingName.OBJECTIVE_TASK: _task(title, said, words),
        FindingName.OBJECTIVE_USUAL: _usual(title, said, words),
        FindingName.OBJECTIVE_DATE: (0, 0) if said == low and not ends else None,
    }
    if spans[FindingName.OBJECTIVE_USUAL]:
        del spans[FindingName.OBJECTIVE_TASK]
    elif not spans[FindingName.OBJECTIVE_TASK]:
        spans[FindingName.OBJECTIVE_FLAT] = _flat(said, words)
    return tuple(found(name, title, span, about) for name, span in spans.items() if span is not None)


def found(name: FindingName, title: str, span: Span, about: str) -> Finding:
    """The finding with its words; an empty place says that something is missing."""
    begin, end = span
    passage = Passage(text=title[begin:end].strip(), begin=begin) if end > begin else None
    return Finding(name=name, about=about, words=passage)


def skip_lead(said: str, words: Vocabulary) -> int:
    """Where the sentence gets to its point: behind "I want to", "every Sunday", a date and the like."""
    at = 0
    while True:
        at += len(said[at:]) - len(said[at:].lstrip(" \t,.;:-–"))
        end = words.starts("lead", said, at)
        if end < 0:
            return at
        at = end


def first_or_last(name: str, title: str, said: str, words: Vocabulary) -> Span | None:
    """Where the sentence begins with words of the list, or ends with those of `NAME_last`, as German verbs do.

    With a capital letter inside a sentence it is a noun: "beim Treffen".
    """
    begins = skip_lead(said, words)
    end = words.starts(name, said, begins)
    if end >= 0:
        return begins, end
    last = (span for span in words.each(f"{name}_last", said) if _CLOSING.match(said, span[1]))
    return next(((begin, end) for begin, end in last if begin == begins or title[begin].islower()), None)


def ordered(title: str, said: str, words: Vocabulary) -> Span | None:
    """Where the sentence is an order to oneself, whatever its verb: "knit a jumper", "das Lager sortieren".

    In English a first word that has its object right behind it is a verb; in German a last word in small letters that
    ends like an infinitive is one, unless people stand first, who then are those who do it.
    """
    begins = skip_lead(said, words)
    first = _FIRST_WORD.match(said, begins)
    rhythm = first and words.starts("rhythm", said, first.end()) >= 0
    if first and not rhythm and words.starts("object", said, first.end()) >= 0:
        verb = words.starts("no_order", said, begins) < 0 and words.starts("people", said, begins) < 0
        return (begins, first.end()) if verb else None
    somebody = words.find("people", said)
    if words.find("picture", said) or (somebody and len(said[begins : somebody[0]].split()) <= 1):
        return None
    last = (span for span in words.each("infinitive", said) if _CLOSING.match(said, span[1]))
    return next(
        ((begin, end) for begin, end in last if title[begin].islower() and not _HANGS_ON.search(said[:begin])), None
    )


def others_act(said: str, words: Vocabulary) -> bool:
    """Whether people stand right before what they do: "organisers who", "Leser, die", "a product customers love"."""
    behind = (end + len(said[end:]) - len(said[end:].lstrip()) for _, end in words.each("people", said))
    return any(words.starts("acts", said, at) >= 0 for at in behind)


def amount(title: str, said: str, words: Vocabulary) -> Span | None:
    """The first number in digits or words that is neither a date nor part of a name."""
    spelled = "".join(char if low.strip() else " " for char, low in zip(title, said, strict=True))
    digits = (each for each in _AMOUNT.finditer(said) if not _NAME_BEFORE.search(spelled[: each.start()]))
    return next((each.span() for each in digits), None) or words.find("number", said)


def _task(title: str, said: str, words: Vocabulary) -> Span | None:
    """A task, unless the sentence goes on to say what others will have of it.

    Any other order with a number in it is a mark to reach, as "run ten kilometres", and is found as a number.
    """
    if words.find("picture", said) or words.find("general", said) or others_act(said, words):
        return None
    named = first_or_last("task", title, said, words)
    return named or (None if amount(title, said, words) else ordered(title, said, words))


def _usual(title: str, said: str, words: Vocabulary) -> Span | None:
    """What goes on anyway: said at the start, or by its rhythm where nothing can be pictured."""
    going_on = first_or_last("usual", title, said, words)
    return going_on or (None if words.find("picture", said) else words.find("as_usual", said))


def _flat(said: str, words: Vocabulary) -> Span | None:
    """General words, where there is nobody and nothing one could picture; "customer satisfaction" is nobody."""
    if words.find("picture", said) or words.find("people", words.without("abstract", said)):
        return None
    return words.find("general", said)
