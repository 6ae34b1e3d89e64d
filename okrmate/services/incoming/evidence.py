"""Evidence: what is attached to an answer is kept with the readings it tells; what stands in a signature is none."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from okrmate.domain.errors import StoreError
from okrmate.domain.letters import Incoming, Outgoing
from okrmate.domain.okrs import Evidence
from okrmate.mail.body import Attachment
from okrmate.mail.headers import message_ids, read_headers
from okrmate.mail.inbound import InboundMail, read_mail
from okrmate.services.ports import RawMail, Reader
from okrmate.services.tables import INCOMING, OUTGOING, READINGS

MOST = 10
"""Files of one mail that are kept as evidence; what else is attached stays in the raw mail."""
TINY = 10_000
"""Bytes below which a picture within the text is taken for one of a signature: a logo, a badge, a dot that counts
readers. A photo or a screenshot that shows a number is larger; one that is not can be attached as a file."""
NAME_LENGTH = 80
"""Characters of a file's name that are kept, in twice as many bytes of UTF-8; file systems take 255."""
KEPT_ENDING = 12
FORGOTTEN = timedelta(days=1)
"""So long after numbers a mail with a file and no numbers brings what was to come with them."""
_DIGEST_LENGTH = 16
_NO_EVIDENCE = frozenset(
    {
        "application/applefile",
        "application/ms-tnef",
        "application/pgp-keys",
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "text/calendar",
        "text/directory",
        "text/vcard",
        "text/x-vcard",
    }
)
"""What mail programs add by themselves: signatures, keys, calling cards, a file's other fork."""
_MAIL = "message/rfc822"
_ENDINGS: Mapping[str, str] = MappingProxyType(
    {_MAIL: ".eml", "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
)
_UNFIT = re.compile(r'[<>:"|?*]')
_KIND = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}")


def evidence_in(reader: Reader, record: Incoming, mail: InboundMail) -> tuple[Evidence, ...]:
    """What is attached to an answer and worth keeping with what it says, each once, at most `MOST`.

    None are: pictures within the text that are tiny, or that came with an earlier mail already (a signature's, or those
    of a mail that is quoted); what mail programs add by themselves; a letter of ours that comes back whole.
    """
    if not mail.attachments:
        return ()
    before = {each.digest for each in _kept_of(reader, record.mentorship) if each.mail != record.id}
    found: dict[str, Evidence] = {}
    for number, each in enumerate(mail.attachments):
        digest = hashlib.sha256(each.content).hexdigest()[:_DIGEST_LENGTH]
        if _is_evidence(reader, each) and not (_is_of_signature(each) or (each.shown and digest in before)):
            known = Evidence(
                name=file_name(each.name, each.content_type),
                kind=each.content_type if _KIND.fullmatch(each.content_type) else "application/octet-stream",
                size=len(each.content),
                mail=record.id,
                number=number,
                digest=digest,
            )
            found.setdefault(digest, known)
    return tuple(found.values())[:MOST]


def evidence_asked_about(reader: Reader, raw: RawMail, letter: Outgoing) -> tuple[Evidence, ...]:
    """What is attached to the mail about which an acknowledgement asks: it belongs to what the answer settles, too."""
    asked = reader.get(INCOMING, letter.answers) if letter.answers else None
    if asked is None:
        return ()
    try:
        content = raw.read(asked.raw)
    except StoreError:  # a mail somebody has removed is no reason to leave an answer unread
        return ()
    mail = read_mail(content, size_limit=len(content))
    return evidence_in(reader, asked, mail) if isinstance(mail, InboundMail) else ()


def told_before(reader: Reader, record: Incoming, letter: Outgoing) -> tuple[str, ...]:
    """The key results that the mail before this one told of, by id: what somebody had forgotten to attach to that.

    The mail that `letter` acknowledges, or the last that answered the same letter, not longer ago than `FORGOTTEN`.
    """
    mails = [
        each
        for each in reader.find(INCOMING, "mentorship", record.mentorship)
        if each.id == letter.answers or (each.answers == letter.id and each.sender == record.sender)
        if each.id != record.id and record.received_at - each.received_at <= FORGOTTEN
    ]
    last = max(mails, key=lambda each: each.received_at, default=None)
    if last is None:
        return ()
    told = (each for each in reader.find(READINGS, "mentorship", record.mentorship) if each.source.ref == last.id)
    return tuple(dict.fromkeys(each.key_result for each in told if not each.undone_by))


def _kept_of(reader: Reader, mentorship: str) -> tuple[Evidence, ...]:
    return tuple(each for reading in reader.find(READINGS, "mentorship", mentorship) for each in reading.evidence)


def _is_evidence(reader: Reader, each: Attachment) -> bool:
    kind = each.content_type
    if not each.content or kind in _NO_EVIDENCE or (kind.startswith("text/") and not each.name):
        return False  # a text without a name is another version of the mail's own
    if not kind.startswith("message/"):
        return True
    names = message_ids(read_headers(each.content).get("message-id", ()))
    return kind == _MAIL and not any(reader.find(OUTGOING, "message_id", name) for name in names)


def _is_of_signature(each: Attachment) -> bool:
    return each.shown and each.content_type.startswith("image/") and len(each.content) < TINY


def file_name(given: str, kind: str) -> str:
    """The name as a file may have it, wherever it is written to: no path, no sign that is not seen, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    seen = "".join(" " if sign.isspace() else sign for sign in last if sign.isspace() or _is_seen(sign))
    name = " ".join(_UNFIT.sub("-", seen).split()).strip(". ")
    if not name:
        return f"attached{_ENDINGS.get(kind, '')}"
    stem, dot, ending = name.rpartition(".")
    if len(name) <= NAME_LENGTH or not dot or len(ending) > KEPT_ENDING:
        return _short(name, NAME_LENGTH)
    return f"{_short(stem, NAME_LENGTH - len(ending) - 1)}.{ending}"


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] != "C"


def _short(name: str, length: int) -> str:
    """Its beginning, of at most so many characters."""
    return name[:length].encode()[: 2 * NAME_LENGTH].decode(errors="ignore").strip(". ")


def content_of(reader: Reader, raw: RawMail, evidence: Evidence) -> bytes:
    """The file itself, out of the raw mail that holds it; `StoreError` where it is not there any more."""
    mail = reader.get(INCOMING, evidence.mail)
    if mail is None:
        raise StoreError(f"The mail that brought {evidence.name} is not kept any more.")
    bytes_of_mail = raw.read(mail.raw)
    found = read_mail(bytes_of_mail, size_limit=len(bytes_of_mail))
    attached = found.attachments if isinstance(found, InboundMail) else ()
    content = attached[evidence.number].content if evidence.number < len(attached) else b""
    if hashlib.sha256(content).hexdigest()[:_DIGEST_LENGTH] != evidence.digest:
        raise StoreError(f"{evidence.name} is not in {mail.raw} any more; was that file changed by hand?")
    return content
