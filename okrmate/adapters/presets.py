"""The mail providers that are known: their servers, how to log in, and what their customers must do first."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from okrmate.adapters.documents import from_document
from okrmate.config import Auth, Filing, Security, SmtpSettings
from okrmate.frozen import Frozen, replace


class PresetServer(Frozen):
    """Where a provider's server is."""

    host: str
    port: int
    security: Security


class Preset(Frozen):
    """One provider, as `presets.toml` describes it; `id` is its table there."""

    id: str
    name: str
    domains: tuple[str, ...]
    imap: PresetServer
    smtp: PresetServer
    auth: Auth
    files_sent: bool
    plus_addresses: bool
    first: str


@cache
def presets() -> Mapping[str, Preset]:
    """All providers that are known, by id; the file is read once."""
    text = files("okrmate.adapters").joinpath("presets.toml").read_text("utf-8")
    return {name: from_document(Preset, {"id": name, **table}) for name, table in tomllib.loads(text).items()}


def preset_for(address: str) -> Preset | None:
    """The provider an address belongs to; None for a domain that says nothing, such as somebody's own."""
    domain = address.rpartition("@")[2].lower()
    return next((preset for preset in presets().values() if domain in preset.domains), None)


def with_known_filing(smtp: SmtpSettings) -> SmtpSettings:
    """The settings without copies of ours where the provider is known to file what leaves, whoever's domain sends.

    It does so in its own time: none of its copies would be found at once, and then there would be two.
    """
    files = any(preset.files_sent and preset.smtp.host == smtp.server.host.lower() for preset in presets().values())
    return replace(smtp, sent=Filing.NEVER) if files and smtp.sent is Filing.AUTO else smtp
