"""The self-test: a letter to the mentor herself makes the whole round, and what became of it is told step by step.

Nothing of it is recorded: an answer moves the trial key result inside a transaction that is let go.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NoReturn, Protocol

from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.errors import OkrmateError, Refusal
from okrmate.frozen import Frozen, replace
from okrmate.mail.authentication import read_authentication_results
from okrmate.mail.headers import message_ids, moment
from okrmate.mail.inbound import InboundMail, read_mail
from okrmate.reply.context import KeyResultContext, ReplyContext
from okrmate.reply.reading import LetterContext, read
from okrmate.reply.updates import Op, Update
from okrmate.services.checks.findings import Finding, fine, known_as, unknown, wrong
from okrmate.services.checks.trial_letter import TRIAL, TrialLetter, trial_letter
from okrmate.services.incoming.doubts import CLOCK_OFF, in_hours
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.readings import Moved, apply_update
from okrmate.services.ports import DeliveryState, Sighting

ARRIVAL = timedelta(seconds=60)
"""A letter to herself that takes longer counts as not arrived."""
LOOK_EVERY = 2.0
"""Seconds between two looks into the mailbox."""
FORM = f"KR {TRIAL.ref}: 3"
"""An answer that can be read."""


class Companion(Protocol):
    """Whoever sits before the self-test and follows it."""

    def told(self, finding: Finding) -> None:
        """A step is done."""

    def invited(self, sentence: str) -> None:
        """It is her turn."""

    def wait(self, seconds: float) -> None:
        """Let time pass."""

    def goes_on(self, seconds: float) -> bool:
        """Let time pass; true where she would rather not wait any longer."""


class Learnt(Frozen):
    """What the configuration should know of the account; None where it was not found out."""

    plus_addresses: bool | None = None
    files_sent: bool | None = None
    server: str = ""
    """The name under which the receiving server says whether senders are true; empty where it said nothing."""
    well: bool = True
    """Whether every step came to a good end."""


@dataclass(slots=True, kw_only=True)
class SelfTest:
    """One self-test; the room's mailbox looks for mails that carry the `token`.

    `answer_within` is how long her answer is waited for, `try_plus` whether a plus-address may work at all.
    """

    room: MailRoom
    token: str
    companion: Companion
    answer_within: timedelta
    try_plus: bool = True
    _cursors: dict[str, str] = field(default_factory=dict, init=False)
    _seen: list[Sighting] = field(default_factory=list, init=False)
    _learnt: Learnt = field(default=Learnt(), init=False)

    def run(self) -> Learnt:
        """Make the round; trouble with a server ends it, and is told as what it is."""
        try:
            self._round()
        except OkrmateError as error:
            self._tell(wrong("self-test", str(error)))
        finally:
            self.room.postman.rest()
            self.room.mailbox.close()
        return self._learnt

    def _round(self) -> None:
        begun = self.room.desk.clock.now()
        for folder in self.room.mailbox.folders():
            self._cursors[folder] = self.room.mailbox.look(folder, None, begun).cursor
        trial, sighting = self._sent(plus=True) if self.try_plus else (None, None)
        if sighting is None:
            trial, sighting = self._sent(plus=False)
        if trial is None:
            return
        self._look_at_filing(trial)
        if sighting is None:
            return
        self._look_at(trial, sighting)
        self._await_answer(trial, message_ids(sighting.headers.get("message-id", ())))

    def _sent(self, *, plus: bool) -> tuple[TrialLetter | None, Sighting | None]:
        """The letter, None where it could not leave, and where it arrived, None where it did not."""
        clock, postman = self.room.desk.clock, self.room.postman
        trial = trial_letter(self.room, self.token, plus=plus, now=clock.now())
        postman.ready()
        delivery = postman.send(trial.content, trial.letter.address)
        left = delivery.state in {DeliveryState.SENT, DeliveryState.IN_DOUBT}
        if left:
            self._tell(fine("sent", f"a letter to {trial.letter.address} has left; it should arrive within a minute."))
        elif not plus:
            self._tell(wrong("sent", delivery.reason))
            return None, None
        sighting = self._until(trial.is_it, clock.now() + ARRIVAL, self._patiently) if left else None
        if plus:
            self._tell(self._plus(arrived=sighting is not None))
        if sighting is None and not plus:
            seconds = int(ARRIVAL.total_seconds())
            self._tell(
                wrong(
                    "arrived",
                    f"it was in none of {', '.join(map(known_as, self._cursors))} within {seconds} s: look for "
                    "it, or for a mail that says why, in your mail program.",
                )
            )
        return trial, sighting

    def _plus(self, *, arrived: bool) -> Finding:
        self._learnt = replace(self._learnt, plus_addresses=arrived)
        if arrived:
            return fine("plus address", "mail to it arrives, so an answer's address tells what it answers.")
        told = "mail to it does not arrive; what an answer belongs to is told by its thread alone."
        if self.room.rules.plus_addresses:
            return wrong("plus address", f"{told} Write plus_addresses = false under [mail].")
        return fine("plus address", told)

    def _look_at(self, trial: TrialLetter, sighting: Sighting) -> None:
        if sighting.junk:
            self._tell(
                wrong("arrived", f"it lies in {known_as(sighting.folder)}: tell your mail program that it is no junk.")
            )
        else:
            self._tell(fine("arrived", f"it lies in {known_as(sighting.folder)}."))
        if trial.keeps_its_name(sighting):
            self._tell(fine("message-id", "is the one it left with."))
        elif self._learnt.plus_addresses:
            self._tell(fine("message-id", "was replaced on the way; answers are known by their plus address."))
        else:
            self._tell(
                wrong("message-id", "was replaced on the way, so answers are not known: use another SMTP server.")
            )
        for finding in (self._clock(sighting), self._server(sighting)):
            if finding is not None:
                self._tell(finding)

    def _clock(self, sighting: Sighting) -> Finding | None:
        """How far the clock is off the server's, by the moment it noted on top (RFC 5321 section 4.4)."""
        now = self.room.desk.clock.now()
        noted = moment("".join(sighting.headers.get("received", ())[:1]).rpartition(";")[2])
        if noted is None:
            return None
        off = abs(now - noted)
        if off > CLOCK_OFF:
            apart = f"this machine's clock and the mail server's are {in_hours(off)} apart"
            return wrong("clock", f"{apart}: set this machine's.")
        return fine("clock", "this machine's and the mail server's agree.")

    def _server(self, sighting: Sighting) -> Finding | None:
        """Who checks senders here: servers put their results on top, and nobody but they wrote on this letter."""
        fields = sighting.headers.get("authentication-results", ())
        name = next((read_authentication_results(value).authserv_id for value in fields), "")
        if not name:
            return None
        self._learnt = replace(self._learnt, server=name)
        if name in self.room.rules.authserv_ids:
            return fine("senders", f"{name} checks them, and its word counts.")
        return unknown(
            "senders", f'{name} checks them; its word counts once authserv_ids = ["{name}"] stands under [mail].'
        )

    def _look_at_filing(self, trial: TrialLetter) -> None:
        """Who files what is sent; okrmate's own copy is put there where the account's settings say so."""
        postman = self.room.postman
        by_provider = postman.was_sent(trial.letter.message_id)
        self._learnt = replace(self._learnt, files_sent=by_provider)
        if by_provider:
            self._tell(fine("filed", "your provider files what is sent."))
            return
        postman.file(trial.content)
        if postman.was_sent(trial.letter.message_id):
            self._tell(fine("filed", "okrmate has put a copy where sent mail is filed, your provider did not."))
        else:
            self._tell(wrong("filed", 'nobody files what is sent: write sent = "auto" under [mail.smtp].'))

    def _await_answer(self, trial: TrialLetter, arrived_as: tuple[str, ...]) -> None:
        if not self.answer_within:
            self._tell(unknown("answered", "nobody waited for an answer."))
            return
        self.companion.invited(f"Answer that letter now in your mail program with one line, such as {FORM}.")
        deadline = self.room.desk.clock.now() + self.answer_within
        unclear: list[Sighting] = []
        while answer := self._until(
            lambda sighting: sighting not in unclear and trial.is_answered_by(sighting, arrived_as),
            deadline,
            self.companion.goes_on,
        ):
            if not unclear:
                self._tell(fine("answered", f"your answer lies in {known_as(answer.folder)}."))
            if update := self._read(trial, answer):
                for finding in self._applied(update):
                    self._tell(finding)
                return
            unclear.append(answer)
            self.companion.invited(f"Nothing in it was clear enough to be read. Answer once more, such as {FORM}.")
        if unclear:
            self._tell(wrong("applied", f"nothing in it was understood; a line such as {FORM} is."))
        else:
            self._tell(unknown("answered", "no answer was waited for any longer."))

    def _read(self, trial: TrialLetter, answer: Sighting) -> Update | None:
        """What the answer says that moves the trial key result."""
        mail = read_mail(self.room.mailbox.fetch(answer, self.room.rules.max_size) or b"")
        updates = _updates(mail, trial, self.room.mentor.locale) if isinstance(mail, InboundMail) else ()
        return updates[0] if updates else None

    def _applied(self, update: Update) -> Iterator[Finding]:
        moved = _tried(self.room, update)
        if isinstance(moved, Refusal):
            yield wrong("applied", moved.sentence)
            return
        yield fine("applied", f"“{update.words}” was read, and moved the trial key result to {moved.after.value}.")
        left = self.room.store.summary(TRIAL.id).readings
        yield wrong("removed", "the trial key result is still there.") if left else fine("removed", "nothing is kept.")

    def _until(
        self, wanted: Callable[[Sighting], bool], deadline: datetime, pause: Callable[[float], bool]
    ) -> Sighting | None:
        """The first mail that came since the beginning and is wanted; None at the deadline, or where `pause` ends."""
        while True:
            for folder, cursor in self._cursors.items():
                look = self.room.mailbox.look(folder, cursor, self.room.desk.clock.now())
                self._cursors[folder] = look.cursor
                self._seen += (sighting for sighting in look.sightings if not sighting.sent)
            found = next(filter(wanted, self._seen), None)
            if found is not None or self.room.desk.clock.now() >= deadline or pause(LOOK_EVERY):
                return found

    def _patiently(self, seconds: float) -> bool:
        self.companion.wait(seconds)
        return False

    def _tell(self, finding: Finding) -> None:
        self._learnt = replace(self._learnt, well=self._learnt.well and not finding.is_wrong)
        self.companion.told(finding)


