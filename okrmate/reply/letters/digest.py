"""What answers the mentor's digest: lines for the letters to other people; nothing is put into one by guess."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from okrmate.domain.letters import AnswerLine
from okrmate.frozen import replace
from okrmate.reply.folding import MAX_LINE, fold, skip
from okrmate.reply.gathering import Gathering
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.sentences import sentences
from okrmate.reply.understood import Understood

_EDGES = " \t.,;:!"
_PART = re.compile(r"(?:(?<=[.!?/|;,])|(?<=\s)[–—-])\s*([^:.!?/|;,]{1,60}?)\s*:\s*(?=\S)")
_TO = re.compile(r"\s*([^:]{1,60}?)\s*:\s*(?=\S)")


def digest(lines: Sequence[str], reply: Gathering, given: Understood) -> Understood:
    """A line belongs to the person whose label or name stands before it; one that only speaks of them is offered."""
    people = _people(reply)
    written = [(name, reply.take(block)) for block, name in people.items()]
    offered: list[str] = []
    asks: tuple[str, ...] = ()
    for line in (part for whole in lines for part in _addressed(whole, people.values(), reply.lexicon)):
        found = _TO.match(line) if len(line) <= MAX_LINE else None
        name = _named(found[1], people.values(), reply.lexicon) if found else ""
        if found and name:
            written.append((name, line[found.end() :]))
        elif reply.lexicon.whole("commands.hold", fold(line[:MAX_LINE]).strip(_EDGES)):
            asks = ("which_letter",)
        elif reply.says(line):
            reply.key_results([line])
        else:
            for sentence in sentences(line):
                told = _tells(sentence, people.values(), reply.lexicon)
                (offered if told else reply.left).append(sentence)
    return replace(given, lines=_joined(written, reply.lexicon), offered=tuple(offered), asks=asks)


def _addressed(line: str, names: Collection[str], words: Lexicon) -> Iterator[str]:
    """A line in parts, each with the one person it is for: "for Maya: … / for Leo: …"."""
    begins = [found.start() for found in _PART.finditer(line[:MAX_LINE]) if _named(found[1], names, words)]
    starts = [0, *(begin for begin in begins if begin)]
    for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
        yield line[start:end].strip().rstrip(" /|;,").rstrip()


def _people(reply: Gathering) -> Mapping[str, str]:
    """Whom the letter offers a line for: the names behind its labels, by the ids of their blocks."""
    found: dict[str, str] = {}
    for block in reply.blocks:
        if isinstance(block, AnswerLine):
            end = reply.lexicon.starts("forms.line_for", fold(block.label))
            found |= {block.id: block.label[end:].strip()} if end >= 0 else {}
    return found


def _joined(written: Sequence[tuple[str, str]], words: Lexicon) -> Mapping[str, str]:
    """The lines by name, several for one person under each other; a "none" is no line."""
    said: dict[str, str] = {}
    for name, line in written:
        if any(map(str.isalnum, line)) and not words.whole("forms.nothing", fold(line[:MAX_LINE]).strip(_EDGES)):
            said[name] = f"{said[name]}\n{line.strip()}" if name in said else line.strip()
    return MappingProxyType(said)


def _named(label: str, names: Collection[str], words: Lexicon) -> str:
    """The person a label names: "Maya", "for Maya", "Line for Maya"."""
    low = fold(label)
    bare = low[max(words.starts("forms.line_for", low), 0) :].strip(_EDGES)
    return next((name for name in names if fold(name) == bare), "")


def _tells(sentence: str, names: Collection[str], words: Lexicon) -> bool:
    """Whether a sentence asks to tell one of them something."""
    low = fold(sentence[:MAX_LINE])
    polite = max(words.starts("commands.polite", low), 0)
    at = words.starts("forms.tell", low, skip(low, polite, " ,"))
    return at >= 0 and any(low[at:].lstrip().startswith(fold(name)) for name in names)
