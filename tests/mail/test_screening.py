"""Verdicts on mails: what is accepted, ignored, held and refused, and which mail is none of our business."""

import pytest

from okrmate.domain.meetings import Participation
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.mail.calendar import calendar_uid
from okrmate.mail.headers import read_headers
from okrmate.mail.inbound import read_mail
from okrmate.mail.reasons import HoldReason, IgnoreReason, RefuseReason
from okrmate.mail.screening import (
    Accept,
    Bounce,
    Correspondent,
    Facts,
    Hold,
    Ignore,
    Refuse,
    TokenOwner,
    Verdict,
    concerns_us,
    may_report,
    screen,
)
from tests.mail.messages import HOME, LETTER_ID, MAYA, MENTOR, OTHER_TOKEN, TOKEN, a_mail, a_mail_of_parts
from tests.mail.test_calendar import a_reply

MAYA_HERSELF = Correspondent(person="maya", side=Side.PROTEGE)
OLIVIA = Correspondent(person="", side=Side.MENTOR)
LETTER = TokenOwner(correspondent=MAYA_HERSELF, mentorship="pair1", letter="letter1", meeting="talk3")
COPY_ID = f"<{OTHER_TOKEN}.{HOME}@example.org>"
OWNERS = {TOKEN: LETTER, OTHER_TOKEN: TokenOwner(correspondent=OLIVIA, mentorship="pair1", letter="letter2")}
UNKNOWN_TOKEN = "x" * 27
FACTS = Facts(
    known={MAYA: MAYA_HERSELF, "leo@example.net": Correspondent(person="leo", side=Side.PROTEGE), MENTOR: OLIVIA},
    is_ours={LETTER_ID, COPY_ID}.__contains__,
    owner_of=OWNERS.get,
    own_addresses=(MENTOR,),
    home_id=HOME,
    authserv_ids=("mx.example.org",),
)
TO_MENTOR = {"To": MENTOR, "In_Reply_To": None, "References": None}
THREAD_ONLY = {"To": MENTOR}


def verdict(raw: bytes, facts: Facts = FACTS) -> Verdict:
    return screen(read_mail(raw), facts)


def hold(reason: HoldReason, detail: str = "") -> Hold:
    return Hold(reason=reason, detail=detail, owner=LETTER)


def test_an_answer_with_token_and_known_sender_is_accepted() -> None:
    assert verdict(a_mail()) == Accept(sender=MAYA_HERSELF, owner=LETTER, token=TOKEN)


@pytest.mark.parametrize(
    "fields",
    [
        {"To": MENTOR},
        {"To": MENTOR, "In_Reply_To": None},
        {"To": MENTOR, "In_Reply_To": "<lost@example.net>"},
        {"In_Reply_To": None, "References": None},
        {"To": MENTOR, "In_Reply_To": None, "References": None, "Delivered_To": f"olivia+{TOKEN.upper()}@example.org"},
        {"To": f"olivia+{TOKEN}@example.org, Olivia <olivia+{TOKEN}@example.org>"},
    ],
)
def test_the_token_is_found_wherever_it_travels(fields: dict[str, str | None]) -> None:
    assert isinstance(verdict(a_mail(**fields)), Accept)


def test_the_mentors_own_answer_from_the_sending_address_is_accepted() -> None:
    raw = a_mail(From=f"Olivia <{MENTOR}>", To=MENTOR, In_Reply_To=COPY_ID, References=COPY_ID)
    found = verdict(raw)
    assert isinstance(found, Accept)
    assert found.sender == OLIVIA


def test_our_own_letter_coming_back_is_ignored() -> None:
    assert verdict(a_mail(Message_ID=LETTER_ID)) == Ignore(reason=IgnoreReason.OWN_MAIL)


