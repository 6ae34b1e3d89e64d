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
from okrmate.reply.courtesies import in_order, without_courtesies
from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.forms import AgendaEntry, AgendaWords, FeedbackWords, agenda, entry, feedback
from okrmate.reply.gathering import Gathering
from okrmate.reply.invitations import invitation
from okrmate.reply.lexicon import Lexicon, lexicon
from okrmate.reply.own_words import TOO_LONG, OwnWords, own_words
from okrmate.reply.sentences import sentences
from okrmate.reply.settling import settle
from okrmate.reply.statements import Said, Statement
from okrmate.reply.updates import Op, Outcome, Problem, ProblemReason, Update
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

_LETTERS = re.compile(r"\(?([a-z])\)?\.?(?:\s*(?:,|&|\+|/|and|und|\s)\s*\(?[a-z]\)?\.?)*[!.]*")
_EDGES = " \t.,;:!?\"'()🙂😊👍"


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
    return open_questions(within, within.pending or pending_of(letter.blocks, within), letter.blocks)


class _Reading:
    """One reply being read: each step takes what it understands and leaves the rest."""

    def __init__(self, words: OwnWords, letter: LetterContext, context: ReplyContext) -> None:
        self.words = words
        self.letter = letter
        self.context = context
        self.lexicon: Lexicon = lexicon(context.locale)
        asks_nothing = letter.kind in {LetterKind.FEEDBACK, LetterKind.EXCHANGE} or letter.to is Side.MENTOR
        self.sorted = Gathering(words, letter.blocks, context, asks_nothing=asks_nothing)
        self.given = Understood(words=words)

    def understood(self) -> Understood:
        """Command first, then what the letter asks, then key results; the rest is a message."""
        lines = [line for line in composed(self.words.text).splitlines() if line.strip()]
        found = command(self.words.text, self.context.pending, self.context.locale) if lines else None
        if found and found.choices:
            updates = chosen(found.choices, self.context.pending)
            self.sorted.said.append(Said(text=lines[0], outcomes=updates))
        if found:
            self.given = replace(self.given, command=found)
            lines = lines[1:]
        lines = without_courtesies(lines, self.lexicon, self.context.writer)
        self.sorted.sort_answers()
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
                self.sorted.left += lines
            case LetterKind.ACKNOWLEDGEMENT:
                self._acknowledgement(lines)
            case None:
                self.sorted.key_results(lines)
        return self._finished()

    def _finished(self) -> Understood:
        self.sorted.left = in_order(self.sorted.left, composed(self.words.everything))
        outcomes = settle(self.sorted.said, self.context)
        edited = [Problem(reason=ProblemReason.EDITED_QUOTE, kr=ref) for ref in self.sorted.edited()]
        return replace(
            self.given,
            updates=tuple(one for one in outcomes if isinstance(one, Update)),
            problems=tuple(one for one in (*outcomes, *edited) if isinstance(one, Problem)),
            answers=MappingProxyType(dict(self.sorted.answers)),
            message="\n".join(self.sorted.left).strip(),
            left=tuple(self.sorted.left),
            held=tuple(self.sorted.held),
        )

    def _acknowledgement(self, lines: Sequence[str]) -> None:
        """Key results; a yes or a letter that fits no open question was asked once, so it waits for the mentor."""
        for line in lines:
            bare = fold(line).strip(_EDGES) if len(line) <= MAX_LINE else ""
            answering = any(self.lexicon.whole(f"commands.{name}", bare) for name in ("confirm", "reject"))
            if self.context.pending and (answering or (_LETTERS.fullmatch(bare) and len(bare) == 1)):
                self.sorted.held.append(line.strip())
            else:
                self.sorted.key_results([line])

    def _feedback(self, lines: Sequence[str]) -> None:
        given = feedback("\n".join(lines), self.context.locale)
        positive, suggestion = self.sorted.take("positive"), self.sorted.take("suggestion")
        given = replace(
            given,
            positive=(*given.positive, *((positive,) if positive else ())),
            suggestion=(*given.suggestion, *((suggestion,) if suggestion else ())),
        )
        self.given = replace(self.given, feedback=replace(given, left=()))
        self.sorted.key_results(given.left, held=True)

    def _agenda(self, lines: Sequence[str]) -> None:
        """Lines for the list, lines for key results, and the answer to the first question."""
        given = AgendaWords()
        prose: list[str] = []
        for line in lines:
            found = agenda(line, self.context.locale)
            said = self.sorted.statements.read([Statement(text=line)])
            meant = any(not one.prose for one in said)
            if _labelled(line) and (item := self._number_beside(line)):
                given = _joined(given, agenda(item, self.context.locale))
            elif meant and not (found.remove or found.move or _labelled(line)):
                self.sorted.key_results([line])
                prose += self._unsaid(line)
            elif found:
                given = _joined(given, found)
            else:
                prose.append(line)
        added = self.sorted.take("add")
        items = "\n".join(self._number_beside(line) or line for line in added.splitlines())
        given = _joined(given, AgendaWords(add=tuple(_entries(items))))
        given = self._first(prose, given)
        tried, impact = self.sorted.take("tried"), self.sorted.take("impact")
        if tried or impact:
            self.given = replace(self.given, advice=(Advice(did=tried, impact=impact),))
        self.given = replace(self.given, agenda=given or None)

    def _number_beside(self, line: str) -> str:
        """An item behind which a key result's value stands, without it; the value is taken. Empty where none does."""
        said = self.sorted.statements.read([Statement(text=line)])
        if not said or not said[0].prose or not any(_gives(one) for one in said):
            return ""
        self.sorted.key_results([one.text for one in said[1:]])
        return said[0].text

    def _unsaid(self, line: str) -> list[str]:
        """Prose beside an update in one line stays together as an answer to the first question."""
        prose = [one for one in self.sorted.left if one in line and one != line]
        self.sorted.left = [one for one in self.sorted.left if one not in prose]
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
            self.sorted.left += thanks
            return given
        if question and self.lexicon.has("forms.topic", fold(question.text)):
            self.sorted.left += [*meant[1:], *thanks]
            return replace(given, remark=meant[0])
        self.sorted.left += thanks
        self.sorted.answers[FIRST] = " ".join(meant)
        return given

    def _invitation(self, lines: Sequence[str]) -> None:
        """Whether the person comes; other times never move anything by themselves."""
        choices = [block for block in self.letter.blocks if isinstance(block, Choice)]
        elsewhen = self.sorted.take(*(block.id for block in choices))
        given = invitation(lines, choices, self.sorted.letters, elsewhen, self.context.locale)
        request = AgendaWords(reschedule_request=given.reschedule_request) if given.reschedule_request else None
        self.given = replace(self.given, rsvp=given.rsvp, choices=(), agenda=request, asks=given.asks)
        self.sorted.left += given.left

    def _welcome(self, lines: Sequence[str]) -> None:
        """Aims, gain, consent, a draft; what remains answers the first question and so is an aim."""
        given, rest = welcome(lines, self.sorted.take("aims"), self.sorted.take("gain"), self.context.locale)
        before = len(self.sorted.left)
        self.sorted.key_results(rest)
        meant, self.sorted.left[before:] = self.sorted.left[before:], []
        if any(self.lexicon.has("forms.another_time", fold(one)) for one in meant):
            self.given = replace(self.given, agenda=AgendaWords(reschedule_request=" ".join(meant)))
        else:
            thanks = [one for one in meant if self.lexicon.starts("sign_off", fold(one)) >= 0]
            spoken = " ".join(one for one in meant if one not in thanks)
            self.sorted.left += thanks
            given = replace(given, aims=(*given.aims, *((spoken,) if spoken else ())))
        self.given = replace(self.given, welcome=given)


def _labelled(line: str) -> bool:
    """Whether a line begins with a label such as `Add:`."""
    return re.match(r"\s*[^\W\d_]+:", line) is not None


def _gives(said: Said) -> bool:
    """Whether something more than a note is said of a key result."""
    return any(isinstance(one, Problem) or one.op is not Op.NOTE for one in said.outcomes)


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
