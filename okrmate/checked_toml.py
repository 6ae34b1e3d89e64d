"""A TOML table read key by key, where every mistake becomes a sentence and reading goes on.

Only the reader knows which keys exist: a key nobody asked for is unknown, and named with the nearest known one.
A sentence repeats what was written only where a secret has no place.
"""

import re
from collections.abc import Collection
from datetime import time
from enum import StrEnum
from typing import TypeVar

from okrmate.domain.errors import Refusal
from okrmate.domain.particulars import locale as checked_locale
from okrmate.domain.particulars import mail_address, time_zone
from okrmate.domain.spelling import nearest

_SIZE_UNITS = {"B": 1, "KB": 1_000, "MB": 1_000_000}
_SIZE = re.compile(r"([0-9]{1,9}) ?(B|KB|MB)")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_WITH_NAME = re.compile(r'(?P<name>"[^"<>]*"|[^"<>]*?)\s*<(?P<address>[^<>]*)>')
"""`Ada <ada@example.org>` or `"Example, Ada" <ada@example.org>`."""
_KIND_NAMES = {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}

Kind = TypeVar("Kind")
Default = TypeVar("Default")
Choice = TypeVar("Choice", bound=StrEnum)


class Table:
    """One table of the file; reading a key gives its value, or the default where it is absent or wrong."""

    def __init__(self, values: dict[str, object], name: str = "") -> None:
        self._values = values
        self._name = name
        self._known: set[str] = set()
        self._inner: dict[str, Table] = {}
        self._wrong: list[str] = []

    def problems(self) -> tuple[str, ...]:
        """Every mistake here and in the tables below; ask when all keys have been read."""
        unknown = [
            f"{self._full(key)} is no known key{_nearest(key, self._known)}."
            for key in self._values
            if key not in self._known
        ]
        below = [problem for table in self._inner.values() for problem in table.problems()]
        return (*self._wrong, *unknown, *below)

    def wrong(self, key: str, sentence: str) -> None:
        """Note that the value of `key` cannot be taken."""
        self._wrong.append(f"{self._full(key)} {sentence}.")

    def refused(self, key: str, why: Refusal) -> None:
        """Note that the domain does not take the value of `key`, in the domain's own sentence."""
        self._wrong.append(f"{self._full(key)}: {why.sentence}")

    def read(self, key: str, kind: type[Kind], default: Default) -> Kind | Default:
        """The value of `key` if it is of `kind`."""
        self._known.add(key)
        if key not in self._values:
            return default
        value = self._values[key]
        if isinstance(value, kind) and isinstance(value, bool) is (kind is bool):
            return value
        self.wrong(key, f"must be {_KIND_NAMES[kind]}")
        return default

    def table(self, key: str) -> "Table":
        """The table under `key`; an empty one where it is absent."""
        self._inner[key] = Table(self.read(key, dict, {}), self._full(key))
        return self._inner[key]

    def text(self, key: str, default: str = "") -> str:
        """A text; may be empty."""
        return self.read(key, str, default)

    def needed(self, key: str) -> str:
        """A text that must be there and say something."""
        value = self.read(key, str, None)
        if key not in self._values:
            self.wrong(key, "is missing")
        elif value is not None and not value.strip():
            self.wrong(key, "must not be empty")
        return value or ""

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts."""
        values = self.read(key, list, default)
        if all(isinstance(value, str) for value in values):
            return tuple(values)
        self.wrong(key, "must be a list of texts")
        return default

    def whole(self, key: str, default: int, allowed: range) -> int:
        """A whole number within `allowed`."""
        value = self.read(key, int, default)
        if value in allowed:
            return value
        self.wrong(key, f"must be from {allowed[0]} to {allowed[-1]}, not {value}")
        return default

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        return self.read(key, bool, default)

    def choice(self, key: str, default: Choice) -> Choice:
        """One of the words of the enumeration that `default` belongs to."""
        return type(default)(self.one_of(key, default.value, [word.value for word in type(default)]))

    def one_of(self, key: str, default: str, words: Collection[str]) -> str:
        """One of `words`."""
        value = self.read(key, str, default)
        if value in words:
            return value
        self.wrong(key, f"must be one of {', '.join(words)}, not {value!r}{_nearest(value, words)}")
        return default

    def matching(self, key: str, default: str, pattern: re.Pattern[str], meaning: str) -> str:
        """A text of the form `pattern`, which a person knows as `meaning`."""
        value = self.read(key, str, default)
        if pattern.fullmatch(value):
            return value
        self.wrong(key, f"must be {meaning}, not {value!r}")
        return default

    def _full(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key


def clock(table: Table, key: str, default: time) -> time:
    """A time of day such as 07:30."""
    return time.fromisoformat(table.matching(key, f"{default:%H:%M}", _CLOCK, 'a time of day such as "07:30"'))


def size(table: Table, key: str, default: str) -> int:
    """An amount of data such as 5 MB, in bytes."""
    value = table.matching(key, default, _SIZE, 'a size such as "5 MB"')
    amount = value.rstrip("BKM ")
    return int(amount) * _SIZE_UNITS[value.removeprefix(amount).strip()]


def zone(table: Table, key: str, default: str) -> str:
    """The IANA name of a time zone."""
    return _taken(table, key, time_zone(table.text(key, default)), default)


def locale(table: Table, key: str, default: str) -> str:
    """A language, with or without a country."""
    return _taken(table, key, checked_locale(table.text(key, default)), default)


def address(table: Table, key: str, default: tuple[str, str] | None = None) -> tuple[str, str]:
    """A mail address as (name, address), from `Ada <ada@example.org>` or bare; without a default it must be there."""
    written = (table.needed(key) if default is None else table.text(key)).strip()
    if not written:
        return default or ("", "")
    named = _WITH_NAME.fullmatch(written)
    bare = _taken(table, key, mail_address(named["address"] if named else written), "")
    return (named["name"].strip('"') if named else "", bare) if bare else default or ("", "")


def _taken(table: Table, key: str, found: str | Refusal, default: str) -> str:
    if isinstance(found, Refusal):
        table.refused(key, found)
        return default
    return found


def _nearest(written: str, words: Collection[str]) -> str:
    """The end of a sentence that offers the word most like the one written, if one is."""
    close = nearest(written, words)
    return f" (did you mean {close}?)" if close else ""
