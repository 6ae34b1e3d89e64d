"""Erasing a person from a home: out of the store and its files, then their mails; and what holds them still."""

from pathlib import Path

from okrmate.adapters.backups.contents import FOLDER
from okrmate.adapters.backups.rotation import backups_in
from okrmate.adapters.file import unwritable
from okrmate.adapters.mail_files import mail_files, remove
from okrmate.adapters.store_files import TORN
from okrmate.bootstrap.desk import OpenHome
from okrmate.frozen import Frozen
from okrmate.services.mentoring.erasing import erase_person
from okrmate.services.mentoring.mentorships import Pair


class Gone(Frozen):
    """How many records and files of mails were removed, and what in the home holds older states and was left."""

    records: int
    mails: int
    still: tuple[Path, ...]


def erase(opened: OpenHome, home: Path, pair: Pair) -> Gone:
    """Erase a person; `StoreError` where the disk does not allow all of it.

    A crash behind the commit leaves files of mails that nothing points to, as `okrmate doctor --sweep` removes them.
    """
    erased = erase_person(opened.desk, pair)
    opened.store.forget()
    theirs = tuple(kept for kept in mail_files(home, opened.desk.clock.now()) if erased.owns(kept.place))
    remove(home, theirs)
    torn = home / TORN
    try:
        torn.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(torn, error) from error
    aside = sorted(path for path in home.glob("before-restore-*") if path.is_dir())
    return Gone(records=erased.records, mails=len(theirs), still=(*backups_in(home / FOLDER), *aside))
