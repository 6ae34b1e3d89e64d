"""What needs the mentor, in the order she should look: mails to her, who waits, what leaves, what stands still."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from okrmate.domain.feedback import by_side
from okrmate.domain.letters import (
    NEEDS_MENTOR,
    HoldReason,
    Incoming,
    IncomingState,
    Outgoing,
    OutgoingState,
)
from okrmate.domain.meetings import Meeting, MeetingState, Participation, PromiseState
from okrmate.domain.okrs import OkrSetState
from okrmate.domain.people import MentorshipState, Person, Side
from okrmate.domain.rhythm import agenda_due
from okrmate.frozen import replace
from okrmate.services.incoming.to_do import to_do
from okrmate.services.incoming.whys import is_personal, reason
from okrmate.services.mentoring.own_lines import own_line
from okrmate.services.mentoring.proposals import proposals
from okrmate.services.mentoring.tracking import Tree
from okrmate.services.ports import Reader
from okrmate.services.reports.days import day_of, due_at
from okrmate.services.reports.need import About, Need, Time, Verb
from okrmate.services.reports.standing import Known, goals, relationship
from okrmate.services.reports.waiting import yes_wanted_since
from okrmate.services.tables import FEEDBACK, INCOMING, PROMISES

WEEK = timedelta(days=7)
FORMS_OPEN = timedelta(days=7)
YES_WITHIN = timedelta(days=7)
"""A yes of theirs that is missing for so long is for her to ask for."""
DAY_BEFORE = timedelta(days=1)
SOON = timedelta(days=2)
"""A promise comes into sight so long before its day."""


def needs(reader: Reader, mentor: Person, everyone: tuple[Known, ...], pause: str, now: datetime) -> tuple[Need, ...]:
    """Everything that needs her, the first thing first; sealed feedback does not show in it."""
    names = {known.id: known for known in everyone}
    speaking = [known for known in everyone if known.pair.mentorship.state is MentorshipState.ACTIVE]
    mails = sorted(_mails(reader, names, now), key=lambda mail: mail.received_at)
    read = [_mail(mail, mentor, names.get(mail.mentorship)) for mail in mails]
    found = [*read, *_pause(pause)]
    for known in everyone:
        found += _letters(known, now)
    for known in speaking:
        found += [
            *_talks(reader, mentor, known, now),
            *_lines(reader, mentor, known, now),
            *_draft(known, now),
            *_wishes(reader, known),
            *goals(known, mentor, now),
            *relationship(reader, known, mentor, now),
        ]
        found += _promises(reader, known, mentor, now)
    order = list(Verb)
    return tuple(sorted(found, key=lambda need: (not need.personal, order.index(need.verb))))


def is_written(mail: Incoming, now: datetime) -> bool:
    """Whether a mail was understood and has something for her to read besides, not longer ago than a week."""
    return mail.state is IncomingState.APPLIED and bool(mail.left or mail.told) and mail.received_at > now - WEEK


def is_troubled(letter: Outgoing, now: datetime) -> bool:
    """Whether a letter of the last week did not leave as it should, or perhaps twice."""
    failed = letter.state in (OutgoingState.FAILED, OutgoingState.BOUNCED, OutgoingState.DEFERRED)
    return (failed or (letter.state is OutgoingState.SENT and letter.perhaps_twice)) and letter.due_at > now - WEEK


def missing_form(reader: Reader, meeting: Meeting, now: datetime) -> bool:
    """Whether a talk of the last week lacks the mentor's own two lines."""
    if meeting.state is not MeetingState.HELD or meeting.ends_at <= now - FORMS_OPEN:
        return False
    return by_side(reader.find(FEEDBACK, "meeting", meeting.id), Side.MENTOR) is None


def is_declined(meeting: Meeting, now: datetime) -> bool:
    """Whether a talk ahead is one the protégé said no to."""
    ahead = meeting.state is MeetingState.SCHEDULED and meeting.begins_at > now
    return ahead and meeting.participation is Participation.DECLINED


def _mails(reader: Reader, names: Mapping[str, Known], now: datetime) -> Iterator[Incoming]:
    for state in sorted(NEEDS_MENTOR):
        yield from reader.find(INCOMING, "state", state)
    for mail in reader.find(INCOMING, "state", IncomingState.APPLIED):
        known = names.get(mail.mentorship)
        # An order to be silent is nothing to tell any more once letters leave again.
        again = known is not None and known.pair.mentorship.state is MentorshipState.ACTIVE
        stands = replace(mail, told=()) if again else mail
        if is_written(stands, now):
            yield stands


