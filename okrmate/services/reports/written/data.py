"""A report as data: one value for JSON, and CSV with a row for each reading (RFC 4180)."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from okrmate.services.mentoring.tactics import Tried
from okrmate.services.mentoring.tracking import Tracked, Tree
from okrmate.services.reports.leads import Lead
from okrmate.services.reports.report import PersonReport, Report
from okrmate.services.reports.written.sentences import DAY, HOUR, ahead

COLUMNS = ("person", "kr", "title", "kind", "unit", "baseline", "target", "stretch", "at", "value", "confidence")
FORMULA = frozenset("=+-@\t\r")
"""With one of these in front a spreadsheet takes a cell for something to be worked out, whoever wrote it."""


def facts(report: Report) -> dict[str, object]:
    """All of it; times as RFC 3339 in UTC, numbers as they were read, what is not known as None."""
    return {
        "at": _moment(report.at),
        "for": report.whose.name.lower(),
        "people": [_person(each, report) for each in report.people],
    }


def table(report: Report) -> str:
    """The readings of the running sets, oldest first, with lines that end in CR LF."""
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    rows.writerows(row for person in report.people for row in _rows(person))
    return written.getvalue()


def _rows(person: PersonReport) -> Iterator[tuple[object, ...]]:
    for tracked in person.work.key_results if person.work is not None else ():
        metric, key_result = tracked.metric, tracked.key_result
        about = (
            _text(person.pair.protege.name),
            key_result.ref,
            _text(key_result.title),
            str(metric.kind),
            _text(metric.unit),
            *(_number(each) for each in (metric.baseline, metric.target, metric.stretch)),
        )
        for reading in tracked.readings:
            yield (*about, _moment(reading.at), _number(reading.value), reading.confidence)


def _text(words: str) -> str:
    return f"'{words}" if words[:1] in FORMULA else words


def _person(person: PersonReport, report: Report) -> dict[str, object]:
    work, replies, close = person.work, person.reply_time, person.close
    found: dict[str, object] = {
        "person": person.pair.protege.name,
        "key_results": [_key_result(each, work, report) for each in work.key_results] if work is not None else [],
        "agendas": [_lead(each) for each in person.leads.several],
        "tactics": [_tactic(each) for each in person.tried],
        "cycle": None
        if close is None
        else {
            "ends": close.ends.isoformat(),
            "days": close.days,
            "without_value": [each.ref for each in close.without_value],
            "learned": close.learned,
        },
    }
    if replies is not None:
        hours = None if replies.median is None else round(replies.median / HOUR, 1)
        found["replies"] = {"asked": replies.asked, "answered": replies.answered, "median_hours": hours}
    return found


def _key_result(tracked: Tracked, work: Tree, report: Report) -> dict[str, object]:
    metric, likely = tracked.metric, ahead(tracked, work, report)
    return {
        "kr": tracked.key_result.ref,
        "title": tracked.key_result.title,
        "kind": str(metric.kind),
        "unit": metric.unit,
        "baseline": _number(tracked.beginning),
        "target": _number(metric.target),
        "stretch": _number(metric.stretch),
        "value": _number(tracked.summary.value),
        "condition": str(tracked.position.condition),
        "confidence": tracked.summary.confidence,
        "likely": None if likely is None else {"low": _number(likely.low), "high": _number(likely.high)},
        "readings": [
            {"at": _moment(each.at), "value": _number(each.value), "confidence": each.confidence}
            for each in tracked.readings
        ],
    }


def _lead(found: Lead) -> dict[str, object]:
    return {
        "talk": found.meeting.number,
        "begins_at": _moment(found.meeting.begins_at),
        "left_at": _moment(found.left_at),
        "days": round(found.ahead / DAY, 2),
        "in_time": found.in_time,
    }


def _tactic(row: Tried) -> dict[str, object]:
    tactic, found = row.tactic, row.effect
    return {
        "kr": row.key_result.ref,
        "title": tactic.title,
        "begun_at": _moment(tactic.begun_at),
        "ended_at": _moment(tactic.ended_at),
        "outcome": None if found is None else str(found.outcome),
        "before": None if found is None else _number(found.before),
        "after": None if found is None else _number(found.after),
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
