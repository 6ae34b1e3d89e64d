"""Everything that one reply says, as one value: what is applied, what is asked, and the words for somebody to read."""

from collections.abc import Mapping
from types import MappingProxyType

from okrmate.domain.meetings import Participation
from okrmate.frozen import Frozen, field
from okrmate.reply.advice import Advice
from okrmate.reply.closing import ClosingWords
from okrmate.reply.commands import Command
from okrmate.reply.drafts import DraftOkrs
from okrmate.reply.forms import AgendaWords, FeedbackWords
from okrmate.reply.kept import OwnWords
from okrmate.reply.pulse import PulseWords
from okrmate.reply.updates import Outcome, Problem, Update
from okrmate.reply.welcomes import WelcomeWords


class Understood(Frozen):
    """Everything one reply says. Nothing of it is in two places, and nothing is thrown away.

    `updates` are applied, `problems` asked about. `answers` are words under a question, by its block's id.
    `message` is the rest, in the person's words; `left` its lines one by one. `held` are lines that would change
    a key result in a letter that asks none: they wait for the mentor; `held_outcomes` is what each of them says where
    it says nothing else. `asks` are reasons to ask that concern no
    key result. `choices` are letters of the letter's own choices. `agree` is consent to what the letter sums up,
    `wishes` what should be otherwise in goals. `lines` are for the letters to other people, by their name, `offered`
    such as no name stands before. Where `unread` says why nothing was read of it, the mail is held.
    """

    words: OwnWords
    updates: tuple[Update, ...] = ()
    problems: tuple[Problem, ...] = ()
    command: Command | None = None
    feedback: FeedbackWords | None = None
    agenda: AgendaWords | None = None
    rsvp: Participation | None = None
    welcome: WelcomeWords | None = None
    draft: DraftOkrs | None = None
    pulse: PulseWords | None = None
    closing: ClosingWords | None = None
    advice: tuple[Advice, ...] = ()
    choices: tuple[str, ...] = ()
    agree: bool = False
    wishes: tuple[str, ...] = ()
    lines: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    offered: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    message: str = ""
    left: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    held_outcomes: Mapping[str, tuple[Outcome, ...]] = field(default_factory=lambda: MappingProxyType({}))
    asks: tuple[str, ...] = ()
    unread: str = ""

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Updates and problems together."""
        return (*self.updates, *self.problems)
