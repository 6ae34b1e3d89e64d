"""A pasted set of OKRs, as the reading of `O:` and `KR:` lines gives it, made ready to be taken into a draft."""

import re

from okrmate.domain.letters import Incoming, IncomingState
from okrmate.domain.metrics import MetricKind
from okrmate.frozen import replace
from okrmate.reply.drafts import DraftKeyResult, DraftObjective, DraftOkrs, draft_line, draft_okrs
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import NewKeyResult, NewObjective, current_outline
from okrmate.services.ports import Reader
from okrmate.services.tables import INCOMING

_TACTIC = re.compile(r"\s*(?:tactic|taktik|t)\s*:\s*(\S.*)", re.IGNORECASE)
_VERB = r"(?:goes?|go|grows?|rises?|falls?|steigt|steigen|sinkt|sinken)"
_AMOUNT = r"[\w€$£¥.,'\u2019%]*\d[\w€$£¥.,'\u2019%]*(?:\s?(?:%|€|EUR|USD))?"
_ARROW = "(?:-{1,2}>|=>|→|⇒)"
_MEASURE = re.compile(
    rf"(?:\s*[,:;–-]\s*|\s+(?=(?:{_VERB}|from|von)\s|{_AMOUNT}\s*{_ARROW}))"
    rf"(?:(?:{_VERB}\s+)?(?:from|von|de|da)\s+{_AMOUNT}\s+(?:to|auf|à|a)\s+{_AMOUNT}"
    rf"|(?:(?:from|von)\s+)?{_AMOUNT}\s*{_ARROW}\s*{_AMOUNT}"
    rf"|(?:between|zwischen)\s+{_AMOUNT}\s+(?:and|und)\s+{_AMOUNT}"
    rf"|(?:at least|at most|mindestens|höchstens)\s+{_AMOUNT})\s*\.?$",
    re.IGNORECASE,
)
"""The end of a line that only says how it is measured."""


def tactic_in(line: str) -> str:
    """The words of a line that is a tactic (`tactic: a dry run`); empty for any other."""
    found = _TACTIC.fullmatch(line)
    return " ".join(found[1].split()) if found else ""


def pasted(text: str) -> tuple[tuple[NewObjective, ...], str]:
    """The objectives of a pasted text, each key result with the tactics below it; and the lines that are neither."""
    kept: list[str] = []
    tactics: dict[int, tuple[str, ...]] = {}
    order = -1
    for line in text.splitlines():
        words = tactic_in(line)
        if words and order >= 0:
            tactics[order] = (*tactics.get(order, ()), words)
        else:
            order += draft_line(line).key_result is not None
            kept.append(line)
    drafted = draft_okrs("\n".join(kept))
    number, objectives = -1, []
    for objective in as_new(drafted):
        several = []
        for each in objective.key_results:
            number += 1
            several.append(replace(each, tactics=tactics.get(number, ())))
        objectives.append(replace(objective, key_results=tuple(several)))
    return tuple(objectives), drafted.prose


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
        upper=drafted.upper,
        growth=drafted.growth and drafted.kind is MetricKind.PERCENT_INCREASE,
        previous=drafted.previous,
    )


def drafted_by_mail(reader: Reader, pair: Pair) -> str:
    """The `O:` and `KR:` lines of the newest mail that has any, while there are no OKRs; empty where there are."""
    if current_outline(reader, pair.mentorship.id) is not None:
        return ""
    mails = [mail for mail in reader.find(INCOMING, "mentorship", pair.mentorship.id) if _counts(mail)]
    drafts = ("\n".join(_draft_lines(mail)) for mail in sorted(mails, key=lambda mail: mail.received_at, reverse=True))
    return next(filter(None, drafts), "")


def _counts(mail: Incoming) -> bool:
    """Whether it is his own word as far as anybody knows, and the mentor has not put it away."""
    put_away = {IncomingState.IGNORED, IncomingState.REFUSED, IncomingState.DISMISSED}
    return mail.state not in put_away and not mail.unproven


def _draft_lines(mail: Incoming) -> list[str]:
    lines = (draft_line(line) for line in mail.left)
    return [line.text for line in lines if line.objective is not None or line.key_result is not None]


def title(drafted: DraftKeyResult) -> str:
    """What is measured, without the end that says from where to where: letters show those numbers beside it.

    Only what was understood is left out: "Invitations, from 1 to 6" becomes "Invitations", 1 and 6.
    """
    if drafted.target is None or (drafted.baseline is None and drafted.bound is None):
        return drafted.title
    return _MEASURE.sub("", drafted.title) or drafted.title
