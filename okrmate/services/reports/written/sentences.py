"""The figures of a report in words: what Markdown and the page say alike."""

from datetime import timedelta

from okrmate.domain.condition import Condition
from okrmate.domain.forecast import Forecast, forecast, roughly
from okrmate.domain.tactics import Outcome
from okrmate.mail.words import Words
from okrmate.services.letters.key_result_lines import goal_text, value_text
from okrmate.services.mentoring.tactics import Tried
from okrmate.services.mentoring.tracking import Tracked, Tree, weeks
from okrmate.services.reports.leads import Leads
from okrmate.services.reports.replies import ReplyTime
from okrmate.services.reports.report import CycleClose, Report, Whose

WEEKS = 13
READINGS = 2
"""So many make a trend."""
NO_TREND = "Two readings make a trend."
NO_SET = "No set of OKRs is running."
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
STEPS = "▁▂▃▄▅▆"


def heading(report: Report, words: Words) -> tuple[str, str]:
    """The title, and the line below it that says when it was made and whom it is for."""
    made = f"{words.when(report.at, 'dated')}, for {report.whose}"
    if report.whose is Whose.BOTH:
        return f"How it goes: {report.people[0].pair.protege.name}", f"{made}: it can be handed on."
    return "How it goes", f"{made}: do not hand it on; that of one person can be."


def is_trend(tracked: Tracked) -> bool:
    """Whether there are readings enough to speak of one."""
    return len(tracked.summary.latest) >= READINGS


def way(tracked: Tracked, work: Tree, report: Report) -> str:
    """How far it was at the end of each week, from beginning to target; a blank where nothing was read."""
    begun = work.okr_set.activated_at or report.at
    ways = weeks([tracked], begun, report.at, WEEKS)
    return "".join(" " if each is None else STEPS[round(each * (len(STEPS) - 1))] for each in ways)


def stands(tracked: Tracked, words: Words) -> str:
    """`3, goal 6`."""
    if tracked.summary.value is None:
        return f"no reading, goal {goal_text(tracked.metric, words)}"
    return f"{value_text(tracked.metric, tracked.summary.value, words)}, goal {goal_text(tracked.metric, words)}"


def condition(tracked: Tracked) -> str:
    """In one word, and with what blocks it."""
    known = tracked.position.condition
    word = str(known) if known is not Condition.UNKNOWN else "not known"
    return f"{word}, blocked: {tracked.summary.blocker}" if tracked.summary.blocker else word


def ahead(tracked: Tracked, work: Tree, report: Report) -> Forecast | None:
    """Where it is likely to end."""
    return forecast(tracked.metric, tracked.readings, ends=work.okr_set.ends, now=report.at)


def likely(found: Forecast | None, tracked: Tracked, words: Words) -> str:
    """`4 to 7`; empty where nobody can say."""
    if found is None:
        return ""
    low, high = (value_text(tracked.metric, each, words) for each in roughly(found))
    return f"{low} to {high}"


def lead(found: Leads) -> str:
    """How long before their talks the agendas left."""
    middle = found.median
    if middle is None:
        return "No agenda has left yet."
    left = f"{found.in_time} of {len(found.several)} agendas left at least three days ahead"
    return f"{left}; the middle one {middle / DAY:.1f} days."


def replies(found: ReplyTime) -> str:
    """How many letters were answered, and how fast."""
    if not found.asked:
        return "No letter has asked anything yet."
    took = f"; the middle one after {found.median / HOUR:.0f} h" if found.median is not None else ""
    return f"{found.answered} of {found.asked} answered{took}."


def effect(row: Tried, words: Words) -> str:
    """What the value did while a tactic was tried: `+6 in 5 weeks`."""
    found = row.effect
    if found is None or found.outcome is Outcome.UNKNOWN or found.difference is None:
        return "nothing read meanwhile"
    sign = "+" if found.difference > 0 else "−" if found.difference < 0 else ""
    moved = f"{sign}{value_text(row.key_result.metric, abs(found.difference), words)}"
    count = max(1, round(found.lasted / WEEK))
    return f"{moved} in {count} {'week' if count == 1 else 'weeks'}"


def close(found: CycleClose, words: Words) -> str:
    """When the cycle ends, and what has no value yet."""
    day = words.when(found.ends, "dated")
    when = f"The cycle ends {day}, in {found.days} days." if found.days > 0 else f"The cycle was over on {day}."
    open_refs = ", ".join(f"KR {each.ref}" for each in found.without_value)
    without = f"Without a value: {open_refs}." if open_refs else ""
    learning = "What was learned is still to be said." if found.wants_learning else ""
    return " ".join(filter(None, (when, without, learning)))
