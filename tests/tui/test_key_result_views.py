"""How a key result is drawn: its value in its unit, its bar, its readings, its plot."""

import dataclasses
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from okrmate.domain.condition import Condition, Position
from okrmate.domain.metrics import Bound, Count, Metric, Milestone, Percent, Threshold
from okrmate.domain.okrs import Evidence, Reading
from okrmate.domain.people import Mentor
from okrmate.domain.summaries import summarise
from okrmate.frozen import replace
from okrmate.mail.words import words_of
from okrmate.services.mentoring.tracking import Tracked
from okrmate.tui.ink import Frame, Ink, plain
from okrmate.tui.pages import Pane
from okrmate.tui.views.key_result import head_pane, plot_of, readings_pane
from okrmate.tui.views.key_results import bar, current_value, key_result_line, planned, short_value
from okrmate.tui.views.scene import Scene
from tests.builders import a_key_result, a_mentor, a_reading, an_okr_set
from tests.tui.mentorships import BEGUN, BY_HAND, BY_MAIL, ENDS, MORNING
from tests.tui.terminal import SHIPPED

D = Decimal
DAY = timedelta(days=1)
FRAME = Frame(width=70)
OKR_SET = an_okr_set(created_at=BEGUN, ends=ENDS)
COUNT = Count(baseline=D(1), target=D(6))


def scene(mentor: Mentor | None = None) -> Scene:
    return Scene(now=MORNING, words=words_of(mentor or a_mentor(), SHIPPED))


def tracked(
    metric: Metric, *readings: Reading, condition: Condition = Condition.ON_PACE, way: str | None = "0.5"
) -> Tracked:
    return Tracked(
        key_result=a_key_result(metric=metric, title="Invitations to speak"),
        summary=summarise(readings),
        read=lambda: tuple(sorted(readings, key=lambda reading: reading.at)),
        position=Position(condition=condition, way=None if way is None else D(way)),
        gone=D("0.5"),
    )


def drawn(pane: Pane, frame: Frame = FRAME) -> list[str]:
    return [plain(line).rstrip() for entry in pane.entries for line in entry.draw(frame)]


@pytest.mark.parametrize(
    ("metric", "value", "short"),
    [
        (COUNT, 3, "3 of 6"),
        (COUNT, 9, "9 of 6"),
        (Count(baseline=D(60), target=D(5)), 32, "32, goal 5"),
        (Percent(baseline=D(62), target=D(80)), 71, "71\u00a0%"),
        (Milestone(), 40, "40\u00a0%"),
        (Threshold(target=D(30), bound=Bound.AT_LEAST, unit="%"), 24, "24\u00a0%"),
        (Threshold(target=D(12000), unit="€"), 4350, "4,350\u00a0€"),
        (COUNT, None, "no reading"),
    ],
)
def test_a_value_stands_in_its_unit_as_letters_write_it(metric: Metric, value: int | None, short: str) -> None:
    assert short_value(tracked(metric, a_reading(value)), scene().words) == short


def test_numbers_are_written_as_the_mentor_writes_them() -> None:
    swiss = Mentor(name="Vera", address="vera@example.org", locale="de-CH")
    revenue = tracked(Threshold(target=D(12000), unit="CHF"), a_reading("4350.5"))

    assert current_value(revenue, scene(swiss).words) == "4’350.5\u00a0CHF"


def test_a_round_number_is_said_to_be_one() -> None:
    assert current_value(tracked(COUNT, a_reading(3, approximate=True)), scene().words) == "about 3"


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        (COUNT, "1 → 6"),
        (Count(target=D(6)), "6"),
        (Milestone(), "0\u00a0% → 100\u00a0%"),
        (Threshold(baseline=D(10), target=D(30), unit="%"), "at least 30\u00a0%"),
        (Threshold(target=D(3), bound=Bound.AT_MOST), "at most 3"),
    ],
)
def test_a_draft_says_from_where_to_where(metric: Metric, said: str) -> None:
    assert planned(tracked(metric), scene().words) == said


def test_the_bar_has_the_ink_of_its_condition_and_a_tick_for_today() -> None:
    stuck = bar(tracked(COUNT, a_reading(3), condition=Condition.STUCK, way="0.25"), 8, FRAME)

    assert plain(stuck) == "━━──│───"
    assert stuck[0].ink is Ink.BAD


def test_without_a_reading_only_the_light_line_is_drawn_however_well_it_began() -> None:
    assert plain(bar(tracked(COUNT, condition=Condition.UNKNOWN, way="0"), 8, FRAME)) == "────────"


def test_silence_is_drawn_without_green() -> None:
    line = key_result_line(
        tracked(COUNT, a_reading(5), condition=Condition.UNKNOWN, way="0.8"), scene().words, FRAME, active=True
    )

    assert plain(line).startswith("○ ")
    assert Ink.GOOD not in {span.ink for span in line}


