"""A proven answer in which nothing can be read: it waits for the mentor, and its writer is told so once."""

from collections.abc import Mapping
from types import MappingProxyType

from okrmate.domain.letters import ACKNOWLEDGING, Incoming, IncomingState, Outgoing
from okrmate.domain.people import MentorshipState, Side
from okrmate.mail.inbound import Envelope
from okrmate.mail.reasons import HoldReason
from okrmate.mail.wordless import PICTURE, VOICE
from okrmate.reply.context import ReplyContext
from okrmate.reply.own_words import own_words
from okrmate.reply.understood import Understood
from okrmate.services.incoming.acknowledgements import Answered, acknowledge
from okrmate.services.incoming.effects import Effects
from okrmate.services.incoming.offers import Offers
from okrmate.services.incoming.replies import is_conversation
from okrmate.services.letters.contexts import Came
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.mentorships import pair
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import INCOMING, OUTGOING

_CAME: Mapping[str, Came] = MappingProxyType({PICTURE: Came.PICTURE, VOICE: Came.VOICE})
_CLOSED = frozenset({HoldReason.ENCRYPTED, HoldReason.UNREADABLE, HoldReason.TOO_BIG})
_TOLD = frozenset({HoldReason.NO_TEXT, *_CLOSED})


def tell_unreadable(tx: Transaction, room: MailRoom, held: Incoming, mail: Envelope) -> None:
    """Put the word about it into the outbox, unless nothing held the mail but its sender or it was said before.

    Said to a protégé whose mentorship goes on, once about each letter that is answered, and not about what answers
    such a word. The mentor sees her own mail among those that wait.
    """
    letter = tx.get(OUTGOING, held.answers) if _is_unreadable(held) and held.answers else None
    if letter is None or letter.to is Side.MENTOR or is_conversation(tx, mail) or _told_before(tx, letter):
        return
    found = pair(tx, letter.mentorship)
    if found.mentorship.state in (MentorshipState.ENDED, MentorshipState.DECLINED):
        return
    came = Came.CLOSED if held.reason in _CLOSED else _CAME.get(held.detail, Came.SOMETHING)
    effects = Effects(understood=Understood(words=own_words(())), came=came)
    reader = room.recipient(found.protege, letter.to)
    offers = Offers((), ReplyContext(key_results=(), locale=reader.locale), room.composer.words(reader))
    acknowledge(tx, room, Answered(record=held, mail=mail, letter=letter, found=found), effects, offers)


def _is_unreadable(mail: Incoming) -> bool:
    return mail.state is IncomingState.HELD and mail.reason in _TOLD


def _told_before(reader: Reader, letter: Outgoing) -> bool:
    """Whether another mail about this letter was held for the same, or the letter says just that."""
    answered = reader.get(INCOMING, letter.answers) if letter.answers else None
    if answered is not None and _is_unreadable(answered):
        return True
    before = (
        reader.get(INCOMING, each.answers)
        for each in reader.find(OUTGOING, "mentorship", letter.mentorship)
        if each.kind in ACKNOWLEDGING and each.answers
    )
    return any(mail is not None and mail.answers == letter.id and _is_unreadable(mail) for mail in before)
