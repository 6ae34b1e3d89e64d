"""The one way in: a reply's lines, the letter it answers and its key results → everything that was understood."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from okrmate.domain.letters import (
    FIRST,
    Block,
    Choice,
    Items,
    KeyResultLine,
    LetterKind,
    Outgoing,
    Question,
    QuotedLine,
)
from okrmate.domain.meetings import Participation
from okrmate.domain.people import Side
from okrmate.reply.choices import chosen, open_questions, pending_of
from okrmate.reply.closing import Advice
from okrmate.reply.commands import Command, command
from okrmate.reply.context import ReplyContext
from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.forms import AgendaEntry, AgendaWords, FeedbackWords, agenda, entry, feedback
from okrmate.reply.invitations import invitation
from okrmate.reply.lexicon import Lexicon, lexicon
from okrmate.reply.own_words import TOO_LONG, Answer, OwnWords, own_words
from okrmate.reply.sentences import sentences
from okrmate.reply.settling import settle
from okrmate.reply.statements import Said, Statement, StatementReader
from okrmate.reply.updates import Outcome, Problem, ProblemReason, Update
from okrmate.reply.welcomes import WelcomeWords, welcome


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContext:
    """The letter a reply answers; `kind` None is a letter that asks for key results and nothing else."""

    kind: LetterKind | None
    blocks: tuple[Block, ...]
    to: Side = Side.PROTEGE

    @classmethod
    def of(cls, letter: Outgoing) -> "LetterContext":
        """The context of a letter as it was stored."""
        return cls(kind=letter.kind, blocks=letter.blocks, to=letter.to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """Everything one reply says. Nothing of it is in two places, and nothing is thrown away.

    `updates` are applied, `problems` asked about. `answers` are words under a question, by its block's id.
    `message` is the rest, in the person's words; `left` its lines one by one. `held` are lines that would change
    a key result in a letter that asks none: they wait for the mentor. `asks` are reasons to ask that concern no
    key result. `choices` are letters of the letter's own choices. Where `unread` says
    why nothing was read of it, the mail is held.
    """

    words: OwnWords
    updates: tuple[Update, ...] = ()
    problems: tuple[Problem, ...] = ()
    command: Command | None = None
    feedback: FeedbackWords | None = None
    agenda: AgendaWords | None = None
    rsvp: Participation | None = None
    welcome: WelcomeWords | None = None
    advice: tuple[Advice, ...] = ()
    choices: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    message: str = ""
    left: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    unread: str = ""

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Updates and problems together."""
        return (*self.updates, *self.problems)


MAX_OWN_LINES = 1000
MAX_OWN_TEXT = 100_000
"""More than this in the sender's own words is no answer to a letter: it is kept, unread, for the mentor."""

MAX_QUOTED = 200
"""So many quoted lines are looked at for values typed over; no letter of ours shows more."""

_LETTERS = re.compile(r"\(?([a-z])\)?\.?(?:\s*(?:,|&|\+|/|and|und|\s)\s*\(?[a-z]\)?\.?)*[!.]*")
_EDGES = " \t.,;:!?\"'()🙂😊👍"
_KR = re.compile(r"KR ([0-9]{1,2}\.[0-9]{1,2})")


def read(lines: Sequence[QuotedLine], letter: LetterContext, context: ReplyContext) -> Understood:
    """What a reply to `letter` says; the same for the poller and for `explain`. Never raises on any input."""
    words = own_words(lines, letter.blocks, context.locale)
    return _read(words, letter, _in_letter(context, letter))


def read_plain(text: str, context: ReplyContext) -> Understood:
    """What a text says of key results when the letter is not at hand: quotes, signatures and our own lines left out."""
    words = own_words(quoted_lines(text), (), context.locale)
    return _read(words, LetterContext(kind=None, blocks=()), context)


