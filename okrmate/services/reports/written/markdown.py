"""A report as Markdown (CommonMark, and the tables of GitHub's): what people wrote stands in it as they wrote it."""

from collections.abc import Iterator, Sequence

from okrmate.mail.words import Words
from okrmate.services.reports.report import PersonReport, Report
from okrmate.services.reports.written import sentences as say

SIGNS = frozenset("\\`*_{}[]<>#|~")
"""What would be markup; CommonMark 0.31 section 2.4 lets each be written behind a backslash."""


def markdown(report: Report, words: Words) -> str:
    """The whole report."""
    title, made = say.heading(report, words)
    return "\n".join([f"# {_plain(title)}", "", _plain(made), *_people(report, words), ""])


def _people(report: Report, words: Words) -> Iterator[str]:
    for person in report.people:
        yield from ("", f"## {_plain(person.pair.protege.name)}", "")
        yield from _goals(person, report, words)
        yield from ("", f"Agendas: {say.lead(person.leads)}")
        if person.reply_time is not None:
            yield from ("", f"Replies: {say.replies(person.reply_time)}")
        if person.tried:
            yield ""
            rows = [(each.tactic.title, f"KR {each.key_result.ref}", say.effect(each, words)) for each in person.tried]
            yield from _table(("Tried", "for", "meanwhile"), rows)
        if person.close is not None:
            yield from ("", say.close(person.close, words))


def _goals(person: PersonReport, report: Report, words: Words) -> Iterator[str]:
    work = person.work
    if work is None:
        yield say.NO_SET
        return
    for objective, _, several in work.objectives:
        yield from (f"### {_plain(objective.title)}", "")
        rows = [
            (
                f"{each.key_result.title} (KR {each.key_result.ref})",
                say.stands(each, words),
                say.condition(each),
                say.way(each, work, report) if say.is_trend(each) else say.NO_TREND,
                say.likely(say.ahead(each, work, report), each, words),
            )
            for each in several
        ]
        yield from _table(("Key result", "now", "stands", "by week", "likely at the end"), rows)
        yield ""


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield _row(head)
    yield _row(["---"] * len(head))
    yield from (_row([_plain(cell) for cell in row]) for row in rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    return "".join(f"\\{sign}" if sign in SIGNS else sign for sign in text)
