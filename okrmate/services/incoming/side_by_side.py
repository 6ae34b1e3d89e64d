"""A mail row by row: the sender's words as they came, and beside each line what became of it."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from okrmate.domain.errors import OkrmateError
from okrmate.domain.letters import Incoming, QuotedLine
from okrmate.frozen import Frozen
from okrmate.reply.folding import composed
from okrmate.reply.kept import OwnWords
from okrmate.reply.updates import Place, Problem
from okrmate.services.incoming.meanings import Mark, Meaning, Meant, meanings
from okrmate.services.incoming.read_again import met_a_bug, open_problems, read_again
from okrmate.services.incoming.review import find_mail
from okrmate.services.mailroom import MailRoom

KR = re.compile(r"KR ([0-9]{1,2}\.[0-9]{1,2})")
LONGEST = 2_000
"""Characters of a line that are shown beside its meaning; the whole mail shows all of it."""
MOST_ROWS = 400
"""Lines that are shown so; a mail with more of them is no answer to a letter."""


class Script(StrEnum):
    """What kind of words a piece of a row is."""

    OWN = "own"
    OURS = "ours"
    UNDERSTOOD = "understood"
    UNCLEAR = "unclear"


class Row(Frozen):
    """One line of the mail in pieces, and what it means; a folded row stands for so many lines of a quote.

    `apart` says that an empty line stood above it.
    """

    pieces: tuple[tuple[str, Script], ...] = ()
    meanings: tuple[Meaning, ...] = ()
    folded: int = 0
    apart: bool = False

    @property
    def words(self) -> str:
        """The line as it came."""
        return "".join(piece for piece, _ in self.pieces)


class SideBySide(Frozen):
    """A mail as it is reviewed; where it cannot be shown `sentence` says why and there are no rows."""

    rows: tuple[Row, ...] = ()
    open: tuple[Problem, ...] = ()
    """The lines nobody has decided on."""
    sentence: str = ""
    more: int = 0
    """Lines beyond those shown."""


@dataclass(slots=True, kw_only=True)
class _Line:
    """One line of the sender's own words while what it means is gathered; `ours` characters of it are our label."""

    text: str
    apart: bool = False
    to: str = ""
    ours: int = 0
    found: list[tuple[int, int, Script]] = field(default_factory=list)
    meanings: list[Meaning] = field(default_factory=list)
    wordless: bool = False
    """Whether a meaning stands here that rests on no words of its own."""

    @property
    def said(self) -> str:
        """The sender's part of it."""
        return self.text[self.ours :].strip()


def side_by_side(room: MailRoom, mail_id: str) -> SideBySide:
    """The mail read again and laid out, or a sentence where that meets a bug; nothing is changed."""
    mail = find_mail(room.store, mail_id)
    try:
        return _laid_out(room, mail)
    except OkrmateError:
        raise
    except Exception as bug:  # noqa: BLE001 - the edge of a message
        return SideBySide(sentence=met_a_bug(mail, bug))


def _laid_out(room: MailRoom, mail: Incoming) -> SideBySide:
    again = read_again(room, room.store, mail)
    if isinstance(again, str):
        return SideBySide(sentence=again)
    everything, folded = _sorted(again.mail.lines, again.words)
    own, more = everything[:MOST_ROWS], everything[MOST_ROWS:]
    told = tuple(meanings(room, room.store, again))
    for meant in sorted(told, key=_wordless):
        if meant.meaning.mark is Mark.KEPT:
            _keep(own, meant)
        else:
            _place(own, meant)
    rows = [_row(line) for line in own]
    if folded:
        first = next((line for line in folded if len(line.split()) > 1), folded[0])
        rows.append(Row(pieces=((first[:LONGEST], Script.OURS),), folded=len(folded)))
    return SideBySide(rows=tuple(rows), open=open_problems(room.store, again), more=len(more))


