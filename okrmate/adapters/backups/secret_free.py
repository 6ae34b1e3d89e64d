"""A config.toml without its secrets, as a backup holds it, and with those of the home it is put into."""

import re
import tomllib
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from okrmate.config_text import with_keys
from okrmate.domain.errors import ConfigError

SECRETS = ("mail.imap.password", "mail.smtp.password")
_IN_A_COMMENT = re.compile(r"^(\s*#+\s*password\s*=).*$", re.MULTILINE)


def without_secrets(text: str) -> str | None:
    """The text with its passwords emptied, also those in comments; None where they cannot be told from the rest."""
    try:
        blanked = with_keys(text, {key: "" for key in SECRETS if _value(text, key)})
    except ConfigError:
        return None
    return _IN_A_COMMENT.sub(r'\1 ""', blanked)


def with_secrets_of(text: str, known: str) -> str:
    """The text with its empty passwords filled from another, as far as that has them."""
    try:
        return with_keys(text, {key: str(_value(known, key)) for key in SECRETS if _lacks(text, key, known)})
    except ConfigError:
        return text


def zone_in(text: str) -> str:
    """The mentor's time zone; UTC where none can be told."""
    try:
        return ZoneInfo(str(_value(text, "mentor.zone"))).key
    except (ConfigError, ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"


def _lacks(text: str, key: str, known: str) -> bool:
    return _value(text, key) == "" and bool(_value(known, key))


def _value(text: str, key: str) -> object:
    """What stands under a key; None where nothing does. `ConfigError` where the text is no TOML."""
    found: object
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise ConfigError(("The config.toml is not valid TOML.",)) from None
    for name in key.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found
