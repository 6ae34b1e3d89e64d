"""The clocks tell aware UTC moments; ids can be typed and tokens cannot be guessed."""

import math
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from okrmate.adapters.clock import MovedClock, SystemClock
from okrmate.adapters.tokens import ALPHABET, SystemTokens
from tests.builders import NOW
from tests.fakes import CountingTokens


def test_the_systems_clock_tells_utc_and_does_not_stand_still() -> None:
    clock = SystemClock()
    first = clock.now()
    assert first.tzinfo is UTC
    assert first.year > 2024
    assert clock.now() >= first


def test_a_moved_clock_stands_until_it_is_moved_and_tells_utc() -> None:
    clock = MovedClock(datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Europe/Madrid")))
    assert clock.now() == clock.now() == NOW
    assert clock.now().tzinfo is UTC
    clock.move_to(NOW + timedelta(days=3))
    assert clock.now() == NOW + timedelta(days=3)


def test_a_moved_clock_does_not_go_back() -> None:
    clock = MovedClock(NOW)
    with pytest.raises(ValueError, match="does not go back"):
        clock.move_to(NOW - timedelta(seconds=1))
    assert clock.now() == NOW


def test_ids_have_twelve_letters_and_digits_and_tokens_128_bits() -> None:
    tokens = SystemTokens()
    assert len(tokens.new_id()) == 12
    assert len(tokens.new_token()) * math.log2(len(set(ALPHABET))) >= 128
    drawn = {tokens.new_id() for _ in range(500)} | {tokens.new_token() for _ in range(500)}
    assert len(drawn) == 1000
    assert set("".join(drawn)) == set(ALPHABET)


def test_no_letter_of_an_id_looks_like_another() -> None:
    assert ALPHABET.lower() == ALPHABET
    assert not set("0o1li") & set(ALPHABET)


def test_the_fake_tokens_have_the_real_lengths() -> None:
    fake, real = CountingTokens(), SystemTokens()
    assert len(fake.new_id()) == len(real.new_id())
    assert len(fake.new_token()) == len(real.new_token())
