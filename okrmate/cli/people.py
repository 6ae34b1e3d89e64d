"""`okrmate person`: adding people, listing and showing them, pausing, ending, and writing down what is kept of one."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from okrmate.adapters.new_file import write_new
from okrmate.bootstrap.exporting import ENDING, export_archive
from okrmate.bootstrap.mail import mail_room
from okrmate.cli.command import PERSON, Command, Terminal, unattended
from okrmate.cli.person_edit import PersonEdit
from okrmate.cli.person_erase import PersonErase
from okrmate.cli.person_off import PersonOff
from okrmate.cli.person_views import VIEWS, told
from okrmate.cli.printing import local, rfc3339, safe, standing, table
from okrmate.domain.errors import ExitCode
from okrmate.domain.people import LANGUAGES, Invitations
from okrmate.frozen import replace
from okrmate.services.desk import Desk
from okrmate.services.incoming.kept import as_text, file_of
from okrmate.services.mail_rules import Review
from okrmate.services.mentoring.days_off import in_words
from okrmate.services.mentoring.invitations import SAID
from okrmate.services.mentoring.meetings import next_meeting
from okrmate.services.mentoring.mentorships import NewPerson, Pair, add_person, find_pair, pairs
from okrmate.services.mentoring.okrs import current_outline
from okrmate.services.mentoring.particulars import end_mentorship
from okrmate.services.mentoring.silence import end_of_pause, pause, resume


class PersonAdd(Command):
    """Adds a protégé; the welcome waits until the mentor has seen it, where she wants to."""

    words = ("person", "add")
    help = "add a person you mentor"
    examples = ('okrmate person add "Tom Reuter" tom@example.net --zone Europe/Berlin',)

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Name and address, and what differs from the mentor's own settings."""
        parser.add_argument("name", metavar="NAME", help="first and last name, in quotes")
        parser.add_argument("address", metavar="ADDRESS", help="where their letters go and answers come from")
        parser.add_argument("--zone", default="", help="their time zone, such as Europe/Berlin (default: yours)")
        parser.add_argument("--locale", default="", help="how they write numbers, such as de-CH (default: yours)")
        parser.add_argument(
            "--language",
            default="",
            choices=LANGUAGES,
            help="the language of their letters (default: yours)",
        )
        parser.add_argument(
            "--proposed", action="store_true", help="they have not agreed yet; only the welcome leaves until then"
        )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Add and say what happens next."""
        opened = terminal.open()
        added = add_person(
            opened.desk,
            NewPerson(
                name=given.name,
                address=given.address,
                zone=given.zone,
                locale=given.locale,
                language=given.language,
                proposed=given.proposed,
            ),
        )
        leaves = "by itself" if opened.config.mail.rules.review is Review.NONE else "once you have let it go"
        added_now = f"Added {added.protege.name}. The welcome leaves {leaves}: see `okrmate outbox list`."
        terminal.created(added.protege.id, added_now, *unattended(opened))
        return ExitCode.DONE


class PersonList(Command):
    """One line a person."""

    words = ("person", "list")
    help = "list everybody you mentor"

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:  # noqa: ARG002 - takes no arguments
        """Name, address, state and zone of each."""
        everyone = pairs(terminal.open().desk.store)
        terminal.data([_facts(pair) for pair in everyone])
        rows = [
            (pair.protege.name, pair.protege.address, str(pair.mentorship.state), pair.protege.zone)
            for pair in everyone
        ]
        terminal.say(*table(rows) or ["Nobody yet. `okrmate person add NAME ADDRESS` adds the first."])
        return ExitCode.DONE


class PersonShow(Command):
    """One person, with their OKRs, the next talk, and what is agreed and known of the mentorship."""

    words = ("person", "show")
    help = "show one person: OKRs, next talk, charter, aims, markers, notes, pulse"
    examples = ("okrmate person show Tom", "okrmate person show Tom aims")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Who, and one view of them where not all is wanted."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("view", metavar="VIEW", nargs="?", choices=list(VIEWS), help=", ".join(VIEWS))

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Everything on one page, or one view of it."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        if given.view:
            view = VIEWS[given.view](desk, pair)
            terminal.data({"id": pair.protege.id, given.view: view.data})
            nothing = f"Nothing yet; `okrmate person edit {pair.protege.first_name} {given.view}` writes it down."
            terminal.say(*(view.lines or [nothing]))
            return ExitCode.DONE
        views = {name: view(desk, pair) for name, view in VIEWS.items()}
        terminal.data({**_facts(pair), **_on_the_way(desk, pair), **{name: view.data for name, view in views.items()}})
        terminal.say(f"{pair.protege.name} <{pair.protege.address}>, {pair.mentorship.state}, {pair.protege.zone}")
        if pair.mentorship.paused_until:
            terminal.say(f"Paused until {local(pair.mentorship.paused_until, pair.protege.zone)}.")
        if pair.mentorship.invitations is not Invitations.OKRMATE:
            terminal.say(f"With {pair.protege.first_name} {SAID[pair.mentorship.invitations]}.")
        if pair.protege.days_off:
            terminal.say(f"Days off: {in_words(pair.protege.days_off)}.")
        terminal.say(*_told_on_the_way(desk, pair))
        for name, view in views.items():
            terminal.say(*told(name, view))
        return ExitCode.DONE


def _on_the_way(desk: Desk, pair: Pair) -> dict[str, object]:
    ahead = next_meeting(desk.store, pair.mentorship.id, desk.clock.now())
    outline = current_outline(desk.store, pair.mentorship.id)
    return {
        "next_meeting": rfc3339(ahead.begins_at) if ahead else None,
        "okrs": str(outline.okr_set.state) if outline else None,
    }


def _told_on_the_way(desk: Desk, pair: Pair) -> Iterator[str]:
    """The next talk, and each key result as it stands."""
    ahead = next_meeting(desk.store, pair.mentorship.id, desk.clock.now())
    yield f"Next talk: {local(ahead.begins_at, pair.protege.zone)}" if ahead else "No talk is planned."
    outline = current_outline(desk.store, pair.mentorship.id)
    if outline is None:
        yield "No OKRs yet."
        return
    yield f"OKRs ({outline.okr_set.state}):"
    for each in outline.standings:
        yield f"  KR {each.key_result.ref}  {each.key_result.title}: {standing(each.key_result, each.summary)}"


class PersonPause(Command):
    """Lets nothing unasked leave to somebody, until a day or until it is resumed."""

    words = ("person", "pause")
    help = "let the letters to a person rest"
    examples = ("okrmate person pause Tom --until 2026-04-07", 'okrmate person pause Tom --until "2 weeks"')
    behind = (
        "They can do so themselves, by writing “pause”, “pause 2 weeks” or “stop” alone on the first line of an answer."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Who, and until when."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument(
            "--until", metavar="DAY", help="the day their letters leave again, or 2 weeks (default: when you resume)"
        )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Pause and say how it ends."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        until = end_of_pause(given.until, pair.protege, desk.clock.now()) if given.until else None
        paused = pause(desk, pair, until)
        terminal.data(_facts(replace(pair, mentorship=paused)))
        ends = f"until {local(until, pair.protege.zone)}" if until else "until `okrmate person resume`"
        terminal.say(f"No letter leaves to {pair.protege.name} {ends}; answers are read as ever.")
        return ExitCode.DONE


class PersonResume(Command):
    """Ends a pause."""

    words = ("person", "resume")
    help = "let the letters to a person leave again"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Who."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Resume, whoever had paused it."""
        opened = terminal.open()
        pair = find_pair(opened.desk.store, given.person)
        terminal.data(_facts(replace(pair, mentorship=resume(opened.desk, pair))))
        terminal.say(f"The letters to {pair.protege.name} leave again.", *unattended(opened))
        return ExitCode.DONE


