"""Sorting a reply's words: what says something of key results, what answers a block, what waits, what is left."""

import re
from collections.abc import Iterable, Sequence

from okrmate.domain.letters import FIRST, Block, Choice, KeyResultLine, Question
from okrmate.frozen import replace
from okrmate.reply.context import ReplyContext
from okrmate.reply.kept import Answer, OwnWords
from okrmate.reply.lexicon import lexicon
from okrmate.reply.statements import Said, Statement, StatementReader
from okrmate.reply.updates import Op, Outcome, Update

MAX_QUOTED = 200
"""So many quoted lines are looked at for values typed over; no letter of ours shows more."""

_GIVEN = frozenset({Op.SET, Op.ADD})
_KR = re.compile(r"KR ([0-9]{1,2}\.[0-9]{1,2})")


class Gathering:
    """The words of one reply as they are sorted; whoever reads a form takes what it understands.

    Where the letter asks for no key result (`asks_nothing`), a line that names one is held for the mentor.
    """

    def __init__(self, words: OwnWords, blocks: Sequence[Block], context: ReplyContext, *, asks_nothing: bool) -> None:
        """Begin with nothing sorted."""
        self.words = words
        self.blocks = tuple(blocks)
        self.context = context
        self.asks_nothing = asks_nothing
        self.lexicon = lexicon(context.locale)
        self.unsorted = list(words.answers)
        self.statements = StatementReader(context)
        self.said: list[Said] = []
        self.left: list[str] = []
        self.held: list[str] = []
        self.held_outcomes: dict[str, tuple[Outcome, ...]] = {}
        self.answers: dict[str, str] = {}

    @property
    def first(self) -> Question | None:
        """The letter's first question."""
        return next((block for block in self.blocks if isinstance(block, Question) and block.id == FIRST), None)

    def outcomes(self, line: str) -> tuple[Outcome, ...]:
        """What a line says of key results."""
        return tuple(one for said in self.statements.read([Statement(text=line)]) for one in said.outcomes)

    def says(self, line: str) -> bool:
        """Whether a line names a key result and says more of it than a note."""
        return any(one.kr and not (isinstance(one, Update) and one.op is Op.NOTE) for one in self.outcomes(line))

    def takes(self, line: str) -> bool:
        """Take a line that gives values of key results by name and says nothing else, wherever it was written."""
        if self.asks_nothing:
            return False
        said = self.statements.read([Statement(text=line)])
        clear = [one for each in said for one in each.outcomes if isinstance(one, Update)]
        given = [one for one in clear if one.op in _GIVEN and not one.note and one.words]
        if not said or any(each.prose or each.rest or not each.outcomes for each in said):
            return False
        if len(given) < sum(len(each.outcomes) for each in said):
            return False
        self.said += said
        return True

    def claim(self, *to: str) -> list[Answer]:
        """What was written behind or under these lines of ours, taken out of the rest."""
        claimed = [answer for answer in self.unsorted if answer.to in to]
        self.unsorted = [answer for answer in self.unsorted if answer.to not in to]
        return claimed

    def take(self, *ids: str) -> str:
        """The words under these blocks, taken out of the rest."""
        return "\n".join(answer.text for each in ids for answer in self.claim(each))

    def edited(self) -> Iterable[str]:
        """Key results shown in a quote with another value than the letter had."""
        yield from self.words.edited
        if self.blocks:
            return
        answered = {ref for answer in self.words.answers if (ref := _shown_in(answer.to))}
        for line in self.words.quoted[:MAX_QUOTED]:
            ref = _shown_in(line)
            kr = self.context.find(ref) if ref and ref not in answered else None
            if kr is None:
                continue
            for said in self.statements.read([Statement(text=line)]):
                values = [one.value for one in said.outcomes if isinstance(one, Update) and one.value is not None]
                if values and values[-1] != kr.current:
                    yield ref

    def sort_answers(self) -> None:
        """Sort what nobody has taken of the words behind and under our lines."""
        choices = {block.id for block in self.blocks if isinstance(block, Choice)}
        open_ones = {
            block.id: block.about for block in self.blocks if isinstance(block, Question) and block.id != FIRST
        }
        for answer in self.unsorted:
            ref = _shown_in(answer.to)
            if ref and (not self.blocks or self._is_key_result(ref)):
                self._key_result_answer(ref, answer)
            elif not self.blocks:
                self.key_results(answer.text.splitlines())
            elif answer.to in choices:
                self.left.append(answer.text)
            elif about := open_ones.get(answer.to):
                self._open_answer(about, answer)
            else:
                text = "\n".join(line for line in answer.text.splitlines() if not self.takes(line)).strip()
                earlier = self.answers.get(answer.to)
                said = f"{earlier}\n{text}" if earlier and text else earlier or text
                self.answers |= {answer.to: said} if said else {}

    def _is_key_result(self, ref: str) -> bool:
        return any(isinstance(block, KeyResultLine) and block.ref == ref for block in self.blocks)

    def _key_result_answer(self, ref: str, answer: Answer) -> None:
        first, *more = [line for line in answer.text.splitlines() if line.strip()] or [""]
        read = self.statements.read_each([Statement(text=first, about=ref), *map(_statement, more)])
        if self.asks_nothing:
            self._hold(f"KR {ref}: {answer.text}", [] if more else read[0])
            return
        for said in read:
            self._sort(said)

    def _open_answer(self, ref: str, answer: Answer) -> None:
        """Words under a question about one key result are about that one, and checked as a bare value is."""
        asked = StatementReader(replace(self.context, asked=ref))
        self._sort(asked.read(map(_statement, answer.text.splitlines())))

    def key_results(self, lines: Sequence[str], *, held: bool = False) -> None:
        """Read lines for what they say of key results; the others are left."""
        for line, said in zip(lines, self.statements.read_each(map(_statement, lines)), strict=True):
            if (held or self.asks_nothing) and not all(one.prose for one in said):
                self._hold(line.strip(), said)
            else:
                self._sort(said)

    def _sort(self, said: Sequence[Said]) -> None:
        self.said += [one for one in said if not one.prose]
        self.left += [one.text for one in said if one.prose]

    def _hold(self, line: str, said: Sequence[Said]) -> None:
        """Keep a line for the mentor, and what it says where all of it speaks of key results."""
        self.held.append(line)
        if said and not any(one.prose or one.rest for one in said):
            self.held_outcomes[line] = tuple(outcome for one in said for outcome in one.outcomes)


def _shown_in(line: str) -> str:
    """The ref of the key result that a line of ours shows."""
    found = _KR.search(line)
    return found[1] if found else ""


def _statement(line: str) -> Statement:
    return Statement(text=line)
