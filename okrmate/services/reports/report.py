"""A report: how goals moved, agendas left and letters were answered, for the mentor alone or for both to look at."""

from datetime import date, datetime
from enum import StrEnum

from okrmate.domain.okrs import KeyResult
from okrmate.frozen import Frozen
from okrmate.services.mentoring.closing import closing_of
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.tactics import Tried, tried
from okrmate.services.mentoring.tracking import Tree, tree
from okrmate.services.ports import Reader
from okrmate.services.reports.leads import Leads, leads
from okrmate.services.reports.portfolio import portfolio
from okrmate.services.reports.replies import ReplyTime, reply_time
from okrmate.services.reports.waiting import post_of

LAST_DAYS = 14
"""So near to the end of a cycle it is spoken of what was learned."""


class Whose(StrEnum):
    """Whom a report is for. No report holds what a side wrote as feedback, sealed or not, nor a private note."""

    MENTOR = "the mentor alone"
    BOTH = "both of the pair"


class CycleClose(Frozen):
    """The end of a set's cycle, and what has no value yet by which it could be closed."""

    ends: date
    days: int
    """From today on; below 0 where it is over."""
    without_value: tuple[KeyResult, ...]
    learned: bool = False
    """Whether somebody has said what was learned, which comes before every score."""

    @property
    def wants_learning(self) -> bool:
        """Whether it is time to say what was learned, and nobody has."""
        return self.days <= LAST_DAYS and not self.learned


class PersonReport(Frozen):
    """One mentorship; `work` is the running set, None where none runs. `reply_time` stands in hers only."""

    pair: Pair
    work: Tree | None
    leads: Leads
    reply_time: ReplyTime | None
    tried: tuple[Tried, ...]
    close: CycleClose | None


class Report(Frozen):
    """The people in it by name: nothing sorts them, and nothing adds them up (product: "Key results")."""

    at: datetime
    whose: Whose
    people: tuple[PersonReport, ...]


def report(reader: Reader, now: datetime, today: date) -> Report:
    """Everybody's, for the mentor alone; `today` is the day on her calendar."""
    people = tuple(_person(reader, pair, work, now, today, Whose.MENTOR) for pair, work in portfolio(reader, now))
    return Report(at=now, whose=Whose.MENTOR, people=people)


def report_of(reader: Reader, pair: Pair, now: datetime, today: date) -> Report:
    """One person's, which both may look at: how long somebody took to answer does not stand in it."""
    person = _person(reader, pair, tree(reader, pair.mentorship.id, now), now, today, Whose.BOTH)
    return Report(at=now, whose=Whose.BOTH, people=(person,))


def _person(reader: Reader, pair: Pair, work: Tree | None, now: datetime, today: date, whose: Whose) -> PersonReport:
    post = post_of(reader, pair.mentorship.id)
    running = work if work is not None and work.active else None
    return PersonReport(
        pair=pair,
        work=running,
        leads=leads(post.letters, post.meetings, pair.protege),
        reply_time=reply_time(post.letters, post.mails, now) if whose is Whose.MENTOR else None,
        tried=tuple(each for each in tried(reader, pair, now) if each.effect is not None),
        close=_close(reader, running, today) if running is not None else None,
    )


def _close(reader: Reader, work: Tree, today: date) -> CycleClose | None:
    ends = work.okr_set.ends
    if ends is None:
        return None
    without = tuple(each.key_result for each in work.key_results if each.summary.value is None)
    learned = bool(closing_of(reader, work.okr_set).learned)
    return CycleClose(ends=ends, days=(ends - today).days, without_value=without, learned=learned)
