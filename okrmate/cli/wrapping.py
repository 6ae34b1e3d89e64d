"""Lines too long for a terminal, broken at blanks: what goes on hangs under the last column it stands in."""

import re
import shutil
import textwrap
from collections.abc import Iterator
from typing import TextIO

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_WIDEST_HANG = 0.6
"""Of the terminal's width; behind it there is too little room to hang anything."""
_COMMAND = re.compile(r"`[^`]+`")
_GLUE = "\0"
"""In place of the blanks of a command that is to stay whole; no line holds it."""


def fitted(text: str, stream: TextIO) -> str:
    """The text as it is printed on this stream: its lines are broken on a terminal only, scripts get them whole."""
    if not stream.isatty():
        return text
    width = shutil.get_terminal_size().columns
    return "\n".join(part for line in text.split("\n") for part in wrapped(line, width))


def wrapped(line: str, width: int) -> Iterator[str]:
    """One line as rows of at most `width` characters, where it has blanks to be broken at.

    A command in backticks stays on one row where it fits there, so that it can be copied.
    """
    if len(line) <= width:
        yield line
        return
    hang = _hang(line, width)
    rows = textwrap.wrap(
        _COMMAND.sub(lambda found: found[0].replace(" ", _GLUE) if len(found[0]) < width - hang else found[0], line),
        width,
        subsequent_indent=" " * hang,
        replace_whitespace=False,
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from (row.replace(_GLUE, " ") for row in rows)


def _hang(line: str, width: int) -> int:
    """Where the last column begins, as far as columns are told by two blanks; else how far the line is indented."""
    columns = [gap.end() for gap in _GAP.finditer(line) if gap.end() <= width * _WIDEST_HANG]
    return columns[-1] if columns else len(line) - len(line.lstrip(" "))