class _LetGo(Exception):  # noqa: N818 - no error: it ends a transaction that must leave nothing behind
    def __init__(self, moved: Moved | Refusal) -> None:
        super().__init__()
        self.moved = moved


def _tried(room: MailRoom, update: Update) -> Moved | Refusal:
    """What the update does to the trial key result in the home's store, which is as before afterwards."""
    source = Source(kind=SourceKind.PROGRAM, ref="self-test")
    try:
        with room.store.transaction() as tx:
            _let_go(apply_update(tx, room.desk, TRIAL, update, source=source, at=room.desk.clock.now()))
    except _LetGo as gone:
        return gone.moved


def _let_go(moved: Moved | Refusal) -> NoReturn:
    raise _LetGo(moved)


def _updates(mail: InboundMail, trial: TrialLetter, locale: str) -> tuple[Update, ...]:
    """What the answer says that moves the trial key result."""
    metric = TRIAL.metric
    known = KeyResultContext(
        ref=TRIAL.ref, title=TRIAL.title, kind=metric.kind, baseline=metric.baseline, target=metric.target
    )
    context = ReplyContext(key_results=(replace(known, current=metric.baseline),), locale=locale)
    understood = read(mail.lines, LetterContext(kind=None, blocks=trial.letter.blocks), context)
    return tuple(update for update in understood.updates if update.op in {Op.SET, Op.ADD, Op.DONE})
