"""Whom a mentorship waits for: what lies with the mentor, else what the protégé was asked and has not answered yet."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from okrmate.domain.feedback import by_side
from okrmate.domain.letters import Incoming, IncomingState, LetterKind, Outgoing, OutgoingState
from okrmate.domain.meetings import Meeting, MeetingState, Participation, PromiseState
from okrmate.domain.okrs import OkrSet, OkrSetState
from okrmate.domain.people import Side
from okrmate.frozen import Frozen
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import set_in
from okrmate.services.ports import Reader
from okrmate.services.tables import FEEDBACK, INCOMING, MEETINGS, OUTGOING, PROMISES

FORMS_OPEN = timedelta(days=7)
"""After so many days nobody remembers a talk well enough to write about it."""
WORDS_FRESH = timedelta(days=7)
UNREAD = frozenset({IncomingState.HELD, IncomingState.FAILED})
UNCLEAR = frozenset({IncomingState.ASKED, IncomingState.PARTLY_APPLIED})


class Thing(Frozen):
    """One thing that is waited for; `since` is when the protégé was asked, None for what lies with the mentor."""

    what: str
    since: datetime | None = None


class Waiting(Frozen):
    """Whom it waits for and what for; nobody where `on` is None. What lies with the mentor comes before all else."""

    on: Side | None
    things: tuple[Thing, ...] = ()


class Post(Frozen):
    """What went between the two: the mails that came, the letters, and their talks."""

    mails: tuple[Incoming, ...]
    letters: tuple[Outgoing, ...]
    meetings: tuple[Meeting, ...]


def post_of(reader: Reader, mentorship: str) -> Post:
    """All of one mentorship's."""
    return Post(
        mails=reader.find(INCOMING, "mentorship", mentorship),
        letters=reader.find(OUTGOING, "mentorship", mentorship),
        meetings=reader.find(MEETINGS, "mentorship", mentorship),
    )


def waiting(reader: Reader, pair: Pair, post: Post, now: datetime) -> Waiting:
    """Whom this mentorship waits for; one that is paused or over waits for nobody."""
    if not pair.mentorship.open:
        return Waiting(on=None)
    if hers := tuple(_on_mentor(reader, pair, post, now)):
        return Waiting(on=Side.MENTOR, things=hers)
    theirs = tuple(on_protege(reader, pair, post, now))
    return Waiting(on=Side.PROTEGE, things=theirs) if theirs else Waiting(on=None)


def _on_mentor(reader: Reader, pair: Pair, post: Post, now: datetime) -> Iterator[Thing]:
    unread = sum(mail.state in UNREAD or _has_words(mail, now) for mail in post.mails)
    yield from _counted(unread, "mail to read", "mails to read")
    yield from _counted(sum(mail.state in UNCLEAR for mail in post.mails), "unclear mail", "unclear mails")
    held = [letter for letter in post.letters if letter.state is OutgoingState.HELD]
    yield from _counted(len(held), f"{held[0].kind} to see" if held else "", "letters to see")
    if any(_lacks(reader, meeting, Side.MENTOR) for meeting in _just_held(post, now)):
        yield Thing(what="your feedback")
    if any(meeting.participation is Participation.DECLINED for meeting in _ahead(post, now)):
        yield Thing(what="another date")
    today = pair.protege.local(now).date()
    promised = reader.find(PROMISES, "mentorship", pair.mentorship.id)
    late = sum(
        each.by is Side.MENTOR and each.state is PromiseState.OPEN and each.due is not None and each.due < today
        for each in promised
    )
    yield from _counted(late, "a promise", "promises")
    drafted = set_in(reader, pair.mentorship.id, OkrSetState.DRAFT) is not None
    if drafted and set_in(reader, pair.mentorship.id, OkrSetState.ACTIVE) is None:
        yield Thing(what="draft to start")


def _has_words(mail: Incoming, now: datetime) -> bool:
    """Whether words stand beside what was applied that nobody has put aside; after a week they are no news."""
    return mail.state is IncomingState.APPLIED and bool(mail.left) and mail.received_at > now - WORDS_FRESH


def on_protege(reader: Reader, pair: Pair, post: Post, now: datetime) -> Iterator[Thing]:
    """What the protégé was asked for and has not given yet."""
    for meeting in _just_held(post, now):
        form = _sent(post, LetterKind.FEEDBACK, meeting)
        if form is not None and _lacks(reader, meeting, Side.PROTEGE):
            yield Thing(what="feedback", since=form)
    last = max((mail.received_at for mail in post.mails), default=None)
    for meeting in _ahead(post, now):
        agenda = _sent(post, LetterKind.AGENDA, meeting)
        if agenda is not None and (last is None or last < agenda):
            yield Thing(what="agenda", since=agenda)
    welcome = _sent(post, LetterKind.WELCOME)
    if welcome is not None and all(set_in(reader, pair.mentorship.id, state) is None for state in OkrSetState):
        yield Thing(what="draft", since=welcome)
    refined = set_in(reader, pair.mentorship.id, OkrSetState.REFINED)
    if refined is not None and (asked := yes_wanted_since(refined)) is not None:
        yield Thing(what="agreement", since=asked)


def yes_wanted_since(okr_set: OkrSet) -> datetime | None:
    """Since when a refined set waits for the protégé's yes alone; None where it does not."""
    waits = okr_set.state is OkrSetState.REFINED and okr_set.agreed_mentor is not None
    return okr_set.refined_at if waits and okr_set.agreed_protege is None else None


def _counted(number: int, one: str, several: str) -> Iterator[Thing]:
    if number:
        yield Thing(what=one if number == 1 else f"{number} {several}")


def _just_held(post: Post, now: datetime) -> Iterator[Meeting]:
    return (each for each in post.meetings if each.state is MeetingState.HELD and each.ends_at > now - FORMS_OPEN)


def _ahead(post: Post, now: datetime) -> Iterator[Meeting]:
    return (each for each in post.meetings if each.state is MeetingState.SCHEDULED and each.begins_at > now)


def _lacks(reader: Reader, meeting: Meeting, side: Side) -> bool:
    return by_side(reader.find(FEEDBACK, "meeting", meeting.id), side) is None


def _sent(post: Post, kind: LetterKind, meeting: Meeting | None = None) -> datetime | None:
    """When the protégé was first sent a letter of this kind, about this talk where one is named."""
    sent = (
        letter.sent_at
        for letter in post.letters
        if letter.kind is kind and letter.to is Side.PROTEGE and letter.sent_at is not None
        if meeting is None or letter.meeting == meeting.id
    )
    return min(sent, default=None)
