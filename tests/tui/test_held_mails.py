"""Mails held at the door: what came in place of words, and what the mentor can do, the same wherever it is shown."""

import pytest

from okrmate.services.incoming.explaining import explain_mail
from okrmate.services.incoming.to_do import to_do
from okrmate.services.reports.today import today
from okrmate.services.tables import INCOMING
from okrmate.tui.views.refusals import with_keys
from tests.corpus.made_answers import made_answer
from tests.mail.odd_mails import ODD_MAILS
from tests.services.post_office import PostOffice
from tests.tui.terminal import WIDE, Terminal, assert_golden, both_sizes, played, terminal

CAME = {
    "a picture alone": ("held: a picture", "no text: a picture"),
    "a voice message alone": ("held: a voice message", "no text: a voice message"),
    "PGP, encrypted": ("held: encrypted", "encrypted"),
    "a part of a mail": ("held: unreadable", "unreadable: partial"),
}
"""What stands in the list of a mail, and above it where it is shown."""


def held(name: str) -> PostOffice:
    """An answer to the agenda in which nothing can be read."""
    office = PostOffice()
    office.receive(made_answer(ODD_MAILS[name], office.agenda(), mentor="olivia@example.org"))
    return office


async def at_mail(shown: Terminal) -> None:
    await shown.press("5")
    await shown.app.workers.wait_for_complete()
    await shown.pilot.pause()


@both_sizes
@played
async def test_a_picture_in_place_of_words_reads_as_it_was_approved(size: tuple[int, int]) -> None:
    office = held("a picture alone")
    async with terminal(office.room, size) as shown:
        assert_golden(f"today-picture-{size[0]}x{size[1]}", shown.text)

        await at_mail(shown)
        await shown.press(*(() if size == WIDE else ("enter",)))
        await shown.until_shown("Not read")

        assert_golden(f"mail-picture-{size[0]}x{size[1]}", shown.text)


@pytest.mark.parametrize("name", CAME)
@played
async def test_mail_says_what_came_and_what_to_do(name: str) -> None:
    office = held(name)
    (mail,) = office.every(INCOMING)
    async with terminal(office.room) as shown:
        await at_mail(shown)
        await shown.until_shown("Not read")

        listed, above = CAME[name]
        assert listed in shown.text
        assert above in shown.text
        assert to_do(mail) in " ".join(shown.text.split())


@pytest.mark.parametrize("name", CAME)
def test_explain_and_today_say_the_same(name: str) -> None:
    office = PostOffice()
    raw = made_answer(ODD_MAILS[name], office.agenda(), mentor="olivia@example.org")
    explained = explain_mail(office.room, raw).to_do

    (need,) = today(held(name).desk, office.rules).needs

    assert need.why == explained.removesuffix(".")
    assert need.what == f"held: {explain_mail(office.room, raw).reason}"


def test_a_mail_from_nobody_known_is_accepted_by_a_key_where_there_are_keys() -> None:
    office = PostOffice()
    mail = office.answer(office.agenda(), "KR 1.2: 71 %", From="Sam at work <sam.o@oldmail.example>")

    assert "`okrmate inbox accept`" in to_do(mail)
    assert "; a in 5 Mail has it read." in with_keys(to_do(mail))
