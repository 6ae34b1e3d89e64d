"""Each letter that can be answered, with words for every place where it takes any, and what they must come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from okrmate.domain.letters import AnswerLine, Block, Heading, LetterKind, Paragraph, Question
from okrmate.domain.meetings import Participation
from okrmate.reply.advice import Advice
from okrmate.reply.closing import ClosingWords, Score
from okrmate.reply.commands import CommandName
from okrmate.reply.forms import AgendaEntry, AgendaWords, FeedbackWords
from okrmate.reply.pulse import PulseWords
from okrmate.reply.reading import LetterContext
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Update
from okrmate.reply.welcomes import WelcomeWords
from tests.reply.samples import (
    AGENDA,
    CHECK_IN,
    CLOSED,
    CLOSING,
    COACH,
    DIGEST,
    EXCHANGE,
    FEEDBACK,
    HALF,
    INVITATION,
    MID_CYCLE,
    OPEN_QUESTION,
    REFINE_SUMMARY,
    REPLY,
    WELCOME,
    letter_lines,
)

FIRST_TALK: tuple[Block, ...] = (
    Question(id="first", text="Ines, what should Rosa know about you before tomorrow? One line is plenty."),
    Heading(text="No goals are written yet, and none are needed for this talk"),
    AnswerLine(id="first_idea", label="First idea"),
    Paragraph(text="Rosa (sent by okrmate)"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledLetter:
    """A letter, the words written behind or under lines of it, and all that they say, by the name of the field."""

    kind: LetterKind | None
    blocks: tuple[Block, ...]
    words: Mapping[str, str]
    says: Mapping[str, object]
    only_under: bool = field(default=False)
    """Whether the words answer a whole line, so that nobody would write them behind it."""

    @property
    def context(self) -> LetterContext:
        """The letter as what a reply to it is read against."""
        return LetterContext(kind=self.kind, blocks=self.blocks)


def line_of(blocks: tuple[Block, ...], beginning: str) -> str:
    """The line of a letter that begins so."""
    return next(line for line in letter_lines(blocks) if line.startswith(beginning))


LETTERS: Mapping[str, FilledLetter] = {
    "welcome": FilledLetter(
        kind=LetterKind.WELCOME,
        blocks=WELCOME,
        words={"My aims:": "play less; listen", "What I would gain:": "calm"},
        says={"welcome": WelcomeWords(aims=("play less", "listen"), gain="calm")},
    ),
    "welcome, its question": FilledLetter(
        kind=LetterKind.WELCOME,
        blocks=WELCOME,
        words={line_of(WELCOME, "Ines, what"): "Playing without looking at my hands"},
        says={"welcome": WelcomeWords(aims=("Playing without looking at my hands",))},
        only_under=True,
    ),
    "agenda": FilledLetter(
        kind=LetterKind.AGENDA,
        blocks=AGENDA,
        words={
            "Add:": "the summer camp (10 min)",
            "KR 1.1:": "7",
            "KR 1.2:": "blocked by rain",
            "KR 1.3:": "60 %",
            "Answer 1:": "a second room",
            "I tried:": "asking twice",
            "Impact:": "two came back",
        },
        says={
            "agenda": AgendaWords(add=(AgendaEntry(text="the summer camp", minutes=10),)),
            "updates": {("1.1", "set", "7"), ("1.2", "blocked", ""), ("1.3", "set", "60")},
            "advice": (Advice(did="asking twice", impact="two came back"),),
            "answers": {"progress-2": "a second room"},
        },
    ),
    "agenda, its question": FilledLetter(
        kind=LetterKind.AGENDA,
        blocks=AGENDA,
        words={line_of(AGENDA, "Ines, what"): "The children who stopped coming, and why"},
        says={"agenda": AgendaWords(remark="The children who stopped coming, and why")},
        only_under=True,
    ),
    "agenda of a first talk": FilledLetter(
        kind=LetterKind.AGENDA,
        blocks=FIRST_TALK,
        words={"First idea:": "teach the parents too"},
        says={"answers": {"first_idea": "teach the parents too"}},
    ),
    "check-in": FilledLetter(
        kind=LetterKind.CHECK_IN,
        blocks=CHECK_IN,
        words={"KR 1.1:": "7", "KR 2.1:": "2.900 €"},
        says={"updates": {("1.1", "set", "7"), ("2.1", "set", "2900")}},
    ),
    "feedback": FilledLetter(
        kind=LetterKind.FEEDBACK,
        blocks=FEEDBACK,
        words={"One positive:": "the duet", "One suggestion:": "begin at five"},
        says={"feedback": FeedbackWords(positive=("the duet",), suggestion=("begin at five",))},
    ),
    "feedback of the mentor": FilledLetter(
        kind=LetterKind.FEEDBACK,
        blocks=(
            *FEEDBACK,
            AnswerLine(id="my_promise", label="Your promise, if you made one"),
            AnswerLine(id="their_promise", label="A promise of Ines, if there was one"),
        ),
        words={
            "One positive:": "the duet",
            "One suggestion:": "begin at five",
            "Your promise, if you made one:": "the sheet music",
            "A promise of Ines, if there was one:": "a recording",
        },
        says={
            "feedback": FeedbackWords(positive=("the duet",), suggestion=("begin at five",)),
            "answers": {"my_promise": "the sheet music", "their_promise": "a recording"},
        },
    ),
    "half a feedback form": FilledLetter(
        kind=LetterKind.ACKNOWLEDGEMENT,
        blocks=HALF,
        words={line_of(HALF, "Your positive"): "begin at five"},
        says={"feedback": FeedbackWords(suggestion=("begin at five",))},
        only_under=True,
    ),
    "open question": FilledLetter(
        kind=LetterKind.ACKNOWLEDGEMENT,
        blocks=OPEN_QUESTION,
        words={line_of(OPEN_QUESTION, "? Pupils"): "9"},
        says={"updates": {("1.1", "set", "9")}},
        only_under=True,
    ),
    "open question, a letter under it": FilledLetter(
        kind=LetterKind.ACKNOWLEDGEMENT,
        blocks=OPEN_QUESTION,
        words={line_of(OPEN_QUESTION, "? Pupils"): "b"},
        says={"updates": {("1.1", "set", "10")}, "command": CommandName.CHOOSE},
        only_under=True,
    ),
    "open question, a yes under one choice": FilledLetter(
        kind=LetterKind.ACKNOWLEDGEMENT,
        blocks=OPEN_QUESTION,
        words={line_of(OPEN_QUESTION, "b)"): "yes"},
        says={"updates": {("1.1", "set", "10")}, "command": CommandName.CHOOSE},
        only_under=True,
    ),
    "invitation": FilledLetter(
        kind=LetterKind.INVITATION,
        blocks=INVITATION,
        words={"c) no, and these times would:": "Monday after ten"},
        says={
            "rsvp": Participation.DECLINED,
            "agenda": AgendaWords(reschedule_request="Monday after ten"),
        },
    ),
    "invitation, a yes under one choice": FilledLetter(
        kind=LetterKind.INVITATION,
        blocks=INVITATION,
        words={"a) yes": "x"},
        says={"rsvp": Participation.ACCEPTED},
        only_under=True,
    ),
    "invitation, its question": FilledLetter(
        kind=LetterKind.INVITATION,
        blocks=INVITATION,
        words={line_of(INVITATION, "Ines, does"): "Yes, with pleasure"},
        says={"rsvp": Participation.ACCEPTED},
        only_under=True,
    ),
    "exchange": FilledLetter(
        kind=LetterKind.EXCHANGE,
        blocks=EXCHANGE,
        words={line_of(EXCHANGE, '"You asked'): "They told me more than I had hoped."},
        says={"answers": {"Rosa, one positive": "They told me more than I had hoped."}},
        only_under=True,
    ),
    "the mentor's own words": FilledLetter(
        kind=LetterKind.REPLY,
        blocks=REPLY,
        words={line_of(REPLY, "Which of"): "The one on Friday, it is half empty."},
        says={"message": "The one on Friday, it is half empty."},
        only_under=True,
    ),
    "refined goals, agreed": FilledLetter(
        kind=LetterKind.REFINE_SUMMARY,
        blocks=REFINE_SUMMARY,
        words={line_of(REFINE_SUMMARY, "Ines, is"): "agree"},
        says={"agree": True},
        only_under=True,
    ),
    "refined goals, a remark under one": FilledLetter(
        kind=LetterKind.REFINE_SUMMARY,
        blocks=REFINE_SUMMARY,
        words={line_of(REFINE_SUMMARY, "Pupils"): "I would rather count lessons"},
        says={"wishes": ("KR 1.1: I would rather count lessons",)},
        only_under=True,
    ),
    "first draft": FilledLetter(
        kind=LetterKind.COACH,
        blocks=COACH,
        words={line_of(COACH, "One question"): "The parents who walk past would ring me."},
        says={"answers": {"first": "The parents who walk past would ring me."}},
        only_under=True,
    ),
    "half-time": FilledLetter(
        kind=LetterKind.MID_CYCLE,
        blocks=MID_CYCLE,
        words={
            "Helpful, 1 to 5:": "4, you wait",
            "What would make it one higher:": "a timetable",
            "I would change:": "1.2 may go",
        },
        says={
            "pulse": PulseWords(helpful=4, because="you wait", one_higher="a timetable"),
            "wishes": ("1.2 may go",),
        },
    ),
    "half-time, a tick under one choice": FilledLetter(
        kind=LetterKind.MID_CYCLE,
        blocks=MID_CYCLE,
        words={line_of(MID_CYCLE, "b)"): "✓"},
        says={"choices": ("b",)},
        only_under=True,
    ),
    "closing": FilledLetter(
        kind=LetterKind.CLOSING,
        blocks=CLOSING,
        words={
            "Learned:": "listen first",
            "Score 1.1:": "0.8, nine came",
            "Score 1.2:": "90 %",
            "Carry over:": "1.1",
            "Drop:": "1.2",
            "Helpful, 1 to 5:": "5",
        },
        says={
            "closing": ClosingWords(
                learned="listen first",
                scores=(
                    Score(kr="1.1", score=Decimal("0.8"), note="nine came"),
                    Score(kr="1.2", score=Decimal("0.9")),
                ),
                carry=("1.1",),
                drop=("1.2",),
                helpful="5",
            ),
            "pulse": PulseWords(helpful=5),
        },
    ),
    "closed goals": FilledLetter(
        kind=LetterKind.CLOSED,
        blocks=CLOSED,
        words={line_of(CLOSED, "Pupils"): "That was a good spring."},
        says={"message": "That was a good spring."},
        only_under=True,
    ),
    "digest": FilledLetter(
        kind=LetterKind.DIGEST,
        blocks=DIGEST,
        words={"Line for Ines:": "The duet was lovely.", "Line for Tarek:": "Bring the oud."},
        says={"lines": {"Ines": "The duet was lovely.", "Tarek": "Bring the oud."}},
    ),
}


def said(understood: Understood) -> dict[str, object]:
    """Everything that was understood, by name, where it is anything."""
    everything: dict[str, object] = {
        "updates": {(one.kr, one.op.value, _number(one)) for one in understood.updates},
        "problems": understood.problems,
        "command": understood.command and understood.command.name,
        "feedback": understood.feedback or None,
        "agenda": understood.agenda or None,
        "rsvp": understood.rsvp,
        "welcome": None if understood.welcome in {None, WelcomeWords()} else understood.welcome,
        "draft": understood.draft,
        "pulse": understood.pulse,
        "closing": None if understood.closing in {None, ClosingWords()} else understood.closing,
        "advice": understood.advice,
        "choices": understood.choices,
        "agree": understood.agree,
        "wishes": understood.wishes,
        "lines": dict(understood.lines),
        "offered": understood.offered,
        "answers": dict(understood.answers),
        "message": understood.message,
        "held": understood.held,
        "asks": understood.asks,
        "unread": understood.unread,
    }
    return {name: value for name, value in everything.items() if value}


def _number(update: Update) -> str:
    return "" if update.value is None else f"{update.value.normalize():f}"
