"""HTML as quoted lines: a walk that keeps each blockquote level and leaves out what no reader sees."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from okrmate.domain.letters import QuotedLine
from okrmate.mail.plaintext import text_lines, unmarked
from okrmate.mail.sight import PROPERTIES, Worn, is_unseen
from okrmate.mail.styles import NO_SHEET, STYLE_LIMIT, Declared, Sheet, declared, joined

DEPTH_LIMIT = 1_000
"""Elements inside one another. Threads of years reach some hundreds; from 2,048 on libxml2 drops text in silence."""
LINE_LIMIT = 20_000
"""Lines of a mail that is read (design "The sender's own words", rule 1); one more says that there are too many."""

_LINES = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    }
)
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNREAD = frozenset(
    {
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "object",
        "svg",
        "math",
        "select",
        "textarea",
        "title",
        "meta",
        "iframe",
        "datalist",
        "dialog",
        "canvas",
        "audio",
        "video",
        "s",
        "strike",
        "del",
    }
)
_RAISED = {"sup": "^", "sub": "_"}
"""What stands before a small number beside a larger one, so that they are never taken for one."""
_PRESERVED = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)")
_RULE_AT_LEFT = re.compile(r"border-left(?:-width|-style)?\s*:[^;]*solid")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_SEVERAL_SPACES = re.compile(r"  +")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")


class Shown(NamedTuple):
    """The lines of a mail's HTML; `faint` says that a reader may not see all of them: `seen` are those that are."""

    lines: tuple[QuotedLine, ...] = ()
    faint: bool = False
    seen: tuple[QuotedLine, ...] = ()


class _Look(NamedTuple):
    """What its tag, its attributes and the style sheets make of an element."""

    unread: bool
    preserved: bool
    quote: bool
    spaced: bool
    style: Declared
    perhaps: Declared
    """What a style sheet declares of it where it stands in the right place."""


@dataclass(slots=True)
class _Lines:
    """The lines so far and the one being written; and, once a text may not be seen, the same without such texts."""

    part: int
    done: list[QuotedLine] = field(default_factory=list)
    seen: list[QuotedLine] | None = None
    depth: int = 0
    open: list[str] = field(default_factory=list)
    open_seen: list[str] | None = None
    """What is seen of the line being written; None where that is all of it."""
    faint: bool = False

    def write(self, text: str, worn: Worn, *, preserved: bool) -> None:
        """Add a text, unless its letters are too small to be seen; one that may not be seen is remembered."""
        if worn.tiny:
            return
        hidden = worn.faint and any(map(str.isalnum, text))
        self.faint = self.faint or hidden
        if not preserved:
            self.add(_SPACES.sub(" ", text), hidden=hidden)
            return
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self.add(first, hidden=hidden)
        for line in rest:
            self.end(always=True)
            self.add(line, hidden=hidden)

    def add(self, piece: str, *, hidden: bool = False) -> None:
        """Go on with the line."""
        if hidden and self.seen is None:
            self.seen = list(self.done)
        if hidden and self.open_seen is None:
            self.open_seen = list(self.open)
        if self.open_seen is not None and not hidden:
            self.open_seen.append(piece)
        self.open.append(piece)

    def end(self, *, always: bool = False) -> None:
        """End the line; an empty one counts only where it was asked for (`br`)."""
        ended = list(self._ended(self.open, always=always))
        self.done += ended
        if self.seen is not None:
            self.seen += ended if self.open_seen is None else self._ended(self.open_seen, always=always)
        self.open.clear()
        self.open_seen = None

    def _ended(self, pieces: list[str], *, always: bool) -> Iterator[QuotedLine]:
        text = _SEVERAL_SPACES.sub(" ", "".join(pieces)).strip() if pieces else ""
        if text or always:
            for line in text_lines(text) or [""]:
                rest, marks = unmarked(line)
                yield QuotedLine(rest.rstrip(), self.depth + marks, self.part)

    def gap(self) -> None:
        """An empty line, unless one stands there already."""
        for lines in (self.done, self.seen):
            if lines and lines[-1].text:
                lines.append(QuotedLine("", self.depth, self.part))


