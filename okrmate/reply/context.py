"""What reading a reply needs to know: the key results asked about, how the person writes, and what is open."""

from decimal import Decimal

from okrmate.domain.metrics import MetricKind
from okrmate.domain.parts import Part
from okrmate.frozen import Frozen
from okrmate.reply.updates import Op


class KeyResultContext(Frozen):
    """A key result as the letter showed it; `measure` and `previous` are last month's count of a monthly growth.

    Of one that was not `heard` of yet no number was ever said, so that its current one is the baseline.
    """

    ref: str
    title: str
    kind: MetricKind
    baseline: Decimal | None = None
    target: Decimal | None = None
    current: Decimal | None = None
    unit: str = ""
    measure: str = ""
    previous: Decimal | None = None
    heard: bool = True
    sources: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    """What was last told of each of its sources."""
    steps: tuple[str, ...] = ()

    @property
    def objective(self) -> str:
        """The number of its objective."""
        return self.ref.partition(".")[0]

    @property
    def number(self) -> str:
        """Its number within the objective."""
        return self.ref.partition(".")[2]

    @property
    def on_scale(self) -> bool:
        """Whether it is measured from 0 to 100 %."""
        return self.kind in {MetricKind.PERCENT, MetricKind.MILESTONE} or (
            self.kind is MetricKind.THRESHOLD and self.unit.strip() == "%"
        )


class Pending(Frozen):
    """A question that is open: the update it would make, and the letter that chooses it, empty for yes or no.

    Without an `op` nothing would change: "not quite". `question` counts the questions of the letter from 1, so that
    `2c` is the c of the second; 0 where that is not known.
    """

    kr: str
    choice: str = ""
    op: Op | None = None
    value: Decimal | None = None
    question: int = 0


class ReplyContext(Frozen):
    """Everything a reply is read against.

    `writer` is the name the sender is known by: alone on the last line it is a signature, no word for anybody.
    `asked` is the ref of the one key result the letter asked for by name, `told` that of the one whose change it told
    and may be corrected ("sorry, 5"). `numbered` says that the letter also
    numbers the items of a list, so that a bare number may mean one of those.
    """

    key_results: tuple[KeyResultContext, ...]
    locale: str = ""
    writer: str = ""
    pending: tuple[Pending, ...] = ()
    asked: str = ""
    told: str = ""
    numbered: bool = False

    def find(self, ref: str) -> KeyResultContext | None:
        """The key result of that ref."""
        return next((kr for kr in self.key_results if kr.ref == ref), None)

    @property
    def only(self) -> KeyResultContext | None:
        """The key result a bare value means: the one asked by name, or the only one there is."""
        if self.asked:
            return self.find(self.asked)
        return self.key_results[0] if len(self.key_results) == 1 else None
