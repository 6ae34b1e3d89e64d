"""A text part as quoted lines: quote marks counted and taken off, `format=flowed` unwrapped (RFC 3676)."""

import re
from collections.abc import Iterable

from okrmate.domain.letters import QuotedLine
from okrmate.mail.charsets import INVISIBLE

_FIXED_MARKS = re.compile(r" ?>(?: ?>)* ?")
_FLOWED_MARKS = re.compile(r">(?: ?>)*")
_SPACE_NOT_IN_NUMBER = re.compile("\u00a0(?:(?<![0-9]\u00a0)|(?![0-9]))")  # led by the sign: found ten times as fast
_CONTROL = "".join(chr(code) for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r")
_UNSEEN = re.compile(f"[{_CONTROL}{''.join(map(chr, INVISIBLE))}]")
_IN_NUMBER = re.compile(f"(?<=[0-9])[{_CONTROL}]+(?=[0-9])")
_REVERSED = re.compile("\u202e[^\u202c\n]*")
_DIGIT = re.compile(r"(?=\d)")
_SIGNATURE = "-- "


def readable(text: str) -> str:
    """The text without characters nobody sees; a no-break space stays only inside a number.

    What no charset has is no part of a number either, and never makes one of two; nor is a number read that is shown
    from right to left by force.
    """
    if text.replace("\n", "").isprintable():  # as most often: nothing of what follows is in it
        return text
    text = _REVERSED.sub(lambda found: _DIGIT.sub("\N{REPLACEMENT CHARACTER}", found[0]), text)
    return _SPACE_NOT_IN_NUMBER.sub(" ", _UNSEEN.sub("", _IN_NUMBER.sub("\N{REPLACEMENT CHARACTER}", text)))


def text_lines(text: str) -> list[str]:
    """The lines of a text; a line break at the very end adds none."""
    return readable(text).splitlines()  # the rarer breaks it knows besides are controls, and gone


def unmarked(line: str) -> tuple[str, int]:
    """A line without its quote marks, and how many they were (`> > x` and `>> x` are two)."""
    if ">" in line[:2] and (marks := _FIXED_MARKS.match(line)):
        return line[marks.end() :], marks.group().count(">")
    return line, 0


def fixed_lines(lines: Iterable[str], part: int) -> list[QuotedLine]:
    """The lines of a part that is not flowed: each stands for itself."""
    return [QuotedLine(text.rstrip(), depth, part) for text, depth in map(unmarked, lines)]


def flowed_lines(lines: Iterable[str], part: int, *, delete_space: bool) -> list[QuotedLine]:
    """The paragraphs of a flowed part (RFC 3676 section 4): a space at the end joins lines of equal depth.

    `delete_space` is DelSp: that space goes when lines are joined. The signature separator is never joined. A line of
    which the next has another depth ends its paragraph (section 4.5).
    """
    quoted: list[QuotedLine] = []
    open_parts: list[str] = []
    open_depth = 0

    def close() -> None:
        if open_parts:
            quoted.append(QuotedLine(text="".join(open_parts).rstrip(), depth=open_depth, part=part))
            open_parts.clear()

    for line in lines:
        marks = _FLOWED_MARKS.match(line)
        depth = marks.group().count(">") if marks else 0
        text = line[marks.end() :] if marks else line
        text = text.removeprefix(" ")  # space-stuffing, section 4.4
        if depth != open_depth or text == _SIGNATURE:
            close()
        open_depth = depth
        flows = text.endswith(" ") and text != _SIGNATURE
        open_parts.append(text[:-1] if flows and delete_space else text)
        if not flows:
            close()
    close()
    return quoted
