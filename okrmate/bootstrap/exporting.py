"""What is kept of a person as one archive for themselves: a text, the same for programs, and their mails."""

import json
from functools import partial
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from okrmate.adapters.backups.archive import Archive, pieces_of, write_archive
from okrmate.adapters.mail_files import mail_files
from okrmate.bootstrap.desk import OpenHome
from okrmate.domain.errors import StoreError
from okrmate.services.incoming.kept import as_text, mails_of
from okrmate.services.letters.contexts import FilePart
from okrmate.services.mentoring.mentorships import Pair

ENDING = ".zip"
"""A file of this ending is an archive; any other is the text alone."""


def export_archive(opened: OpenHome, home: Path, pair: Pair, parts: tuple[FilePart, ...], target: Path) -> int:
    """Write the archive, and return how many mails are in it; errors as of `write_archive`."""
    known = mails_of(opened.store, pair)
    now = opened.desk.clock.now()
    mails = tuple(kept.place for kept in mail_files(home, now) if known.has(kept.place))
    write_archive(target, partial(_fill, home, pair, parts, mails), _check, now)
    return len(mails)


def _fill(home: Path, pair: Pair, parts: tuple[FilePart, ...], mails: tuple[str, ...], archive: Archive) -> None:
    data = {"id": pair.protege.id, "parts": [{"heading": part.heading, "lines": list(part.lines)} for part in parts]}
    archive.add("kept.txt", [as_text(parts).encode()])
    archive.add("kept.json", [json.dumps(data, ensure_ascii=False, indent=1).encode()])
    for place in mails:
        archive.add(place, pieces_of(home / place))


def _check(path: Path) -> None:
    try:
        with ZipFile(path) as zipped:
            broken = zipped.testzip()
    except BadZipFile as error:
        raise StoreError(f"{path} was not written whole: {error}; is the disk full?") from error
    if broken is not None:
        raise StoreError(f"{path} was not written whole: {broken} is broken; is the disk full?")
