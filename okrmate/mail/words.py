"""How one person reads: a language's words, a locale's numbers and dates, a zone's clock.

The door to Babel where something is written for a person. Letters and screens both write numbers by it.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, get_currency_symbol

from okrmate.domain.errors import ExitCode, OkrmateError
from okrmate.domain.people import LANGUAGES, Person
from okrmate.frozen import Frozen

_SEPARATORS = re.compile(r"[-_]")


class TemplateSource(Protocol):
    """Where templates are read: the `Templates` port, as far as it is needed here."""

    def template(self, name: str) -> str:
        """The source of a template such as `en/agenda.md.j2`."""


class BrokenTemplateError(OkrmateError):
    """A template that cannot be used; the sentence names the file and, where it is known, the line."""

    exit_code = ExitCode.CONFIGURATION


class Words(Frozen):
    """How one person reads: a language's words (`<language>/words.toml`), a locale's numbers, a zone's clock."""

    language: str
    locale: Locale
    zone: ZoneInfo
    source: str

    def phrase(self, section: str, name: str, **values: str) -> str:
        """A phrase of the language with its values filled in, or `BrokenTemplateError`."""
        try:
            return _phrase(self.source, section, name).format_map(values)
        except (LookupError, ValueError, AttributeError, TypeError) as error:
            file = f"{self.language}/words.toml"
            message = f"The file {file} cannot be used: [{section}] {name} is missing or names something unknown."
            raise BrokenTemplateError(message) from error

    def number(self, value: Decimal) -> str:
        """`1,500` or `74.8`, with as many decimals as it has."""
        return _number_text(value, self.locale)

    def percent(self, value: Decimal) -> str:
        """`18 %`: the value is the number of per cents."""
        return self.phrase("numbers", "percent", value=self.number(value))

    def money(self, value: Decimal, currency: str) -> str:
        """`1,500 €`; the sign of an ISO 4217 code as the locale writes it."""
        return self.measured(value, get_currency_symbol(currency, locale=self.locale))

    def measured(self, value: Decimal, unit: str) -> str:
        """A number with its unit behind it, which may be empty."""
        return self.phrase("numbers", "unit", value=self.number(value), unit=unit) if unit else self.number(value)

    def when(self, moment: date | datetime, form: str) -> str:
        """A day, or an aware moment on this person's clock, in one of the forms of `[dates]`."""
        pattern = self.phrase("dates", form)
        locale = _locale(self.language, LANGUAGES[0])
        if isinstance(moment, datetime):
            return _moment_text(moment.astimezone(UTC), self.zone, pattern, locale)
        return str(format_date(moment, pattern, locale=locale))


def words_of(person: Person, templates: TemplateSource) -> Words:
    """How this person reads; an unknown locale falls back to the language's own."""
    language = person.language if person.language in LANGUAGES else LANGUAGES[0]
    return Words(
        language=language,
        locale=_locale(person.locale, language),
        zone=ZoneInfo(person.zone),
        source=templates.template(f"{language}/words.toml"),
    )


@lru_cache(maxsize=1024)
def _number_text(value: Decimal, locale: Locale) -> str:
    return str(format_decimal(value, locale=locale, decimal_quantization=False))


@lru_cache(maxsize=1024)
def _moment_text(moment: datetime, zone: ZoneInfo, pattern: str, locale: Locale) -> str:
    """A moment as text; it comes in UTC, where equal ones are the same also while clocks are set back."""
    return str(format_datetime(moment.astimezone(zone), pattern, locale=locale))


@lru_cache(maxsize=8)
def _tables(source: str) -> Mapping[str, object]:
    return tomllib.loads(source)


@lru_cache(maxsize=1024)
def _phrase(source: str, section: str, name: str) -> str:
    """A text of a table, `items.feedback` being a table in a table."""
    table: object = _tables(source)
    for part in (*section.split("."), name):
        table = table[part] if isinstance(table, dict) else None
    if not isinstance(table, str):
        message = f"{name} is no text"
        raise TypeError(message)
    return table


@lru_cache(maxsize=64)
def _locale(tag: str, language: str) -> Locale:
    try:
        return Locale.parse(_SEPARATORS.sub("_", tag))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language)
