"""What people attach to an answer: kept with the readings it tells, under a harmless name, and found again."""

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP, default

import pytest

from okrmate.domain.errors import StoreError
from okrmate.domain.letters import Incoming, Outgoing
from okrmate.services.history import undo
from okrmate.services.incoming.evidence import KEPT_ENDING, NAME_LENGTH, TINY, content_of, file_name
from okrmate.services.incoming.kept import as_text, file_of
from okrmate.services.incoming.review import take_typed
from okrmate.services.incoming.side_by_side import side_by_side
from okrmate.services.tables import READINGS
from tests.services.post_office import PostOffice

CHART = b"\x89PNG chart" + bytes(2 * TINY)
LOGO = b"\x89PNG logo" + bytes(TINY // 2)
BANNER = b"\x89PNG banner" + bytes(3 * TINY)


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def _written(office: PostOffice, letter: Outgoing, words: str, *files: tuple[bytes, str, str]) -> bytes:
    """An answer with these files: the content, the name, and how they lie in the mail."""
    mail = BytesParser(EmailMessage, policy=default).parsebytes(office.written(words, letter))
    mail.set_content(words)
    for content, name, disposition in files:
        kind = "png" if name.endswith("png") else "x-vcard" if name.endswith("vcf") else "pdf"
        main = {"png": "image", "x-vcard": "text"}.get(kind, "application")
        mail.add_attachment(content, maintype=main, subtype=kind, filename=name, disposition=disposition)
    return mail.as_bytes(policy=SMTP)


def _answer(office: PostOffice, letter: Outgoing, words: str, *files: tuple[bytes, str, str]) -> Incoming:
    return office.receive(_written(office, letter, words, *files))


def _names(office: PostOffice) -> list[tuple[str, ...]]:
    return [tuple(each.name for each in reading.evidence) for reading in office.every(READINGS)]


def test_what_is_attached_is_kept_with_the_readings_of_the_mail_and_found_again_in_it(office: PostOffice) -> None:
    letter = office.agenda()
    raw = _written(
        office,
        letter,
        "1.1: 3\n1.2: 70%",
        (CHART, "chart.png", "attachment"),
        (b"%PDF", "../../talk.pdf", "attachment"),
        (CHART, "the same.png", "attachment"),
    )

    mail = office.receive(raw)

    assert _names(office) == [("chart.png", "talk.pdf")] * 2
    kept = office.every(READINGS)[0].evidence
    assert [(each.kind, each.size, each.mail) for each in kept] == [
        ("image/png", len(CHART), mail.id),
        ("application/pdf", 4, mail.id),
    ]
    assert [content_of(office.store, office.raw, each) for each in kept] == [CHART, b"%PDF"]
    assert "Kept with it: chart.png Kept with it: talk.pdf" in office.said_to(mail)
    words = office.room.composer.words(office.room.mentor)
    assert "3, chart.png, talk.pdf" in as_text(file_of(office.store, office.pair, words))

    office.look(raw)
    assert len(office.every(READINGS)) == 2
    undo(office.desk)
    assert (office.values()["1.1"], _names(office)[0]) == ("", ("chart.png", "talk.pdf"))
    office.raw.kept[mail.raw] = office.written("1.1: 3", letter)
    with pytest.raises(StoreError, match=r"chart\.png is not in mail/"):
        content_of(office.store, office.raw, kept[0])


def test_pictures_of_a_signature_and_what_mail_programs_add_are_no_evidence(office: PostOffice) -> None:
    letter = office.agenda()
    added = ((LOGO, "logo.png", "inline"), (b"BEGIN:VCARD", "sam.vcf", "attachment"), (b"", "empty.pdf", "attachment"))

    _answer(office, letter, "1.1: 3", *added, (BANNER, "banner.png", "inline"))
    _answer(office, letter, "1.1: 4", *added, (BANNER, "banner.png", "inline"), (CHART, "screen.png", "inline"))
    _answer(office, letter, "1.1: 5", (LOGO, "small.png", "attachment"), (CHART, "screen.png", "attachment"))
    back = BytesParser(policy=default).parsebytes(office.postman.sent[-1][1])
    mail = BytesParser(EmailMessage, policy=default).parsebytes(office.written("1.1: 6", letter))
    mail.set_content("1.1: 6")
    mail.add_attachment(back)
    office.receive(mail.as_bytes())

    assert _names(office) == [("banner.png",), ("screen.png",), ("small.png", "screen.png"), ()]


def test_what_came_with_an_unclear_line_is_kept_with_what_settles_it(office: PostOffice) -> None:
    letter = office.agenda()
    asked = _answer(office, letter, "1.1: 60%", (CHART, "chart.png", "attachment"))
    office.answer(office.acknowledgement(asked), "1.1: 3")
    decided = _answer(office, letter, "1.1: 9999", (BANNER, "other.png", "attachment"))

    (line,) = side_by_side(office.room, decided.id).open
    take_typed(office.room, decided.id, line, "4")

    assert _names(office) == [("chart.png",), ("other.png",)]
    assert content_of(office.store, office.raw, office.every(READINGS)[0].evidence[0]) == CHART


@pytest.mark.parametrize("acknowledged", [True, False])
def test_a_file_that_was_forgotten_is_kept_with_the_numbers_before_it_and_moves_nothing(
    office: PostOffice, *, acknowledged: bool
) -> None:
    letter = office.agenda()
    first = office.answer(letter, "1.1: 3")
    told = office.acknowledgement(first) if acknowledged else letter

    mail = _answer(office, told, "Sorry, here is the chart.", (CHART, "chart.png", "attachment"))

    assert (_names(office), office.values()["1.1"]) == ([(), ("chart.png",)], "3")
    assert "Kept with it: chart.png" in office.said_to(mail)
    assert mail.left == ("Sorry, here is the chart.",)
    office.answer(office.acknowledgement(mail), "undo")
    assert [bool(each.undone_by) for each in office.every(READINGS)] == [False, True]
    office.clock.move(days=2)
    late = _answer(office, letter, "And this is my cat.", (BANNER, "cat.png", "attachment"))
    assert (len(office.every(READINGS)), late.left) == (2, ("And this is my cat.",))


@pytest.mark.parametrize(
    ("given", "kind", "name"),
    [
        ("talk.pdf", "application/pdf", "talk.pdf"),
        ("..\\..\\C:\\talk.pdf", "application/pdf", "talk.pdf"),
        ("/etc/passwd", "text/plain", "passwd"),
        ("..", "application/pdf", "attached.pdf"),
        ("", "message/rfc822", "attached.eml"),
        ("~/.ssh/", "text/plain", "attached"),
        (".bashrc", "text/plain", "bashrc"),
        ("a\x1b[2Jb\r\nc\x00.png", "image/png", "a[2Jb c.png"),
        ("talk\u202efdp.exe", "application/pdf", "talkfdp.exe"),
        ("half\ud800.png", "image/png", "half.png"),
        ("Überblick März: 1/2?.png", "image/png", "2-.png"),
        ("a" * 300 + ".png", "image/png", "a" * (NAME_LENGTH - 4) + ".png"),
        ("a" * 300 + "." + "b" * 300, "image/png", "a" * NAME_LENGTH),
        ("木" * 300 + ".png", "image/png", "木" * (2 * NAME_LENGTH // 3) + ".png"),
    ],
)
def test_a_name_leads_nowhere_hides_nothing_and_fits(given: str, kind: str, name: str) -> None:
    assert file_name(given, kind) == name
    assert len(name.encode()) <= 2 * NAME_LENGTH + KEPT_ENDING
