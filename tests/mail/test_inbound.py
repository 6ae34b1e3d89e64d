"""Raw mails and the values they become."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.letters import QuotedLine
from okrmate.mail.body import MailProblem
from okrmate.mail.inbound import InboundMail, Unreadable, read_mail
from okrmate.mail.reasons import HoldReason
from okrmate.mail.screening import unreadable
from tests.mail.messages import LETTER_ID, MAYA, TOKEN, a_mail, a_mail_of_parts


def read(raw: bytes) -> InboundMail:
    mail = read_mail(raw)
    assert isinstance(mail, InboundMail)
    return mail


def words(raw: bytes) -> list[tuple[int, str]]:
    return [(line.depth, line.text) for line in read(raw).lines if line.text]


def reason(raw: bytes) -> MailProblem:
    mail = read_mail(raw)
    assert isinstance(mail, Unreadable)
    return mail.reason


def test_the_head_is_understood() -> None:
    mail = read(a_mail(Cc="Leo <LEO@example.net>"))
    assert mail.sender == MAYA
    assert mail.sender_name == "Maya Lindqvist"
    assert mail.to_addresses == (f"olivia+{TOKEN}@example.org",)
    assert mail.cc_addresses == ("leo@example.net",)
    assert mail.subject == "Re: Talk 3 with Olivia: the agenda"
    assert mail.date == datetime(2026, 1, 12, 12, 0, tzinfo=UTC)
    assert mail.message_id == "<one@mail.example.net>"
    assert mail.in_reply_to == mail.references == (LETTER_ID,)
    assert mail.problems == ()


def test_a_mail_without_a_message_id_is_named_by_its_bytes() -> None:
    first, again = read(a_mail(Message_ID=None)), read(a_mail(Message_ID=None))
    other = read(a_mail("KR 1.1: 5\n", Message_ID=None))
    assert first.message_id.startswith("sha256:")
    assert first.message_id == again.message_id != other.message_id
    assert MailProblem.NO_MESSAGE_ID in first.problems


def test_two_from_addresses_are_both_seen_and_neither_is_the_sender() -> None:
    mail = read(a_mail(From=f"{MAYA}, leo@example.net"))
    assert mail.from_addresses == (MAYA, "leo@example.net")
    assert mail.sender == ""


@pytest.mark.parametrize("date", ["yesterday", "Mon, 99 Jan 2026 13:00:00 +0100", "Fri, 31 Dec 9999 23:59:59 -2300"])
def test_a_date_that_is_none_is_noted(date: str) -> None:
    mail = read(a_mail(Date=date))
    assert mail.date is None
    assert MailProblem.BAD_DATE in mail.problems


def test_a_bottom_posted_answer_keeps_its_depth() -> None:
    assert words(a_mail("> What did you try?\n>\n> KR 1.1:\n\nFour talks.\n")) == [
        (1, "What did you try?"),
        (1, "KR 1.1:"),
        (0, "Four talks."),
    ]


def test_answers_under_quoted_lines_keep_their_places() -> None:
    assert words(a_mail("> KR 1.1:\n4\n> KR 1.2:\n60%\n")) == [(1, "KR 1.1:"), (0, "4"), (1, "KR 1.2:"), (0, "60%")]


def test_of_alternatives_the_plain_text_is_read() -> None:
    assert words(a_mail_of_parts(("text/plain", "plain"), ("text/html", "<p>rich</p>"))) == [(0, "plain")]


@pytest.mark.parametrize(
    ("text", "html", "begins"),
    [
        ("KR 1.1: 6", "<p>KR 1.1: 6</p>", "KR 1.1: 6"),
        (
            "KR *1.1*: 6 (see [1])\n[1] https://example.org/7",
            "<p>KR <b>1.1</b>: 6 (see <a>this</a>)</p>",
            "KR *1.1*: 6",
        ),
        ("> KR 1.1:", "<blockquote>KR 1.1:</blockquote><p style='color:red'>6, and more to come</p>", "6, and more"),
        ("This mail is in HTML, look at it there.", "<p>Six people came on Monday, and I was glad.</p>", "Six people"),
        ("Hello", "<p>Hello there</p>", "Hello"),
    ],
)
def test_of_two_versions_the_html_is_read_where_it_says_more(text: str, html: str, begins: str) -> None:
    mail = read(a_mail_of_parts(("text/plain", text), ("text/html", html)))
    assert any(line.text.startswith(begins) for line in mail.lines)
    assert mail.problems == ()


@pytest.mark.parametrize(
    ("text", "html"), [("KR 1.1: 6", "<p>KR 1.1: 7</p>"), ("1.1: 6 it is", "<p>1.1: not yet, no</p>")]
)
def test_two_versions_that_contradict_each_other_are_held(text: str, html: str) -> None:
    mail = read(a_mail_of_parts(("text/plain", text), ("text/html", html)))
    assert mail.problems == (MailProblem.CONTRADICTING,)
    assert unreadable(mail) == (HoldReason.UNREADABLE, "its text and its HTML say different things")


@pytest.mark.parametrize("text", ["", "hi"])
def test_a_mail_with_words_that_are_perhaps_not_seen_is_held_where_its_html_is_read(text: str) -> None:
    mail = read(a_mail_of_parts(("text/plain", text), ("text/html", "<p>hi</p><p style='color:white'>KR 1.1: 6</p>")))
    assert mail.problems == (MailProblem.FAINT,)
    assert unreadable(mail) == (HoldReason.UNREADABLE, "some of its text may not be seen by its reader")


def test_white_words_that_the_plain_text_has_too_are_read() -> None:
    mail = read(a_mail_of_parts(("text/plain", "KR 1.1: 6"), ("text/html", "<p style='color:white'>KR 1.1: 6</p>")))
    assert mail.problems == ()


def test_an_empty_plain_text_gives_way_to_the_html() -> None:
    assert words(a_mail_of_parts(("text/plain", " "), ("text/html", "<p>rich</p>"))) == [(0, "rich")]


def test_a_mail_of_html_alone_is_read_with_its_quote_levels() -> None:
    raw = a_mail("<p>Four</p><blockquote>KR 1.1:</blockquote>", Content_Type="text/html")
    assert words(raw) == [(0, "Four"), (1, "KR 1.1:")]


def test_text_on_both_sides_of_a_picture_is_read_as_two_parts() -> None:
    raw = a_mail_of_parts(
        ("text/plain", "above"), ("image/png; name=a.png", "x"), ("text/plain", "below"), kind="mixed"
    )
    mail = read(raw)
    assert [line for line in mail.lines if line.text] == [
        QuotedLine(text="above", part=0),
        QuotedLine(text="below", part=1),
    ]
    assert [(kept.name, kept.content_type, kept.size) for kept in mail.attachments] == [("a.png", "image/png", 1)]


def test_an_attached_text_is_not_read() -> None:
    raw = a_mail_of_parts(
        ("text/plain", "mine"),
        ("text/plain\nContent-Disposition: attachment; filename=log.txt", "KR 1.1: 9"),
        kind="mixed",
    )
    assert words(raw) == [(0, "mine")]
    assert read(raw).attachments[0].name == "log.txt"


def test_a_forwarded_mail_is_kept_and_not_read() -> None:
    raw = a_mail_of_parts(("text/plain", "see"), ("message/rfc822", "Subject: x\n\nKR 1.1: 9"), kind="mixed")
    assert words(raw) == [(0, "see")]
    assert read(raw).attachments[0].content_type == "message/rfc822"


def test_a_calendar_part_is_kept_as_text() -> None:
    mail = read(a_mail_of_parts(("text/plain", "Yes"), ("text/calendar; method=REPLY", "BEGIN:VCALENDAR")))
    assert mail.calendars == ("BEGIN:VCALENDAR",)


def test_a_multipart_without_parts_is_read_as_text() -> None:
    assert words(a_mail("KR 1.1: 4\n", Content_Type="multipart/mixed; boundary=never")) == [(0, "KR 1.1: 4")]
    assert words(a_mail("KR 1.1: 4\n", Content_Type="multipart/mixed")) == [(0, "KR 1.1: 4")]


def test_a_flowed_text_is_unwrapped() -> None:
    raw = a_mail("I gave \nfour talks.\n", Content_Type="text/plain; format=flowed")
    assert words(raw) == [(0, "I gave four talks.")]


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("iso-8859-1", "cp1252", "12 000 \u20ac \u2013 \u201cdone\u201d"),
        ("us-ascii", "utf-8", "Gr\u00fc\u00dfe"),
        ("x-nobody", "utf-8", "Gr\u00fc\u00dfe"),
        ("x-nobody", "latin-1", "Gr\u00fc\u00dfe"),
        ("big5", "utf-8", "Gr\u00fc\u00dfe, \u8b1d\u8b1d"),
        ("big5", "big5", "\u8b1d\u8b1d"),
        ("gb2312", "gb18030", "\u8c22\u8c22 \u20ac"),
        ("punycode", "utf-8", "a-b"),
    ],
)
def test_text_is_read_whatever_its_label(label: str, codec: str, text: str) -> None:
    head = a_mail("", Content_Type=f"text/plain; charset={label}", Content_Transfer_Encoding="8bit")
    assert words(head + text.encode(codec)) == [(0, text)]


def test_an_unknown_charset_is_noted() -> None:
    assert MailProblem.UNKNOWN_CHARSET in read(a_mail(Content_Type="text/plain; charset=x-nobody")).problems


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (a_mail("\n \n"), MailProblem.NO_TEXT),
        (a_mail_of_parts(("application/pgp-encrypted", "Version: 1"), kind="encrypted"), MailProblem.ENCRYPTED),
        (a_mail("-----BEGIN PGP MESSAGE-----\n\nhQEM\n"), MailProblem.ENCRYPTED),
        (a_mail("MIAG", Content_Type="application/pkcs7-mime"), MailProblem.ENCRYPTED),
        (a_mail("eJ8+", Content_Type="application/ms-tnef"), MailProblem.WINMAIL),
        (a_mail("half", Content_Type="message/partial; id=x; number=1"), MailProblem.PARTIAL),
    ],
)
def test_what_cannot_be_read_is_named(raw: bytes, problem: MailProblem) -> None:
    assert problem in read(raw).problems


def test_a_mail_with_an_attachment_of_60_mb_is_too_big() -> None:
    raw = a_mail_of_parts(("text/plain", "see"), ("application/zip", "A" * 60_000_000), kind="mixed")
    assert reason(raw) is MailProblem.TOO_BIG
    assert read_mail(raw).sender == MAYA


def test_each_bound_has_its_name() -> None:
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(40))
    assert reason(a_mail("x" * (1024 * 1024 + 1))) is MailProblem.TOO_MUCH_TEXT
    assert reason(a_mail("x\n" * 20_001)) is MailProblem.TOO_MANY_LINES
    assert reason(a_mail("\n" * 200_000)) is MailProblem.TOO_MANY_LINES
    assert reason(a_mail("", Content_Type="multipart/mixed; boundary=a").rstrip() + f"\n\n--a\n{nested}x".encode()) is (
        MailProblem.TOO_DEEP
    )
    assert reason(a_mail(f"--a\n{nested * 30}", Content_Type="multipart/mixed; boundary=a")) is MailProblem.TOO_DEEP
    assert reason(a_mail("<div>" * 5000, Content_Type="text/html")) is MailProblem.TOO_DEEP


@given(st.binary(max_size=2000))
def test_no_bytes_make_the_reader_raise(raw: bytes) -> None:
    assert read_mail(raw).raw == raw


REAL = (
    a_mail_of_parts(("text/plain; charset=utf-8; format=flowed", "Four \ntalks"), ("text/html", "<p>Four</p>")),
    a_mail_of_parts(
        ("text/plain", "x"), ("message/rfc822", "Subject: y\n\nz"), ("image/png; name=a", "p"), kind="mixed"
    ),
    a_mail(
        "=3D=\n", Content_Transfer_Encoding="quoted-printable", Content_Type="text/plain; charset*=utf-8''big5; a=\""
    ),
    a_mail("begin 644 x\n#86)C\n`\nend\n", Content_Transfer_Encoding="x-uuencode"),
)


@given(st.sampled_from(REAL), st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=4)), max_size=12))
def test_no_damage_to_a_real_mail_makes_the_reader_raise(raw: bytes, damage: list[tuple[int, bytes]]) -> None:
    damaged = bytearray(raw)
    for place, content in damage:
        damaged[place % len(raw) : place % len(raw) + 1] = content
    mail = read_mail(bytes(damaged))
    assert mail.message_id
    assert mail.date is None or mail.date.utcoffset() is not None
