"""Records with good defaults, so that a test names only what it is about."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from okrmate.domain.changes import Change, Edit, Source, SourceKind
from okrmate.domain.feedback import Feedback
from okrmate.domain.letters import (
    FIRST,
    AnswerLine,
    Asked,
    Block,
    HoldReason,
    Incoming,
    IncomingState,
    Item,
    Items,
    KeyResultLine,
    LetterKind,
    Marker,
    Outgoing,
    OutgoingState,
    Paragraph,
    Question,
)
from okrmate.domain.meetings import (
    AgendaItem,
    ItemState,
    Meeting,
    MeetingState,
    Participation,
    Promise,
    PromiseState,
)
from okrmate.domain.metrics import Count, Metric
from okrmate.domain.okrs import KeyResult, Objective, OkrSet, OkrSetState, Reading
from okrmate.domain.people import Mentor, Mentorship, MentorshipState, Protege, Side

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday; the moment every builder starts from."""

BY_COMMAND = Source(kind=SourceKind.COMMAND, ref="check-in")
REQUESTS = Count(baseline=Decimal(0), target=Decimal(5), stretch=Decimal(8), unit="requests")
BLOCKS: tuple[Block, ...] = (
    Question(id=FIRST, text="How many requests came in so far?", about="1.1"),
    Marker(text="Write your answer above this line."),
    KeyResultLine(ref="1.1", key_result="kr1", display="2 of 5 requests"),
    AnswerLine(id="items", label="To talk about"),
    Items(items=(Item(number=1, text="The guest article", minutes=15, id="item1"),)),
    Paragraph(text="Until Thursday."),
)


def a_mentor(*, name: str = "Olivia Marsh", address: str = "olivia@example.org", zone: str = "Europe/London") -> Mentor:
    return Mentor(name=name, address=address, zone=zone, locale="en-GB", language="en")


def a_protege(
    *,
    id: str = "sam",  # noqa: A002 - the field's own name
    name: str = "Sam Ortiz",
    address: str = "sam@example.net",
    zone: str = "Europe/Madrid",
    locale: str = "en",
    language: str = "en",
) -> Protege:
    return Protege(id=id, name=name, address=address, zone=zone, locale=locale, language=language)


def a_mentorship(
    *,
    id: str = "pair1",  # noqa: A002 - the field's own name
    protege: str = "sam",
    state: MentorshipState = MentorshipState.ACTIVE,
    begun_at: datetime = NOW,
    reviewed: bool = True,
    paused_at: datetime | None = None,
) -> Mentorship:
    return Mentorship(id=id, protege=protege, state=state, begun_at=begun_at, reviewed=reviewed, paused_at=paused_at)


def an_okr_set(
    *,
    id: str = "set1",  # noqa: A002 - the field's own name
    mentorship: str = "pair1",
    state: OkrSetState = OkrSetState.ACTIVE,
    created_at: datetime = NOW,
    ends: date | None = date(2026, 6, 30),
) -> OkrSet:
    return OkrSet(
        id=id,
        mentorship=mentorship,
        state=state,
        created_at=created_at,
        activated_at=created_at if state is OkrSetState.ACTIVE else None,
        ends=ends,
    )


def an_objective(
    *,
    id: str = "obj1",  # noqa: A002 - the field's own name
    mentorship: str = "pair1",
    okr_set: str = "set1",
    number: int = 1,
    title: str = "Be known as somebody who writes well",
) -> Objective:
    return Objective(id=id, mentorship=mentorship, okr_set=okr_set, number=number, title=title)


def a_key_result(
    *,
    id: str = "kr1",  # noqa: A002 - the field's own name
    mentorship: str = "pair1",
    objective: str = "obj1",
    ref: str = "1.1",
    title: str = "Magazines ask for an article",
    metric: Metric = REQUESTS,
) -> KeyResult:
    return KeyResult(id=id, mentorship=mentorship, objective=objective, ref=ref, title=title, metric=metric)


def a_reading(
    value: int | str | Decimal | None = 2,
    *,
    id: str = "reading1",  # noqa: A002 - the field's own name
    mentorship: str = "pair1",
    key_result: str = "kr1",
    at: datetime = NOW,
    source: Source = BY_COMMAND,
    approximate: bool = False,
    confidence: int | None = None,
    note: str = "",
    blocker: str = "",
    undone_by: str = "",
) -> Reading:
    return Reading(
        id=id,
        mentorship=mentorship,
        key_result=key_result,
        at=at,
        source=source,
        value=None if value is None else Decimal(value),
        approximate=approximate,
        confidence=confidence,
        note=note,
        blocker=blocker,
        undone_by=undone_by,
    )


def a_meeting(
    *,
    id: str = "meeting1",  # noqa: A002 - the field's own name
    mentorship: str = "pair1",
    number: int = 1,
    starts: datetime = datetime(2026, 3, 12, 15, 0),  # noqa: DTZ001 - wall time in `zone`
    zone: str = "Europe/Madrid",
    minutes: int = 60,
    place: str = "",
    state: MeetingState = MeetingState.SCHEDULED,
    token: str = "meetingtoken1meetingtoken1",  # noqa: S107 - opens nothing
    sequence: int = 0,
    planned_at: datetime = NOW,
    changed_at: datetime | None = None,
    moved_from: datetime | None = None,
    participation: Participation = Participation.NEEDS_ACTION,
) -> Meeting:
    return Meeting(
        id=id,
        mentorship=mentorship,
        number=number,
        starts=starts,
        zone=zone,
        minutes=minutes,
        place=place,
        state=state,
        token=token,
        sequence=sequence,
        planned_at=planned_at,
        changed_at=planned_at if changed_at is None else changed_at,
        moved_from=moved_from,
        participation=participation,
    )


