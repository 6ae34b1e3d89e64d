"""Letters from their templates, in the words, numbers and dates of whoever reads them.

The door to Jinja and Markdown. A template may be a file of the home's own: it runs in a sandbox, a name it
gets wrong is an error, and whatever goes wrong inside is one sentence naming the file and the line.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from traceback import extract_tb

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from okrmate.domain.letters import Block, Items, KeyResultLine
from okrmate.domain.people import Person
from okrmate.frozen import Frozen
from okrmate.mail.layout import lines
from okrmate.mail.markup import References, escape, parse, shorten
from okrmate.mail.words import BrokenTemplateError, TemplateSource, Words, words_of

SUBJECT_WIDTH = 45
"""Characters of a subject (design "Form"); a longer one, for the sake of long names, is cut."""

_SUBJECT = re.compile(r"\s*Subject: (?P<subject>[^\n]+)\n")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # CommonMark 2.4: any ASCII punctuation may be escaped
_MARKED = re.compile(r"[*_`<&!\[\]\n\\]")
"""What makes a piece of text more than its words, where it is not escaped."""
_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_INSIDE_TEMPLATE = (TemplateError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


class Composed(Frozen):
    """A letter as it is stored; `subject` is empty where the template leaves it to the mail that is answered."""

    subject: str
    blocks: tuple[Block, ...]


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
        return words_of(person, self._templates)

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
    pieces = _ESCAPED.split(text)  # words, and between them the escaped signs
    if not _MARKED.search("".join(pieces[::2])) and not text.endswith("  "):
        return "".join(pieces)
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
    **{
        form: _dated(form)
        for form in ("day", "full_day", "date", "short_date", "weekday", "month", "time", "clock", "moment")
    },
    "number": _number,
    "short": shorten,
    "within": _within,
}
