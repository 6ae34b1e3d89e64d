"""One context for each letter in each of its states, with people of the tests' own."""

import dataclasses
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache

from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.mail.rendering import Composed
from okrmate.services.letters.between_contexts import CheckInContext, CheckInState, DigestContext, LineWanted
from okrmate.services.letters.contexts import (
    ExchangeContext,
    ExchangeState,
    FeedbackContext,
    FormState,
    InvitationContext,
    InvitationCopyContext,
    InvitationState,
    OwnReplyContext,
    Said,
    WelcomeContext,
    WelcomeState,
    write,
)
from tests.mail.sample_agendas import AGENDAS
from tests.mail.sample_answers import answers
from tests.mail.sample_goals import goals
from tests.mail.sample_people import (
    AFTER,
    AFTER_ENDS,
    AIKO,
    COMPOSER,
    INES,
    KEY_RESULTS,
    RETURNS,
    TALK,
    TALK_ENDS,
    TOMAS,
    VISITS,
    Sample,
    speaking,
)

WELCOME = WelcomeContext(
    name="Tomas",
    other="Ines",
    first_talk=TALK,
    own_line="Your chairs are the reason I said yes.",
)
WELCOME_SHORT = WelcomeContext(
    name="Aiko", other="Ines", state=WelcomeState.SHORT, first_talk=TALK, minutes=45, place="video"
)
WELCOME_BARE = WelcomeContext(name="Tomas", other="Ines")
WELCOME_DRAFTED = replace(WELCOME, drafted=True, minutes=60)
WELCOME_CHARTER = replace(
    WELCOME,
    minutes=45,
    place="the phone",
    rhythm="every two weeks",
    confidentiality="It stays between the two of you, and nothing is written down of others.",
    aims=("To see you lead a rehearsal.", "To hand over the choir in two years."),
    gain="How a stage looks from the other side",
)

INVITATION = InvitationContext(name="Tomas", other="Ines", number=3, begins=TALK, ends=TALK_ENDS)
PLANNED = replace(INVITATION, place="the phone, Ines calls", agenda_on=date(2026, 9, 14))
MOVED = replace(
    INVITATION,
    name="Aiko",
    state=InvitationState.MOVED,
    begins=AFTER,
    ends=AFTER_ENDS,
    moved_from=TALK,
    agenda_sent=True,
    own_line="Sorry, a burst pipe. Thank you.",
)
CANCELLED = replace(INVITATION, state=InvitationState.CANCELLED)
COPY = InvitationCopyContext(name="Ines", other="Tomas", number=3, begins=TALK, ends=TALK_ENDS)
COPY_PLANNED = replace(COPY, place="the phone", agenda_on=date(2026, 9, 14))
COPY_MOVED = replace(COPY, state=InvitationState.MOVED, begins=AFTER, ends=AFTER_ENDS, moved_from=TALK)
COPY_CANCELLED = replace(COPY, state=InvitationState.CANCELLED)

FORM = FeedbackContext(
    name="Tomas",
    other="Ines",
    to=Side.PROTEGE,
    number=3,
    talk=TALK,
    days_since=0,
    shown_on=date(2026, 9, 22),
    until=date(2026, 9, 24),
)
HER_FORM = replace(FORM, name="Ines", other="Tomas", to=Side.MENTOR, days_since=1)
FORM_AGAIN = replace(FORM, name="Aiko", state=FormState.REMINDER, days_since=2, asleep=True)
HER_FORM_AGAIN = replace(HER_FORM, other="Aiko", state=FormState.REMINDER, days_since=7)

ASKED = CheckInContext(
    name="Tomas",
    other="Ines",
    day=date(2026, 9, 28),
    asked="1.1",
    title=VISITS.title,
    since=date(2026, 9, 1),
    own_line="Good luck at the fair.",
)
ASKED_AGAIN = replace(
    ASKED, name="Aiko", state=CheckInState.SECOND, next_talk=date(2026, 10, 15), since=date(2026, 8, 18), own_line=""
)
ASKED_FIRST = replace(ASKED, name="Aiko", day=date(2026, 9, 7), since=None, own_line="")

WEEK = DigestContext(
    name="Ines",
    other="",
    day=date(2026, 9, 14),
    lines=(
        LineWanted(id="line-1", name="Tomas", leaves=datetime(2026, 9, 14, 7, 0, tzinfo=UTC)),
        LineWanted(id="line-2", name="Aiko", leaves=datetime(2026, 9, 18, 0, 0, tzinfo=UTC)),
    ),
    needs=("Aiko: a mail", "Tomas: the bench"),
    moved=("Tomas, visits: 2 → 3 (KR 1.1)",),
    still=("Tomas, guide: 40 % (KR 1.3)",),
    late=("Aiko, agenda",),
    leaving=("09:00, Tomas", "18:00, Aiko"),
)
NEEDED = replace(WEEK, lines=(), needs=WEEK.needs[:1], moved=(), late=())

