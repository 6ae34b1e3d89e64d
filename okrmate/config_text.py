"""A config.toml with some of its keys set, and everything else in it as it was, comments included."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping

from okrmate.domain.errors import ConfigError

Value = str | int | bool | tuple[str, ...]

_TABLE = re.compile(r"\[(?P<name>[a-z_.]+)\]\s*(#.*)?")
_KEY = re.compile(r"(?P<comment># )?(?P<key>[a-z_]+) = ")


def with_keys(text: str, keys: Mapping[str, Value]) -> str:
    """The text with each key, such as `mail.imap.host`, set to its value.

    A key that stands there is replaced in its line, one that stands there as a comment in the comment's place, any
    other at the end of its table. `ConfigError` where the text is written in a way that this does not understand.
    """
    lines = text.removesuffix("\n").split("\n")
    for key, value in keys.items():
        lines = list(_set(lines, key, f"{key.rpartition('.')[2]} = {_written(value)}"))
    changed = "\n".join(lines) + "\n"
    if not _says(changed, text, keys):
        raise ConfigError(
            (f"The config.toml cannot be changed by a program: set {', '.join(keys)} in it by hand, as it is needed.",)
        )
    return changed


def _set(lines: list[str], key: str, line: str) -> Iterator[str]:
    """The lines with one of them replaced, or one more at the end of the key's table."""
    table = key.rpartition(".")[0]
    place = _place(lines, key)
    if place is not None:
        yield from (*lines[:place], line, *lines[place + 1 :])
        return
    inside = [number for number, (name, _) in enumerate(_tables(lines)) if name == table]
    filled = [number for number in inside if lines[number].strip()]
    if filled:
        yield from (*lines[: filled[-1] + 1], line, *lines[filled[-1] + 1 :])
    else:
        yield from (*lines, "", f"[{table}]", line)


def _place(lines: list[str], key: str) -> int | None:
    """The line in which the key stands, else the one in which it stands as a comment."""
    commented = None
    for number, (table, line) in enumerate(_tables(lines)):
        found = _KEY.match(line)
        if found and f"{table}.{found['key']}" == key:
            if not found["comment"]:
                return number
            commented = number if commented is None else commented
    return commented


def _tables(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Each line with the name of the table it stands in; a table's own line belongs to it."""
    table = ""
    for line in lines:
        found = _TABLE.fullmatch(line)
        table = found["name"] if found else table
        yield table, line


def _written(value: Value) -> str:
    """The value in TOML; its basic strings are those of JSON, but for U+007F (TOML 1.0, "String")."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case _:
            return f"[{', '.join(_written(word) for word in value)}]"


def _says(changed: str, text: str, keys: Mapping[str, Value]) -> bool:
    """Whether the changed text says what the old one did, and the keys."""
    try:
        expected, found = tomllib.loads(text), tomllib.loads(changed)
        for key, value in keys.items():
            *tables, name = key.split(".")
            inner = expected
            for table in tables:
                inner = inner.setdefault(table, {})
            inner[name] = list(value) if isinstance(value, tuple) else value
    except (tomllib.TOMLDecodeError, AttributeError, TypeError):
        return False
    return found == expected
