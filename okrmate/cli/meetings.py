"""`okrmate meeting`: planning talks, moving them, and what became of them."""

import argparse
from datetime import UTC, datetime
from typing import ClassVar

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import local, rfc3339, table
from okrmate.domain.errors import ExitCode
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring import meetings
from okrmate.services.mentoring.imported_talks import event_in, guest_of, import_talk
from okrmate.services.mentoring.mentorships import Pair, find_pair, pair, pairs
from okrmate.services.mentoring.series import end, plan_repeating, repeat, repeats
from okrmate.services.tables import MEETINGS

TIME = "such as “thu 15:00”, “12 mar 15:00” or “+3d 15:00” on the person's clock, or 2026-03-12T15:00:00Z"
RULE = "“2 weeks”, “month on the first tuesday, 6 times”, or a rule of iCalendar such as “FREQ=WEEKLY;INTERVAL=2”"
REPEATING = (
    "Talks that repeat are planned one after the other, on the clock of the person: the next one as soon as the last "
    "is over, so that moving or cancelling one leaves the others as they are. Days on which you are away or "
    "they are off are left out."
)
MEETING = "its id, as `okrmate meeting list` shows it"


def _wall(desk: Desk, found: Pair, text: str) -> datetime:
    return meetings.wall_time(text, found.protege.zone, desk.clock.now())


class MeetingPlan(Command):
    """Plans a talk; invitation and agenda follow by themselves."""

    words = ("meeting", "plan")
    help = "plan a talk; invitation and agenda leave by themselves"
    examples = (
        'okrmate meeting plan tom "thu 15:00" --place video',
        'okrmate meeting plan tom "+3d 9:30" --minutes 30',
        'okrmate meeting plan tom "tue 15:00" --every "2 weeks"',
    )
    behind = REPEATING

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """With whom, when, how long, where."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("time", metavar="TIME", help=TIME)
        parser.add_argument("--minutes", type=int, default=60, metavar="N", help="how long it is; 60 without it")
        parser.add_argument("--place", default="", help="where, such as “video”")
        parser.add_argument("--every", default="", metavar="RULE", help=f"how often it repeats: {RULE}")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Plan and print the id."""
        desk = terminal.open().desk
        found = find_pair(desk.store, given.person)
        new = meetings.NewMeeting(
            starts=_wall(desk, found, given.time), zone=found.protege.zone, minutes=given.minutes, place=given.place
        )
        every = given.every
        meeting = plan_repeating(desk, found, new, every) if every else meetings.plan(desk, found, new)
        often = f", {repeats(desk.store, found.mentorship.id)}" if every else ""
        said = f"Talk {meeting.number} with {found.protege.name}: {_when(meeting, found, desk)}{often}"
        terminal.created(meeting.id, said)
        return ExitCode.DONE


