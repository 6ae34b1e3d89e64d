"""What can be done on every screen: its keys and the palette, taking back, looking for mail, the story of the demo."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.message import Message
from textual.screen import Screen

from okrmate.domain.changes import Change
from okrmate.domain.errors import OkrmateError
from okrmate.services import history
from okrmate.tui.commands.command import Command
from okrmate.tui.commands.everywhere import EVERYWHERE, Step
from okrmate.tui.ink import Frame
from okrmate.tui.messages import Done, Failed, GoTo
from okrmate.tui.screens.help import HelpPage
from okrmate.tui.shown import Shown
from okrmate.tui.views.moments import when
from okrmate.tui.views.places import SCREENS
from okrmate.tui.views.refusals import with_keys
from okrmate.tui.widgets.palette import Offer, Palette
from okrmate.tui.widgets.sheet import Answer, Ask

TOAST = 6.0
"""Seconds that "u undoes it" stands there."""
STORY = 60.0


class Anywhere(Screen[None]):
    """A screen with commands, of which some are the same on each; what is its own comes with `Page`."""

    NAME: ClassVar[str] = ""
    """As it stands in `okrmate.tui.views.places.SCREENS`."""
    OFFERS: ClassVar[tuple[type[Command], ...]] = ()
    """Its own commands, the likely ones first: the footer shows the first five that want to be there."""

    def __init_subclass__(cls) -> None:
        """Bind the keys of its commands."""
        bound: tuple[type[Command], ...] = (*cls.OFFERS, *EVERYWHERE, Step)
        cls.BINDINGS = [*(command.binding() for command in bound if command.key), ("ctrl+p", "palette", "palette")]
        super().__init_subclass__()

    def __init__(self, shown: Shown) -> None:
        """A screen of this session."""
        super().__init__()
        self.shown = shown

    def offers(self) -> tuple[type[Command], ...]:
        """The commands in the footer and the palette now; a page that has modes overrides it."""
        return self.OFFERS

    def everything(self) -> tuple[type[Command], ...]:
        """All commands that can be given now; in the demo the clock's comes first."""
        return (*((Step,) if self.shown.step else ()), *self.offers(), *EVERYWHERE)

    def explained(self) -> tuple[type[Command], ...]:
        """All commands that the page behind `?` tells of; a screen may tell more than can be done just now."""
        return self.everything()

    def frame(self) -> Frame:
        """The terminal as a frame."""
        return self.shown.frame(self.app.size.width)

    def go(self, name: str, record: str = "") -> None:
        """Go to another screen."""
        self.post_message(GoTo(name, record))

    def act(self, action: Callable[[], object], done: str) -> bool:
        """Do something that changes the store and say that it is done; else say why not. Whether it was done."""
        if self.tried(lambda: self.shown.did(action)):
            self.post_message(Done(done))
            return True
        return False

    def tried(self, action: Callable[[], object]) -> bool:
        """Do or read something; where that cannot be done, say why, and leave what is shown. Whether it was done."""
        try:
            action()
        except OkrmateError as error:
            self.post_message(Failed(with_keys(str(error))))
            return False
        return True

    async def _dispatch_message(self, message: Message) -> None:
        """As Textual's; a store that cannot be read any more is said, whatever was asked of it, and ends nothing."""
        try:
            await super()._dispatch_message(message)
        except OkrmateError as error:
            if isinstance(message, Failed):
                raise  # what cannot even be said would be said for ever
            self.post_message(Failed(with_keys(str(error))))

    def action_command(self, command_id: str) -> None:
        """Post the command with this id."""
        for command in (*self.everything(), *self.OFFERS):
            if command.command_id() == command_id:
                self.post_message(command())
                return

    def action_palette(self) -> None:
        """Everything that can be done here, and the way to the other screens."""
        offers = [
            Offer(words=each.help, sign=each.sign(), do=partial(self.post_message, each()))
            for each in self.everything()
        ]
        offers += [
            Offer(words=f"go to {title}", sign=str(digit), do=partial(self.go, name))
            for digit, (name, title) in enumerate(SCREENS.items(), start=1)
        ]
        self.app.push_screen(Palette(offers, self.frame()), _do)

    def do_keys(self) -> None:
        """The page behind `?`."""
        self.app.push_screen(HelpPage(self.shown, SCREENS[self.NAME], self.explained()))

    def do_look(self) -> None:
        """Have the mail loop do everything now, also where the login was refused."""
        self.shown.insist()

    def do_undo(self) -> None:
        """Ask before what was done last here is taken back, or else the last change of all."""
        store = self.shown.desk.store
        last = history.undoable(store, self.shown.takes_back) or history.last_undoable(store)
        if last is None:
            self.post_message(Failed("Nothing to undo."))
            return
        at = when(last.at, self.shown.now, self.shown.zone)
        by = f", by {last.by}" if last.by else ""
        self.app.push_screen(
            Ask("Take this back?", (f"{last.what}", f"{at}{by}"), (Answer(key="t", word="take back"),)),
            partial(self._undo, last),
        )

    def _undo(self, change: Change, answer: str | None) -> None:
        if answer:
            self.shown.takes_back = ""
            self.act(lambda: history.undo(self.shown.desk, change.id), "")

    def do_step(self) -> None:
        """Let the demo go on; what happens is told in a corner until the next step."""
        step = self.shown.step
        if step is not None:
            self.run_worker(
                lambda: self.app.call_from_thread(self._tell_story, step()), thread=True, exclusive=True, group="story"
            )

    def _tell_story(self, told: Sequence[str]) -> None:
        self.app.clear_notifications()
        title, *lines = told
        self.notify("\n".join(lines), title=title, markup=False, timeout=STORY)

    def on_done(self, message: Done) -> None:
        """Say so, with the way back where there is one."""
        message.stop()
        self.shown.error = ""
        if message.sentence:
            self.notify(f"{message.sentence}{self._way_back()}", markup=False, timeout=TOAST)
        self.tell_header()

    def _way_back(self) -> str:
        """What undo is promised for; nothing for letters that may have left before the key is pressed."""
        store = self.shown.desk.store
        done = history.undoable(store, self.shown.takes_back)
        return " u undoes it." if done is not None and not history.leaves_now(store, done, self.shown.now) else ""

    def on_failed(self, message: Failed) -> None:
        """Say so in the header, until something succeeds."""
        message.stop()
        self.shown.error = message.sentence
        self.tell_header()

    def tell_header(self) -> None:
        """Show in the header how things stand now; nothing unless overridden."""


def _do(action: Callable[[], object] | None) -> None:
    if action is not None:
        action()
