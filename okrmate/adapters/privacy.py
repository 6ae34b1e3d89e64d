"""Who else on this machine may read what is in a home, told by the rights of its files."""

from pathlib import Path

PRIVATE = ("okrmate.json", "okrmate.json.lock", "mail", "log")
"""What is for the owner alone wherever the home lies: her data, the raw mails and the log."""
_OTHERS = 0o077


def readable_by_others(home: Path, *names: str) -> tuple[Path, ...]:
    """Those of the names in the home that somebody else than the owner may read, write or enter."""
    return tuple(path for path in (home / name for name in names) if path.exists() and path.stat().st_mode & _OTHERS)