class PersonEnd(Command):
    """Ends a mentorship, with everything kept."""

    words = ("person", "end")
    help = "end a mentorship: nothing is sent any more, everything stays kept"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Who."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """End it and say what is left to do."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        terminal.data(_facts(replace(pair, mentorship=end_mentorship(desk, pair))))
        terminal.say(
            f"The mentorship with {pair.protege.name} has ended; what they write still reaches you.",
            "`okrmate undo` takes it back; `okrmate person export` writes down what is kept of them.",
        )
        return ExitCode.DONE


class PersonExport(Command):
    """Writes down everything that is kept of somebody, as `my data` answers them by mail."""

    words = ("person", "export")
    help = "write down what is kept of a person, for themselves; your own notes are not in it"
    examples = ("okrmate person export Tom tom.txt", "okrmate person export Tom tom.zip")
    behind = "They get the same by mail when they write “my data” alone on the first line of an answer."

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Who, and where to."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument(
            "file",
            metavar="FILE",
            nargs="?",
            default="-",
            help="a new file, with the mails if it ends in .zip (default: print it)",
        )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Write it in the language and the numbers of the person."""
        opened = terminal.open()
        pair = find_pair(opened.desk.store, given.person)
        parts = file_of(opened.desk.store, pair, mail_room(opened).composer.words(pair.protege))
        if given.file.endswith(ENDING):
            mails = export_archive(opened, terminal.home, pair, parts, Path(given.file).expanduser())
            terminal.say(f"Written to {given.file}: what is kept of {pair.protege.name}, with {mails} mails.")
        elif given.file != "-":
            write_new(given.file, as_text(parts))
            terminal.say(f"Written to {given.file}: what is kept of {pair.protege.name}.")
        else:
            terminal.say(*(safe(line) for line in as_text(parts).splitlines()))
        terminal.data(
            {
                "id": pair.protege.id,
                "parts": [{"heading": part.heading, "lines": list(part.lines)} for part in parts],
            }
        )
        return ExitCode.DONE


def _facts(pair: Pair) -> dict[str, object]:
    return {
        "id": pair.protege.id,
        "name": pair.protege.name,
        "address": pair.protege.address,
        "state": str(pair.mentorship.state),
        "zone": pair.protege.zone,
        "locale": pair.protege.locale,
        "language": pair.protege.language,
        "since": rfc3339(pair.mentorship.begun_at),
        "paused_until": rfc3339(pair.mentorship.paused_until) if pair.mentorship.paused_until else None,
    }


COMMANDS: tuple[type[Command], ...] = (
    PersonAdd,
    PersonList,
    PersonShow,
    PersonEdit,
    PersonPause,
    PersonResume,
    PersonOff,
    PersonEnd,
    PersonExport,
    PersonErase,
)
