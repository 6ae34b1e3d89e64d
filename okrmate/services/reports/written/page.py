"""A report as one HTML page with its plots in it: no script, nothing fetched, readable on paper and in the dark."""

from collections.abc import Iterator, Sequence
from html import escape

from okrmate.mail.words import Words
from okrmate.services.mentoring.tracking import Tracked, Tree
from okrmate.services.reports.report import PersonReport, Report
from okrmate.services.reports.written import sentences as say
from okrmate.services.reports.written.plot import plot

STYLE = """
:root { color-scheme: light dark; --ink: #1d2330; --weak: #5b6472; --rule: #c9ced6; --way: #2f5fd0; --goal: #1d7a46;
  --band: #2f5fd033; --ground: #fff }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7ec; --weak: #9aa3b0; --rule: #3b4351; --way: #86a8ff;
  --goal: #6cc792; --band: #86a8ff33; --ground: #14171d } }
body { margin: 2rem auto; padding: 0 1rem; max-width: 46rem; color: var(--ink); background: var(--ground);
  font: 16px/1.5 system-ui, sans-serif }
h1 { margin-bottom: 0 } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--rule) } h3 { margin-bottom: .3rem }
h4 { margin: 1.2rem 0 0 } p { margin: .3rem 0 } .weak { color: var(--weak) }
table { border-collapse: collapse; margin: .5rem 0 } td, th { padding: .15rem 1rem .15rem 0; text-align: left }
svg { width: 100%; height: auto } svg text { font-size: 11px; fill: var(--weak) } text.begin { text-anchor: end }
text.now { fill: var(--way); font-weight: bold } text.goal { fill: var(--goal) }
line { stroke: var(--rule) } line.target { stroke: var(--goal) }
line.stretch { stroke: var(--goal); stroke-dasharray: 1 3 }
line.due { stroke: var(--weak); stroke-dasharray: 5 4 } .likely { fill: var(--band) }
.way { fill: none; stroke: var(--way); stroke-width: 2 } .read { fill: var(--way) }
@media print { section { break-inside: avoid } }
"""
LEGEND = "Line: what was read. Dashed: the pace that is due. Shaded: where it is likely to end."


def page(report: Report, words: Words) -> str:
    """The whole page, UTF-8."""
    title, made = say.heading(report, words)
    body = "\n".join(part for person in report.people for part in _person(person, report, words))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head>{head}<style>{STYLE}</style></head><body>\n'
        f"<h1>{escape(title)}</h1>\n{_weak(made)}\n{_weak(LEGEND)}\n{body}\n</body></html>\n"
    )


def _person(person: PersonReport, report: Report, words: Words) -> Iterator[str]:
    yield f"<h2>{escape(person.pair.protege.name)}</h2>"
    if person.work is None:
        yield _weak(say.NO_SET)
    else:
        for objective, _, several in person.work.objectives:
            yield f"<h3>{escape(objective.title)}</h3>"
            yield from (_key_result(each, person.work, report, words) for each in several)
    yield f"<p>Agendas: {escape(say.lead(person.leads))}</p>"
    if person.reply_time is not None:
        yield f"<p>Replies: {escape(say.replies(person.reply_time))}</p>"
    if person.tried:
        yield _table(
            ("Tried", "for", "meanwhile"),
            [(each.tactic.title, f"KR {each.key_result.ref}", say.effect(each, words)) for each in person.tried],
        )
    if person.close is not None:
        yield f"<p>{escape(say.close(person.close, words))}</p>"


def _key_result(tracked: Tracked, work: Tree, report: Report, words: Words) -> str:
    title = f'{escape(tracked.key_result.title)} <span class="weak">KR {tracked.key_result.ref}</span>'
    found = say.likely(say.ahead(tracked, work, report), tracked, words)
    ends = f"; likely {found} at the end" if found else ""
    now = f"<p>{escape(say.stands(tracked, words))}: {escape(say.condition(tracked))}{escape(ends)}</p>"
    drawn = plot(tracked, work, report, words) if say.is_trend(tracked) else _weak(say.NO_TREND)
    return f"<section><h4>{title}</h4>{now}{drawn}</section>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>"


def _weak(words: str) -> str:
    return f'<p class="weak">{escape(words)}</p>'
