"""What people write back to an invitation: one of its letters, a sentence, or the times that would suit."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from okrmate.domain.letters import Choice
from okrmate.domain.meetings import Participation
from okrmate.frozen import Frozen
from okrmate.reply.choices import Chosen, chosen_by
from okrmate.reply.coming import rsvp
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.lexicon import WEEKDAYS, Lexicon, lexicon
from okrmate.reply.retractions import on_the_next_line
from okrmate.reply.sentences import sentences


class InvitationWords(Frozen):
    """Whether the person comes, None where that is not clear; `asks` says why, `left` is none of it."""

    rsvp: Participation | None = None
    reschedule_request: str = ""
    asks: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


_LETTERS = re.compile(r"\(?([a-z])\)?\.?(?:(?:\s+|\s*(?:,|&|\+|/|and|und)\s*)\(?[a-z]\)?\.?)*[!.]*")
_ARTICLES = frozenset("aeio")
_LETTER = re.compile(r"(?<![a-z])[a-z](?![a-z])")
_AROUND = " 👍👌✅🎉🙂😊"
_CLAUSE = re.compile(r"[,;]")
CONSENTING = ("forms.accepted", "forms.fits")
_EDGES = " \t.,;:!?\"'()"
_TIME = re.compile(
    r"(?<![0-9.:])(?:([0-9]{1,2})(?:[:h]|\.(?=[0-9]{2}(?:[^.0-9]|$)))([0-9]{2})(?![0-9:])"
    r"|([0-9]{1,2})\s?(?:[ap]\.?m\b|h\b|hrs?\b|uhr\b|uur\b|o'?clock\b|時)"
    r"|(?<=\bat )([0-9]{1,2})(?=\s*(?:[,;.!?]|$)))"
)


def invitation(
    lines: Sequence[str],
    choices: Sequence[Choice],
    chosen: Iterable[str],
    elsewhen: str,
    locale: str,
    question: str = "",
) -> InvitationWords:
    """What `lines` answer; `chosen` are letters already chosen, `elsewhen` the words behind an open choice.

    A letter with no choices is a cancellation: it asks for days. Consent to another day than that of the `question`
    is a wish for that day.
    """
    if not choices:
        return _other_time(lines, locale)
    words = lexicon(locale)
    by_letter = {choice.letter: choice for choice in choices}
    letters, rest = list(chosen), []
    for line in _led_apart(lines, by_letter):
        low = fold(line).strip() if len(line) <= MAX_LINE else ""
        low = low[max(words.starts("commands.pick", low), 0) :].strip(_AROUND)
        found = _LETTER.findall(low) if _LETTERS.fullmatch(low) else []
        led = _with_a_day(line, by_letter, words) or chosen_by(line, choices, words)
        if found and set(found) <= set(by_letter):
            letters += found
        elif led.letters:
            letters += led.letters
            open_one = by_letter[led.letters[0]].text.endswith(":")
            elsewhen = f"{elsewhen}\n{led.rest}".strip() if open_one else elsewhen
            rest += [] if open_one or not led.rest else [led.rest]
        else:
            rest.append(line)
    if letters and any(_takes_back(line, words, locale) for line in rest):
        return InvitationWords(left=tuple(lines))
    answers = {_meaning(by_letter[letter], locale) for letter in letters}
    request = elsewhen
    if not letters:
        answers, rest, request = _spoken(rest, locale, question)
    elif not request and all(by_letter[letter].text.endswith(":") for letter in letters):
        request, rest = _wishes(rest)
    certain = answers.pop() if len(answers) == 1 else None
    asks = ("conflict",) if answers else ()
    return InvitationWords(rsvp=certain, reschedule_request=request, asks=asks, left=tuple(rest))


def _led_apart(lines: Sequence[str], by_letter: Mapping[str, Choice]) -> Iterator[str]:
    """The lines, one cut in two before a sentence that begins with a letter and a comma: "Poor you! c, Monday"."""
    for line in lines:
        spoken = list(sentences(line)) if len(line) <= MAX_LINE else []
        leads = [at for at, one in enumerate(spoken) if at and one[:1].lower() in by_letter and one[1:2] in {",", ")"}]
        if len(leads) == 1:
            yield " ".join(spoken[: leads[0]])
            yield " ".join(spoken[leads[0] :])
        else:
            yield line


def _with_a_day(line: str, by_letter: Mapping[str, Choice], words: Lexicon) -> Chosen | None:
    """The letter of an open choice with a day or time right behind it, and nothing between: "c mon 9am"."""
    letter, _, rest = line.strip().partition(" ")
    choice = by_letter.get(letter.lower())
    if choice is None or not choice.text.endswith(":") or letter.lower() in _ARTICLES or len(line) > MAX_LINE:
        return None
    low = fold(rest)
    dated = low[:1].isdigit() or any(
        words.starts(f"{names}.{day}", low) >= 0 for names in ("weekdays", "weekdays_short") for day in WEEKDAYS
    )
    return Chosen(letters=(letter.lower(),), rest=rest) if dated else None


def _spoken(lines: Sequence[str], locale: str, question: str) -> tuple[set[Participation | None], list[str], str]:
    """What whole sentences answer, the sentences that answer nothing, and those that ask for another time."""
    words = lexicon(locale)
    answers: set[Participation | None] = set()
    rest: list[str] = []
    request: list[str] = []
    for sentence in (one for line in lines for one in sentences(line)):
        answer = rsvp(sentence, locale)
        if answer is Participation.ACCEPTED and _at_another_time(fold(sentence), fold(question), words):
            answer = None
        if _takes_back(sentence, words, locale):
            answers.clear()
        if answer is None:
            rest.append(sentence)
            continue
        elsewhen = answer is Participation.ACCEPTED and _on_another_day(fold(sentence), fold(question), words)
        answers.add(Participation.DECLINED if elsewhen else answer)
        if elsewhen or (answer is Participation.DECLINED and _asks_for_another(fold(sentence), words)):
            request.append(sentence)
    if answers == {Participation.DECLINED}:
        wished = [one for one in rest if _names_a_time(fold(one), words)]
        request += wished
        rest = [one for one in rest if one not in wished]
    return answers, rest, " ".join(request)


def _names_a_time(low: str, words: Lexicon) -> bool:
    """Whether a weekday or a time of the day is named."""
    return bool(_times(low) or _weekdays(low, words))


def _takes_back(said: str, words: Lexicon, locale: str) -> bool:
    """Whether words that answer nothing by themselves take back the answer above them: "no wait, the dentist"."""
    return len(said) <= MAX_LINE and on_the_next_line(fold(said), words) and rsvp(said, locale) is None


def _at_another_time(low: str, question: str, words: Lexicon) -> bool:
    """Whether a consent names times without that at which the talk begins, or another day behind its "but"."""
    begins, named = _times(question)[:1], _times(low)
    but = words.find("forms.but", low)
    day = _weekdays(low[but[1] :], words) if but else set()
    asked = _weekdays(question, words) | _weekdays(question, words, "weekdays_short")
    return bool(begins and named and begins[0] not in named) or bool(asked and day and not asked & day)


def _times(low: str) -> list[tuple[int, int]]:
    """The clock times that are named, in hours of half a day and minutes: "3 pm" is 15:00."""
    return [(int(found[1] or found[3] or found[4]) % 12, int(found[2] or 0)) for found in _TIME.finditer(low)]


def _asks_for_another(low: str, words: Lexicon) -> bool:
    """Whether a refusal wishes for another time, or asks about one: "sorry no, Monday?"."""
    return words.has("forms.another_time", low) or low.rstrip().endswith("?")


def _on_another_day(low: str, question: str, words: Lexicon) -> bool:
    """Whether what a sentence consents to is a weekday, and none of those of the question."""
    asked = _weekdays(question, words) | _weekdays(question, words, "weekdays_short")
    agreed = [part for part in _CLAUSE.split(low) if any(words.has(name, part) for name in CONSENTING)]
    named = {day for part in agreed for day in _weekdays(part, words)}
    return bool(asked and named) and not asked & named and all(_weekdays(part, words) for part in agreed)


def _weekdays(low: str, words: Lexicon, names: str = "weekdays") -> set[str]:
    """The weekdays that are named; in their short form only where our own letter names them."""
    return {day for day in WEEKDAYS if words.has(f"{names}.{day}", low)}


def _other_time(lines: Sequence[str], locale: str) -> InvitationWords:
    """What is no word of sympathy is the wish, and a bare yes is asked which day."""
    words = lexicon(locale)
    wishes, kind = _wishes(lines)
    bare = fold(wishes).strip(_EDGES)
    if words.whole("commands.confirm", bare) or words.whole("commands.reject", bare):
        return InvitationWords(asks=("which_day",), left=tuple(kind))
    if words.whole("forms.approve", bare) or words.starts("sign_off", bare) >= 0:
        return InvitationWords(left=tuple(lines))
    return InvitationWords(reschedule_request=wishes, left=tuple(kind))


def _wishes(lines: Sequence[str]) -> tuple[str, list[str]]:
    """The times that are wished for, and the kind words beside them, which end in an exclamation mark."""
    spoken = [one for line in lines for one in sentences(line)]
    return " ".join(one for one in spoken if not one.endswith("!")), [one for one in spoken if one.endswith("!")]


def _meaning(choice: Choice, locale: str) -> Participation | None:
    """What one of the choices answers."""
    known = {"yes": Participation.ACCEPTED, "maybe": Participation.TENTATIVE, "no": Participation.DECLINED}
    if choice.id in known:
        return known[choice.id]
    return Participation.DECLINED if choice.text.endswith(":") else rsvp(choice.text, locale)