def _read(words: OwnWords, letter: LetterContext, context: ReplyContext) -> Understood:
    """What the sender's words mean, if they are few enough to be somebody's answer."""
    own = words.everything
    if len(own) > MAX_OWN_TEXT or own.count("\n") > MAX_OWN_LINES:
        return Understood(words=words, message=words.text, unread=TOO_LONG)
    if not words.sure and words.empty_reason:
        return Understood(words=words, unread=words.empty_reason)
    return _Reading(words, letter, context).understood()


def quoted_lines(text: str) -> tuple[QuotedLine, ...]:
    """The lines of a plain text with their quote marks counted."""
    return tuple(_quoted(line) for line in text.splitlines())


def _quoted(line: str) -> QuotedLine:
    depth = 0
    while line.lstrip(" ").startswith(">"):
        line = line.lstrip(" ")[1:]
        depth += 1
    return QuotedLine(text=line.removeprefix(" ") if depth else line, depth=depth)


def _in_letter(context: ReplyContext, letter: LetterContext) -> ReplyContext:
    """`context` with what the letter's blocks say: which key result was asked by name, whether a list is numbered."""
    about = next((block.about for block in letter.blocks if isinstance(block, Question) and block.id == FIRST), "")
    numbered = any(isinstance(block, Items) and block.items for block in letter.blocks)
    within = replace(context, asked=context.asked or about, numbered=context.numbered or numbered)
    if letter.kind is not LetterKind.ACKNOWLEDGEMENT:
        return within
    return open_questions(within, within.pending or pending_of(letter.blocks, within))


