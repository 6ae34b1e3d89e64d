"""What all screens look at together: the desk, the mail loop, and who is in hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from okrmate.domain.errors import UsageError
from okrmate.domain.okrs import Evidence
from okrmate.frozen import replace
from okrmate.mail.words import words_of
from okrmate.services.desk import Desk
from okrmate.services.history import only_undoable_since
from okrmate.services.loop_state import LoopState
from okrmate.services.mail_rules import MailRules
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Templates
from okrmate.services.tables import CHANGES
from okrmate.tui.ink import WIDE, Frame
from okrmate.tui.views.header import HeaderView, header_view
from okrmate.tui.views.scene import Scene

R = TypeVar("R")


def nothing() -> None:
    """Whom to rouse where nobody is at work."""


def no_loop() -> LoopState | None:
    """How the loop is where none ever ran."""
    return None


def writes_nothing(path: str, _text: str) -> None:
    """Writes no file where there is no place for any."""
    raise UsageError(f"{path} cannot be written from here.")


def writes_out_nothing(folder: str, _named: Mapping[str, Evidence]) -> None:
    """Writes out no evidence where no home is open, as in the demo."""
    raise UsageError(f"Nothing can be written into {folder} from here.")


def erases_nobody(pair: Pair) -> tuple[str, ...]:
    """Erases nobody where no home is open, as in the demo."""
    raise UsageError(f"{pair.protege.name} cannot be erased from here.")


def goes_nowhere(_first: date, _last: date, _line: str) -> tuple[str, ...]:
    """Tells nobody where there is no mail room to write in."""
    raise UsageError("Nobody can be told from here that you are away.")


@dataclass(slots=True, kw_only=True)
class Shown:
    """One session of the screens; `mentorship` is the person in hand, shared by People, OKRs and Meeting."""

    desk: Desk
    rules: MailRules
    """The mentor's rules for letters."""
    templates: Templates
    """Where the words stand by which numbers are written."""
    loop: Callable[[], LoopState | None] = no_loop
    """How the mail loop is; asked often, so it is cheap."""
    rouse: Callable[[], None] = nothing
    """Have the loop look, plan and deliver now, since something was done; returns at once."""
    insist: Callable[[], None] = nothing
    """The same where she asks for it herself: a login that was refused is then tried again."""
    write: Callable[[str, str], None] = writes_nothing
    """Write a text into a new file by its path; `UsageError` where that cannot be."""
    write_out: Callable[[str, Mapping[str, Evidence]], None] = writes_out_nothing
    """Write evidence out of its mails into a folder, by file name; `UsageError` where that cannot be."""
    erase: Callable[[Pair], tuple[str, ...]] = erases_nobody
    """Erase everything of somebody; returns what still holds older states, by path."""
    leave: Callable[[date, date, str], Sequence[str]] = goes_nowhere
    """Be away from the first to the last day, with a line of her own: the names of those who are told of it."""
    step: Callable[[], Sequence[str]] | None = None
    """In the demo: move its clock to what happens next, and tell that in a few lines; None anywhere else."""
    ascii: bool = False
    mentorship: str = ""
    commits: int = 0
    """How many were seen so far: what is worked out of the store holds until the next."""
    error: str = ""
    """Why the last action could not be done, a sentence; empty once another one was."""
    takes_back: str = ""
    """The id of the change that the last action made, which is what undo means then; empty where it made none."""

    _header: tuple[tuple[int, datetime], HeaderView] | None = None

    def did(self, action: Callable[[], R]) -> R:
        """Do something, and keep which change it made: exactly one that can be taken back, or nothing is promised."""
        store = self.desk.store
        entries = len(store.every(CHANGES))
        result = action()
        made = only_undoable_since(store, entries)
        self.takes_back = made.id if made is not None else ""
        return result

    def header(self) -> HeaderView:
        """How things stand now; what of it rests on the store is worked out once a commit, and each minute."""
        known = (self.commits, self.now.replace(second=0, microsecond=0))
        if self._header is None or self._header[0] != known:
            self._header = (known, header_view(self.desk, self.rules, self.loop(), self.error))
        return replace(self._header[1], now=self.now, loop=self.loop(), error=self.error)

    @property
    def now(self) -> datetime:
        """This moment, UTC."""
        return self.desk.clock.now()

    @property
    def zone(self) -> ZoneInfo:
        """The clock on the mentor's wall."""
        return ZoneInfo(self.desk.mentor.zone)

    def scene(self) -> Scene:
        """What a view needs besides the store."""
        return Scene(now=self.now, words=words_of(self.desk.mentor, self.templates))

    def frame(self, width: int) -> Frame:
        """The room of a terminal of so many columns."""
        return Frame(width=width, wide=width >= WIDE, ascii=self.ascii)
