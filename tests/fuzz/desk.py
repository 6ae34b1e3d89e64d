"""The desk at which any bytes are read the whole way a mail goes: seen, explained, read for good, stored, forgotten."""

import signal
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from time import process_time
from types import FrameType

from okrmate.adapters.documents import encode_json
from okrmate.domain.letters import IncomingState, Outgoing, OutgoingState
from okrmate.mail.headers import read_headers
from okrmate.mail.layout import text
from okrmate.services.incoming import inbox
from okrmate.services.incoming.explaining import explain_mail, explain_words
from okrmate.services.ports import Look, Sighting
from tests.fakes import MemoryMailbox
from tests.services.post_office import PostOffice

BOUND = 3.0
"""Seconds of a core that the dearest mail may take."""


class TooSlowError(Exception):
    """A mail has taken longer than any may."""


class OneMail(MemoryMailbox):
    """A mailbox that shows one mail, by the headers that the real ones read."""

    def __init__(self) -> None:
        super().__init__()
        self.raw = b""

    def look(self, folder: str, cursor: str | None, since: datetime) -> Look:
        return Look(sightings=(self._sighted(folder),), cursor="1", more=False)

    def _sighted(self, folder: str) -> Sighting:
        return Sighting(folder=folder, uid="1", size=len(self.raw), headers=read_headers(self.raw))

    def fetch(self, sighting: Sighting, limit: int) -> bytes | None:
        return self.raw[:limit]


class ReadingDesk:
    """Sam has every letter that a person gets; each mail is read as if it were the first that came."""

    def __init__(self, bound: float = BOUND) -> None:
        self.bound = bound
        self.office = PostOffice()
        self.office.answer(self.office.agenda(), "KR 1.1: 60%\n")
        self.office.form()
        self.letters: Sequence[Outgoing] = [
            letter for letter in self.office.letters() if letter.state is OutgoingState.SENT
        ]
        self._mailbox = OneMail()
        self.office.mailbox = self._mailbox
        self.office.restart()

    def read(self, raw: bytes, *, explained: bool = True) -> tuple[str, float]:
        """What went wrong with these bytes, empty for nothing, and the CPU seconds they took.

        They are read for good; and explained before, if asked to, which takes as long again.
        """
        before, begun = self.office.store.records, process_time()
        try:
            with _bounded(self.bound):
                if explained:
                    self._explain(raw)
                self._read(raw)
        except Exception:  # noqa: BLE001 - whatever is raised is what is looked for
            return traceback.format_exc(), process_time() - begun
        finally:
            self.office.store.records = before
        return "", process_time() - begun

    def _explain(self, raw: bytes) -> None:
        explain_words(raw, self.letters[0].blocks)
        explain_mail(self.office.room, raw)

    def _read(self, raw: bytes) -> None:
        before = self.office.store.records
        self._mailbox.raw = raw
        for mail in inbox.poll(self.office.room).mails:
            if mail.state is IncomingState.FAILED:
                raise AssertionError(f"read with a bug: {mail.detail}")
        after = self.office.store.records
        for table, records in after.items():
            for identity, record in records.items():
                if before[table].get(identity) is not record:
                    encode_json(record)

    def quoted(self, letter: Outgoing) -> Iterator[str]:
        """The lines of a letter as they stand under an answer."""
        return (f"> {line}".rstrip() for line in text(letter.blocks).splitlines())


@contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    """Ends what takes too long, by the time of the core and not the clock's: other work is no fault of the mail's."""
    before = signal.signal(signal.SIGPROF, _too_slow)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _too_slow(_number: int, _frame: FrameType | None) -> None:
    raise TooSlowError("not read in time")
