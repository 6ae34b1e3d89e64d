"""Letters from their templates, in the words, numbers and dates of whoever reads them.

The door to Jinja, Markdown and Babel. A template may be a file of the home's own: it runs in a sandbox, a name it
gets wrong is an error, and whatever goes wrong inside is one sentence naming the file and the line.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from traceback import extract_tb
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, get_currency_symbol
from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from okrmate.domain.errors import ExitCode, OkrmateError
from okrmate.domain.letters import Block, Items, KeyResultLine
from okrmate.domain.people import Person
from okrmate.mail.layout import lines
from okrmate.mail.markup import References, escape, parse, shorten

SUBJECT_WIDTH = 45
"""Characters of a subject (design "Form"); a longer one, for the sake of long names, is cut."""

LANGUAGES = ("en",)
"""The languages letters are written in; somebody of another one gets the first."""

_SUBJECT = re.compile(r"\s*Subject: (?P<subject>[^\n]+)\n")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # CommonMark 2.4: any ASCII punctuation may be escaped
_MARKED = re.compile(r"(?<!\\)(?:\\\\)*[*_`<&!\[\]\n]|\\(?![!-/:-@\[-`{-~])|  +\Z")
"""What makes a piece of text more than its words: a mark that is not escaped, or a backslash before no sign."""
_SEPARATORS = re.compile(r"[-_]")
_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_INSIDE_TEMPLATE = (TemplateError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


class TemplateSource(Protocol):
    """Where templates are read: the `Templates` port, as far as it is needed here."""

    def template(self, name: str) -> str:
        """The source of a template such as `en/agenda.md.j2`."""


class BrokenTemplateError(OkrmateError):
    """A template that cannot be used; the sentence names the file and, where it is known, the line."""

    exit_code = ExitCode.CONFIGURATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A letter as it is stored; `subject` is empty where the template leaves it to the mail that is answered."""

    subject: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How one person reads: a language's words (`<language>/words.toml`), a locale's numbers, a zone's clock."""

    language: str
    locale: Locale
    zone: ZoneInfo
    source: str

    def phrase(self, section: str, name: str, **values: str) -> str:
        """A phrase of the language with its values filled in, or `BrokenTemplateError`."""
        file = f"{self.language}/words.toml"
        try:
            return _phrase(_tables(self.source), section, name).format_map(values)
        except (LookupError, ValueError, AttributeError, TypeError) as error:
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
        if isinstance(moment, datetime):
            return str(format_datetime(moment.astimezone(self.zone), pattern, locale=self.language))
        return str(format_date(moment, pattern, locale=self.language))


