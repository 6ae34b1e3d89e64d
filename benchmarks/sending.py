"""Letters sent a second through a real Postfix, where it is installed: by the postman alone and by a whole pass."""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from io import BufferedWriter
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, seconds
from benchmarks.homes import home_of
from okrmate.adapters.imap.sent import ImapSentFolder
from okrmate.adapters.smtp.postman import SmtpPostman
from okrmate.config import Filing, SmtpSettings
from okrmate.domain.letters import OutgoingState
from okrmate.frozen import replace
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring import mentorships
from okrmate.services.outgoing import delivery, outbox, planning
from okrmate.services.ports import DeliveryState
from okrmate.services.tables import OUTGOING
from tests.servers.accounts import Account
from tests.servers.logins import Secrets, imap_server, smtp_server
from tests.servers.mailhost import MailHost, missing

LETTERS = 200
ROUNDS = 5
Mail = tuple[str, bytes]
"""Recipient and content."""


def sending() -> Iterator[Figure]:
    """The rates over STARTTLS with a login, the same letters each time; nothing where there are no servers."""
    if sentence := missing():
        print(f"letters through Postfix: not measured. {sentence}")
        return
    with closing(MailHost()) as host:
        host.start()
        sender = host.account("vera")
        with home_of(0) as (home, room, _clock):
            _write_letters(room, host)
            taken = seconds(partial(delivery.deliver, replace(room, postman=_postman(host, sender))))
            mails = _sent_mails(room)
            plainly = seconds(partial(_recorded_plainly, host, sender, mails, home))
        bare, postman = [], []
        for _ in range(ROUNDS):
            bare.append(seconds(partial(_bare, host, sender, mails)))
            postman.append(seconds(partial(_by_postman, host, sender, mails)))
    yield Figure(
        name="letters through Postfix",
        value=LETTERS / median(postman),
        unit="a second",
        anchor="bare smtplib, one connection",
        anchor_value=LETTERS / median(bare),
    )
    yield Figure(
        name="letters written, claimed, kept, sent and recorded, each by itself",
        value=LETTERS / taken,
        unit="a second",
        anchor="bare smtplib, with each mail kept, and written to a journal before and after",
        anchor_value=LETTERS / plainly,
    )


def _write_letters(room: MailRoom, host: MailHost) -> None:
    """A welcome for each of many people, let go."""
    for number in range(LETTERS):
        new = mentorships.NewPerson(name=f"Person {number:03}", address=host.new_account().address, locale="en")
        mentorships.add_person(room.desk, new)
    planning.plan(room)
    outbox.release_all(room.desk)


def _sent_mails(room: MailRoom) -> list[Mail]:
    letters = room.store.find(OUTGOING, "state", OutgoingState.SENT)
    if len(letters) != LETTERS:
        raise AssertionError(f"{len(letters)} letters have left, not {LETTERS}")
    day = room.desk.clock.now()
    return [(letter.address, room.raw.read(f"mail/{day:%Y-%m-%d}/{letter.id}-1.eml")) for letter in letters]


def _postman(host: MailHost, sender: Account) -> SmtpPostman:
    return SmtpPostman(
        SmtpSettings(server=smtp_server(host, sender), sent=Filing.NEVER, sent_folder="\\Sent"),
        Secrets(sender.password),
        sender=sender.address,
        sent=ImapSentFolder(imap_server(host, sender), Secrets(sender.password), "\\Sent"),
    )


def _by_postman(host: MailHost, sender: Account, mails: list[Mail]) -> None:
    postman = _postman(host, sender)
    for recipient, message in mails:
        postman.ready()
        if postman.send(message, recipient).state is not DeliveryState.SENT:
            raise AssertionError(f"The letter to {recipient} has not left.")
    postman.rest()


def _bare(host: MailHost, sender: Account, mails: list[Mail]) -> None:
    with _logged_in(host, sender) as smtp:
        for recipient, message in mails:
            smtp.sendmail(sender.address, [recipient], message)


def _recorded_plainly(host: MailHost, sender: Account, mails: list[Mail], home: Path) -> None:
    """What the promises of a pass ask of disk and server at the least."""
    with _logged_in(host, sender) as smtp, (home / "plain.journal").open("ab") as journal:
        for recipient, message in mails:
            _written_down(journal, message)
            _replaced(home / "plain.eml", message)
            smtp.sendmail(sender.address, [recipient], message)
            _written_down(journal, message)


def _written_down(journal: BufferedWriter, content: bytes) -> None:
    journal.write(content)
    journal.flush()
    os.fdatasync(journal.fileno())


def _replaced(file: Path, content: bytes) -> None:
    """The file and its folder, synced."""
    draft = file.with_suffix(".draft")
    with draft.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _logged_in(host: MailHost, sender: Account) -> smtplib.SMTP:
    smtp = smtplib.SMTP("localhost", host.ports.smtp, timeout=10)
    smtp.starttls(context=ssl.create_default_context(cafile=str(host.ca_file)))
    smtp.login(sender.name, sender.password)
    return smtp
