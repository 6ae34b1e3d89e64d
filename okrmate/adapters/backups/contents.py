"""What a backup holds: which files of a home, under which names, and what it says of itself."""

import re
from datetime import datetime
from pathlib import Path

from okrmate.adapters.raw_mail import PLACE
from okrmate.adapters.store_files import FILE, JOURNAL
from okrmate.config import CONFIG_NAME
from okrmate.frozen import Frozen

MANIFEST = "okrmate-backup.json"
FORMAT = 1
"""The number of the backup's own layout; a program refuses backups of a later one."""
TEMPLATES = "templates"
FOLDER = "backups"
"""Where in a home its own backups lie."""
SMALL = 1_000_000
"""Bytes that a configuration, a template or a manifest has at most."""

_PART = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}"
_TEMPLATE = re.compile(rf"{TEMPLATES}(/{_PART}){{1,5}}")


class Manifest(Frozen):
    """What a backup says of itself, in `okrmate-backup.json`; `home` is the id in every Message-ID of that home."""

    format: int
    made_at: datetime
    version: str
    home: str
    mails: int


def is_known(name: str) -> bool:
    """Whether a backup may hold a file of this name; none of them leads out of the home."""
    return name in (MANIFEST, FILE, JOURNAL, CONFIG_NAME) or is_mail(name) or _TEMPLATE.fullmatch(name) is not None


def is_mail(name: str) -> bool:
    """Whether it is the place of a raw mail."""
    return PLACE.fullmatch(name) is not None


def is_small(name: str) -> bool:
    """Whether it is a text that a person wrote, or the manifest."""
    return name in (MANIFEST, CONFIG_NAME) or _TEMPLATE.fullmatch(name) is not None


def files_of(home: Path) -> list[str]:
    """The names of the raw mails and templates of a home, in order; what has another name is no work of okrmate's."""
    found = [*(home / "mail").glob("*/*.eml"), *(home / TEMPLATES).rglob("*")]
    names = (path.relative_to(home).as_posix() for path in found if path.is_file())
    return sorted(name for name in names if is_known(name))
