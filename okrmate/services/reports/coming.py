"""What comes in the next days: the letters that leave, also those not written yet, and the talks."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from okrmate.domain.letters import ACKNOWLEDGING, LetterKind, Outgoing, OutgoingState
from okrmate.domain.meetings import Meeting, MeetingState, Participation
from okrmate.domain.people import Mentor, Side
from okrmate.frozen import Frozen, replace
from okrmate.services.letters.due import Due, Variant
from okrmate.services.letters.dues import dues
from okrmate.services.mail_rules import MailRules
from okrmate.services.mentoring.mentorships import Pair, pairs
from okrmate.services.ports import Reader
from okrmate.services.reports.waiting import Post
from okrmate.services.tables import OUTGOING

DAYS = timedelta(days=7)
ON_THEIR_WAY = frozenset({OutgoingState.QUEUED, OutgoingState.DEFERRED, OutgoingState.SENDING})
YOU = "you"
NAMES = {
    LetterKind.FEEDBACK: "feedback form",
    LetterKind.REFINE_SUMMARY: "goals to agree to",
    LetterKind.MID_CYCLE: "half-time letter",
    LetterKind.CLOSING: "closing letter",
    LetterKind.CLOSED: "closed goals",
}


FINAL_AGENDA = "final agenda"
VARIANTS = {Variant.REMINDER: "reminder", Variant.FINAL: FINAL_AGENDA}


class Happening(StrEnum):
    """What is to happen, or has today."""

    LEFT = "left"
    LEAVES = "leaves"
    HELD = "held"
    MEETS = "meets"


class Coming(Frozen):
    """One thing on a day; `record` is the letter's or talk's id, empty for a letter that is not written yet."""

    at: datetime
    happening: Happening
    what: str
    who: str
    record: str = ""
    mentorship: str = ""


class Rules(Frozen):
    """The mentor and her rules: all that decides when letters are due besides the store."""

    mentor: Mentor
    rules: MailRules


def coming(
    reader: Reader, book: Rules, everyone: Iterable[tuple[Pair, Post]], today: datetime, now: datetime
) -> tuple[Coming, ...]:
    """What left since `today` began, leaves and happens up to seven days from now, in its order."""
    found: list[Coming] = []
    for pair, post in everyone:
        found += _sent(pair, post, today)
        found += _leaving(pair, [letter for letter in post.letters if letter.due_at < now + DAYS], now)
        found += _written_later(pair, dues(book, reader, pair, now), now)
        found += (_talk(pair, meeting) for meeting in post.meetings if _near(meeting, now))
    told = {(each.at, each.happening, each.what): each for each in _to_both(found)}
    return tuple(sorted(told.values(), key=lambda each: (each.at, each.who)))


def next_leaving(found: Iterable[Coming]) -> Coming | None:
    """The letter that leaves next by itself."""
    leaving = (each for each in found if each.happening is Happening.LEAVES)
    return min(leaving, key=lambda each: each.at, default=None)


def leaves_next(reader: Reader, book: Rules, now: datetime) -> Coming | None:
    """The letter that leaves next by itself in these days, written already or not; her copies do not count."""
    found: list[Coming] = []
    for pair in pairs(reader):
        if pair.mentorship.open:
            found += _leaving(pair, reader.find(OUTGOING, "mentorship", pair.mentorship.id), now)
            found += _written_later(pair, dues(book, reader, pair, now), now)
    return next_leaving(_to_both(found))


def name_of(kind: LetterKind) -> str:
    """What a letter of this kind is called in a list."""
    return NAMES.get(kind, str(kind))


def _sent(pair: Pair, post: Post, today: datetime) -> Iterator[Coming]:
    for letter in post.letters:
        told = letter.kind not in ACKNOWLEDGING and letter.to is Side.PROTEGE
        if letter.sent_at is not None and letter.sent_at >= today and told:
            agenda = letter.kind is LetterKind.AGENDA and not letter.final
            late = ", late" if letter.short_notice else ", on time" if agenda else ""
            yield _of_letter(pair, letter, letter.sent_at, Happening.LEFT, late)


def _leaving(pair: Pair, letters: Iterable[Outgoing], now: datetime) -> Iterator[Coming]:
    for letter in letters:
        if letter.state in ON_THEIR_WAY:
            at = max(letter.next_attempt_at or letter.due_at, now)
            yield _of_letter(pair, letter, at, Happening.LEAVES, "")
        elif letter.state is OutgoingState.HELD:
            yield _of_letter(pair, letter, max(letter.due_at, now), Happening.HELD, ", waits for you")


def _of_letter(pair: Pair, letter: Outgoing, at: datetime, happening: Happening, more: str) -> Coming:
    who = pair.protege.first_name if letter.to is Side.PROTEGE else YOU
    what = f"{FINAL_AGENDA if letter.final else name_of(letter.kind)} to {who}{more}"
    return Coming(at=at, happening=happening, what=what, who=who, record=letter.id, mentorship=pair.mentorship.id)


def _written_later(pair: Pair, due: Iterable[Due], now: datetime) -> Iterator[Coming]:
    for each in due:
        if each.exists or not now <= each.due_at < now + DAYS or each.useful_until <= now:
            continue
        who = pair.protege.first_name if each.to is Side.PROTEGE else YOU
        yield Coming(
            at=each.due_at,
            happening=Happening.LEAVES,
            what=f"{VARIANTS.get(each.variant, name_of(each.kind))} to {who}",
            who=who,
            mentorship=pair.mentorship.id,
        )


def _talk(pair: Pair, meeting: Meeting) -> Coming:
    who = pair.protege.first_name
    said_no = ", said no" if meeting.participation is Participation.DECLINED else ""
    place = f", {meeting.place}" if meeting.place else ""
    return Coming(
        at=meeting.begins_at,
        happening=Happening.MEETS,
        what=f"{who}, {meeting.minutes} min{place}{said_no}",
        who=who,
        record=meeting.id,
        mentorship=pair.mentorship.id,
    )


def _near(meeting: Meeting, now: datetime) -> bool:
    return meeting.state is MeetingState.SCHEDULED and now - timedelta(minutes=meeting.minutes) < meeting.begins_at < (
        now + DAYS
    )


def _to_both(found: list[Coming]) -> Iterator[Coming]:
    """The mentor's own letters are told of only where they are no copy: `feedback form to both`, once."""
    letters = [each for each in found if each.happening is not Happening.MEETS]
    theirs = {(each.at, each.mentorship) for each in letters if each.who != YOU}
    hers = {(each.at, each.mentorship) for each in letters if each.who == YOU}
    for each in found:
        place = (each.at, each.mentorship)
        if each.happening is Happening.MEETS:
            yield each
        elif each.who != YOU and place in hers and each.what.startswith(NAMES[LetterKind.FEEDBACK]):
            yield replace(each, what=each.what.replace(f"to {each.who}", "to both"))
        elif each.who != YOU or place not in theirs:
            yield each
