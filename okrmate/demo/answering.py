"""Answering as people do: a character reads what arrived, and some time later a mail program sends what was typed.

Everything is worked out from the two mailboxes, so a story that was interrupted goes on where it stood.
"""

import mailbox
from collections.abc import Iterable, Iterator
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from okrmate.demo.people import MENTOR_ADDRESS, MENTOR_NAME, Character, Typed
from okrmate.domain.letters import TO_A_MAIL, LetterKind, Outgoing, OutgoingState, Question
from okrmate.frozen import Frozen
from okrmate.mail.layout import text
from okrmate.mail.outbound import reply_address
from okrmate.services.ports import Store
from okrmate.services.tables import OUTGOING


class Answer(Frozen):
    """What somebody sends at a moment."""

    at: datetime
    who: Character
    typed: Typed
    letter: Outgoing

    @property
    def message_id(self) -> str:
        """The same however often the story is told again, so that nobody answers twice."""
        return f"<answer-{self.letter.token}@{self.who.address.rpartition('@')[2]}>"


def answers(store: Store, cast: Iterable[Character], since: datetime | None = None) -> Iterator[Answer]:
    """Every answer of the cast to the letters that have left so far, or `since` then, whether it has arrived or not."""
    everything = [each for each in store.every(OUTGOING) if since is None or each.created_at >= since]
    for who in cast:
        letters = sorted(
            (letter for letter in everything if letter.address == who.address and _asks(letter)),
            key=lambda letter: letter.created_at,
        )
        for kind in LetterKind:
            typed = [each for each in who.types if each.to is kind]
            for each, letter in zip(typed, (letter for letter in letters if letter.kind is kind), strict=False):
                if letter.sent_at is not None:
                    yield Answer(at=letter.sent_at + each.after, who=who, typed=each, letter=letter)


def _asks(letter: Outgoing) -> bool:
    asks_something = any(isinstance(block, Question) for block in letter.blocks)
    return letter.state is OutgoingState.SENT and (letter.kind not in TO_A_MAIL or asks_something)


def arrive(inbox: Path, answer: Answer) -> None:
    """Deliver an answer into the mailbox that okrmate reads, unless it is there already."""
    folder = mailbox.Maildir(inbox, create=True)
    if any(message["Message-ID"] == answer.message_id for message in folder):
        return
    folder.add(written(answer))


def written(answer: Answer) -> bytes:
    """The mail: what was typed, and the letter quoted as mail programs do."""
    letter, who = answer.letter, answer.who
    below = dict(answer.typed.below)
    local = answer.at.astimezone(ZoneInfo(who.zone))
    sent = f"{letter.sent_at:%a, %d %b %Y at %H:%M}" if letter.sent_at else ""
    quoted = [_quoted(line, below) for line in text(letter.blocks).splitlines()]
    reply = EmailMessage(policy=policy.default)
    reply["From"] = f"{who.name} <{who.address}>"
    reply["To"] = reply_address(MENTOR_ADDRESS, letter.token)
    reply["Subject"] = letter.subject if letter.subject.casefold().startswith("re:") else f"Re: {letter.subject}"
    reply["Date"] = format_datetime(local)
    reply["Message-ID"] = answer.message_id
    reply["In-Reply-To"] = letter.message_id
    reply["References"] = letter.message_id
    head = [answer.typed.top, ""] if answer.typed.top else []
    reply.set_content("\n".join([*head, f"On {sent}, {MENTOR_NAME} <{MENTOR_ADDRESS}> wrote:", *quoted]))
    return reply.as_bytes()


def _quoted(line: str, below: dict[str, str]) -> str:
    """One line of the letter as a mail program quotes it, with what is typed behind its colon."""
    return f"> {line} {below[line[:-1]]}" if line[:-1] in below else f"> {line}".rstrip()
