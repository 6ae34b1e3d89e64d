"""What an unclear line could mean: the lettered choices of its question, each saying what it would make."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from okrmate.domain.metrics import Currency, Metric, MomGrowth, PercentIncrease, check_value
from okrmate.domain.okrs import KeyResult
from okrmate.mail.markup import shorten
from okrmate.mail.words import Words
from okrmate.reply.choices import NOTHING, choice_id, meant
from okrmate.reply.context import ReplyContext
from okrmate.reply.updates import Op, Problem, ProblemReason, Update
from okrmate.services.letters.contexts import OfferedChoice
from okrmate.services.letters.key_result_lines import value_text
from okrmate.services.mentoring.okrs import Standing
from okrmate.services.mentoring.readings import value_after

MOST = 4
"""More ways than this to read a line are no choice any more: it is asked for its code and value."""
CHOICE_TITLE = 44
"""Characters of a choice's words in front of its code."""
_HUNDRED = Decimal(100)
_MINUS = ("-", "−", "–")


class Offers:
    """The choices for the questions about one answer: its key results as they were read, and the reader's words."""

    def __init__(self, standings: Sequence[Standing], context: ReplyContext, words: Words) -> None:
        """Know what the line was read against."""
        self._by_ref = {standing.key_result.ref: standing for standing in standings}
        self._context = context
        self._words = words

    def title(self, ref: str) -> str:
        """The title of a key result that the answer was read against, empty for any other code."""
        standing = self._by_ref.get(ref)
        return standing.key_result.title if standing else ""

    def of(self, problem: Problem) -> tuple[OfferedChoice, ...]:
        """The choices for one unclear line; none where its answer is open, or where too much is possible."""
        standing = self._by_ref.get(problem.kr)
        if standing is None:
            return self._which(problem) if problem.reason is ProblemReason.WHICH_KR else ()
        match problem.reason:
            case ProblemReason.VAGUE_CLAIM:
                done = Update(kr=problem.kr, op=Op.DONE)
                return (self._choice(done, self._say("done"), ref=problem.kr), self._other("not_quite"))
            case ProblemReason.CONFLICT:
                parts = [part for piece in problem.words.split("; ") if (part := self._meant(problem.kr, piece))]
                values = [value for part in parts if (value := self._value(standing, part)) is not None]
                return self._several(standing, values)
            case ProblemReason.RELATIVE_PERCENT:
                return self._several(standing, _relative(standing, problem))
            case ProblemReason.SIGN_OR_DASH:
                return self._several(standing, _less_or_is(standing, problem))
            case ProblemReason.SPAN:
                known = _known(standing) or Decimal(0)
                more = () if problem.value is None else (problem.value, known + problem.value)
                return self._several(standing, more)
            case ProblemReason.WHICH_SCALE:
                return self._share(standing, problem)
            case ProblemReason.OUTLIER | ProblemReason.DENOMINATOR_MISMATCH:
                return self._as_read(standing, problem, "other")
            case ProblemReason.OFFERED:
                return self._as_read(standing, problem, "not_recorded")
            case _:
                return ()

    def _which(self, problem: Problem) -> tuple[OfferedChoice, ...]:
        """The key results the line could be about, each with what it would make of them."""
        found: list[OfferedChoice] = []
        for ref in problem.candidates:
            standing, said = self._by_ref.get(ref), self._meant(ref, problem.words)
            if standing is None or said is None:
                continue
            value = self._value(standing, said)
            if value is None or said.op in (Op.DONE, Op.NOCHANGE):
                found.append(self._choice(said, shorten(standing.key_result.title, CHOICE_TITLE), ref=ref))
            else:
                change = self._change(standing, value)
                title = shorten(standing.key_result.title, CHOICE_TITLE - len(change) - 2)
                made = Update(kr=ref, op=Op.SET, value=value)
                found.append(self._choice(made, f"{title}: {change}", ref=ref))
        if len(found) == 1:
            found.append(self._other("other"))
        return tuple(found) if len(found) <= MOST else ()

    def _several(self, standing: Standing, values: Sequence[Decimal]) -> tuple[OfferedChoice, ...]:
        """The values the key result could have; a single one is no choice."""
        fitting = [value for value in dict.fromkeys(values) if _fits(standing.key_result.metric, value)]
        made = [Update(kr=standing.key_result.ref, op=Op.SET, value=value) for value in fitting]
        if not 1 < len(made) <= MOST:
            return ()
        return tuple(
            self._choice(each, self._change(standing, value)) for each, value in zip(made, fitting, strict=True)
        )

    def _as_read(self, standing: Standing, problem: Problem, other: str) -> tuple[OfferedChoice, ...]:
        """The value as it was read, or another, or none."""
        value = problem.value
        if value is None or not _fits(standing.key_result.metric, value):
            return ()
        new = self._text(standing.key_result, value)
        differs = problem.reason is ProblemReason.DENOMINATOR_MISMATCH
        text = self._change(standing, value) if differs else self._say("yes", new=new)
        return (self._choice(Update(kr=problem.kr, op=Op.SET, value=value), text), self._other(other))

    def _share(self, standing: Standing, problem: Problem) -> tuple[OfferedChoice, ...]:
        """A percentage of a count or of money: that share of the target, or another number."""
        metric, percent = standing.key_result.metric, problem.value
        if percent is None or isinstance(metric, MomGrowth | PercentIncrease):
            return ()
        value = metric.target * percent / _HUNDRED
        if value != value.to_integral_value() and not isinstance(metric, Currency):
            return ()
        if not _fits(metric, value):
            return ()
        text = self._say(
            "share",
            share=self._words.percent(percent),
            target=self._text(standing.key_result, metric.target),
            new=self._text(standing.key_result, value),
        )
        update = Update(kr=problem.kr, op=Op.SET, value=value)
        return (self._choice(update, text), self._other("other"))

    def _meant(self, ref: str, text: str) -> Update | None:
        """What the words say of this key result, where they say one thing."""
        return meant(self._context, text, ref)

    def _value(self, standing: Standing, update: Update) -> Decimal | None:
        value = value_after(standing.key_result.metric, standing.summary, update)
        return value if value is not None and _fits(standing.key_result.metric, value) else None

    def _change(self, standing: Standing, value: Decimal) -> str:
        """The old value and the new one."""
        old, new = _known(standing), self._text(standing.key_result, value)
        return new if old is None or old == value else f"{self._text(standing.key_result, old)} → {new}"

    def _text(self, key_result: KeyResult, value: Decimal) -> str:
        return value_text(key_result.metric, value, self._words)

    def _say(self, name: str, **values: str) -> str:
        return self._words.phrase("choices", name, **values)

    def _choice(self, update: Update, text: str, ref: str = "") -> OfferedChoice:
        return OfferedChoice(id=choice_id(update), text=text, ref=ref)

    def _other(self, name: str) -> OfferedChoice:
        return OfferedChoice(id=NOTHING, text=self._say(name))


