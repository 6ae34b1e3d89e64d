"""`okrmate okr coach`: what is worth a look in somebody's OKRs, why, and one question about it."""

import argparse
from collections.abc import Iterator, Sequence

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import safe
from okrmate.domain.coach import Finding
from okrmate.domain.errors import ExitCode
from okrmate.services.coaching.texts import text_of
from okrmate.services.mentoring.coached import findings_of
from okrmate.services.mentoring.ignoring import heed_again, leave_as_is
from okrmate.services.mentoring.mentorships import find_pair
from okrmate.services.mentoring.okrs import Outline, current_outline


class OkrCoach(Command):
    """What the coach finds in somebody's OKRs; it warns and explains, and stops nothing."""

    words = ("okr", "coach")
    help = "say what is worth a look in somebody's OKRs, and why"
    behind = (
        "Ends with 1 where something was found that nobody has put aside. A note is worth a look, a warning is worth a "
        "talk; none stops anything. FINDING is the word in brackets."
    )
    examples = (
        "okrmate okr coach tom",
        'okrmate okr coach tom --ignore 1.2 kr_activity --reason "it is the habit itself he wants"',
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, and which finding is put aside or taken up again."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--ignore", nargs=2, metavar=("LINE", "FINDING"), help="leave a finding as it is; it stays so"
        )
        what.add_argument("--heed", nargs=2, metavar=("LINE", "FINDING"), help="take up again what was ignored")
        parser.add_argument("--reason", default="", metavar="WORDS", help="why it is left as it is")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Each finding with its words, why it matters, one question, and a weak line made strong."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        if given.ignore:
            line, finding = given.ignore
            leave_as_is(desk, pair, line, finding, given.reason)
        if given.heed:
            line, finding = given.heed
            heed_again(desk, pair, line, finding)
        outline = current_outline(desk.store, pair.mentorship.id)
        if outline is None:
            terminal.data([])
            terminal.say(f"{pair.protege.name} has no OKRs yet. `okrmate okr import` takes lines with O: and KR:.")
            return ExitCode.DONE
        findings = findings_of(desk.store, pair, outline, desk.clock.now())
        terminal.data([_facts(each) for each in findings])
        if not findings:
            terminal.say(f"Nothing to note in the OKRs of {pair.protege.name}.")
            return ExitCode.DONE
        terminal.say(*_page(findings, _titles(outline)))
        return ExitCode.DONE if all(each.ignored for each in findings) else ExitCode.FOUND


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
        yield f"   {text.name} ({each.level}){words} [{each.name}]"
        if each.ignored:
            yield f"      Left as it is: {safe(each.ignored)}"
            continue
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
        "ignored": finding.ignored,
        "why": f"{text.principle} {text.why}",
        "question": text.question,
        "weak": text.weak,
        "strong": text.strong,
    }