def an_agenda_item(
    *,
    id: str = "item1",  # noqa: A002 - the field's own name
    mentorship: str = "pair1",
    meeting: str = "meeting1",
    by: Side = Side.PROTEGE,
    text: str = "The guest article",
    at: datetime = NOW,
    source: Source = BY_COMMAND,
    minutes: int | None = None,
    state: ItemState = ItemState.OPEN,
) -> AgendaItem:
    return AgendaItem(
        id=id,
        mentorship=mentorship,
        meeting=meeting,
        by=by,
        text=text,
        at=at,
        source=source,
        minutes=minutes,
        state=state,
    )


def a_promise(
    *,
    id: str = "promise1",  # noqa: A002 - the field's own name
    mentorship: str = "pair1",
    meeting: str = "meeting1",
    by: Side = Side.MENTOR,
    text: str = "Introduce Sam to the editor",
    at: datetime = NOW,
    due: date | None = date(2026, 3, 20),
    state: PromiseState = PromiseState.OPEN,
) -> Promise:
    return Promise(id=id, mentorship=mentorship, meeting=meeting, by=by, text=text, at=at, due=due, state=state)


def a_feedback(
    *,
    id: str = "feedback1",  # noqa: A002 - the field's own name
    mentorship: str = "pair1",
    meeting: str = "meeting1",
    by: Side = Side.PROTEGE,
    at: datetime = NOW,
    source: Source = BY_COMMAND,
    positive: tuple[str, ...] = ("You asked before you advised.",),
    suggestion: tuple[str, ...] = ("Start with the numbers.",),
) -> Feedback:
    return Feedback(
        id=id,
        mentorship=mentorship,
        meeting=meeting,
        by=by,
        at=at,
        source=source,
        positive=positive,
        suggestion=suggestion,
    )


def an_outgoing(
    *,
    id: str = "letter1",  # noqa: A002 - the field's own name
    key: str | None = None,
    kind: LetterKind = LetterKind.AGENDA,
    mentorship: str = "pair1",
    to: Side = Side.PROTEGE,
    address: str = "sam@example.net",
    name: str = "Sam Ortiz",
    language: str = "en",
    subject: str = "Our talk on Thursday",
    blocks: tuple[Block, ...] = BLOCKS,
    message_id: str | None = None,
    token: str | None = None,
    state: OutgoingState = OutgoingState.QUEUED,
    created_at: datetime = NOW,
    due_at: datetime = NOW,
    useful_until: datetime | None = None,
    hold: HoldReason | None = None,
    meeting: str = "meeting1",
    asked: tuple[Asked, ...] = (Asked(ref="1.1", key_result="kr1"),),
    in_reply_to: str = "",
    references: tuple[str, ...] = (),
    attempts: int = 0,
    copies: int = 0,
    sent_at: datetime | None = None,
    answers: str = "",
) -> Outgoing:
    return Outgoing(
        id=id,
        key=f"{mentorship}|{kind}|{id}" if key is None else key,
        kind=kind,
        mentorship=mentorship,
        to=to,
        address=address,
        name=name,
        language=language,
        subject=subject,
        blocks=blocks,
        message_id=f"<{id}.home1@okrmate.invalid>" if message_id is None else message_id,
        token=f"token{id}".ljust(26, "0") if token is None else token,
        state=state,
        created_at=created_at,
        due_at=due_at,
        useful_until=due_at + timedelta(days=3) if useful_until is None else useful_until,
        hold=hold,
        meeting=meeting,
        asked=asked,
        in_reply_to=in_reply_to,
        references=references,
        attempts=attempts,
        copies=copies,
        sent_at=sent_at,
        answers=answers,
    )


def an_incoming(
    *,
    id: str = "mail1",  # noqa: A002 - the field's own name
    message_id: str | None = None,
    received_at: datetime = NOW,
    sender: str = "sam@example.net",
    subject: str = "Re: Our talk on Thursday",
    raw: str | None = None,
    state: IncomingState = IncomingState.RECEIVED,
    reason: str = "",
    mentorship: str = "pair1",
    answers: str = "letter1",
    left: tuple[str, ...] = (),
    summary: str = "",
) -> Incoming:
    return Incoming(
        id=id,
        message_id=f"<{id}@example.net>" if message_id is None else message_id,
        received_at=received_at,
        sender=sender,
        subject=subject,
        raw=f"mail/2026-03-02/{id}.eml" if raw is None else raw,
        state=state,
        reason=reason,
        mentorship=mentorship,
        answers=answers,
        left=left,
        summary=summary,
    )


def a_change(
    *,
    id: str = "change1",  # noqa: A002 - the field's own name
    at: datetime = NOW,
    by: str = "Olivia",
    source: Source = BY_COMMAND,
    what: str = "KR 1.1 moved to 2",
    mentorship: str = "pair1",
    edits: tuple[Edit, ...] = (),
    undoes: str = "",
) -> Change:
    return Change(
        id=id,
        at=at,
        by=by,
        source=source,
        what=what,
        mentorship=mentorship,
        source_ref=source.ref,
        edits=edits,
        undoes=undoes,
    )


def an_edit(
    *,
    table: str = "readings",
    id: str = "reading1",  # noqa: A002 - the field's own name
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> Edit:
    return Edit(table=table, id=id, before=before, after=after)
