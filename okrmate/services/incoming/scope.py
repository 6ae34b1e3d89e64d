"""What is any business of ours: known addresses, our Message-IDs and tokens, as the store knows them now."""

from okrmate.domain.people import Side
from okrmate.frozen import Frozen
from okrmate.mail.screening import Correspondent, Facts, TokenOwner
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.mentorships import Pair, pairs
from okrmate.services.tables import MEETINGS, MENTORSHIPS, OUTGOING

MENTOR = Correspondent(person="", side=Side.MENTOR)


class Scope(Frozen):
    """The answers to "does this concern us?" and "who is this?", for one pass."""

    room: MailRoom
    pairs_by_address: dict[str, Pair]
    facts: Facts

    @classmethod
    def of(cls, room: MailRoom) -> "Scope":
        """As the store is now."""
        by_address = {pair.protege.address: pair for pair in pairs(room.store)}
        known = {address: _protege(pair.protege.id) for address, pair in by_address.items()}
        for own in (room.mentor.address, room.rules.sender_address):
            known.setdefault(own.lower(), MENTOR)
        facts = Facts(
            known=known,
            is_ours=lambda identifier: bool(room.store.find(OUTGOING, "message_id", identifier)),
            owner_of=lambda token: owner_of(room, token),
            own_addresses=(room.rules.sender_address.lower(),),
            authserv_ids=room.rules.authserv_ids,
            home_id=room.store.home.id,
        )
        return cls(room=room, pairs_by_address=by_address, facts=facts)

    @property
    def proteges(self) -> frozenset[str]:
        """The addresses whose every mail is shown."""
        return frozenset(self.pairs_by_address)

    def is_ours(self, identifier: str) -> bool:
        """Whether a Message-ID is one of our letters'."""
        return self.facts.is_ours(identifier)

    def is_token(self, token: str) -> bool:
        """Whether a token was given out by this home."""
        return self.facts.owner_of(token) is not None

    def mentorship_of(self, address: str) -> str:
        """The mentorship of the protégé with this address, empty for anybody else."""
        pair = self.pairs_by_address.get(address)
        return pair.mentorship.id if pair else ""


def owner_of(room: MailRoom, token: str) -> TokenOwner | None:
    """What a token stands for: a letter of ours, or a meeting's calendar event."""
    for letter in room.store.find(OUTGOING, "token", token):
        mentorship = room.store.get(MENTORSHIPS, letter.mentorship)
        correspondent = MENTOR if letter.to is Side.MENTOR else _protege(mentorship.protege if mentorship else "")
        return TokenOwner(
            correspondent=correspondent, mentorship=letter.mentorship, letter=letter.id, meeting=letter.meeting
        )
    for meeting in room.store.find(MEETINGS, "token", token):
        mentorship = room.store.get(MENTORSHIPS, meeting.mentorship)
        return TokenOwner(
            correspondent=_protege(mentorship.protege if mentorship else ""),
            mentorship=meeting.mentorship,
            meeting=meeting.id,
        )
    return None


def _protege(person: str) -> Correspondent:
    return Correspondent(person=person, side=Side.PROTEGE)