def _fits(metric: Metric, value: Decimal) -> bool:
    return check_value(metric, value) is None


def _known(standing: Standing) -> Decimal | None:
    """The value that counts, or the one it began at."""
    value = standing.summary.value
    return standing.key_result.metric.baseline if value is None else value


def _relative(standing: Standing, problem: Problem) -> list[Decimal]:
    """A percentage as points of the scale, and as a part of the number itself."""
    metric, known, size = standing.key_result.metric, _known(standing), problem.value
    if size is None or known is None:
        return []
    change = -size if problem.words.lstrip(" :=").startswith(_MINUS) else size
    if isinstance(metric, MomGrowth):
        return [change, known + change]
    return list(_grown(metric, known, change))


def _grown(metric: Metric, known: Decimal, change: Decimal) -> Iterator[Decimal]:
    if metric.unit == "%":
        yield known + change
    yield _plain(known * (_HUNDRED + change) / _HUNDRED)
    if isinstance(metric, PercentIncrease) and metric.baseline is not None:
        yield _plain(metric.baseline * (_HUNDRED + change) / _HUNDRED)


def _plain(value: Decimal) -> Decimal:
    """Without the zeros that a division leaves behind."""
    return Decimal(format(value.normalize(), "f"))


def _less_or_is(standing: Standing, problem: Problem) -> list[Decimal]:
    """The value less by that, and the value itself."""
    known, size = _known(standing), problem.value
    return [known - size, size] if size is not None and known is not None else []
