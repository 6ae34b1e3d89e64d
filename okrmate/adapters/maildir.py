"""Local Maildirs as the way in and the way out: `MaildirMailbox` and `MaildirPostman`.

The format is the one other mail programs share: a message is a file in `new/` or `cur/`, its name unique up to a
colon, its flags behind `:2,`. Nothing is deleted and no flag is set here.
"""

import errno
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from okrmate.domain.errors import MailServerError
from okrmate.frozen import Frozen
from okrmate.mail.headers import HEAD_LIMIT, read_headers
from okrmate.services.ports import Delivery, DeliveryState, Look, Sighting

_FIRST_READ = 8 * 1024
"""Bytes in which nearly every head ends."""
_OVERLAP_NS = 2_000_000_000
"""Nanoseconds that a look goes back behind the youngest file it saw: a file that was put there while the folder was
being listed may be a little older than one that was listed."""
_TICK_NS = 10_000_000
"""A file's time may lag behind the clock by one tick of the kernel."""


class _Cursor(Frozen):
    """How far a folder was looked through.

    Files that changed before `edge` (st_ctime_ns) are past, `past` is how many they were. `names` are the digests of
    the younger ones that were seen, and of what the last look showed: dealing with a message renames it, and that makes
    it young again.
    """

    edge: int
    past: int
    names: frozenset[str]

    def written(self) -> str:
        return f"{self.edge}/{self.past}/{','.join(sorted(self.names))}"

    @classmethod
    def read(cls, text: str) -> "_Cursor":
        edge, past, names = text.split("/")
        return cls(edge=int(edge), past=int(past), names=frozenset(names.split(",")) - {""})


class _File(Frozen):
    uid: str
    path: str
    size: int
    changed: int

    @property
    def digest(self) -> str:
        return hashlib.blake2b(self.uid.encode("utf-8", "surrogateescape"), digest_size=5).hexdigest()


