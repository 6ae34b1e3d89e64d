"""`okrmate outbox`: what leaves and when, what is held and why, and letting it go."""

import argparse

from okrmate.cli.command import Command, Terminal, unattended
from okrmate.cli.printing import local, rfc3339, safe, table
from okrmate.domain.errors import ExitCode
from okrmate.domain.letters import WAITING, Outgoing, OutgoingState
from okrmate.mail.layout import text
from okrmate.services.desk import Desk
from okrmate.services.outgoing.outbox import find_letter, hold, release, release_all
from okrmate.services.pause import pause_reason
from okrmate.services.tables import OUTGOING

EVERYTHING = "all"
LETTER = "its id, as `okrmate outbox list` shows it"


class OutboxList(Command):
    """What waits or went wrong; with --all what left too."""

    words = ("outbox", "list")
    help = "list the letters that wait, are held or failed"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whether what is settled shows too."""
        parser.add_argument("--all", action="store_true", help="also what was sent, withdrawn or expired")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """One line a letter, the soonest first."""
        opened = terminal.open()
        desk = opened.desk
        open_states = WAITING | {OutgoingState.SENDING, OutgoingState.FAILED, OutgoingState.BOUNCED}
        letters = [each for each in desk.store.every(OUTGOING) if given.all or each.state in open_states]
        letters.sort(key=lambda letter: letter.due_at)
        terminal.data([_facts(letter) for letter in letters])
        if reason := pause_reason(desk.store):
            terminal.say(f"Everything is held: {reason}. `okrmate outbox send all` lets it go.")
        rows = [
            (each.id, local(each.due_at, desk.mentor.zone), each.called, each.name, _state(each)) for each in letters
        ]
        terminal.say(*table(rows) or ["Nothing waits."])
        if any(each.state is OutgoingState.HELD for each in letters):
            terminal.say("", "`okrmate outbox show ID` shows a letter, `okrmate outbox send ID` lets it go.")
        terminal.say(*unattended(opened))
        return ExitCode.DONE


class OutboxShow(Command):
    """One letter as its recipient reads it."""

    words = ("outbox", "show")
    help = "show one letter, whole"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which."""
        parser.add_argument("id", metavar="ID", help=LETTER)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Its state, then its text."""
        desk = terminal.open().desk
        letter, zone = find_letter(desk.store, given.id), desk.mentor.zone
        terminal.data({**_facts(letter), "text": text(letter.blocks)})
        terminal.say(
            f"{letter.called} to {safe(letter.name)} <{letter.address}>: {_state(letter)}",
            f"Leaves {local(letter.due_at, zone)}, of use until {local(letter.useful_until, zone)}",
            f"Subject: {safe(letter.subject)}",
            "",
            safe(text(letter.blocks)),
        )
        return ExitCode.DONE


class OutboxHold(Command):
    """Keeps a letter back."""

    words = ("outbox", "hold")
    help = "keep a letter back"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which."""
        parser.add_argument("id", metavar="ID", help=LETTER)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Hold it by hand."""
        letter = hold(terminal.open().desk, given.id)
        terminal.data(_facts(letter))
        terminal.say(f"Held: {letter.called} to {safe(letter.name)}.")
        return ExitCode.DONE


class OutboxSend(Command):
    """Releases a held letter, or lets a waiting one leave now."""

    words = ("outbox", "send")
    help = "let a held letter go, or all of them"
    examples = ("okrmate outbox send u2k8zq6mrhwd", "okrmate outbox send all")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which."""
        parser.add_argument("id", metavar="ID", help=f"{LETTER}, or all for everything that is held")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Free it; the next delivery takes it along, once the recipient's quiet hours have ended."""
        opened = terminal.open()
        desk = opened.desk
        free = release_all(desk) if given.id == EVERYTHING else release(desk, given.id)
        terminal.data([_facts(letter) for letter in free])
        terminal.say(
            *[f"Free to leave{_once(letter, desk)}: {letter.called} to {safe(letter.name)}." for letter in free]
            or ["Nothing was held."]
        )
        if given.id == EVERYTHING and (stays := len(desk.store.find(OUTGOING, "state", OutgoingState.HELD))):
            terminal.say(f"Still held, as they may have left before: {stays}. `okrmate outbox list` shows them.")
        terminal.say(*(unattended(opened) if free else ()))
        return ExitCode.DONE


def _once(letter: Outgoing, desk: Desk) -> str:
    return f" on {local(letter.due_at, desk.mentor.zone)}" if letter.due_at > desk.clock.now() else ""


def _state(letter: Outgoing) -> str:
    parts = [str(letter.state)]
    if letter.state is OutgoingState.HELD and letter.hold:
        parts.append(str(letter.hold))
    if letter.short_notice:
        parts.append("short notice")
    if letter.perhaps_twice:
        parts.append(f"perhaps {letter.copies} times")
    if letter.error:
        parts.append(letter.error)
    return ", ".join(parts)


def _facts(letter: Outgoing) -> dict[str, object]:
    return {
        "id": letter.id,
        "letter": letter.called,
        "to": letter.address,
        "who": letter.name,
        "side": str(letter.to),
        "subject": letter.subject,
        "state": str(letter.state),
        "held": str(letter.hold) if letter.hold else None,
        "due": rfc3339(letter.due_at),
        "useful_until": rfc3339(letter.useful_until),
        "sent": rfc3339(letter.sent_at),
        "message_id": letter.message_id,
        "key": letter.key,
        "short_notice": letter.short_notice,
        "attempts": letter.attempts,
        "copies": letter.copies,
        "error": letter.error or None,
    }


COMMANDS: tuple[type[Command], ...] = (OutboxList, OutboxShow, OutboxHold, OutboxSend)
