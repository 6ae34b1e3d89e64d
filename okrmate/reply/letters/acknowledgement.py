"""What answers an acknowledgement: values and letters for its questions, or the half of a form it asks for."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from okrmate.domain.letters import Choice, Question
from okrmate.reply.choices import Chosen, chosen, chosen_by
from okrmate.reply.commands import Command, CommandName, letters, without_manners
from okrmate.reply.folding import MAX_LINE, fold, squeezed
from okrmate.reply.gathering import Gathering
from okrmate.reply.kept import Answer
from okrmate.reply.letters.feedback import feedback, half_asked
from okrmate.reply.letters.ticked import ticked
from okrmate.reply.sent import written
from okrmate.reply.statements import Said
from okrmate.reply.understood import Understood

_EDGES = " \t.,;:!?\"'()🙂😊👍"
_CODE = re.compile(r"\s*\(KR [0-9.]+\)$")
_ARROW = "→"


def acknowledgement(lines: Sequence[str], reply: Gathering, given: Understood) -> Understood:
    """Key results; a yes or a letter that fits no open question was asked once, so it waits for the mentor."""
    if half_asked(reply.blocks):
        return feedback(lines, reply, given)
    offered = _offered(reply)
    texts = _texts(offered)
    picked = list(given.command.choices) if given.command else []
    there = ticked(offered, reply)
    picked += _picked(there.letters, "", reply)
    reply.left += there.others
    for line in (*lines, *_under_questions(offered, texts, reply)):
        bare = fold(line).strip(_EDGES) if len(line) <= MAX_LINE else ""
        low = without_manners(bare, reply.lexicon)
        in_doubt = line.rstrip().endswith("?")
        found = () if in_doubt else letters(low, reply.lexicon, reply.context.pending) or texts.get(squeezed(line), ())
        answering = any(reply.lexicon.whole(f"commands.{name}", bare) for name in ("confirm", "reject"))
        if not (found or in_doubt) and (said := _with_words(line, offered, texts, reply)):
            reply.left += [said.rest] if said.rest else []
            found = said.letters
        if found:
            picked += _picked(found, line, reply)
        elif reply.context.pending and (answering or re.fullmatch("[a-z]", bare)):
            reply.held.append(line.strip())
        else:
            reply.key_results([line])
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


def _with_words(
    line: str, offered: Sequence[Choice], texts: Mapping[str, tuple[str, ...]], reply: Gathering
) -> Chosen | None:
    """A letter with words behind it: its own are part of it, any others are a message; a value there is not."""
    said = chosen_by(line, offered, reply.lexicon)
    if len(said.letters) != 1 or not said.rest:
        return None
    if texts.get(squeezed(said.rest), ()) == said.letters:
        return replace(said, rest="")
    return None if reply.outcomes(said.rest) else said


def _offered(reply: Gathering) -> tuple[Choice, ...]:
    """The choices that are open."""
    pending = {each.choice for each in reply.context.pending}
    return tuple(block for block in reply.blocks if isinstance(block, Choice) and block.letter in pending)


def _texts(offered: Sequence[Choice]) -> Mapping[str, tuple[str, ...]]:
    """What somebody may type in place of a letter: its line, its words or its value, of one choice only."""
    said = [(text, choice.letter) for choice in offered for text in set(_ways(choice))]
    often = Counter(text for text, _ in said)
    return {text: (letter,) for text, letter in said if text and often[text] == 1}


def _ways(choice: Choice) -> Iterator[str]:
    bare = _CODE.sub("", choice.text)
    value = bare.rpartition(_ARROW)[2]
    for text in (choice.text, bare, value, value.rstrip("% \u00a0")):
        yield squeezed(text)
        yield squeezed(f"{choice.letter}) {text}")
