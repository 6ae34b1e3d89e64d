"""What a story came to: everything its store holds, in words that two tellings share (no ids, no tokens)."""

from collections import Counter
from email import message_from_bytes
from pathlib import Path

from okrmate.domain.letters import Outgoing
from okrmate.services.mentoring.mentorships import pair
from okrmate.services.ports import Store
from okrmate.services.tables import (
    AGENDA_ITEMS,
    CHANGES,
    FEEDBACK,
    INCOMING,
    KEY_RESULTS,
    MEETINGS,
    MENTORSHIPS,
    OUTGOING,
    READINGS,
)

Outcome = dict[str, Counter[str]]


def outcome(store: Store) -> Outcome:
    """Each kind of record as sentences, counted: two of the same are no accident that goes unseen."""
    refs = {each.id: each.ref for each in store.every(KEY_RESULTS)}
    names = {each.id: pair(store, each.id).protege.name for each in store.every(MENTORSHIPS)}
    return {
        "readings": Counter(
            f"{names[each.mentorship]} {refs[each.key_result]} {each.value} {each.note}"
            for each in store.every(READINGS)
        ),
        "items": Counter(f"{names[each.mentorship]} {each.by} {each.text}" for each in store.every(AGENDA_ITEMS)),
        "feedback": Counter(
            f"{names[each.mentorship]} {each.by} {each.positive} {each.suggestion}" for each in store.every(FEEDBACK)
        ),
        "talks": Counter(f"{names[each.mentorship]} {each.number} {each.state}" for each in store.every(MEETINGS)),
        "changes": Counter(f"{each.by}: {each.what}" for each in store.every(CHANGES)),
        "mails": Counter(f"{each.sender} {each.subject} {each.state} {each.left}" for each in store.every(INCOMING)),
        "letters": Counter(_letter(each) for each in store.every(OUTGOING)),
    }


def _letter(letter: Outgoing) -> str:
    return f"{letter.kind} to {letter.address}, {letter.subject}: {letter.state} ({letter.key.rpartition(':')[2]})"


def copies(sent: Path) -> Counter[str]:
    """How often each Message-ID lies in the Maildir of what was sent."""
    mails = [path.read_bytes() for folder in ("new", "cur") for path in (sent / folder).iterdir()]
    return Counter(str(message_from_bytes(mail)["Message-ID"]) for mail in mails)
