"""The sheets that ask when a talk is: planning one, and moving it; the date that is understood stands beside it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from okrmate.domain.errors import UsageError
from okrmate.domain.meetings import Meeting
from okrmate.domain.people import Invitations
from okrmate.services.mentoring import meetings
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.series import checked_rule, end, plan_repeating, repeat, repeats
from okrmate.tui.shown import Shown
from okrmate.tui.views.moments import ahead, date_and_time
from okrmate.tui.views.promises import of_invitation
from okrmate.tui.widgets.form import Field, Form

MINUTES = "60"
EVERY = "2 weeks, month on the first tuesday"
Settled = Callable[[Meeting, str], None]
"""Told the talk and what became of it."""


def plan_form(shown: Shown, pair: Pair, settled: Settled, *, unseen: bool) -> Form:
    """Asks when, how long and where; `unseen` is whether letters to this person wait until the mentor has seen one."""

    def save(lines: Mapping[str, str]) -> None:
        new = meetings.NewMeeting(
            starts=_wall(shown, pair, lines["time"]),
            zone=pair.protege.zone,
            minutes=_minutes(lines["minutes"]),
            place=lines["place"],
        )
        every = lines["every"].strip()
        settled(
            shown.did(
                lambda: plan_repeating(shown.desk, pair, new, every) if every else meetings.plan(shown.desk, pair, new)
            ),
            "planned",
        )

    fields = (
        _time(shown, pair, "When"),
        Field(name="minutes", label="Minutes", value=MINUTES),
        Field(name="place", label="Where", example="video"),
        Field(name="every", label="Repeats every; empty for once", example=EVERY),
    )
    sentences = (f"Then {of_invitation(pair, unseen=unseen)}.",)
    return Form(f"Plan a talk with {pair.protege.name}", fields, save, sentences)


def move_form(shown: Shown, pair: Pair, talk: Meeting, settled: Settled) -> Form:
    """Asks when instead."""

    def save(lines: Mapping[str, str]) -> None:
        starts = _wall(shown, pair, lines["time"])
        settled(shown.did(lambda: meetings.move(shown.desk, talk.id, starts, pair.protege.zone)), "moved")

    ours = pair.mentorship.invitations is Invitations.OKRMATE and not talk.uid
    invitation = "The invitation is written anew" if ours else "No invitation leaves, so move it in your calendar too"
    sentences = (f"{invitation}; an agenda that waits is written for the new day.",)
    return Form(f"Move talk {talk.number}", (_time(shown, pair, "When instead"),), save, sentences)


def repeat_form(shown: Shown, pair: Pair, talk: Meeting, settled: Settled) -> Form:
    """Asks how often talks repeat from this one on; with nothing in the line they do no more."""

    def save(lines: Mapping[str, str]) -> None:
        every = lines["every"].strip()
        shown.did(lambda: repeat(shown.desk, pair, every) if every else end(shown.desk, pair))
        settled(
            talk, f"repeats {repeats(shown.desk.store, pair.mentorship.id)}" if every else "is the last that repeats"
        )

    often = repeats(shown.desk.store, pair.mentorship.id).removeprefix("every ").removeprefix("by ")
    wrong = partial(_no_rule, talk)
    field = Field(name="every", label="Repeats every; empty for no more", value=often, example=EVERY, wrong=wrong)
    sentences = ("Each of them can be moved or cancelled by itself; your days away and their days off are left out.",)
    return Form(f"Talks with {pair.protege.name} repeat", (field,), save, sentences)


def _no_rule(talk: Meeting, words: str) -> str:
    try:
        _ = checked_rule(words, talk.starts, talk.zone) if words.strip() else ""
    except UsageError as error:
        return str(error)
    return ""


def _time(shown: Shown, pair: Pair, label: str) -> Field:
    zone = pair.protege.zone
    return Field(
        name="time",
        label=f"{label}, on the clock in {zone.rpartition('/')[2].replace('_', ' ')}",
        example="thu 15:00, 12 mar 10:00, +3d 9:00",
        hint=partial(_understood, shown, pair),
        wrong=partial(_wrong, shown, pair),
    )


def _wall(shown: Shown, pair: Pair, words: str) -> datetime:
    return meetings.wall_time(words, pair.protege.zone, shown.now)


def _understood(shown: Shown, pair: Pair, words: str) -> str:
    """What the words are taken for, on her clock; nothing while they are no time yet."""
    try:
        at = meetings.begins_at(_wall(shown, pair, words), pair.protege.zone)
    except UsageError:
        return ""
    return f"{date_and_time(at, shown.now, shown.zone)} on your clock, {ahead(at, shown.now)}"


def _wrong(shown: Shown, pair: Pair, words: str) -> str:
    try:
        _wall(shown, pair, words)
    except UsageError as error:
        return str(error)
    return ""


def _minutes(words: str) -> int:
    if not words.isdecimal():
        raise UsageError(f"“{words}” is no number of minutes.")
    return int(words)
