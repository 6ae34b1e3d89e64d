"""Each letter in each of its states with made-up people, to see whether a home's templates can be written at all."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

from okrmate.domain.agenda import AgendaState
from okrmate.domain.letters import Item
from okrmate.domain.meetings import Participation
from okrmate.domain.metrics import Count
from okrmate.domain.okrs import KeyResult
from okrmate.domain.people import Side
from okrmate.domain.summaries import NOTHING_HEARD
from okrmate.frozen import replace
from okrmate.mail.rendering import Composer
from okrmate.mail.words import Words
from okrmate.services.letters.between_contexts import CheckInContext, CheckInState, DigestContext, LineWanted
from okrmate.services.letters.contexts import (
    AcknowledgementContext,
    AcknowledgementState,
    Advice,
    AgendaContext,
    AgendaCopyContext,
    AskedQuestion,
    ExchangeContext,
    ExchangeState,
    FeedbackContext,
    FilePart,
    FinalAgendaContext,
    FormState,
    InvitationContext,
    InvitationCopyContext,
    InvitationState,
    Late,
    LetterContext,
    OfferedChoice,
    OpenQuestion,
    OwnReplyContext,
    Said,
    WelcomeContext,
    WelcomeState,
    write,
)
from okrmate.services.letters.key_result_lines import display_key_result
from okrmate.services.letters.preparation_texts import PreparationTexts, Section, SectionName
from okrmate.services.letters.set_trials import set_trials

_TALK = datetime(2026, 9, 17, 8, 0, tzinfo=UTC)
_ENDS = datetime(2026, 9, 17, 9, 0, tzinfo=UTC)
_DAY = date(2026, 9, 14)
_LINE = "One line of her own"
_SAID = Said(positive=("One",), suggestion=("Two",))
_KEY_RESULT = KeyResult(
    id="trial", mentorship="trial", objective="trial", ref="1.1", title="Trial", metric=Count(target=Decimal(3))
)
_PREPARED = PreparationTexts(
    ask="Why?",
    because="it is asked",
    listen="a silence",
    asking=("Ask", "because", "listen for"),
    sections=tuple(Section(name=name, title="Trial", lines=("One", "Two")) for name in SectionName),
)
_QUESTION = OpenQuestion(
    id="q1", words="about 5", asks="Which one?", about="Trial", ref="1.1", choices=(OfferedChoice(id="c1", text="5"),)
)


def write_all(composer: Composer, words: Words) -> int:
    """Write every letter in every state as text and as HTML; how many there were. Raises what a template raises."""
    written = [write(composer, context, words) for context in _contexts(words)]
    for letter in written:
        composer.html(letter.blocks, words.language)
    return len(written)


def _contexts(words: Words) -> Iterator[LetterContext]:
    yield from _welcomes()
    yield from _invitations()
    yield from _agendas(words)
    yield from _check_ins(words)
    for state, side in product(FormState, Side):
        form = FeedbackContext(
            name="A", other="B", state=state, to=side, number=2, talk=_TALK, days_since=2, shown_on=_DAY, until=_DAY
        )
        yield from (form, replace(form, asleep=True, days_since=0, own_line=_LINE))
    for shown, side in product(ExchangeState, Side):
        exchange = ExchangeContext(name="A", other="B", state=shown, to=side, number=2, talk=_TALK)
        yield from (exchange, replace(exchange, yours=_SAID, theirs=_SAID, noted=("One",), next_talk=_DAY))
    yield DigestContext(name="A", other="", day=_DAY)
    some = DigestContext(name="A", other="", day=_DAY, needs=("One",), moved=("Two",), still=("Three",), late=("Four",))
    yield some
    wanted = LineWanted(id="line-1", name="B", leaves=_TALK)
    yield replace(some, lines=(wanted,), needs=("One", "Two"), leaving=("Five",))
    yield from set_trials(words)
    yield OwnReplyContext(name="A", other="B", said=("One", "", "Two"))
    yield from _acknowledgements()


def _welcomes() -> Iterator[LetterContext]:
    for state in WelcomeState:
        yield WelcomeContext(name="A", other="B", state=state, invites=False)
        yield WelcomeContext(
            name="A", other="B", state=state, first_talk=_TALK, minutes=45, place="here", drafted=True, own_line=_LINE
        )


def _invitations() -> Iterator[LetterContext]:
    for kind, state in product((InvitationContext, InvitationCopyContext), InvitationState):
        bare = kind(name="A", other="B", state=state, number=2, begins=_TALK, ends=_ENDS)
        yield bare
        yield replace(bare, place="here", moved_from=_TALK, agenda_on=_DAY, agenda_sent=True, own_line=_LINE)


def _check_ins(words: Words) -> Iterator[LetterContext]:
    krs = (display_key_result(_KEY_RESULT, NOTHING_HEARD, words),)
    for state, day in product(CheckInState, (1, 15, 30)):
        on = _DAY.replace(day=day)
        bare = CheckInContext(name="A", other="B", state=state, day=on, asked="1.1", title="Trial", krs=krs)
        yield from (bare, replace(bare, since=_DAY, next_talk=_DAY, own_line=_LINE))


def _agendas(words: Words) -> Iterator[LetterContext]:
    krs = (display_key_result(_KEY_RESULT, NOTHING_HEARD, words),)
    items = (Item(number=1, text="Trial", minutes=10),)
    for kind, state, late in product((AgendaContext, AgendaCopyContext), AgendaState, Late):
        bare = kind(name="A", other="B", state=state, late=late, number=2, begins=_TALK, minutes=60)
        full = replace(bare, items=items, krs=krs, heard_on=_DAY, since=_DAY, days_ahead=1, own_line=_LINE)
        full = replace(full, questions=(AskedQuestion(id="q1", text="Why?"),), advice=Advice(on=_DAY, words="Rest."))
        if isinstance(full, AgendaCopyContext):
            full = replace(full, sent_at=_TALK, last_answer=_DAY, prepared=_PREPARED)
        yield from (bare, full)
    for side, days in product(Side, (0, 1, 3)):
        final = FinalAgendaContext(name="A", other="B", to=side, number=2, begins=_TALK, days_ahead=days)
        yield from (final, replace(final, items=items, left_out=("One", "Two")))


def _acknowledgements() -> Iterator[LetterContext]:
    for state, coming in product(AcknowledgementState, Participation):
        bare = AcknowledgementContext(name="A", other="B", state=state, rsvp=coming, talk=_TALK)
        yield replace(bare, shown_on=_DAY, undone_mail=_TALK, missing=("positive",))
        yield replace(
            bare,
            changed=("Trial: 1 → 2 of 3", "Trial: 2 → 3 of 3"),
            heard=("Trial: a note",),
            added=("A point",),
            questions=(_QUESTION, replace(_QUESTION, id="q2", ref="", about="")),
            passed_on=("Thank you",),
            kept=("positive",),
            missing=("suggestion",),
            reached=True,
            back=True,
            undo=True,
            next_talk=_TALK,
            undone_mail=_TALK,
            undone_part="1.1",
            shown_on=_DAY,
            until=_DAY,
            file=(FilePart(heading="You", lines=("A name",)),),
        )