class MaildirMailbox:
    """Looks into Maildirs, each by its name; a missing one is made."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self._folders = dict(folders)
        self._places: dict[tuple[str, str], str] = {}

    def folders(self) -> Sequence[str]:
        """Their names, in the order they were given."""
        return tuple(self._folders)

    def look(self, folder: str, cursor: str | None, since: datetime) -> Look:
        """What came into the folder since `cursor`; without one, since the moment `since`.

        What counts is when a file was put there (st_ctime), so an older mail moved in by hand is seen as well. A
        message that another program flags or moves between `new/` and `cur/` may be shown once more.
        """
        try:
            return self._look(folder, cursor, since)
        except OSError as error:
            raise _unreachable(self._folders[folder], error) from error

    def fetch(self, sighting: Sighting, limit: int) -> bytes | None:
        """Its first `limit` bytes; None where it has vanished."""
        try:
            path = self._find(sighting)
            if path is not None:
                with open(path, "rb") as file:  # noqa: PTH123 - a plain path: 5,000 Path objects cost more than the look
                    return file.read(limit)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unreachable(self._folders[sighting.folder], error) from error
        return None

    def settle(self, sighting: Sighting) -> None:
        """Move it from `new/` to `cur/`, so that it is no news any more; it stays unread."""
        root = self._folders[sighting.folder]
        try:
            path = self._find(sighting)
            if path is not None and path.startswith(f"{root / 'new'}/"):
                target = str(root / "cur" / f"{sighting.uid}:2,")
                os.rename(path, target)  # noqa: PTH104 - as above
                self._places[sighting.folder, sighting.uid] = target
        except FileNotFoundError:
            return
        except OSError as error:
            raise _unreachable(root, error) from error

    def close(self) -> None:
        """Nothing is held open."""

    def _look(self, folder: str, cursor: str | None, since: datetime) -> Look:
        root = self._folders[folder]
        make_maildir(root)
        # By uid: what is moved from new/ to cur/ while both are listed is there twice.
        files = tuple({file.uid: file for file in _files(root)}.values())
        self._places = {key: path for key, path in self._places.items() if key[0] != folder}
        start = int(since.timestamp()) * 1_000_000_000 + since.microsecond * 1000 - _TICK_NS
        last = _Cursor(edge=start, past=0, names=frozenset()) if cursor is None else _Cursor.read(cursor)
        past = sum(file.changed < last.edge for file in files)
        if cursor is not None and past > last.past:
            # Something was put there with an older time than the last look had seen (a clock was set back): all since
            # the beginning is shown again, and Message-IDs tell what is known.
            last = _Cursor(edge=start, past=0, names=frozenset())
        fresh = [file for file in files if file.changed >= last.edge and file.digest not in last.names]
        sightings = [sighting for file in fresh if (sighting := self._sighted(folder, file)) is not None]
        youngest = max((file.changed for file in files), default=last.edge)
        edge = max(last.edge, youngest - _OVERLAP_NS)
        shown = {sighting.uid for sighting in sightings}
        missed = {file.uid for file in fresh} - shown  # renamed while we looked: the next look finds the new name
        names = {file.digest for file in files if file.changed >= edge and file.uid not in missed}
        names |= {file.digest for file in fresh if file.uid in shown}
        past = sum(file.changed < edge for file in files)
        return Look(sightings=sightings, cursor=_Cursor(edge=edge, past=past, names=frozenset(names)).written())

    def _sighted(self, folder: str, file: _File) -> Sighting | None:
        try:
            with open(file.path, "rb", buffering=0) as stream:  # noqa: PTH123 - as above
                head = stream.read(_FIRST_READ)
                if b"\n\n" not in head and b"\r\n\r\n" not in head:
                    head += stream.read(HEAD_LIMIT)
        except FileNotFoundError:
            return None
        self._places[folder, file.uid] = file.path
        return Sighting(folder=folder, uid=file.uid, size=file.size, headers=read_headers(head))

    def _find(self, sighting: Sighting) -> str | None:
        """Where the message is now; another program may have renamed it since it was seen."""
        known = self._places.get((sighting.folder, sighting.uid))
        if known is not None and os.path.exists(known):  # noqa: PTH110 - as above
            return known
        files = _files(self._folders[sighting.folder])
        return next((file.path for file in files if file.uid == sighting.uid), None)


class MaildirPostman:
    """Delivers into a Maildir, from which somebody else carries on; every copy is a file of its own."""

    def __init__(self, sent: Path) -> None:
        self._sent = sent
        self._numbers = count(1)

    @property
    def takes_copies(self) -> bool:
        """What was put there to be sent is its own copy."""
        return False

    @property
    def looks_first(self) -> bool:
        """There is nothing to look for."""
        return False

    def ready(self) -> None:
        """A folder is always there; whether it can be written shows with each letter."""

    def file(self, message: bytes) -> None:
        """It takes none."""

    def rest(self) -> None:
        """Nothing is held open."""

    def send(self, message: bytes, recipient: str) -> Delivery:
        """Put the message there so that it survives a crash; a full disk or a missing right puts it off.

        Lines end in LF in the file, as everywhere on this side of SMTP.
        """
        digest = _id_digest(_message_id(message))
        try:
            make_maildir(self._sent)
            written = self._write(message.replace(b"\r\n", b"\n"), digest)
        except OSError as error:
            reason = "the disk is full" if error.errno in {errno.ENOSPC, errno.EDQUOT} else _sentence(error)
            return Delivery(
                state=DeliveryState.DEFERRED,
                reason=f"The letter to {recipient} could not be put into {self._sent}: {reason}.",
            )
        try:
            os.rename(written, self._sent / "new" / written.name)  # noqa: PTH104 - as above
            _sync_folder(self._sent / "new")
        except OSError as error:
            return Delivery(
                state=DeliveryState.IN_DOUBT,
                reason=f"Whether the letter to {recipient} is in {self._sent} is not known: {_sentence(error)}.",
            )
        return Delivery(state=DeliveryState.SENT)

    def was_sent(self, message_id: str) -> bool:
        """Whether a letter with this Message-ID was put there; told by the files' names."""
        return self.copies(message_id) > 0

    def copies(self, message_id: str) -> int:
        """How often it was put there."""
        mark = f".{_id_digest(message_id)}"
        try:
            make_maildir(self._sent)
            places = (self._sent / "new", self._sent / "cur")
            return sum(name.partition(":")[0].endswith(mark) for place in places for name in os.listdir(place))  # noqa: PTH208 - only names are needed, no paths
        except OSError as error:
            raise _unreachable(self._sent, error) from error

    def _write(self, content: bytes, digest: str) -> Path:
        """The synced file in `tmp/`; its name begins with the second it was made, by the file system's clock."""
        draft = self._sent / "tmp" / f"{os.getpid()}-{next(self._numbers)}.{digest}"
        try:
            # Not exclusively: a crash may have left a draft of this name, and nobody else writes under our pid.
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                made = os.fstat(file.fileno())
            return draft.rename(draft.with_name(f"{made.st_mtime_ns}.{draft.name}"))
        except OSError:
            with suppress(OSError):
                draft.unlink()
            raise


def make_maildir(root: Path) -> None:
    """Make the Maildir with its three folders, for nobody else to read, where it is missing."""
    if not (root / "cur").is_dir() or not (root / "new").is_dir() or not (root / "tmp").is_dir():
        for folder in (*reversed(root.parents), root, root / "tmp", root / "new", root / "cur"):
            if not folder.is_dir():
                folder.mkdir(mode=0o700, exist_ok=True)


def _files(root: Path) -> Iterator[_File]:
    """The messages of a Maildir; one that vanishes while it is listed is left out."""
    for place in ("new", "cur"):
        with os.scandir(root / place) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                try:
                    if not entry.is_file(follow_symlinks=False):
                        continue
                    found = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                uid = entry.name.partition(":")[0]
                yield _File(uid=uid, path=entry.path, size=found.st_size, changed=found.st_ctime_ns)


def _message_id(message: bytes) -> str:
    return "".join(read_headers(message).get("message-id", ())[:1])


def _id_digest(message_id: str) -> str:
    return hashlib.sha256(message_id.strip().encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sentence(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _unreachable(root: Path, error: OSError) -> MailServerError:
    return MailServerError(f"The Maildir {root} cannot be used: {_sentence(error)}. Check the folder and its rights.")
