"""What each letter is told: frozen values that its template turns into sentences.

Moments are aware; templates show them on the reader's clock. `name` is the reader's first name, `other` the
first name of the person on the other side.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from okrmate.domain.agenda import AgendaState
from okrmate.domain.feedback import Feedback
from okrmate.domain.letters import Item, Items, KeyResultLine
from okrmate.domain.meetings import Participation
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, asdict
from okrmate.mail.rendering import Composed, Composer
from okrmate.mail.words import Words
from okrmate.services.letters.preparation_texts import PreparationTexts

AGENDA_LIST = "agenda"
"""The name of the agenda's list in its templates (`::items agenda`)."""


class LetterContext(Frozen):
    """What every letter knows; `own_line` is the mentor's own and leaves no trace where it is empty."""

    template: ClassVar[str]
    name: str
    other: str
    own_line: str = ""
    krs: tuple[KeyResultLine, ...] = ()
    items: tuple[Item, ...] = ()

    def told(self) -> dict[str, object]:
        """What its template may say, by name."""
        return asdict(self)


def write(composer: Composer, context: LetterContext, words: Words) -> Composed:
    """The letter of a context in its reader's words, or `BrokenTemplateError`."""
    return composer.compose(
        context.template,
        context.told(),
        words,
        key_results=context.krs,
        lists={AGENDA_LIST: Items(items=context.items)},
    )


class WelcomeState(StrEnum):
    """Whether there is time to prepare before the first talk."""

    NORMAL = "normal"
    SHORT = "short"


class WelcomeContext(LetterContext):
    """The first letter to a protégé; `drafted`: there are goals; `invites`: an invitation to each talk comes by mail.

    How it would run is what the charter says, else length and place of the first talk; of the mentor's own aims and
    gain, and of the charter, what is empty leaves no trace.
    """

    template: ClassVar[str] = "welcome"
    state: WelcomeState = WelcomeState.NORMAL
    first_talk: datetime | None = None
    minutes: int = 0
    place: str = ""
    rhythm: str = ""
    confidentiality: str = ""
    aims: tuple[str, ...] = ()
    gain: str = ""
    drafted: bool = False
    invites: bool = True


class InvitationState(StrEnum):
    """What happened to the talk."""

    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"


class InvitationContext(LetterContext):
    """A talk that was planned, moved or cancelled; `agenda_on` is the day its agenda leaves, if it will."""

    template: ClassVar[str] = "invitation"
    state: InvitationState = InvitationState.PLANNED
    number: int
    begins: datetime
    ends: datetime
    place: str = ""
    moved_from: datetime | None = None
    agenda_on: date | None = None
    agenda_sent: bool = False


class InvitationCopyContext(InvitationContext):
    """The mentor's copy of an invitation; it asks nothing."""

    template: ClassVar[str] = "invitation_copy"


class Late(StrEnum):
    """Why an agenda leaves less than three days ahead."""

    NO = ""
    PLANNED_LATE = "planned_late"
    ASLEEP = "asleep"


class AskedQuestion(Frozen):
    """A question of the agenda; its id names the answer."""

    id: str
    text: str


class Advice(Frozen):
    """What the mentor suggested, and when; `did` is what was done with it, where only the impact is asked for."""

    on: date
    words: str
    did: str = ""


class AgendaContext(LetterContext):
    """The agenda as the protégé gets it: `items` in his wording, `minutes` the length of the talk.

    `heard_on` is when a number was last heard, `since` when one last moved, `days_ahead` the whole days between
    the letter and the talk.
    """

    template: ClassVar[str] = "agenda"
    state: AgendaState = AgendaState.NORMAL
    number: int
    begins: datetime
    minutes: int
    heard_on: date | None = None
    since: date | None = None
    questions: tuple[AskedQuestion, ...] = ()
    advice: Advice | None = None
    late: Late = Late.NO
    days_ahead: int = 3

    def told(self) -> dict[str, object]:
        """And the minutes its list takes."""
        return {**asdict(self), "used": sum(item.minutes or 0 for item in self.items)}


class AgendaCopyContext(AgendaContext):
    """The mentor's copy: `items` in her wording, and when the other side last answered.

    `sent_at` is when the protégé's left, None while it waits for her review. `prepared` is for her alone.
    """

    template: ClassVar[str] = "agenda_copy"
    sent_at: datetime | None = None
    last_answer: date | None = None
    prepared: PreparationTexts | None = None


class FinalAgendaContext(LetterContext):
    """The list as both go into the talk with it: what is new is marked, `left_out` has no time any more.

    `days_ahead` are the whole days until the talk.
    """

    template: ClassVar[str] = "agenda_final"
    to: Side
    number: int
    begins: datetime
    days_ahead: int = 1
    left_out: tuple[str, ...] = ()


class FormState(StrEnum):
    """Whether the two questions are asked for the first or for the last time."""

    FIRST = "first"
    REMINDER = "reminder"


class FeedbackContext(LetterContext):
    """The two questions after a talk; `days_since` are the days from the talk to the letter, both local.

    `shown_on` is the day on which sealed words are shown at the latest, `until` the last day to answer.
    """

    template: ClassVar[str] = "feedback"
    state: FormState = FormState.FIRST
    to: Side
    number: int
    talk: datetime
    days_since: int
    shown_on: date
    until: date
    asleep: bool = False
    """The first mail left a day or more late, because the mentor's computer was off."""


