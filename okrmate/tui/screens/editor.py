"""The editor of a set of OKRs: text at the left, beside it what is understood of it while it is typed."""

import asyncio
from contextlib import suppress
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.css.query import NoMatches
from textual.timer import Timer

from okrmate.domain.errors import OkrmateError
from okrmate.domain.okrs import OkrSetState
from okrmate.frozen import replace
from okrmate.services.mentoring.drafts import drafted_by_mail, pasted
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import counted, import_objectives, outline, set_in
from okrmate.tui.commands.command import Command
from okrmate.tui.commands.editor import EDITOR
from okrmate.tui.ink import Frame, Ink, Line, Span
from okrmate.tui.messages import Done
from okrmate.tui.pages import Entry, Pane
from okrmate.tui.screens.help import HelpPage
from okrmate.tui.shown import Shown
from okrmate.tui.views.editor import AROUND, EXAMPLE, Understanding, Understood, finding_pane, understood_pane
from okrmate.tui.views.refusals import with_keys
from okrmate.tui.widgets.header import Header
from okrmate.tui.widgets.headings import heading
from okrmate.tui.widgets.line import Lines
from okrmate.tui.widgets.lines_view import LinesView
from okrmate.tui.widgets.long_text import LongText
from okrmate.tui.widgets.over import Over
from okrmate.tui.widgets.sheet import Answer, Ask

PAUSE = 0.12
"""Seconds without a key after which the text is read."""
PIECE = 50
"""Lines that are read between two keys; that takes some milliseconds."""