def html_lines(markup: str, part: int = 0) -> Shown | None:
    """What a reader sees of a mail's HTML, line by line; None where it is nested deeper than `DEPTH_LIMIT`.

    What stands below `LINE_LIMIT` lines is left out: a mail with more is held and not read.

    Depth counts quote containers: `blockquote` (not the one by which Gmail indents), GMX's `div name=quote`, and a
    `div` with a rule at its left, as Outlook draws it. Hidden text, scripts and styles are left out, and what was
    struck through; what is only perhaps hidden is read and said to be faint: a mail written at night is white too.
    """
    # Bytes, because lxml refuses a str with an XML declaration; huge_tree, because without it lxml drops what lies
    # deeper than 256 levels.
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=False)
    content = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", markup).encode("utf-8", "replace")
    try:
        root = etree.fromstring(content, parser) if content.strip() else None
    except (etree.XMLSyntaxError, ValueError):
        root = None
    return Shown() if root is None else _walk(root, part)


def _walk(root: etree._Element, part: int) -> Shown | None:
    sheet = Sheet((node.text or "" for node in root.iter("style")), PROPERTIES)
    lines = _Lines(part=part, faint=sheet.is_cut)
    within: list[_Look] = []
    worn = [Worn()]
    hidden = preserved = 0
    numbers: list[int | None] = []  # of each open list: the last number, None where it has none
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if len(lines.done) > LINE_LIMIT:
            break
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            attributes = node.items()
            look = _look(tag, dict(attributes), sheet) if attributes or sheet else _bare_look(tag)
            within.append(look)
            worn.append(worn[-1].under(look.style, look.perhaps))
            if len(within) > DEPTH_LIMIT:
                return None
            hidden += look.unread
            if hidden:
                continue
            preserved += look.preserved
            _open(lines, look, tag, numbers)
            if node.text:
                lines.write(node.text, worn[-1], preserved=preserved > 0)
            continue
        if event == "end":
            look = within.pop()
            worn.pop()
            if hidden:
                hidden -= look.unread
            else:
                preserved -= look.preserved
                _close(lines, look, tag, numbers)
        if node.tail and not hidden:
            lines.write(node.tail, worn[-1], preserved=preserved > 0)
    lines.end()
    seen = () if sheet.is_cut else tuple(lines.seen or ())
    return Shown(tuple(lines.done), lines.faint, seen)


def _open(lines: _Lines, look: _Look, tag: str, numbers: list[int | None]) -> None:
    if tag == "br":
        lines.end(always=True)
    elif tag in _RAISED:
        lines.add(_RAISED[tag])
    elif tag in _LINES:
        lines.end()
        lines.depth += look.quote
        if tag in {"ul", "ol"}:
            numbers.append(0 if tag == "ol" else None)
        elif tag == "li":
            lines.add(_bullet(numbers))


def _close(lines: _Lines, look: _Look, tag: str, numbers: list[int | None]) -> None:
    if tag in _LINES:
        lines.end()
        lines.depth -= look.quote
        if look.spaced:
            lines.gap()
        if tag in {"ul", "ol"} and numbers:
            numbers.pop()
    elif tag in {"td", "th"}:
        lines.add(" ")


def _bullet(numbers: list[int | None]) -> str:
    last = numbers[-1] if numbers else None
    if last is None:
        return "- "
    numbers[-1] = last + 1
    return f"{last + 1}. "


def _look(tag: str, attributes: Mapping[str, str], sheet: Sheet = NO_SHEET) -> _Look:
    style = attributes.get("style", "")[:STYLE_LIMIT].lower()
    certain, perhaps = sheet.of(tag, attributes)
    seen = joined(joined(_painted(attributes), certain), declared(style)) if attributes else certain
    return _Look(
        unread=tag in _UNREAD or "hidden" in attributes or is_unseen(seen),
        preserved=tag == "pre" or _PRESERVED.search(style) is not None,
        quote=_is_quote(tag, attributes, style),
        spaced=tag in _SPACED
        and "MsoNormal" not in attributes.get("class", ""),  # Outlook has no space between its own
        style=seen,
        perhaps=perhaps,
    )


def _painted(attributes: Mapping[str, str]) -> Declared:
    """The colours that older attributes give."""
    given = {"color": attributes.get("color") or attributes.get("text"), "background-color": attributes.get("bgcolor")}
    return {name: colour.strip().lower() for name, colour in given.items() if colour}


@lru_cache(maxsize=256)
def _bare_look(tag: str) -> _Look:
    """Of an element without attributes, as most are."""
    return _look(tag, {})


def _is_quote(tag: str, attributes: Mapping[str, str], style: str) -> bool:
    if tag == "blockquote":
        indents = "40px" in style and "border:none" in style.replace(" ", "")
        return not indents or "gmail_quote" in attributes.get("class", "")
    return tag == "div" and (attributes.get("name") == "quote" or _RULE_AT_LEFT.search(style) is not None)
