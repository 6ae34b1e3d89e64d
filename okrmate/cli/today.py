"""`okrmate today`: the two-minute view as text."""

import argparse
from collections.abc import Iterator
from datetime import datetime

from okrmate.cli.command import Command, Terminal
from okrmate.cli.printing import local, plain, rfc3339, safe, standing
from okrmate.domain.errors import ExitCode
from okrmate.domain.letters import Incoming, Outgoing
from okrmate.domain.meetings import Meeting
from okrmate.services.loop_state import LoopState
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.reports.today import MovedThisWeek, Today, today


class TodayShow(Command):
    """Who needs you, what moved, what leaves next."""

    words = ("today",)
    help = "who needs you, what moved, what leaves next"

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:  # noqa: ARG002 - takes no arguments
        """Print it."""
        opened = terminal.open()
        view = today(opened.desk, opened.loop.read())
        terminal.data(facts(view))
        terminal.say(*page(view, opened.desk.mentor.zone))
        return ExitCode.DONE


def page(view: Today, zone: str) -> Iterator[str]:
    """The view as lines, with times on the clock of `zone`; each thing that needs the mentor has one of its own."""
    yield f"{local(view.at, zone)}"
    yield from _loop(view.loop, zone)
    yield ""
    yield from _needs(view, zone)
    yield from _written(view)
    yield ""
    yield "Moved this week" if view.moved else "No number moved this week."
    for moved in view.moved:
        yield f"  {safe(moved.pair.protege.first_name)}: {safe(moved.key_result.title)} {_step(moved)}"
    yield ""
    yield "Leaves next" if view.leaving else "Nothing waits to leave."
    for letter in sorted(view.leaving, key=lambda each: each.due_at):
        yield f"  {local(letter.due_at, zone)}  {letter.kind} to {safe(letter.name)}"
    for pair, meeting in view.talks:
        yield f"  {local(meeting.begins_at, zone)}  talk {meeting.number} with {safe(pair.protege.name)}"


def _loop(loop: LoopState | None, zone: str) -> Iterator[str]:
    if loop is None or loop.looked_at is None:
        yield "The mailbox was not looked into yet; `okrmate run` does that."
    else:
        yield f"Last look into the mailbox: {local(loop.looked_at, zone)}"
    if loop is not None and loop.trouble:
        since = f" since {local(loop.trouble_since, zone)}" if loop.trouble_since else ""
        yield f"Trouble{since}: {safe(loop.trouble)}"


def _talk(pair: Pair, meeting: Meeting, zone: str) -> str:
    return f"talk {meeting.number} with {safe(pair.protege.name)} on {local(meeting.begins_at, zone)}"


def _needs(view: Today, zone: str) -> Iterator[str]:
    yield f"Needs you: {view.needs}" if view.needs else "Nothing needs you."
    if view.pause:
        yield f"  Everything is held: {view.pause}. `okrmate outbox send all` lets it go."
    for mail in view.review:
        yield f"  Read    {safe(mail.sender)}: {safe(mail.subject)} ({mail.why or mail.state}; inbox show {mail.id})"
    for letter in view.held:
        yield f"  Check   {letter.kind} to {safe(letter.name)}, {letter.hold} (outbox show {letter.id})"
    for letter in view.troubled:
        trouble = safe(letter.error) or letter.state
        yield f"  Look    {letter.kind} to {safe(letter.name)}: {trouble} (outbox show {letter.id})"
    for pair, meeting in view.missing_forms:
        yield f"  Write   your two lines on talk {meeting.number} with {safe(pair.protege.name)} (feedback)"
    for pair, meeting in view.declined:
        yield f"  Move    {_talk(pair, meeting, zone)}: said no to it (meeting move {meeting.id} TIME)"


def _written(view: Today) -> Iterator[str]:
    if view.written:
        yield ""
        yield "Wrote to you"
    for mail in view.written:
        yield f"  {safe(mail.sender)}: {safe(' / '.join(mail.left))}"


def _step(moved: MovedThisWeek) -> str:
    before = f"{plain(moved.summary.previous)} → " if moved.summary.previous is not None else ""
    return f"{before}{standing(moved.key_result, moved.summary)} (KR {moved.key_result.ref})"


def facts(view: Today) -> dict[str, object]:
    """The view for JSON."""
    return {
        "at": rfc3339(view.at),
        "needs": view.needs,
        "paused": view.pause or None,
        "review": [_mail(mail) for mail in view.review],
        "written": [_mail(mail) for mail in view.written],
        "held": [_letter(letter) for letter in view.held],
        "troubled": [_letter(letter) for letter in view.troubled],
        "missing_forms": [{"person": pair.protege.id, "meeting": meeting.id} for pair, meeting in view.missing_forms],
        "declined": [_meeting(pair, meeting) for pair, meeting in view.declined],
        "moved": [
            {"person": moved.pair.protege.id, "kr": moved.key_result.ref, "title": moved.key_result.title}
            for moved in view.moved
        ],
        "leaving": [_letter(letter) for letter in view.leaving],
        "talks": [_meeting(pair, meeting) for pair, meeting in view.talks],
        "loop": _running(view.loop, view.at),
    }


def _running(loop: LoopState | None, now: datetime) -> dict[str, object]:
    """The loop for JSON; `runs` is null where nobody reads and sends mail now."""
    return {
        "runs": str(loop.kind) if loop and loop.at_work(now) else None,
        "last_look": rfc3339(loop.looked_at) if loop else None,
        "trouble": (loop.trouble or None) if loop else None,
        "trouble_since": rfc3339(loop.trouble_since) if loop else None,
    }


def _meeting(pair: Pair, meeting: Meeting) -> dict[str, object]:
    return {"person": pair.protege.id, "meeting": meeting.id, "starts": rfc3339(meeting.begins_at)}


def _mail(mail: Incoming) -> dict[str, object]:
    return {
        "id": mail.id,
        "from": mail.sender,
        "subject": mail.subject,
        "state": str(mail.state),
        "reason": mail.reason,
    }


def _letter(letter: Outgoing) -> dict[str, object]:
    return {
        "id": letter.id,
        "letter": str(letter.kind),
        "who": letter.name,
        "state": str(letter.state),
        "due": rfc3339(letter.due_at),
    }


COMMANDS: tuple[type[Command], ...] = (TodayShow,)
