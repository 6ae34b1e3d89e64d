"""A person's particulars: mail address, time zone and locale, each as it can be taken, or why it cannot."""

import re
from zoneinfo import ZoneInfo, available_timezones

from okrmate.domain.errors import Refusal
from okrmate.domain.spelling import nearest

_PART = r'[^@\s<>(),;:"\x00-\x1f\x7f]+'
_ADDRESS = re.compile(rf"{_PART}@{_PART}")
_NAMED_ADDRESS = re.compile(r'\s*"?([^<>@"]*[^<>@"\s])"?\s*<([^<>]+)>[\s,;]*')
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


def name_and_address(written: str) -> tuple[str, str] | None:
    """Both, where they are written as mail programs copy them: `Tom Reuter <tom@example.net>`; None where not."""
    found = _NAMED_ADDRESS.fullmatch(written)
    address = mail_address(found[2]) if found else None
    return (found[1], address) if found and isinstance(address, str) else None


def time_zone(written: str) -> str | Refusal:
    """The zone, if the time zone database knows it by this name, or by its city alone; else the nearest is named."""
    try:
        return ZoneInfo(written).key
    except (KeyError, ValueError, OSError):
        known = available_timezones()
    name = "_".join(written.casefold().split())
    meant = [zone for zone in known if name in (zone.casefold(), zone.casefold().rpartition("/")[2])]
    if len(meant) == 1:
        return meant[0]
    close = nearest(written, known)
    return _refused(f"“{written}” is no time zone known here{f'; did you mean {close}?' if close else '.'}")


def locale(written: str) -> str | Refusal:
    """The locale, if it is a language code with or without a country."""
    if _LOCALE.fullmatch(written):
        return written
    return _refused(f"“{written}” is no locale; it needs a language, with or without a country, such as de-CH.")


def _refused(sentence: str) -> Refusal:
    return Refusal(name="cannot_be_taken", sentence=sentence)
