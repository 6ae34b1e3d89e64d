"""One person's key results of every kind, and a letter of each form, for the tests of reading."""

from collections.abc import Sequence
from decimal import Decimal

from okrmate.domain.letters import (
    AnswerLine,
    Block,
    Choice,
    Heading,
    Item,
    Items,
    KeyResultLine,
    Marker,
    Paragraph,
    Question,
    QuotedLine,
)
from okrmate.domain.metrics import MetricKind
from okrmate.reply.context import KeyResultContext, ReplyContext
from okrmate.reply.statements import read_updates
from okrmate.reply.updates import Outcome, Problem, ProblemReason, Update

PUPILS = KeyResultContext(
    ref="1.1",
    title="Pupils who book a second lesson",
    kind=MetricKind.COUNT,
    baseline=Decimal(2),
    target=Decimal(12),
    current=Decimal(5),
    unit="pupils",
)
WEBSITE = KeyResultContext(
    ref="1.2",
    title="Timetable page published",
    kind=MetricKind.MILESTONE,
    baseline=Decimal(0),
    target=Decimal(100),
    current=Decimal(30),
    unit="%",
)
PARENTS = KeyResultContext(
    ref="1.3",
    title="Parents answering within a day",
    kind=MetricKind.PERCENT,
    baseline=Decimal(40),
    target=Decimal(75),
    current=Decimal(55),
    unit="%",
)
INCOME = KeyResultContext(
    ref="2.1",
    title="Workshop income",
    kind=MetricKind.CURRENCY,
    baseline=Decimal(800),
    target=Decimal(6000),
    current=Decimal(2400),
    unit="EUR",
)
READERS = KeyResultContext(
    ref="2.2",
    title="50% increase in newsletter readers",
    kind=MetricKind.PERCENT_INCREASE,
    baseline=Decimal(200),
    target=Decimal(300),
    current=Decimal(220),
    unit="readers",
)
CHOIR = KeyResultContext(
    ref="3.1",
    title="5% more choir singers each month",
    kind=MetricKind.MOM_GROWTH,
    baseline=Decimal(0),
    target=Decimal(5),
    current=Decimal(2),
    unit="%",
    measure="singers",
    previous=Decimal(40),
)
EVERY = (PUPILS, WEBSITE, PARENTS, INCOME, READERS, CHOIR)


def context(*key_results: KeyResultContext, locale: str = "en", asked: str = "") -> ReplyContext:
    return ReplyContext(key_results=key_results or EVERY, locale=locale, asked=asked)


def read_line(text: str, *key_results: KeyResultContext, locale: str = "en", asked: str = "") -> tuple[Outcome, ...]:
    return read_updates(text, context(*key_results, locale=locale, asked=asked))


def only_update(text: str, *key_results: KeyResultContext, locale: str = "en") -> Update:
    (outcome,) = read_line(text, *key_results, locale=locale)
    assert isinstance(outcome, Update), outcome
    return outcome


def only_reason(text: str, *key_results: KeyResultContext, locale: str = "en") -> ProblemReason:
    (outcome,) = read_line(text, *key_results, locale=locale)
    assert isinstance(outcome, Problem), outcome
    return outcome.reason


def shown(kr: KeyResultContext, display: str) -> KeyResultLine:
    return KeyResultLine(ref=kr.ref, key_result=f"id-{kr.ref}", display=f"{kr.title}: {display} (KR {kr.ref})")


AGENDA: tuple[Block, ...] = (
    Question(id="first", text="Ines, what would you most like to talk about on Friday at 10:00? One line is enough."),
    Marker(text="· · · Write above this line, or after any colon below · · ·"),
    AnswerLine(id="add", label="Add"),
    Heading(text="The list so far (30 of 60 min)"),
    Items(
        items=(
            Item(number=1, text="The open evening in May, and who could run the second half of it", minutes=20),
            Item(number=2, text="One positive and one suggestion from each of you", minutes=10),
        )
    ),
    Heading(text="Your numbers, last heard on 2 May"),
    shown(PUPILS, "5 of 12, began at 2"),
    shown(WEBSITE, "30 %, began at 0 %"),
    shown(PARENTS, "55 % of 75 %, began at 40 %"),
    Paragraph(text='A number, "no change", "done", "blocked by ..." or a sentence. Skip what you do not know.'),
    Question(id="progress-2", text="What is missing today that would help?", label="Answer 1"),
    AnswerLine(id="tried", label="I tried"),
    AnswerLine(id="impact", label="Impact"),
    Paragraph(text="Rosa (sent by okrmate)"),
)
FEEDBACK: tuple[Block, ...] = (
    Question(id="first", text="Ines, what was good about the talk, and what would make the next one better?"),
    Marker(text="· · · Write above this line, or after any colon below · · ·"),
    AnswerLine(id="positive", label="One positive"),
    AnswerLine(id="suggestion", label="One suggestion"),
    Paragraph(text='If the talk did not happen, write "no meeting".'),
)
INVITATION: tuple[Block, ...] = (
    Question(id="first", text="Ines, does Friday 8 May, 10:00 to 11:00 work for you?"),
    Choice(id="yes", letter="a", text="yes"),
    Choice(id="maybe", letter="b", text="maybe"),
    Choice(id="no", letter="c", text="no, and these times would:"),
)
ATTRIBUTION = "On Tue, 5 May 2026 at 09:00, Rosa Klein <rosa@example.org> wrote:"


def plain(*lines: str, depth: int = 0) -> tuple[QuotedLine, ...]:
    return tuple(QuotedLine(text=line, depth=depth) for line in lines)


def letter_lines(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Our letter's lines as a mail program shows them."""
    return tuple(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> list[str]:
    match block:
        case Paragraph(text=text) | Heading(text=text) | Marker(text=text):
            return text.splitlines()
        case AnswerLine(label=label):
            return [f"{label}:"]
        case KeyResultLine(display=display, label=label):
            return [display, f"{label}:"]
        case Question(text=text, label=label):
            return [text, f"{label}:"] if label else [text]
        case Choice(letter=letter, text=text):
            return [f"{letter}) {text}"]
        case Items(items=items):
            return [f"{item.number}. {item.text} ({item.minutes} min)" for item in items]


def quoted(blocks: Sequence[Block], depth: int = 1) -> tuple[QuotedLine, ...]:
    return plain(*letter_lines(blocks), depth=depth)
