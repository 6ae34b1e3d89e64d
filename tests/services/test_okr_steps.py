"""The steps of a set of OKRs: agreed to by both, revised for a reason, closed after what was learned, carried on."""

from datetime import date
from decimal import Decimal

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.metrics import MetricKind
from okrmate.domain.okrs import OkrSetState
from okrmate.domain.people import Side
from okrmate.domain.versions import DifferenceKind, reasons
from okrmate.reply.drafts import draft_okrs
from okrmate.services import history, trail
from okrmate.services.mentoring import altering, closing, deciding, okrs, proposals, readings, steps, versions
from okrmate.services.mentoring.drafts import as_new
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.tracking import tree
from okrmate.services.tables import OKR_SETS, PROPOSALS
from tests.services.rooms import Office

OKRS = "O: Be asked to speak\nKR: Invitations: 1 -> 6\nKR: Practise every Sunday\nO: Be heard\nKR: 4 proposals (now 0)"


@pytest.fixture(name="office")
def an_office() -> Office:
    return Office()


@pytest.fixture(name="pair")
def a_pair_with_a_draft(office: Office) -> Pair:
    pair = office.with_person()
    okrs.import_objectives(office.desk, pair, as_new(draft_okrs(OKRS)))
    return pair


def agree(office: Office, pair: Pair) -> None:
    refined = okrs.set_in(office.store, pair.mentorship.id, OkrSetState.REFINED)
    assert refined is not None
    with office.store.transaction() as tx:
        steps.agree_in(tx, office.desk, pair, refined, Side.PROTEGE)
        trail.record(tx, office.desk, what="agreed", source=trail.BY_PROGRAM, mentorship=pair.mentorship.id)


def check_in(office: Office, pair: Pair, ref: str, value: str) -> None:
    office.clock.move(days=7)
    readings.check_in(office.desk, pair, readings.CheckIn(ref=ref, value=value))


def test_a_set_begins_when_both_have_agreed_to_the_words_as_they_stand(office: Office, pair: Pair) -> None:
    steps.refine(office.desk, pair)
    reworded = altering.edit(office.desk, pair, [altering.Reword(ref="1", title="Be asked by name")])
    assert (reworded.state, reworded.agreed_mentor) == (OkrSetState.DRAFT, None)

    steps.refine(office.desk, pair, ends=date(2026, 6, 15))
    agree(office, pair)

    active = okrs.set_in(office.store, pair.mentorship.id, OkrSetState.ACTIVE)
    assert active is not None
    assert (active.agreed, active.override, active.ends) == (True, "", date(2026, 6, 15))
    assert [each.number for each in versions.versions_of(office.store, active)][-1] == 1


def test_a_mentor_may_start_alone_and_the_record_says_so(office: Office, pair: Pair) -> None:
    active = steps.activate(office.desk, pair, "agreed in the talk")

    assert active.override == "agreed in the talk"
    assert "by the mentor alone: agreed in the talk" in history.history(office.store)[-1].what


def test_guards_name_everything_that_is_missing_at_once(office: Office) -> None:
    pair = office.with_person()
    okrs.add_objective(office.desk, pair, "Be heard")
    okrs.add_objective(office.desk, pair, "Be asked")

    with pytest.raises(UsageError) as refused:
        steps.refine(office.desk, pair, ends=date(2026, 3, 2))
    assert [line.partition(",")[0] for line in str(refused.value).splitlines()] == [
        "Objective 1",
        "Objective 2",
        "A cycle that begins today cannot end on 2026-03-02.",
    ]
    with pytest.raises(UsageError) as unrevised:
        altering.revise(office.desk, pair, [altering.Drop(ref="1")], " ")
    assert len(str(unrevised.value).splitlines()) == 2


def test_a_draft_tells_what_changed_and_why(office: Office, pair: Pair) -> None:
    altering.edit(office.desk, pair, [altering.Drop(ref="1.2")], "it is yours to do")
    after = altering.edit(office.desk, pair, [altering.Reword(ref="2", title="Be heard in the leadership round")])

    kept = versions.versions_of(office.store, after)
    differences = versions.differences_since(office.store, after, 0)
    assert [(each.kind, each.line.ref) for each in differences] == [
        (DifferenceKind.REWORDED, "2"),
        (DifferenceKind.DROPPED, "1.2"),
    ]
    assert [reasons(kept).get(each.line.id) for each in differences] == [None, "it is yours to do"]


