"""A pasted set of OKRs, as the reading of `O:` and `KR:` lines gives it, made ready to be taken into a draft."""

import re

from okrmate.reply.drafts import DraftKeyResult, DraftObjective, DraftOkrs
from okrmate.services.mentoring.okrs import NewKeyResult, NewObjective

_VERB = r"(?:goes?|go|grows?|rises?|falls?|steigt|steigen|sinkt|sinken)"
_AMOUNT = r"[\w€$£¥.,'\u2019%]*\d[\w€$£¥.,'\u2019%]*(?:\s?(?:%|€|EUR|USD))?"
_ARROW = "(?:-{1,2}>|=>|→|⇒)"
_MEASURE = re.compile(
    rf"(?:\s*[,:;–-]\s*|\s+(?=(?:{_VERB}|from|von)\s|{_AMOUNT}\s*{_ARROW}))"
    rf"(?:(?:{_VERB}\s+)?(?:from|von|de|da)\s+{_AMOUNT}\s+(?:to|auf|à|a)\s+{_AMOUNT}"
    rf"|(?:(?:from|von)\s+)?{_AMOUNT}\s*{_ARROW}\s*{_AMOUNT}"
    rf"|(?:at least|at most|mindestens|höchstens)\s+{_AMOUNT})\s*\.?$",
    re.IGNORECASE,
)
"""The end of a line that only says how it is measured."""


def as_new(drafted: DraftOkrs) -> tuple[NewObjective, ...]:
    """The objectives of a draft; a line that names no number is something to be made, from 0 to 100 %."""
    return tuple(_objective(each) for each in drafted.objectives)


def _objective(drafted: DraftObjective) -> NewObjective:
    return NewObjective(title=drafted.title, key_results=tuple(new_key_result(each) for each in drafted.key_results))


def new_key_result(drafted: DraftKeyResult) -> NewKeyResult:
    """A key result as it is taken into a draft."""
    return NewKeyResult(
        title=title(drafted),
        kind=drafted.kind,
        target=drafted.target,
        baseline=drafted.baseline,
        unit=drafted.unit,
        bound=drafted.bound,
    )


def title(drafted: DraftKeyResult) -> str:
    """What is measured, without the end that says from where to where: letters show those numbers beside it.

    Only what was understood is left out: "Invitations, from 1 to 6" becomes "Invitations", 1 and 6.
    """
    if drafted.target is None or (drafted.baseline is None and drafted.bound is None):
        return drafted.title
    return _MEASURE.sub("", drafted.title) or drafted.title