HERS = Said(positive=("You let the guests be slow.",), suggestion=("Bring the bill you do not want to open.",))
HIS = Said(positive=("You asked what it smells like.", "And you laughed."), suggestion=("Numbers first?",))
HER_REPLY = OwnReplyContext(
    name="Tomas",
    other="Ines",
    said=(
        "That sounds like a heavy month.",
        "",
        "1. What would help most before Thursday?",
        "::own *Or* is Friday the better day? {{ name }}",
    ),
)
TO_HIM = ExchangeContext(
    name="Tomas",
    other="Ines",
    to=Side.PROTEGE,
    state=ExchangeState.BOTH,
    number=3,
    talk=TALK,
    yours=HIS,
    theirs=HERS,
    next_talk=date(2026, 10, 15),
)
TO_HER = replace(TO_HIM, name="Ines", other="Tomas", to=Side.MENTOR, yours=HERS, theirs=HIS)
HIS_ONLY = replace(TO_HIM, state=ExchangeState.YOURS_ONLY, theirs=Said())
HER_NONE = replace(TO_HER, state=ExchangeState.THEIRS_ONLY, yours=Said(), next_talk=None)
HALVES = replace(
    TO_HIM,
    yours=Said(positive=HIS.positive),
    theirs=Said(suggestion=HERS.suggestion),
    noted=("Three chairs, then a table.",),
)

PLANNED_LETTERS: Mapping[str, Sample] = {
    "welcome": Sample(reader=TOMAS, context=WELCOME),
    "welcome_short": Sample(reader=AIKO, context=WELCOME_SHORT),
    "welcome_bare": Sample(reader=TOMAS, context=WELCOME_BARE),
    "welcome_drafted": Sample(reader=TOMAS, context=WELCOME_DRAFTED),
    "welcome_charter": Sample(reader=TOMAS, context=WELCOME_CHARTER),
    "invitation": Sample(reader=TOMAS, context=PLANNED),
    "invitation_moved": Sample(reader=AIKO, context=MOVED),
    "invitation_cancelled": Sample(reader=TOMAS, context=CANCELLED),
    "invitation_copy": Sample(reader=INES, context=COPY_PLANNED, asks=False),
    "invitation_copy_moved": Sample(reader=INES, context=COPY_MOVED, asks=False),
    "invitation_copy_cancelled": Sample(reader=INES, context=COPY_CANCELLED, asks=False),
    **AGENDAS,
    "check-in": Sample(reader=TOMAS, context=ASKED, krs=KEY_RESULTS),
    "check-in_second": Sample(reader=AIKO, context=ASKED_AGAIN, krs={VISITS: "2", RETURNS: "30"}),
    "check-in_one": Sample(reader=AIKO, context=ASKED_FIRST, krs={VISITS: None}),
    "feedback": Sample(reader=TOMAS, context=FORM),
    "feedback_mentor": Sample(reader=INES, context=HER_FORM),
    "feedback_reminder": Sample(reader=AIKO, context=FORM_AGAIN),
    "feedback_mentor_reminder": Sample(reader=INES, context=HER_FORM_AGAIN),
    "exchange": Sample(reader=TOMAS, context=TO_HIM, asks=False),
    "exchange_mentor": Sample(reader=INES, context=TO_HER, asks=False),
    "exchange_yours_only": Sample(reader=TOMAS, context=HIS_ONLY, asks=False),
    "exchange_theirs_only": Sample(reader=INES, context=HER_NONE, asks=False),
    "exchange_halves": Sample(reader=TOMAS, context=HALVES, asks=False),
    "digest": Sample(reader=INES, context=WEEK),
    "digest_needs": Sample(reader=INES, context=NEEDED, asks=False),
    "digest_quiet": Sample(
        reader=INES, context=DigestContext(name="Ines", other="", day=date(2026, 9, 14)), asks=False
    ),
    "reply": Sample(reader=TOMAS, context=HER_REPLY, asks=False),
}


def samples(language: str) -> Mapping[str, Sample]:
    """Every letter in every state as somebody of this language gets it."""
    in_words = COMPOSER.words(speaking(TOMAS, language))
    return {
        name: dataclasses.replace(sample, reader=speaking(sample.reader, language), context=sample.told(language))
        for name, sample in {**PLANNED_LETTERS, **answers(in_words), **goals(in_words)}.items()
    }


SAMPLES = samples("en")
GERMAN = samples("de")


@cache
def written(sample: Sample) -> Composed:
    """The letter of a sample."""
    return write(COMPOSER, sample.context, COMPOSER.words(sample.reader))
