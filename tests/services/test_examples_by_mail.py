"""The examples by mail alone: each is drafted, agreed to, tracked and closed by what a protégé writes back."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.domain.okrs import OkrSetState
from okrmate.services.mentoring import steps
from okrmate.services.mentoring.closing import close, closing_of
from okrmate.services.mentoring.examples import example, lines_of
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import current_outline, set_in
from tests.services.post_office import PostOffice

SAID = {
    "speaker": "1.1: done\n1.2: 50 %",
    "mentee": "1.1: 4\n1.2: 3\n1.3: 0",
    "expert": "1.1: 6\n1.2: +2\n1.3: 540",
    "leader": "1.1: 6\n1.2: 12 %\n1.3: 20 %",
}
"""What somebody writes back of each key result."""
LAST_DAY = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)


def last(office: PostOffice, kind: LetterKind, pair: Pair) -> Outgoing:
    """The newest letter of this kind to the pair's protégé."""
    return [each for each in office.letters(kind) if each.mentorship == pair.mentorship.id][-1]


def test_each_example_goes_from_a_draft_to_its_scores_by_mail() -> None:
    office = PostOffice()
    people = {name: office.with_person(name=name, reviewed=True) for name in SAID}

    def write(kind: LetterKind, name: str, words: str) -> None:
        office.answer(last(office, kind, people[name]), words, From=f"{name.title()} <{name}@example.net>")

    office.work()
    for name, pair in people.items():
        write(LetterKind.WELCOME, name, lines_of(name))
        drafted = current_outline(office.store, pair.mentorship.id)
        assert drafted is not None, name
        titles = [new.title for objective in example(name) for new in objective.key_results]
        assert [each.key_result.title for each in drafted.standings] == titles
        steps.refine(office.desk, pair)
    office.work()
    for name, pair in people.items():
        write(LetterKind.REFINE_SUMMARY, name, "agree")
        active = set_in(office.store, pair.mentorship.id, OkrSetState.ACTIVE)
        assert active is not None, name
        assert (active.override, active.ends) == ("", date(2026, 6, 30))
    office.clock.set(LAST_DAY - timedelta(days=20))
    office.work()
    for name, numbers in SAID.items():
        write(LetterKind.CHECK_IN, name, numbers)
    office.clock.set(LAST_DAY - timedelta(days=6))
    office.work()
    for name, pair in people.items():
        write(LetterKind.CLOSING, name, "Learned: ask sooner")
        known = closing_of(office.store, close(office.desk, pair))
        assert known.learned == "ask sooner", name
        assert all(each.score is not None for each in known.final), (name, known.final)
        assert max(each.score or Decimal(0) for each in known.final) > 0, name
