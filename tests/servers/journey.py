"""The journey of one talk over real servers: invitation, agenda, answer, yes, the talk, and both halves of feedback.

Each step waits until what it brings about is stored and lies in the mailboxes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from time import monotonic

from okrmate.domain.letters import Incoming, LetterKind, Outgoing
from okrmate.domain.people import Side
from okrmate.services.tables import INCOMING, OUTGOING
from tests.servers.ahead import AheadClock
from tests.servers.correspondent import Correspondent
from tests.servers.mailhost import MailHost
from tests.servers.mentoring import Mentoring
from tests.servers.processes import PATIENCE, wait_until
from tests.servers.running import Running

AGENDA_ANSWER = {"Add": "the salary talk in April (15 min)", "KR 1.1": "3", "KR 1.2": "68 %, thirteen answered"}
MAYA_FELT = "+ you let me find the opening myself\n- could we look at the numbers first?"
VERA_FELT = "+ you said no to a slide you liked\n- bring the question you are avoiding"
FORM_IS_OUT = timedelta(minutes=60 + 60 + 5)
"""How long after its beginning a talk of an hour has its forms: an hour behind its end, and a little."""


def _nothing() -> None:
    """Nobody has to look after the daemon."""


@dataclass(kw_only=True)
class Journey:
    """One telling, step by step; `keep` is called again and again while something is waited for."""

    mentoring: Mentoring
    vera: Correspondent
    maya: Correspondent
    running: Running
    clock: AheadClock
    talk_at: datetime
    keep: Callable[[], None] = _nothing
    patience: float = PATIENCE
    waited: float = 0.0
    """Seconds from when Postfix had taken the answer to the agenda until it was stored."""

    @classmethod
    def of_two(cls, host: MailHost, folder: Path, talk_at: datetime) -> "Journey":
        """One by two people with accounts of their own; its home is in `folder`, and has to be set up."""
        vera = Correspondent(host=host, account=host.new_account(), name="Vera Lund")
        maya = Correspondent(host=host, account=host.new_account(), name="Maya Lindqvist")
        mentoring = Mentoring(home=folder / "home", account=vera.account)
        running, clock = Running(mentoring.home), AheadClock(folder / "ahead")
        return cls(mentoring=mentoring, vera=vera, maya=maya, running=running, clock=clock, talk_at=talk_at)

    def steps(self) -> tuple[Callable[[], None], ...]:
        """All of it, in order."""
        return (self.prepare, self.begin, self.answer, self.accept, self.let_a_day_pass, self.give_feedback)

    def prepare(self) -> None:
        """What the mentor does at her desk: Maya, her OKRs, the first letter seen and let go, and a talk planned."""
        self.mentoring.begin_with([self.maya], self.talk_at)

    def begin(self) -> None:
        """The daemon starts, and what is due leaves; the talk is so near that its agenda does so at once."""
        self.running.start()
        for side in (Side.PROTEGE, Side.MENTOR):
            for kind in (LetterKind.INVITATION, LetterKind.AGENDA):
                self.arrived(kind, side)
        self.arrived(LetterKind.WELCOME, Side.PROTEGE)

    def answer(self) -> None:
        """Maya fills the agenda in."""
        agenda = self.arrived(LetterKind.AGENDA, Side.PROTEGE)
        answer = self.maya.answers(agenda, below=AGENDA_ANSWER)
        accepted_at = monotonic()
        self.wait(lambda: self._read(answer), "a key result that moved")
        self.waited = monotonic() - accepted_at
        self.acknowledged(answer, self.maya)

    def accept(self) -> None:
        """Maya's calendar says that she comes; nobody writes to a calendar about that."""
        answer = self.maya.accepts(self.arrived(LetterKind.INVITATION, Side.PROTEGE))
        self.wait(lambda: self._read(answer), "the answer of a calendar that was read")

    def let_a_day_pass(self) -> None:
        """The machine sleeps until the talk is over and its forms are out."""
        self.running.stop()
        self.clock.set_to(self.talk_at + FORM_IS_OUT)
        self.running.clock = self.clock.file
        self.running.start()
        for side in Side:
            self.arrived(LetterKind.FEEDBACK, side)

    def give_feedback(self) -> None:
        """Both fill the form in, and get what the other one wrote."""
        for side, felt in ((Side.PROTEGE, MAYA_FELT), (Side.MENTOR, VERA_FELT)):
            who = self._person(side)
            self.acknowledged(who.answers(self.arrived(LetterKind.FEEDBACK, side), felt), who)
        for side in Side:
            self.arrived(LetterKind.EXCHANGE, side)

    def arrived(self, kind: LetterKind, side: Side) -> EmailMessage:
        """The one letter of this kind to that side, once it lies in their mailbox."""
        self.wait(lambda: self.mentoring.letters(kind, side), f"a record that the {kind} to the {side} has left")
        (letter,) = self.mentoring.letters(kind, side)
        return self._delivered(letter, self._person(side))

    def acknowledged(self, message_id: str, who: Correspondent) -> EmailMessage:
        """What was said to this answer, once it lies in its writer's mailbox."""
        store = self.mentoring.store
        self.wait(lambda: self._read(message_id), f"a mail from {who.name} that was read")
        (mail,) = self._read(message_id)
        self.wait(lambda: store.find(OUTGOING, "answers", mail.id), "an acknowledgement")
        (letter,) = store.find(OUTGOING, "answers", mail.id)
        return self._delivered(letter, who)

    def wait(self, done: Callable[[], object], what: str) -> None:
        """Until it is so."""

        def looked_after() -> object:
            self.keep()
            return done()

        wait_until(looked_after, what, self.patience)

    def _delivered(self, letter: Outgoing, who: Correspondent) -> EmailMessage:
        self.wait(lambda: who.letter(letter.message_id), f"the {letter.kind} in the mailbox of {who.name}")
        found = who.letter(letter.message_id)
        assert found is not None
        return found

    def _read(self, message_id: str) -> tuple[Incoming, ...]:
        """The record of an answer, once it was read."""
        return self.mentoring.store.find(INCOMING, "message_id", message_id)

    def _person(self, side: Side) -> Correspondent:
        return self.vera if side is Side.MENTOR else self.maya


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A journey that came to its end: what the SMTP server was asked on the wire, and the daemon's exit code."""

    journey: Journey
    heard: bytes
    code: int
