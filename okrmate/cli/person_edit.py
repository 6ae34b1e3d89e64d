"""`okrmate person edit`: particulars, and what is agreed, hoped for, dated, noted and felt in a mentorship."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.person_views import VIEWS
from okrmate.domain.charter import Terms
from okrmate.domain.errors import ExitCode, Refusal, UsageError
from okrmate.domain.moments import parse_date
from okrmate.domain.people import Invitations, Side
from okrmate.services.desk import Desk
from okrmate.services.mentoring import aims, charters, markers, notes, pulses
from okrmate.services.mentoring.invitations import choose_invitations
from okrmate.services.mentoring.meetings import find_meeting
from okrmate.services.mentoring.mentorships import Pair, find_pair
from okrmate.services.mentoring.particulars import Particulars, change_particulars

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "person": ("name", "address", "zone", "locale", "language"),
    "invitations": ("invitations",),
    "charter": ("rhythm", "minutes", "channel", "confidential", "agreed"),
    "aims": ("aim", "gain", "mine"),
    "markers": ("marker", "on", "reached", "drop", "theirs"),
    "notes": ("note", "shared", "talk"),
    "pulse": ("pulse", "because", "one_higher", "mine"),
}
"""The options of each view, by their names in what argparse gives."""


class PersonEdit(Command):
    """Writes down what is known of a person and agreed with them; each part is one change that can be taken back."""

    words = ("person", "edit")
    help = "write down charter, aims, markers, notes and pulse, or change somebody's particulars"
    examples = (
        'okrmate person edit Tom charter --rhythm "every 2 weeks" --minutes 45 --channel video --agreed',
        'okrmate person edit Tom aims --mine --aim "to see him lead without me" --gain "how a small firm works"',
        'okrmate person edit Tom markers --marker "talk in Porto" --on 2026-12-12',
        'okrmate person edit Tom pulse 4 --because "I learn, slower than I hoped" --mine',
    )
    behind = "The view may be left out: each option says by itself what it is about."

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Who, which view, and what is to be written."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        views = [name for name in VIEWS if name in OPTIONS]
        parser.add_argument("view", metavar="VIEW", nargs="?", choices=views, help=", ".join(views))
        parser.add_argument("value", metavar="NUMBER", nargs="?", type=int, help="the pulse, 1 to 5")
        for name in OPTIONS["person"]:
            parser.add_argument(f"--{name}", default="", help=f"another {name}")
        who = "who invites to talks: okrmate by mail, you from your own calendar (mine), or nobody (none)"
        parser.add_argument("--invitations", choices=tuple(Invitations), help=who)
        parser.add_argument("--rhythm", help="how often you talk, in your words")
        parser.add_argument("--minutes", type=int, help="how long")
        parser.add_argument("--channel", help="over what: video, the phone, a place")
        parser.add_argument("--confidential", metavar="WORDS", help="what stays between you")
        parser.add_argument("--agreed", action="store_true", help="both of you said yes to the charter when you talked")
        parser.add_argument("--aim", action="append", default=[], help="an aim of theirs; may be given several times")
        parser.add_argument("--gain", default="", help="what they would gain")
        parser.add_argument("--mine", action="store_true", help="the aims or the pulse are your own")
        parser.add_argument("--marker", metavar="TITLE", help="a step with a day; “mid-term” and “close” move those")
        parser.add_argument("--on", metavar="DAY", help="its day")
        parser.add_argument("--theirs", action="store_true", help="it is their own step")
        parser.add_argument("--reached", metavar="TITLE", help="a step of your own that is reached today")
        parser.add_argument("--drop", metavar="TITLE", help="a day that was set, taken out again")
        parser.add_argument("--note", metavar="WORDS", help="a private note of yours; it goes into no mail")
        parser.add_argument("--shared", action="store_true", help="the note is for both, kept for them too")
        parser.add_argument(
            "--talk", metavar="MEETING", help="the note is on this talk; shared, it stands in its exchange"
        )
        parser.add_argument("--pulse", metavar="NUMBER", type=int, help="how helpful it is to them, 1 to 5")
        parser.add_argument("--because", default="", help="why, in a line")
        parser.add_argument("--one-higher", default="", help="what would make it one higher")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Write each part that is given, then show the parts that were written."""
        if given.value is not None:
            if given.view != "pulse":
                raise UsageError("A number stands behind “pulse” only.")
            given.pulse = given.value
        parts = _parts(given)
        desk = terminal.open().desk
        for part in parts:
            pair = find_pair(desk.store, given.person)
            WRITERS[part](desk, pair, given)
            given.person = pair.protege.id
        _show(desk, given.person, parts, terminal)
        return ExitCode.DONE


