"""Letters of ours that stand in a mail beside the one it answers: what is written in them is read against them."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TypeVar

from okrmate.domain.letters import LetterKind, Outgoing, QuotedLine
from okrmate.domain.meetings import Meeting
from okrmate.frozen import Frozen, replace
from okrmate.reply.context import ReplyContext
from okrmate.reply.forms import AgendaWords, FeedbackWords
from okrmate.reply.kept import OwnWords
from okrmate.reply.parting import letters_in
from okrmate.reply.settling import settle
from okrmate.reply.statements import Said
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Outcome, Problem, Update
from okrmate.services.incoming.words_left import words_left
from okrmate.services.mentoring import feedback
from okrmate.services.ports import Reader
from okrmate.services.tables import MEETINGS, OUTGOING

T = TypeVar("T")
LOOKED_FOR = 20
"""So many of the letters to one person are looked for, the youngest: what is older than that nobody forwards."""
MOST = 4
"""So many of them are read at most."""


class ReadBeside(Frozen):
    """One such letter, what is said in it, and under which refs the answered letter has its key results."""

    letter: Outgoing
    said: Understood
    refs: Mapping[str, str]


def others_in(reader: Reader, letter: Outgoing, lines: Sequence[QuotedLine]) -> tuple[Outgoing, ...]:
    """The other letters to the same person that stand in a mail which answers this one; none in nearly every mail."""
    sent = [
        each
        for each in reader.find(OUTGOING, "mentorship", letter.mentorship)
        if each.to is letter.to and each.sent_at is not None and each.id != letter.id
    ]
    youngest = sorted(sent, key=attrgetter("created_at"), reverse=True)[:LOOKED_FOR]
    found = letters_in(lines, letter.blocks, [each.blocks for each in youngest])
    return tuple(youngest[number] for number in found[:MOST])


def together(
    reader: Reader, letter: Outgoing, main: Understood, beside: Iterable[ReadBeside], context: ReplyContext
) -> Understood:
    """Everything one mail says; what cannot be tied to its own talk or key result goes to the mentor as words.

    Two values of one key result are asked about, and a command counts above the answered letter alone.
    """
    for one in beside:
        main = _joined(reader, letter, main, one, context)
    return main


def _joined(reader: Reader, letter: Outgoing, main: Understood, one: ReadBeside, context: ReplyContext) -> Understood:
    said, left = one.said, []
    if said.command is not None:
        left += said.words.text.splitlines()
    outcomes = [_under(outcome, one.refs) for outcome in said.outcomes]
    left += [outcome.words for outcome, here in zip(said.outcomes, outcomes, strict=True) if here is None]
    settled = settle(
        [Said(text="", outcomes=main.outcomes), Said(text="", outcomes=tuple(filter(None, outcomes)))], context
    )
    joined = replace(
        main,
        words=_words(main.words, said.words),
        updates=tuple(each for each in settled if isinstance(each, Update)),
        problems=tuple(each for each in settled if isinstance(each, Problem)),
    )
    for take in (_feedback, _items, _participation):
        joined, said = take(reader, letter, joined, one, said)
    left += [line for piece in words_left(said) for line in piece.splitlines()]
    return replace(joined, left=(*joined.left, *left))


def _feedback(
    reader: Reader, letter: Outgoing, main: Understood, one: ReadBeside, said: Understood
) -> tuple[Understood, Understood]:
    """The halves that were written into the form of the very talk that words of this mail would be about."""
    given = said.feedback
    if given is None:
        return main, said
    form = letter if letter.kind is LetterKind.FEEDBACK else feedback.open_form(reader, letter.mentorship, letter.to)
    known = main.feedback or FeedbackWords()
    tied = form is not None and one.letter.meeting == form.meeting
    if given.no_meeting or known.no_meeting or not tied:
        return main, replace(said, feedback=None, left=(*said.left, *given.positive, *given.suggestion))
    whole = replace(
        known,
        positive=(*known.positive, *_new(given.positive, known.positive)),
        suggestion=(*known.suggestion, *_new(given.suggestion, known.suggestion)),
    )
    return replace(main, feedback=whole), replace(said, feedback=None)


def _items(
    _reader: Reader, _letter: Outgoing, main: Understood, _one: ReadBeside, said: Understood
) -> tuple[Understood, Understood]:
    """Points for the list; any other wish for it is the mentor's to read."""
    if said.agenda is None:
        return main, said
    known = main.agenda or AgendaWords()
    agenda = replace(known, add=(*known.add, *_new(said.agenda.add, known.add)))
    approved = ("the list suits",) if said.agenda.approve else ()
    rest = replace(said, agenda=replace(said.agenda, add=()), left=(*said.left, *approved))
    return (replace(main, agenda=agenda) if agenda else main), rest


def _participation(
    reader: Reader, letter: Outgoing, main: Understood, one: ReadBeside, said: Understood
) -> tuple[Understood, Understood]:
    """Whether the person comes to the talk of this letter, where the invitation is to the talk as it is planned now."""
    if said.rsvp is None:
        return main, said
    meeting: Meeting | None = reader.get(MEETINGS, letter.meeting) if letter.meeting else None
    same = meeting is not None and one.letter.meeting == letter.meeting and meeting.changed_at <= one.letter.created_at
    if same and main.rsvp is None:
        return replace(main, rsvp=said.rsvp), replace(said, rsvp=None)
    return main, replace(said, rsvp=None, left=tuple(said.words.everything.splitlines()))


def _new(found: Sequence[T], known: Sequence[T]) -> Iterator[T]:
    return (each for each in found if each not in known)


def _under(outcome: Outcome, refs: Mapping[str, str]) -> Outcome | None:
    """The outcome under the ref its key result has in the answered letter; None where that does not have it."""
    if not outcome.kr:
        return outcome
    return dataclasses.replace(outcome, kr=refs[outcome.kr]) if outcome.kr in refs else None


def _words(first: OwnWords, second: OwnWords) -> OwnWords:
    return replace(
        first,
        text="\n".join(text for text in (first.text, second.text) if text),
        answers=(*first.answers, *second.answers),
        empty_reason="" if first.everything or second.everything else first.empty_reason,
    )
