"""Doubts: what new mail tells against our picture of time and of who sends from this account; then nothing leaves."""

import logging
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from okrmate.domain.letters import Outgoing
from okrmate.mail.authentication import is_proven
from okrmate.mail.headers import addresses, message_ids
from okrmate.mail.outbound import token_of_message_id
from okrmate.services.mailroom import MailRoom
from okrmate.services.pause import pause, pause_reason
from okrmate.services.ports import Sighting
from okrmate.services.tables import OUTGOING, SETTINGS, Setting

LOG = logging.getLogger("okrmate.inbox")
CLOCK_OFF = timedelta(hours=1)
"""A clock further off than this sends letters at the wrong time (product: promise 6)."""
UNRECORDED = "letters never recorded"
"""The setting that names, by their tokens, the letters of ours that this home does not know."""
REMEMBERED = 1000
"""So many of them at most, the youngest."""
OLDER_COPY = (
    "this home has sent letters that it does not know of: an older copy of it was put back, or a second one is at work;"
    " see among sent mail what has left, then release"
)
LATELY = timedelta(days=7)
"""A home of which nothing was seen for so long is taken for one that is gone."""


def hold_in_doubt(room: MailRoom, sightings: Sequence[Sighting], known: Container[str]) -> None:
    """Hold the whole outbox where these mails give a reason to, until the mentor has looked (product: promise 6).

    Told by headers, and by when the mail server took them; nothing of the mails is kept. `known` are the addresses of
    whom we know.
    """
    reason = next(_reasons(room, sightings), "")
    standing = pause_reason(room.store)
    if reason and not standing:
        _hold(room, reason)
    unrecorded = _unrecorded(room, sightings, known)
    if unrecorded:
        standing = pause_reason(room.store)
        if OLDER_COPY not in standing:
            _hold(room, f"{standing}; {OLDER_COPY}" if standing else OLDER_COPY)
        _note(room, unrecorded)


def in_hours(off: timedelta) -> str:
    """How far two clocks are apart, for a person."""
    hours = off / timedelta(hours=1)
    return f"{hours:.1f} hours" if hours < 48 else f"{off.days} days"  # noqa: PLR2004 - two days are told as days


def _hold(room: MailRoom, reason: str) -> None:
    LOG.warning("every letter is held", extra={"sentence": reason})
    pause(room.desk, reason)


def _reasons(room: MailRoom, sightings: Sequence[Sighting]) -> Iterator[str]:
    now = room.desk.clock.now()
    if any(_of_another_home(room, sighting, now) for sighting in sightings):
        yield "another home of okrmate sends from this account too; stop one of the two, then release"
    if not room.rules.compare_clocks:
        return
    behind = max(_of_the_future(sightings, now), default=timedelta())
    if behind > CLOCK_OFF:
        yield f"this machine's clock is {in_hours(behind)} behind the mail server's; set it, then release"
    ahead = max(_before_their_letter(room, sightings), default=timedelta())
    if ahead > CLOCK_OFF:
        yield (
            f"by the mail server's clock mail came {in_hours(ahead)} before the letter it belongs to had left; "
            "set this machine's clock, then release"
        )


def _of_another_home(room: MailRoom, sighting: Sighting, now: datetime) -> bool:
    """Whether it is a letter such as ours, from our address and of these days, that this home has not written.

    A form that chance may give (RFC 5322 leaves Message-IDs to each program) and a From that anybody may write are not
    enough alone: the copies for the mentor by which a home is seen say that a program wrote them (RFC 3834), and what
    does not lie among sent mail must be proven where a server is trusted to. Else anybody could stop all letters.
    """
    headers = sighting.headers
    named = token_of_message_id(next(iter(message_ids(headers.get("message-id", ()))), ""))
    own = room.rules.sender_address.lower()
    return (
        named is not None
        and named[1] != room.store.home.id
        and addresses(headers.get("from", ())) == (own,)
        and "auto-submitted" in headers
        and now - (sighting.arrived_at or now) <= LATELY
        and (sighting.sent or is_proven(headers.get("authentication-results", ()), room.rules.authserv_ids, own))
    )


def _unrecorded(room: MailRoom, sightings: Iterable[Sighting], known: Container[str]) -> tuple[str, ...]:
    """The tokens of letters that have left from this home, and that it does not know; not those told of before."""
    told = _told(room)
    named = [
        token_of_message_id(name) for each in sightings if _shows_letters(room, each, known) for name in _named(each)
    ]
    ours = dict.fromkeys(found[0] for found in named if found and found[1].lower() == room.store.home.id.lower())
    return tuple(token for token in ours if token not in told and not room.store.find(OUTGOING, "token", token))


def _shows_letters(room: MailRoom, sighting: Sighting, known: Container[str]) -> bool:
    """Whether it proves the letters that it names: sent mail does, and what provably comes from whom we know."""
    senders = addresses(sighting.headers.get("from", ()))
    if sighting.sent or sighting.junk or len(senders) != 1:
        return sighting.sent
    results = sighting.headers.get("authentication-results", ())
    return senders[0] in known and is_proven(results, room.rules.authserv_ids, senders[0])


def _told(room: MailRoom) -> tuple[str, ...]:
    setting = room.store.get(SETTINGS, UNRECORDED)
    return tuple(setting.value.split()) if setting else ()


def _note(room: MailRoom, tokens: Sequence[str]) -> None:
    """Remember of which letters the mentor was told: their answers are still to come, one after the other."""
    kept = (*_told(room), *tokens)[-REMEMBERED:]
    with room.store.transaction() as tx:
        tx.put(SETTINGS, Setting(id=UNRECORDED, value=" ".join(kept)))


def _of_the_future(sightings: Iterable[Sighting], now: datetime) -> Iterator[timedelta]:
    """By how much the server took mails later than now, which none can."""
    return (sighting.arrived_at - now for sighting in sightings if sighting.arrived_at)


def _before_their_letter(room: MailRoom, sightings: Iterable[Sighting]) -> Iterator[timedelta]:
    """By how much mails that are letters of ours, or answer one, came before that left, which none can."""
    for sighting in sightings:
        if sighting.arrived_at is None:
            continue
        for identifier in _named(sighting):
            for letter in room.store.find(OUTGOING, "message_id", identifier):
                yield _on_its_way(letter) - sighting.arrived_at


def _on_its_way(letter: Outgoing) -> datetime:
    """When it can have left at the earliest; of one that perhaps left twice only the second time is known."""
    return letter.claimed_at if letter.claimed_at and not letter.perhaps_twice else letter.created_at


def _named(sighting: Sighting) -> tuple[str, ...]:
    fields = ("message-id", "in-reply-to", "references")
    return message_ids(value for field in fields for value in sighting.headers.get(field, ()))
