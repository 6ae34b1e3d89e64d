"""What is to be otherwise in a set of OKRs, as options: the same for a draft, a revision and a proposal."""

import argparse
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.metrics import Bound, MetricKind
from okrmate.domain.moments import parse_date
from okrmate.frozen import replace
from okrmate.reply.drafts import key_result
from okrmate.services.desk import Desk
from okrmate.services.mentoring.altering import (
    AddKeyResult,
    AddObjective,
    Alteration,
    Drop,
    Move,
    Remeasure,
    Reword,
    Until,
)
from okrmate.services.mentoring.drafts import new_key_result as drafted_key_result
from okrmate.services.mentoring.okrs import NewKeyResult


class Goal(NamedTuple):
    """A number as it was typed, and whether a percent sign stood behind it."""

    number: Decimal
    percent: bool


def decimal_of(text: str) -> Decimal:
    """A number on the command line."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise argparse.ArgumentTypeError(f"“{text}” is not a number")
    return value


def goal_of(text: str) -> Goal:
    """A number, with or without a percent sign behind it."""
    bare = text.rstrip().removesuffix("%")
    return Goal(decimal_of(bare.rstrip()), bare != text.rstrip())


def add_measure(parser: argparse.ArgumentParser) -> None:
    """Declare how a key result is measured."""
    parser.add_argument(
        "--kind",
        choices=[str(kind) for kind in MetricKind],
        metavar="KIND",
        help=f"how it is measured: {', '.join(MetricKind)}; of a new one left out, as its title says",
    )
    parser.add_argument(
        "--baseline", type=decimal_of, metavar="NUMBER", help="where it begins; left out, the first reading sets it"
    )
    parser.add_argument(
        "--target",
        type=goal_of,
        metavar="NUMBER",
        help="the committed target; of a percent_increase the number itself, or as 100%% the growth",
    )
    parser.add_argument("--at-least", type=goal_of, metavar="NUMBER", help="the target of a threshold, from below")
    parser.add_argument("--at-most", type=goal_of, metavar="NUMBER", help="the target of a threshold, from above")
    parser.add_argument("--stretch", type=goal_of, metavar="NUMBER", help="the target beyond it")
    parser.add_argument("--unit", default=None, help="what is counted, %%, or a currency")
    parser.add_argument(
        "--previous", type=decimal_of, metavar="NUMBER", help="last month's number, of what is to grow every month"
    )


def bound_of(given: argparse.Namespace) -> tuple[Goal | None, Bound | None]:
    """The target with the side of it that is good, where one was named; `UsageError` where two targets were."""
    named: list[tuple[Goal, Bound | None]] = [
        (goal, bound)
        for goal, bound in (
            (given.target, None),
            (given.at_least, Bound.AT_LEAST),
            (given.at_most, Bound.AT_MOST),
        )
        if goal is not None
    ]
    if given.target is not None and len(named) > 1:
        raise UsageError("Give --target, or a threshold by --at-least, --at-most or both of them.")
    return named[0] if named else (None, None)


def upper_of(given: argparse.Namespace) -> Decimal | None:
    """The higher end of a threshold between two."""
    return given.at_most.number if given.at_least is not None and given.at_most is not None else None


def new_key_result(given: argparse.Namespace, title: str) -> NewKeyResult:
    """A key result as the options say it is measured; where they do not, as its title says."""
    goal, bound = bound_of(given)
    if given.kind is None and bound is None:
        return _as_titled(given, title)
    kind = MetricKind(given.kind) if given.kind else MetricKind.THRESHOLD
    percent = {each.percent for each in (goal, given.stretch) if each is not None}
    if len(percent) > 1 and kind is MetricKind.PERCENT_INCREASE:
        raise UsageError("Give target and stretch in the same way: both as growth in %, or both as numbers.")
    if True in percent and kind in {MetricKind.COUNT, MetricKind.CURRENCY}:
        raise UsageError(f"A {kind} is no percentage: give its target as a number.")
    return NewKeyResult(
        title=title,
        kind=kind,
        target=goal and goal.number,
        baseline=given.baseline,
        stretch=given.stretch and given.stretch.number,
        unit=given.unit or ("%" if kind is MetricKind.THRESHOLD and True in percent else ""),
        bound=bound,
        upper=upper_of(given),
        growth=kind is MetricKind.PERCENT_INCREASE and True in percent,
        previous=given.previous,
    )


def _as_titled(given: argparse.Namespace, title: str) -> NewKeyResult:
    """What the title says of how it is measured; a beginning that is given besides wins over its own."""
    read = drafted_key_result(key_result(title))
    if read.kind is MetricKind.MILESTONE or given.target is not None or given.stretch is not None:
        raise UsageError(
            "A key result needs --kind, such as count, percent, threshold or milestone; without it the title alone has "
            "to say how it is measured, such as “6 invitations, from 1”."
        )
    return replace(
        read,
        baseline=read.baseline if given.baseline is None else given.baseline,
        unit=given.unit or read.unit,
        previous=read.previous if given.previous is None else given.previous,
    )


def add_changes(parser: argparse.ArgumentParser) -> None:
    """Declare what can be otherwise of one line of a set."""
    parser.add_argument("--title", metavar="TITLE", help="other words for it, in quotes")
    add_measure(parser)
    parser.add_argument("--no-stretch", action="store_true", help="without a target beyond the target")
    parser.add_argument(
        "--to-objective", type=int, metavar="N", help="put the key result under objective N; its numbers go with it"
    )
    parser.add_argument("--drop", action="store_true", help="give it up; what was read of it stays")


def changes_of(given: argparse.Namespace, ref: str) -> Iterator[Alteration]:
    """What the options want of the line `ref`; nothing where they want nothing."""
    if given.drop:
        yield Drop(ref=ref)
        return
    if given.title:
        yield Reword(ref=ref, title=given.title)
    goal, bound = bound_of(given)
    measured = Remeasure(
        ref=ref,
        kind=MetricKind(given.kind) if given.kind else None,
        target=goal and goal.number,
        baseline=given.baseline,
        stretch=given.stretch and given.stretch.number,
        unit=given.unit,
        bound=bound,
        upper=upper_of(given),
        without_stretch=given.no_stretch,
    )
    if measured != Remeasure(ref=ref):
        yield measured
    if given.to_objective is not None:
        yield Move(ref=ref, objective=given.to_objective)


def add_additions(parser: argparse.ArgumentParser) -> None:
    """Declare what can be added to a set, and another end."""
    parser.add_argument("--add", metavar="TITLE", help="a further objective; with --objective a key result under one")
    parser.add_argument("--objective", type=int, metavar="N", help="the objective the new key result belongs to")
    parser.add_argument("--ends", metavar="DATE", help="another last day of the cycle")


def additions_of(given: argparse.Namespace, desk: Desk) -> Iterator[Alteration]:
    """What the options want of the set as a whole."""
    if given.add and given.objective is None:
        yield AddObjective(title=given.add)
    elif given.add:
        yield AddKeyResult(objective=given.objective, new=new_key_result(given, given.add))
    elif given.objective is not None:
        raise UsageError("--objective N says where a new key result belongs; give the key result with --add.")
    if given.ends:
        ends = parse_date(given.ends, desk.mentor.zone, desk.clock.now())
        if isinstance(ends, Refusal):
            raise UsageError(ends.sentence)
        yield Until(ends=ends)