class _Reading:
    """One reply being read: each step takes what it understands and leaves the rest."""

    def __init__(self, words: OwnWords, letter: LetterContext, context: ReplyContext) -> None:
        self.words = words
        self.letter = letter
        self.context = context
        self.lexicon: Lexicon = lexicon(context.locale)
        self.statements = StatementReader(context)
        self.said: list[Said] = []
        self.left: list[str] = []
        self.held: list[str] = []
        self.answers: dict[str, str] = {}
        self.given = Understood(words=words)

    def understood(self) -> Understood:
        """Command first, then what the letter asks, then key results; the rest is a message."""
        lines = [line for line in composed(self.words.text).splitlines() if line.strip()]
        found = command(self.words.text, self.context.pending, self.context.locale) if lines else None
        if found and found.choices:
            updates = chosen(found.choices, self.context.pending)
            self.said.append(Said(text=lines[0], outcomes=updates))
        if found:
            self.given = replace(self.given, command=found)
            lines = lines[1:]
        self._answers()
        match self.letter.kind:
            case LetterKind.FEEDBACK:
                self._feedback(lines)
            case LetterKind.AGENDA:
                self._agenda(lines)
            case LetterKind.INVITATION:
                self._invitation(lines)
            case LetterKind.WELCOME:
                self._welcome(lines)
            case LetterKind.EXCHANGE:
                self.left += lines
            case LetterKind.ACKNOWLEDGEMENT:
                self._acknowledgement(lines)
            case None:
                self._key_results(lines)
        return self._finished()

    def _finished(self) -> Understood:
        outcomes = settle(self.said, self.context)
        edited = [Problem(reason=ProblemReason.EDITED_QUOTE, kr=ref) for ref in self._edited()]
        return replace(
            self.given,
            updates=tuple(one for one in outcomes if isinstance(one, Update)),
            problems=tuple(one for one in (*outcomes, *edited) if isinstance(one, Problem)),
            answers=MappingProxyType(dict(self.answers)),
            message="\n".join(self.left).strip(),
            left=tuple(self.left),
            held=tuple(self.held),
        )

    def _edited(self) -> Iterable[str]:
        """Key results shown in a quote with another value than the letter had."""
        yield from self.words.edited
        if self.letter.blocks:
            return
        answered = {ref for answer in self.words.answers if (ref := self._shown_in(answer.to))}
        for line in self.words.quoted[:MAX_QUOTED]:
            ref = self._shown_in(line)
            kr = self.context.find(ref) if ref and ref not in answered else None
            if kr is None:
                continue
            for said in self.statements.read([Statement(text=line)]):
                values = [one.value for one in said.outcomes if isinstance(one, Update) and one.value is not None]
                if values and values[-1] != kr.current:
                    yield ref

    def _shown_in(self, line: str) -> str:
        """The ref of the key result that a line of ours shows."""
        found = _KR.search(line)
        return found[1] if found else ""

    # -------------------------------------------------------------- answers under our lines

    def _answers(self) -> None:
        """Sort what was written behind and under our lines."""
        blocks = {block.id: block for block in self.letter.blocks if isinstance(block, Choice)}
        for answer in self.words.answers:
            ref = self._shown_in(answer.to)
            if ref and (not self.letter.blocks or self._is_key_result(ref)):
                self._key_result_answer(ref, answer)
            elif not self.letter.blocks:
                self._key_results(answer.text.splitlines())
            elif answer.to in blocks:
                self._choice_answer(blocks[answer.to], answer)
            else:
                earlier = self.answers.get(answer.to)
                self.answers[answer.to] = f"{earlier}\n{answer.text}" if earlier else answer.text

    def _is_key_result(self, ref: str) -> bool:
        return any(isinstance(block, KeyResultLine) and block.ref == ref for block in self.letter.blocks)

    def _key_result_answer(self, ref: str, answer: Answer) -> None:
        if self._asks_nothing():
            self.held.append(f"KR {ref}: {answer.text}")
            return
        first, *more = [line for line in answer.text.splitlines() if line.strip()] or [""]
        said = self.statements.read([Statement(text=first, about=ref)])
        self.said += [one for one in said if not one.prose]
        self.left += [one.text for one in said if one.prose]
        if more:
            self._key_results(more)

    def _asks_nothing(self) -> bool:
        """Whether the letter asks for no key result, so that one named in the answer waits for the mentor."""
        return self.letter.kind in {LetterKind.FEEDBACK, LetterKind.EXCHANGE} or self.letter.to is Side.MENTOR

    def _choice_answer(self, choice: Choice, answer: Answer) -> None:
        """Words behind an open choice choose it; words of another choice under the last one choose that."""
        if choice.text.endswith(":"):
            self.answers[choice.id] = answer.text
            self.given = replace(self.given, choices=(*self.given.choices, choice.letter))
        else:
            self.left.append(answer.text)

    def _take(self, *ids: str) -> str:
        """The answers under these blocks, taken out of the rest."""
        return "\n".join(text for each in ids if (text := self.answers.pop(each, "")))

    # -------------------------------------------------------------- by letter

    def _key_results(self, lines: Sequence[str], *, held: bool = False) -> None:
        """Read lines for what they say of key results; the others are left."""
        for line in lines:
            said = self.statements.read([Statement(text=line)])
            meant = [one for one in said if not one.prose]
            if (held or self._asks_nothing()) and meant:
                self.held.append(line.strip())
                continue
            self.said += meant
            self.left += [one.text for one in said if one.prose]

    def _acknowledgement(self, lines: Sequence[str]) -> None:
        """Key results; a yes or a letter that fits no open question was asked once, so it waits for the mentor."""
        for line in lines:
            bare = fold(line).strip(_EDGES) if len(line) <= MAX_LINE else ""
            answering = any(self.lexicon.whole(f"commands.{name}", bare) for name in ("confirm", "reject"))
            if self.context.pending and (answering or (_LETTERS.fullmatch(bare) and len(bare) == 1)):
                self.held.append(line.strip())
            else:
                self._key_results([line])

    def _feedback(self, lines: Sequence[str]) -> None:
        given = feedback("\n".join(lines), self.context.locale)
        positive, suggestion = self._take("positive"), self._take("suggestion")
        given = replace(
            given,
            positive=(*given.positive, *((positive,) if positive else ())),
            suggestion=(*given.suggestion, *((suggestion,) if suggestion else ())),
        )
        self.given = replace(self.given, feedback=replace(given, left=()))
        self._key_results(given.left, held=True)

    def _agenda(self, lines: Sequence[str]) -> None:
        """Lines for the list, lines for key results, and the answer to the first question."""
        given = AgendaWords()
        prose: list[str] = []
        for line in lines:
            found = agenda(line, self.context.locale)
            said = self.statements.read([Statement(text=line)])
            meant = any(not one.prose for one in said)
            if meant and not (found.remove or found.move or _labelled(line)):
                self._key_results([line])
                prose += self._unsaid(line)
            elif found:
                given = _joined(given, found)
            else:
                prose.append(line)
        added = self._take("add")
        given = _joined(given, AgendaWords(add=tuple(_entries(added))))
        given = self._first(prose, given)
        tried, impact = self._take("tried"), self._take("impact")
        if tried or impact:
            self.given = replace(self.given, advice=(Advice(did=tried, impact=impact),))
        self.given = replace(self.given, agenda=given or None)

    def _unsaid(self, line: str) -> list[str]:
        """Prose beside an update in one line stays together as an answer to the first question."""
        prose = [one for one in self.left if one in line and one != line]
        self.left = [one for one in self.left if one not in prose]
        return prose

    def _first(self, prose: Sequence[str], given: AgendaWords) -> AgendaWords:
        """Free words on top answer the first question: a topic is a remark, anything else an answer."""
        spoken = [sentence for line in prose for sentence in sentences(line)]
        thanks = [one for one in spoken if self.lexicon.starts("sign_off", fold(one)) >= 0]
        meant = [one for one in spoken if one not in thanks]
        question = next(
            (block for block in self.letter.blocks if isinstance(block, Question) and block.id == FIRST), None
        )
        if not meant:
            self.left += thanks
            return given
        if question and self.lexicon.has("forms.topic", fold(question.text)):
            self.left += [*meant[1:], *thanks]
            return replace(given, remark=meant[0])
        self.left += thanks
        self.answers[FIRST] = " ".join(meant)
        return given

    def _invitation(self, lines: Sequence[str]) -> None:
        """Whether the person comes; other times never move anything by themselves."""
        choices = [block for block in self.letter.blocks if isinstance(block, Choice)]
        elsewhen = self._take(*(block.id for block in choices))
        given = invitation(lines, choices, self.given.choices, elsewhen, self.context.locale)
        request = AgendaWords(reschedule_request=given.reschedule_request) if given.reschedule_request else None
        self.given = replace(self.given, rsvp=given.rsvp, choices=(), agenda=request, asks=given.asks)
        self.left += given.left

    def _welcome(self, lines: Sequence[str]) -> None:
        """Aims, gain, consent, a draft; what remains answers the first question and so is an aim."""
        given, rest = welcome(lines, self._take("aims"), self._take("gain"), self.context.locale)
        before = len(self.left)
        self._key_results(rest)
        meant, self.left[before:] = self.left[before:], []
        if any(self.lexicon.has("forms.another_time", fold(one)) for one in meant):
            self.given = replace(self.given, agenda=AgendaWords(reschedule_request=" ".join(meant)))
        else:
            thanks = [one for one in meant if self.lexicon.starts("sign_off", fold(one)) >= 0]
            spoken = " ".join(one for one in meant if one not in thanks)
            self.left += thanks
            given = replace(given, aims=(*given.aims, *((spoken,) if spoken else ())))
        self.given = replace(self.given, welcome=given)


def _labelled(line: str) -> bool:
    """Whether a line begins with a label such as `Add:`."""
    return re.match(r"\s*[^\W\d_]+:", line) is not None


def _entries(text: str) -> Iterable[AgendaEntry]:
    return (entry(line.strip().lstrip("-+*• ").strip()) for line in text.splitlines() if line.strip())


def _joined(first: AgendaWords, second: AgendaWords) -> AgendaWords:
    return AgendaWords(
        add=first.add + second.add,
        remove=first.remove + second.remove,
        move=first.move + second.move,
        approve=first.approve or second.approve,
        remark="\n".join(part for part in (first.remark, second.remark) if part),
        reschedule_request="\n".join(part for part in (first.reschedule_request, second.reschedule_request) if part),
    )