def test_readings_are_judged_by_the_revision_in_force_when_they_were_read(office: Office, pair: Pair) -> None:
    steps.activate(office.desk, pair, "agreed")
    check_in(office, pair, "1.1", "6")
    office.clock.move(days=1)
    revised = altering.revise(office.desk, pair, [altering.Remeasure(ref="1.1", target=Decimal(11))], "six came soon")
    check_in(office, pair, "1.1", "6")

    found = tree(office.store, pair.mentorship.id, office.clock.now())
    assert found is not None
    tracked = found.key_results[0]
    assert revised.revision == 2
    assert [(tracked.way_of(each), tracked.score_of(each)) for each in tracked.readings] == [
        (Decimal(1), Decimal("0.7")),
        (Decimal("0.5"), Decimal("0.35")),
    ]
    before = versions.version_numbered(office.store, revised, 1)
    assert before.lines[1].metric is not None
    assert before.lines[1].metric.target == 6


def test_a_revision_drops_adds_and_rewords_and_keeps_what_was_read(office: Office, pair: Pair) -> None:
    steps.activate(office.desk, pair, "agreed")
    check_in(office, pair, "1.2", "40%")
    new = okrs.NewKeyResult(title="Editors who call", kind=MetricKind.COUNT, target=Decimal(3))
    changes: list[altering.Alteration] = [altering.Drop(ref="1.2"), altering.AddKeyResult(objective=1, new=new)]
    revised = altering.revise(office.desk, pair, changes, "others decide")

    assert [each.key_result.ref for each in okrs.outline(office.store, revised).standings] == ["1.1", "1.3", "2.1"]
    with pytest.raises(UsageError, match="no key result left"):
        altering.revise(office.desk, pair, [altering.Drop(ref="2.1")], "too much")
    with pytest.raises(UsageError, match="drop it and add another"):
        altering.revise(office.desk, pair, [altering.Remeasure(ref="1.1", kind=MetricKind.PERCENT)], "in per cent")
    history.undo(office.desk)
    assert [each.key_result.ref for each in okrs.active_standings(office.store, pair.mentorship.id)][1] == "1.2"
    assert okrs.find_standing(office.store, pair, "1.2").summary.value == 40


def test_learning_comes_before_the_score_and_what_is_carried_begins_where_it_ended(office: Office, pair: Pair) -> None:
    steps.activate(office.desk, pair, "agreed")
    check_in(office, pair, "1.1", "4")

    with pytest.raises(UsageError) as refused:
        closing.close(office.desk, pair)
    assert [line.split(",")[0] for line in str(refused.value).splitlines()] == [
        "Nobody has said what Sam learned; that comes before every score.",
        "KR 1.2",
        "KR 2.1",
    ]
    said = closing.ByHand(
        learned="Ask early", scores={"1.2": Decimal("0.3"), "2.1": Decimal(0)}, carry=("1.1",), drop=("2.1",)
    )
    closed = closing.close(office.desk, pair, said)

    final = closing.closing_of(office.store, closed).final
    assert [(each.ref, each.score, each.carried) for each in final] == [
        ("1.1", Decimal("0.42"), True),
        ("1.2", Decimal("0.3"), False),
        ("2.1", Decimal(0), False),
    ]
    draft = okrs.set_in(office.store, pair.mentorship.id, OkrSetState.DRAFT)
    assert draft is not None
    assert draft.follows == closed.id
    (carried,) = okrs.outline(office.store, draft).standings
    assert (carried.key_result.title, carried.key_result.metric.baseline) == ("Invitations", Decimal(4))
    with pytest.raises(UsageError, match="no active OKRs"):
        altering.revise(office.desk, pair, [altering.Drop(ref="1")], "too late")


def test_a_proposal_is_taken_as_a_revision_or_left_with_a_reason(office: Office, pair: Pair) -> None:
    active = steps.activate(office.desk, pair, "agreed")
    source = trail.by_command("mail")
    with office.store.transaction() as tx:
        dropping = proposals.propose_in(tx, office.desk, active, "1.2 may go", source=source, ref="1.2", drops=True)
        other = proposals.propose_in(tx, office.desk, active, "fewer goals", source=source)
    assert [each.id for each in proposals.proposals(office.store)] == [dropping.id, other.id]

    deciding.accept(office.desk, dropping.id)
    deciding.reject(office.desk, other.id, "two are few")

    assert proposals.proposals(office.store) == ()
    assert office.store.get(PROPOSALS, other.id) != other
    revised = office.store.get(OKR_SETS, active.id)
    assert revised is not None
    assert revised.revision == 2
    assert versions.versions_of(office.store, revised)[-1].reason == "Sam asked for it: “1.2 may go”"
    with pytest.raises(UsageError, match="cannot become"):
        deciding.reject(office.desk, dropping.id)