@pytest.mark.parametrize("sender", [f"{MAYA}, leo@example.net", f"{MAYA} <stranger@example.com>", "Maya", None])
def test_a_mail_without_exactly_one_sender_is_refused(sender: str | None) -> None:
    assert verdict(a_mail(From=sender)) == Refuse(reason=RefuseReason.NOT_ONE_SENDER)


def test_a_mail_with_two_from_fields_is_refused() -> None:
    assert verdict(f"From: {MAYA}\n".encode() + a_mail()) == Refuse(reason=RefuseReason.NOT_ONE_SENDER)


def test_a_known_sender_without_a_token_is_held_as_no_answer() -> None:
    assert verdict(a_mail(**TO_MENTOR)) == Hold(reason=HoldReason.NOT_AN_ANSWER)


def test_a_stranger_is_refused() -> None:
    raw = a_mail(From="stranger@example.com", **TO_MENTOR)
    assert verdict(raw) == Refuse(reason=RefuseReason.UNKNOWN_SENDER)


def test_a_stranger_with_a_token_is_held() -> None:
    assert verdict(a_mail(From="stranger@example.com")) == hold(HoldReason.UNKNOWN_SENDER)


def test_a_person_with_somebody_elses_token_is_held() -> None:
    assert verdict(a_mail(From="leo@example.net")) == hold(HoldReason.ANOTHER_PERSON)


def test_what_the_mentor_wrote_to_a_protege_in_our_thread_is_her_own_mail() -> None:
    raw = a_mail(From=f"Olivia Marsh <{MENTOR}>", To=MAYA)
    assert verdict(raw) == Ignore(reason=IgnoreReason.OWN_MAIL)


def test_the_token_of_another_person_than_the_threads_is_held() -> None:
    raw = a_mail(To=f"olivia+{OTHER_TOKEN}@example.org")
    assert verdict(raw) == hold(HoldReason.ANOTHER_PERSON)


@pytest.mark.parametrize(
    "fields",
    [
        {"To": f"olivia+{UNKNOWN_TOKEN}@example.org"},
        {"To": MENTOR, "References": None, "In_Reply_To": f"<{UNKNOWN_TOKEN}.{HOME}@example.org>"},
    ],
)
def test_the_token_of_a_letter_nobody_knows_is_refused(fields: dict[str, str | None]) -> None:
    assert verdict(a_mail(**fields)) == Refuse(reason=RefuseReason.BROKEN_TOKEN)


def test_another_homes_message_id_and_another_persons_plus_address_are_no_tokens() -> None:
    other = f"<{UNKNOWN_TOKEN}.anotherhome1@example.org>"
    raw = a_mail(To=f"{MENTOR}, leo+{UNKNOWN_TOKEN}@example.net", In_Reply_To=other, References=other)
    assert verdict(raw) == Hold(reason=HoldReason.NOT_AN_ANSWER)


def test_two_different_tokens_in_recipients_are_refused() -> None:
    raw = a_mail(Cc=f"olivia+{OTHER_TOKEN}@example.org")
    assert verdict(raw) == Refuse(reason=RefuseReason.SEVERAL_TOKENS)


