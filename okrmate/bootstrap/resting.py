"""The rest after a refused login: scripts and service managers that call again and again do not knock again."""

from contextlib import suppress
from datetime import UTC, datetime

from okrmate.bootstrap.desk import OpenHome
from okrmate.config import CONFIG_NAME
from okrmate.domain.errors import MailLoginError


def let_rest(opened: OpenHome) -> None:
    """`MailLoginError` where a login was refused within the hour and config.toml has not been changed since."""
    told = opened.loop.read()
    if told is None or told.refused_at is None or not told.rests(opened.desk.clock.now()):
        return
    if _changed_at(opened) > told.refused_at:
        return
    refused_at = opened.desk.mentor.local(told.refused_at)
    raise MailLoginError(
        f"A login was refused at {refused_at:%H:%M}, so none is tried for an hour unless you call this at a terminal "
        f"or change {CONFIG_NAME}. {told.trouble}".rstrip()
    )


def _changed_at(opened: OpenHome) -> datetime:
    with suppress(OSError):
        return datetime.fromtimestamp((opened.config.home / CONFIG_NAME).stat().st_mtime, UTC)
    return datetime.min.replace(tzinfo=UTC)
