"""Replies that real programs wrote: all of each letter's words are found in them, and nothing else."""

import mailbox
from pathlib import Path

import pytest

from okrmate.mail.inbound import InboundMail, read_mail
from okrmate.reply.reading import read
from tests.reply.filled_letters import LETTERS, said
from tests.reply.samples import context

MADE = {path.stem: path for path in sorted((Path(__file__).parent / "made").glob("*.mbox"))}


@pytest.mark.parametrize("program", MADE)
def test_what_a_real_program_sent_is_understood_whole(program: str) -> None:
    box = mailbox.mbox(MADE[program], create=False)
    wrong = {}
    for key in box.iterkeys():
        mail = read_mail(box.get_bytes(key))
        assert isinstance(mail, InboundMail)
        (name,) = mail.headers["x-letter"]
        found = said(read(mail.lines, LETTERS[name].context, context()))
        if found != LETTERS[name].says:
            wrong[name] = found
    names = [str(mail["X-Letter"]) for mail in box]
    box.close()
    assert wrong == {}
    assert set(names) == set(LETTERS)


def test_the_replies_of_six_programs_are_kept() -> None:
    programs = {"mutt", "s-nail", "s-nail-tabs", "chromium-apple-mail", "chromium-gmail", "chromium-outlook-web"}
    assert set(MADE) == programs