def _sorted(lines: Sequence[QuotedLine], words: OwnWords) -> tuple[list[_Line], list[str]]:
    """The sender's own lines in their order, and the others; both were told apart when the mail was read."""
    kept = deque(line for line in words.text.split("\n") if line.strip())
    answers = deque((answer.to, part) for answer in words.answers for part in answer.text.split("\n") if part.strip())
    own: list[_Line] = []
    folded: list[str] = []
    apart = False
    for line in lines:
        text = composed(line.text)
        if not text.strip():
            apart = bool(own)
            continue
        if kept and not line.depth and line.text == kept[0]:
            kept.popleft()
            own.append(_Line(text=text, apart=apart))
        elif answers and _carries(line.text.strip(), answers[0][1].strip()):
            to, part = answers.popleft()
            own.append(_Line(text=text, apart=apart, to=to, ours=text.rfind(composed(part))))
        else:
            folded.append(line.text)
        apart = False
    return own, folded


def _carries(line: str, answer: str) -> bool:
    """Whether a line is this answer, or one of ours with the answer behind its colon."""
    return line == answer or (line.endswith(answer) and line[: -len(answer)].rstrip().endswith((":", "\uff1a")))


def _keep(own: list[_Line], meant: Meant) -> None:
    """Say of a line that it is for the mentor, where nothing else is said of it."""
    unsaid = [line for line in own if not line.meanings]
    whole = [line for line in unsaid if meant.words in line.text][:1]
    for line in whole or [line for line in unsaid if line.text.strip() in meant.words]:
        line.meanings.append(meant.meaning)


def _place(own: list[_Line], meant: Meant) -> None:
    """Put a meaning beside the line its words stand on, and mark them; a line of its own where they are nowhere."""
    spots = [spot for place in meant.places for spot in _spots(own, place)] or list(_of_field(own, meant.words))
    line = spots[0][0] if spots else None if meant.words else _unexplained(own)
    if line is None:
        line = _Line(text="")
        own.append(line)
    script = Script.UNCLEAR if meant.meaning.mark is Mark.ASKED else Script.UNDERSTOOD
    for each, start, end in spots:
        each.found.append((start, end, script))
    line.meanings.append(meant.meaning)
    line.wordless = line.wordless or not spots


def _wordless(meant: Meant) -> bool:
    return not (meant.places or meant.words)


def _spots(own: list[_Line], place: Place) -> list[tuple[_Line, int, int]]:
    """Every line that is the one of a place, and where its words stand there; of part of a line the first that has it.

    Lines that are the same mean the same where they stand under the same key result.
    """
    same = [line for line in own if line.said == place.line]
    lines = [line for line in same if _about(line) == place.about] or same
    lines = lines or [line for line in own if line.text.find(place.line, line.ours) >= 0][:1]
    begins = [(line, line.text.find(place.line, line.ours)) for line in lines]
    return [(line, at + place.start, at + place.end) for line, at in begins]


def _about(line: _Line) -> str:
    """The key result under which a line was written; empty where it stands by itself."""
    found = KR.search(line.to)
    return found[1] if found else ""


def _of_field(own: list[_Line], words: str) -> Iterator[tuple[_Line, int, int]]:
    """Where the words of a form's field stand: first in a line of which nothing else is known."""
    fitting = [line for line in own if words and line.text.find(words, line.ours) >= 0]
    for line in [*(line for line in fitting if not line.meanings), *fitting][:1]:
        at = line.text.find(words, line.ours)
        yield line, at, at + len(words)


def _unexplained(own: list[_Line]) -> _Line | None:
    """Where a meaning without words of its own stands: beside the longest line that nothing else explains."""
    shared = next((line for line in own if line.wordless), None)
    return shared or max((line for line in own if line.text and not line.meanings), key=_length, default=None)


def _length(line: _Line) -> int:
    return len(line.text)


def _row(line: _Line) -> Row:
    return Row(pieces=tuple(_pieces(line)), meanings=tuple(line.meanings), apart=line.apart)


def _pieces(line: _Line) -> Iterator[tuple[str, Script]]:
    """The line in pieces, none of them empty; where two findings overlap the first one counts."""
    at = line.ours
    if at:
        yield line.text[:at], Script.OURS
    for start, end, script in sorted(line.found):
        if start < at or start >= LONGEST:
            continue
        if start > at:
            yield line.text[at:start], Script.OWN
        yield line.text[start:end][:LONGEST], script
        at = end
    rest = line.text[at : max(at, LONGEST)]
    if rest:
        yield rest if len(line.text) <= LONGEST else f"{rest}…", Script.OWN
