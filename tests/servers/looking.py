"""Looking into a folder until all of it was seen, part by part."""

from collections.abc import Iterator

from okrmate.services.ports import Look, Mailbox
from tests.adapters.mailbox_contract import LONG_AGO


def parts(mailbox: Mailbox, folder: str, cursor: str | None = None) -> Iterator[Look]:
    """Each part, from this cursor on."""
    more = True
    while more:
        look = mailbox.look(folder, cursor, LONG_AGO)
        cursor, more = look.cursor, look.more
        yield look
