"""What hurried people answer to each letter from their phone: done as meant, asked about, or left to the mentor."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from okrmate.domain.letters import Block, LetterKind, QuotedLine
from okrmate.domain.people import Side
from okrmate.reply.commands import CommandName
from okrmate.reply.context import ReplyContext
from okrmate.reply.forms import AgendaWords, FeedbackWords
from okrmate.reply.reading import LetterContext, read
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Op, Outcome, Problem
from tests.reply.samples import (
    AGENDA,
    ATTRIBUTION,
    CHECK_IN,
    CLOSING,
    COACH,
    DIGEST,
    FEEDBACK,
    HALF,
    INCOME,
    INVITATION,
    MID_CYCLE,
    OPEN_QUESTION,
    PARENTS,
    PUPILS,
    REFINE_SUMMARY,
    WEBSITE,
    WELCOME,
    context,
    letter_lines,
    plain,
)

LISTED = context(PUPILS, WEBSITE, PARENTS)
LETTERS: Mapping[str, tuple[LetterKind | None, tuple[Block, ...], ReplyContext]] = {
    "agenda": (LetterKind.AGENDA, AGENDA, LISTED),
    "feedback": (LetterKind.FEEDBACK, FEEDBACK, LISTED),
    "invitation": (LetterKind.INVITATION, INVITATION, LISTED),
    "question": (LetterKind.ACKNOWLEDGEMENT, OPEN_QUESTION, LISTED),
    "half": (LetterKind.ACKNOWLEDGEMENT, HALF, LISTED),
    "welcome": (LetterKind.WELCOME, WELCOME, LISTED),
    "check-in": (None, CHECK_IN, context(PUPILS, INCOME)),
    "mid-cycle": (LetterKind.MID_CYCLE, MID_CYCLE, context(PUPILS, WEBSITE)),
    "closing": (LetterKind.CLOSING, CLOSING, context(PUPILS, WEBSITE)),
    "refine": (LetterKind.REFINE_SUMMARY, REFINE_SUMMARY, context(PUPILS, PARENTS)),
    "digest": (LetterKind.DIGEST, DIGEST, LISTED),
    "coach": (LetterKind.COACH, COACH, context()),
    "copy": (LetterKind.AGENDA, AGENDA, LISTED),
}
OF_MENTOR = ("digest", "copy")
REPLIES = tomllib.loads((Path(__file__).parent / "on_the_phone.toml").read_text(encoding="utf-8"))


def mail(blocks: tuple[Block, ...], reply: str) -> tuple[QuotedLine, ...]:
    """The reply above the quoted letter, or behind its lines where it says so."""
    above = [line for line in reply.splitlines() if not line.startswith("@")]
    inside = [line[1:] for line in reply.splitlines() if line.startswith("@")]
    quote: list[QuotedLine] = []
    for ours in letter_lines(blocks):
        behind = next((line for line in inside if line.startswith(ours)), ours)
        quote.append(QuotedLine(text=behind, depth=1))
    return (*plain(*above), *plain("", ATTRIBUTION), *quote)


def effects(said: Understood) -> Iterator[str]:
    """What a reply does, in the words of the file."""
    yield from dict.fromkeys(_of_key_results(one) for one in said.outcomes)
    if said.command and said.command.name is not CommandName.CHOOSE:
        yield f"!{said.command.name}"
    yield from (f"choice {letter}" for letter in (said.command.choices if said.command else said.choices))
    yield from _agenda(said.agenda) if said.agenda else ()
    yield from _feedback(said.feedback) if said.feedback else ()
    for advice in said.advice:
        yield from (f"{name} {text}" for name, text in (("tried", advice.did), ("impact", advice.impact)) if text)
    if said.rsvp is not None:
        yield f"comes {({'ACCEPTED': 'yes', 'DECLINED': 'no', 'TENTATIVE': 'maybe'})[said.rsvp]}"
    if said.welcome is not None:
        yield from (f"aim {aim}" for aim in said.welcome.aims)
        yield from (f"gain {said.welcome.gain}",) if said.welcome.gain else ()
        yield from (name for name in ("agree", "read") if getattr(said.welcome, name))
    yield from _closing(said)
    yield from (f"line {name} {text}" for name, text in said.lines.items())
    yield from (f"answer {to} {text}" for to, text in said.answers.items())
    draft = said.draft or (said.welcome.draft if said.welcome else None)
    present = {"agree": said.agree, "wish": said.wishes, "draft": draft, "offered": said.offered, "held": said.held}
    yield from (name for name, content in {**present, "asks": said.asks}.items() if content)


def _of_key_results(one: Outcome) -> str:
    if isinstance(one, Problem):
        return "?"
    match one.op:
        case Op.SET:
            return f"{one.kr}={one.value:f}"
        case Op.ADD:
            return f"{one.kr}+{one.value:f}"
        case op:
            return f"{one.kr} {op}"


def _agenda(said: AgendaWords) -> Iterator[str]:
    yield from (f"add {one.text}{f' ({one.minutes})' if one.minutes else ''}" for one in said.add)
    yield from (f"drop {number}" for number in said.remove)
    yield from (f"move {number} {place}" for number, place in said.move)
    yield from ("approve",) if said.approve else ()
    yield from ("request",) if said.reschedule_request else ()


def _feedback(said: FeedbackWords) -> Iterator[str]:
    yield from (f"good {words}" for words in said.positive)
    yield from (f"better {words}" for words in said.suggestion)
    yield from ("missed",) if said.no_meeting else ()


def _closing(said: Understood) -> Iterator[str]:
    if said.pulse is not None:
        yield from (f"helpful {said.pulse.helpful}",) if said.pulse.helpful is not None else ()
        yield from (f"higher {said.pulse.one_higher}",) if said.pulse.one_higher else ()
    if said.closing is not None:
        yield from (f"score {one.kr} {one.score.normalize():f}" for one in said.closing.scores)
        yield from (f"learned {said.closing.learned}",) if said.closing.learned else ()
        yield from (f"carry {ref}" for ref in said.closing.carry)
        yield from (f"let-go {ref}" for ref in said.closing.drop)


def right(meaning: str, found: set[str]) -> bool:
    """Whether one of the right answers of a meaning is what was found."""
    for answer in meaning.split("|"):
        told = [one.strip() for one in answer.split(";") if one.strip()]
        needed = {one for one in told if not one.startswith("~")}
        allowed = needed | {one[1:] for one in told if one.startswith("~")}
        if needed <= found <= allowed:
            return True
    return False


def found_in(letter: str, reply: str) -> set[str]:
    """What reading a reply to one of the letters does; its words under the first question are only for the mentor."""
    kind, blocks, about = LETTERS[letter]
    to = Side.MENTOR if letter in OF_MENTOR else Side.PROTEGE
    said = read(mail(blocks, reply), LetterContext(kind=kind, blocks=blocks, to=to), about)
    return {one for one in effects(said) if letter == "coach" or not one.startswith("answer first ")}


@pytest.mark.parametrize("letter", REPLIES)
def test_replies_from_a_phone_do_what_was_meant(letter: str) -> None:
    wrong = {
        reply: (meaning, sorted(found))
        for reply, meaning in REPLIES[letter]["replies"]
        if not right(meaning, found := found_in(letter, reply))
    }
    assert wrong == {}
