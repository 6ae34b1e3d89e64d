"""What the readers of a sentence share: the context, the words of the locale, and steps over small words."""

from okrmate.domain.metrics import MetricKind
from okrmate.reply.amounts import Manner
from okrmate.reply.bodies import BodyReader
from okrmate.reply.context import KeyResultContext, ReplyContext
from okrmate.reply.folding import skip
from okrmate.reply.lexicon import Lexicon, lexicon
from okrmate.reply.numbers import decimal_mark
from okrmate.reply.updates import Op, Outcome, Update

_UNNAMED = KeyResultContext(ref="", title="", kind=MetricKind.COUNT)


class SentenceReader:
    """A reader of sentences against one context."""

    def __init__(self, context: ReplyContext) -> None:
        """Take the words and number signs of the person's locale."""
        self._context = context
        self._words: Lexicon = lexicon(context.locale)
        self._bodies = BodyReader(self._words, decimal_mark(context.locale))

    def _manner(self) -> Manner:
        """How numbers are read before it is known which key result they are about: as those of the first one."""
        return self._bodies.manner(next(iter(self._context.key_results), _UNNAMED))

    def _past(self, low: str, at: int, *names: str, between: str = " :") -> int:
        """Past every phrase of these lists that follows, with the blanks and signs of `between` after each."""
        while True:
            end = max(self._words.starts(name, low, at) for name in names)
            if end < 0:
                return at
            at = skip(low, end, between)


def says(outcome: Outcome, *ops: Op) -> bool:
    """Whether an outcome is an update by one of these operations."""
    return isinstance(outcome, Update) and outcome.op in ops
