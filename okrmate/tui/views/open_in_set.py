"""What waits in a set of OKRs: wishes by mail, what is blocked or stands still, and what the coach would ask about."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from okrmate.domain.coach import FindingName, Level
from okrmate.domain.condition import Condition
from okrmate.domain.tactics import TacticState
from okrmate.frozen import Frozen
from okrmate.services.coaching.texts import text_of
from okrmate.services.mentoring.coached import findings_of, line_ids
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import current_outline
from okrmate.services.mentoring.proposals import proposals
from okrmate.services.mentoring.tactics import Tried
from okrmate.services.mentoring.tracking import Tree
from okrmate.services.ports import Reader
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Column, Frame, Ink, Line, Span, column, row
from okrmate.tui.pages import Entry, Pane, one
from okrmate.tui.views.tactics import QUESTION

MOST_FINDINGS = 3
"""More than that at once is a lecture; whether something is trackable its badge shows."""


class Waiting(Frozen):
    """One thing that waits: its sign, what it is about, what is asked, and what kind of thing it is."""

    key: str
    glyph: Glyph
    about: str
    short: str
    """What it is, in a few words."""
    asks: str
    """The same in a sentence, with the question."""
    kind: str
    line: str = ""
    """The id of the objective or key result it is about; empty where it is about none."""
    proposal: str = ""
    finding: tuple[str, str] | None = None
    """Of a finding, what it is about and its public name."""


def waiting_in(reader: Reader, pair: Pair, tree: Tree, tactics: Sequence[Tried], now: datetime) -> tuple[Waiting, ...]:
    """Everything that waits in the set: people's wishes, what is blocked, what stands still, what the coach found."""
    return (*_wishes(reader, pair, tree), *_blocked(tree), *_stuck(tree, tactics), *_findings(reader, pair, now))


def _wishes(reader: Reader, pair: Pair, tree: Tree) -> Iterator[Waiting]:
    lines = {each.key_result.ref: each.key_result for each in tree.key_results}
    for wish in proposals(reader, pair.mentorship.id):
        about = lines.get(wish.ref)
        asks = f"drop it: “{wish.words}”" if wish.drops else f"“{wish.words}”"
        yield Waiting(
            key=f"wish-{wish.id}",
            glyph=Glyph.UNCLEAR,
            about=f"{pair.protege.first_name} wishes{f', KR {wish.ref}' if about else ''}",
            short=asks,
            asks=asks,
            kind="wish",
            line=about.id if about else "",
            proposal=wish.id,
        )


def _blocked(tree: Tree) -> Iterator[Waiting]:
    for each in tree.key_results:
        if each.summary.blocker and each.position.condition is not Condition.REACHED:
            yield Waiting(
                key=f"blocked-{each.key_result.id}",
                glyph=Glyph.STUCK,
                about=each.key_result.title,
                short=f"“{each.summary.blocker}”",
                asks=f"“{each.summary.blocker}”: who could clear the way, and what would it take of you?",
                kind="blocked",
                line=each.key_result.id,
            )


def _stuck(tree: Tree, tactics: Sequence[Tried]) -> Iterator[Waiting]:
    for each in tree.key_results:
        running = [
            row
            for row in tactics
            if row.key_result.id == each.key_result.id and row.tactic.state is TacticState.RUNNING
        ]
        chance = [row for row in running if row.had_its_chance]
        if each.summary.blocker or (each.position.condition is not Condition.STUCK and not chance):
            continue
        short, asks = _asked_of(running[-1:], chance[-1:])
        yield Waiting(
            key=f"stuck-{each.key_result.id}",
            glyph=Glyph.STUCK,
            about=each.key_result.title,
            short=short,
            asks=asks,
            kind="stuck",
            line=each.key_result.id,
        )


def _asked_of(running: Sequence[Tried], chance: Sequence[Tried]) -> tuple[str, str]:
    """In a few words and as a question: of what had its chance, of what is being tried, of nothing that is."""
    for each in chance:
        return "wrong tactic, or done badly?", f"“{each.tactic.title}”: {QUESTION}"
    for each in running:
        return "a tactic runs", f"“{each.tactic.title}” is being tried: what shows that it begins to work?"
    return "nothing is tried", "Nothing is tried: what could move it?"


def _findings(reader: Reader, pair: Pair, now: datetime) -> Iterator[Waiting]:
    outline = current_outline(reader, pair.mentorship.id)
    if outline is None:
        return
    ids = line_ids(outline)
    titles = {str(objective.number): objective.title for objective, _ in outline.objectives}
    titles |= {each.key_result.ref: each.key_result.title for each in outline.standings}
    every = findings_of(reader, pair, outline, now)
    found = [each for each in every if not each.ignored and each.name is not FindingName.KR_TRACKABLE]
    weighed = sorted(found, key=lambda each: each.level is not Level.WARNING)
    for each in weighed[:MOST_FINDINGS]:
        text = text_of(each.name)
        yield Waiting(
            key=f"finding-{each.about}-{each.name}",
            glyph=Glyph.BEHIND,
            about=titles.get(each.about, ""),
            short=text.name[:1].lower() + text.name[1:],
            asks=text.question,
            kind="finding",
            line=ids.get(each.about, ""),
            finding=(each.about, str(each.name)),
        )


def waiting_pane(several: Sequence[Waiting]) -> Pane:
    """The list under the tree: each in one line, what it asks in a second one while it is chosen."""
    entries = tuple(
        Entry(key=each.key, draw=one(partial(_drawn, each)), more=one(partial(_asked, each)), more_height=1)
        for each in several
    )
    return Pane(name="open", title="Open in this set", note=str(len(several)), entries=entries)


def _drawn(each: Waiting, frame: Frame) -> Line:
    return row(
        frame,
        Column(line=(sign(each.glyph, frame), Span(f" {each.about}: "), Span(each.short, Ink.MUTED))),
        column(each.kind, 9, Ink.FAINT, right=True),
        column("", 1),
    )


def _asked(each: Waiting, frame: Frame) -> Line:
    return row(frame, column(f"  {each.asks}", None, Ink.MUTED))
