"""A draft that came by mail, taken as it was written: nobody is asked to write it anew, whatever is missing in it."""

from decimal import Decimal

from okrmate.domain.errors import Refusal
from okrmate.domain.metrics import FULL, Metric, Milestone
from okrmate.domain.okrs import Objective, OkrSet
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, replace
from okrmate.reply.drafts import DraftKeyResult, DraftOkrs
from okrmate.services.desk import Desk
from okrmate.services.mentoring.drafts import new_key_result
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import draft_of, outline, put_key_result, put_objective, try_metric
from okrmate.services.mentoring.versions import keep_version
from okrmate.services.ports import Transaction
from okrmate.services.tables import KEY_RESULTS
from okrmate.services.tables import OKR_SETS as SETS


class Drafted(Frozen):
    """What was taken into a draft: how many objectives and key results, and their titles in the order they came."""

    okr_set: OkrSet
    objectives: int = 0
    key_results: int = 0
    titles: tuple[str, ...] = ()


def draft_in(tx: Transaction, desk: Desk, pair: Pair, given: DraftOkrs) -> Drafted:
    """Take what somebody wrote into the draft of the mentorship, inside a transaction; the caller writes the trail.

    Objectives that are there already get the key results under them, key results that are there are left out, and
    those in front of any objective belong to the last one that is there. Prose is kept as it is.
    """
    draft = draft_of(tx, desk, pair)
    if given.prose.strip():
        draft = replace(draft, prose="\n".join(filter(None, [draft.prose, given.prose.strip()])))
        tx.put(SETS, draft)
    titles: list[str] = []
    objectives = key_results = 0
    for drafted in given.objectives:
        above = _objective(tx, draft, drafted.title)
        if above is None:
            title = drafted.title or next((each.title for each in drafted.key_results), "")
            above = put_objective(tx, desk, draft, _readable(title))
            objectives += 1
            titles.append(above.title)
        there = {each.title.casefold() for each in tx.find(KEY_RESULTS, "objective", above.id)}
        for each in drafted.key_results:
            title, metric = _measured(each)
            if title.casefold() not in there:
                titles.append(put_key_result(tx, desk, above, title, metric).title)
                key_results += 1
    keep_version(tx, desk, draft, Side.PROTEGE)
    return Drafted(okr_set=draft, objectives=objectives, key_results=key_results, titles=tuple(titles))


def _objective(tx: Transaction, draft: OkrSet, title: str) -> Objective | None:
    """The objective of this title, or without a title the last one, if it is there."""
    known = [objective for objective, _ in outline(tx, draft).objectives]
    if not title.strip():
        return known[-1] if known else None
    wanted = _readable(title).casefold()
    return next((each for each in known if each.title.casefold() == wanted), None)


def _readable(title: str) -> str:
    """A title without anything that no reader sees; what came by mail may hold it."""
    shown = "".join(sign if sign.isprintable() else " " for sign in title)
    return " ".join(shown.split()) or "…"


def _measured(drafted: DraftKeyResult) -> tuple[str, Metric]:
    """The title and how it is measured; what makes no sense as a number yet is something to be made, in full words."""
    new = new_key_result(drafted)
    made = try_metric(new)
    if isinstance(made, Refusal):
        return _readable(drafted.title), Milestone(target=FULL, baseline=Decimal(0))
    return _readable(new.title), made
