"""OKRs: one person's objectives and key results, and how the chosen one moves."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from okrmate.domain.errors import OkrmateError, UsageError
from okrmate.services.mentoring.mentorships import Pair, pair
from okrmate.services.mentoring.okrs import active_standings
from okrmate.services.mentoring.readings import CheckIn as Reading
from okrmate.services.mentoring.readings import check_in, expect
from okrmate.services.mentoring.tracking import Tracked
from okrmate.services.tables import KEY_RESULTS, MENTORSHIPS, OBJECTIVES
from okrmate.tui.commands.command import Command
from okrmate.tui.commands.everywhere import Open
from okrmate.tui.commands.okrs import (
    ActivateSet,
    AskToAgree,
    CloseSet,
    DescribeLine,
    Fold,
    NextPerson,
    PasteSet,
    PreviousPerson,
    RefineSet,
    StartExample,
    TakeReading,
    TryTactic,
    TurnTactic,
    WriteEvidence,
)
from okrmate.tui.ink import Frame, Ink, Line, wrapped
from okrmate.tui.messages import Done
from okrmate.tui.screens.okr_lines import LinesPage
from okrmate.tui.screens.page import Overlay
from okrmate.tui.shown import Shown
from okrmate.tui.views.about import about_entry, about_pane
from okrmate.tui.views.check_in import understood
from okrmate.tui.views.key_result import head_pane, objective_pane, plot_of, readings_pane
from okrmate.tui.views.okrs import NOBODY, okrs_view, tree_panes
from okrmate.tui.views.people import everybody
from okrmate.tui.views.refusals import with_keys
from okrmate.tui.widgets.chart import Chart
from okrmate.tui.widgets.check_in import CheckIn
from okrmate.tui.widgets.lines_view import LinesView

DRAFTED: tuple[type[Command], ...] = (Open, RefineSet, AskToAgree, ActivateSet, TryTactic)
RUNNING: tuple[type[Command], ...] = (Open, TakeReading, TryTactic, RefineSet, CloseSet)
OF_A_STEP: tuple[type[Command], ...] = tuple(dict.fromkeys((StartExample, *DRAFTED, *RUNNING)))
"""What comes first at one step of a set, or belongs to it alone."""


class OkrsPage(LinesPage):
    """The tree at the left, the chosen key result at the right; narrow each is a page of its own."""

    NAME = "okrs"
    OFFERS: ClassVar[tuple[type[Command], ...]] = (
        *OF_A_STEP,
        PasteSet,
        TurnTactic,
        DescribeLine,
        WriteEvidence,
        Fold,
        NextPerson,
        PreviousPerson,
    )

    def __init__(self, shown: Shown, editor: Callable[[Pair], Overlay], refine: Callable[[Pair], Overlay]) -> None:
        """Nobody is shown yet; `editor` makes the screen in which a set is pasted, `refine` that to change it in."""
        super().__init__(shown)
        self._editor = editor
        self._refine = refine
        self._folded: set[str] = set()

    def body(self) -> ComposeResult:
        """The tree, and the parts of a key result."""
        with Horizontal():
            yield LinesView(id="tree")
            with Vertical(id="key-result", classes="half"):
                yield LinesView(id="head")
                yield CheckIn(id="check-in")
                yield Chart(id="chart")
                yield LinesView(id="readings")

    def on_mount(self) -> None:
        """The head is not to be chosen."""
        self.query_one("#head", LinesView).can_focus = False

    def offers(self) -> tuple[type[Command], ...]:
        """A draft is to be started, a running set to be read."""
        if self._view is None:
            return ()
        if self._view.tree is None:
            return (PasteSet, StartExample, NextPerson, PreviousPerson)
        first = RUNNING if self._view.tree.active else DRAFTED
        return (*first, *(command for command in self.OFFERS if command not in OF_A_STEP))

    def look(self, frame: Frame) -> None:
        """Show the set of the person in hand, else of the first by name; but leave her at what she reads."""
        if self._asks_of_nothing():
            return
        people = everybody(self.shown.desk.store)
        pair = next((each for each in people if each.mentorship.id == self.shown.mentorship), None)
        pair = pair or next(iter(people), None)
        before = self._view
        if pair is None:
            self._view = None
            self._tree.show(NOBODY, frame)
        else:
            self.shown.mentorship = pair.mentorship.id
            scene = self.shown.scene()
            self._view = okrs_view(self.shown.desk.store, pair, scene)
            self._tree.show(tree_panes(self._view, scene, self._folded), frame)
            if before is None or before.tree is None or before.pair.mentorship.id != pair.mentorship.id:
                self._tree.choose(self._view.first)
        self._show_chosen(frame)

    def on_screen_resume(self) -> None:
        """Another screen may have gone on to another person."""
        if self._view is not None and self._view.pair.mentorship.id != self.shown.mentorship:
            self.see()

    def open_at(self, record: str) -> None:
        """Choose the objective or key result with this id, whosever it is; or show whose mentorship it is."""
        store = self.shown.desk.store
        found = store.get(KEY_RESULTS, record) or store.get(OBJECTIVES, record)
        mentorship = found.mentorship if found is not None else record
        if mentorship != self.shown.mentorship and store.get(MENTORSHIPS, mentorship) is not None:
            self.shown.mentorship = mentorship
            self.see()
        if self._tree.choose(record):
            self._show_chosen(self.frame())

    def on_lines_view_chosen(self, event: LinesView.Chosen) -> None:
        """Follow the choice in the tree, once the tree itself shows it: of keys in a row only the last one counts."""
        if event.view is self._tree:
            self.query_one(CheckIn).close()
            self.call_after_refresh(self._follow, event.key)

    def do_open(self) -> None:
        """From the tree to the key result; an objective is folded or opened."""
        if self.focused is not self._tree:
            return
        waits = self._view.waits(self._tree.chosen) if self._view is not None else None
        if waits is not None:
            self.decide(waits)
        elif self._chosen is None:
            self.do_fold()
        else:
            self.add_class("-whole")
            self.query_one("#readings", LinesView).focus()

    def back(self) -> None:
        """Back to the tree."""
        self.query_one(CheckIn).close()
        self.remove_class("-whole")
        self._tree.focus()
        self.see()

    def do_fold(self) -> None:
        """Fold the objective one is at, or open it."""
        objective = self._view.objective(self._tree.chosen) if self._view is not None else ""
        if objective:
            self._folded ^= {objective}
            self._tree.choose(objective)
            self.see()

    def do_next_person(self) -> None:
        """The next by name."""
        self._go_on(1)

    def do_previous_person(self) -> None:
        """The one before by name."""
        self._go_on(-1)

    def do_paste_set(self) -> None:
        """To the editor; what it saves comes by its commit."""
        if self._view is not None:
            self.app.push_screen(self._editor(self._view.pair))

    def do_refine_set(self) -> None:
        """To the set as text; what it saves comes by its commit."""
        if self._view is not None and self._view.tree is not None:
            self.app.push_screen(self._refine(self._view.pair))

    def do_take_reading(self) -> None:
        """Ask for it under the head of the key result."""
        chosen = self._chosen
        if chosen is None or self._view is None or self._view.tree is None or not self._view.tree.active:
            return
        if not self.frame().wide:
            self.add_class("-whole")
        asked = chosen.key_result
        self.query_one(CheckIn).ask(asked.id, f"Reading of KR {asked.ref}", partial(self._understand, asked.id))

    def on_check_in_given(self, event: CheckIn.Given) -> None:
        """Take it; where it cannot be taken the line stays as it is."""
        if self.tried(lambda: self._check_in(event)):
            self.query_one(CheckIn).close()
            self.query_one("#readings" if self.has_class("-whole") else "#tree", LinesView).focus()

    def chosen_key(self) -> str:
        """The entry of the tree."""
        return self._tree.chosen

    @property
    def _tree(self) -> LinesView:
        return self.query_one("#tree", LinesView)

    @property
    def _chosen(self) -> Tracked | None:
        return self._view.tracked(self._tree.chosen) if self._view is not None else None

    def _follow(self, key: str) -> None:
        if self._tree.chosen == key:
            self.tried(lambda: self._show_chosen(self.frame()))

    def _show_chosen(self, frame: Frame) -> None:
        """The key result, or the objective, that is chosen in the tree."""
        tree = self._view.tree if self._view is not None else None
        self.set_class(tree is None or not self._tree.chosen, "-nothing")
        if tree is None:
            return
        scene, chosen = self.shown.scene(), self._chosen
        head, readings = self.query_one("#head", LinesView), self.query_one("#readings", LinesView)
        readings.display = chosen is not None and tree.active
        if chosen is None:
            parts = [each for each in tree.objectives if each[0].id == self._tree.chosen]
            head.show([objective_pane(each[0], each[2], scene, active=tree.active) for each in parts], frame)
            self.query_one(Chart).show(None, frame)
            return
        tactics = self._view.tried_for(chosen) if self._view is not None else ()
        about = (about_entry(chosen, tactics, scene),) if frame.wide or not tree.active else ()
        head.show((head_pane(chosen, scene, active=tree.active, about=about),), frame)
        self.query_one(Chart).show(plot_of(chosen, tree.okr_set, scene), frame)
        below = () if frame.wide else (about_pane(chosen, tactics, scene),)
        readings.show((readings_pane(chosen, scene), *below), frame)

    def _go_on(self, by: int) -> None:
        """Another person by name; behind the last comes the first."""
        ids = [pair.mentorship.id for pair in everybody(self.shown.desk.store)]
        if self.shown.mentorship in ids:
            self.shown.mentorship = ids[(ids.index(self.shown.mentorship) + by) % len(ids)]
            self._folded.clear()
            self.query_one(CheckIn).close()
            self.see()

    def _understand(self, key_result: str, words: str, width: int) -> Sequence[Line]:
        frame = self.frame().narrower(self.app.size.width - width)
        try:
            whose, ref = self._asked_about(key_result)
            found = expect(self.shown.desk.store, whose, Reading(ref=ref, value=words), self.shown.now)
        except OkrmateError as error:
            return wrapped(with_keys(str(error)), width, Ink.WARN)
        return understood(found, self.shown.scene(), frame)

    def _check_in(self, given: CheckIn.Given) -> None:
        whose, ref = self._asked_about(given.key_result)
        self.shown.did(lambda: check_in(self.shown.desk, whose, Reading(ref=ref, value=given.words)))
        self.post_message(Done(f"KR {ref} read."))

    def _asked_about(self, key_result: str) -> tuple[Pair, str]:
        """Whose the key result with this id is, and its ref; `UsageError` where it is in no running set any more."""
        store = self.shown.desk.store
        found = store.get(KEY_RESULTS, key_result)
        for standing in active_standings(store, found.mentorship) if found is not None else ():
            if standing.key_result.id == key_result:
                return pair(store, standing.key_result.mentorship), standing.key_result.ref
        title = f" “{found.title}”" if found is not None else ""
        raise UsageError(f"The key result{title} runs no more, so no reading of it is taken.")

    def _asks_of_nothing(self) -> bool:
        """Whether the reading she types is of a key result that is gone; says so, for as long as she stays there."""
        line, view = self.query_one(CheckIn), self._view
        if not line.asked or view is None:
            return False
        if view.pair.mentorship.id != self.shown.mentorship:
            line.close()
            return False
        return not self.tried(lambda: self._asked_about(line.asked))
