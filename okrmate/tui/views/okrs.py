"""OKRs: one person's set as a tree of objectives and key results, drawn as a flat list with what is folded left out."""

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from okrmate.domain.condition import Condition
from okrmate.domain.cycle import proposed_end
from okrmate.domain.okrs import Objective, OkrSetState
from okrmate.domain.relationship import Measured
from okrmate.domain.roll_up import RollUp
from okrmate.frozen import Frozen
from okrmate.services.mentoring.drafts import drafted_by_mail
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.relationships import relationship_of
from okrmate.services.mentoring.tactics import Tried, tried
from okrmate.services.mentoring.tracking import Tracked, Tree, tree
from okrmate.services.ports import Reader
from okrmate.services.tables import OKR_SETS
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Column, Frame, Ink, Line, Span, column, row
from okrmate.tui.pages import Empty, Entry, Pane, one, still
from okrmate.tui.views.key_results import STEPS, bar, condition_sign, planned, short_value
from okrmate.tui.views.mentorship import worth_entries
from okrmate.tui.views.open_in_set import Waiting, waiting_in, waiting_pane
from okrmate.tui.views.scene import Scene
from okrmate.tui.views.tactics import tactic_line

TROUBLE = (Condition.STUCK, Condition.BEHIND, Condition.UNKNOWN)
"""What is never hidden behind those that do well."""
NOBODY = Empty(
    fact="Nobody's OKRs yet.",
    following="Add somebody you mentor first; their welcome asks for a draft, or you paste one.",
    key="2",
    action="People",
)


