"""`okrmate today`: the two-minute view as text."""

import argparse
from collections.abc import Iterator
from datetime import datetime
from types import MappingProxyType

from okrmate.cli.command import UNATTENDED, Command, Terminal
from okrmate.cli.printing import local, number, plain, rfc3339, safe, standing
from okrmate.domain.errors import ExitCode
from okrmate.domain.people import Side
from okrmate.services.loop_state import LoopState
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.reports.coming import Coming, Happening
from okrmate.services.reports.moved import Moved
from okrmate.services.reports.need import About, Need, Time, Verb
from okrmate.services.reports.today import Today, today

COMMANDS_FOR = MappingProxyType(
    {
        About.MAIL: "inbox show {record}",
        About.LETTER: "outbox show {record}",
        About.MEETING: "meeting list",
        About.KEY_RESULT: "okr show {who}",
        About.OKR_SET: "okr show {who}",
        About.MENTORSHIP: "person show {who}",
        About.OUTBOX: "outbox send all",
        About.PROMISE: "promise list {who}",
    }
)
"""Where the commands show more of what a need is about."""
SIGNS = MappingProxyType(
    {Happening.LEFT: "left", Happening.LEAVES: "leaves", Happening.HELD: "held", Happening.MEETS: "talk"}
)


class TodayShow(Command):
    """Who needs you, what moved, what leaves next."""

    words = ("today",)
    help = "say who needs you, what moved, what leaves next"

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:  # noqa: ARG002 - takes no arguments
        """Print it."""
        opened = terminal.open()
        view = today(opened.desk, opened.config.mail.rules, opened.loop.read())
        terminal.data(facts(view))
        terminal.say(*page(view, opened.desk.mentor.zone))
        return ExitCode.DONE


def page(view: Today, zone: str) -> Iterator[str]:
    """The view as lines, with times on the clock of `zone`; each thing that needs the mentor has one of its own."""
    yield f"{local(view.at, zone)}"
    yield from _loop(view.loop, view.at, zone)
    yield ""
    yield f"Needs you: {len(view.needs)}" if view.needs else "Nothing needs you."
    for need in view.needs:
        yield _need(need)
    yield ""
    since = local(view.since, zone)
    yield f"Moved since {since}" if view.moved else f"No number moved since {since}."
    for moved in view.moved:
        yield f"  {safe(moved.pair.protege.first_name)}: {safe(moved.tracked.key_result.title)}: {_step(moved)}"
    yield ""
    yield "Next seven days" if view.coming else "Nothing leaves and nobody meets in the next seven days."
    for each in view.coming:
        yield f"  {local(each.at, zone)}  {SIGNS[each.happening]:<7}{safe(each.what)}"
    if view.waiting:
        yield ""
        yield "Waiting on them"
    for pair, thing in view.waiting:
        asked = f", asked {local(thing.since, zone)}" if thing.since else ""
        yield f"  {safe(pair.protege.name)}: {thing.what}{asked}"
    if view.resting:
        yield ""
        yield "Letters rest"
    for pair in view.resting:
        yield _resting(pair)


def _resting(pair: Pair) -> str:
    mentorship = pair.mentorship
    if mentorship.paused_until is not None:
        ends = f"until {local(mentorship.paused_until, pair.protege.zone)}"
    else:
        ends = "until you resume" if mentorship.paused_by is Side.MENTOR else "until they resume"
    return f"  {safe(pair.protege.name)}: {ends} (okrmate person resume {safe(pair.protege.first_name)})"


def _more(need: Need) -> str:
    """What she writes herself has a command of its own: a line for a talk ahead, her feedback on one that is over."""
    if need.verb is Verb.WRITE and need.about is About.MEETING:
        return "agenda {who} --line LINE" if need.time is Time.AHEAD else "feedback {who} --positive … --suggestion …"
    return COMMANDS_FOR[need.about]


def _need(need: Need) -> str:
    more = _more(need).format(record=need.record, who=safe(need.who))
    return f"  {need.verb:<8}{safe(need.who)}: {safe(need.what)}; {safe(need.why)} (okrmate {more})"


def _loop(loop: LoopState | None, now: datetime, zone: str) -> Iterator[str]:
    if loop is None or loop.looked_at is None:
        yield "The mailbox was not looked into yet."
    else:
        yield f"Last look into the mailbox: {local(loop.looked_at, zone)}"
    if loop is None or not loop.at_work(now):
        yield UNATTENDED
    if loop is not None and loop.trouble:
        since = f" since {local(loop.trouble_since, zone)}" if loop.trouble_since else ""
        yield f"Trouble{since}: {safe(loop.trouble)}"


def _step(moved: Moved) -> str:
    before = f"{plain(moved.before)} → " if moved.before is not None else ""
    key_result = moved.tracked.key_result
    return f"{before}{standing(key_result, moved.tracked.summary)} (KR {key_result.ref})"


def facts(view: Today) -> dict[str, object]:
    """The view for JSON."""
    return {
        "at": rfc3339(view.at),
        "since": rfc3339(view.since),
        "needs": len(view.needs),
        "paused": view.pause or None,
        "things": [_thing(need) for need in view.needs],
        "moved": [
            {
                "person": moved.pair.protege.id,
                "kr": moved.tracked.key_result.ref,
                "title": moved.tracked.key_result.title,
                "before": number(moved.before),
                "after": number(moved.tracked.summary.value),
            }
            for moved in view.moved
        ],
        "coming": [_coming(each) for each in view.coming],
        "waiting": [
            {"person": pair.protege.id, "what": thing.what, "since": rfc3339(thing.since)}
            for pair, thing in view.waiting
        ],
        "resting": [
            {"person": pair.protege.id, "until": rfc3339(pair.mentorship.paused_until)} for pair in view.resting
        ],
        "loop": _running(view.loop, view.at),
    }


def _thing(need: Need) -> dict[str, object]:
    return {
        "verb": str(need.verb).lower(),
        "about": str(need.about),
        "id": need.record,
        "who": need.who,
        "what": need.what,
        "why": need.why,
        "at": rfc3339(need.at),
    }


def _coming(each: Coming) -> dict[str, object]:
    return {"at": rfc3339(each.at), "happening": str(each.happening), "what": each.what, "id": each.record or None}


def _running(loop: LoopState | None, now: datetime) -> dict[str, object]:
    """The loop for JSON; `runs` is null where nobody reads and sends mail now."""
    return {
        "runs": str(loop.kind) if loop and loop.at_work(now) else None,
        "last_look": rfc3339(loop.looked_at) if loop else None,
        "trouble": (loop.trouble or None) if loop else None,
        "trouble_since": rfc3339(loop.trouble_since) if loop else None,
    }


COMMANDS: tuple[type[Command], ...] = (TodayShow,)