def _mail(mail: Incoming, mentor: Person, known: Known | None) -> Need:
    who = "you" if mail.sender == mentor.address else known.who if known else mail.sender or "unknown"
    words = f"“{mail.left[0]}”" if mail.left else f"“{mail.subject}”"
    verb, personal, alarm = Verb.DECIDE, False, False
    match mail.state:
        case IncomingState.APPLIED if mail.told:
            besides = f"wrote besides: {words}" if mail.left else f"an order by mail, obeyed · “{mail.subject}”"
            verb, personal, what, why = Verb.READ, True, mail.told[0], besides
        case IncomingState.APPLIED:
            verb, personal = Verb.READ, True
            what, why = f"wrote besides: {words}", f"{mail.summary or 'the rest'} applied"
        case IncomingState.HELD if (mail.left or is_personal(mail)) and not mail.unproven:
            verb, personal = Verb.READ, True
            what, why = f"wrote to you: {words}", "nothing in it was taken as progress"
        case IncomingState.ASKED | IncomingState.PARTLY_APPLIED:
            applied = f"{mail.summary} applied · " if mail.summary else ""
            why = f"{applied}asked about it · “{mail.subject}”"
            what = _because("a line is unclear", f"{reason(mail)}{' and more' if mail.detail else ''}")
        case IncomingState.FAILED:
            what, why, alarm = f"could not be read: {words}", _because("kept as it came", mail.why), True
        case _:
            why = to_do(mail).removesuffix(".") or f"not applied until you say so · {words}"
            besides = f" ({mail.detail})" if mail.detail else ""
            what, alarm = _because("held", f"{reason(mail)}{besides}"), True
    return Need(
        verb=verb,
        about=About.MAIL,
        record=mail.id,
        who=who,
        what=what,
        why=why,
        at=mail.received_at,
        mentorship=mail.mentorship,
        personal=personal,
        alarm=alarm,
    )


def _because(what: str, why: str) -> str:
    return f"{what}: {why}" if why else what


def _pause(reason: str) -> Iterator[Need]:
    if reason:
        yield Need(
            verb=Verb.CHECK,
            about=About.OUTBOX,
            record="",
            who="all",
            what="every letter is held",
            why=reason,
            word="held",
            alarm=True,
        )


def _letters(known: Known, now: datetime) -> Iterator[Need]:
    held = [letter for letter in known.post.letters if letter.state is OutgoingState.HELD]
    first = [letter for letter in held if letter.hold is HoldReason.FIRST_LETTER and letter.to is Side.PROTEGE]
    for letter in held:
        if letter in first[1:] or (first and letter.to is Side.MENTOR and letter.hold is HoldReason.FIRST_LETTER):
            continue  # they leave with the first
        more = len([each for each in held if each.hold is HoldReason.FIRST_LETTER]) - 1 if letter in first else 0
        yield _held(letter, known, more, now)
    yield from (_troubled(letter, known) for letter in known.post.letters if is_troubled(letter, now))


def _held(letter: Outgoing, known: Known, more: int, now: datetime) -> Need:
    along = f" · {more} more {'leaves' if more == 1 else 'leave'} with it" if more else ""
    return Need(
        verb=Verb.CHECK,
        about=About.LETTER,
        record=letter.id,
        who=known.who,
        what=f"{letter.kind} waits until you have seen it",
        why=f"{letter.hold}{along}",
        at=letter.due_at if letter.due_at > now else None,
        time=Time.AHEAD,
        word="" if letter.due_at > now else "due",
        mentorship=known.id,
    )


def _troubled(letter: Outgoing, known: Known) -> Need:
    said = {
        OutgoingState.FAILED: "could not be sent",
        OutgoingState.BOUNCED: "came back",
        OutgoingState.DEFERRED: "was not taken yet, it is tried again",
    }
    return Need(
        verb=Verb.CHECK,
        about=About.LETTER,
        record=letter.id,
        who=known.who if letter.to is Side.PROTEGE else "you",
        what=f"{letter.kind} {said.get(letter.state, 'may have arrived twice')}",
        why=letter.error or f"{letter.copies} copies were handed over",
        at=letter.sent_at or letter.due_at,
        mentorship=known.id,
        alarm=True,
    )


