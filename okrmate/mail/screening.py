"""The verdict on a mail before anything in it is believed: accept, ignore, hold or refuse, each with its named reason.

Nothing here answers anybody. Refused and ignored mail is kept and shown; held mail waits for the mentor.
"""

import logging
import re
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from email import message_from_bytes
from types import MappingProxyType

from flufl.bounce import all_failures

from okrmate.domain.people import Side
from okrmate.frozen import Frozen, field
from okrmate.mail.authentication import failed_method
from okrmate.mail.automatic import AutomaticKind, Headers, automatic_kind
from okrmate.mail.body import MailProblem
from okrmate.mail.calendar import CalendarReply, is_reply, read_reply
from okrmate.mail.headers import addresses, message_ids
from okrmate.mail.inbound import Envelope, InboundMail, Unreadable, read_mail
from okrmate.mail.outbound import token_of_address, token_of_message_id
from okrmate.mail.reasons import HoldReason, IgnoreReason, RefuseReason
from okrmate.mail.wordless import in_place_of_words

# A detector that stumbles on a stranger's bytes says so with a traceback, on the terminal where no log was opened.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)

_METHOD = re.compile(r"\bmethod\s*=\s*\"?(?P<name>[a-z]+)")
_RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to")


class Correspondent(Frozen):
    """Somebody whose address is known: the protégé's id (empty for the mentor), and the side."""

    person: str
    side: Side


class TokenOwner(Frozen):
    """What a token stands for: whom it was given to, and the letter or meeting it belongs to, by id."""

    correspondent: Correspondent
    mentorship: str = ""
    letter: str = ""
    meeting: str = ""


class Bounce(Frozen):
    """A letter that did not arrive: the addresses the report names, and our Message-ID, empty where it names none."""

    addresses: tuple[str, ...]
    message_id: str


class Accept(Frozen):
    """A proven answer of a known person to something of ours; `calendar` where a calendar gave it."""

    sender: Correspondent
    owner: TokenOwner
    token: str
    calendar: CalendarReply | None = None


class Ignore(Frozen):
    """Kept and shown; `bounce` says of which letter where a delivery report says so."""

    reason: IgnoreReason
    bounce: Bounce | None = None


class Hold(Frozen):
    """Waits for the mentor; `detail` is a word more (the failed method, the problem's name)."""

    reason: HoldReason
    detail: str = ""
    owner: TokenOwner | None = None


class Refuse(Frozen):
    """Kept and shown, and nothing of it is believed."""

    reason: RefuseReason


Verdict = Accept | Ignore | Hold | Refuse


def _nobody(_: str) -> TokenOwner | None:
    return None


def _never(_: str) -> bool:
    return False


class Facts(Frozen):
    """What the caller knows, for one mail.

    `known`: address in lower case → who. `is_ours`: whether a Message-ID is one of our letters'. `owner_of`: a token
    (a letter's or a meeting's) → what it stands for. `own_addresses`: those letters are sent from and answered to.
    """

    known: Mapping[str, Correspondent] = field(default_factory=lambda: MappingProxyType({}))
    is_ours: Callable[[str], bool] = _never
    owner_of: Callable[[str], TokenOwner | None] = _nobody
    own_addresses: Collection[str] = ()
    home_id: str = ""
    authserv_ids: Collection[str] = ()


def concerns_us(
    headers: Headers, known_addresses: Container[str], is_ours: Callable[[str], bool], is_token: Callable[[str], bool]
) -> bool:
    """Whether a mail is any business of ours, told by its headers (product, promise 5).

    `known_addresses` are the protégés'. The mentor's own must not be among them: what she writes concerns us by token
    or thread alone. Letters of our own that come by (copies to her, a folder of all mail) do not concern us.
    """
    if any(is_ours(identifier) for identifier in message_ids(headers.get("message-id", ()))):
        return False
    if any(sender in known_addresses for sender in addresses(headers.get("from", ()))):
        return True
    if any(is_token(token) for token in _address_tokens(headers)):
        return True
    answered = message_ids((*headers.get("in-reply-to", ()), *headers.get("references", ())))
    if any(is_ours(identifier) for identifier in answered):
        return True
    ours = (found[0] for identifier in answered if (found := token_of_message_id(identifier)))
    failed = addresses(headers.get("x-failed-recipients", ()))
    return any(is_token(token) for token in ours) or any(address in known_addresses for address in failed)


