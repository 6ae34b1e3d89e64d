"""Mail, the lists: what came, that which waits for the mentor first; and what leaves, when, to whom, or why not."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from zoneinfo import ZoneInfo

from okrmate.domain.letters import (
    NEEDS_MENTOR,
    Incoming,
    IncomingState,
    Outgoing,
    OutgoingState,
    Question,
)
from okrmate.domain.letters import HoldReason as LetterHold
from okrmate.frozen import Frozen
from okrmate.mail.reasons import HoldReason
from okrmate.services.desk import Desk
from okrmate.services.incoming.whys import is_personal, reason
from okrmate.services.mentoring.mentorships import pairs
from okrmate.services.ports import Reader
from okrmate.services.tables import CHANGES, INCOMING, OUTGOING
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Column, Frame, Ink, Line, Span, column, row
from okrmate.tui.pages import Empty, Entry, Pane
from okrmate.tui.views.letter import KINDS
from okrmate.tui.views.moments import when

MOST_SETTLED = 300
"""So many settled mails and letters stand below those that wait; older ones are found by the command line."""
WEEK = timedelta(days=7)
HELD: Mapping[LetterHold, str] = MappingProxyType(
    {
        LetterHold.FIRST_LETTER: "held: first letter",
        LetterHold.REVIEW: "held: to be seen",
        LetterHold.DOUBT: "held: in doubt",
        LetterHold.BY_HAND: "held by hand",
    }
)
HELD_BEFORE = "held: "
"""What stands before the reason of what is held where there is room; its glyph says so anyway."""
LEAVING = frozenset({OutgoingState.QUEUED, OutgoingState.SENDING})
STUCK = frozenset({OutgoingState.DEFERRED, OutgoingState.FAILED, OutgoingState.BOUNCED})
YOU = "You"
UNKNOWN = "unknown"


class Status(Frozen):
    """How one mail or letter stands: its glyph, and a few words."""

    glyph: Glyph
    words: str
    ink: Ink | None = None


class MailLine(Frozen):
    """One mail that came, or one letter, as a line of its list; how it stands is asked when the line is drawn."""

    id: str
    who: str
    subject: str
    status: Callable[[], Status]
    settled: bool
    at: datetime


class Lists(Frozen):
    """Both sides of the mailbox; `looked_at` and `trouble` tell of the loop."""

    now: datetime
    zone: ZoneInfo
    mails: tuple[MailLine, ...]
    letters: tuple[MailLine, ...]
    waiting: int
    """Mails that wait for the mentor."""
    held: int
    leaving: int
    """Letters that leave within a week."""
    looked_at: datetime | None = None
    trouble: str = ""

    @property
    def to_review(self) -> tuple[str, ...]:
        """The ids of the mails that wait, in their order."""
        return tuple(line.id for line in self.mails if not line.settled)

    def after(self, mail_id: str) -> str:
        """The next mail that waits, behind the last the first again; empty where no other one does."""
        ids = self.to_review
        behind = ids[ids.index(mail_id) + 1 :] if mail_id in ids else ()
        return next((each for each in (*behind, *ids) if each != mail_id), "")


def lists(desk: Desk, *, looked_at: datetime | None = None, trouble: str = "") -> Lists:
    """Both lists as the store is now."""
    store, now = desk.store.reader(), desk.clock.now()
    names = {pair.mentorship.id: (pair.protege.first_name, pair.protege.address) for pair in pairs(store)}
    mails, letters = store.every(INCOMING), store.every(OUTGOING)
    waiting = [mail for mail in mails if mail.state in NEEDS_MENTOR]
    settled = [mail for mail in reversed(mails) if mail.state not in NEEDS_MENTOR][:MOST_SETTLED]
    return Lists(
        now=now,
        zone=ZoneInfo(desk.mentor.zone),
        mails=tuple(_mail_line(desk, mail, names) for mail in (*sorted(waiting, key=_urgency), *settled)),
        letters=tuple(_letter_line(letter, now) for letter in _in_order(letters)),
        waiting=len(waiting),
        held=sum(letter.state is OutgoingState.HELD for letter in letters),
        leaving=sum(letter.state in LEAVING and letter.due_at <= now + WEEK for letter in letters),
        looked_at=looked_at,
        trouble=trouble,
    )


def _urgency(mail: Incoming) -> tuple[int, datetime]:
    """Personal mails first, then what a person waits for, then what came from nobody known."""
    if is_personal(mail):
        return 0, mail.received_at
    return (1 if mail.state in (IncomingState.ASKED, IncomingState.PARTLY_APPLIED) else 2), mail.received_at


def sender(desk: Desk, mail: Incoming, names: Mapping[str, tuple[str, str]]) -> str:
    """Who a mail is from in one word: a protégé's first name, `You`, or that nobody knows."""
    name, address = names.get(mail.mentorship, ("", ""))
    if name and mail.sender == address:
        return name
    return YOU if desk.is_own(mail.sender) else UNKNOWN


