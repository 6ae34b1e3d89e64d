"""Refine: the set of OKRs as text that is changed, beside it what becomes of each line, below what the coach asks."""

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from okrmate.domain.errors import OkrmateError
from okrmate.domain.okrs import OkrSetState
from okrmate.services.mentoring.coached import findings_of
from okrmate.services.mentoring.drafts import tactic_in
from okrmate.services.mentoring.ignoring import leave_as_is
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import current_outline
from okrmate.services.mentoring.rewriting import open_tactics, rewrite
from okrmate.services.mentoring.written import WrittenLine, written
from okrmate.tui.commands.command import Command
from okrmate.tui.commands.editor import REFINE
from okrmate.tui.messages import Done
from okrmate.tui.screens.editor import EditorScreen
from okrmate.tui.shown import Shown
from okrmate.tui.views.editor import Understanding, Understood, beside_revision
from okrmate.tui.views.refusals import with_keys
from okrmate.tui.widgets.form import Field, Form

TACTIC, KEY_RESULT = "tactic: ", "KR: "


class RefineScreen(EditorScreen):
    """As the editor; what is saved are the differences: of a draft at once, of running OKRs as a revision."""

    KEYS: ClassVar[tuple[type[Command], ...]] = REFINE
    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in REFINE]

    def __init__(self, shown: Shown, pair: Pair) -> None:
        """The set this pair works on, written out; there is one."""
        super().__init__(shown, pair)
        store, now = shown.desk.store, shown.now
        outline = current_outline(store, pair.mentorship.id)
        self._before: tuple[WrittenLine, ...] = ()
        self._runs = outline is not None and outline.okr_set.state is OkrSetState.ACTIVE
        left: dict[str, frozenset[str]] = {}
        if outline is not None:
            self._before = written(outline, open_tactics(store, shown.desk, pair))
            put_aside = [each for each in findings_of(store, pair, outline, now) if each.ignored]
            left = {
                line.text: frozenset(each.name for each in put_aside if each.about == line.ref) for line in self._before
            }
        self._first = "\n".join(line.text for line in self._before)
        self._note = f"revision {outline.okr_set.revision}" if outline is not None and self._runs else "the draft"
        self._title = f"{pair.protege.first_name}, refine"
        language = pair.protege.language
        self._understanding = Understanding(words=shown.scene().words, language=language, notes=True, left=left)

    def do_to_tactic(self) -> None:
        """Turn the sort of the line; what it says stays."""
        row, line = self._line()
        bare = tactic_in(line)
        area = self._area
        if bare:
            turned = f"{KEY_RESULT}{bare}"
        elif line.strip():
            turned = f"{TACTIC}{line.partition(':')[2].strip() or line.strip()}"
        else:
            return
        area.replace(turned, (row, 0), (row, len(line)))

    def do_ignore_finding(self) -> None:
        """Ask why; only what is kept already can be left as it is."""
        row, line = self._line()
        taken = self._understood.at(row + 1)
        ref = next((each.ref for each in self._before if each.text == line.strip()), "")
        if taken is None or not taken.coached:
            self._refused = "The coach has found nothing in this line."
        elif not ref:
            self._refused = "Save the line first: what is left as it is stays with it."
        else:
            leave = partial(self._leave_as_is, ref, taken.coached, line)
            self.app.push_screen(Form(taken.title, (Field(name="reason", label="Why it is left as it is"),), leave))
            return
        self._follow_cursor()

    def _would_lose(self) -> bool:
        """Only what differs from the set as it stands."""
        return self._area.text.strip() != self._first.strip()

    def _beside(self, understood: Understood, lines: list[str]) -> Understood:
        """Each line beside what it was."""
        return beside_revision(understood, self._before, lines)

    def _save(self) -> None:
        if self._runs:
            field = Field(name="reason", label="Why, for both to know later")
            told = ("What was read stays, and is judged by what held then.",)
            asked = Form("A new revision?", (field,), lambda given: self._rewrite(given["reason"]), told)
            self.app.push_screen(asked, self._close_saved)
            return
        try:
            self._rewrite("")
        except OkrmateError as error:
            self._refused = with_keys(str(error))
            self._follow_cursor()
            return
        self._close_saved(saved=True)

    def _rewrite(self, reason: str) -> None:
        self._shown.did(lambda: rewrite(self._shown.desk, self._pair, self._lines, reason))
        self._saved = True

    def _close_saved(self, saved: bool | None) -> None:  # noqa: FBT001 - Textual gives a sheet's answer so
        if saved:
            self._shown.rouse()
            self.app.post_message(Done(f"The OKRs of {self._pair.protege.name} are changed."))
            self.dismiss(True)  # noqa: FBT003 - the screen's result

    def _leave_as_is(self, ref: str, finding: str, line: str, given: Mapping[str, str]) -> None:
        self._shown.did(lambda: leave_as_is(self._shown.desk, self._pair, ref, finding, given["reason"]))
        known = self._understanding.left.get(line.strip(), frozenset())
        self._understanding.left = {**self._understanding.left, line.strip(): known | {finding}}
        self._understanding.known.clear()
        self._read()

    def _line(self) -> tuple[int, str]:
        row = self._area.cursor_location[0]
        return row, self._lines[row]
