"""What one answer did: collected while it is applied, read by its acknowledgement, the trail and the inbox."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from okrmate.domain.changes import Change
from okrmate.domain.feedback import Feedback
from okrmate.domain.letters import IncomingState
from okrmate.domain.meetings import AgendaItem, Meeting, Participation
from okrmate.reply.commands import CommandName
from okrmate.reply.reading import Understood
from okrmate.reply.updates import Problem, ProblemReason, Update
from okrmate.services.readings import Moved


@dataclass(slots=True, kw_only=True)
class Effects:
    """Grows while an answer is applied; `left` are words that nobody has dealt with and that go to the mentor."""

    understood: Understood
    moved: list[tuple[Update, Moved]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    added: list[AgendaItem] = field(default_factory=list)
    feedback: Feedback | None = None
    meeting: Meeting | None = None
    missed: bool = False
    participation: Participation | None = None
    approved: bool = False
    command: CommandName | None = None
    undone: Change | None = None
    left: list[str] = field(default_factory=list)

    @property
    def something(self) -> bool:
        """Whether anything in the store is different now, or an order was obeyed."""
        changed = self.moved or self.added or self.feedback or self.missed or self.participation
        return bool(changed or self.approved or self.obeyed)

    @property
    def obeyed(self) -> bool:
        """Whether a command was carried out."""
        return self.command is not None and (self.command is not CommandName.UNDO or self.undone is not None)

    def state(self) -> IncomingState:
        """What has become of the mail: lines to ask about come first, then what was applied, else it is hers."""
        if self.problems:
            return IncomingState.PARTLY_APPLIED if self.something else IncomingState.ASKED
        return IncomingState.APPLIED if self.something else IncomingState.HELD

    def reason(self) -> str:
        """Why it waits, empty where it does not."""
        if self.problems:
            return ", ".join(dict.fromkeys(str(problem.reason) for problem in self.problems))
        return "" if self.something else "words for the mentor"

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
        if self.command is not None:
            yield f"“{self.command}”"


def out_of_range(update: Update) -> Problem:
    """A value that its key result does not take becomes a line that is asked about."""
    return Problem(reason=ProblemReason.OUT_OF_RANGE, kr=update.kr, words=update.words, value=update.value)
