"""`okrmate explain` of one mail: with a home as the poller would take it, without one only its words."""

from pathlib import Path

from tests.cli.running import Okrmate, answer_to

MAIL = b"From: tom@example.net\nTo: vera@example.org\nMessage-ID: <a@x>\n\nThree talks booked.\n\n> What is new?\n"


def test_without_a_home_the_senders_own_words_are_told(nowhere: Okrmate, tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(MAIL)

    from_file, from_input = nowhere("explain", str(path)), nowhere("explain", "-", given=MAIL)
    data = nowhere("explain", "--json", given=MAIL).data

    assert (from_file.code, from_file.err) == (0, "")
    assert "Three talks booked." in from_file.out
    assert "What is new?" not in from_file.out
    assert from_input.out == from_file.out
    assert isinstance(data, dict)
    assert data["words"] == "Three talks booked."
    assert not nowhere.home.exists()


def test_with_a_home_it_tells_what_would_happen_and_changes_nothing(busy: Okrmate) -> None:
    busy.with_agenda_sent()
    mail = answer_to(busy.sent("Talk 1 with Vera: the agenda"), "1.1: 4\n")
    before = busy.files()

    told = busy.done("explain", given=mail)
    data = busy.done("explain", "--json", given=mail).data

    assert "Verdict: accept" in told.out
    assert "It would be applied:" in told.out
    assert "The answer would be:" in told.out
    assert isinstance(data, dict)
    assert data.keys() == {"verdict", "reason", "state", "summary", "words", "left", "told", "answer", "to_do"}
    assert (data["verdict"], data["state"], data["words"]) == ("accept", "applied", "1.1: 4")
    assert busy.files() == before


def test_a_strangers_mail_is_explained_too(busy: Okrmate) -> None:
    data = busy.done("explain", "--json", given=b"From: eve@example.com\nMessage-ID: <e@x>\n\n1.1: 9\n").data

    assert isinstance(data, dict)
    assert data["verdict"] != "accept"
    assert data["reason"]


def test_bytes_that_are_no_mail_are_explained_without_trouble(busy: Okrmate, nowhere: Okrmate) -> None:
    for raw in (b"", b"\x00\xff\xfe", b"no header at all", b"From: \xff\n\n\xff"):
        assert busy.done("explain", given=raw).out
    assert nowhere.bare("explain", "--home", "/nowhere", given=b"\xff").code == 0


def test_a_file_that_cannot_be_read_is_a_sentence(nowhere: Okrmate, tmp_path: Path) -> None:
    assert nowhere("explain", "missing.eml").err == "missing.eml cannot be read: No such file or directory.\n"
    assert nowhere("explain", str(tmp_path)).code == 2


def test_what_to_do_about_a_held_mail_stands_the_same_in_explain_and_inbox_show(busy: Okrmate) -> None:
    busy.with_agenda_sent()
    mail = answer_to(busy.sent("Talk 1 with Vera: the agenda"), "\n")
    told = busy.done("explain", "--json", given=mail).data
    busy.arrives(mail)
    busy.done("poll")
    (held,) = busy.done("inbox", "list", "--json").facts()

    assert isinstance(told, dict)
    assert told["to_do"]
    assert held["to_do"] == told["to_do"]
    assert told["to_do"] in busy.done("inbox", "show", str(held["id"])).lines
