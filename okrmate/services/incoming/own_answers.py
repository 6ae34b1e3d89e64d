"""The mentor's own answers: a number of hers counts with her word for it, and her coming to a talk is not asked."""

from collections.abc import Iterator, Sequence

from okrmate.domain.metrics import check_value
from okrmate.frozen import replace
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Op, Outcome, Problem, ProblemReason, Update
from okrmate.services.mentoring.okrs import Standing
from okrmate.services.mentoring.readings import value_after

VALUES = frozenset({Op.SET, Op.ADD, Op.DONE})


def of_mentor(understood: Understood, standings: Sequence[Standing]) -> Understood:
    """The same, where the mentor wrote it in answer to a letter of hers that asks for no number.

    Readings come from the protégé. A clear number of hers is offered to her, in the answer to her mail and in the
    review: nothing is recorded before she says so, and a note beside it stays among her words. So does any other line
    on a key result, and whether she comes: only the protégé is asked that.
    """
    if understood.rsvp is not None:
        understood = replace(understood, rsvp=None, left=tuple(understood.words.everything.splitlines()))
    found = {line: tuple(_offers(said, standings)) for line, said in understood.held_outcomes.items()}
    named = [offer.kr for offers in found.values() for offer in offers]
    offered = {
        line
        for line, offers in found.items()
        if len(offers) == len(understood.held_outcomes[line]) and all(named.count(each.kr) == 1 for each in offers)
    }
    told = {line for line in offered if not any(one.note for one in _updates(understood.held_outcomes[line]))}
    return replace(
        understood,
        problems=(*understood.problems, *(offer for line in found if line in offered for offer in found[line])),
        held=tuple(line for line in understood.held if line not in told),
    )


def _updates(said: Sequence[Outcome]) -> Iterator[Update]:
    return (one for one in said if isinstance(one, Update))


def _offers(said: Sequence[Outcome], standings: Sequence[Standing]) -> Iterator[Problem]:
    """What of a line is a value that fits its key result."""
    by_ref = {standing.key_result.ref: standing for standing in standings}
    for one in _updates(said):
        standing = by_ref.get(one.kr)
        if standing is None or one.op not in VALUES:
            continue
        metric = standing.key_result.metric
        value = value_after(metric, standing.summary, one)
        if value is not None and check_value(metric, value) is None:
            words = one.words.strip()
            yield Problem(reason=ProblemReason.OFFERED, kr=one.kr, words=words, value=value, places=one.places)