def test_the_head_says_value_target_state_and_how_sure_they_are() -> None:
    sure = tracked(COUNT, a_reading(3), a_reading(None, id="b", confidence=6), a_reading(None, id="c", confidence=4))

    (line,) = drawn(head_pane(sure, scene(), active=True))

    assert line.startswith("3 of 6")
    assert "● on pace" in line
    assert line.endswith("confidence 4 was 6")


def test_the_head_takes_more_lines_where_there_is_no_room_for_one() -> None:
    goal = Threshold(baseline=D(0), target=D(12000), unit="€")
    sure = tracked(goal, a_reading(4350), a_reading(None, id="b", confidence=4))

    lines = drawn(head_pane(sure, scene(), active=True), Frame(width=40))

    assert lines[0] == "4,350\u00a0€, goal at least 12,000\u00a0€"
    assert len(lines) == 2
    assert all(len(line) <= 40 for line in lines)


def test_what_blocks_it_stands_under_the_head() -> None:
    blocked = tracked(COUNT, a_reading(3), a_reading(None, id="b", at=MORNING, blocker="no room until May"))

    assert drawn(head_pane(blocked, scene(), active=True))[-1] == "! blocked  no room until May"


def test_the_head_of_a_draft_says_how_it_is_measured() -> None:
    pane = head_pane(tracked(COUNT), scene(), active=False)

    assert pane.note == "KR 1.1 · draft"
    assert drawn(pane) == ["count: 1 → 6"]


def test_what_came_at_one_moment_is_one_reading_with_everything_said() -> None:
    chart = Evidence(name="chart.png", kind="image/png", size=21_500, mail="m", number=0, digest="d")
    together = (
        replace(a_reading(3, id="a", at=MORNING - DAY, source=BY_MAIL), evidence=(chart,)),
        replace(a_reading(None, id="b", at=MORNING - DAY, source=BY_MAIL, note="Jo asked"), evidence=(chart,)),
        a_reading(None, id="c", at=MORNING - DAY, source=BY_MAIL, confidence=7),
    )
    pane = readings_pane(tracked(COUNT, *together), scene())

    (line,) = drawn(pane)

    assert (pane.title, pane.note) == ("Readings", "1")
    assert line.split()[:8] == ["Sun", "15", "Nov", "3", "conf", "7", "Jo", "asked"]
    assert line.split()[8:] == ["(chart.png,", "22", "KB)", "mail"]


def test_readings_come_newest_first_with_their_source() -> None:
    by_mail = a_reading(2, id="a", at=BEGUN + 8 * DAY, source=BY_MAIL)
    by_hand = a_reading(3, id="b", at=MORNING - DAY / 24, source=BY_HAND)

    lines = drawn(readings_pane(tracked(COUNT, by_mail, by_hand), scene()))

    assert lines[0].startswith("today 09:42")
    assert lines[0].endswith("by hand")
    assert lines[1].startswith("Fri 9 Oct")
    assert lines[1].endswith("mail")


def test_no_reading_is_said_and_not_left_empty() -> None:
    assert drawn(readings_pane(tracked(COUNT), scene())) == ["none yet"]


def test_the_plot_spans_the_cycle_and_says_what_is_due() -> None:
    drawn_plot = plot_of(tracked(COUNT, a_reading(3, at=MORNING)), OKR_SET, scene())

    assert drawn_plot is not None
    ((moment, value),) = drawn_plot.readings
    assert (round(moment, 2), value) == (0.5, D(3))
    assert drawn_plot.due == D("3.5")
    assert [month for _, month in drawn_plot.months] == ["Oct", "Nov", "Dec"]
    assert drawn_plot.write(D("3.5")) == "3.5"


def test_without_an_end_the_plot_goes_up_to_now_and_nothing_is_due() -> None:
    endless = an_okr_set(created_at=BEGUN, ends=None)
    known = tracked(COUNT, a_reading(3, at=MORNING))

    drawn_plot = plot_of(dataclasses.replace(known, gone=None), endless, scene())

    assert drawn_plot is not None
    assert drawn_plot.due is None
    assert drawn_plot.readings == ((1.0, D(3)),)


def test_an_unknown_beginning_is_the_first_reading() -> None:
    drawn_plot = plot_of(tracked(Count(target=D(6)), a_reading(2, at=BEGUN + DAY)), OKR_SET, scene())

    assert drawn_plot is not None
    assert drawn_plot.beginning == 2


def test_a_reading_from_before_the_beginning_or_after_the_end_stays_in_the_picture() -> None:
    early = a_reading(2, id="a", at=BEGUN - DAY)
    late = a_reading(3, id="b", at=datetime(2027, 2, 1, tzinfo=UTC))

    drawn_plot = plot_of(tracked(COUNT, early, late), OKR_SET, scene())

    assert drawn_plot is not None
    assert [moment for moment, _ in drawn_plot.readings] == [0.0, 1.0]


def test_a_draft_has_no_plot() -> None:
    assert plot_of(tracked(COUNT), replace(OKR_SET, activated_at=None), scene()) is None
