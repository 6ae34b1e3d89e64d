"""Whether somebody comes to a talk, by the words of whole sentences; None where they do not say it clearly."""

import re

from okrmate.domain.meetings import Participation
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.forms import written_lines
from okrmate.reply.lexicon import WEEKDAYS, Lexicon, lexicon
from okrmate.reply.sentences import sentences

_CLAUSES = re.compile(r"[,;.!:]\s*")
_EDGES = " \t.,;!。！、🙂😊\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
"""What may stand around an answer of one word or sign; a thumb may have a colour."""
_BEFORE_QUESTION = re.compile(r"[^,;]+?(?=[,;]|\s[–—-]\s)")
"""What a question says before it asks."""


def rsvp(text: str, locale: str = "") -> Participation | None:
    """Whether the person comes, by words; None where that is not clear."""
    words = lexicon(locale)
    found: set[Participation] = set()
    for line in written_lines(text, words):
        if len(line) > MAX_LINE:
            continue
        found |= {answer for sentence in sentences(line) if (answer := _comes(fold(sentence), words))}
    return found.pop() if len(found) == 1 else None


def _comes(low: str, words: Lexicon) -> Participation | None:
    """The answer of one sentence; a refusal outweighs a polite yes in front of it.

    A question says nothing, but before a comma it may: "sorry no, Monday?". "No problem" and "can't wait" refuse
    nothing, and "yes and no" answers nothing.
    """
    while span := words.find("forms.no_refusal", low):
        low = f"{low[: span[0]]} {low[span[1] :]}"
    if low.rstrip().endswith("?"):
        said = _BEFORE_QUESTION.match(low)
        if said is None or words.has("forms.but", low):
            return None
        low = said[0].lstrip()
        if words.starts("question", low) >= 0 and not _refuses(low, words):
            return None
    if _refuses(low, words) and _no_before_a_yes(low, words):
        return None
    if _refuses(low, words) or words.has("forms.another_time", low):
        return Participation.DECLINED
    if words.has("forms.tentative", low):
        return Participation.TENTATIVE
    if words.has("forms.undecided", low) or words.has("negation", low):
        return None
    return _as_far_as(low, words) if _accepts(low, words) else None


def _no_before_a_yes(low: str, words: Lexicon) -> bool:
    """Whether a mere no and a pause lead to a yes that names no other time: "no, that's fine"."""
    clauses = [clause.strip() for clause in _CLAUSES.split(low) if clause.strip()]
    rest = clauses[-1] if clauses else ""
    denied = all(word in words.words("commands.reject") for clause in clauses[:-1] for word in clause.split())
    named = any(map(str.isdigit, rest)) or any(words.has(f"weekdays.{day}", rest) for day in WEEKDAYS)
    return len(clauses) > 1 and denied and not named and not _refuses(rest, words) and _accepts(rest, words)


def _as_far_as(low: str, words: Lexicon) -> Participation | None:
    """A yes with a condition is a perhaps, and one with a time behind its "but" is none to the talk as it stands."""
    but = words.find("forms.but", low)
    if but is not None and any(sign.isdigit() for sign in low[but[1] :]):
        return None
    while span := words.find("forms.accepted", low):  # a Spanish yes is a French if
        low = f"{low[: span[0]]} {low[span[1] :]}"
    return Participation.TENTATIVE if words.has("conditional", low) else Participation.ACCEPTED


def _refuses(low: str, words: Lexicon) -> bool:
    """Whether a sentence says no: "I can't sleep" and "my boss says no" do not, "I can't on Friday" does."""
    if words.has("forms.declined", low):
        return True
    found = words.find("forms.cannot", low)
    while found:
        rest = low[found[1] :].lstrip()
        ends = not rest or not (rest[0].isalpha() or low.startswith("-", found[1]))
        if (ends or words.starts("forms.then", rest) >= 0) and not words.has("forms.reported", low[: found[0]]):
            return True
        found = words.find("forms.cannot", low, found[1])
    return False


def _accepts(low: str, words: Lexicon) -> bool:
    """Whether a sentence says yes; what fits must be the time, or nobody knows what: "my mum is fine" says nothing."""
    said = words.find("forms.accepted", low)
    if said is not None:
        return not words.has("forms.reported", low[: said[0]])
    if words.whole("forms.accepted_alone", low.strip(_EDGES)):
        return True
    for clause in _CLAUSES.split(low):
        if words.ends("forms.accepted_last", clause.strip(_EDGES)) >= 0:
            return True
        found = words.find("forms.fits", clause)
        before = clause[: found[0]].split() if found else []
        if found and all(words.whole("forms.the_time", one) or one[0].isdigit() for one in before):
            return True
    return False