def may_report(headers: Headers) -> bool:
    """Whether only a look inside tells if a mail concerns us: a delivery report, or a calendar's answer.

    A report of a mail server names our letter in what it returns, not in its own headers (RFC 3464); a calendar may
    answer from another address than the person's. Receipts and invitations are somebody's private affair: what says
    that it is one (RFC 8098 section 3, RFC 6047 section 2.4) is not looked into.
    """
    content_type = "".join(headers.get("content-type", ())[:1]).lower()
    if content_type.startswith("multipart/report"):
        return "disposition-notification" not in content_type
    method = _METHOD.search(content_type)
    return content_type.startswith("text/calendar") and (method is None or method["name"] == "reply")


def reports_on(raw: bytes, is_ours: Callable[[str], bool], is_token: Callable[[str], bool]) -> bool:
    """Whether a report or a calendar's answer speaks of one of our letters or talks."""
    text = raw.decode("ascii", "replace")
    if any(is_ours(identifier) for line in text.splitlines() if "@" in line for identifier in message_ids((line,))):
        return True
    mail = read_mail(raw)
    replies = (read_reply(calendar) for calendar in mail.calendars) if isinstance(mail, InboundMail) else ()
    return any(reply is not None and is_token(reply.token) for reply in replies)


def screen(mail: InboundMail | Unreadable, facts: Facts) -> Verdict:
    """The verdict on a mail, by the first rule that has one; never raises."""
    if len(mail.from_addresses) != 1 or len(mail.headers.get("from", ())) != 1:
        return Refuse(reason=RefuseReason.NOT_ONE_SENDER)
    if facts.is_ours(mail.message_id):  # the mentor writes from the sending address, so From proves nothing
        return Ignore(reason=IgnoreReason.OWN_MAIL)
    replies = tuple(text for text in mail.calendars if is_reply(text)) if isinstance(mail, InboundMail) else ()
    if replies:
        return _screen_reply(mail, replies, facts)
    kind = automatic_kind(mail.headers, mail.from_addresses)
    if kind is not None:
        return _ignored(mail, kind, facts)
    return _screen_answer(mail, facts)


def _screen_reply(mail: Envelope, replies: Iterable[str], facts: Facts) -> Verdict:
    """A calendar's answer: proven by the token in the event's UID."""
    for text in replies:
        reply = read_reply(text)
        owner = facts.owner_of(reply.token) if reply and reply.token else None
        if reply is not None and owner is not None:
            return _proven(mail, reply.token, owner, facts, reply)
    return Ignore(reason=IgnoreReason.OTHER_EVENT)


def _screen_answer(mail: InboundMail | Unreadable, facts: Facts) -> Verdict:
    in_addresses = _address_tokens(mail.headers, facts.own_addresses)
    if len(in_addresses) > 1:
        return Refuse(reason=RefuseReason.SEVERAL_TOKENS)
    in_thread = _thread_tokens(mail, facts.home_id)
    # The thread says best what is answered: address books keep the plus-address of an older letter.
    owners = {token: facts.owner_of(token) for token in dict.fromkeys((*in_thread, *in_addresses))}
    owned = [(token, owner) for token, owner in owners.items() if owner is not None]
    unknown_address = any(owners[token] is None for token in in_addresses)
    if unknown_address or (not owned and in_thread and facts.home_id):
        return Refuse(reason=RefuseReason.BROKEN_TOKEN)
    if not owned:
        known = mail.sender in facts.known
        return Hold(reason=HoldReason.NOT_AN_ANSWER) if known else Refuse(reason=RefuseReason.UNKNOWN_SENDER)
    token, owner = owned[0]
    if any(other.correspondent != owner.correspondent for _, other in owned):
        return Hold(reason=HoldReason.ANOTHER_PERSON, owner=owner)
    return _proven(mail, token, owner, facts)


def _proven(
    mail: Envelope, token: str, owner: TokenOwner, facts: Facts, calendar: CalendarReply | None = None
) -> Verdict:
    """Token and sender must be the same person's, the sender must not be found false, and the mail must be readable."""
    sender = facts.known.get(mail.sender)
    if sender is None:
        return Hold(reason=HoldReason.UNKNOWN_SENDER, owner=owner)
    if sender != owner.correspondent:
        if sender.side is Side.MENTOR:  # what she wrote him in our thread, as a folder of all mail shows it
            return Ignore(reason=IgnoreReason.OWN_MAIL)
        return Hold(reason=HoldReason.ANOTHER_PERSON, owner=owner)
    failed = failed_method(mail.headers.get("authentication-results", ()), facts.authserv_ids, mail.sender)
    if failed is not None:
        return Hold(reason=HoldReason.AUTHENTICATION, detail=failed, owner=owner)
    problem = unreadable(mail)
    if problem is not None and calendar is None:
        return Hold(reason=problem[0], detail=problem[1], owner=owner)
    return Accept(sender=sender, owner=owner, token=token, calendar=calendar)


