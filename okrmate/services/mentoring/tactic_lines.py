"""An activity turned into a tactic by what is typed for it: the code of an outcome, or an outcome in words."""

import re

from okrmate.domain.errors import Refusal
from okrmate.domain.tactics import Tactic
from okrmate.reply.drafts import key_result
from okrmate.services.desk import Desk
from okrmate.services.mentoring.drafts import new_key_result
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import try_metric
from okrmate.services.mentoring.tactics import turn_into_outcome, turn_into_tactic

_CODE = re.compile(r"(?:kr\s*)?[0-9]{1,2}\.[0-9]{1,2}", re.IGNORECASE)


def turn_as_typed(desk: Desk, pair: Pair, ref: str, typed: str, reason: str = "") -> Tactic:
    """Turn the line `ref` into a tactic: `1.1` names where it belongs, anything else is the outcome in its place."""
    if _CODE.fullmatch(typed.strip()):
        return turn_into_tactic(desk, pair, ref, under=typed, reason=reason)
    return turn_into_outcome(desk, pair, ref, new_key_result(key_result(typed)), reason=reason)


def in_words(typed: str) -> str:
    """What such words are taken for, in a few: a code, or how the outcome is measured."""
    if _CODE.fullmatch(typed.strip()):
        return "a tactic under that key result"
    new = new_key_result(key_result(typed))
    metric = try_metric(new)
    if isinstance(metric, Refusal):
        return metric.sentence
    begins = "" if metric.baseline is None else f", from {metric.baseline.normalize():f}"
    return f"{metric.kind.replace('_', ' ')}{begins} to {metric.target.normalize():f} {metric.unit}".rstrip()