class OkrsView(Frozen):
    """The set of the person in hand."""

    pair: Pair
    tree: Tree | None
    by_mail: str = ""
    """The first draft, where one came by mail and nobody has taken it up."""
    closed: bool = False
    """Whether there were OKRs, which are closed now."""
    tactics: tuple[Tried, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    worth: tuple[Measured, ...] = ()
    """The relationship's own key results; none beside a draft."""

    @property
    def first(self) -> str:
        """The id of the first key result, empty where there is none."""
        found = self.tree.key_results if self.tree is not None else ()
        return found[0].key_result.id if found else ""

    def tracked(self, key: str) -> Tracked | None:
        """The key result that an entry is about: it itself, a tactic for it, or what waits for a word on it."""
        found = self.tree.key_results if self.tree is not None else ()
        return next((each for each in found if each.key_result.id == self._line(key)), None)

    def tactic(self, key: str) -> Tried | None:
        """The tactic that an entry is."""
        return next((each for each in self.tactics if each.tactic.id == key), None)

    def tried_for(self, tracked: Tracked) -> tuple[Tried, ...]:
        """What is tried for a key result."""
        return tuple(each for each in self.tactics if each.key_result.id == tracked.key_result.id)

    def waits(self, key: str) -> Waiting | None:
        """What waits, if the entry is of that kind."""
        return next((each for each in self.waiting if each.key == key), None)

    def objective(self, key: str) -> str:
        """The id of the objective that an entry is or stands under; empty where it is about none."""
        line = self._line(key)
        for objective, _, several in self.tree.objectives if self.tree is not None else ():
            if line == objective.id or any(line == each.key_result.id for each in several):
                return objective.id
        return ""

    def _line(self, key: str) -> str:
        """The id of the line that an entry is about."""
        tactic, waits = self.tactic(key), self.waits(key)
        return tactic.key_result.id if tactic else waits.line if waits else key


def okrs_view(reader: Reader, pair: Pair, scene: Scene) -> OkrsView:
    """As the store is now."""
    found = tree(reader, pair.mentorship.id, scene.now)
    if found is None:
        closed = any(
            each.state is OkrSetState.CLOSED for each in reader.find(OKR_SETS, "mentorship", pair.mentorship.id)
        )
        return OkrsView(pair=pair, tree=None, by_mail=drafted_by_mail(reader, pair), closed=closed)
    tactics = tried(reader, pair, scene.now)
    waiting = waiting_in(reader, pair, found, tactics, scene.now)
    worth = relationship_of(reader, pair, scene.now).measures if found.active else ()
    return OkrsView(pair=pair, tree=found, tactics=tactics, waiting=waiting, worth=worth)


def tree_panes(view: OkrsView, scene: Scene, folded: Collection[str]) -> Sequence[Pane] | Empty:
    """The tree; the key results of an objective that is folded are left out. Keys are the ids of both."""
    if view.tree is None or not view.tree.objectives:
        return _nothing_yet(view)
    entries = (*_entries(view, view.tree, scene, folded), *worth_entries(view.worth))
    panes = (Pane(name="tree", title=view.pair.protege.name, note=_note(view.tree, scene), entries=entries),)
    return (*panes, waiting_pane(view.waiting)) if view.waiting else panes


def _nothing_yet(view: OkrsView) -> Empty:
    if view.by_mail:
        return Empty(
            fact=f"{view.pair.protege.name} has sent a first draft.",
            following="It opens in the editor, where you can shape it before it is kept.",
            key="i",
            action="take it up",
        )
    if view.closed:
        return Empty(
            fact=f"The last OKRs of {view.pair.protege.name} are closed.",
            following="6 Reports shows how they ended. The next begin with a draft: pasted, or from an example: x.",
            key="i",
            action="paste a set",
        )
    return Empty(
        fact=f"{view.pair.protege.name} has no OKRs yet.",
        following=(
            "The welcome asks for a first draft; O: and KR: lines that come by mail wait here.\n"
            "Or paste a set: such lines are understood while you type.\nOr begin from an example: x."
        ),
        key="i",
        action="paste a set",
    )


def _note(found: Tree, scene: Scene) -> str:
    """`Mar to Jun · reference · revision 1`; of a draft the step alone."""
    okr_set = found.okr_set
    parts = [STEPS[okr_set.state], f"revision {okr_set.revision}"] if found.active else [STEPS[okr_set.state], "draft"]
    if okr_set.activated_at is not None and okr_set.ends is not None:
        parts.insert(0, f"{scene.local(okr_set.activated_at):%b} to {okr_set.ends:%b}")
    return " · ".join(parts)


def _entries(view: OkrsView, found: Tree, scene: Scene, folded: Collection[str]) -> Iterator[Entry]:
    for number, (objective, together, several) in enumerate(found.objectives):
        if number:
            yield Entry(draw=still(()))
        is_folded = objective.id in folded
        draw = partial(_objective_line, objective, together, folded=is_folded, active=found.active)
        yield Entry(key=objective.id, draw=one(draw))
        for tracked in () if is_folded else several:
            key_result = tracked.key_result.id
            yield Entry(key=key_result, draw=one(partial(_key_result_line, tracked, scene, active=found.active)))
            for each in view.tactics:
                if each.key_result.id == key_result:
                    yield Entry(key=each.tactic.id, draw=one(partial(tactic_line, each, scene)))


def _objective_line(objective: Objective, together: RollUp, frame: Frame, *, folded: bool, active: bool) -> Line:
    fold = sign(Glyph.FOLDED if folded else Glyph.OPEN, frame, Ink.FAINT)
    state = (condition_sign(together.condition, frame), Span(" ")) if active else ()
    return row(
        frame,
        Column(line=(fold, Span(" "), *state, Span(objective.title, bold=True))),
        column(_together(together, active=active), 15, Ink.FAINT, right=True),
        column("", 1),
    )


def _together(together: RollUp, *, active: bool) -> str:
    """How many there are, and of them those in the worst condition, where that is none to be glad of."""
    counted = "1 KR" if together.total == 1 else f"{together.total} KRs"
    worst, number = together.counts[0] if together.counts else (Condition.UNKNOWN, 0)
    if not active or worst not in TROUBLE or not number:
        return counted
    return f"{number} of {together.total} {worst}"


def _key_result_line(tracked: Tracked, scene: Scene, frame: Frame, *, active: bool) -> Line:
    """Condition, title, code, bar, value; of a draft from where to where it is to go."""
    title, code = tracked.key_result.title, Span(f"KR {tracked.key_result.ref}", Ink.FAINT)
    if not active:
        return row(
            frame,
            Column(line=(Span("    "), Span(title))),
            Column(line=(code,), width=8),
            column(planned(tracked, scene.words), 20, Ink.MUTED, right=True),
            column("", 1),
        )
    cells = 8 if frame.wide else 14
    heard = tracked.summary.value is not None
    return row(
        frame,
        Column(line=(Span("    "), condition_sign(tracked.position.condition, frame), Span(f" {title}"))),
        Column(line=(code,), width=7),
        Column(line=bar(tracked, cells, frame), width=cells),
        column(short_value(tracked, scene.words), 12, Ink.TEXT if heard else Ink.FAINT, right=True),
        column("", 1),
    )


def end_proposed(scene: Scene) -> str:
    """When a set that is made active now would end, as it can be typed."""
    return proposed_end(scene.local(scene.now).date()).isoformat()
