"""What the header fields of strangers are read as."""

from hypothesis import given
from hypothesis import strategies as st

from okrmate.mail.headers import addresses, decoded_words, display_name, message_ids, read_headers, without_comments


def test_a_folded_field_comes_back_on_one_line() -> None:
    assert read_headers(b"References: <a@b>\r\n <c@d>\r\nTo: x@example.org\r\n\r\nFrom: body@example.org\r\n") == {
        "references": ("<a@b> <c@d>",),
        "to": ("x@example.org",),
    }


def test_a_field_that_stands_twice_keeps_both_values_in_order() -> None:
    assert read_headers(b"From: a@example.org\nFROM: b@example.org\n\n")["from"] == ("a@example.org", "b@example.org")


def test_bytes_beyond_ascii_are_utf8_else_latin1() -> None:
    head = "Subject: Gr\u00fc\u00dfe\n".encode() + "X-Old: Gr\u00fc\u00dfe\n".encode("latin-1")
    assert read_headers(head) == {"subject": ("Gr\u00fc\u00dfe",), "x-old": ("Gr\u00fc\u00dfe",)}


def test_a_body_without_a_head_has_no_fields() -> None:
    assert read_headers(b"\r\nFrom: x@example.org\r\n") == {}


def test_addresses_are_bare_lower_case_and_named_once() -> None:
    assert addresses(['"Lindqvist, Maya" <Maya@Example.net>, (her) maya@example.net', "<leo@example.net>"]) == (
        "maya@example.net",
        "leo@example.net",
    )


def test_an_address_inside_an_unquoted_name_counts_as_an_address() -> None:
    assert addresses(["maya@example.net <other@example.org>"]) == ("maya@example.net", "other@example.org")


def test_an_address_inside_a_quoted_name_or_a_comment_does_not_count() -> None:
    assert addresses(['"maya@example.net" <other@example.org> (leo@example.net)']) == ("other@example.org",)


def test_encoded_words_are_read_also_with_a_charset_nobody_knows() -> None:
    assert decoded_words("=?utf-8?q?Gr=C3=BC=C3=9Fe?= =?utf-8?b?8J+Yig==?=") == "Gr\u00fc\u00dfe\U0001f60a"
    assert decoded_words("=?x-nobody?q?Gr=C3=BC=C3=9Fe?=") == "Gr\u00fc\u00dfe"
    assert decoded_words("=?utf-8?b?broken") == "=?utf-8?b?broken"


def test_a_line_break_hidden_in_an_encoded_word_becomes_a_space() -> None:
    assert decoded_words("=?utf-8?q?Hello=0D=0ABcc:_x?=") == "Hello Bcc: x"


def test_the_display_name_is_unquoted_and_decoded() -> None:
    assert display_name('"Maya \\"May\\" L." <maya@example.net>') == 'Maya "May" L.'
    assert display_name("=?utf-8?q?J=C3=BCrg?= <j@example.net>") == "J\u00fcrg"
    assert display_name("maya@example.net") == ""


def test_comments_go_with_what_is_nested_in_them() -> None:
    assert without_comments('pass (good (really\\)) yes) "(kept)" x').split() == ["pass", '"(kept)"', "x"]


@given(st.text(max_size=300))
def test_no_value_makes_a_reader_raise(value: str) -> None:
    addresses([value])
    message_ids([value])
    assert "\n" not in decoded_words(value) + display_name(value)


@given(st.binary(max_size=600))
def test_no_head_makes_the_reader_raise(head: bytes) -> None:
    assert all(values for values in read_headers(head).values())
