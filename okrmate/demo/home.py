"""A throw-away home for the demo: its configuration, its local mailboxes, a clock that is moved by hand."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from okrmate.adapters.clock import MovedClock
from okrmate.adapters.file import Disk
from okrmate.adapters.raw_mail import RawMailFolder
from okrmate.bootstrap.desk import open_home
from okrmate.bootstrap.mail import mail_room
from okrmate.config import CONFIG_NAME
from okrmate.demo.lacking import without_occasion
from okrmate.demo.lived import live
from okrmate.demo.people import AIKO, BEGINS, MENTOR_ADDRESS, MENTOR_NAME, MENTOR_ZONE, PROTEGES, TOMAS, Character
from okrmate.demo.story import Story
from okrmate.demo.world.cast import PAST_BEGINS, WORLD
from okrmate.domain.errors import UsageError
from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services.incoming import answering
from okrmate.services.mailroom import MailRoom
from okrmate.services.ports import Store
from okrmate.services.tables import CHANGES, INCOMING, OUTGOING

CONFIG = f"""\
[mentor]
name = "{MENTOR_NAME}"
address = "{MENTOR_ADDRESS}"
zone = "{MENTOR_ZONE}"

[mail]
transport = "maildir"
plus_addresses = true
"""
_OWN_WORDS = "Thank you for writing this down.\nWho has asked you for advice so far?"
"""What the mentor answers in her own words; in the story itself she answers nobody."""


class Fleeting(Disk):
    """A disk for what nobody wants to find again: nothing is waited for."""

    def sync(self, descriptor: int) -> None:
        """It is on its way."""

    def sync_data(self, descriptor: int) -> None:
        """The same."""


@contextmanager
def throw_away_story(begins: datetime | None = None, cast: tuple[Character, ...] = PROTEGES) -> Iterator[Story]:
    """The story in a home of its own, which is gone afterwards; `begins` is where its clock starts."""
    with tempfile.TemporaryDirectory(prefix="okrmate-demo-") as folder:
        yield open_story(Path(folder), begins, cast)


def open_story(home: Path, begins: datetime | None = None, cast: tuple[Character, ...] = PROTEGES) -> Story:
    """The story in a given folder; one that was interrupted goes on at the last moment its store knows of."""
    config = home / CONFIG_NAME
    if not config.exists():
        config.write_text(CONFIG, encoding="utf-8")
    clock = MovedClock(begins or datetime.fromisoformat(BEGINS))
    opened = open_home(home, clock)
    clock.move_to(max((clock.now(), *_moments(opened.desk.store))))
    return Story(home=home, room=mail_room(opened), clock=clock, inbox=opened.config.mail.maildir.inbox, cast=cast)


@contextmanager
def throw_away_world() -> Iterator[Story]:
    """Four people with fourteen weeks behind them, in a home of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="okrmate-demo-") as folder:
        home = Path(folder)
        (home / CONFIG_NAME).write_text(CONFIG, encoding="utf-8")
        clock, begins = MovedClock(datetime.fromisoformat(PAST_BEGINS)), datetime.fromisoformat(BEGINS)
        opened = open_home(home, clock, Fleeting())
        room = replace(mail_room(opened), raw=RawMailFolder(home, Fleeting()))
        live(room, clock, WORLD, begins)
        cast = tuple(who for who, _ in WORLD)
        yield Story(home=home, room=room, clock=clock, inbox=opened.config.mail.maildir.inbox, cast=cast, since=begins)


def _moments(store: Store) -> Iterator[datetime]:
    """When something happened in the story: things changed, letters were written and left, answers arrived."""
    yield from (change.at for change in store.every(CHANGES))
    yield from (mail.received_at for mail in store.every(INCOMING))
    for letter in store.every(OUTGOING):
        yield letter.created_at
        if letter.sent_at is not None:
            yield letter.sent_at


@contextmanager
def sample_letter(kind: LetterKind, side: Side) -> Iterator[tuple[MailRoom, Outgoing]]:
    """The first letter of this kind in the story of one person, to one side; of acknowledgements what says most.

    `UsageError` where that side gets none.
    """
    found: list[Outgoing] = []
    side = Side.MENTOR if kind is LetterKind.DIGEST else side
    # What Aiko writes is vague, so that she is asked; everything else comes to Tomas, and first to him.
    who = AIKO if kind is LetterKind.ACKNOWLEDGEMENT else TOMAS
    with throw_away_story(cast=(who,)) as story:
        for _ in story.told():
            if kind is LetterKind.REPLY and (mails := story.room.store.every(INCOMING)):
                found = [answering.answer(story.room, mails[0].id, _OWN_WORDS).letter]
                break
            found = [each for each in story.room.store.every(OUTGOING) if each.kind is kind and each.to is side]
            if found and kind is not LetterKind.ACKNOWLEDGEMENT:
                break
        found = [each for each in found if each.to is side]
        if side is Side.PROTEGE and not found and (lacking := without_occasion(story.room, kind, who.address)):
            found = [lacking]  # the story has no occasion for it
        if not found:
            raise UsageError(f"The {side} gets no {kind}.")
        yield story.room, max(found, key=lambda letter: len(letter.blocks))