def _talks(reader: Reader, mentor: Person, known: Known, now: datetime) -> Iterator[Need]:
    for meeting in known.post.meetings:
        if missing_form(reader, meeting, now):
            yield Need(
                verb=Verb.WRITE,
                about=About.MEETING,
                record=meeting.id,
                who=known.who,
                what=f"your two lines on the talk of {day_of(meeting.begins_at, mentor)}",
                why="one positive, one suggestion · sealed until both are in",
                at=meeting.ends_at,
                time=Time.SINCE,
                mentorship=known.id,
            )
        if is_declined(meeting, now):
            begins = mentor.local(meeting.begins_at)
            yield Need(
                verb=Verb.MOVE,
                about=About.MEETING,
                record=meeting.id,
                who=known.who,
                what=f"said no to the talk on {begins:%a} {day_of(meeting.begins_at, mentor)} {begins:%H:%M}",
                why="find another time, or cancel it",
                at=meeting.begins_at,
                time=Time.AHEAD,
                mentorship=known.id,
            )


def _lines(reader: Reader, mentor: Person, known: Known, now: datetime) -> Iterator[Need]:
    """The day before an agenda leaves there is time for a line of her own in it."""
    for meeting in known.post.meetings:
        leaves = agenda_due(meeting, known.pair.protege.zone, known.pair.protege.days_off)
        ahead = meeting.state is MeetingState.SCHEDULED and leaves - DAY_BEFORE <= now < leaves
        if ahead and meeting.changed_at < leaves and not own_line(reader, meeting.id):
            yield Need(
                verb=Verb.WRITE,
                about=About.MEETING,
                record=meeting.id,
                who=known.who,
                what="a line of your own for the agenda",
                why=f"it leaves at {mentor.local(leaves):%H:%M}, with or without it",
                at=leaves,
                time=Time.AHEAD,
                mentorship=known.id,
            )


def _draft(known: Known, now: datetime) -> Iterator[Need]:
    """What is written and does not run: hers to start, and after a week also what only the other side's yes lacks."""
    tree = known.tree
    if (
        tree is None
        or not (tree.objectives or tree.okr_set.prose)
        or tree.okr_set.state not in (OkrSetState.DRAFT, OkrSetState.REFINED)
    ):
        return
    asked = yes_wanted_since(tree.okr_set)
    if asked is None or now - asked >= YES_WITHIN:
        yield Need(
            verb=Verb.DECIDE,
            about=About.OKR_SET,
            record=tree.okr_set.id,
            who=known.who,
            what="the refined goals wait for a yes" if asked else "a draft of OKRs waits to be started",
            why=f"{_counted(tree)} · nothing is asked about them before",
            at=asked or tree.okr_set.created_at,
            time=Time.SINCE,
            mentorship=known.id,
        )


def _counted(tree: Tree) -> str:
    """How much there is of a draft."""
    return f"{len(tree.key_results)} key results" if tree.objectives else "an idea in their own words"


def _wishes(reader: Reader, known: Known) -> Iterator[Need]:
    """What somebody would have otherwise in their goals, until she has taken it or not."""
    for wish in proposals(reader, known.id):
        yield Need(
            verb=Verb.DECIDE,
            about=About.OKR_SET,
            record=wish.okr_set,
            who=known.who,
            what=f"would have their goals otherwise: “{wish.words}”",
            why=f"about KR {wish.ref} · taken or not by your word" if wish.ref else "taken or not by your word",
            at=wish.at,
            time=Time.SINCE,
            mentorship=known.id,
        )


def _promises(reader: Reader, known: Known, mentor: Person, now: datetime) -> Iterator[Need]:
    for promise in reader.find(PROMISES, "mentorship", known.id):
        due = due_at(promise, mentor)
        if promise.by is Side.MENTOR and promise.state is PromiseState.OPEN and due is not None and due < now + SOON:
            yield Need(
                verb=Verb.KEEP,
                about=About.PROMISE,
                record=promise.id,
                who=known.who,
                what=f"you promised: {promise.text}",
                why=f"said on {day_of(promise.at, mentor)}",
                at=due,
                time=Time.LATE if due < now else Time.AHEAD,
                mentorship=known.id,
                alarm=due < now,
            )
