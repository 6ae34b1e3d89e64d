"""Letters as bytes: what stands in their heads, and that nothing can be smuggled in."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.frozen import replace
from okrmate.mail.inbound import InboundMail, read_mail
from okrmate.mail.outbound import compose, message_id, reply_address, token_of_address, token_of_message_id
from tests.builders import an_outgoing
from tests.mail.messages import HOME, LETTER_ID, MAYA, MENTOR, NOON, TOKEN

LETTER = replace(
    an_outgoing(), message_id=LETTER_ID, token=TOKEN, address=MAYA, name="Maya Lindqvist", subject="Talk 3"
)
TEXT = "Maya, how many talks?\n\nKR 1.1:\n"
HTML = "<p>Maya, how many talks?</p>\n"


def composed(letter: Outgoing = LETTER, *, text: str = TEXT, name: str = "Olivia Marsh", reply_to: str = "") -> bytes:
    return compose(letter, text=text, html=HTML, sender_name=name, sender_address=MENTOR, date=NOON, reply_to=reply_to)


def parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize(
    "odd", ["<\N{LATIN SMALL LETTER U WITH DIAERESIS}mlaut@example.net>", "<a@b>\nBcc: leo@example.net"]
)
def test_what_answers_a_mail_whose_message_id_cannot_be_written_leaves_without_naming_it(odd: str) -> None:
    mail = parsed(composed(replace(LETTER, in_reply_to=odd, references=(odd,))))

    assert (mail["In-Reply-To"], mail["References"], mail["Bcc"]) == (None, None, None)


def test_a_letter_says_whom_it_is_from_and_that_a_program_sends_it() -> None:
    mail = parsed(composed(replace(LETTER, in_reply_to="<a@b>", references=("<a@b>", "<c@d>"))))
    assert dict(mail.items()) == {
        "From": "Olivia Marsh <olivia@example.org>",
        "To": "Maya Lindqvist <maya@example.net>",
        "Subject": "Talk 3",
        "Date": "Mon, 12 Jan 2026 12:00:00 +0000",
        "Message-ID": LETTER_ID,
        "In-Reply-To": "<a@b>",
        "References": "<a@b> <c@d>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "MIME-Version": "1.0",
        "Content-Type": mail["Content-Type"],
    }


def test_an_acknowledgement_is_an_automatic_reply() -> None:
    mail = parsed(composed(replace(LETTER, kind=LetterKind.ACKNOWLEDGEMENT)))
    assert mail["Auto-Submitted"] == "auto-replied"


def test_the_token_is_asked_back_only_where_plus_addresses_work() -> None:
    asked = parsed(composed(reply_to=reply_address(MENTOR, TOKEN)))
    assert asked["Reply-To"] == f"Olivia Marsh <olivia+{TOKEN}@example.org>"
    assert "Reply-To" not in parsed(composed())


def test_text_stands_before_html_and_both_are_quoted_printable() -> None:
    parts = list(parsed(composed()).iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert {part["Content-Transfer-Encoding"] for part in parts} == {"quoted-printable"}
    assert "format" not in parts[0]["Content-Type"].params
    assert [part.get_content().replace("\r\n", "\n") for part in parts] == [TEXT, HTML]


def test_an_invitation_carries_its_calendar_part_last() -> None:
    letter = replace(LETTER, calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", calendar_method="REQUEST")
    last = list(parsed(composed(letter)).iter_parts())[-1]
    assert last.get_content_type() == "text/calendar"
    assert last["Content-Type"].params["method"] == "REQUEST"
    assert last.get_payload(decode=True) == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def test_the_same_letter_is_the_same_bytes() -> None:
    assert composed() == composed()


def test_long_and_foreign_subjects_and_names_come_back_as_they_were() -> None:
    letter = replace(LETTER, subject="Gespr\u00e4ch " * 12, name='Maya "M\u00e4uschen" L\u00f6w, Dr.')
    read = read_mail(composed(letter, name="Olivia, Marsh"))
    assert read.subject == ("Gespr\u00e4ch " * 12).strip()
    assert read.sender_name == "Olivia, Marsh"
    assert parsed(composed(letter))["To"].addresses[0].display_name == 'Maya "M\u00e4uschen" L\u00f6w, Dr.'


def test_a_long_thread_names_its_first_and_its_youngest_letters() -> None:
    thread = tuple(f"<{number}@example.org>" for number in range(50))
    named = parsed(composed(replace(LETTER, references=thread)))["References"].split()
    assert (len(named), named[0], named[1], named[-1]) == (20, thread[0], thread[31], thread[-1])


@pytest.mark.parametrize(
    "broken",
    [
        replace(LETTER, address="maya"),
        replace(LETTER, address="maya@example.net\r\nBcc: leo@example.net"),
        replace(LETTER, address="maya@example.net, leo@example.net"),
        replace(LETTER, address="<maya@example.net>"),
        replace(LETTER, message_id="none"),
        replace(LETTER, message_id="<a@b>\r\nBcc: leo@example.net"),
    ],
)
def test_an_address_or_message_id_that_is_none_is_refused(broken: Outgoing) -> None:
    with pytest.raises(UsageError):
        composed(broken)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_no_text_of_a_person_adds_a_header(subject: str, name: str, sender: str) -> None:
    plain_head = composed().partition(b"\r\n\r\n")[0]
    head = composed(replace(LETTER, subject=subject, name=name), name=sender).partition(b"\r\n\r\n")[0]
    fields = [line.partition(b":")[0] for line in head.split(b"\r\n") if not line.startswith(b" ")]
    assert fields == [line.partition(b":")[0] for line in plain_head.split(b"\r\n")]
    assert read_mail(head + b"\r\n\r\nx").sender == MENTOR


@given(st.text(max_size=2000))
def test_every_line_is_short_and_ends_in_crlf(text: str) -> None:
    raw = composed(text=text)
    assert raw.isascii()
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")


def test_our_own_letter_reads_back_line_by_line() -> None:
    read = read_mail(composed())
    assert isinstance(read, InboundMail)
    assert [line.text for line in read.lines] == ["Maya, how many talks?", "", "KR 1.1:"]
    assert read.problems == ()


def test_tokens_come_back_from_where_they_travel() -> None:
    assert token_of_message_id(message_id(TOKEN, HOME, "example.org")) == (TOKEN, HOME)
    assert token_of_address(reply_address(MENTOR, TOKEN)) == TOKEN
    assert token_of_message_id("<CAF+x9@mail.example.net>") is None
    assert token_of_address("olivia+news@example.org") is None
    assert token_of_address(MENTOR) is None