class EditorScreen(Over[bool]):
    """Shown over a page; dismissed with True once something was saved.

    The text is read when the keys rest, piece by piece, so that a paste of any length stops nobody from typing.
    """

    KEYS: ClassVar[tuple[type[Command], ...]] = EDITOR
    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in EDITOR]
    AUTO_FOCUS = "LongText"

    def __init__(self, shown: Shown, pair: Pair) -> None:
        """The set of this pair is written; what is saved goes into its draft."""
        super().__init__()
        self._shown = shown
        self._pair = pair
        self._first = drafted_by_mail(shown.desk.store, pair)
        """What stands there at first."""
        self._note = "came by mail" if self._first else "type or paste"
        self._title = f"{pair.protege.first_name}, the draft"
        language = pair.protege.language
        self._understanding = Understanding(words=shown.scene().words, there=self._there(), language=language)
        self._understood = Understood()
        self._resting: Timer | None = None
        self._saved = False
        self._around = 1
        """The line around which the right side shows what is understood."""
        self._refused = ""

    def compose(self) -> ComposeResult:
        """Header, text and understanding side by side, the finding of the line below, keys."""
        yield Header("okrs")
        with Vertical():
            with Horizontal(id="editor"):
                with Vertical(id="typed"):
                    yield LinesView(id="typed-head")
                    yield LongText(self._first, show_line_numbers=True, soft_wrap=True, placeholder=EXAMPLE)
                yield LinesView(id="understood", classes="half")
            yield LinesView(id="finding")
        yield Lines(id="footer")

    def on_mount(self) -> None:
        """An empty window, or what came by mail."""
        area = self._area
        area.cursor_blink = False
        area.highlight_cursor_line = True
        for name in ("typed-head", "understood", "finding"):
            self.query_one(f"#{name}", LinesView).can_focus = False
        words = (_word(command) for command in self.KEYS)
        self.query_one("#footer", Lines).show(((Span(" "), *(span for word in words for span in word)),))
        self._tell()
        if self._first:
            self._read()

    def on_resize(self) -> None:
        """Drawn anew, wide or narrow."""
        self._tell()

    def on_text_area_changed(self) -> None:
        """Read it when the keys rest."""
        self._refused = ""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(PAUSE, self._read)

    def on_text_area_selection_changed(self) -> None:
        """The entry of the cursor's line is lit on both sides."""
        self._follow_cursor()

    def on_lines_view_chosen(self, event: LinesView.Chosen) -> None:
        """A click on what was understood goes to its line."""
        if event.view.id == "understood" and event.key.isdecimal():
            self._area.cursor_location = (int(event.key) - 1, 0)
            self._area.focus()

    def action_command(self, command_id: str) -> None:
        """Post the command with this id."""
        found = next(command for command in self.KEYS if command.command_id() == command_id)
        self.post_message(found())

    def do_save_set(self) -> None:
        """Save what is understood; what is not stays here, after asking."""
        self._understood = self._understanding.read(self._lines)
        unread = len(self._understood.unread)
        if not unread or not self._understood.objectives:
            self._save()
            return
        lines = "1 line was" if unread == 1 else f"{unread} lines were"
        self.app.push_screen(
            Ask(
                f"{lines} not understood",
                ("The rest goes into the draft; these lines stay in this window.",),
                (Answer(key="s", word="save the rest"),),
            ),
            lambda answer: self._save() if answer else None,
        )

    def do_next_finding(self) -> None:
        """The next one below the cursor, behind the last the first again."""
        numbers = [line.number for line in self._understood.findings]
        if numbers:
            here = self._area.cursor_location[0] + 1
            following = next((number for number in numbers if number > here), numbers[0])
            self._area.cursor_location = (following - 1, 0)

    def do_leave_editor(self) -> None:
        """Ask where something would be lost."""
        if not self._would_lose():
            self.dismiss(self._saved)
            return
        question = Ask("Leave without saving?", ("What stands here is gone then.",), (Answer(key="x", word="leave"),))
        self.app.push_screen(question, self._leave)

    def do_editor_keys(self) -> None:
        """The page with the keys."""
        self.app.push_screen(HelpPage(self._shown, "The editor", self.KEYS))

    @property
    def _area(self) -> LongText:
        return self.query_one(LongText)

    @property
    def _lines(self) -> list[str]:
        return list(self._area.document.lines)

    def _leave(self, answer: str | None) -> None:
        if answer:
            self.dismiss(self._saved)

    def _read(self) -> None:
        self.run_worker(self._read_in_pieces(self._lines), exclusive=True, group="read")

    async def _read_in_pieces(self, lines: list[str]) -> None:
        """Read a few lines at a time, so that keys come between; a change of the text begins anew."""
        new = self._understanding.unknown(lines)
        for at in range(0, len(new), PIECE):
            self._understanding.learn(new[at : at + PIECE])
            await asyncio.sleep(0)
        self._understood = self._beside(self._understanding.read(lines), lines)
        with suppress(NoMatches):  # the window may be closing: its parts go one after another
            self._tell()

    def _would_lose(self) -> bool:
        """Whether leaving now loses anything."""
        return bool(self._area.text.strip())

    def _beside(self, understood: Understood, _lines: list[str]) -> Understood:
        """What is shown beside the text; nothing more than what is understood, unless overridden."""
        return understood

    def _tell(self) -> None:
        """Show what is understood, and what is to say of the line in hand."""
        frame = self._shown.frame(self.app.size.width)
        header = self.query_one(Header)
        header.tell(self._shown.header(), frame)
        head = Pane(name="typed", title=self._title, note=self._note)
        drawn = Entry(height=2, draw=partial(_in_hand, head))
        self.query_one("#typed-head", LinesView).show((Pane(name="typed", entries=(drawn,)),), frame)
        self._show_understood()
        self._follow_cursor()

    def _show_understood(self) -> None:
        """The lines around the cursor."""
        frame = self._shown.frame(self.app.size.width)
        self._around = self._area.cursor_location[0] + 1
        pane = understood_pane(self._understood, self._around, frame)
        self.query_one("#understood", LinesView).show((pane,), frame)

    def _follow_cursor(self) -> None:
        number = self._area.cursor_location[0] + 1
        if abs(number - self._around) > AROUND // 2:
            self._show_understood()
        self.query_one("#understood", LinesView).choose(str(self._understood.nearest(number)))
        frame = self._shown.frame(self.app.size.width)
        self.query_one("#finding", LinesView).show((finding_pane(self._understood, number, self._refused),), frame)

    def _save(self) -> None:
        unread = [line.title for line in self._understood.unread]
        objectives, _ = pasted("\n".join(self._lines))
        try:
            self._shown.did(lambda: import_objectives(self._shown.desk, self._pair, objectives))
        except OkrmateError as error:
            self._refused = with_keys(str(error))
            self._follow_cursor()
            return
        self._saved = True
        self._shown.rouse()
        self.app.post_message(Done(f"Drafted {counted(len(objectives))} for {self._pair.protege.name}."))
        self._area.text = "\n".join(unread)
        self._understanding.there = self._there()
        self._understanding.known.clear()
        if not unread:
            self.dismiss(True)  # noqa: FBT003 - the screen's result

    def _there(self) -> frozenset[str]:
        """The titles the draft holds."""
        store = self._shown.desk.store
        draft = set_in(store, self._pair.mentorship.id, OkrSetState.DRAFT)
        found = outline(store, draft).objectives if draft else ()
        return frozenset(objective.title.casefold() for objective, _ in found)


def _in_hand(head: Pane, frame: Frame) -> tuple[Line, Line]:
    """The heading of the text, which has the keys; the list it stands in has none, and would not show that."""
    line = heading(head, replace(frame, width=frame.width + 1), focused=True)[1:]
    return (line, ()) if frame.wide else ((), line)


def _word(command: type[Command]) -> tuple[Span, Span]:
    return (Span(command.sign(), Ink.ACCENT, bold=True), Span(f" {command.word}  ", Ink.MUTED))
