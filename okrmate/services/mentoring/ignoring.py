"""Findings the mentor leaves as they are, kept with her reason and by their line, until she heeds them again."""

from okrmate.domain.coach import Finding, FindingName, LeftAsIs, ignore
from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.spelling import nearest
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.coached import findings_of, line_ids
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import Outline, current_outline
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import IGNORED


def leave_as_is(desk: Desk, pair: Pair, about: str, name: str, reason: str) -> Finding:
    """Put a finding aside for good; `about` is an objective (`1`) or a key result (`1.2`), `name` its public id.

    `UsageError` where there is no such finding, or no reason: nobody could later tell why.
    """
    with desk.store.transaction() as tx:
        outline, finding = _found(tx, desk, pair, about, name)
        put_aside = ignore(finding, reason)
        if isinstance(put_aside, Refusal):
            raise UsageError(put_aside.sentence)
        left = LeftAsIs(
            id=desk.tokens.new_id(),
            mentorship=pair.mentorship.id,
            okr_set=outline.okr_set.id,
            line=line_ids(outline)[finding.about],
            name=finding.name,
            reason=put_aside.reason,
        )
        for earlier in tx.find(IGNORED, "line", left.line):
            if earlier.name is left.name:
                tx.delete(IGNORED, earlier.id)
        tx.put(IGNORED, left)
        _record(tx, desk, pair, f"{name} of {about} left as it is: {left.reason}")
    return finding


def heed_again(desk: Desk, pair: Pair, about: str, name: str) -> Finding:
    """Take up again a finding that was put aside; `UsageError` where it was not."""
    with desk.store.transaction() as tx:
        outline, finding = _found(tx, desk, pair, about, name)
        line = line_ids(outline)[finding.about]
        aside = [each for each in tx.find(IGNORED, "line", line) if each.name is finding.name]
        if not aside:
            raise UsageError(f"{name} of {about} was not put aside.")
        for each in aside:
            tx.delete(IGNORED, each.id)
        _record(tx, desk, pair, f"{name} of {about} heeded again")
    return finding


def _record(tx: Transaction, desk: Desk, pair: Pair, what: str) -> None:
    trail.record(tx, desk, what=what, source=trail.by_command("okr coach"), mentorship=pair.mentorship.id)


def _found(reader: Reader, desk: Desk, pair: Pair, about: str, name: str) -> tuple[Outline, Finding]:
    outline = current_outline(reader, pair.mentorship.id)
    findings = findings_of(reader, pair, outline, desk.clock.now()) if outline else ()
    wanted = about.casefold().removeprefix("kr").strip()
    of_line = [each for each in findings if each.about == wanted]
    for finding in of_line:
        if outline is not None and finding.name == name:
            return outline, finding
    if not of_line:
        raise UsageError(f"Nothing is found in “{about}”; `okrmate okr coach` shows what is, and where.")
    known = [str(each.name) for each in of_line]
    hint = nearest(name, list(FindingName)) or name
    raise UsageError(f"“{hint}” is not found in {about}; there is {', '.join(known)}.")
