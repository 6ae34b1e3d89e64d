"""Finding the key results a line speaks of, and telling them from dates, times, versions, rooms and list numbers."""

import re
from collections.abc import Iterator
from enum import StrEnum

from okrmate.frozen import Frozen
from okrmate.reply.context import ReplyContext


class Form(StrEnum):
    """How a reference is written, from the surest to the least sure."""

    NAMED = "named"
    """`KR 1.2`, `O1KR2`, "objective 1 kr 2", `#1.2`, `[1.2]`."""
    BARE = "bare"
    """`1.2`."""
    SHORT = "short"
    """`KR2`."""
    NUMBER = "number"
    """`2`: only at the start of a line."""


class Reference(Frozen):
    """One reference in folded text: which refs it can stand for, as the context has them.

    `known` is one ref where it is clear, several where it could be each of them, none where there is no such.
    """

    start: int
    end: int
    form: Form
    known: tuple[str, ...]


_KR = r"(?:krs?|key results?|schlüsselergebniss?e?|résultat clé|resultado clave|risultato chiave)"
_OBJECTIVE = r"(?:o|obj|objective|ziel)"
_FULL = re.compile(
    r"(?:(?<![\w.,:/#-])|(?<=[0-9]\.[0-9]-)|(?<=[0-9%€],)(?=[0-9]\.[0-9]{1,2}[: ]))"
    rf"(?:{_OBJECTIVE} ?#?(?P<o>[0-9]{{1,2}}) ?[,/.·-]? ?{_KR} ?#?(?P<k>[0-9]{{1,2}})"
    rf"|(?P<named>{_KR} ?[#:-]? ?|#|\[|\()(?P<a>[0-9]{{1,2}}) ?\. ?(?P<b>[0-9]{{1,2}})"
    r"|(?P<c>[0-9]{1,2})\.(?P<d>[0-9]{1,2}))"
    r"(?![0-9]|\.[0-9]|,[0-9]|/[0-9]| ?(?:%|°|x(?!\w)|[€$£](?! ?[0-9]))|[^\W\u3040-\u30ff\u3400-\u9fff])"
)
_SHORT = re.compile(rf"(?<![\w.,:/#-]){_KR} ?#?(?P<n>[0-9]{{1,3}})(?![0-9]|[.,:][0-9]|\w| ?%)")
_NUMBER = re.compile(r"(?P<n>[0-9]{1,2})(?=:\s|\s+[^\W0-9]|\s+[✅✔☑🚧🟢🟡🔴])")
_CLOCK = re.compile(r" ?(?:am|pm|uhr|h|o'clock|mio|mrd|millions?|billions?|km|kg|lbs|miles)(?!\w)")
_CLOSE = re.compile(r" ?[\])]")
_DATE_DOT = re.compile(r"\.(?=\s+\w|$)")
GLUE = re.compile(r"\s*(?:,|&|/|\+|and|und|et|y|e|en|och|sowie)\s*(?:and|und|&)?\s*")
"""What stands between references that belong together."""

_MONEY_BEFORE = re.compile(r"[0-9] ?$")


def _matches(context: ReplyContext, number: str) -> tuple[str, ...]:
    """The refs a short number can stand for: all with that number."""
    return tuple(kr.ref for kr in context.key_results if kr.number == str(int(number)))


def _full(found: re.Match[str], low: str, context: ReplyContext) -> Reference | None:
    parts = found.groupdict()
    objective = parts["o"] or parts["a"] or parts["c"]
    number = parts["k"] or parts["b"] or parts["d"]
    ref = f"{int(objective)}.{int(number)}"
    named = bool(parts["o"] or parts["named"])
    end = found.end()
    close = _CLOSE.match(low, end)
    if parts["named"] in {"[", "("} and close:
        end = close.end()
    elif parts["named"] in {"[", "("}:
        named = False
    if not named and (
        _CLOCK.match(low, end) or (len(parts["d"] or parts["b"] or "") > 1 and context.find(ref) is None)
    ):
        return None
    known = (ref,) if context.find(ref) else ()
    return Reference(start=found.start(), end=end, form=Form.NAMED if named else Form.BARE, known=known)


def references(low: str, context: ReplyContext) -> Iterator[Reference]:
    """Every reference written out in folded text, in order; whether it is meant as one, its surroundings decide."""
    found = sorted([*_FULL.finditer(low), *_SHORT.finditer(low)], key=lambda match: (match.start(), -match.end()))
    last = 0
    for match in found:
        if match.start() < last:
            continue
        if match.re is _SHORT:
            if _MONEY_BEFORE.search(low[max(0, match.start() - 2) : match.start()]):
                continue
            known = _matches(context, match["n"])
            yield Reference(start=match.start(), end=match.end(), form=Form.SHORT, known=known)
            last = match.end()
            continue
        reference = _full(match, low, context)
        if reference:
            yield reference
            last = reference.end


def bare_number(low: str, at: int, context: ReplyContext) -> Reference | None:
    """A number alone as a short reference, which only the start of a line can be."""
    found = _NUMBER.match(low, at)
    if not found:
        return None
    return Reference(start=at, end=found.end(), form=Form.NUMBER, known=_matches(context, found["n"]))


def is_date(low: str, reference: Reference) -> bool:
    """Whether the dot behind a bare reference makes it a day and a month: `2.1.`, `bis 1.2.`."""
    return reference.form is Form.BARE and _DATE_DOT.match(low, reference.end) is not None
