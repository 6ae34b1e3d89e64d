"""Mails that mean harm end, and change nothing that is not said in them; the benchmarks say how long they take."""

import pytest

from benchmarks.hostile import hostile_mails
from okrmate.domain.letters import LetterKind
from okrmate.mail.inbound import InboundMail, read_mail
from okrmate.reply.reading import LetterContext, read
from okrmate.reply.updates import Op
from tests.reply.samples import AGENDA, context

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