def _mail_line(desk: Desk, mail: Incoming, names: Mapping[str, tuple[str, str]]) -> MailLine:
    who = sender(desk, mail, names)
    subject = mail.subject or "(no subject)"
    return MailLine(
        id=mail.id,
        who=who,
        subject=f"{subject} (from {mail.sender or 'nobody'})" if who == UNKNOWN else subject,
        status=partial(mail_status, desk.store, mail),
        settled=mail.state not in NEEDS_MENTOR,
        at=mail.received_at,
    )


def mail_status(reader: Reader, mail: Incoming) -> Status:
    """How a mail stands, in a few words."""
    match mail.state:
        case IncomingState.HELD if is_personal(mail):
            return Status(glyph=Glyph.ON_PACE, words="personal", ink=Ink.ACCENT)
        case IncomingState.HELD:
            why = _came(mail) or reason(mail)
            return Status(glyph=Glyph.LATE, words=f"{HELD_BEFORE}{why}" if why else "held")
        case IncomingState.FAILED:
            return Status(glyph=Glyph.LATE, words="not read: a bug")
        case IncomingState.ASKED | IncomingState.PARTLY_APPLIED:
            return Status(glyph=Glyph.UNCLEAR, words=_counted(reader, mail))
        case IncomingState.APPLIED:
            return Status(glyph=Glyph.DONE, words="applied" if mail.summary else "settled")
        case IncomingState.DISMISSED:
            return Status(glyph=Glyph.LEFT_OUT, words="put away")
        case _:
            return Status(glyph=Glyph.LEFT_OUT, words=reason(mail) or str(mail.state))


def _came(mail: Incoming) -> str:
    """What came in place of words, which says in a list that there were none."""
    return mail.detail if mail.reason == HoldReason.NO_TEXT else ""


def _counted(reader: Reader, mail: Incoming) -> str:
    """`2 applied, 1 asked`: what the mail has changed, and what its answer asked."""
    applied = sum(len(change.edits) for change in reader.find(CHANGES, "source_ref", mail.id))
    answers = reader.find(OUTGOING, "answers", mail.id)
    asked = sum(isinstance(block, Question) for letter in answers for block in letter.blocks)
    return ", ".join((*((f"{applied} applied",) if applied else ()), f"{max(asked, 1)} asked"))


def _in_order(letters: Iterable[Outgoing]) -> list[Outgoing]:
    """Held ones first, then those in trouble, then what leaves by its time, then what is over, newest first."""
    ranked = {
        OutgoingState.HELD: 0,
        OutgoingState.FAILED: 1,
        OutgoingState.BOUNCED: 1,
        OutgoingState.DEFERRED: 1,
        OutgoingState.SENDING: 2,
        OutgoingState.QUEUED: 2,
    }
    waiting = [letter for letter in letters if letter.state in ranked]
    over = [letter for letter in letters if letter.state not in ranked]
    over.sort(key=lambda letter: letter.sent_at or letter.due_at, reverse=True)
    return [*sorted(waiting, key=lambda letter: (ranked[letter.state], letter.due_at)), *over[:MOST_SETTLED]]


def _letter_line(letter: Outgoing, now: datetime) -> MailLine:
    at = letter.sent_at or letter.next_attempt_at or letter.due_at
    return MailLine(
        id=letter.id,
        who=letter.name.split()[0] if letter.name.split() else letter.address,
        subject=letter.subject or KINDS[letter.kind],
        status=partial(letter_status, letter, now),
        settled=letter.state not in LEAVING | STUCK | {OutgoingState.HELD},
        at=at,
    )


