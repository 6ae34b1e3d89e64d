"""The log tells what happened and nothing of what people wrote: no word, no name, no address, no secret."""

import json
from email.message import EmailMessage
from pathlib import Path

from okrmate.adapters.logbook import log_to
from okrmate.bootstrap.desk import OpenHome, open_home
from okrmate.bootstrap.loop import errands
from okrmate.bootstrap.mail import mail_room
from okrmate.config import CONFIG_NAME
from okrmate.daemon.calls import Calls
from okrmate.daemon.loop import Loop
from okrmate.domain.errors import MailServerError
from okrmate.domain.letters import IncomingState
from okrmate.frozen import replace
from okrmate.mail.rendering import Composer
from okrmate.services.incoming.not_applied import NotApplied
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.mentorships import NewPerson, add_person
from okrmate.services.ports import Look
from okrmate.services.tables import INCOMING
from tests.cli.running import answer_to, parsed
from tests.daemon.homes import CONFIG
from tests.fakes import MemoryBoard, MemoryMailbox

NAME, ADDRESS, SUBJECT, BODY, SECRET = "Quetzalina", "zephyrine@example.net", "Xylophage", "Zugzwang", "hunter2plover"
CANARIES = (NAME, "zephyrine", SUBJECT, BODY, SECRET, "olivia@example.org", "Olivia")
SECRETS = f'\n[mail.imap]\nhost = "mail.example.org"\nusername = "olivia"\nauth = "password"\npassword = "{SECRET}"\n'


HAPPENED = {
    "started",
    "a letter was handed over",
    "a mail was read",
    "a mail could not be read",
    "the server is away",
    "could not finish",
    "stopped",
}


class GossipingTemplates:
    """Fails with the words of the mail it is to answer, as a bug deep inside may."""

    def template(self, name: str) -> str:
        raise LookupError(f"{NAME} <{ADDRESS}> wrote {BODY} about {SUBJECT}")


class GossipingMailbox(MemoryMailbox):
    """Fails with an address in its words, as servers do."""

    def look(self, folder: str, cursor: str | None, since: object) -> Look:
        raise MailServerError(f"The server answered: 450 <{ADDRESS}> is busy.")


def one_round(room: MailRoom, opened: OpenHome) -> str:
    """Everything once, as the loop does it; what troubled it in the end."""
    calls, board = Calls(), MemoryBoard()
    Loop(
        room=room,
        errands=errands(opened, room, board, lambda: True),
        calls=calls,
        board=board,
        chance=lambda: 0.0,
        breathed=calls.stop,
    ).run()
    return board.told[-1][0]


def arrives(home: Path, name: str, mail: bytes) -> None:
    (home / "mail/maildir/INBOX/new" / name).write_bytes(mail)


def from_her(subject: str, text: str, number: int) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"{NAME} <{ADDRESS}>"
    mail["To"] = "olivia@example.org"
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{number}.{SUBJECT}@example.net>"
    mail.set_content(text)
    return mail


def test_no_word_of_mails_names_addresses_or_secrets_is_in_the_log(tmp_path: Path) -> None:
    (tmp_path / CONFIG_NAME).write_text(CONFIG + SECRETS, encoding="utf-8")
    opened = open_home(tmp_path)
    add_person(opened.desk, NewPerson(name=NAME, address=ADDRESS))
    room = mail_room(opened)
    with log_to(tmp_path):
        one_round(room, opened)
        (letter,) = [parsed(path.read_bytes()) for path in (tmp_path / "mail/maildir/Sent/new").iterdir()]
        arrives(tmp_path, "1", answer_to(letter, f"O: {BODY}\nKR: 5 {BODY}\n", f"{NAME} <{ADDRESS}>"))
        arrives(tmp_path, "2", from_her(SUBJECT, BODY, 2).as_bytes())
        arrives(tmp_path, "3", from_her(SUBJECT, BODY, 3).as_bytes().replace(b"text/plain", b"multipart/mixed"))
        one_round(room, opened)
        arrives(tmp_path, "4", answer_to(letter, f"{BODY} 1.1: 4\n", f"{NAME} <{ADDRESS}>"))
        one_round(replace(room, composer=Composer(GossipingTemplates())), opened)
        own = tmp_path / "templates" / "en" / "welcome.md.j2"
        own.parent.mkdir(parents=True)
        own.write_text("{{ {}[name] }}", encoding="utf-8")
        add_person(opened.desk, NewPerson(name=f"{NAME} II", address=f"two-{ADDRESS}"))
        away = one_round(replace(room, mailbox=GossipingMailbox()), opened)
        broken = one_round(room, opened)

    written = (tmp_path / "log" / "okrmate.log").read_text(encoding="utf-8")
    entries = [json.loads(line) for line in written.splitlines()]
    failed = opened.desk.store.find(INCOMING, "state", IncomingState.FAILED)

    assert (ADDRESS in away, NAME in broken) == (True, True)
    assert [mail.reason for mail in failed] == [str(NotApplied.BUG)]
    assert {entry["what"] for entry in entries} == HAPPENED
    assert failed[0].id in written
    assert not [canary for canary in CANARIES if canary.lower() in written.lower()]
