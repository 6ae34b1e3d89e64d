"""A person's particulars: mail address, time zone and locale, each as it can be taken, or why it cannot."""

import re
from zoneinfo import ZoneInfo, available_timezones

from okrmate.domain.errors import Refusal
from okrmate.domain.spelling import nearest

_PART = r'[^@\s<>(),;:"\x00-\x1f\x7f]+'
_ADDRESS = re.compile(rf"{_PART}@{_PART}")
_LOCALE = re.compile(r"[a-z]{2,3}([-_][A-Z]{2})?")


def mail_address(written: str) -> str | Refusal:
    """The bare address, as it is written; in ASCII, as every mail server takes it.

    By hand, since `email.utils` would cost each start 10 ms.
    """
    bare = written.strip()
    if not _ADDRESS.fullmatch(bare) or not bare.isprintable():
        return _refused(f"“{written}” is not a mail address; it needs the form name@example.org.")
    if not bare.isascii():
        return _refused(f"“{written}” is not an address that mail can be sent to; it has letters beyond a-z.")
    return bare


def time_zone(written: str) -> str | Refusal:
    """The zone, if the time zone database knows it by this name; otherwise the nearest one is named."""
    try:
        return ZoneInfo(written).key
    except (KeyError, ValueError, OSError):
        close = nearest(written, available_timezones())
    return _refused(f"“{written}” is no time zone known here{f'; did you mean {close}?' if close else '.'}")


def locale(written: str) -> str | Refusal:
    """The locale, if it is a language code with or without a country."""
    if _LOCALE.fullmatch(written):
        return written
    return _refused(f"“{written}” is no locale; it needs a language, with or without a country, such as de-CH.")


def _refused(sentence: str) -> Refusal:
    return Refusal(name="cannot_be_taken", sentence=sentence)
