"""People and their mentorships: adding, finding, listing, and becoming silent."""

from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.particulars import locale, mail_address, time_zone
from okrmate.domain.people import Mentor, Mentorship, MentorshipState, Protege
from okrmate.domain.spelling import nearest
from okrmate.frozen import Frozen, replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import MENTORSHIPS, PEOPLE


class Pair(Frozen):
    """A protégé and the mentorship that is theirs."""

    protege: Protege
    mentorship: Mentorship


class NewPerson(Frozen):
    """What is known of somebody who is added; empty fields take the mentor's own."""

    name: str
    address: str
    zone: str = ""
    locale: str = ""
    language: str = ""
    proposed: bool = False


def add_person(desk: Desk, new: NewPerson) -> Pair:
    """Add a protégé and open the mentorship; `UsageError` names what cannot be taken."""
    state = MentorshipState.PROPOSED if new.proposed else MentorshipState.ACTIVE
    protege = checked(desk, new)
    with desk.store.transaction() as tx:
        if tx.find(PEOPLE, "address", protege.address):
            raise UsageError(f"{protege.address} is already the address of somebody here; see `okrmate person list`.")
        mentorship = Mentorship(id=desk.tokens.new_id(), protege=protege.id, state=state, begun_at=desk.clock.now())
        tx.put(PEOPLE, protege)
        tx.put(MENTORSHIPS, mentorship)
        trail.record(
            tx, desk, what=f"{protege.name} added", source=trail.by_command("person add"), mentorship=mentorship.id
        )
    return Pair(protege=protege, mentorship=mentorship)


def checked(desk: Desk, new: NewPerson) -> Protege:
    """Somebody as they can be taken, with an id of their own; `UsageError` names what cannot be."""
    name = " ".join(new.name.split())
    if not name or not name.isprintable():
        raise UsageError("A person needs a name of visible letters.")
    address = _taken(mail_address(new.address)).lower()
    if desk.is_own(address):
        raise UsageError(f"{address} is your own address: every mail you write would be taken for theirs.")
    return Protege(
        id=desk.tokens.new_id(),
        name=name,
        address=address,
        zone=_taken(time_zone(new.zone)) if new.zone else desk.mentor.zone,
        locale=_taken(locale(new.locale)) if new.locale else _usual_locale(desk.mentor, new.language),
        language=new.language or desk.mentor.language,
    )


def _usual_locale(mentor: Mentor, language: str) -> str:
    """How numbers are written by somebody with this language; the mentor's own way where it is hers, or not told."""
    return mentor.locale if language in ("", mentor.language) else language


def _taken(found: str | Refusal) -> str:
    if isinstance(found, Refusal):
        raise UsageError(found.sentence)
    return found


def pairs(reader: Reader) -> tuple[Pair, ...]:
    """Every protégé with their mentorship, in the order they were added."""
    people = {person.id: person for person in reader.every(PEOPLE)}
    return tuple(
        Pair(protege=people[mentorship.protege], mentorship=mentorship)
        for mentorship in reader.every(MENTORSHIPS)
        if mentorship.protege in people
    )


def pair(reader: Reader, mentorship: str) -> Pair:
    """The pair of one mentorship, by its id."""
    found = reader.get(MENTORSHIPS, mentorship)
    protege = reader.get(PEOPLE, found.protege) if found else None
    if found is None or protege is None:
        raise UsageError(f"There is no mentorship “{mentorship}”.")
    return Pair(protege=protege, mentorship=found)


def as_it_stands(tx: Transaction, known: Pair) -> Mentorship:
    """The mentorship of a pair at the moment of a change: another process may have changed it since it was read."""
    return tx.get(MENTORSHIPS, known.mentorship.id) or known.mentorship


def find_pair(reader: Reader, needle: str) -> Pair:
    """The pair whose protégé is named by an id, an address or the unique beginning of a name, or `UsageError`."""
    wanted = needle.strip().casefold()
    everyone = pairs(reader)
    exact = [
        found
        for found in everyone
        if wanted in {found.protege.id, found.mentorship.id, found.protege.address, found.protege.name.casefold()}
    ]
    begun = exact or [found for found in everyone if wanted and found.protege.name.casefold().startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    if begun:
        names = ", ".join(f"{found.protege.name} ({found.protege.address})" for found in begun)
        raise UsageError(f"“{needle}” could be {names}; use the address.")
    hint = nearest(needle, [name for found in everyone for name in (found.protege.first_name, found.protege.name)])
    raise UsageError(f"Nobody here is called “{needle}”{f'; did you mean {hint}?' if hint else '.'}")


def reviewed(mentorship: Mentorship) -> Mentorship:
    """The mentorship once the mentor has seen and released a first letter to its protégé."""
    return mentorship if mentorship.reviewed else replace(mentorship, reviewed=True)
