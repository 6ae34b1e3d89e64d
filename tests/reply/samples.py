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
    ParagraphRole,
    Question,
    QuotedLine,
)
from okrmate.domain.metrics import MetricKind
from okrmate.frozen import replace
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
WELCOME: tuple[Block, ...] = (
    Question(id="first", text="Ines, what would make half a year with Rosa worth your time? One line is enough."),
    Marker(text="· · · Write above this line, or after any colon below · · ·"),
    AnswerLine(id="aims", label="My aims"),
    AnswerLine(id="gain", label="What I would gain"),
    Paragraph(text='If all of this suits you, write "agree". If it does not, write what you would change.'),
)
EXCHANGE: tuple[Block, ...] = (
    Paragraph(text="You both wrote after the talk on Friday. Nothing to answer."),
    Paragraph(text='Rosa, one positive:\n"You asked the parents before you planned."'),
    Paragraph(text='Rosa, one suggestion:\n"Bring the timetable along the next time."'),
)
REPLY: tuple[Block, ...] = (
    Paragraph(text="That sounds like a lot at once."),
    Paragraph(text="Which of the two lessons would you drop first?\nWrite when you know."),
    Paragraph(text="Rosa (sent by okrmate)", role=ParagraphRole.SIGNATURE),
)
HALF: tuple[Block, ...] = (
    Question(id="suggestion", text="Your positive is kept. One suggestion would make it whole: what should change?"),
    Paragraph(text="One line is quite enough. It is asked once.", role=ParagraphRole.HINT),
)
OPEN_QUESTION: tuple[Block, ...] = (
    Paragraph(text="One question, and nothing changed so far."),
    Question(id="ask-1", text='? Pupils who book a second lesson, "more" (KR 1.1). How many?', about="1.1"),
    Choice(id="ask-1-a", letter="a", text="5 → 6 pupils"),
    Choice(id="ask-1-b", letter="b", text="5 → 10 pupils"),
)
CHECK_IN: tuple[Block, ...] = (
    Question(id="first", text="Ines, did anything move since the second of May? A bare number is enough."),
    Marker(text="· · · Write above this line, or after any colon below · · ·"),
    shown(PUPILS, "5 of 12, began at 2"),
    shown(INCOME, "2,400 € of 6,000 €, began at 800 €"),
)
REFINE_SUMMARY: tuple[Block, ...] = (
    Question(id="first", text='Ines, is this what you want to work for until July? If so, write "agree".'),
    Marker(text="· · · Write above this line · · ·"),
    Heading(text="A music school that parents talk about (objective 1)"),
    replace(shown(PUPILS, "from 2 to 12"), shown=True),
    replace(shown(PARENTS, "from 40 % to 75 %"), shown=True),
    Paragraph(text="Rosa has agreed. It begins when you do, and can be changed at any time."),
)
DIGEST: tuple[Block, ...] = (
    Question(id="first", text="Rosa, would you write a line for Ines? Her agenda leaves today at 09:00."),
    AnswerLine(id="line-1", label="Line for Ines"),
    AnswerLine(id="line-2", label="Line for Tarek"),
    Heading(text="Moved since last Monday, as far as anybody wrote"),
    replace(shown(PUPILS, "4 → 5 of 12"), shown=True),
)
MID_CYCLE: tuple[Block, ...] = (
    Question(id="first", text="Ines, how helpful is this mentorship to you, from 1 (hardly) to 5 (very)?"),
    Marker(text="· · · Write above this line, or after any colon below · · ·"),
    AnswerLine(id="helpful", label="Helpful, 1 to 5"),
    AnswerLine(id="higher", label="What would make it one higher"),
    Paragraph(text="Half of your time has passed. Perhaps these are the wrong numbers for you."),
    replace(shown(PUPILS, "5 of 12, began at 2"), shown=True),
    replace(shown(WEBSITE, "30 %, began at 0 %"), shown=True),
    AnswerLine(id="change", label="I would change"),
    Choice(id="keep", letter="a", text="keep all of them, more numbers will come"),
    Choice(id="fewer", letter="b", text="have fewer of them, or make them smaller"),
    Choice(id="anew", letter="c", text="begin all over again together with Rosa"),
)
CLOSING: tuple[Block, ...] = (
    Question(id="first", text="Ines, what did you learn this spring that you want to keep? One line is enough."),
    Marker(text="· · · Write above this line, or after any colon below · · ·"),
    AnswerLine(id="learned", label="Learned"),
    replace(shown(PUPILS, "9 of 12, by the numbers 0.6"), shown=True),
    AnswerLine(id="Score 1.1", label="Score 1.1"),
    replace(shown(WEBSITE, "done, by the numbers 1.0"), shown=True),
    AnswerLine(id="Score 1.2", label="Score 1.2"),
    AnswerLine(id="carry", label="Carry over"),
    AnswerLine(id="drop", label="Drop"),
    AnswerLine(id="helpful", label="Helpful, 1 to 5"),
)
COACH: tuple[Block, ...] = (
    Paragraph(
        text="Draft kept: 1 objective, 2 key results.\nTeach more people the violin\nPut up posters near the station",
        role=ParagraphRole.DRAFT,
    ),
    Paragraph(text="Good: whoever walks past the station will see that you teach."),
    Question(id="first", text="One question: if the posters work, who will do what they do not do today?"),
)
CLOSED: tuple[Block, ...] = (
    Paragraph(text="Your goals are closed. Nothing to answer; keep this mail if you like it."),
    Paragraph(text='You learned: "listen first"'),
    Paragraph(text="Pupils who book a second lesson: 2 → 9, goal 12 (KR 1.1), 0.6"),
    Paragraph(text="Rosa (sent by okrmate)", role=ParagraphRole.SIGNATURE),
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
        case KeyResultLine(display=display, label=label, shown=shown):
            return [display] if shown else [display, f"{label}:"]
        case Question(text=text, label=label):
            return [text, f"{label}:"] if label else [text]
        case Choice(letter=letter, text=text):
            return [f"{letter}) {text}"]
        case Items(items=items):
            return [f"{item.number}. {item.text} ({item.minutes} min)" for item in items]


def quoted(blocks: Sequence[Block], depth: int = 1) -> tuple[QuotedLine, ...]:
    return plain(*letter_lines(blocks), depth=depth)
