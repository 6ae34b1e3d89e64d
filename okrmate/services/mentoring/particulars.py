"""A person's particulars, changed by the mentor: name, address, zone, locale, language; and the end of all."""

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import TO_A_MAIL, WAITING
from okrmate.domain.meetings import MeetingState
from okrmate.domain.people import Mentorship, MentorshipState, Protege
from okrmate.frozen import Frozen, replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import NewPerson, Pair, as_it_stands, checked
from okrmate.services.ports import Transaction
from okrmate.services.tables import MEETINGS, MENTORSHIPS, OUTGOING, PEOPLE


class Particulars(Frozen):
    """What is to be another; what is empty stays as it is."""

    name: str = ""
    address: str = ""
    zone: str = ""
    locale: str = ""
    language: str = ""


def change_particulars(desk: Desk, pair: Pair, given: Particulars) -> Protege:
    """Change what is known of a person; letters written from now on follow it. `UsageError` names what cannot be."""
    with desk.store.transaction() as tx:
        known = tx.get(PEOPLE, pair.protege.id) or pair.protege
        wanted = NewPerson(
            name=given.name or known.name,
            address=given.address or known.address,
            zone=given.zone or known.zone,
            locale=given.locale or known.locale,
            language=given.language or known.language,
        )
        changed = replace(checked(desk, wanted), id=known.id, days_off=known.days_off)
        if any(other.id != known.id for other in tx.find(PEOPLE, "address", changed.address)):
            raise UsageError(f"{changed.address} is already the address of somebody here; see `okrmate person list`.")
        if changed != known:
            tx.put(PEOPLE, changed)
            source = trail.by_command("person edit")
            what = f"{changed.name}: particulars changed"
            trail.record(tx, desk, what=what, source=source, mentorship=pair.mentorship.id)
    return changed


def end_mentorship(desk: Desk, pair: Pair) -> Mentorship:
    """End a mentorship: nothing is sent any more but answers to mails; everything stays as it is kept.

    `UsageError` where it cannot end, or a talk is still planned, which stands in both calendars.
    """
    now = desk.clock.now()
    with desk.store.transaction() as tx:
        _refuse_planned_talk(tx, pair)
        ended = as_it_stands(tx, pair).becoming(MentorshipState.ENDED, now)
        tx.put(MENTORSHIPS, ended)
        for letter in tx.find(OUTGOING, "mentorship", pair.mentorship.id):
            if letter.state in WAITING and letter.kind not in TO_A_MAIL:
                tx.put(OUTGOING, letter.withdrawn("the mentorship has ended"))
        what = f"the mentorship with {pair.protege.name} ended"
        trail.record(tx, desk, what=what, source=trail.by_command("person end"), mentorship=pair.mentorship.id)
    return ended


def _refuse_planned_talk(tx: Transaction, pair: Pair) -> None:
    planned = (
        each for each in tx.find(MEETINGS, "mentorship", pair.mentorship.id) if each.state is MeetingState.SCHEDULED
    )
    ahead = next(planned, None)
    if ahead is not None:
        day = f"{ahead.starts:%a} {ahead.starts.day} {ahead.starts:%b}"
        raise UsageError(f"Talk {ahead.number} on {day} stands in both calendars; hold or cancel it before the end.")
