"""The one way in: a reply's lines, the letter it answers and its key results → everything that was understood."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from okrmate.domain.letters import FIRST, AnswerLine, Block, Items, LetterKind, Outgoing, Question, QuotedLine
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, replace
from okrmate.reply.choices import chosen, open_questions, pending_of
from okrmate.reply.commands import Command, command, hold
from okrmate.reply.context import ReplyContext
from okrmate.reply.courtesies import in_order, without_courtesies
from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.forms import AgendaWords
from okrmate.reply.gathering import Gathering
from okrmate.reply.inline_marks import without_marks
from okrmate.reply.kept import OwnWords
from okrmate.reply.labelled import Labelled, labelled
from okrmate.reply.letters.acknowledgement import acknowledgement
from okrmate.reply.letters.agenda import agenda
from okrmate.reply.letters.closing import closing
from okrmate.reply.letters.coach import coach
from okrmate.reply.letters.digest import digest
from okrmate.reply.letters.feedback import HALVES, feedback, half_asked
from okrmate.reply.letters.invitation import invitation
from okrmate.reply.letters.mid_cycle import mid_cycle
from okrmate.reply.letters.refine import refine
from okrmate.reply.letters.welcome import welcome
from okrmate.reply.lexicon import lexicon
from okrmate.reply.own_words import TOO_LONG, own_words
from okrmate.reply.retractions import on_the_next_line
from okrmate.reply.settling import settle
from okrmate.reply.somebody_else import NOBODY, Correspondents
from okrmate.reply.statements import Said
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Problem, ProblemReason, Update

Reader = Callable[[Sequence[str], Gathering, Understood], Understood]
READERS: Mapping[LetterKind | None, Reader] = MappingProxyType(
    {
        LetterKind.WELCOME: welcome,
        LetterKind.INVITATION: invitation,
        LetterKind.AGENDA: agenda,
        LetterKind.FEEDBACK: feedback,
        LetterKind.ACKNOWLEDGEMENT: acknowledgement,
        LetterKind.COACH: coach,
        LetterKind.REFINE_SUMMARY: refine,
        LetterKind.MID_CYCLE: mid_cycle,
        LetterKind.CLOSING: closing,
        LetterKind.DIGEST: digest,
    }
)
"""Who reads the answers to the letters that ask for something."""


class LetterContext(Frozen):
    """The letter a reply answers; `kind` None is a letter that asks for key results and nothing else.

    Where its questions are `closed`, no letter chooses among what it offered. `known` are the two it lies between.
    """

    kind: LetterKind | None
    blocks: tuple[Block, ...]
    to: Side = Side.PROTEGE
    closed: bool = False
    known: Correspondents = NOBODY

    @classmethod
    def of(cls, letter: Outgoing) -> "LetterContext":
        """The context of a letter as it was stored."""
        return cls(kind=letter.kind, blocks=letter.blocks, to=letter.to)

    @property
    def asks_key_results(self) -> bool:
        """Whether a value in an answer is what the letter asks for; else it waits for the mentor.

        The mentor is asked only about the numbers that she has written herself, in the letter that answers them.
        """
        if self.to is Side.MENTOR:
            about = (block.about for block in self.blocks if isinstance(block, Question))
            return self.kind is LetterKind.ACKNOWLEDGEMENT and any(about)
        match self.kind:
            case LetterKind.FEEDBACK | LetterKind.EXCHANGE | LetterKind.REPLY | LetterKind.DIGEST | LetterKind.CLOSED:
                return False
            case LetterKind.COACH | LetterKind.REFINE_SUMMARY | LetterKind.MID_CYCLE | LetterKind.CLOSING:
                return False
            case LetterKind.ACKNOWLEDGEMENT:
                return not half_asked(self.blocks)
            case _:
                return True


MAX_OWN_LINES = 1000
MAX_OWN_TEXT = 100_000
"""More than this in the sender's own words is no answer to a letter: it is kept, unread, for the mentor."""


