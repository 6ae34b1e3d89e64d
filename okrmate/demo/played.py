"""The story as it is played: the screens over a throw-away home, whose clock the player moves from event to event."""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from zoneinfo import ZoneInfo

from okrmate.adapters.new_file import write_new
from okrmate.adapters.resources import Resources
from okrmate.bootstrap.home_session import pages
from okrmate.bootstrap.screens import left_by_signals
from okrmate.bootstrap.screens_mail import leave, page_in
from okrmate.demo.events import Event, EventKind
from okrmate.demo.home import throw_away_world
from okrmate.demo.story import Story
from okrmate.services.loop_state import LoopKind, LoopState
from okrmate.tui.app import OkrmateApp
from okrmate.tui.session import Session
from okrmate.tui.shown import Shown

LINES = 7
"""What one step tells at most; a busy morning is counted."""
END = ("The story ends here", "Nothing of it is kept. `okrmate init` makes a home of your own.")
SAYS = {
    EventKind.REPLY_RECEIVED: "{who} wrote",
    EventKind.KEY_RESULT_MOVED: "{title}: {before} → {after}",
    EventKind.QUESTION_ASKED: "{who} was asked what is not clear",
    EventKind.ACKNOWLEDGED: "{who} was told what was understood",
    EventKind.MEETING_HELD: "the talk with {who} is over",
    EventKind.FEEDBACK_RECEIVED: "two lines of {who} are in, sealed until both are",
    EventKind.FEEDBACK_EXCHANGED: "{who} got what both wrote",
    EventKind.HELD_FOR_REVIEW: "words of {who} wait for you in 5 Mail",
    EventKind.LETTER_SENT: "the {letter} left to {who}",
}
HERS = "the {letter} is in your own mail"
LETTERS = {"feedback": "feedback form", "closing": "closing letter", "closed": "summary of the closed goals"}
"""What a kind is called where its id is no name of a letter."""


def play() -> None:
    """Show the screens until the player leaves them or closes the terminal; the home is gone then. Raises a bug.

    The world is made once their frame is painted.
    """
    with ExitStack() as world:
        app = OkrmateApp(lambda: Player(world.enter_context(throw_away_world())).session())
        with left_by_signals(app):
            app.run()
    if app.failure is not None:
        raise app.failure


class Player:
    """Whoever plays the mentor: the story goes on when told to, and meanwhile keeps up with what the player does."""

    def __init__(self, story: Story) -> None:
        """Begin it: the people are there, and their first letters wait to be looked at."""
        self._story = story
        story.begin()
        story.settle()

    def session(self) -> Session:
        """What the screens of the story's home show."""
        shown = Shown(
            desk=self._story.room.desk,
            rules=self._story.room.rules,
            templates=Resources(self._story.home),
            loop=self._state,
            rouse=self._keep_up,
            insist=self._keep_up,
            write=write_new,
            leave=partial(leave, self._story.room),
            step=self.step,
        )
        return Session(shown, pages(shown, partial(page_in, self._story.room, shown)))

    def step(self) -> Sequence[str]:
        """The moment, and what happened in it."""
        events = self._story.step()
        if not events:
            return END
        others = [event for event in events if not event.facts.get("copy")]
        told = tuple(dict.fromkeys(_said(event) for event in others or events))
        more = (f"and {len(told) - LINES} more",) if len(told) > LINES else ()
        at = self._story.clock.now().astimezone(ZoneInfo(self._story.room.mentor.zone))
        return (f"{at:%A, %d %B, %H:%M}", *told[:LINES], *more)

    def _keep_up(self) -> None:
        """What the player did has its effects at once."""
        self._story.settle()

    def _state(self) -> LoopState:
        """The loop of the story has always looked just now."""
        now = self._story.clock.now()
        return LoopState(kind=LoopKind.SCREENS, pid=0, beat_at=now, looked_at=now)


def _said(event: Event) -> str:
    facts = {name: _short(value) for name, value in event.facts.items()}
    facts["letter"] = LETTERS.get(str(event.facts.get("letter")), event.facts.get("letter"))
    says = HERS if event.facts.get("copy") else SAYS[event.kind]
    sentence = says.format(who=event.who.split()[0], **facts)
    return sentence[:1].upper() + sentence[1:]


def _short(value: object) -> object:
    return f"{value:g}" if isinstance(value, float) else "?" if value is None else value
