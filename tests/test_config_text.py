"""Setting keys of a config.toml: what was asked for is there, and nothing else has changed."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.adapters.resources import Resources
from okrmate.config_text import Value, with_keys
from okrmate.domain.errors import ConfigError

SAMPLE = Resources(None).sample_config()
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEYS = st.fixed_dictionaries(
    {"mentor.name": TEXTS},
    optional={
        "mentor.zone": TEXTS,
        "mail.plus_addresses": st.booleans(),
        "mail.imap.port": st.integers(1, 65535),
        "mail.imap.password_command": st.lists(TEXTS, max_size=3).map(tuple),
        "mail.smtp.host": TEXTS,
        "mail.smtp.sent": TEXTS,
    },
)


def said(text: str, key: str) -> object:
    """What a config says of a key such as `mail.imap.host`."""
    found: object = tomllib.loads(text)
    for part in key.split("."):
        assert isinstance(found, dict)
        found = found[part]
    return found


@given(KEYS)
def test_the_sample_takes_any_value_and_says_it(keys: dict[str, Value]) -> None:
    changed = with_keys(SAMPLE, keys)

    for key, value in keys.items():
        assert said(changed, key) == (list(value) if isinstance(value, tuple) else value)


@given(KEYS)
def test_setting_keys_again_changes_only_them(keys: dict[str, Value]) -> None:
    once = with_keys(SAMPLE, keys)

    assert with_keys(once, keys) == once
    assert once.count("\n") == SAMPLE.count("\n")


def test_a_key_is_set_in_its_own_place_and_table() -> None:
    changed = with_keys(SAMPLE, {"mail.smtp.port": 587})
    different = [(old, new) for old, new in zip(SAMPLE.splitlines(), changed.splitlines(), strict=True) if old != new]

    assert different == [("# port = 465", "port = 587")]


def test_a_key_that_stands_there_is_replaced_and_not_the_comment_above_it() -> None:
    text = '[mail]\n# review = "first"\nreview = "none"\n'

    assert with_keys(text, {"mail.review": "all"}) == '[mail]\n# review = "first"\nreview = "all"\n'


def test_a_key_and_a_table_that_are_not_there_come_behind_what_is() -> None:
    text = '[mentor]\nname = "Ada"\n\n[mail]\ntransport = "imap"\n'

    assert with_keys(text, {"mentor.zone": "UTC", "mail.imap.port": 143}) == (
        '[mentor]\nname = "Ada"\nzone = "UTC"\n\n[mail]\ntransport = "imap"\n\n[mail.imap]\nport = 143\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "mail = { plus_addresses = true }\n",
        "mail.plus_addresses = true\n",
        '[mail]\nx = """\nplus_addresses = true\n"""\n',
        "[mail]\nplus_addresses = [\n  true,\n]\n",
        "[mail]\nplus_addresses =\n",
        "mail = 1\n",
    ],
)
def test_a_text_that_is_not_understood_is_left_alone(text: str) -> None:
    with pytest.raises(ConfigError, match=r"set mail\.plus_addresses in it by hand"):
        with_keys(text, {"mail.plus_addresses": False})
