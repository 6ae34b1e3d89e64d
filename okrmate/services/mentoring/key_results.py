"""One key result by its code, in whatever set the pair works on, and what is said of it beside its numbers."""

from collections.abc import Mapping
from types import MappingProxyType

from okrmate.domain.errors import UsageError
from okrmate.domain.metrics import MetricKind
from okrmate.domain.okrs import KeyResult, OkrSet
from okrmate.domain.summaries import Summary
from okrmate.frozen import Frozen, replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import Standing, current_outline
from okrmate.services.ports import Reader
from okrmate.services.tables import KEY_RESULTS

SUMMED = (MetricKind.COUNT, MetricKind.PERCENT_INCREASE, MetricKind.CURRENCY)
"""The kinds whose values can be summed up: parts of a hundred can not."""
_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "customer": "who would notice",
        "behaviour": "what they would do",
        "serves": "what it serves",
        "health": "whether it is only watched",
        "sources": "its sources",
        "steps": "its steps",
    }
)


class Found(Frozen):
    """A key result, how it stands, and the set it belongs to."""

    okr_set: OkrSet
    standing: Standing

    @property
    def key_result(self) -> KeyResult:
        """The key result itself."""
        return self.standing.key_result

    @property
    def summary(self) -> Summary:
        """What is known of it now."""
        return self.standing.summary


def find_key_result(reader: Reader, pair: Pair, ref: str) -> Found:
    """The key result with this code (`1.2`, `KR 1.2`), or `UsageError` naming those there are."""
    name = pair.protege.name
    outline = current_outline(reader, pair.mentorship.id)
    if outline is None or not outline.standings:
        raise UsageError(f"{name} has no key results yet; write them with `okrmate okr add` or `okrmate okr import`.")
    wanted = ref.casefold().removeprefix("kr").strip()
    for standing in outline.standings:
        if standing.key_result.ref == wanted:
            return Found(okr_set=outline.okr_set, standing=standing)
    known = ", ".join(standing.key_result.ref for standing in outline.standings)
    raise UsageError(f"{name} has no key result “{ref}”; there are {known}.")


class Described(Frozen):
    """What is said of a key result beside its words and numbers; what is None stays as it is."""

    customer: str | None = None
    behaviour: str | None = None
    serves: str | None = None
    health: bool | None = None
    sources: tuple[str, ...] | None = None
    steps: tuple[str, ...] | None = None


def describe(desk: Desk, pair: Pair, ref: str, given: Described) -> KeyResult:
    """Say who would notice a key result, what it serves, where its numbers come from; nothing of it was agreed to.

    So it changes no revision. `UsageError` where nothing is said, or its kind has no sources or steps.
    """
    said = _said(given)
    if not said:
        raise UsageError("Nothing to change: say what is to be otherwise.")
    with desk.store.transaction() as tx:
        before = find_key_result(tx, pair, ref).key_result
        after = replace(before, **said)  # each field has its own type there
        if after.sources and before.metric.kind not in SUMMED:
            raise UsageError(f"KR {before.ref} is a {before.metric.kind}: only numbers can be summed up over sources.")
        if after.steps and before.metric.kind is not MetricKind.MILESTONE:
            raise UsageError(f"KR {before.ref} is a {before.metric.kind}: only a milestone has steps.")
        tx.put(KEY_RESULTS, after)
        trail.record(
            tx,
            desk,
            what=f"KR {before.ref}: {', '.join(_FIELDS[name] for name in said)} said",
            source=trail.by_command("okr describe"),
            mentorship=pair.mentorship.id,
        )
    return after


def _said(given: Described) -> Mapping[str, object]:
    fields = {
        "customer": _words(given.customer),
        "behaviour": _words(given.behaviour),
        "serves": _words(given.serves),
        "health": given.health,
        "sources": _names(given.sources),
        "steps": _names(given.steps),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _names(several: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if several is None:
        return None
    names = tuple(name for name in map(_words, several) if name)
    if len({name.casefold() for name in names}) < len(names) or len(names) == 1:
        raise UsageError("Name at least two of them, each once; an empty name takes all of them away.")
    return names


def _words(typed: str | None) -> str | None:
    words = None if typed is None else " ".join(typed.split())
    if words is not None and not words.isprintable():
        raise UsageError("What is said of a key result is plain text.")
    return words
