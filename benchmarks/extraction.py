"""Mails a second in one process: the sender's own words taken out of them, and read on to updates."""

from collections.abc import Callable, Iterator
from email.message import EmailMessage
from time import process_time

from benchmarks.figures import Figure
from benchmarks.homes import home_of
from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.domain.people import Side
from okrmate.mail.inbound import InboundMail, read_mail
from okrmate.mail.layout import text
from okrmate.reply.own_words import own_words
from okrmate.reply.reading import LetterContext, read
from okrmate.services.mentoring.okrs import active_standings
from okrmate.services.mentoring.readings import context_of
from okrmate.services.tables import OUTGOING

MAILS = 400
ROUNDS = 3
"""Each figure is the best of so many, as other work on the machine only ever slows one down."""
SAID = (
    "KR 1.1: 4, two people wrote to me\n\nThank you for Friday!\n",
    "1.2: 70 %\nKR 1.3 half way\nno change on 2.1\n\n-- \nPerson\n+49 30 000000\n",
    "Add: the talk in May (10 min)\nI had a hard week, but the releases go on: KR 2.1 +1.\n",
    "All fine here. Could we begin ten minutes later?\n\nSent from my iPhone\n",
)


def extraction() -> Iterator[Figure]:
    """Both rates over answers as people send them, every second one in HTML alone; the bars are those of the design."""
    with home_of(1) as (_, room, _clock):
        letter = next(
            each
            for each in room.store.every(OUTGOING)
            if each.kind is LetterKind.AGENDA and each.to is Side.PROTEGE and each.sent_at is not None
        )
        context = context_of(active_standings(room.store, letter.mentorship), "en", room.desk.clock.now(), "Person 000")
    mails = [_answer(letter, number) for number in range(MAILS)]

    def words(raw: bytes) -> None:
        own_words(_lines(raw).lines, letter.blocks)

    def updates(raw: bytes) -> None:
        read(_lines(raw).lines, LetterContext.of(letter), context)

    yield _figure("mails whose own words are extracted", words, mails, 800.0)
    yield _figure("mails read to updates", updates, mails, 400.0)


def _figure(name: str, work: Callable[[bytes], None], mails: list[bytes], bar: float) -> Figure:
    def every() -> float:
        begun = process_time()
        for raw in mails:
            work(raw)
        return process_time() - begun

    rate = max(len(mails) / every() for _ in range(ROUNDS))
    return Figure(
        name=f"{name}, in one process", value=rate, unit="a second of a core", anchor="the bar", anchor_value=bar
    )


def _lines(raw: bytes) -> InboundMail:
    mail = read_mail(raw)
    if isinstance(mail, InboundMail):
        return mail
    raise AssertionError(f"a mail of the benchmark is unreadable: {mail.reason}")


def _answer(letter: Outgoing, number: int) -> bytes:
    """What somebody writes above the quoted agenda: no two mails are alike."""
    said = f"{SAID[number % len(SAID)]}\nMail {number}.\n"
    attribution = "On Mon, 9 Mar 2026 at 10:00, Vera Lund <vera@example.org> wrote:"
    ours = text(letter.blocks).splitlines()
    mail = EmailMessage()
    mail["From"], mail["Subject"] = letter.address, f"Re: {letter.subject}"
    mail["Message-ID"], mail["In-Reply-To"] = f"<extraction-{number}@example.net>", letter.message_id
    if number % 2:
        mail.set_content("\n".join([said, attribution, *(f"> {line}" for line in ours)]))
    else:
        own = "".join(f"<div>{line or '<br>'}</div>" for line in said.splitlines())
        quote = "".join(f"<p>{line}</p>" for line in ours)
        html = f"<html><body>{own}<div>{attribution}</div><blockquote>{quote}</blockquote></body></html>"
        mail.set_content(html, subtype="html")
    return mail.as_bytes()