_HELD_PROBLEMS: Mapping[MailProblem, HoldReason] = MappingProxyType(
    {
        MailProblem.ENCRYPTED: HoldReason.ENCRYPTED,
        MailProblem.SIGNED_WHOLE: HoldReason.UNREADABLE,
        MailProblem.PARTIAL: HoldReason.UNREADABLE,
        MailProblem.CONTRADICTING: HoldReason.UNREADABLE,
        MailProblem.FAINT: HoldReason.UNREADABLE,
        MailProblem.NO_TEXT: HoldReason.NO_TEXT,
    }
)


def unreadable(mail: Envelope) -> tuple[HoldReason, str] | None:
    """Why nothing can be read in a mail, and a word more on that; None where something can."""
    if isinstance(mail, Unreadable):
        too_big = mail.reason is MailProblem.TOO_BIG
        return _named(HoldReason.TOO_BIG if too_big else HoldReason.UNREADABLE, mail.reason)
    found = next((problem for problem in _HELD_PROBLEMS if problem in mail.problems), None)
    if found is MailProblem.NO_TEXT and isinstance(mail, InboundMail):
        return HoldReason.NO_TEXT, in_place_of_words(mail.attachments, mail.calendars)
    return _named(_HELD_PROBLEMS[found], found) if found is not None else None


def _named(reason: HoldReason, problem: MailProblem) -> tuple[HoldReason, str]:
    """The reason, and the problem where its name says more."""
    return reason, "" if problem.value == reason.value else problem.value


def _address_tokens(headers: Headers, own: Collection[str] = ()) -> tuple[str, ...]:
    """The different tokens in plus-addresses of the recipients; of `own` addresses only, where they are given."""
    found = {}
    for address in addresses(value for name in _RECIPIENTS for value in headers.get(name, ())):
        token = token_of_address(address)
        if token and (not own or address.replace(f"+{token}", "") in own):
            found[token] = True
    return tuple(found)


def _thread_tokens(mail: Envelope, home_id: str) -> list[str]:
    """The tokens of the letters that are answered: In-Reply-To first, then the references, youngest first.

    Without a `home_id` every Message-ID of okrmate's form counts; one with another home's id never does.
    """
    found = (token_of_message_id(identifier) for identifier in (*mail.in_reply_to, *reversed(mail.references)))
    return [token for token, home in (pair for pair in found if pair) if not home_id or home == home_id]


_IGNORED: Mapping[AutomaticKind, IgnoreReason] = MappingProxyType(
    {
        AutomaticKind.REPLY: IgnoreReason.AUTOMATIC_REPLY,
        AutomaticKind.LIST: IgnoreReason.MAILING_LIST,
        AutomaticKind.NOTICE: IgnoreReason.AUTOMATIC_MAIL,
    }
)


def _ignored(mail: Envelope, kind: AutomaticKind, facts: Facts) -> Ignore:
    if kind is not AutomaticKind.REPORT:
        return Ignore(reason=_IGNORED[kind])
    if isinstance(mail, Unreadable) and mail.reason is not MailProblem.TOO_BIG:
        return Ignore(reason=IgnoreReason.DELIVERY_REPORT)  # taking it apart once more would take as long
    try:
        # A header with other bytes than ASCII makes its detectors stumble; the addresses they look for have none.
        delayed, failed = all_failures(
            message_from_bytes(mail.raw.decode("ascii", "replace").encode("ascii", "replace"))
        )
    except Exception:  # noqa: BLE001 - the edge of a message: detectors of twenty odd formats on a stranger's bytes
        delayed, failed = frozenset(), frozenset()
    if not delayed and not failed:
        return Ignore(reason=IgnoreReason.DELIVERY_REPORT)
    named = tuple(sorted(address.decode("utf-8", "replace").lower() for address in failed or delayed))
    reason = IgnoreReason.BOUNCE if failed else IgnoreReason.DELAYED
    return Ignore(reason=reason, bounce=Bounce(addresses=named, message_id=_reported(mail, facts)))


def _reported(mail: Envelope, facts: Facts) -> str:
    """Our Message-ID in a report: in its thread headers, else anywhere in its text, as the returned headers are."""
    text = mail.raw.decode("ascii", "replace")
    inside = (part for line in text.splitlines() if "@" in line for part in message_ids((line,)))
    return next((found for found in (*mail.in_reply_to, *mail.references, *inside) if facts.is_ours(found)), "")