class MeetingRepeat(Command):
    """Lets talks repeat as the one that is planned next, or no more."""

    words = ("meeting", "repeat")
    help = "let talks repeat by a rule, or no more"
    examples = ('okrmate meeting repeat tom "month on the first tuesday"', "okrmate meeting repeat tom --end")
    behind = REPEATING

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, and how often."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        how = parser.add_mutually_exclusive_group(required=True)
        how.add_argument("every", metavar="RULE", nargs="?", help=f"how often from the next talk on: {RULE}")
        how.add_argument("--end", action="store_true", help="no more; what is planned already stays")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Change it and say how it is now."""
        desk = terminal.open().desk
        found = find_pair(desk.store, given.person)
        if given.end:
            end(desk, found)
        else:
            repeat(desk, found, given.every)
        often = repeats(desk.store, found.mentorship.id)
        terminal.data({"person": found.protege.id, "repeats": often})
        terminal.say(f"Talks with {found.protege.name} repeat {often or 'no more'}.")
        return ExitCode.DONE


class MeetingMove(Command):
    """Moves a talk; the calendar entry moves with it."""

    words = ("meeting", "move")
    help = "move a talk to another time; everybody is told"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which, and when instead."""
        parser.add_argument("meeting", metavar="MEETING", help=MEETING)
        parser.add_argument("time", metavar="TIME", help=TIME)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Move and say when it is now."""
        desk = terminal.open().desk
        before = meetings.find_meeting(desk.store, given.meeting)
        found = pair(desk.store, before.mentorship)
        after = meetings.move(desk, before.id, _wall(desk, found, given.time), found.protege.zone)
        terminal.data(_facts(after, found))
        terminal.say(f"Talk {after.number} with {found.protege.name} is now {_when(after, found, desk)}.")
        return ExitCode.DONE


class MeetingImport(Command):
    """Takes a talk from the mentor's own calendar."""

    words = ("meeting", "import")
    help = "take a talk from a file of your own calendar"
    examples = ("okrmate meeting import talk.ics", "okrmate meeting import talk.ics tom")
    behind = (
        "The file (.ics) holds one event, which may repeat. Imported again it moves, changes or cancels that talk. "
        "Your calendar invites to it, so no invitation leaves; `person edit --invitations mine` has it so for all."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which file, and with whom."""
        parser.add_argument("file", metavar="FILE", help="what your calendar exports; “-” for standard input")
        parser.add_argument(
            "person", metavar="PERSON", nargs="?", help=f"{PERSON}; else it is among the event's guests"
        )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Take it and say what became of the talk."""
        text = terminal.read_text(given.file)
        desk = terminal.open().desk
        event = event_in(desk, text)
        found = find_pair(desk.store, given.person) if given.person else guest_of(desk.store, event)
        done = import_talk(desk, found, event)
        became = done.became or "is as in your calendar already"
        said = f"Talk {done.meeting.number} with {found.protege.name} {became}: {_when(done.meeting, found, desk)}"
        often = repeats(desk.store, found.mentorship.id)
        terminal.created(done.meeting.id, f"{said}, {often}" if often else said)
        return ExitCode.DONE


class _MeetingBecomes(Command):
    """One step of a meeting's lifecycle by the mentor's word."""

    state: ClassVar[MeetingState]

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which."""
        parser.add_argument("meeting", metavar="MEETING", help=MEETING)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Take the step and say so."""
        desk = terminal.open().desk
        meeting = meetings.become(desk, given.meeting, self.state, source=trail.by_command(" ".join(self.words)))
        terminal.data(_facts(meeting, pair(desk.store, meeting.mentorship)))
        terminal.say(f"Talk {meeting.number} is {meeting.state}.")
        return ExitCode.DONE


class MeetingHeld(_MeetingBecomes):
    """Says that a talk took place (it is taken as held by itself at its end)."""

    words = ("meeting", "held")
    help = "say that a talk took place before its planned end"
    state = MeetingState.HELD


class MeetingMissed(_MeetingBecomes):
    """Says that a talk did not take place; forms that wait are withdrawn."""

    words = ("meeting", "missed")
    help = "say that a talk did not take place"
    state = MeetingState.MISSED


class MeetingCancel(_MeetingBecomes):
    """Cancels a talk; whoever was invited is told."""

    words = ("meeting", "cancel")
    help = "cancel a talk; everybody is told"
    state = MeetingState.CANCELLED


class MeetingList(Command):
    """Talks, soonest first."""

    words = ("meeting", "list")
    help = "list the talks that are planned, or all of them"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, and whether past ones too."""
        parser.add_argument("person", metavar="PERSON", nargs="?", default="", help=f"{PERSON}; everybody without it")
        parser.add_argument("--all", action="store_true", help="also those that are over")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """One line a talk."""
        desk = terminal.open().desk
        store = desk.store
        everyone = [find_pair(store, given.person)] if given.person else list(pairs(store))
        found = [
            (meeting, each)
            for each in everyone
            for meeting in store.find(MEETINGS, "mentorship", each.mentorship.id)
            if given.all or meeting.state is MeetingState.SCHEDULED
        ]
        found.sort(key=lambda entry: entry[0].begins_at)
        often = {each.mentorship.id: repeats(store, each.mentorship.id) for each in everyone}
        terminal.data([{**_facts(meeting, each), "repeats": often[meeting.mentorship]} for meeting, each in found])
        rows = [
            (meeting.id, each.protege.name, f"talk {meeting.number}", _when(meeting, each, desk), str(meeting.state))
            for meeting, each in found
        ]
        terminal.say(*table(rows) or ["No talk is planned."])
        named = [(each.protege.name, often[each.mentorship.id]) for each in everyone if often[each.mentorship.id]]
        terminal.say(*(f"Talks with {name} repeat {words}." for name, words in named))
        return ExitCode.DONE


def _when(meeting: Meeting, found: Pair, desk: Desk) -> str:
    theirs, hers = (local(meeting.begins_at, zone) for zone in (found.protege.zone, desk.mentor.zone))
    yours = "" if theirs == hers else f", which is {hers} for you"
    return f"{theirs} ({found.protege.zone}){yours}, {meeting.minutes} min"


def _facts(meeting: Meeting, found: Pair) -> dict[str, object]:
    return {
        "id": meeting.id,
        "person": found.protege.id,
        "number": meeting.number,
        "starts": rfc3339(meeting.begins_at.astimezone(UTC)),
        "minutes": meeting.minutes,
        "place": meeting.place,
        "state": str(meeting.state),
        "sequence": meeting.sequence,
        "participation": str(meeting.participation),
    }


COMMANDS: tuple[type[Command], ...] = (
    MeetingPlan,
    MeetingRepeat,
    MeetingImport,
    MeetingMove,
    MeetingHeld,
    MeetingMissed,
    MeetingCancel,
    MeetingList,
)