def test_of_a_long_thread_the_letter_answered_counts() -> None:
    earlier = TokenOwner(correspondent=MAYA_HERSELF, mentorship="pair1", letter="letter0")
    facts = replace(FACTS, owner_of={**OWNERS, "e" * 27: earlier}.get)
    found = verdict(a_mail(References=f"<{'e' * 27}.{HOME}@example.org> {LETTER_ID}", **THREAD_ONLY), facts)
    assert isinstance(found, Accept)
    assert found.owner == LETTER


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"Auto_Submitted": "auto-replied (vacation)"}, IgnoreReason.AUTOMATIC_REPLY),
        ({"X_Autoreply": "yes"}, IgnoreReason.AUTOMATIC_REPLY),
        ({"Precedence": "auto_reply"}, IgnoreReason.AUTOMATIC_REPLY),
        ({"Subject": "Automatic reply: Talk 3"}, IgnoreReason.AUTOMATIC_REPLY),
        ({"Subject": "=?utf-8?q?R=C3=A9ponse_automatique_:_Talk?="}, IgnoreReason.AUTOMATIC_REPLY),
        ({"Auto_Submitted": "auto-generated"}, IgnoreReason.AUTOMATIC_MAIL),
        ({"Return_Path": "<>"}, IgnoreReason.AUTOMATIC_MAIL),
        ({"Precedence": "Bulk"}, IgnoreReason.AUTOMATIC_MAIL),
        ({"From": "no-reply@example.net"}, IgnoreReason.AUTOMATIC_MAIL),
        ({"From": "DoNotReply@example.net"}, IgnoreReason.AUTOMATIC_MAIL),
        ({"List_Id": "<talks.example.net>"}, IgnoreReason.MAILING_LIST),
        ({"Precedence": "list"}, IgnoreReason.MAILING_LIST),
        (
            {"Content_Type": "multipart/report; report-type=disposition-notification; boundary=b"},
            IgnoreReason.AUTOMATIC_MAIL,
        ),
    ],
)
def test_what_a_machine_wrote_is_ignored_with_its_reason(fields: dict[str, str], reason: IgnoreReason) -> None:
    assert verdict(a_mail(**fields)) == Ignore(reason=reason)


@pytest.mark.parametrize("fields", [{"Auto_Submitted": "no"}, {"Precedence": "normal"}, {"From": f"Noreply <{MAYA}>"}])
def test_what_a_person_wrote_is_not_taken_for_a_machines(fields: dict[str, str]) -> None:
    assert isinstance(verdict(a_mail(**fields)), Accept)


def a_report(action: str, status: str, original: str = LETTER_ID) -> bytes:
    body = (
        "--b\nContent-Type: text/plain\n\nYour message could not be delivered.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
        f"Final-Recipient: rfc822; {MAYA}\nAction: {action}\nStatus: {status}\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nFrom: {MENTOR}\nMessage-ID: {original}\n--b--\n"
    )
    return a_mail(
        body,
        Return_Path="<>",
        From="MAILER-DAEMON@mx.example.net (Mail Delivery System)",
        Content_Type='multipart/report; report-type=delivery-status; boundary="b"',
        **TO_MENTOR,
    )


def test_a_bounce_names_the_address_and_our_letter() -> None:
    bounce = Bounce(addresses=(MAYA,), message_id=LETTER_ID)
    assert verdict(a_report("failed", "5.1.1")) == Ignore(reason=IgnoreReason.BOUNCE, bounce=bounce)
    assert verdict(a_report("delayed", "4.4.1")) == Ignore(reason=IgnoreReason.DELAYED, bounce=bounce)


def test_a_bounce_of_somebody_elses_mail_names_no_letter() -> None:
    found = verdict(a_report("failed", "5.1.1", "<private@example.org>"))
    assert isinstance(found, Ignore)
    assert found.bounce is not None
    assert found.bounce.message_id == ""


def test_a_report_that_says_nothing_is_ignored_as_a_report() -> None:
    assert verdict(a_report("delivered", "2.0.0")) == Ignore(reason=IgnoreReason.DELIVERY_REPORT)


def an_rsvp(uid: str = calendar_uid(TOKEN), **fields: str) -> bytes:
    raw = a_mail_of_parts(("text/plain", "Accepted"), ("text/calendar; method=REPLY", a_reply(UID=uid)))
    head = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in fields.items())
    return head.encode() + raw.replace(f"In-Reply-To: {LETTER_ID}\n".encode(), b"")


def test_an_rsvp_is_read_although_a_machine_sent_it() -> None:
    found = verdict(an_rsvp(Auto_Submitted="auto-generated", Precedence="bulk"))
    assert isinstance(found, Accept)
    assert found.calendar is not None
    assert found.calendar.participation is Participation.ACCEPTED
    assert found.owner == LETTER


