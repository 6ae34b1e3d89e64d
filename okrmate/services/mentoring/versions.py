"""Versions of sets of OKRs: kept with each step and alteration, found again, and the measure that held at a moment."""

from collections.abc import Mapping

from okrmate.domain.errors import UsageError
from okrmate.domain.okrs import OkrSet, OkrSetState
from okrmate.domain.people import Side
from okrmate.domain.revisions import Revision
from okrmate.domain.versions import Difference, Version, VersionLine, compare, measures
from okrmate.frozen import replace
from okrmate.services.desk import Desk
from okrmate.services.mentoring.okrs import Outline, outline
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import OKR_SETS, VERSIONS


def lines_of(found: Outline) -> tuple[VersionLine, ...]:
    """A set as it stands, line by line: each objective, and its key results behind it."""
    lines: list[VersionLine] = []
    for objective, standings in found.objectives:
        lines.append(VersionLine(id=objective.id, ref=str(objective.number), title=objective.title))
        lines += [
            VersionLine(
                id=each.key_result.id,
                ref=each.key_result.ref,
                title=each.key_result.title,
                metric=each.key_result.metric,
            )
            for each in standings
        ]
    return tuple(lines)


def versions_of(reader: Reader, okr_set: OkrSet) -> tuple[Version, ...]:
    """Every version of a set, the oldest first."""
    return reader.find(VERSIONS, "okr_set", okr_set.id)


def keep_version(
    tx: Transaction, desk: Desk, okr_set: OkrSet, by: Side, *, reason: str = "", altered: tuple[str, ...] = ()
) -> Version:
    """Keep the set as it stands now in this transaction; a set that nobody has agreed to yet counts as a draft."""
    agreed = okr_set.state in (OkrSetState.ACTIVE, OkrSetState.CLOSED)
    version = Version(
        id=desk.tokens.new_id(),
        mentorship=okr_set.mentorship,
        okr_set=okr_set.id,
        number=okr_set.revision if agreed else 0,
        at=desk.clock.now(),
        by=by,
        lines=lines_of(outline(tx, okr_set)),
        ends=okr_set.ends,
        reason=reason,
        altered=altered,
    )
    tx.put(VERSIONS, version)
    return version


def keep_beginning(tx: Transaction, desk: Desk, okr_set: OkrSet) -> None:
    """Keep how a set stood before its first alteration, where nothing was kept of it; since when is known."""
    if not versions_of(tx, okr_set):
        version = keep_version(tx, desk, okr_set, Side.MENTOR)
        tx.put(VERSIONS, replace(version, at=okr_set.activated_at or okr_set.created_at))


def version_numbered(reader: Reader, okr_set: OkrSet, number: int) -> Version:
    """The set as revision `number` was agreed, or `UsageError` naming those there are; 0 is the first draft."""
    found = versions_of(reader, okr_set)
    for version in found:
        if version.number == number:
            return version
    known = ", ".join(str(each) for each in sorted({version.number for version in found})) or "none kept"
    raise UsageError(f"There is no revision {number} of these OKRs; there are: {known}.")


def differences_since(reader: Reader, okr_set: OkrSet, number: int) -> tuple[Difference, ...]:
    """What differs between a revision and the set as it stands."""
    before = version_numbered(reader, okr_set, number)
    return compare(before.lines, lines_of(outline(reader, okr_set)))


def measures_of(reader: Reader, okr_set: OkrSet) -> Mapping[str, tuple[Revision, ...]]:
    """How each key result of the set was measured and since when, by its id; empty where nothing was ever revised."""
    return measures(versions_of(reader, okr_set)) if okr_set.revision > 1 else {}


def set_named(reader: Reader, set_id: str) -> OkrSet:
    """The set with this id, which is there."""
    found = reader.get(OKR_SETS, set_id)
    if found is None:
        raise UsageError("That set of OKRs is not there any more.")
    return found
