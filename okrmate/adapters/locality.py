"""Where this machine believes to be: the time zone and the locale of whoever works at it, where they can be told."""

from collections.abc import Mapping
from pathlib import Path

from okrmate.domain.errors import Refusal
from okrmate.domain.particulars import locale, time_zone

LOCALTIME = Path("/etc/localtime")
_ZONES = "zoneinfo/"


def guessed_zone(environ: Mapping[str, str], localtime: Path = LOCALTIME) -> str:
    """The IANA name of the system's time zone: TZ, else where `/etc/localtime` leads; empty where neither says it."""
    candidates = [environ.get("TZ", "").removeprefix(":")]
    if localtime.is_symlink():
        candidates.append(str(localtime.resolve()))
    for candidate in candidates:
        name = candidate.rpartition(_ZONES)[2]
        if name and not isinstance(time_zone(name), Refusal):
            return name
    return ""


def guessed_locale(environ: Mapping[str, str]) -> str:
    """The locale of the environment, such as `de-CH`; English where it names none."""
    for variable in ("LC_ALL", "LC_TIME", "LANG"):  # the order in which they count (POSIX, section 8.2)
        named = environ.get(variable, "").partition(".")[0].partition("@")[0].replace("_", "-")
        if named:
            return "en" if isinstance(locale(named), Refusal) else named
    return "en"
