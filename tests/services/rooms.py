"""A mail room in memory whose clock, way out and store a test holds in its hands."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from okrmate.adapters.resources import Resources
from okrmate.domain.letters import LetterKind, Outgoing, OutgoingState
from okrmate.domain.meetings import Meeting
from okrmate.domain.people import Mentor, Mentorship, MentorshipState, Side
from okrmate.mail.rendering import Composer
from okrmate.services.desk import Desk
from okrmate.services.mail_rules import MailRules, Review
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.tables import MEETINGS, MENTORSHIPS, OUTGOING, PEOPLE
from tests.builders import NOW, a_mentor, a_mentorship, a_protege, an_outgoing
from tests.fakes import CountingTokens, FixedClock, MemoryMailbox, MemoryPostman, MemoryRawMail, MemoryStore

SHIPPED = Resources(Path("a-home-without-templates"))


class ShortLetters:
    """One line in place of each letter, for tests of when they leave."""

    def template(self, name: str) -> str:
        return f"Subject: {name[3:-6]}\n\nHow is it going?\n" if name.endswith(".md.j2") else SHIPPED.template(name)


COMPOSER = Composer(ShortLetters())


class Office:
    """Everything a mail room is made of; `restart` makes it anew over the same store, as another process would."""

    def __init__(
        self,
        *,
        now: datetime = NOW,
        review: Review = Review.NONE,
        mentor: Mentor | None = None,
        store: MemoryStore | None = None,
        postman: MemoryPostman | None = None,
    ) -> None:
        self.clock = FixedClock(now)
        self.mentor = mentor or a_mentor()
        self.rules = MailRules(sender_name="Olivia", sender_address="olivia@example.org", review=review)
        self.store = store or MemoryStore()
        self.postman = postman or MemoryPostman()
        self._starts = 0
        self.room = self.restart()

    def restart(self) -> MailRoom:
        self._starts += 1
        desk = Desk(store=self.store, clock=self.clock, tokens=CountingTokens(f"p{self._starts}x"), mentor=self.mentor)
        self.room = MailRoom(
            desk=desk,
            rules=self.rules,
            mailbox=MemoryMailbox(),
            postman=self.postman,
            raw=MemoryRawMail(),
            composer=COMPOSER,
        )
        return self.room

    @property
    def desk(self) -> Desk:
        return self.room.desk

    def with_person(
        self,
        *,
        name: str = "sam",
        zone: str = "Europe/Madrid",
        state: MentorshipState = MentorshipState.ACTIVE,
        begun_at: datetime | None = None,
        reviewed: bool = False,
    ) -> Pair:
        """Somebody who is here, with a mentorship of the id `NAME-pair`."""
        protege = a_protege(id=name, name=f"{name.title()} Ortiz", address=f"{name}@example.net", zone=zone)
        mentorship = a_mentorship(
            id=f"{name}-pair", protege=name, state=state, begun_at=begun_at or self.clock.now(), reviewed=reviewed
        )
        with self.store.transaction() as tx:
            tx.put(PEOPLE, protege)
            tx.put(MENTORSHIPS, mentorship)
        return Pair(protege=protege, mentorship=mentorship)

    def letters(self, kind: LetterKind | None = None, to: Side | None = None) -> tuple[Outgoing, ...]:
        """What is in the outbox, in the order it was put there."""
        return tuple(
            letter for letter in self.store.every(OUTGOING) if kind in (None, letter.kind) and to in (None, letter.to)
        )

    def letter(self, kind: LetterKind, to: Side = Side.PROTEGE) -> Outgoing:
        """The only letter of this kind to this side."""
        (found,) = self.letters(kind, to)
        return found

    def meeting(self, meeting_id: str) -> Meeting:
        found = self.store.get(MEETINGS, meeting_id)
        assert found is not None
        return found

    def mentorship(self, mentorship_id: str) -> Mentorship:
        found = self.store.get(MENTORSHIPS, mentorship_id)
        assert found is not None
        return found

    def become(self, mentorship_id: str, state: MentorshipState) -> None:
        """Take a mentorship through one step of its lifecycle."""
        with self.store.transaction() as tx:
            tx.put(MENTORSHIPS, self.mentorship(mentorship_id).becoming(state, self.clock.now()))


def kinds(letters: Iterable[Outgoing]) -> list[tuple[LetterKind, Side]]:
    """What the letters are and to whom, sorted."""
    return sorted((letter.kind, letter.to) for letter in letters)


def put(office: Office, letter: Outgoing) -> Outgoing:
    """Put a letter into the outbox as it is."""
    with office.store.transaction() as tx:
        tx.put(OUTGOING, letter)
    return letter


def an_answer(office: Office, **fields: object) -> Outgoing:
    """An acknowledgement to Sam in the outbox, which no plan knows of."""
    office.with_person()
    return put(office, an_outgoing(mentorship="sam-pair", meeting="", kind=LetterKind.ACKNOWLEDGEMENT, **fields))  # type: ignore[arg-type]


def state(office: Office, letter: Outgoing) -> OutgoingState:
    """What has become of a letter."""
    found = office.store.get(OUTGOING, letter.id)
    assert found is not None
    return found.state
