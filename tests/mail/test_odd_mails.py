"""Signed, encrypted, wrapped and wordless mails: what can be read is, and the rest waits with a reason to act on."""

from time import process_time

import pytest

from okrmate.domain.people import Side
from okrmate.mail.inbound import InboundMail, read_mail
from okrmate.mail.reasons import HoldReason, IgnoreReason
from okrmate.mail.screening import Accept, Correspondent, Facts, Hold, Ignore, TokenOwner, screen
from okrmate.services.incoming.explaining import explain_words, verdict_words
from tests.mail.messages import HOME, LETTER_ID, MAYA, TOKEN
from tests.mail.odd_mails import ODD_MAILS

OWNER = TokenOwner(correspondent=Correspondent(person="maya", side=Side.PROTEGE), letter="letter")
FACTS = Facts(
    known={MAYA: OWNER.correspondent},
    owner_of={TOKEN: OWNER}.get,
    is_ours={LETTER_ID}.__contains__,
    home_id=HOME,
)
READ = {
    "S/MIME, signed beside the text": ["KR 1.1: 4"],
    "PGP, signed inline": ["KR 1.1: 4", "- I asked two more of them"],
    "PGP, signed beside the text": ["KR 1.1: 4"],
    "winmail.dat beside the text": ["KR 1.1: 4"],
    "a forwarded mail with a word above it": ["KR 1.1: 4"],
    "HTML from a phone": ["KR 1.1: 4"],
}
HELD = {
    "S/MIME, signed in one piece": "unreadable (signed in one piece, which only S/MIME opens)",
    "S/MIME, signed in one piece, unlabelled": "unreadable (signed in one piece, which only S/MIME opens)",
    "S/MIME, encrypted": "encrypted",
    "PGP, encrypted inline": "encrypted",
    "PGP, encrypted": "encrypted",
    "PGP, encrypted, its label lost on the way": "encrypted",
    "winmail.dat alone": "no text (winmail.dat, which only Outlook opens)",
    "winmail.dat alone, known by its name": "no text (winmail.dat, which only Outlook opens)",
    "a forwarded mail alone": "no text (a forwarded mail)",
    "a picture alone": "no text (a picture)",
    "a picture in empty HTML": "no text (a picture)",
    "a voice message alone": "no text (a voice message)",
    "a part of a mail": "unreadable (partial)",
    "a mail that lies elsewhere": "no text (a pointer to something that lies elsewhere)",
    "nothing at all": "no text",
    "blank lines": "no text",
    "an invitation alone": "no text (an invitation)",
}
IGNORED = {
    "a report that it did not arrive": IgnoreReason.BOUNCE,
    "a report that it was read": IgnoreReason.AUTOMATIC_MAIL,
}


def test_every_odd_mail_has_its_rule() -> None:
    assert {*READ, *HELD, *IGNORED} == set(ODD_MAILS)


@pytest.mark.parametrize("name", READ)
def test_what_is_only_signed_or_wrapped_is_read_as_it_stands(name: str) -> None:
    mail = read_mail(ODD_MAILS[name])

    assert isinstance(screen(mail, FACTS), Accept)
    assert str(explain_words(ODD_MAILS[name])["words"]).splitlines() == READ[name]


@pytest.mark.parametrize("name", HELD)
def test_what_shows_no_words_waits_for_the_mentor_and_says_what_came(name: str) -> None:
    verdict = screen(read_mail(ODD_MAILS[name]), FACTS)

    assert verdict_words(verdict) == ("hold", HELD[name])
    assert isinstance(verdict, Hold)
    assert verdict.owner == OWNER


@pytest.mark.parametrize("name", IGNORED)
def test_what_a_server_reports_is_no_answer(name: str) -> None:
    verdict = screen(read_mail(ODD_MAILS[name]), FACTS)

    assert isinstance(verdict, Ignore)
    assert verdict.reason is IGNORED[name]


def test_nothing_of_a_mail_within_a_mail_is_read() -> None:
    mail = read_mail(ODD_MAILS["a forwarded mail with a word above it"])

    assert isinstance(mail, InboundMail)
    assert not any("9" in line.text for line in mail.lines)
    assert [kept.content_type for kept in mail.attachments] == ["message/rfc822"]


def test_an_encrypted_mail_that_is_only_quoted_hides_nothing() -> None:
    quoted = b"".join(b"> " + line for line in ODD_MAILS["PGP, encrypted inline"].splitlines(keepends=True)[-9:])
    raw = ODD_MAILS["nothing at all"] + b"KR 1.1: 4\n" + quoted

    assert isinstance(screen(read_mail(raw), FACTS), Accept)


@pytest.mark.parametrize(
    "armour",
    ["{}\nHash: SHA256\n\nKR 1.1: 4\n", "{}\nKR 1.1: 4\n", "{}\n\nKR 1.1: 4\n\n", "{}\nHash: SHA1\nKR 1.1: 4\n"],
)
def test_armour_without_an_end_hides_no_word(armour: str) -> None:
    raw = ODD_MAILS["nothing at all"] + armour.format("-----BEGIN PGP SIGNED MESSAGE-----").encode()

    assert explain_words(raw)["words"] == "KR 1.1: 4"


def test_a_signature_without_an_end_hides_no_word() -> None:
    armour = "-----BEGIN PGP SIGNED MESSAGE-----\n\nKR 1.1: 4\n-----BEGIN PGP SIGNATURE-----\n\nKR 1.2: 70 %\n"

    assert "KR 1.2: 70 %" in str(explain_words(ODD_MAILS["nothing at all"] + armour.encode())["words"])


def test_a_list_in_a_signed_mail_keeps_its_dashes() -> None:
    raw = ODD_MAILS["PGP, signed inline"].replace(b"- - I", b"- I")

    assert "- I asked two more of them" in str(explain_words(raw)["words"])


def test_a_known_sender_alone_proves_a_wordless_mail_too() -> None:
    stranger = ODD_MAILS["a picture alone"].replace(MAYA.encode(), b"eve@example.com")

    assert screen(read_mail(stranger), FACTS) == Hold(reason=HoldReason.UNKNOWN_SENDER, owner=OWNER)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_report_of_endless_blank_lines_is_not_taken_apart(end: bytes) -> None:
    raw = ODD_MAILS["a report that it did not arrive"].replace(b"Action:", end * 60_000 + b"Action:")
    begun = process_time()

    assert screen(read_mail(raw), FACTS) == Ignore(reason=IgnoreReason.DELIVERY_REPORT)
    assert process_time() - begun < 1
