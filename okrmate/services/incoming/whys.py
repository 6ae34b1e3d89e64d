"""Why a mail stands as it does, in a few words as a mentor would say it, and whether it was written to her."""

from collections.abc import Mapping
from types import MappingProxyType

from okrmate.domain.letters import Incoming, IncomingState
from okrmate.mail.reasons import HoldReason, IgnoreReason
from okrmate.reply.updates import ProblemReason
from okrmate.services.incoming.not_applied import NotApplied

PUT_AWAY = "put away"
"""The reason of a mail that the mentor put away and said why."""
PERSONAL = frozenset({str(NotApplied.WORDS), str(HoldReason.NOT_AN_ANSWER), str(NotApplied.INVITATION_IN_WORDS)})
"""The reasons of mails that are held for no fault of theirs: they were written to her."""
REASONS: Mapping[str, str] = MappingProxyType(
    {
        NotApplied.WORDS: "",
        NotApplied.NOTHING_NEW: "no new words in it",
        NotApplied.CONVERSATION: "an answer to your own mail",
        NotApplied.NOT_ASKED: "unclear, and not asked",
        NotApplied.SAME_MESSAGE_ID: "a known Message-ID",
        NotApplied.IN_JUNK: "found among junk",
        NotApplied.NEVER_FINISHED: "reading it never ended",
        HoldReason.UNKNOWN_SENDER: "unknown sender",
        HoldReason.NOT_AN_ANSWER: "",
        HoldReason.ANOTHER_PERSON: "not from whom it was sent to",
        HoldReason.AUTHENTICATION: "sender not proven",
        IgnoreReason.OTHER_EVENT: "another event",
        ProblemReason.WHICH_KR: "which key result?",
        ProblemReason.UNCLEAR_VALUE: "no clear number",
        ProblemReason.WHICH_SCALE: "which scale?",
        ProblemReason.OUTLIER: "far from every value so far",
        ProblemReason.RELATIVE_PERCENT: "per cent, or points?",
        ProblemReason.DENOMINATOR_MISMATCH: "out of another total",
        ProblemReason.SIGN_OR_DASH: "a minus, or a dash?",
        ProblemReason.UNKNOWN_KR: "no such key result",
        ProblemReason.CONFLICT: "two different values",
        ProblemReason.OUT_OF_RANGE: "outside its scale",
        ProblemReason.CURRENCY_MISMATCH: "another currency",
        ProblemReason.VAGUE_CLAIM: "done, or nearly?",
        ProblemReason.PAST_TENSE: "now, or then?",
        ProblemReason.SPAN: "how many in all?",
        ProblemReason.OFFERED: "a number of your own",
        ProblemReason.EDITED_QUOTE: "our own line typed over",
        ProblemReason.SCORE: "a score above 1.0",
        ProblemReason.UNDO: "what to undo?",
    }
)
"""Reasons in other words than their own; empty where what is shown speaks for itself."""


def is_personal(mail: Incoming) -> bool:
    """Whether somebody wrote to the mentor herself."""
    return mail.state is IncomingState.HELD and mail.reason in PERSONAL


def reason(mail: Incoming) -> str:
    """Why a mail stands as it does, in a few words; empty where it speaks for itself."""
    return REASONS.get(mail.reason, mail.reason.replace("_", " "))


def detailed(mail: Incoming) -> str:
    """The same with what is known besides: what could not be opened, what is not proven, why she put it away."""
    said, known = reason(mail), {*HoldReason, PUT_AWAY}
    return f"{said}: {mail.detail}" if said and mail.detail and mail.reason in known else said