def read(lines: Sequence[QuotedLine], letter: LetterContext, context: ReplyContext) -> Understood:
    """What a reply to `letter` says; the same for the poller and for `explain`. Never raises on any input."""
    found = own_words(lines, letter.blocks, context.locale, letter.known)
    words = without_marks(found, context.writer, lexicon(context.locale))
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
    if letter.closed:
        return open_questions(within, (), letter.blocks)
    return open_questions(within, within.pending or pending_of(letter.blocks, within), letter.blocks)


class _Reading:
    """One reply being read: each step takes what it understands and leaves the rest."""

    def __init__(self, words: OwnWords, letter: LetterContext, context: ReplyContext) -> None:
        self.words = words
        self.letter = letter
        self.context = context
        self.sorted = Gathering(words, letter.blocks, context, asks_nothing=not letter.asks_key_results)
        self.text = "\n".join(part for part in (words.text, self.sorted.take(FIRST)) if part.strip())
        """What stands above the letter, and what under its question: they answer the same."""
        self.given = Understood(words=words)

    def understood(self) -> Understood:
        """Command first, then what the letter asks, then key results; the rest is a message."""
        lines = [line for line in composed(self.text).splitlines() if line.strip()]
        headed = bool(lines) and lines[0].rstrip().endswith(":")  # "Next week:" is about what stands below
        found = self._command() if lines and not headed else None
        if found and len(lines) > 1 and on_the_next_line(fold(lines[1][:MAX_LINE]), self.sorted.lexicon):
            self.sorted.held += lines[:2]
            found, lines = None, lines[2:]
        if found and found.choices:
            updates = chosen(found.choices, self.context.pending)
            self.sorted.said.append(Said(text=lines[0], outcomes=updates))
        if found:
            self.given = replace(self.given, command=found)
            lines = lines[1:]
        beside = bool(self.sorted.unsorted)
        others = self._of_others(without_courtesies(lines, self.sorted.lexicon, self.context.writer, beside=beside))
        self.sorted.statements.heed(others.left, self.letter.known.names)
        self.given = self._form(others.left)
        self._join(others)
        self.sorted.sort_answers()
        return self._finished()

    def _command(self) -> Command | None:
        """The command that the first line is; the mentor may hold the letter of which she has a copy."""
        copy = self.letter.kind is LetterKind.AGENDA and self.letter.to is Side.MENTOR
        held = hold(self.text, self.context.locale) if copy else None
        return held or command(self.text, self.context.pending, self.context.locale)

    def _of_others(self, lines: Sequence[str]) -> Labelled:
        """Lines that answer another letter than this one, by their label."""
        own_reader = self.letter.kind is LetterKind.DIGEST
        if own_reader or not self.letter.blocks:
            return Labelled(left=list(lines))
        asked = {block.id for block in self.letter.blocks if isinstance(block, AnswerLine | Question)}
        own = asked | (HALVES if asked & HALVES else frozenset())
        return labelled(lines, own, self.sorted.lexicon)

    def _join(self, others: Labelled) -> None:
        agenda_said = self.given.agenda or AgendaWords()
        items = tuple(one for one in others.items if not self.sorted.takes(one.text))
        if items:
            added = replace(agenda_said, add=(*agenda_said.add, *items))
            self.given = replace(self.given, agenda=added)
        if others.feedback:
            self.given = replace(self.given, feedback=others.feedback)

    def _form(self, lines: Sequence[str]) -> Understood:
        """What the letter asks, by the reader of its kind; words for the mentor where it asks nothing."""
        reader = READERS.get(self.letter.kind)
        if reader is not None:
            return reader(lines, self.sorted, self.given)
        if self.letter.kind in (LetterKind.CHECK_IN, None):
            self.sorted.key_results(lines)
        else:
            self.sorted.left += lines
        return self.given

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
            held_outcomes=MappingProxyType(dict(self.sorted.held_outcomes)),
        )
