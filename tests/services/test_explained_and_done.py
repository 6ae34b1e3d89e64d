"""What `explain` says of a mail is what reading it then does, for every mail that the tests know."""

import mailbox
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from okrmate.demo.answering import written
from okrmate.demo.home import open_story
from okrmate.domain.errors import UsageError
from okrmate.domain.letters import Incoming, LetterKind, Outgoing
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.mail.layout import text
from okrmate.services.incoming.explaining import Explanation, explain_mail
from tests.corpus.made_answers import made_answer
from tests.fakes import CountingTokens
from tests.mail.odd_mails import ODD_MAILS
from tests.reply.reply_styles import HTML, PLAIN, Place, shown
from tests.services.post_office import PostOffice

HERS = "olivia@example.org"
MADE = sorted((Path(__file__).parents[1] / "reply" / "made").glob("*.mbox"))
WORDS = {"KR 1.1:": "3", "KR 1.2:": "more than last time", "KR 1.3:": "blocked, the host is down"}
SENTENCES = (
    "KR 1.1: 3\n1.2: more than last time\nThank you for April.",
    "KR 1.1: +1, add: how do I say no?",
    "60%",
    "KR 7.9: 4",
    "KR 1.1: 9999",
    "looks good",
    "pause 2 weeks",
    "undo",
    "status",
    "help",
    "later",
    "stop",
    "resume",
    "my data",
    "I had a hard month.",
    "",
)
A_DAY = 9
"""Mails of one day: more would not be acknowledged any more."""


Mails = Iterable[tuple[str, bytes]]
Answering = Callable[[PostOffice], Outgoing]
Told = tuple[str | list[str], ...]
"""State, reason, summary, the words for the mentor, what she is told, and the letter that leaves."""


def compared(mails: Mails, answering: Answering) -> tuple[dict[str, tuple[Told, Told]], Counter[str]]:
    """Of which mails something else was said than was then done, and how often which state was reached."""
    wrong: dict[str, tuple[Told, Told]] = {}
    states: Counter[str] = Counter()
    office, letter = PostOffice(), None
    for number, (name, raw) in enumerate(mails):
        if number % A_DAY == 0 or letter is None:
            office = PostOffice()
            letter = answering(office)
        mail = made_answer(raw, letter, mentor=HERS, number=number)
        said, done = said_and_done(office, mail)
        states[str(done[0])] += 1
        if said != done:
            wrong[name] = (said, done)
    return wrong, states


def said_and_done(office: PostOffice, raw: bytes) -> tuple[Told, Told]:
    said = explain_mail(office.room, raw)
    before = len(office.letters(LetterKind.ACKNOWLEDGEMENT))
    mail = office.receive(raw)
    return _said(said), _done(mail, office.letters(LetterKind.ACKNOWLEDGEMENT)[before:])


def _said(told: Explanation) -> Told:
    reason = told.reason.partition(" (")[0].replace("_", " ")
    return (
        told.state,
        reason,
        told.summary,
        _without_ids(told.left),
        _without_ids(told.told),
        _without_ids([told.answer]),
    )


def _done(mail: Incoming, letters: tuple[Outgoing, ...]) -> Told:
    answer = "".join(text(letter.blocks) for letter in letters)
    reason = mail.reason.replace("_", " ")
    return (
        str(mail.state),
        reason,
        mail.summary,
        _without_ids(mail.left),
        _without_ids(mail.told),
        _without_ids([answer]),
    )


def _without_ids(lines: Iterable[str]) -> list[str]:
    """An entry of the trail has another id than the one that was only thought of."""
    return [re.sub(r"`okrmate undo \w+`", "`okrmate undo ID`", line) for line in lines]


def raw_mail(body: str, subtype: str = "plain") -> bytes:
    return f"Content-Type: text/{subtype}; charset=utf-8\n\n{body}".encode()


def in_every_style() -> Iterator[tuple[str, bytes]]:
    letter = shown(PostOffice().agenda().blocks, WORDS)
    for subtype, styles in (("plain", PLAIN), ("html", HTML)):
        for style in styles:
            for place in Place:
                yield f"{style.__name__}, {place}", raw_mail(style(letter, place), subtype)


def of_programs() -> Iterator[tuple[str, bytes]]:
    for path in MADE:
        box = mailbox.mbox(path, create=False)
        yield from ((f"{path.stem} {key}", box.get_bytes(key)) for key in box.iterkeys())
        box.close()


EVERY_MAIL = [
    pytest.param(lambda: ((body, raw_mail(body)) for body in SENTENCES), id="sentences"),
    pytest.param(ODD_MAILS.items, id="odd mails"),
    pytest.param(in_every_style, id="styles"),
    pytest.param(of_programs, id="programs"),
]


@pytest.mark.parametrize("mails", EVERY_MAIL)
def test_what_is_said_of_an_answer_to_the_agenda_is_what_reading_it_does(mails: Callable[[], Mails]) -> None:
    wrong, states = compared(mails(), PostOffice.agenda)

    assert wrong == {}
    assert states.keys() & {"applied", "partly applied"}, "nothing of them was taken"


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("letter", [PostOffice.agenda, PostOffice.form])
def test_what_is_said_of_an_answer_to_any_letter_is_what_reading_it_does(
    letter: Callable[[PostOffice, Side], Outgoing], side: Side
) -> None:
    mails = [(body, raw_mail(body)) for body in (*SENTENCES, "+ you listened\n- shorter", "no meeting", "- shorter")]

    wrong, _ = compared(mails, lambda office: letter(office, side))

    assert {name: each for name, each in wrong.items() if not _is_sealed(each)} == {}


def _is_sealed(told: tuple[Told, Told]) -> bool:
    """Whether the two differ only in the words that are not shown to the mentor yet."""
    said, done = told
    return said[:3] == done[:3] and said[4:] == done[4:] and said[3] == []


def test_what_is_said_of_every_answer_of_the_demo_is_what_reading_it_does(tmp_path: Path) -> None:
    """The story is played to its end; whatever was answered in it is said and done once more in another home."""
    story = open_story(tmp_path)
    for _ in story.told():
        pass
    mails = [(f"{each.who.name} {each.message_id}", written(each)) for each in story.answers()]

    wrong, states = compared(mails, PostOffice.agenda)

    assert (wrong, len(states) > 1) == ({}, True)


class NoIds(CountingTokens):
    """Nothing can be stored under its ids, as where a step is not allowed any more."""

    def new_id(self) -> str:
        raise UsageError("Not now.")


def test_what_cannot_be_taken_is_said_as_it_is_done() -> None:
    office = PostOffice()
    raw = office.written("KR 1.1: 3", office.agenda())
    office.room = replace(office.room, desk=replace(office.desk, tokens=NoIds("n")))

    said, done = said_and_done(office, raw)

    assert said == done
    assert done[:2] == ("held", "something in it cannot be taken now")
