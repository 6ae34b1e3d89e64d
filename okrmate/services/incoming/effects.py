"""What one answer did: collected while it is applied, read by its acknowledgement, the trail and the inbox."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from okrmate.domain.changes import Change
from okrmate.domain.feedback import Feedback
from okrmate.domain.letters import IncomingState
from okrmate.domain.meetings import AgendaItem, Meeting, Participation
from okrmate.frozen import Frozen
from okrmate.reply.commands import CommandName
from okrmate.reply.drafts import DraftOkrs
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Problem, ProblemReason, Update
from okrmate.services.incoming.not_applied import NotApplied
from okrmate.services.letters.contexts import Came
from okrmate.services.mentoring.drafting import Drafted
from okrmate.services.mentoring.readings import Moved

SEPARATORS = " \t:=;,"
"""What stands between a reference and the words that are quoted back."""


class Undoing(StrEnum):
    """Why an undo takes nothing back."""

    NOTHING = "nothing was changed"
    BEFORE = "taken back before"
    TOO_LATE = "too late"
    REFUSED = "refused"
    """Something has been built on it, or has left, so that only the mentor can still change it."""


class Noted(Frozen):
    """Something that was kept beside numbers: the name of its line in the letters' words, and what was written."""

    name: str
    words: str = ""
    number: int | None = None
    changes: bool = True
    """Whether anything was changed with it, which can be taken back."""


@dataclass(slots=True, kw_only=True)
class Effects:
    """Grows while an answer is applied; `left` are words that nobody has dealt with and that go to the mentor."""

    understood: Understood
    moved: list[tuple[Update, Moved]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    added: list[AgendaItem] = field(default_factory=list)
    feedback: Feedback | None = None
    both_in: bool = False
    """Whether both sides have now written about the talk, so that nothing is sealed any more."""
    meeting: Meeting | None = None
    missed: bool = False
    participation: Participation | None = None
    approved: bool = False
    noted: list[Noted] = field(default_factory=list)
    """What of the mentorship itself was kept, line by line as its acknowledgement tells it."""
    kept: list[str] = field(default_factory=list)
    """The same in a few words for the mentor, who also reads what was written."""
    draft: DraftOkrs | None = None
    drafted: Drafted | None = None
    """What was taken into the draft of the goals: its writer gets the first words about it."""
    asks_scores: bool = False
    """Whether what is asked about are scores and what goes on, and no numbers of key results."""
    scored: tuple[str, ...] = ()
    """The refs of which a closing score was kept."""
    command: CommandName | None = None
    undone: Change | None = None
    undoing: Undoing | None = None
    """Why an undo that was asked for took nothing back."""
    until: datetime | None = None
    """When a pause ends by itself, or before which moment nothing is asked again."""
    resumed: bool = False
    chosen_before: bool = False
    """Whether a choice was made once more that stands already."""
    unclear_again: bool = False
    """Whether the answer to a question was not clear either: it is the mentor's now, as nobody is asked twice."""
    came: Came | None = None
    """What came in place of words; None where there are words."""
    left: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """What the mentor is to know of an order that was obeyed, as sentences of ours without a full stop."""

    def leave(self, *words: str) -> None:
        """Keep words for the mentor, each once."""
        for said in words:
            if said.strip() and said.strip() not in self.left:
                self.left.append(said.strip())

    def note(self, what: str, *lines: Noted, to_read: bool = True) -> None:
        """Tell the writer each line that was kept, and the mentor what it is; its words where she is to read them."""
        self.kept.append(what)
        self.noted += lines
        if to_read:
            self.leave(*(line.words for line in lines))

    def ask(self, *problems: Problem) -> None:
        """Ask about lines, quoting them without the separator that stood in front of the words."""
        self.problems += [replace(problem, words=problem.words.lstrip(SEPARATORS)) for problem in problems]

    @property
    def something(self) -> bool:
        """Whether anything in the store is different now, or an order was obeyed."""
        changed = self.moved or self.added or self.feedback or self.missed or self.participation
        return bool(changed or self.approved or self.kept or self.obeyed)

    @property
    def obeyed(self) -> bool:
        """Whether a command was carried out, also where there was nothing to do for it."""
        return self.command is not None and self.undoing is not Undoing.REFUSED

    def state(self) -> IncomingState:
        """What has become of the mail: lines to ask about come first, then what was applied, else it is hers."""
        if self.problems:
            return IncomingState.PARTLY_APPLIED if self.something else IncomingState.ASKED
        return IncomingState.APPLIED if self.something else IncomingState.HELD

    def reason(self) -> str:
        """Why it waits, as a named value, empty where it does not: the first thing that is asked about."""
        if self.problems:
            return str(self.problems[0].reason)
        if self.something:
            return ""
        if self.unclear_again:
            return str(NotApplied.NOT_ASKED)
        return str(NotApplied.WORDS if self.left else NotApplied.NOTHING_NEW)

    def detail(self) -> str:
        """What else is asked about, where it is for other reasons."""
        reasons = dict.fromkeys(str(problem.reason) for problem in self.problems)
        return f"and {', '.join(list(reasons)[1:])}" if len(reasons) > 1 else ""

    def summary(self) -> str:
        """A few words for the mentor; of sealed feedback only that it is there."""
        return "; ".join(self._told())

    def _told(self) -> Iterator[str]:
        refs = dict.fromkeys(moved.key_result.ref for _, moved in self.moved)
        if refs:
            yield f"KR {', '.join(refs)}"
        if self.added:
            yield f"{len(self.added)} for the agenda"
        if self.feedback is not None:
            yield "feedback kept"
        if self.missed:
            yield "the talk did not happen"
        if self.participation is not None:
            yield f"invitation {self.participation.lower()}"
        if self.approved:
            yield "the agenda suits"
        yield from self.kept
        if self.command is not None:
            yield f"“{self.command.replace('_', ' ')}”"


def out_of_range(update: Update) -> Problem:
    """A value that its key result does not take becomes a line that is asked about."""
    return Problem(reason=ProblemReason.OUT_OF_RANGE, kr=update.kr, words=update.words, value=update.value)
