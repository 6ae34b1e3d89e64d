"""The sheets that write down what is agreed, hoped for, dated, felt and noted in a mentorship."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from okrmate.domain.aims import Aims
from okrmate.domain.charter import Terms
from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.moments import parse_date
from okrmate.domain.people import Invitations, Side
from okrmate.domain.pulse import LEAST, MOST
from okrmate.services.mentoring import aims, charters, days_off, markers, notes, pulses
from okrmate.services.mentoring.invitations import choose_invitations
from okrmate.services.mentoring.mentorships import Pair
from okrmate.tui.shown import Shown
from okrmate.tui.widgets.form import Field, Form


def charter_form(shown: Shown, chosen: Pair) -> Form:
    """How the two work together, and that both said yes to it."""
    known = charters.terms_in_force(shown.desk.store, chosen.mentorship.id)
    fields = (
        Field(name="rhythm", label="How often", value=known.rhythm, example="every 2 weeks"),
        Field(name="minutes", label="Minutes", value=str(known.minutes or ""), example="45", wrong=_no_number),
        Field(name="channel", label="Over what, or where", value=known.channel, example="video"),
        Field(
            name="confidentiality",
            label="What stays between you (empty: all of it)",
            value=known.confidentiality,
            example="it stays in this room; either may end it",
        ),
        Field(name="agreed", label="Both said yes when you talked (yes, or empty)", example="yes"),
    )
    told = ("It stands in the welcome. Other words than before need a new yes.",)
    name = chosen.protege.first_name
    return Form(f"The charter with {name}", fields, partial(_save_charter, shown, chosen), told)


def _save_charter(shown: Shown, chosen: Pair, lines: Mapping[str, str]) -> None:
    terms = Terms(
        rhythm=lines["rhythm"],
        minutes=int(lines["minutes"] or 0),
        channel=lines["channel"],
        confidentiality=lines["confidentiality"],
    )
    known = charters.charter_of(shown.desk.store, chosen.mentorship.id)

    def write() -> None:
        if known is None or terms != known.terms:
            charters.word_charter(shown.desk, chosen, terms)
        if lines["agreed"]:
            charters.record_agreement(shown.desk, chosen)

    shown.did(write)


def aims_form(shown: Shown, chosen: Pair) -> Form:
    """What both hope for, and what each would gain."""
    name = chosen.protege.first_name
    theirs, yours = (aims.aims_of(shown.desk.store, chosen.mentorship.id, side) for side in (Side.PROTEGE, Side.MENTOR))
    fields = (
        Field(name="theirs", label=f"{name} wants (several parted by ;)", value=_joined(theirs)),
        Field(name="their_gain", label=f"{name} would gain", value=theirs.gain if theirs else ""),
        Field(name="yours", label="You want (several parted by ;)", value=_joined(yours)),
        Field(name="your_gain", label="You would gain", value=yours.gain if yours else ""),
    )

    def save(lines: Mapping[str, str]) -> None:
        shown.did(partial(_write_aims, shown, chosen, lines, {Side.PROTEGE: theirs, Side.MENTOR: yours}))

    return Form(f"Aims of {name} and yours", fields, save, ("Yours stand in the welcome, beside theirs.",))


def _joined(known: Aims | None) -> str:
    return "; ".join(known.aims) if known is not None else ""


def _write_aims(shown: Shown, chosen: Pair, lines: Mapping[str, str], before: Mapping[Side, Aims | None]) -> None:
    """Each side's, where it is another than before."""
    for side, names in ((Side.PROTEGE, ("theirs", "their_gain")), (Side.MENTOR, ("yours", "your_gain"))):
        said, gain = (lines[name] for name in names)
        parts = tuple(part for one in said.split(";") if (part := one.strip()))
        known = before[side]
        if (parts or gain) and (known is None or (parts, gain) != (known.aims, known.gain)):
            aims.write_aims(shown.desk, chosen, side, aims=parts, gain=gain)


