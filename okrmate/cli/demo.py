"""`okrmate demo`: the whole loop with sample people, played on the screens or told as a transcript."""

import argparse
import json
import sys

from okrmate.cli.command import Command, Terminal
from okrmate.cli.moments import moment
from okrmate.cli.printing import local, rfc3339, safe
from okrmate.demo.events import Event, EventKind
from okrmate.demo.home import throw_away_story
from okrmate.demo.people import MENTOR_ZONE
from okrmate.domain.errors import ExitCode

SAYS = {
    EventKind.LETTER_SENT: "letter to {who}: {subject}",
    EventKind.REPLY_RECEIVED: "{who} writes",
    EventKind.KEY_RESULT_MOVED: "{title} (KR {kr}): {before} → {after}",
    EventKind.QUESTION_ASKED: "asked back, to {who}",
    EventKind.ACKNOWLEDGED: "answer to {who}",
    EventKind.MEETING_HELD: "talk {talk} with {who} is over",
    EventKind.FEEDBACK_RECEIVED: "feedback of {who}, sealed until both are in",
    EventKind.FEEDBACK_EXCHANGED: "exchange to {who}: {subject}",
    EventKind.HELD_FOR_REVIEW: "kept for the mentor: {reason}",
}
SHOWN_WHOLE = frozenset({EventKind.QUESTION_ASKED, EventKind.ACKNOWLEDGED, EventKind.FEEDBACK_EXCHANGED})
FIRST_LINES = 6


class Demo(Command):
    """The story of the loop in a home that is gone afterwards."""

    words = ("demo",)
    help = "play a mentorship with sample people on the screens, or tell it as a transcript; nothing of it is kept"
    examples = ("okrmate demo", "okrmate demo --script")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """How it is told, and when it begins."""
        parser.add_argument(
            "--script", action="store_true", help="tell it as a transcript; so anyway where there is no terminal"
        )
        parser.add_argument("--now", default="", metavar="TIME", help="when the story begins (RFC 3339)")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Play it, or tell it event by event."""
        if not (given.script or given.now or terminal.json) and sys.stdin.isatty() and sys.stdout.isatty():
            from okrmate.demo.played import play

            play()
            return ExitCode.DONE
        with throw_away_story(moment(given.now) if given.now else None) as story:
            for event in story.told():
                if terminal.json:
                    print(json.dumps(_facts(event), ensure_ascii=False), file=terminal.out)
                else:
                    terminal.say(*_told(event))
        return ExitCode.DONE


def _facts(event: Event) -> dict[str, object]:
    return {"at": rfc3339(event.at), "event": str(event.kind), "who": event.who, **event.facts}


def _told(event: Event) -> list[str]:
    said = SAYS[event.kind].format(who=event.who, **{name: _short(value) for name, value in event.facts.items()})
    lines = event.lines if event.kind in SHOWN_WHOLE else event.lines[:FIRST_LINES]
    more = ["        …"] if len(lines) < len(event.lines) else []
    return [
        f"{local(event.at, MENTOR_ZONE)}  {safe(said)}",
        *(f"        {safe(line)}".rstrip() for line in lines),
        *more,
    ]


def _short(value: object) -> object:
    return f"{value:g}" if isinstance(value, float) else "?" if value is None else value


COMMANDS: tuple[type[Command], ...] = (Demo,)
