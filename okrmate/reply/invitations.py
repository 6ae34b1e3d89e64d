"""What people write back to an invitation: one of its letters, a sentence, or the times that would suit."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from okrmate.domain.letters import Choice
from okrmate.domain.meetings import Participation
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.forms import rsvp
from okrmate.reply.lexicon import lexicon
from okrmate.reply.sentences import sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationWords:
    """Whether the person comes, None where that is not clear; `asks` says why, `left` is none of it."""

    rsvp: Participation | None = None
    reschedule_request: str = ""
    asks: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


_LETTERS = re.compile(r"\(?([a-z])\)?\.?(?:\s*(?:,|&|\+|/|and|und|\s)\s*\(?[a-z]\)?\.?)*[!.]*")
_LETTER = re.compile(r"(?<![a-z])[a-z](?![a-z])")
_EDGES = " \t.,;:!?\"'()"


def invitation(
    lines: Sequence[str], choices: Sequence[Choice], chosen: Iterable[str], elsewhen: str, locale: str
) -> InvitationWords:
    """What `lines` answer; `chosen` are letters already chosen, `elsewhen` the words behind an open choice.

    A letter with no choices is a cancellation: it asks for days.
    """
    if not choices:
        return _other_time(lines, locale)
    by_letter = {choice.letter: choice for choice in choices}
    letters, rest = list(chosen), []
    for line in lines:
        low = fold(line).strip() if len(line) <= MAX_LINE else ""
        found = _LETTER.findall(low) if _LETTERS.fullmatch(low) else []
        if found and set(found) <= set(by_letter):
            letters += found
        else:
            rest.append(line)
    answers = {_meaning(by_letter[letter], locale) for letter in letters}
    request = elsewhen
    if not letters:
        answers, rest, request = _spoken(rest, locale)
    certain = answers.pop() if len(answers) == 1 else None
    asks = ("conflict",) if answers else ()
    return InvitationWords(rsvp=certain, reschedule_request=request, asks=asks, left=tuple(rest))


def _spoken(lines: Sequence[str], locale: str) -> tuple[set[Participation | None], list[str], str]:
    """What whole sentences answer, the sentences that answer nothing, and those that ask for another time."""
    words = lexicon(locale)
    answers: set[Participation | None] = set()
    rest: list[str] = []
    request: list[str] = []
    for sentence in (one for line in lines for one in sentences(line)):
        answer = rsvp(sentence, locale)
        if answer is None:
            rest.append(sentence)
            continue
        answers.add(answer)
        if answer is Participation.DECLINED and words.has("forms.another_time", fold(sentence)):
            request.append(sentence)
    return answers, rest, " ".join(request)


def _other_time(lines: Sequence[str], locale: str) -> InvitationWords:
    """What is no word of sympathy is the wish, and a bare yes is asked which day."""
    words = lexicon(locale)
    spoken = [one for line in lines for one in sentences(line)]
    wishes = " ".join(one for one in spoken if not one.endswith("!"))
    kind = tuple(one for one in spoken if one.endswith("!"))
    bare = fold(wishes).strip(_EDGES)
    if words.whole("commands.confirm", bare) or words.whole("commands.reject", bare):
        return InvitationWords(asks=("which_day",), left=kind)
    return InvitationWords(reschedule_request=wishes, left=kind)


def _meaning(choice: Choice, locale: str) -> Participation | None:
    """What one of the choices answers."""
    known = {"yes": Participation.ACCEPTED, "maybe": Participation.TENTATIVE, "no": Participation.DECLINED}
    if choice.id in known:
        return known[choice.id]
    return Participation.DECLINED if choice.text.endswith(":") else rsvp(choice.text, locale)
