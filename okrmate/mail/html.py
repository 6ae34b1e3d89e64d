"""HTML as quoted lines: a walk that keeps each blockquote level and leaves out what no reader sees."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from okrmate.domain.letters import QuotedLine
from okrmate.mail.plaintext import text_lines, unmarked

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
        "s",
        "strike",
        "del",
    }
)
_RAISED = {"sup": "^", "sub": "_"}
"""What stands before a small number beside a larger one, so that they are never taken for one."""
_NOTHING = r"0+(?:\.0+)?\s*(?:[a-z%]{1,3}\s*)?(?:;|!|\Z)"
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    rf"|(?:font-size|opacity|max-height)\s*:\s*{_NOTHING}|font-size\s*:\s*[01](?:\.[0-9]+)?p[xt]"
    r"|(?:left|top|text-indent)\s*:\s*-[0-9]{4}"
)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through")
_PRESERVED = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)")
_RULE_AT_LEFT = re.compile(r"border-left(?:-width|-style)?\s*:[^;]*solid")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_SEVERAL_SPACES = re.compile(r"  +")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")


class _Look(NamedTuple):
    """What its tag and attributes make of an element."""

    unread: bool
    preserved: bool
    quote: bool
    spaced: bool


@dataclass(slots=True)
class _Lines:
    """The lines so far and the one being written."""

    part: int
    done: list[QuotedLine] = field(default_factory=list)
    depth: int = 0
    open: list[str] = field(default_factory=list)

    def write(self, text: str, *, preserved: bool) -> None:
        if not preserved:
            self.open.append(_SPACES.sub(" ", text))
            return
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self.open.append(first)
        for line in rest:
            self.end(always=True)
            self.open.append(line)

    def end(self, *, always: bool = False) -> None:
        """End the line; an empty one counts only where it was asked for (`br`)."""
        text = _SEVERAL_SPACES.sub(" ", "".join(self.open)).strip() if self.open else ""
        self.open.clear()
        if text or always:
            for line in text_lines(text) or [""]:
                rest, marks = unmarked(line)
                self.done.append(QuotedLine(rest.rstrip(), self.depth + marks, self.part))

    def gap(self) -> None:
        """An empty line, unless one stands there already."""
        if self.done and self.done[-1].text:
            self.done.append(QuotedLine("", self.depth, self.part))


def html_lines(markup: str, part: int = 0) -> tuple[QuotedLine, ...] | None:
    """What a reader sees of a mail's HTML, line by line; None where it is nested deeper than `DEPTH_LIMIT`.

    What stands below `LINE_LIMIT` lines is left out: a mail with more is held and not read.

    Depth counts quote containers: `blockquote` (not the one by which Gmail indents), GMX's `div name=quote`, and a
    `div` with a rule at its left, as Outlook draws it. Hidden text, scripts and styles are left out, and what was
    struck through.
    """
    # Bytes, because lxml refuses a str with an XML declaration; huge_tree, because without it lxml drops what lies
    # deeper than 256 levels.
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=False)
    content = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", markup).encode("utf-8", "replace")
    try:
        root = etree.fromstring(content, parser) if content.strip() else None
    except (etree.XMLSyntaxError, ValueError):
        root = None
    return () if root is None else _walk(root, part)


def _walk(root: etree._Element, part: int) -> tuple[QuotedLine, ...] | None:
    lines = _Lines(part=part)
    within: list[_Look] = []
    hidden = preserved = 0
    numbers: list[int | None] = []  # of each open list: the last number, None where it has none
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if len(lines.done) > LINE_LIMIT:
            break
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            attributes = node.items()
            look = _look(tag, dict(attributes)) if attributes else _bare_look(tag)
            within.append(look)
            if len(within) > DEPTH_LIMIT:
                return None
            hidden += look.unread
            if hidden:
                continue
            preserved += look.preserved
            _open(lines, look, tag, numbers)
            if node.text:
                lines.write(node.text, preserved=preserved > 0)
            continue
        if event == "end":
            look = within.pop()
            if hidden:
                hidden -= look.unread
            else:
                preserved -= look.preserved
                _close(lines, look, tag, numbers)
        if node.tail and not hidden:
            lines.write(node.tail, preserved=preserved > 0)
    lines.end()
    return tuple(lines.done)


def _open(lines: _Lines, look: _Look, tag: str, numbers: list[int | None]) -> None:
    if tag == "br":
        lines.end(always=True)
    elif tag in _RAISED:
        lines.open.append(_RAISED[tag])
    elif tag in _LINES:
        lines.end()
        lines.depth += look.quote
        if tag in {"ul", "ol"}:
            numbers.append(0 if tag == "ol" else None)
        elif tag == "li":
            lines.open.append(_bullet(numbers))


def _close(lines: _Lines, look: _Look, tag: str, numbers: list[int | None]) -> None:
    if tag in _LINES:
        lines.end()
        lines.depth -= look.quote
        if look.spaced:
            lines.gap()
        if tag in {"ul", "ol"} and numbers:
            numbers.pop()
    elif tag in {"td", "th"}:
        lines.open.append(" ")


def _bullet(numbers: list[int | None]) -> str:
    last = numbers[-1] if numbers else None
    if last is None:
        return "- "
    numbers[-1] = last + 1
    return f"{last + 1}. "


def _look(tag: str, attributes: Mapping[str, str]) -> _Look:
    style = attributes.get("style", "")[:2000].lower()
    return _Look(
        unread=tag in _UNREAD or "hidden" in attributes or _is_unseen(style),
        preserved=tag == "pre" or _PRESERVED.search(style) is not None,
        quote=_is_quote(tag, attributes, style),
        spaced=tag in _SPACED
        and "MsoNormal" not in attributes.get("class", ""),  # Outlook has no space between its own
    )


def _is_unseen(style: str) -> bool:
    return bool(style) and (_HIDING.search(style) is not None or _STRUCK.search(style) is not None)


@lru_cache(maxsize=256)
def _bare_look(tag: str) -> _Look:
    """Of an element without attributes, as most are."""
    return _look(tag, {})


def _is_quote(tag: str, attributes: Mapping[str, str], style: str) -> bool:
    if tag == "blockquote":
        indents = "40px" in style and "border:none" in style.replace(" ", "")
        return not indents or "gmail_quote" in attributes.get("class", "")
    return tag == "div" and (attributes.get("name") == "quote" or _RULE_AT_LEFT.search(style) is not None)