def marker_form(shown: Shown, chosen: Pair) -> Form:
    """A step and its day; without a day one of the pair's own is reached."""
    fields = (
        Field(name="title", label="What (“mid-term” and “close” move those)", example="conference talk in Porto"),
        Field(
            name="on",
            label="When (empty: a step of your own is reached today)",
            example="12 dec, 2 weeks",
            hint=partial(_day_meant, shown),
            wrong=partial(_no_day, shown),
        ),
    )

    def save(lines: Mapping[str, str]) -> None:
        if lines["on"]:
            on = _day(shown, lines["on"])
            shown.did(lambda: markers.set_marker(shown.desk, chosen, lines["title"], on))
        else:
            shown.did(lambda: markers.reach_marker(shown.desk, chosen, lines["title"]))

    return Form(f"A marker with {chosen.protege.first_name}", fields, save)


def pulse_form(shown: Shown, chosen: Pair) -> Form:
    """How helpful it is to each, as both say it when they talk."""
    name = chosen.protege.first_name
    scale = f"{LEAST} to {MOST}"
    fields = (
        Field(name="yours", label=f"How helpful is it to you? {scale}", wrong=_no_number),
        Field(name="why_yours", label="Why, in a line"),
        Field(name="theirs", label=f"And to {name}, as {name} says? {scale}", wrong=_no_number),
        Field(name="why_theirs", label="Why, in a line"),
    )

    def write(lines: Mapping[str, str]) -> None:
        if not lines["yours"] and not lines["theirs"]:
            raise UsageError(f"Say how helpful it is, {scale}.")
        for side, number, why in ((Side.MENTOR, "yours", "why_yours"), (Side.PROTEGE, "theirs", "why_theirs")):
            if lines[number]:
                pulses.give_pulse(shown.desk, chosen, side, int(lines[number]), because=lines[why])

    def save(lines: Mapping[str, str]) -> None:
        shown.did(partial(write, lines))

    return Form(f"The pulse with {name}", fields, save, ("Both are asked by mail in the middle and at the close.",))


def days_off_form(shown: Shown, chosen: Pair) -> Form:
    """Days on which somebody is not at work; empty where there are none."""

    def save(lines: Mapping[str, str]) -> None:
        shown.did(lambda: days_off.write(shown.desk, chosen, days_off.several(shown.desk, chosen, lines["days"])))

    known = days_off.in_words(chosen.protege.days_off)
    field = Field(name="days", label="Days off (several parted by ;)", value=known, example="23 mar - 27 mar; 6 apr")
    told = ("Agendas and check-ins leave before them, and talks that repeat are left out.",)
    return Form(f"Days off of {chosen.protege.first_name}", (field,), save, told)


def invitations_form(shown: Shown, chosen: Pair) -> Form:
    """Who invites to talks."""
    names = tuple(Invitations)

    def save(lines: Mapping[str, str]) -> None:
        who = Invitations(lines["who"].strip().lower())
        shown.did(lambda: choose_invitations(shown.desk, chosen, who))

    def wrong(words: str) -> str:
        return "" if words.strip().lower() in names else f"Write {', '.join(names[:-1])} or {names[-1]}."

    label = "Who invites: okrmate by mail, mine (your own calendar), or none"
    field = Field(name="who", label=label, value=chosen.mentorship.invitations, wrong=wrong)
    told = ("Agendas leave all the same; `okrmate meeting import` takes a talk from your calendar's file.",)
    return Form(f"Invitations to talks with {chosen.protege.first_name}", (field,), save, told)


def note_form(shown: Shown, chosen: Pair) -> Form:
    """A note for herself."""

    def save(lines: Mapping[str, str]) -> None:
        shown.did(lambda: notes.write(shown.desk, chosen, lines["words"]))

    field = Field(name="words", label="In your own words", wrong=lambda words: "" if words else "A note needs words.")
    told = ("It stands in no letter, no report for others and no export.",)
    return Form(f"A private note on {chosen.protege.first_name}", (field,), save, told)


def _no_number(words: str) -> str:
    return "" if not words or words.isdecimal() else "Write a whole number."


def _day(shown: Shown, words: str) -> date:
    found = parse_date(words, shown.desk.mentor.zone, shown.now)
    if isinstance(found, Refusal):
        raise UsageError(found.sentence)
    return found


def _day_meant(shown: Shown, words: str) -> str:
    found = parse_date(words, shown.desk.mentor.zone, shown.now)
    return "" if isinstance(found, Refusal) else f"{found:%a} {found.day} {found:%b %Y}"


def _no_day(shown: Shown, words: str) -> str:
    found = parse_date(words, shown.desk.mentor.zone, shown.now) if words else None
    return found.sentence if isinstance(found, Refusal) else ""
