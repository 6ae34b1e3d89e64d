"""A set of OKRs rewritten as a whole: what its changed lines want to be otherwise, and making it so."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import partial

from okrmate.domain.errors import UsageError
from okrmate.domain.okrs import OkrSet, OkrSetState
from okrmate.domain.tactics import TacticState
from okrmate.frozen import Frozen, replace
from okrmate.reply.drafts import DraftLine, draft_line
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.altering import (
    AddKeyResult,
    AddObjective,
    Alteration,
    Drop,
    Move,
    Reword,
    Rewrite,
    edit_in,
    revise_in,
)
from okrmate.services.mentoring.drafts import new_key_result, tactic_in
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import Outline, current_outline, try_metric
from okrmate.services.mentoring.tactics import Tried, put_tactic, tried
from okrmate.services.mentoring.written import WrittenLine, written
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import OBJECTIVES, TACTICS

OPEN = (TacticState.PLANNED, TacticState.RUNNING)


class Line(Frozen):
    """A line as it was typed, what it is read as, and the code of the line it goes back to; empty where it is new."""

    text: str
    read: DraftLine
    tactic: str = ""
    ref: str = ""
    changed: bool = False

    @property
    def kind(self) -> str:
        """What sort of line it is."""
        if self.tactic:
            return "tactic"
        return "objective" if self.read.objective is not None else "key result" if self.read.key_result else "prose"


@dataclass(slots=True, kw_only=True)
class Wanted:
    """What a rewritten set is to be: `tactics` by the title of the key result above them, `over` those left out."""

    alterations: list[Alteration] = field(default_factory=list)
    tactics: list[tuple[str, str]] = field(default_factory=list)
    over: list[str] = field(default_factory=list)

    @property
    def something(self) -> bool:
        """Whether anything is otherwise."""
        return bool(self.alterations or self.tactics or self.over)


def paired(before: Sequence[WrittenLine], lines: Sequence[str]) -> tuple[Line, ...]:
    """Each typed line with the code of the one it was: the same words wherever they are, or another of its sort there.

    A key result that was cut out and put under another objective is the same one, and keeps its numbers.
    """
    new = [Line(text=text, read=draft_line(text), tactic=tactic_in(text)) for text in lines if text.strip()]
    matcher = SequenceMatcher(a=[each.text for each in before], b=[each.text.strip() for each in new], autojunk=False)
    codes = matcher.get_opcodes()
    away = [each for tag, begin, end, *_ in codes if tag != "equal" for each in before[begin:end] if each.ref]
    moved = dict(_elsewhere(new, codes, away))
    found: list[Line] = []
    for tag, begin, end, new_begin, new_end in codes:
        old = [each for each in before[begin:end] if tag == "equal" or each not in moved.values()]
        for number in range(new_begin, new_end):
            each = new[number]
            was = old.pop(0) if tag == "equal" else moved.get(number) or _of_its_sort(each, old)
            changed = tag != "equal" and number not in moved
            found.append(replace(each, ref=was.ref if was else "", changed=changed))
    return tuple(found)


def _elsewhere(
    new: Sequence[Line], codes: Sequence[tuple[str, int, int, int, int]], away: list[WrittenLine]
) -> Iterator[tuple[int, WrittenLine]]:
    """The typed lines that stand, word for word, in another place than before: each with the line it was."""
    for tag, _, _, begin, end in codes:
        for number in range(begin, end) if tag != "equal" else ():
            was = next((each for each in away if each.text == new[number].text.strip()), None)
            if was is not None:
                away.remove(was)
                yield number, was


def _of_its_sort(line: Line, old: list[WrittenLine]) -> WrittenLine | None:
    """The first line there was in its place that is an objective, or a key result, as this one; taken out of them."""
    if line.kind not in {"objective", "key result"}:
        return None
    for each in old:
        if bool(each.ref) and ("." in each.ref) is (line.kind == "key result"):
            old.remove(each)
            return each
    return None


def wanted_of(before: Sequence[WrittenLine], lines: Sequence[str], following: int) -> Wanted:
    """What the changed lines want; `following` is the number that the next new objective gets.

    What is neither an objective nor a key result nor a tactic wants nothing. A key result that stands under another
    objective than before, or whose own is left out, goes to the one above it.
    """
    now = paired(before, lines)
    kept = {each.ref for each in now if each.ref}
    gone = [each.ref for each in before if each.ref and each.ref not in kept]
    lost = {ref for ref in gone if "." not in ref}
    wanted = Wanted()
    number, above = 0, ""
    for line in now:
        if line.read.objective is not None and not line.tactic:
            number = int(line.ref) if line.ref else following
            following += not line.ref
            wanted.alterations += _objective(line)
        elif line.read.key_result is not None and not line.tactic:
            above = new_key_result(line.read.key_result).title
            wanted.alterations += _key_result(line, number, lost, before)
        elif line.tactic and line.changed:
            wanted.tactics.append((above, line.tactic))
    wanted.alterations += [Drop(ref=ref) for ref in gone if ref in lost or ref.partition(".")[0] not in lost]
    told = {line.tactic for line in now if line.tactic}
    wanted.over = [words for each in before if (words := tactic_in(each.text)) and words not in told]
    wanted.tactics = [each for each in wanted.tactics if each[1] not in {tactic_in(line.text) for line in before}]
    return wanted


def _objective(line: Line) -> Iterator[Alteration]:
    title = line.read.objective or ""
    if not line.ref:
        yield AddObjective(title=title)
    elif line.changed:
        yield Reword(ref=line.ref, title=title)


def _key_result(line: Line, number: int, lost: Collection[str], before: Sequence[WrittenLine]) -> Iterator[Alteration]:
    if line.read.key_result is None:
        return
    new, under = new_key_result(line.read.key_result), line.ref.partition(".")[0]
    if not number and (not line.ref or under in lost):
        raise UsageError(f"“{new.title}” stands before any objective: begin with a line such as “O: Be heard”.")
    if not line.ref:
        yield AddKeyResult(objective=number, new=new)
    elif line.changed:
        was = next(draft_line(each.text).key_result for each in before if each.ref == line.ref)
        same = was is not None and try_metric(new_key_result(was)) == try_metric(new)
        yield Reword(ref=line.ref, title=new.title) if same else Rewrite(ref=line.ref, new=new)
    if line.ref and number and under != str(number):
        yield Move(ref=line.ref, objective=number)


def rewrite(desk: Desk, pair: Pair, lines: Sequence[str], reason: str = "") -> OkrSet:
    """Make the set what its lines say: the draft freely, active OKRs as a revision, which needs a reason.

    All of it or nothing; `UsageError` where nothing is otherwise, or something cannot be taken.
    """
    with desk.store.transaction() as tx:
        outline = _outline(tx, pair)
        before = written(outline, open_tactics(tx, desk, pair))
        wanted = wanted_of(before, lines, _following(tx, outline.okr_set))
        if not wanted.something:
            raise UsageError("Nothing has changed.")
        source = trail.by_command("okr refine")
        besides = partial(_tactics, desk=desk, pair=pair, wanted=wanted)
        if wanted.alterations:
            alter = revise_in if outline.okr_set.state is OkrSetState.ACTIVE else edit_in
            alter(tx, desk, pair, wanted.alterations, reason=reason, source=source, besides=besides)
        else:
            (what,) = besides(tx)
            trail.record(tx, desk, what=what, source=source, mentorship=pair.mentorship.id)
        return _outline(tx, pair).okr_set


def open_tactics(reader: Reader, desk: Desk, pair: Pair) -> tuple[Tried, ...]:
    """What is tried now or planned: the tactics that stand among the lines."""
    return tuple(each for each in tried(reader, pair, desk.clock.now()) if each.tactic.state in OPEN)


def _tactics(tx: Transaction, desk: Desk, pair: Pair, wanted: Wanted) -> Sequence[str]:
    """Write down those that are new, under the key result above them, and end those that were left out."""
    key_results = {each.key_result.title: each.key_result for each in _outline(tx, pair).standings}
    for each in open_tactics(tx, desk, pair):
        if each.tactic.title in wanted.over:
            tx.put(TACTICS, each.tactic.over(desk.clock.now()))
    for above, words in wanted.tactics:
        if above not in key_results:
            raise UsageError(f"“{words}” stands under no key result: write one above it.")
        put_tactic(tx, desk, key_results[above], words)
    return ("tactics written down",) if wanted.tactics or wanted.over else ()


def _outline(reader: Reader, pair: Pair) -> Outline:
    outline = current_outline(reader, pair.mentorship.id)
    if outline is None:
        raise UsageError(f"{pair.protege.name} has no OKRs to refine; paste a draft first.")
    return outline


def _following(reader: Reader, okr_set: OkrSet) -> int:
    return max((each.number for each in reader.find(OBJECTIVES, "okr_set", okr_set.id)), default=0) + 1