def _show(desk: Desk, person: str, parts: Sequence[str], terminal: Terminal) -> None:
    pair = find_pair(desk.store, person)
    shown = {part: VIEWS[part](desk, pair) for part in parts if part in VIEWS}
    terminal.data({"id": pair.protege.id, **{part: view.data for part, view in shown.items()}})
    terminal.say(f"Written down of {pair.protege.name}.")
    for view in shown.values():
        terminal.say(*view.lines)


def _parts(given: argparse.Namespace) -> tuple[str, ...]:
    """The parts of which something is given, or `UsageError` where that is none, or another than the view."""
    found = [part for part, names in OPTIONS.items() if any(_is_given(given, name) for name in names if name != "mine")]
    if given.view and (other := [part for part in found if part != given.view]):
        raise UsageError(f"That belongs to “{other[0]}”, not to “{given.view}”.")
    if not found:
        raise UsageError("Say what is to be written; `okrmate person edit --help` tells what it takes.")
    return tuple(found)


def _is_given(given: argparse.Namespace, name: str) -> bool:
    return getattr(given, name) not in (None, "", [], False)


def _particulars(desk: Desk, pair: Pair, given: argparse.Namespace) -> None:
    change_particulars(desk, pair, Particulars(**{name: getattr(given, name) for name in OPTIONS["person"]}))


def _invitations(desk: Desk, pair: Pair, given: argparse.Namespace) -> None:
    choose_invitations(desk, pair, Invitations(given.invitations))


def _charter(desk: Desk, pair: Pair, given: argparse.Namespace) -> None:
    if any(_is_given(given, name) for name in ("rhythm", "minutes", "channel", "confidential")):
        known = charters.terms_in_force(desk.store, pair.mentorship.id)
        terms = Terms(
            rhythm=known.rhythm if given.rhythm is None else given.rhythm,
            minutes=known.minutes if given.minutes is None else given.minutes,
            channel=known.channel if given.channel is None else given.channel,
            confidentiality=known.confidentiality if given.confidential is None else given.confidential,
        )
        charters.word_charter(desk, pair, terms)
    if given.agreed:
        charters.record_agreement(desk, pair)


def _aims(desk: Desk, pair: Pair, given: argparse.Namespace) -> None:
    aims.write_aims(desk, pair, _side(given), aims=tuple(given.aim), gain=given.gain)


def _markers(desk: Desk, pair: Pair, given: argparse.Namespace) -> None:
    if bool(given.marker) is not bool(given.on):
        raise UsageError("A marker takes --marker TITLE and --on DAY.")
    if given.marker:
        by = Side.PROTEGE if given.theirs else Side.MENTOR
        markers.set_marker(desk, pair, given.marker, _day(desk, given.on), by=by)
    if given.reached:
        markers.reach_marker(desk, pair, given.reached)
    if given.drop:
        markers.drop_marker(desk, pair, given.drop)


def _day(desk: Desk, text: str) -> date:
    found = parse_date(text, desk.mentor.zone, desk.clock.now())
    if isinstance(found, Refusal):
        raise UsageError(found.sentence)
    return found


def _notes(desk: Desk, pair: Pair, given: argparse.Namespace) -> None:
    talk = find_meeting(desk.store, given.talk) if given.talk else None
    if talk is not None and talk.mentorship != pair.mentorship.id:
        raise UsageError(f"That is no talk with {pair.protege.name}; `okrmate meeting list` shows theirs.")
    notes.write(desk, pair, given.note or "", meeting=talk.id if talk else "", shared=given.shared)


def _pulse(desk: Desk, pair: Pair, given: argparse.Namespace) -> None:
    if given.pulse is None:
        raise UsageError("Say how helpful it is, 1 to 5.")
    pulses.give_pulse(desk, pair, _side(given), given.pulse, because=given.because, one_higher=given.one_higher)


def _side(given: argparse.Namespace) -> Side:
    return Side.MENTOR if given.mine else Side.PROTEGE


WRITERS: Mapping[str, Callable[[Desk, Pair, argparse.Namespace], None]] = {
    "person": _particulars,
    "invitations": _invitations,
    "charter": _charter,
    "aims": _aims,
    "markers": _markers,
    "notes": _notes,
    "pulse": _pulse,
}
