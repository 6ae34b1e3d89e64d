"""An IMAP account as the mailbox: headers of what is new, bodies of what concerns us, and marks on what is done."""

import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from okrmate.adapters.credentials import Credentials
from okrmate.adapters.imap.answers import Folder
from okrmate.adapters.imap.connection import ImapConnection
from okrmate.adapters.imap.news import Cursor, Marks, headers, news
from okrmate.adapters.imap.open_folder import OpenFolder
from okrmate.adapters.imap.places import Place, named, places
from okrmate.config import ImapSettings
from okrmate.domain.errors import MailServerError
from okrmate.mail.headers import read_headers
from okrmate.services.ports import Look, Sighting

LOG = logging.getLogger("okrmate.imap")
_LETTERS = Marks(by_program=True)
JUNK_EVERY = 24 * 3600.0
"""Seconds between two looks into the junk folder."""


class ImapMailbox:
    """Looks into the account's folders; nothing in them is deleted or marked as read by that.

    Of what is filed, what lies among junk and what is older than the first look, only messages are seen at all that
    have one of the `marks` of an answer to us. The folder `sent`, by its name or special use, shows what left.
    """

    def __init__(self, settings: ImapSettings, credentials: Credentials, marks: Marks, sent: str = "") -> None:
        self._sent = sent
        self._settings = settings
        self._credentials = credentials
        self._marks = marks
        self._connection: ImapConnection | None = None
        self._places: dict[str, Place] = {}
        self._done: Folder | None = None
        self._junk_seen_at: float | None = None
        self._told: set[str] = set()

    def folders(self) -> Sequence[str]:
        """The folders of the settings that are there, each with its account, and the one for sent mail.

        The junk folder comes at most once a day.
        """
        if self._connection and not self._connection.closed:
            with suppress(MailServerError):  # it may have gone while nobody used it
                self._connection.check()
        connection = self._connected()
        there = connection.folders()
        account = f"{self._settings.server.username}@{self._settings.server.host}"
        self._places = {place.name: place for place in places(account, self._settings.folders, there, self._sent)}
        self._done = self._done_folder(connection, there)
        return tuple(name for name, place in self._places.items() if not place.junk or self._junk_is_due())

    def look(self, folder: str, cursor: str | None, since: datetime) -> Look:
        """What came into the folder since `cursor`, so much of it as is seen at once.

        Without one, which is the first look, only answers to us that came since the day of `since`: a letter may have
        left and been answered before anybody looked. All else that is older than the first look is not seen, not even
        by its headers (product, promise 5). Where the folder was made anew meanwhile, all since that day: some of it
        may be shown once more.
        """
        place = self._place(folder)
        connection = self._connected()
        try:
            return self._look(place, connection, cursor, since)
        except MailServerError as declined:
            if not place.sent or connection.closed:
                raise
            # Sent mail gives reasons for doubt, no more: a server that keeps it from us keeps no reply back by that.
            self._tell_once("sent mail cannot be looked through", str(declined))
            return Look(sightings=(), cursor=cursor or "")

    def fetch(self, sighting: Sighting, limit: int) -> bytes | None:
        """Its raw bytes, cut by the server where it is larger than `limit`; None where it has vanished.

        Of one that is too big to be read, a byte more than is read tells that; the rest stays on the server.
        """
        limit = min(limit, self._settings.max_size + 1)
        opened, uid = self._found(sighting)
        item = "BODY.PEEK[]" if sighting.size <= limit else f"BODY.PEEK[]<0.{limit}>"
        found = opened.fetch([uid], item).get(uid) if uid else None
        return found.content[:limit] if found else None

    def settle(self, sighting: Sighting) -> None:
        """Give it the done keyword, and move it to the done folder where that is wished for.

        What is filed is not moved, and what lies among junk or sent mail stays as it is.
        """
        if sighting.junk or sighting.sent:
            return
        opened, uid = self._found(sighting, to_write=True)
        if not uid:
            return
        if self._settings.done_keyword:
            opened.store(uid, self._settings.done_keyword)
        place = self._place(sighting.folder)
        if self._done and not place.searched and place.folder.wire != self._done.wire:
            opened.move(uid, self._done)

    def close(self) -> None:
        """Log out; the next use makes another connection."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _look(self, place: Place, connection: ImapConnection, cursor: str | None, since: datetime) -> Look:
        opened = connection.open(place.folder, anew=True)
        known = Cursor.read(cursor) if cursor else None
        marks = _LETTERS if place.sent else self._marks
        new = news(opened, known, since.date(), marks, answers_only=place.searched)
        sightings = tuple(
            Sighting(
                folder=place.name,
                uid=f"{opened.validity}.{found.uid}",
                size=found.size,
                headers=read_headers(found.content),
                junk=place.junk,
                sent=place.sent,
                arrived_at=found.arrived_at,
            )
            for found in headers(opened, new.uids)
        )
        if place.junk and not new.more:
            self._junk_seen_at = time.monotonic()
        return Look(sightings=sightings, cursor=new.cursor.written(), more=new.more)

    def _connected(self) -> ImapConnection:
        if self._connection is None or self._connection.closed:
            self._connection = ImapConnection(self._settings.server, self._credentials)
        return self._connection

    def _place(self, name: str) -> Place:
        if name not in self._places:
            self.folders()
        return self._places[name]

    def _found(self, sighting: Sighting, *, to_write: bool = False) -> tuple[OpenFolder, int]:
        """The folder it was seen in, and its UID there; 0 where the folder was made anew meanwhile."""
        opened = self._connected().open(self._place(sighting.folder).folder, to_write=to_write)
        validity, uid = map(int, sighting.uid.split("."))
        return opened, uid if validity == opened.validity else 0

    def _junk_is_due(self) -> bool:
        return self._junk_seen_at is None or time.monotonic() - self._junk_seen_at >= JUNK_EVERY

    def _done_folder(self, connection: ImapConnection, there: Sequence[Folder]) -> Folder | None:
        """Where mail goes that is done with; made where it is missing. None leaves each mail where it is."""
        if not self._settings.done_folder:
            return None
        folder = named(self._settings.done_folder, there)
        if connection.offers("MOVE") and (folder in there or connection.create(folder)):
            return folder
        self._tell_once("mail is not moved to the done folder: the server cannot, or does not make the folder")
        return None

    def _tell_once(self, what: str, sentence: str = "") -> None:
        if what not in self._told:
            self._told.add(what)
            LOG.warning(what, extra={"sentence": sentence} if sentence else None)
