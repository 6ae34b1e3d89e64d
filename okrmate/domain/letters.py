"""Letters as values: their kinds, blocks and classes, what leaves, what arrives, and quoted lines.

A letter is a list of blocks. They are stored with the letter as it was sent; text and HTML are two renderings
of them, and an answer is read against them (design "Letters"). Mail and reply share these values.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from okrmate.domain.lifecycle import Lifecycle
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, Variant, replace


class LetterKind(StrEnum):
    """The letters; public ids (`letter preview KIND`, the demo's events)."""

    WELCOME = "welcome"
    INVITATION = "invitation"
    AGENDA = "agenda"
    CHECK_IN = "check-in"
    FEEDBACK = "feedback"
    EXCHANGE = "exchange"
    DIGEST = "digest"
    """The mentor's week: about everybody, so it belongs to no mentorship."""
    ACKNOWLEDGEMENT = "acknowledgement"
    REPLY = "reply"
    """The mentor's own words in answer to a mail."""
    COACH = "coach"
    """The first words about a draft that came by mail, in place of its acknowledgement."""
    REFINE_SUMMARY = "refine-summary"
    """The goals as both are asked to agree to them."""
    MID_CYCLE = "mid-cycle"
    CLOSING = "closing"
    CLOSED = "closed"
    """What became of the goals, once they are closed."""


class LetterClass(StrEnum):
    """How a letter's time is decided: answers at once, promised ones on time, nudges at most one a day."""

    ANSWER = "answer"
    PROMISED = "promised"
    NUDGE = "nudge"


ANSWERS = frozenset({LetterKind.EXCHANGE, LetterKind.ACKNOWLEDGEMENT, LetterKind.REPLY, LetterKind.COACH})
LETTER_CLASSES: Mapping[LetterKind, LetterClass] = MappingProxyType(
    {
        **dict.fromkeys(LetterKind, LetterClass.PROMISED),
        **dict.fromkeys(ANSWERS, LetterClass.ANSWER),
        LetterKind.CHECK_IN: LetterClass.NUDGE,
    }
)
COPIED = frozenset({LetterKind.INVITATION, LetterKind.AGENDA})
"""The letters to the protégé of which the mentor has a copy that says so: it never leaves before its twin."""
ACKNOWLEDGING = frozenset({LetterKind.ACKNOWLEDGEMENT, LetterKind.COACH})
"""The letters that say what became of a mail, of which each has one at most."""
TO_A_MAIL = frozenset({*ACKNOWLEDGING, LetterKind.REPLY})
"""The letters that answer one mail: no plan knows of them, and they leave whatever else is silent."""
FINAL = ".final"
"""What the key of an agenda's final copy ends with."""
FIRST = "first"
"""The id of a letter's first question, whatever its kind."""


class ParagraphRole(StrEnum):
    """What a paragraph is in its letter, for the renderings and for reading: only `OWN` holds her own words."""

    TEXT = "text"
    HINT = "hint"
    """How to answer what stands directly above it."""
    DRAFT = "draft"
    """The person's own draft, said back line by line: words under a line are about it."""
    OWN = "own"
    SIGNATURE = "signature"
    FOOTER = "footer"


class Paragraph(Variant):
    """Running text; a line break inside is kept."""

    kind: ClassVar[str] = "paragraph"
    text: str
    role: ParagraphRole = ParagraphRole.TEXT


class Heading(Variant):
    """A line of its own over what follows."""

    kind: ClassVar[str] = "heading"
    text: str


class Marker(Variant):
    """The line under the first question that says where to write."""

    kind: ClassVar[str] = "marker"
    text: str


class AnswerLine(Variant):
    """A label with a colon and nothing behind it; the answer is stored under `id`, the same in every language."""

    kind: ClassVar[str] = "answer"
    id: str
    label: str


class KeyResultLine(Variant):
    """A key result as it stands, and under it its answer line `KR 1.1:`, unless it is only `shown`."""

    kind: ClassVar[str] = "kr"
    ref: str
    key_result: str
    display: str
    shown: bool = False

    @property
    def label(self) -> str:
        """The answer line's label."""
        return f"KR {self.ref}"


class Question(Variant):
    """A question; the first of a letter (`id` "first") has no answer line, others have `label`.

    `about` is the ref of the one key result it asks for by name, if it does.
    """

    kind: ClassVar[str] = "question"
    id: str
    text: str
    label: str = ""
    about: str = ""


class Choice(Variant):
    """One lettered answer; the letter is enough, so is the text behind it."""

    kind: ClassVar[str] = "choice"
    id: str
    letter: str
    text: str


class Item(Frozen):
    """One numbered line of a list; `id` is the key of the point it stands for (`okrmate.domain.agenda`)."""

    number: int
    text: str
    minutes: int | None = None
    id: str = ""


class Items(Variant):
    """A numbered list, in the agenda only."""

    kind: ClassVar[str] = "items"
    items: tuple[Item, ...]


Block = Paragraph | Heading | Marker | AnswerLine | KeyResultLine | Question | Choice | Items


class QuotedLine(NamedTuple):
    """One line of a mail as somebody's program sent it: its text without quote marks, and how deep it is quoted.

    `part` counts the body parts it came from (0 is the first). A tuple, because a mail may have thousands of them and
    a frozen dataclass takes three times as long to make.
    """

    text: str
    depth: int = 0
    part: int = 0


class OutgoingState(StrEnum):
    """Where a letter that leaves stands; *sending* found at start is in doubt."""

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    DEFERRED = "deferred"
    SENT = "sent"
    BOUNCED = "bounced"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


OUTGOING_STEPS: Mapping[OutgoingState, frozenset[OutgoingState]] = MappingProxyType(
    {
        OutgoingState.HELD: frozenset({OutgoingState.QUEUED, OutgoingState.WITHDRAWN, OutgoingState.EXPIRED}),
        OutgoingState.QUEUED: frozenset(
            {OutgoingState.HELD, OutgoingState.SENDING, OutgoingState.WITHDRAWN, OutgoingState.EXPIRED}
        ),
        OutgoingState.SENDING: frozenset({OutgoingState.SENT, OutgoingState.DEFERRED, OutgoingState.FAILED}),
        OutgoingState.DEFERRED: frozenset(
            {OutgoingState.SENDING, OutgoingState.FAILED, OutgoingState.WITHDRAWN, OutgoingState.EXPIRED}
        ),
        OutgoingState.SENT: frozenset({OutgoingState.BOUNCED}),
        OutgoingState.BOUNCED: frozenset(),
        OutgoingState.FAILED: frozenset(),
        OutgoingState.WITHDRAWN: frozenset(),
        OutgoingState.EXPIRED: frozenset(),
    }
)
OUTGOING = Lifecycle(noun="letter", steps=OUTGOING_STEPS)

WAITING = frozenset({OutgoingState.HELD, OutgoingState.QUEUED, OutgoingState.DEFERRED})
"""The states of a letter that has not left and still may."""


class HoldReason(StrEnum):
    """Why a letter waits for the mentor."""

    FIRST_LETTER = "first letter to this person"
    REVIEW = "every letter is reviewed"
    DOUBT = "the program's picture of time or of what was sent may be wrong"
    BY_HAND = "held by hand"


class Asked(Frozen):
    """A key result a letter speaks of: the ref it had when the letter was written, and which one it is."""

    ref: str
    key_result: str


class Outgoing(Frozen):
    """A letter of ours from its first plan to its end.

    `key` is person + purpose + subject + occurrence: at most one letter has it. `message_id` is fixed here,
    before anything is sent (RFC 5322 section 3.6.4); `token` stands in it and in Reply-To. `copies` counts
    how often it was handed to the way out; more than one is "perhaps twice". `claimed_at` is when it last was about to
    be. `meeting` is empty where the letter belongs to none. `calendar` is the iTIP part (RFC 5546), empty for most.
    """

    id: str
    key: str
    kind: LetterKind
    mentorship: str
    to: Side
    address: str
    name: str
    language: str
    subject: str
    blocks: tuple[Block, ...]
    message_id: str
    token: str
    state: OutgoingState
    created_at: datetime
    due_at: datetime
    useful_until: datetime
    hold: HoldReason | None = None
    meeting: str = ""
    asked: tuple[Asked, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    calendar: str = ""
    calendar_method: str = ""
    short_notice: bool = False
    attempts: int = 0
    copies: int = 0
    next_attempt_at: datetime | None = None
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
    error: str = ""
    answers: str = ""
    """The incoming mail it answers, by id; for acknowledgements and replies."""

    @property
    def title(self) -> str:
        """What it is and to whom, for the trail."""
        return f"{self.called} to {self.name}"

    @property
    def final(self) -> bool:
        """Whether it is the final copy of an agenda, which says what became of the list since that left."""
        return self.key.endswith(FINAL)

    @property
    def called(self) -> str:
        """What it is called in lists, the trail and data: its kind, or `final-agenda`."""
        return f"final-{self.kind}" if self.final else str(self.kind)

    @property
    def perhaps_twice(self) -> bool:
        """Whether it may have arrived more than once."""
        return self.copies > 1

    def becoming(self, state: OutgoingState, **changes: object) -> "Outgoing":
        """This letter after one step of its lifecycle, with further fields changed, or `UsageError`."""
        return replace(self, state=OUTGOING.step(self.state, state), **changes)

    def withdrawn(self, why: str) -> "Outgoing":
        """This letter taken out before it left, as its occasion is gone.

        Its key is free again: what should still be said is written anew, from what is true then.
        """
        return self.becoming(OutgoingState.WITHDRAWN, error=why, key=f"{self.key}~{self.id}")


class IncomingState(StrEnum):
    """Where a mail that concerns okrmate stands."""

    RECEIVED = "received"
    APPLIED = "applied"
    PARTLY_APPLIED = "partly applied"
    ASKED = "asked"
    HELD = "held"
    IGNORED = "ignored"
    REFUSED = "refused"
    DISMISSED = "dismissed"
    FAILED = "failed"


INCOMING_STEPS: Mapping[IncomingState, frozenset[IncomingState]] = MappingProxyType(
    {
        IncomingState.RECEIVED: frozenset(IncomingState) - {IncomingState.RECEIVED, IncomingState.DISMISSED},
        IncomingState.PARTLY_APPLIED: frozenset({IncomingState.APPLIED, IncomingState.HELD}),
        IncomingState.ASKED: frozenset({IncomingState.APPLIED, IncomingState.HELD}),
        IncomingState.HELD: frozenset({IncomingState.APPLIED, IncomingState.DISMISSED}),
        IncomingState.APPLIED: frozenset(),
        IncomingState.IGNORED: frozenset(),
        IncomingState.REFUSED: frozenset(),
        IncomingState.DISMISSED: frozenset(),
        IncomingState.FAILED: frozenset({IncomingState.APPLIED, IncomingState.DISMISSED}),
    }
)
INCOMING = Lifecycle(noun="mail", steps=INCOMING_STEPS)

NEEDS_MENTOR = frozenset({IncomingState.HELD, IncomingState.ASKED, IncomingState.PARTLY_APPLIED, IncomingState.FAILED})
"""The states of a mail that is not settled without the mentor."""


class Incoming(Frozen):
    """A mail that concerns okrmate: where its raw bytes are, what became of it and why.

    `message_id` is the mail's own, or `sha256:…` of its bytes where it has none. `reason` is a named value
    (verdicts: `okrmate.mail.screening`; problems: `okrmate.reply.updates`; what was found while it was applied:
    `okrmate.services.effects`), `detail` a word more, in nobody's vocabulary. `left` are the person's lines that
    nobody has dealt with yet. `answers` is the outgoing letter it answers.
    """

    id: str
    message_id: str
    received_at: datetime
    sender: str
    subject: str
    raw: str
    state: IncomingState
    reason: str = ""
    detail: str = ""
    mentorship: str = ""
    answers: str = ""
    left: tuple[str, ...] = ()
    summary: str = ""
    """What happened, in a few words for the mentor, without sealed feedback."""
    told: tuple[str, ...] = ()
    """What an order in it did that the mentor is to know, in okrmate's own words; nobody wrote them."""
    places: tuple[str, ...] = ()
    """Where it was met, as folder and UID; more than one is the same mail twice."""
    body: str = ""
    """A digest of what stands below its headers: two mails of one Message-ID are one only where it is the same."""
    settles: tuple[str, ...] = ()
    """The questions of the letter it answers that it has settled, by their ids."""
    aside: tuple[str, ...] = ()
    """The unclear lines that mean nothing by the mentor's word, each behind the code it names."""
    unproven: bool = False
    """Held before a word of it was applied; with the mentor's word for it it is read after all."""
    words: str = ""
    """A digest of its lines as they were read, the same however a gateway encoded them; empty where none were."""

    @property
    def why(self) -> str:
        """The reason with its detail, for a person to read; empty where there is none."""
        said = f"{self.reason} ({self.detail})" if self.detail else self.reason
        return said.replace("_", " ")

    def becoming(self, state: IncomingState, **changes: object) -> "Incoming":
        """This mail after one step of its lifecycle, with further fields changed, or `UsageError`."""
        return replace(self, state=INCOMING.step(self.state, state), **changes)
