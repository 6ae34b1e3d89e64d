"""`okrmate okr coach`: what is worth a look in somebody's OKRs, why, and one question about it."""

import argparse
from collections.abc import Iterator, Sequence

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import safe
from okrmate.domain.coach import Finding
from okrmate.domain.errors import ExitCode
from okrmate.services.coaching.sets import judge_kept
from okrmate.services.coaching.texts import text_of
from okrmate.services.mentoring.mentorships import find_pair
from okrmate.services.mentoring.okrs import Outline, current_outline


class OkrCoach(Command):
    """What the coach finds in somebody's OKRs; it warns and explains, and stops nothing."""

    words = ("okr", "coach")
    help = "say what is worth a look in somebody's OKRs, and why"
    behind = (
        "Ends with 1 where something was found. A note is worth a look, a warning is worth a talk; none stops anything."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Each finding with its words, why it matters, one question, and a weak line made strong."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        outline = current_outline(desk.store, pair.mentorship.id)
        if outline is None:
            terminal.data([])
            terminal.say(f"{pair.protege.name} has no OKRs yet. `okrmate okr import` takes lines with O: and KR:.")
            return ExitCode.DONE
        lines = [(objective, [each.key_result for each in standings]) for objective, standings in outline.objectives]
        findings = judge_kept(outline.okr_set, lines, pair.protege.language)
        terminal.data([_facts(each) for each in findings])
        if not findings:
            terminal.say(f"Nothing to note in the OKRs of {pair.protege.name}.")
            return ExitCode.DONE
        terminal.say(*_page(findings, _titles(outline)))
        return ExitCode.FOUND


def _titles(outline: Outline) -> dict[str, str]:
    """The titles by what findings call them."""
    titles = {str(objective.number): f"{objective.number}. {objective.title}" for objective, _ in outline.objectives}
    return titles | {
        each.key_result.ref: f"{each.key_result.title} (KR {each.key_result.ref})" for each in outline.standings
    }


def _page(findings: Sequence[Finding], titles: dict[str, str]) -> Iterator[str]:
    about = ""
    for each in findings:
        if each.about != about:
            about = each.about
            yield safe(titles[about])
        text = text_of(each.name)
        words = f": “{safe(each.words.text)}”" if each.words else ""
        yield f"   {text.name} ({each.level}){words}"
        yield f"      {text.principle} {text.why}"
        yield f"      Ask: {text.question}"
        yield f"      Weak: {text.weak}"
        yield f"      Strong: {text.strong}"


def _facts(finding: Finding) -> dict[str, object]:
    text = text_of(finding.name)
    return {
        "name": str(finding.name),
        "level": str(finding.level),
        "about": finding.about,
        "words": finding.words.text if finding.words else "",
        "why": f"{text.principle} {text.why}",
        "question": text.question,
        "weak": text.weak,
        "strong": text.strong,
    }
