"""Mails of others inside an answer are quoted, whoever forwards them; and what stands below a signature's mark."""

import pytest

from okrmate.mail.layout import text
from tests.services.post_office import PostOffice

ANNA = "Anna Example <anna@example.com>"
NOTHING = {"1.1": "", "1.2": "", "1.3": ""}


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.mark.parametrize(
    "forwarded",
    [
        f"---------- Forwarded message ---------\nFrom: {ANNA}\nDate: Mon, 9 Mar 2026 at 10:00\nSubject: Numbers\n\n",
        f"Begin forwarded message:\n\nFrom: {ANNA}\nSubject: Numbers\nDate: 9 March 2026 at 10:00:00 CET\n\n",
        f"From: {ANNA}\nSent: Monday, 9 March 2026 10:00\nTo: Sam Sol <sam@example.net>\nSubject: Numbers\n\n",
        "Von: Anna Beispiel\nGesendet: Montag, 9. März 2026 10:00\nAn: Sam Sol\nBetreff: Zahlen\n\n",
        f"On Mon, 9 Mar 2026 at 10:00, {ANNA} wrote:\n",
        "On Mon, 9 Mar 2026 at 10:00, Anna Berg wrote:\n\n",
        "On Mar 9, 2026, at 10:00 AM, Anna Berg wrote:\n\n",
        "Am 09.03.26 um 10:00 schrieb Anna Berg:\n",
        "2026年3月9日(月) 10:00 田中花子のメール:\n",
        "On Mon, 9 Mar 2026 at 10:00, Olivia Berg <olivia@example.com> wrote:\n",
        "From: Sam Hill\nSent: Monday, 9 March 2026 10:00\nTo: Olivia\nSubject: Numbers\n\n",
    ],
)
def test_the_numbers_in_somebody_elses_mail_are_not_the_senders(office: PostOffice, forwarded: str) -> None:
    office.answer(office.agenda(), f"See below.\n\n{forwarded}KR 1.1: 5\nKR 1.2: 75%")

    assert office.values() == NOTHING


def test_under_a_name_nobody_knows_our_letter_is_still_answered(office: PostOffice) -> None:
    letter = office.agenda()
    shown = [line for line in text(letter.blocks).splitlines() if line.strip()]
    quoted = "".join(f"> {'KR 1.1: 4' if line == 'KR 1.1:' else line}\n" for line in shown)
    office.answer(letter, f"On Mon, 9 Mar 2026 at 10:00, Livvy wrote:\n{quoted}")

    assert office.values() == NOTHING | {"1.1": "4"}


def test_a_later_mail_of_the_mentor_below_the_senders_words_is_not_the_senders(office: PostOffice) -> None:
    head = "From: Olivia Marsh <olivia@example.org>\nSent: Monday, 9 March 2026 10:00\nTo: Sam\nSubject: Re: Talk\n\n"
    office.answer(office.agenda(), f"1.3 40%\n\nSam\n\n{head}I guess you are at\n1.1 5\n1.2 75%\nor not?")

    assert office.values() == NOTHING | {"1.3": "40"}


def test_an_answer_behind_a_label_in_somebody_elses_marked_mail_is_not_the_senders(office: PostOffice) -> None:
    office.answer(office.agenda(), f"On Mon, 9 Mar 2026 at 10:00, {ANNA} wrote:\n> KR 1.1: 5\n\n1.3 40%")

    assert office.values() == NOTHING | {"1.3": "40"}


def test_an_answer_under_our_letter_inside_somebody_elses_mail_is_the_senders(office: PostOffice) -> None:
    quoted = (
        f"On Mon, 9 Mar 2026 at 10:00, {ANNA} wrote:\n> Do you know?\n"
        "> On Mon, 9 Mar 2026 at 9:00, Olivia Marsh <olivia@example.org> wrote:\n>> KR 1.1:\n4\n>> KR 1.2:\n70%\n"
    )
    office.answer(office.agenda(), quoted)

    assert office.values() == NOTHING | {"1.1": "4", "1.2": "70"}


@pytest.mark.parametrize(
    "ours",
    [
        "On Mon, 9 Mar 2026 at 10:00, Olivia Marsh <olivia+token@example.org> wrote:\n",
        "On Mon, 9 Mar 2026 at 10:00, Olivia <noreply@list.example.com> wrote:\n",
        "On Mar 9, 2026, at 10:00 AM, Olivia Marsh wrote:\n",
        "Am 09.03.26 um 10:00 Uhr schrieb Olivia Marsh (Verde):\n",
        "2026年3月9日(月) 10:00 Olivia Marshのメール:\n",
        "From: okrmate on behalf of Olivia Marsh\nSent: 9 March 2026 10:00\nTo: Sam\nSubject: Talk\n\n",
        "From: Samuel Ortiz <ortiz@work.example>\nSent: 9 March 2026 10:00\nTo: Olivia\nSubject: Talk\n\n",
        "From: Marsh, Olivia\nSent: Monday, 9 March 2026 10:00\nTo: Sam\nSubject: Talk\n\n",
        "From: Sam Ortiz <sam@elsewhere.example>\nSent: Monday, 9 March 2026 10:00\nTo: Olivia\nSubject: Talk\n\n",
        "-----Original Message-----\n",
    ],
)
def test_under_the_name_or_address_of_either_of_the_two_words_stay_the_senders(office: PostOffice, ours: str) -> None:
    office.answer(office.agenda(), f"{ours}1.1 5")

    assert office.values() == NOTHING | {"1.1": "5"}


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("1.1 4\n--\n1.2 70%\n1.3 done", {"1.1": "4", "1.2": "70", "1.3": "100"}),
        ("Thanks\n-- \nKR 1.1: 4", NOTHING | {"1.1": "4"}),
        ("1.1 4\n-- \nSam Sol\n12.5 Main Street\nTel. 1.2 34 56", NOTHING | {"1.1": "4"}),
    ],
)
def test_what_speaks_of_a_key_result_is_no_signature(office: PostOffice, written: str, values: dict[str, str]) -> None:
    office.answer(office.agenda(), written)

    assert office.values() == values
