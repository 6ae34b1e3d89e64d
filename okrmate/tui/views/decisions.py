"""What each key would make of a mail or a letter that waits, and what is said before something is put away."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from okrmate.domain.changes import Change
from okrmate.domain.letters import NEEDS_MENTOR, HoldReason, IncomingState, Outgoing, OutgoingState
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, replace
from okrmate.mail.reasons import HoldReason as MailHold
from okrmate.mail.reasons import IgnoreReason
from okrmate.reply.updates import Problem
from okrmate.services.history import undone
from okrmate.services.incoming.meanings import Mark, Meaning
from okrmate.services.incoming.not_applied import NotApplied
from okrmate.services.incoming.to_do import to_do
from okrmate.services.incoming.whys import PUT_AWAY, detailed, is_personal, reason
from okrmate.services.pause import pause_reason
from okrmate.services.ports import Reader
from okrmate.services.tables import CHANGES, OUTGOING
from okrmate.tui.ink import Column, Frame, Ink, Line, column, row, text
from okrmate.tui.pages import Drawing, Entry, Pane
from okrmate.tui.views.moments import when
from okrmate.tui.views.refusals import with_keys
from okrmate.tui.views.review import Review, quoted
from okrmate.tui.wrapping import folded_text

KEY = 3
PROSE = 76
STAYS = "the mail stays kept"
CANNOT_BE_READ = frozenset({MailHold.TOO_BIG, MailHold.UNREADABLE, MailHold.ENCRYPTED, MailHold.NO_TEXT})
"""Why a mail is held of which no word is known, so that it cannot be taken for what it says."""
NAMES_NONE = "It names no key result; a number in it is recorded by hand, r in 3 OKRs."
WHY = "X"
AS_IT_STANDS = "A"
"""The keys that put a mail away with a reason, and settle it whatever is unclear."""


class Offer(Frozen):
    """One key: what it does, and what follows from it; without a key, what happens by itself."""

    key: str
    does: str
    follows: str = ""


class Decision(Frozen):
    """The question at the bottom of the screen and the keys that answer it; `sentence` where there are none.

    `also` are keys that answer it too, which only the palette and the help name.
    """

    title: str
    note: str = ""
    offers: tuple[Offer, ...] = ()
    sentence: str = ""
    also: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """Every key that does something here."""
        return frozenset((*(offer.key for offer in self.offers if offer.key), *self.also))


def last_change(reader: Reader, mail_id: str) -> Change | None:
    """What a mail changed last and can still be taken back."""
    gone = undone(reader)
    changes = reader.find(CHANGES, "source_ref", mail_id)
    return next((each for each in reversed(changes) if each.edits and not each.undoes and each.id not in gone), None)


def mail_decision(view: Review, problem: Problem | None, last: Change | None) -> Decision:
    """What can be done with a mail; `problem` is the open line in hand, `last` what can be taken back."""
    decision = _mail_decision(view, problem, last)
    if view.mail.state not in NEEDS_MENTOR:
        return decision
    by_line = problem is not None and not view.unsure and view.mail.state is not IncomingState.FAILED
    return replace(decision, also=(WHY, *((AS_IT_STANDS,) if by_line else ())))


def _mail_decision(view: Review, problem: Problem | None, last: Change | None) -> Decision:
    mail = view.mail
    away = Offer(key="x", does="put it away", follows=f"nothing of it is applied; {STAYS}")
    if mail.state is IncomingState.FAILED:
        again = Offer(key="a", does="read it again", follows="a later version may be able to")
        sentence = f"A bug of okrmate's. The mail is kept whole as {mail.raw}."
        return Decision(title="Not read", sentence=sentence, offers=(again, away))
    if view.unsure and mail.reason in CANNOT_BE_READ:
        seen = Offer(key="a", does="settle it", follows=f"no number changes; {STAYS}")
        return Decision(title="Not read", note=detailed(mail), offers=(seen, away), sentence=_here(to_do(mail)))
    if view.unsure:
        would = ", ".join(_would(view)) or "nothing in it changes a number"
        take = Offer(key="a", does=f"take it as an answer: {would}", follows="what was understood is confirmed by mail")
        return Decision(title=_doubt(view), note=detailed(mail), offers=(take, away), sentence=_here(to_do(mail)))
    if problem is not None and mail.state in NEEDS_MENTOR:
        offers, sentence = tuple(_line_offers(view, problem)), "" if problem.kr else NAMES_NONE
        return Decision(title="What does it mean?", note=quoted(problem), offers=offers, sentence=sentence)
    if mail.state in NEEDS_MENTOR:
        seen = Offer(key="a", does="read: settle it", follows=f"no number changes; {STAYS}")
        offers = (seen, *_own_words(view), away)
        if is_personal(mail):
            return Decision(title="For you", note="personal; nothing in it was taken as progress", offers=offers)
        return Decision(title="For you", note=detailed(mail), offers=offers, sentence=_here(to_do(mail)))
    if last is not None:
        back = Offer(key="x", does=f"take back what it changed: {mail.summary or last.what}", follows=STAYS)
        return Decision(title="Settled", offers=(back,))
    if mail.state is IncomingState.DISMISSED:
        return Decision(title="Put away", note=mail.detail if mail.reason == PUT_AWAY else "", sentence=_rest(view))
    return Decision(title=str(mail.state).capitalize(), note=reason(mail), sentence=_rest(view))


def _doubt(view: Review) -> str:
    match view.mail.reason:
        case NotApplied.MANY_UPDATES:
            return "All of this?"
        case NotApplied.CONVERSATION:
            return "An answer to okrmate, or to you?"
        case NotApplied.IN_JUNK:
            return "No junk?"
        case _:
            return "Take it for what it says?"


def _would(view: Review) -> Iterator[str]:
    """What her word would make of the mail, in few words."""
    proposed = [one for each in view.side.rows for one in each.meanings if one.mark is Mark.PROPOSED]
    refs = dict.fromkeys(one.ref for one in proposed if one.ref)
    if refs:
        yield f"KR {', '.join(refs)}"
    yield from dict.fromkeys(one.title.lower() for one in proposed if not one.ref)


def _line_offers(view: Review, problem: Problem) -> Iterator[Offer]:
    meant = _meaning(view, problem)
    named = meant is not None and bool(meant.ref)
    if meant is not None and meant.new:
        yield Offer(key="a", does=f"{meant.new} is the value", follows="a reading, as if it had been clear")
    else:
        yield Offer(key="a", does="settle the mail, leave the line", follows="no number changes")
    if meant is not None and named:
        yield Offer(key="e", does="type the value it means", follows="its words stay as the note")
        yield Offer(key="k", does=f"no value: a note on “{meant.title}”", follows="no number changes")
    yield from _own_words(view)
    yield Offer(key="x", does="put this line aside, or the mail away", follows="what was applied stays")
    if view.letter is not None and view.mail.state is not IncomingState.HELD:
        yield Offer(key="", does=f"or wait: {view.name} was asked by mail", follows="the answer settles it by itself")


def _own_words(view: Review) -> Iterator[Offer]:
    if view.answerable:
        yield Offer(key="r", does=f"answer {view.name} in your own words", follows="a letter, which you see first")


def _meaning(view: Review, problem: Problem) -> Meaning | None:
    return next((one for each in view.side.rows for one in each.meanings if one.problem == problem), None)


def _here(sentence: str) -> str:
    """A sentence about keys on the very screen they are on."""
    return with_keys(sentence, here="5 Mail")


def _rest(view: Review) -> str:
    if view.mail.reason == IgnoreReason.BOUNCE:
        return "It reports that a letter did not arrive; o shows which ones came back. The mail stays kept."
    if view.mail.state is IncomingState.IGNORED:
        return "Nothing in it was taken as an answer, and nobody was answered. The mail stays kept."
    if view.mail.state is IncomingState.REFUSED:
        return "Nothing in it was believed, and nobody was answered. The mail stays kept."
    return "" if view.side.sentence else "Nothing is left to decide. The mail stays kept."


def letter_decision(reader: Reader, letter: Outgoing, now: datetime, zone: ZoneInfo) -> Decision:
    """What can be done with a letter, as the outbox is now."""
    pause, along = pause_reason(reader), _along(reader, letter)
    leaves = "with the next delivery" if letter.due_at <= now else when(letter.due_at, now, zone)
    whole = Offer(key="v", does="read it whole", follows="as it will be read")
    match letter.state:
        case OutgoingState.HELD:
            others = f"; {along} more with it" if along else ""
            go = Offer(key="s", does="let it go", follows=f"it leaves {leaves}{others}")
            decision = Decision(title="Held", note=str(letter.hold or ""), offers=(go, whole))
        case OutgoingState.QUEUED:
            now_ = Offer(key="s", does="send it now", follows=f"instead of {leaves}" * (letter.due_at > now))
            back = Offer(key="h", does="hold it back", follows="it waits until you let it go")
            decision = Decision(title=f"Leaves {leaves}", offers=(now_, back, whole))
        case OutgoingState.DEFERRED:
            again = letter.next_attempt_at
            note = f"next attempt {when(again, now, zone)}" if again else ""
            retry = Offer(key="s", does="try again now", follows=letter.error)
            decision = Decision(title="Put off", note=note, offers=(retry, whole))
        case _:
            return Decision(title=str(letter.state).capitalize(), sentence=_over(letter, now, zone))
    if pause:
        everything = Offer(key="S", does="let everything go", follows=pause)
        return Decision(title="All letters are held", note=decision.note, offers=(*decision.offers, everything))
    return decision


def _along(reader: Reader, letter: Outgoing) -> int:
    """How many others are freed with it: those that wait for the same reason, and only for that."""
    if letter.hold is not HoldReason.FIRST_LETTER or letter.to is not Side.PROTEGE:
        return 0
    others = reader.find(OUTGOING, "mentorship", letter.mentorship)
    held = [each for each in others if each.state is OutgoingState.HELD and each.hold is HoldReason.FIRST_LETTER]
    return len(held) - 1


def _over(letter: Outgoing, now: datetime, zone: ZoneInfo) -> str:
    error = f" {letter.error[:1].upper()}{letter.error[1:].rstrip('.')}." if letter.error else ""
    match letter.state:
        case OutgoingState.SENT:
            at = when(letter.sent_at, now, zone) if letter.sent_at else ""
            twice = (
                f" It was handed over {letter.copies} times, as one answer was lost: it may have arrived twice,"
                " under one Message-ID."
            )
            return f"It left {at}.{twice if letter.perhaps_twice else ''}"
        case OutgoingState.SENDING:
            return "It is being handed over now."
        case OutgoingState.BOUNCED:
            return f"It came back.{error} Is the address still right?"
        case _:
            return f"It never left.{error}"


def decision_pane(decision: Decision) -> Pane:
    """The question and its keys, a line each."""
    entries = [Entry(draw=_offer_drawing(offer)) for offer in decision.offers]
    if decision.sentence:
        entries.append(
            Entry(
                draw=lambda frame: folded_text(decision.sentence, min(PROSE, frame.width - 1), Ink.MUTED), height=None
            )
        )
    return Pane(name="decision", title=decision.title, note=decision.note, entries=tuple(entries))


def _offer_drawing(offer: Offer) -> Drawing:
    def draw(frame: Frame) -> tuple[Line, ...]:
        key, does = (
            column(offer.key, KEY, Ink.ACCENT, bold=True),
            text(offer.does, Ink.TEXT if offer.key else Ink.MUTED),
        )
        if not frame.wide or not offer.follows:
            return (row(frame, key, Column(line=does)),)
        return (row(frame, key, Column(line=does), column(offer.follows, frame.width // 2 - 1, Ink.MUTED)),)

    return draw


def value_of(view: Review, problem: Problem) -> str:
    """What was read of an unclear line as a value; empty where nothing was."""
    meant = _meaning(view, problem)
    return meant.new if meant else ""


def refusal(view: Review, last: Change | None) -> tuple[str, tuple[str, ...], str]:
    """What a sheet asks before a mail is put away or what it changed is taken back, and the word on the key.

    Without a word there is nothing to refuse, and the question says so.
    """
    mail = view.mail
    if mail.state in NEEDS_MENTOR:
        changed = f"What it has changed stays: {mail.summary}." if mail.summary else "Nothing of it is applied."
        kept = f"The mail stays kept. {view.name} is not told."
        return f"Put this mail of {view.name} away?", (changed, kept), "put away"
    if last is not None:
        changed = f"{mail.summary or last.what} goes back to what it was."
        return f"Take back what this mail of {view.name} changed?", (changed, "The mail stays kept."), "take back"
    return "This mail changed nothing that could be taken back.", (), ""