class ExchangeState(StrEnum):
    """Whose words the exchange holds."""

    BOTH = "both"
    YOURS_ONLY = "yours_only"
    THEIRS_ONLY = "theirs_only"


class Said(Frozen):
    """One side's feedback, in their words; a part may be empty."""

    positive: tuple[str, ...] = ()
    suggestion: tuple[str, ...] = ()


class ExchangeContext(LetterContext):
    """What both wrote after a talk, or what one did once five days had passed; `noted` is what she wrote for both."""

    template: ClassVar[str] = "exchange"
    state: ExchangeState
    to: Side
    number: int
    talk: datetime
    yours: Said = Said()
    theirs: Said = Said()
    noted: tuple[str, ...] = ()
    next_talk: date | None = None


def said(feedback: Feedback | None) -> Said:
    """One side's feedback as the exchange shows it."""
    return Said(positive=feedback.positive, suggestion=feedback.suggestion) if feedback else Said()


class AcknowledgementState(StrEnum):
    """What an answer was taken for."""

    UNDERSTOOD = "understood"
    PERSONAL = "personal"
    HELD = "held"
    """The mentor looks at it first."""
    UNDONE = "undone"
    NOTHING_TO_UNDO = "nothing_to_undo"
    UNDONE_BEFORE = "undone_before"
    TOO_LATE = "too_late"
    """The days in which UNDO works are over."""
    NOT_UNDONE = "not_undone"
    """Something has been built on it, or has left, so only the mentor can still change it."""
    AS_IT_WAS = "as_it_was"
    """The answer to a question was that nothing changes."""
    SETTLED = "settled"
    """The answer to a question that had the same answer before."""
    HALF_FORM = "half_form"
    FEEDBACK_KEPT = "feedback_kept"
    NO_MEETING = "no_meeting"
    RSVP = "rsvp"
    APPROVED = "approved"
    """The list of the agenda is fine as it is."""
    UNREADABLE = "unreadable"
    """A picture or a voice note, and no words; or nothing but what was quoted."""
    STOPPED = "stopped"
    PAUSED = "paused"
    RESUMED = "resumed"
    NOT_PAUSED = "not_paused"
    LATER = "later"
    SKIPPED = "skipped"
    STATUS = "status"
    MY_DATA = "my_data"
    HELP = "help"


class Came(StrEnum):
    """What came in place of words that can be read; templates compare with these names."""

    SOMETHING = "something"
    PICTURE = "picture"
    VOICE = "voice"
    QUOTED = "quoted"
    """Our own letter, and nothing besides."""
    CLOSED = "closed"
    """Encrypted, in part, too long or too big: there may be words in it."""


class OfferedChoice(Frozen):
    """One way to read an unclear line; `ref` is the key result it would go to, empty where the text says enough."""

    id: str
    text: str
    ref: str = ""


class OpenQuestion(Frozen):
    """An unclear line that is asked about: the words it had, what is asked, and what it could mean.

    `about` is the title and `ref` the code of the one key result it speaks of; both may be empty.
    """

    id: str
    words: str
    asks: str = ""
    about: str = ""
    ref: str = ""
    choices: tuple[OfferedChoice, ...] = ()
    coded: bool = True
    """Whether the code of a key result belongs in front of its answer."""


class FilePart(Frozen):
    """What is kept of somebody under one heading, line by line."""

    heading: str
    lines: tuple[str, ...]


class AcknowledgementContext(LetterContext):
    """What became of an answer. Its subject is that of the mail it answers, so the template gives none.

    `changed` and `heard` are lines made by `key_result_lines` (values, and notes or blockers); `passed_on` are the
    words that went to the other side; `kept` and `missing` the parts of a form by name (`positive`, `suggestion`).
    """

    template: ClassVar[str] = "acknowledgement"
    state: AcknowledgementState = AcknowledgementState.UNDERSTOOD
    own: bool = False
    """Whether it answers the mentor, who is helped otherwise than a protégé."""
    came: Came = Came.SOMETHING
    changed: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    back: bool = False
    """A change went away from its target."""
    reached: bool = False
    past: bool = False
    added: tuple[str, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    passed_on: tuple[str, ...] = ()
    undo: bool = False
    """Whether UNDO would take something back."""
    undo_days: int = 7
    next_talk: datetime | None = None
    undone_mail: datetime | None = None
    newer: bool = False
    """Whether something newer stands than what was taken back, so that not all is as it was."""
    undone_part: str = ""
    """The one key result that alone was taken back, by its code."""
    asks_when: bool = False
    """Whether a talk that did not happen has no other time yet."""
    kept: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    other_in: bool = False
    """Both lines of the other side are in, so that nothing is sealed any longer."""
    shown_on: date | None = None
    rsvp: Participation = Participation.NEEDS_ACTION
    talk: datetime | None = None
    ref: str = "1.1"
    """A code to show how a number is written."""
    until: date | None = None
    """When a pause ends, or before which day nothing is asked again."""
    file: tuple[FilePart, ...] = ()
    """Everything that is kept of the reader."""


class OwnReplyContext(LetterContext):
    """The mentor's own words in answer to a mail, line by line; an empty line parts paragraphs.

    Its subject is that of the mail it answers, so the template gives none.
    """

    template: ClassVar[str] = "reply"
    said: tuple[str, ...] = ()
