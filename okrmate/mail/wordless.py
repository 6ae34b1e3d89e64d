"""What came in a mail in place of words, named for the mentor, who can ask for the same in a line of text."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from okrmate.mail.body import Attachment

PICTURE = "a picture"
VOICE = "a voice message"
_BY_TYPE: Mapping[str, str] = MappingProxyType(
    {
        "message/rfc822": "a forwarded mail",
        "message/external-body": "a pointer to something that lies elsewhere",
        "application/ms-tnef": "winmail.dat, which only Outlook opens",
    }
)
_BY_FAMILY: Mapping[str, str] = MappingProxyType(
    {"image": PICTURE, "audio": VOICE, "video": "a video", "message": "another mail"}
)
_OF_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)


def in_place_of_words(attachments: Sequence[Attachment], calendars: Sequence[str]) -> str:
    """What the first thing is that came without words; empty where nothing came at all."""
    named = (_name(each) for each in attachments if each.content_type not in _OF_SIGNATURES)
    return next(named, "an invitation" if calendars else "")


def _name(attachment: Attachment) -> str:
    content_type = attachment.content_type
    return _BY_TYPE.get(content_type) or _BY_FAMILY.get(content_type.partition("/")[0]) or "a file"