SAID: Mapping[OutgoingState, tuple[Glyph, str]] = MappingProxyType(
    {
        OutgoingState.QUEUED: (Glyph.LEAVES, "leaves"),
        OutgoingState.SENDING: (Glyph.LEAVES, "on its way"),
        OutgoingState.SENT: (Glyph.DONE, "sent"),
        OutgoingState.BOUNCED: (Glyph.LATE, "came back"),
        OutgoingState.FAILED: (Glyph.LATE, "failed"),
        OutgoingState.WITHDRAWN: (Glyph.LEFT_OUT, "withdrawn"),
        OutgoingState.EXPIRED: (Glyph.LEFT_OUT, "expired"),
    }
)


def letter_status(letter: Outgoing, now: datetime) -> Status:
    """How a letter stands, in a few words."""
    if letter.state is OutgoingState.HELD:
        return Status(glyph=Glyph.LATE, words=HELD[letter.hold or LetterHold.BY_HAND])
    if letter.state is OutgoingState.DEFERRED:
        return Status(glyph=Glyph.LATE, words=f"put off after {_times(letter.attempts)}")
    glyph, words = SAID[letter.state]
    if letter.state is OutgoingState.QUEUED and letter.due_at <= now:
        words = "leaves next"
    if letter.perhaps_twice:
        words = f"{words}, perhaps twice"
    return Status(glyph=glyph, words=words)


def _times(attempts: int) -> str:
    return "1 attempt" if attempts == 1 else f"{attempts} attempts"


def in_pane(view: Lists) -> Pane:
    """What came."""
    note = f"{view.waiting} to review" if view.waiting else "all understood"
    return Pane(
        name="in", title="In", note=note, right=f"o  Out  {_out_note(view)}", entries=tuple(_entries(view.mails, view))
    )


def out_pane(view: Lists) -> Pane:
    """What leaves."""
    right = f"o  In  {view.waiting} to review" if view.waiting else "o  In"
    return Pane(name="out", title="Out", note=_out_note(view), right=right, entries=tuple(_entries(view.letters, view)))


def _out_note(view: Lists) -> str:
    leave = {0: "none waits to leave", 1: "1 waits to leave"}.get(view.leaving, f"{view.leaving} wait to leave")
    return f"{leave}, {view.held} held" if view.held else leave


def _entries(found: tuple[MailLine, ...], view: Lists) -> Iterable[Entry]:
    for line in found:
        yield Entry(key=line.id, draw=lambda frame, line=line: (_drawn(line, view, frame),))  # type: ignore[misc]


def _drawn(line: MailLine, view: Lists, frame: Frame) -> Line:
    status = line.status()
    ink = Ink.MUTED if line.settled else Ink.TEXT
    glyph = sign(status.glyph, frame, status.ink)
    words = status.words if frame.wide else status.words.removeprefix(HELD_BEFORE)
    return row(
        frame,
        Column(line=(glyph,), width=2),
        column(line.who, 12 if frame.wide else 9, ink, bold=not line.settled),
        column(line.subject, None, ink),
        column(f" {words}", 27 if frame.wide else 20, ink),
        column(when(line.at, view.now, view.zone), 11, Ink.MUTED, right=True),
        Column(line=(Span(" "),), width=1),
    )


def empty_in(view: Lists) -> Empty:
    """Nothing ever came."""
    looked = f" Last look {when(view.looked_at, view.now, view.zone)}." if view.looked_at else ""
    if view.trouble:
        return Empty(fact="The mailbox cannot be reached.", following=view.trouble, key="o", action="what leaves")
    return Empty(
        fact="All understood.",
        following=f"What people answer shows here, beside what was understood of it.{looked}",
        key="o",
        action=_waiting_letters(view.held) if view.held else "what leaves",
    )


def _waiting_letters(held: int) -> str:
    return "1 letter waits for you" if held == 1 else f"{held} letters wait for you"


def empty_out() -> Empty:
    """Nothing was ever written."""
    return Empty(
        fact="No letter waits.",
        following="Invitation, agenda and feedback form are written by themselves when a talk is planned.",
        key="o",
        action="what came",
    )
