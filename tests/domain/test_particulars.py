"""What is taken as somebody's address, zone and locale."""

from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.errors import Refusal
from okrmate.domain.particulars import locale, mail_address, name_and_address, time_zone


@pytest.mark.parametrize("written", ["ada@example.org", " Ada.B+x@mail.example.org ", "o'neill@example.org"])
def test_an_address_is_taken_bare_and_as_it_is_written(written: str) -> None:
    assert mail_address(written) == written.strip()


@pytest.mark.parametrize(
    "written", ["", "ada", "ada@", "@x", "a@b@c", "a b@c", "a,b@c", "<a@b>", "a@b\n", "\x1b@b", "ä@b", "a\u202e@b"]
)
def test_what_mail_cannot_be_sent_to_is_no_address(written: str) -> None:
    found = mail_address(written)

    assert found == "a@b" if written == "a@b\n" else isinstance(found, Refusal)


@given(written=st.text(max_size=20))
def test_an_address_that_is_taken_is_one_word_with_one_at_and_taken_again(written: str) -> None:
    found = mail_address(f"{written}@example.org")

    if isinstance(found, str):
        assert found.count("@") == 1
        assert found.isascii()
        assert found.split() == [found]
        assert mail_address(found) == found


@given(zone=st.sampled_from(sorted(available_timezones())))
def test_every_zone_of_the_database_is_taken(zone: str) -> None:
    assert time_zone(zone) == zone


@pytest.mark.parametrize("written", ["", "Europe", "Europe/Berlni", "../etc/passwd", "/etc/passwd", "Nowhere/At/All"])
def test_what_the_database_does_not_know_is_no_zone(written: str) -> None:
    assert isinstance(time_zone(written), Refusal)


@pytest.mark.parametrize(
    ("written", "zone"),
    [("Tokyo", "Asia/Tokyo"), ("new york", "America/New_York"), ("europe/berlin", "Europe/Berlin")],
)
def test_a_zone_is_known_by_its_city_alone(written: str, zone: str) -> None:
    assert time_zone(written) == zone


def test_a_city_that_lies_in_two_zones_is_asked_about() -> None:
    assert isinstance(time_zone("Louisville"), Refusal)


@pytest.mark.parametrize(
    "written",
    ["Tom Reuter <tom@example.net>", ' "Tom Reuter" <tom@example.net>, ', "Tom Reuter<tom@example.net>;"],
)
def test_name_and_address_are_told_apart_where_they_are_copied_together(written: str) -> None:
    assert name_and_address(written) == ("Tom Reuter", "tom@example.net")


@pytest.mark.parametrize("written", ["", "Tom Reuter", "tom@example.net", "<tom@example.net>", "Tom <tom>", "Tom <3"])
def test_what_holds_no_name_or_no_address_is_left_together(written: str) -> None:
    assert name_and_address(written) is None


def test_a_zone_that_is_nearly_right_gets_the_right_one_named() -> None:
    found = time_zone("Europe/Berlni")

    assert isinstance(found, Refusal)
    assert found.sentence == "“Europe/Berlni” is no time zone known here; did you mean Europe/Berlin?"


@pytest.mark.parametrize("written", ["en", "de-CH", "de_CH", "gsw", "pt-BR"])
def test_a_language_with_or_without_a_country_is_a_locale(written: str) -> None:
    assert locale(written) == written


@pytest.mark.parametrize("written", ["", "klingon", "DE", "de-ch", "de-CH-1", "de ", "German"])
def test_another_word_is_no_locale(written: str) -> None:
    assert isinstance(locale(written), Refusal)
