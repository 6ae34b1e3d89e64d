"""Who else on this machine may read what is in a home, told by the rights of its files."""

from pathlib import Path

from okrmate.config import CONFIG_NAME

PRIVATE = (
    "okrmate.json",
    "okrmate.json.journal",
    "okrmate.json.journal.torn",
    "okrmate.json.lock",
    "mail",
    "backups",
    "log",
)
"""What is for the owner alone wherever the home lies: her data, the raw mails, backups of both, and the log."""
OBEYED = (".", CONFIG_NAME, "templates")
"""What okrmate does what it says: the home itself, and in it the configuration, whose commands it runs, and letters."""
_OTHERS = 0o077
_WRITTEN_BY_OTHERS = 0o022


def readable_by_others(home: Path, *names: str) -> tuple[Path, ...]:
    """Those of the names in the home that somebody else than the owner may read, write or enter."""
    return _with(_OTHERS, home, names)


def writable_by_others(home: Path, *names: str) -> tuple[Path, ...]:
    """Those of the names in the home that somebody else than the owner may change."""
    return _with(_WRITTEN_BY_OTHERS, home, names)


def _with(rights: int, home: Path, names: tuple[str, ...]) -> tuple[Path, ...]:
    return tuple(path for path in (home / name for name in names) if path.exists() and path.stat().st_mode & rights)
