"""The letter of the self-test: how it is written, and how it and its answer are known when they come by.

It is no letter of a home: its Message-ID has a form of its own, so that no home takes it for another one's. It begins
in the middle of a thread, so that it is found where only answers are looked for, as among junk.
"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from okrmate.domain.letters import LetterKind, Outgoing, OutgoingState
from okrmate.domain.metrics import Count
from okrmate.domain.okrs import KeyResult
from okrmate.domain.people import Side
from okrmate.domain.summaries import NOTHING_HEARD
from okrmate.mail.automatic import automatic_kind
from okrmate.mail.headers import addresses, decoded_words, message_ids
from okrmate.mail.layout import text
from okrmate.mail.outbound import compose, reply_address
from okrmate.mail.rendering import Composed, Composer
from okrmate.mail.words import Words
from okrmate.services.letters.contexts import LetterContext, write
from okrmate.services.letters.key_result_lines import display_key_result
from okrmate.services.mailroom import MailRoom
from okrmate.services.ports import Sighting

TRIAL = KeyResult(
    id="self-test",
    mentorship="self-test",
    objective="self-test",
    ref="1.1",
    title="Mails that came through",
    metric=Count(baseline=Decimal(0), target=Decimal(5)),
)
"""The key result that an answer moves; it is in no store."""


class TrialContext(LetterContext):
    """What the letter is told; `code` tells it from every other one, whatever happens to its Message-ID."""

    template: ClassVar[str] = "self_test"
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialLetter:
    """The letter, and the mail it leaves as; `letter.references` begin the thread that no mail begins."""

    letter: Outgoing
    content: bytes = field(repr=False)

    def is_it(self, sighting: Sighting) -> bool:
        """Whether this is the letter, also where somebody on the way has given it another Message-ID."""
        subject = decoded_words("".join(sighting.headers.get("subject", ())[:1]))
        return self.keeps_its_name(sighting) or (self.letter.id in subject and "in-reply-to" not in sighting.headers)

    def keeps_its_name(self, sighting: Sighting) -> bool:
        """Whether it arrived under the Message-ID that it left with."""
        return self.letter.message_id in message_ids(sighting.headers.get("message-id", ()))

    def is_answered_by(self, sighting: Sighting, arrived_as: tuple[str, ...]) -> bool:
        """Whether somebody answers the letter, which arrived under these Message-IDs; machines do not count."""
        if self.is_it(sighting) or automatic_kind(sighting.headers, addresses(sighting.headers.get("from", ()))):
            return False
        to = addresses((*sighting.headers.get("to", ()), *sighting.headers.get("delivered-to", ())))
        answered = message_ids((*sighting.headers.get("in-reply-to", ()), *sighting.headers.get("references", ())))
        by_thread = {self.letter.message_id, *self.letter.references, *arrived_as}.intersection(answered)
        return bool(by_thread) or any(f"+{self.letter.token}@" in address for address in to)


def write_trial(composer: Composer, words: Words, *, name: str, code: str) -> Composed:
    """The words of the letter."""
    line = display_key_result(TRIAL, NOTHING_HEARD, words)
    return write(composer, TrialContext(name=name, other="", krs=(line,), code=code), words)


def trial_letter(room: MailRoom, token: str, *, plus: bool, now: datetime) -> TrialLetter:
    """A letter to the mentor herself, with `plus` at an address that carries the token."""
    own, domain = room.rules.sender_address, room.rules.domain
    code = room.desk.tokens.new_id()
    words = room.composer.words(room.mentor)
    written = write_trial(room.composer, words, name=room.mentor.first_name, code=code)
    letter = Outgoing(
        id=code,
        key="self-test",
        kind=LetterKind.AGENDA,  # nearest to what it is; it is never stored
        mentorship="",
        to=Side.MENTOR,
        address=reply_address(own, token) if plus else own,
        name=room.mentor.name,
        language=words.language,
        subject=written.subject,
        blocks=written.blocks,
        message_id=f"<self-test.{token}.{'plus' if plus else 'plain'}@{domain}>",
        token=token,
        state=OutgoingState.SENDING,
        created_at=now,
        due_at=now,
        useful_until=now,
        references=(f"<self-test.{token}@{domain}>",),
    )
    return TrialLetter(letter=letter, content=_as_mail(room, letter, reply_to=letter.address if plus else ""))


def _as_mail(room: MailRoom, letter: Outgoing, *, reply_to: str) -> bytes:
    return compose(
        letter,
        text=text(letter.blocks),
        html=room.composer.html(letter.blocks, letter.language),
        sender_name=room.rules.sender_name,
        sender_address=room.rules.sender_address,
        reply_to=reply_to,
        date=letter.created_at,
    )
