"""Mails that mean harm end, and change nothing that is not said in them; the benchmarks say how long they take."""

from itertools import islice, product
from string import ascii_lowercase
from time import process_time

import pytest

from benchmarks.hostile import hostile_mails
from okrmate.domain.letters import Block, LetterKind
from okrmate.mail.inbound import InboundMail, read_mail
from okrmate.reply.reading import LetterContext, read
from okrmate.reply.updates import Op
from tests.reply.samples import AGENDA, ATTRIBUTION, CLOSING, WELCOME, context, plain, quoted

SIZE = 20_000
SAYING = {"references and values", "references", "ranges of references"}
"""What is said over and over is said all the same: each of these holds nothing else."""


@pytest.mark.parametrize(("name", "raw"), [pytest.param(*each, id=each[0]) for each in hostile_mails(SIZE)])
@pytest.mark.parametrize("kind", [LetterKind.AGENDA, None])
def test_a_hostile_mail_ends_and_changes_nothing(name: str, raw: bytes, kind: LetterKind | None) -> None:
    mail = read_mail(raw)
    if not isinstance(mail, InboundMail):
        assert mail.reason
        return
    blocks = AGENDA if kind is LetterKind.AGENDA else ()
    understood = read(mail.lines, LetterContext(kind=kind, blocks=blocks), context())
    changes = [update for update in understood.updates if update.op is not Op.NOTE]
    assert changes == [] or name in SAYING


LONG = 40_000
"""Characters of a line: what takes their square takes minutes, what goes through them once some milliseconds."""
SECONDS = 15
"""Of the processor's time, on one that has much else to do; 15,000 sentences take two."""


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    [" ", "! ", "!", ". ", "x. ", "Thanks. ", "; ", ", ", "( ", "1 ", "a: ", "-> ", "and ", "x" + " " * 50, "👍 ", "Â"],
)
@pytest.mark.parametrize(
    ("kind", "blocks", "label"),
    [
        (LetterKind.AGENDA, AGENDA, "Add: "),
        (LetterKind.WELCOME, WELCOME, ""),
        (LetterKind.CLOSING, CLOSING, "Learned: "),
        (LetterKind.FEEDBACK, (), ""),
        (None, (), "KR 1.1: "),
    ],
)
def test_no_line_takes_the_square_of_its_length(
    kind: LetterKind | None, blocks: tuple[Block, ...], label: str, piece: str
) -> None:
    line = label + piece * (LONG // len(piece)) + "x"
    lines = (*plain(line), *plain("", ATTRIBUTION), *quoted(blocks))
    begun = process_time()

    understood = read(lines, LetterContext(kind=kind, blocks=blocks), context())

    assert process_time() - begun < SECONDS
    assert [update for update in understood.updates if update.op is not Op.NOTE] == []


@pytest.mark.long
@pytest.mark.parametrize("kind", [LetterKind.REFINE_SUMMARY, LetterKind.CLOSING, LetterKind.WELCOME])
def test_many_small_sentences_do_not_take_the_square_of_their_number(kind: LetterKind) -> None:
    words = islice(product(ascii_lowercase, repeat=3), 15_000)  # 75,000 characters: past 100,000 nothing would be read
    line = " ".join("".join(word) + "?" for word in words)
    begun = process_time()

    understood = read(plain(line), LetterContext(kind=kind, blocks=()), context())

    assert process_time() - begun < SECONDS
    assert understood.unread == ""


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        pytest.param(LetterKind.AGENDA, "confid" + "en" * 90 + "ce 1.1: 7/10", id="a long word over a value"),
        pytest.param(LetterKind.INVITATION, "a" + "    b" * 12 + " ~", id="letters far apart"),
    ],
)
def test_a_line_that_can_be_taken_apart_in_many_ways_is_read_at_once(kind: LetterKind, line: str) -> None:
    begun = process_time()

    read(plain(line), LetterContext(kind=kind, blocks=()), context())

    assert process_time() - begun < 1
