"""What config.toml says of a mail account: names of servers and folders, files and commands, each as it can be used."""

import re
from ipaddress import ip_address
from os.path import normpath
from pathlib import Path

from okrmate.checked_toml import Table
from okrmate.domain.spelling import nearest

SPECIAL_USES = ("\\All", "\\Archive", "\\Drafts", "\\Flagged", "\\Junk", "\\Sent", "\\Trash")
"""What a folder may be for, whatever it is called (RFC 6154 section 2)."""

_HOST = re.compile(r"[^\s/@:\[\]\x00-\x1f\x7f]+")
_KEYWORD = re.compile(r"[!#$&'+,./0-9:;<=>?@A-Z^_`a-z|~-]+")  # RFC 3501 section 9, atom


def path(home: Path, written: str) -> Path:
    """A file or folder: a relative path starts in the home, `~/` in the user's home directory."""
    inside = Path(written)
    return Path(normpath(inside.expanduser() if inside.parts[:1] == ("~",) else home / inside))


def host(table: Table, key: str, *, needed: bool) -> str:
    """A server's name or IP address, without anything around it."""
    written = table.needed(key) if needed else table.text(key)
    if written.strip() and not _HOST.fullmatch(written) and not _is_ip_address(written):
        table.wrong(key, "must be a server's name alone, such as imap.example.org; the port has a key of its own")
    return written


def trusted_file(table: Table, key: str, home: Path) -> str:
    """A file that must be there, as an absolute path; empty where none is named."""
    written = table.text(key)
    if not written:
        return ""
    found = path(home, written)
    if not found.is_file():
        table.wrong(key, f"names no file: there is no {found}")
    return str(found)


def command(table: Table, key: str) -> tuple[str, ...]:
    """A program and its words; empty where none is named."""
    words = table.texts(key)
    if words and not words[0].strip():
        table.wrong(key, "must begin with the name of a program")
    return words


def folder(table: Table, key: str, default: str) -> str:
    """One folder of an account, by name or special use; may be empty."""
    written = table.text(key, default)
    if written:
        _check_folder(table, key, written)
    return written


def folders(table: Table, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """The folders of an account that are looked into, each once, at least one."""
    written = table.texts(key, default)
    if not written:
        table.wrong(key, "must name at least one folder, such as INBOX")
    seen: set[str] = set()
    for name in written:
        _check_folder(table, key, name)
        same = name.lower() if name.upper() == "INBOX" or name.startswith("\\") else name
        if same in seen:
            table.wrong(key, f"names {name} twice; each folder is read once")
        seen.add(same)
    return written


def keyword(table: Table, key: str, default: str) -> str:
    """A keyword that a server can set on a mail."""
    return table.matching(key, default, _KEYWORD, 'a word without spaces such as "$OkrmateDone"')


def _check_folder(table: Table, key: str, name: str) -> None:
    if not name.strip() or not name.isprintable():
        table.wrong(key, "must not hold an empty name, or one with signs that cannot be seen")
    elif name.startswith("\\") and name.lower() not in {use.lower() for use in SPECIAL_USES}:
        close = nearest(name, SPECIAL_USES)
        table.wrong(key, f"names {name}, which is no special use{f' (did you mean {close}?)' if close else ''}")


def _is_ip_address(written: str) -> bool:
    try:
        ip_address(written)
    except ValueError:
        return False
    return True
