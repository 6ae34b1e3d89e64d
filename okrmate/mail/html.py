"""HTML as quoted lines: a walk that keeps each blockquote level and leaves out what no reader sees."""

import re
from dataclasses import dataclass, field

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
    }
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|font-size\s*:\s*0+(?:\.0+)?\s*(?:[a-z%]{1,3}\s*)?(?:;|!|\Z)"
)
_PRESERVED = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)")
_RULE_AT_LEFT = re.compile(r"border-left(?:-width|-style)?\s*:[^;]*solid")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_NULL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")


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
        text = re.sub(r"  +", " ", "".join(self.open)).strip()
        self.open.clear()
        if text or always:
            for line in text_lines(text) or [""]:
                rest, marks = unmarked(line)
                self.done.append(QuotedLine(text=rest.rstrip(), depth=self.depth + marks, part=self.part))

    def gap(self) -> None:
        """An empty line, unless one stands there already."""
        if self.done and self.done[-1].text:
            self.done.append(QuotedLine(text="", depth=self.depth, part=self.part))


def html_lines(markup: str, part: int = 0) -> tuple[QuotedLine, ...] | None:
    """What a reader sees of a mail's HTML, line by line; None where it is nested deeper than `DEPTH_LIMIT`.

    What stands below `LINE_LIMIT` lines is left out: a mail with more is held and not read.

    Depth counts quote containers: `blockquote` (not the one by which Gmail indents), GMX's `div name=quote`, and a
    `div` with a rule at its left, as Outlook draws it. Hidden text, scripts and styles are left out.
    """
    # Bytes, because lxml refuses a str with an XML declaration; huge_tree, because without it lxml drops what lies
    # deeper than 256 levels.
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=False)
    content = _NULL.sub("", markup).encode("utf-8", "replace")
    try:
        root = etree.fromstring(content, parser) if content.strip() else None
    except (etree.XMLSyntaxError, ValueError):
        root = None
    return () if root is None else _walk(root, part)


def _walk(root: etree._Element, part: int) -> tuple[QuotedLine, ...] | None:
    lines = _Lines(part=part)
    level = hidden = preserved = 0
    numbers: list[int | None] = []  # of each open list: the last number, None where it has none
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if len(lines.done) > LINE_LIMIT:
            break
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            level += 1
            if level > DEPTH_LIMIT:
                return None
            hidden += _is_unread(node, tag)
            if hidden:
                continue
            preserved += _is_preserved(node, tag)
            _open(lines, node, tag, numbers)
            if node.text:
                lines.write(node.text, preserved=preserved > 0)
            continue
        if event == "end":
            level -= 1
            if hidden:
                hidden -= _is_unread(node, tag)
            else:
                preserved -= _is_preserved(node, tag)
                _close(lines, node, tag, numbers)
        if node.tail and not hidden:
            lines.write(node.tail, preserved=preserved > 0)
    lines.end()
    return tuple(lines.done)


def _open(lines: _Lines, node: etree._Element, tag: str, numbers: list[int | None]) -> None:
    if tag == "br":
        lines.end(always=True)
    elif tag in _LINES:
        lines.end()
        lines.depth += _is_quote(node, tag)
        if tag in {"ul", "ol"}:
            numbers.append(0 if tag == "ol" else None)
        elif tag == "li":
            lines.open.append(_bullet(numbers))


def _close(lines: _Lines, node: etree._Element, tag: str, numbers: list[int | None]) -> None:
    if tag in _LINES:
        lines.end()
        lines.depth -= _is_quote(node, tag)
        if tag in _SPACED and "MsoNormal" not in (node.get("class") or ""):  # Outlook's own have no space between
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


def _style(node: etree._Element) -> str:
    return (node.get("style") or "")[:2000].lower()


def _is_unread(node: etree._Element, tag: str) -> bool:
    return tag in _UNREAD or node.get("hidden") is not None or _HIDING.search(_style(node)) is not None


def _is_preserved(node: etree._Element, tag: str) -> bool:
    return tag == "pre" or _PRESERVED.search(_style(node)) is not None


def _is_quote(node: etree._Element, tag: str) -> bool:
    style = _style(node)
    if tag == "blockquote":
        indents = "40px" in style and "border:none" in style.replace(" ", "")
        return not indents or "gmail_quote" in (node.get("class") or "")
    return tag == "div" and (node.get("name") == "quote" or _RULE_AT_LEFT.search(style) is not None)
