"""The check-up of a home: whether mail can be fetched and sent, letters be written, and the clock be believed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from okrmate.domain.people import LANGUAGES, Mentor
from okrmate.frozen import replace
from okrmate.mail.rendering import Composer
from okrmate.services.checks.findings import Finding, fine, known_as, tried, wrong
from okrmate.services.checks.trial_letter import write_trial
from okrmate.services.incoming.doubts import CLOCK_OFF
from okrmate.services.letters.trials import write_all
from okrmate.services.ports import Clock, Mailbox, Postman, Store
from okrmate.services.tables import CHANGES, INCOMING


def check_mailbox(about: str, mailbox: Mailbox, clock: Clock) -> Finding:
    """Whether every folder in which a reply, or what has left, may lie can be looked into; nothing is read."""

    def look() -> str:
        folders = mailbox.folders()
        for folder in folders:
            mailbox.look(folder, None, clock.now())
        return f"reached; what is looked into: {', '.join(map(known_as, folders))}."

    try:
        return tried(about, look)
    finally:
        mailbox.close()


def check_way_out(about: str, postman: Postman) -> Finding:
    """Whether letters could leave; none does."""

    def look() -> str:
        postman.ready()
        return "reached; letters can leave."

    try:
        return tried(about, look)
    finally:
        postman.rest()


def check_letters(composer: Composer, mentor: Mentor) -> Finding:
    """Whether every template can be written, the home's own among them."""

    def write() -> str:
        written = 0
        for language in LANGUAGES:
            words = composer.words(replace(mentor, language=language))
            written += write_all(composer, words)
            write_trial(composer, words, name=mentor.first_name, code="")
        return f"{written} letters written on trial."

    return tried("templates", write)


def check_store(store: Store) -> Finding:
    """Whether what is kept can be read."""
    return tried("store", lambda: f"opened; changes recorded: {len(store.every(CHANGES))}.")


def check_clock(store: Store, clock: Clock, zone: str) -> Finding:
    """Whether the clock has gone back behind what was recorded by it."""
    now = clock.now()
    recorded = [change.at for change in store.every(CHANGES)] + [mail.received_at for mail in store.every(INCOMING)]
    return judged_clock(now, max(recorded, default=now), "something was recorded", zone)


def judged_clock(now: datetime, then: datetime, what: str, zone: str) -> Finding:
    """What to think of a clock that says `now` after something happened at `then`."""
    said = now.astimezone(ZoneInfo(zone))
    if then - now > CLOCK_OFF:
        ahead = then.astimezone(ZoneInfo(zone))
        return wrong(
            "clock", f"this machine says {said:%d %b %Y %H:%M}, but {what} at {ahead:%d %b %Y %H:%M}: set its clock."
        )
    return fine("clock", f"{said:%a %d %b %Y %H:%M} in {zone}.")
