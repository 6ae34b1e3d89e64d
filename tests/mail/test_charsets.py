"""Bytes to text, whatever the label says."""

from okrmate.mail.charsets import decoded


def test_one_broken_byte_in_a_utf_8_text_spoils_one_sign_and_not_all_of_them() -> None:
    content = "Zuhörer, die mit 4 oder 5 bewerten: 62 % von 80 %".encode() + b"\xff"

    assert decoded(content, "utf-8") == "Zuhörer, die mit 4 oder 5 bewerten: 62 % von 80 %\ufffd"


def test_a_text_that_is_no_utf_8_at_all_is_read_as_latin_1() -> None:
    assert decoded("Grüße, schöne Grüße".encode("latin-1"), "utf-8") == "Grüße, schöne Grüße"