class Composer:
    """Makes letters out of templates; one for the whole program, as it keeps what it has compiled.

    A template that was changed on disk counts from the next letter on.
    """

    def __init__(self, templates: TemplateSource) -> None:
        self._templates = templates
        load = _loader(templates)
        self._letters = ImmutableSandboxedEnvironment(
            loader=load,
            undefined=StrictUndefined,
            # With autoescape a macro's or an include's result is Markup, so `finalize` escapes each value once.
            autoescape=True,
            finalize=_literally,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._letters.filters.update(_FILTERS)
        self._pages = ImmutableSandboxedEnvironment(
            loader=load, undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
        )

    def words(self, person: Person) -> Words:
        """How this person reads; an unknown locale falls back to the language's own."""
        language = person.language if person.language in LANGUAGES else LANGUAGES[0]
        return Words(
            language=language,
            locale=_locale(person.locale, language),
            zone=ZoneInfo(person.zone),
            source=self._templates.template(f"{language}/words.toml"),
        )

    def compose(
        self,
        name: str,
        context: Mapping[str, object],
        words: Words,
        *,
        key_results: Iterable[KeyResultLine] = (),
        lists: Mapping[str, Items] | None = None,
    ) -> Composed:
        """The letter `name` for one reader, or `BrokenTemplateError`.

        `key_results` and `lists` are what the marks `::kr` and `::items` of the template may name.
        """
        file = f"{words.language}/{name}.md.j2"
        source = _rendered(self._letters, file, {**context, "words": words})
        front = _SUBJECT.match(source)
        references = References(
            plain=_plain,
            markers={marker: words.phrase("markers", marker) for marker in ("colon", "plain")},
            answer=words.phrase("labels", "answer", number="{number}"),
            key_results={line.ref: line for line in key_results},
            lists=lists or {},
        )
        try:
            blocks = parse(source[front.end() :] if front else source, references)
        except ValueError as error:
            message = f"The template {file} cannot be used: {error}"
            raise BrokenTemplateError(message) from error
        return Composed(subject=shorten(_plain(front["subject"]), SUBJECT_WIDTH) if front else "", blocks=blocks)

    def html(self, blocks: Sequence[Block], language: str) -> str:
        """The HTML part: the lines of the text part, each a paragraph of its own, everything escaped."""
        return _rendered(self._pages, "letter.html.j2", {"lines": lines(blocks), "language": language})


def _loader(templates: TemplateSource) -> FunctionLoader:
    def load(name: str) -> tuple[str, str, Callable[[], bool]]:
        source = templates.template(name)
        return source, name, lambda: templates.template(name) == source

    return FunctionLoader(load)


def _rendered(environment: ImmutableSandboxedEnvironment, file: str, context: Mapping[str, object]) -> str:
    try:
        return environment.get_template(file).render(context)
    except TemplateSyntaxError as error:
        message = f"The template {error.name or file} cannot be used: line {error.lineno}, {error.message}"
        raise BrokenTemplateError(message) from error
    except _INSIDE_TEMPLATE as error:
        places = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
        where = (
            f"{places[-1].filename} cannot be used: line {places[-1].lineno}" if places else f"{file} cannot be used"
        )
        message = f"The template {where}, {error}"
        raise BrokenTemplateError(message) from error


def _literally(value: object) -> Markup:
    """A value as text that reads as it stands; what templates made of templates is left alone."""
    return value if isinstance(value, Markup) else Markup(escape(str(value)))  # noqa: S704  # Markdown here, no HTML


def _plain(text: str) -> str:
    """What a person reads of a piece of inline Markdown: its words, and where a link leads."""
    if not _MARKED.search(text):
        return "".join(_ESCAPED.split(text))
    (inline,) = _MARKDOWN.parseInline(text)
    links: list[str] = []
    return "".join(_spoken(token, links) for token in inline.children or ())


def _spoken(token: Token, links: list[str]) -> str:
    match token.type:
        case "text" | "code_inline" | "image":
            return token.content
        case "link_open":
            links.append("" if token.markup == "autolink" else f" ({token.attrGet('href')})")
            return ""
        case "link_close":
            return links.pop()
        case _:
            return ""


@lru_cache(maxsize=1024)
def _number_text(value: Decimal, locale: Locale) -> str:
    return str(format_decimal(value, locale=locale, decimal_quantization=False))


@lru_cache(maxsize=8)
def _tables(source: str) -> Mapping[str, object]:
    return tomllib.loads(source)


def _phrase(tables: Mapping[str, object], section: str, name: str) -> str:
    """A text of a table, `items.feedback` being a table in a table."""
    table: object = tables
    for part in (*section.split("."), name):
        table = table[part] if isinstance(table, dict) else None
    if not isinstance(table, str):
        message = f"{name} is no text"
        raise TypeError(message)
    return table


def _locale(tag: str, language: str) -> Locale:
    try:
        return Locale.parse(_SEPARATORS.sub("_", tag))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language)


def _words(context: Context) -> Words:
    words = context["words"]
    if not isinstance(words, Words):
        message = "words is taken: it is how the reader reads"
        raise TypeError(message)
    return words


def _dated(form: str) -> Callable[[Context, object], str]:
    @pass_context
    def dated(context: Context, moment: object) -> str:
        if not isinstance(moment, date):
            message = f"{moment!r} is neither a day nor a moment"
            raise TypeError(message)
        return _words(context).when(moment, form)

    return dated


@pass_context
def _number(context: Context, value: Decimal | int) -> str:
    return _words(context).number(Decimal(value))


def _within(lines: Sequence[str], most: int, rest: str) -> list[str]:
    """The lines, or where there are more than `most` the first ones, with `rest` told of how many are left."""
    if len(lines) <= most:
        return list(lines)
    return [*lines[: most - 1], rest.format(len(lines) - most + 1)]


_FILTERS: Mapping[str, Callable[..., str | list[str]]] = {
    **{form: _dated(form) for form in ("day", "full_day", "date", "short_date", "weekday", "time", "clock", "moment")},
    "number": _number,
    "short": shorten,
    "within": _within,
}
