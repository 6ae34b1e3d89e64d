"""What answers an acknowledgement: values and letters for its questions, or the half of a form it asks for."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from okrmate.domain.letters import Choice, Question
from okrmate.frozen import replace
from okrmate.reply.choices import Chosen, chosen, chosen_by
from okrmate.reply.commands import Command, CommandName, letters, without_manners
from okrmate.reply.folding import MAX_LINE, fold, squeezed
from okrmate.reply.gathering import Gathering
from okrmate.reply.kept import Answer
from okrmate.reply.letters.feedback import feedback, half_asked
from okrmate.reply.letters.ticked import ticked
from okrmate.reply.places import affirmed, behind_neither, doubts, placed, says_both
from okrmate.reply.retractions import on_the_next_line
from okrmate.reply.sent import written
from okrmate.reply.sentences import sentences
from okrmate.reply.statements import Said
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Op, Update

_EDGES = " \t.,;:!?\"'()🙂😊👍"
_CODE = re.compile(r"\s*\(KR [0-9.]+\)$")
_ARROW = "→"
_SIDES = ("choosing.in_all", "choosing.so_many_more")
"""The two sides of that question, from the smaller value to the larger."""


def acknowledgement(lines: Sequence[str], reply: Gathering, given: Understood) -> Understood:
    """Key results; a yes or a letter that fits no open question was asked once, so it waits for the mentor."""
    if half_asked(reply.blocks):
        return feedback(lines, reply, given)
    offered = _offered(reply)
    texts = _texts(offered, reply)
    picked = list(given.command.choices) if given.command else []
    there = ticked(offered, reply)
    picked += _picked(there.letters, "", reply)
    reply.left += there.others
    unread: list[str] = []
    for line, taken_back in _with_what_follows([*lines, *_under_questions(offered, texts, reply)], reply):
        answer = _answer(line, offered, texts, reply)
        if answer is None:
            unread.append(_behind_neither(line, reply))
        elif taken_back or not answer.letters:
            reply.held.append(line.strip())
        else:
            picked += _picked(answer.letters, line, reply)
            unread += [answer.rest] if answer.rest else []
    reply.key_results(unread)
    if picked and (given.command is None or given.command.name is CommandName.CHOOSE):
        given = replace(given, command=Command(name=CommandName.CHOOSE, choices=tuple(dict.fromkeys(picked))))
    return given


def _picked(found: Sequence[str], line: str, reply: Gathering) -> Sequence[str]:
    """The letters, once what they make stands among what was said."""
    if found:
        reply.said.append(Said(text=line, outcomes=chosen(found, reply.context.pending)))
    return found


def _under_questions(
    offered: Sequence[Choice], texts: Mapping[str, tuple[str, ...]], reply: Gathering
) -> Iterator[str]:
    """What chooses among the open choices and stands under the question over them; other words answer it there."""
    for question in (block.id for block in reply.blocks if isinstance(block, Question) and offered):
        for line in (each for answer in reply.claim(question) for each in written(answer.text)):
            low = without_manners(fold(line[:MAX_LINE]).strip(_EDGES), reply.lexicon)
            if letters(low, reply.lexicon, reply.context.pending) or squeezed(line) in texts:
                yield line
            else:
                reply.unsorted.append(Answer(to=question, text=line))


def _with_what_follows(lines: Sequence[str], reply: Gathering) -> Iterator[tuple[str, bool]]:
    """The lines, and whether the one below each takes it back."""
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        yield line, on_the_next_line(fold(below[:MAX_LINE]), reply.lexicon)


def _answer(
    line: str, offered: Sequence[Choice], texts: Mapping[str, tuple[str, ...]], reply: Gathering
) -> Chosen | None:
    """What a line chooses; no letter where it fits no choice or is in doubt, None where it speaks of no choice."""
    if line.rstrip().endswith("?") or len(line) > MAX_LINE:
        return None
    words, pending = reply.lexicon, reply.context.pending
    bare = fold(line).strip(_EDGES)
    plain = without_manners(bare, words)
    found = letters(affirmed(plain, words), words, pending)
    found = found or texts.get(squeezed(line), ()) or texts.get(squeezed(plain), ())
    if found:
        return Chosen(letters=found)
    said = chosen_by(line, offered, words)
    if len(said.letters) != 1:
        place, rest = placed(line, pending, words)
        said = Chosen(letters=(place,) if place else (), rest=rest)
    if said.letters:
        return _with_words(said, texts, reply)
    answers = any(words.whole(f"commands.{name}", bare) for name in ("confirm", "reject"))
    unfit = answers or re.fullmatch("[a-z]", bare) or behind_neither(line, words) == "" or says_both(line, words)
    return Chosen() if pending and unfit else None


def _with_words(said: Chosen, texts: Mapping[str, tuple[str, ...]], reply: Gathering) -> Chosen:
    """A letter with words behind it: its own are part of it, others a message; another value or a doubt undoes it."""
    if not said.rest or texts.get(squeezed(said.rest), ()) == said.letters:
        return replace(said, rest="")
    asked = {one.kr for one in reply.context.pending if one.choice in said.letters}
    elsewhere = [one for one in reply.outcomes(said.rest) if one.kr and one.kr not in asked]
    return said if elsewhere or not doubts(said.rest, reply.lexicon) else Chosen()


def _behind_neither(line: str, reply: Gathering) -> str:
    """The value that follows "neither" at once, or else the line."""
    rest = behind_neither(line, reply.lexicon)
    first = next(sentences(rest), "") if rest else ""
    return rest if rest and any(isinstance(one, Update) and one.op is Op.SET for one in reply.outcomes(first)) else line


def _offered(reply: Gathering) -> tuple[Choice, ...]:
    """The choices that are open."""
    pending = {each.choice for each in reply.context.pending}
    return tuple(block for block in reply.blocks if isinstance(block, Choice) and block.letter in pending)


def _texts(offered: Sequence[Choice], reply: Gathering) -> Mapping[str, tuple[str, ...]]:
    """What somebody may type in place of a letter: its line, its words or its value, of one choice only."""
    said = [(text, choice.letter) for choice in offered for text in set(_ways(choice))]
    said += _all_or_more(reply)
    often = Counter(text for text, _ in said)
    return {text: (letter,) for text, letter in said if text and often[text] == 1}


def _all_or_more(reply: Gathering) -> Iterator[tuple[str, str]]:
    """The words of a question for all there are or so many more, each with the letter of its side."""
    asked = [block for block in reply.blocks if isinstance(block, Question) and block.text.startswith("? ")]
    for number, question in enumerate(asked, 1):
        offered = [one for one in reply.context.pending if one.choice and one.question == number]
        behind_their_words = fold(question.text.rpartition('"')[2])
        if len(offered) != len(_SIDES) or not reply.lexicon.has("choosing.so_many_more", behind_their_words):
            continue
        for name, one in zip(_SIDES, sorted(offered, key=lambda each: each.value or 0), strict=True):
            yield from ((squeezed(text), one.choice) for text in reply.lexicon.words(name))


def _ways(choice: Choice) -> Iterator[str]:
    bare = _CODE.sub("", choice.text)
    value = bare.rpartition(_ARROW)[2]
    for text in (choice.text, bare, value, value.rstrip("% \u00a0")):
        yield squeezed(text)
        yield squeezed(f"{choice.letter}) {text}")