def test_an_rsvp_to_somebody_elses_event_is_ignored() -> None:
    assert verdict(an_rsvp("party@example.net")) == Ignore(reason=IgnoreReason.OTHER_EVENT)
    assert verdict(an_rsvp(calendar_uid(UNKNOWN_TOKEN))) == Ignore(reason=IgnoreReason.OTHER_EVENT)


def test_an_rsvp_from_an_unknown_sender_is_held() -> None:
    raw = an_rsvp().replace(MAYA.encode(), b"delegate@example.com")
    assert verdict(raw) == hold(HoldReason.UNKNOWN_SENDER)


def test_a_sender_the_receiving_server_found_false_is_held() -> None:
    raw = a_mail(Authentication_Results="mx.example.org; dmarc=fail header.from=example.net")
    assert verdict(raw) == hold(HoldReason.AUTHENTICATION, "dmarc")


def test_what_cannot_be_read_is_held_with_its_reason() -> None:
    assert verdict(a_mail("A" * 6_000_000)) == hold(HoldReason.TOO_BIG)
    assert verdict(a_mail("x\n" * 30_000)) == hold(HoldReason.UNREADABLE, "too many lines")
    assert verdict(a_mail("-----BEGIN PGP MESSAGE-----\n")) == hold(HoldReason.ENCRYPTED)
    assert verdict(a_mail("\n")) == hold(HoldReason.NO_TEXT)


def concerned(raw: bytes) -> bool:
    return concerns_us(read_headers(raw), {MAYA, "leo@example.net"}, FACTS.is_ours, OWNERS.__contains__)


@pytest.mark.parametrize(
    "raw",
    [
        a_mail(),
        a_mail(From="stranger@example.com", **THREAD_ONLY),
        a_mail(From="stranger@example.com", In_Reply_To=None, References=None),
        a_mail(**TO_MENTOR),
        a_mail(From=MENTOR, To=MENTOR, In_Reply_To=COPY_ID),
        a_mail(From="daemon@example.com", X_Failed_Recipients=MAYA, **TO_MENTOR),
        a_mail(From="a@example.com", To=MENTOR, In_Reply_To=f"<{TOKEN}.{HOME}@example.com>", References=None),
    ],
)
def test_what_carries_a_token_answers_a_letter_or_comes_from_a_protege_concerns_us(raw: bytes) -> None:
    assert concerned(raw)


@pytest.mark.parametrize(
    "raw",
    [
        a_mail(From="stranger@example.com", **TO_MENTOR),
        a_mail(From=MENTOR, To="friend@example.com", In_Reply_To="<x@example.com>", References=None),
        a_mail(
            From="stranger@example.com", To=f"olivia+{UNKNOWN_TOKEN}@example.org", In_Reply_To=None, References=None
        ),
        a_mail(From=MENTOR, To=MAYA, Message_ID=LETTER_ID),
    ],
)
def test_everything_else_is_none_of_our_business(raw: bytes) -> None:
    assert not concerned(raw)


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/report; report-type=delivery-status; boundary=b",
        "Multipart/Report; boundary=b",
        "text/calendar; charset=utf-8; method=REPLY",
        'text/calendar; METHOD="Reply"',
        "text/calendar",
    ],
)
def test_what_may_name_our_letter_only_inside_is_looked_into(content_type: str) -> None:
    assert may_report({"content-type": (content_type,)})


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/report; report-type=disposition-notification; boundary=b",
        "text/calendar; method=REQUEST",
        "text/calendar; charset=utf-8; METHOD=CANCEL",
        "text/plain; name=method=reply",
        "multipart/mixed; boundary=b",
    ],
)
def test_receipts_invitations_and_other_mail_are_not_looked_into(content_type: str) -> None:
    assert not may_report({"content-type": (content_type,)})
    assert not may_report({})
