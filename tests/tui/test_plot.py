"""The plot: every layer where its value lies, every value written beside it, and nothing that does not fit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.frozen import replace
from okrmate.tui.ink import Frame, Ink, length, plain
from okrmate.tui.plot import LEAST_HEIGHT, Plot, plot

D = Decimal
RISING = Plot(
    readings=((0.0, D(0)), (0.2, D(3)), (0.4, D(3))),
    beginning=D(0),
    target=D(12),
    stretch=D(16),
    due=D(6),
    likely=None,
    months=((0.0, "Oct"), (0.33, "Nov"), (0.66, "Dec")),
    write=lambda value: f"{value:f}",
)
FRAME = Frame(width=60)
BRAILLE = range(0x2800, 0x2900)


def rows(drawn: Plot, frame: Frame = FRAME, height: int = 20) -> list[str]:
    return [plain(line) for line in plot(drawn, frame, height)]


def row_of(words: str, drawn: Plot = RISING, frame: Frame = FRAME) -> int:
    """The only row that holds these words."""
    (found,) = [number for number, row in enumerate(rows(drawn, frame)) if words in row]
    return found


def test_values_stand_at_their_height_the_highest_on_top() -> None:
    heights = [row_of(words) for words in ("stretch 16", "target 12", "due 6", "now 3")]

    assert heights == sorted(heights)
    assert len(set(heights)) == 4


def test_the_left_axis_names_where_it_began_half_of_the_way_and_the_target() -> None:
    named = [row.split("┤")[0].strip() for row in rows(RISING) if "┤" in row]

    assert named == ["12", "6", "0"]
    assert row_of("target 12") == next(number for number, row in enumerate(rows(RISING)) if row.startswith(" 12┤"))


def test_a_falling_target_is_drawn_below_where_it_began() -> None:
    falling = replace(RISING, beginning=D(20), target=D(5), stretch=None, readings=((0.1, D(20)), (0.4, D(12))))

    assert row_of("now 12", falling) < row_of("target 5", falling)
    assert [row.split("┤")[0].strip() for row in rows(falling) if "┤" in row] == ["20", "12.5", "5"]


def test_each_reading_is_a_dot_and_the_last_one_is_named() -> None:
    drawn = rows(RISING)

    assert sum(row.count("●") for row in drawn) == len(RISING.readings) + 1
    assert drawn[row_of("now 3")].count("●") == 3


def test_labels_that_would_stand_in_one_row_make_room_for_one_another() -> None:
    crowded = replace(RISING, due=D(3), stretch=D(13))

    assert row_of("due 3", crowded) == row_of("now 3", crowded) + 1
    assert all(row_of(words, crowded) >= 0 for words in ("target 12", "stretch 13"))


def test_what_nobody_knows_is_not_drawn() -> None:
    unknown = replace(RISING, readings=(), beginning=None, stretch=None, due=None)
    drawn = "\n".join(rows(unknown))

    assert "target 12" in drawn
    assert all(word not in drawn for word in ("now", "due", "stretch", "●", " 0┤"))


def test_a_month_that_would_run_into_the_one_before_is_left_out() -> None:
    close = replace(RISING, months=((0.0, "Oct"), (0.01, "Nov"), (0.5, "Dec")))

    assert rows(close)[-1].split() == ["Oct", "Dec"]


def test_a_reading_over_its_target_is_in_the_picture() -> None:
    over = replace(RISING, readings=((0.3, D(40)),))

    assert row_of("now 40", over) < row_of("stretch 16", over)


def test_the_readings_lie_on_top_and_the_target_over_the_pace() -> None:
    line = plot(RISING, FRAME, 20)[row_of("target 12")]
    inks = {span.ink for span in line if any(ord(sign) in BRAILLE for sign in span.text)}

    assert inks == {Ink.GOOD}


AHEAD = replace(RISING, likely=(D(7), D(10)))


def inks(drawn: Plot) -> list[list[Ink]]:
    """The ink of each cell, row by row, without the labels at the right."""
    return [[span.ink for span in line[:-2] for _ in span.text] for line in plot(drawn, FRAME, 20)[:-2]]


def test_a_forecast_widens_from_the_last_reading_to_the_end() -> None:
    found = inks(replace(AHEAD, readings=((0.0, D(0)), (0.4, D(3)))))
    width = max(map(len, found))
    heights = [sum(row[column : column + 1] == [Ink.BAND] for row in found) for column in range(width)]
    begin = next(column for column, height in enumerate(heights) if height)

    assert begin > 0.4 * width
    assert heights[begin] < max(heights)
    assert max(heights) in heights[-4:]


def test_the_forecast_is_named_at_its_height_with_its_unit_once() -> None:
    money = replace(AHEAD, write=lambda value: f"{value:f} €")

    assert row_of("target 12 €", money) < row_of("likely 7–10 €", money) < row_of("now 3 €", money)


def test_a_forecast_far_off_does_not_squeeze_all_the_rest() -> None:
    far = replace(AHEAD, likely=(D(5000), D(9000)))

    assert row_of("likely 5000–9000", far) == 0
    assert row_of("now 3", far) - row_of("target 12", far) > 4


def test_nothing_is_hidden_by_a_forecast() -> None:
    wide = replace(RISING, likely=(D(0), D(20)))
    line = plot(wide, FRAME, 20)[row_of("target 12", wide)]

    assert {span.ink for span in line if any(ord(sign) in BRAILLE for sign in span.text[3:])} == {Ink.GOOD}


def test_plain_signs_take_the_place_of_braille() -> None:
    drawn = "\n".join(rows(RISING, Frame(width=60, ascii=True)))

    assert drawn.isascii()
    assert "* now 3" in drawn
    assert "- target 12" in drawn


@pytest.mark.parametrize(("width", "height"), [(60, LEAST_HEIGHT - 1), (20, 20), (1, 1)])
def test_there_is_no_plot_where_there_is_no_room_for_one(width: int, height: int) -> None:
    assert plot(RISING, Frame(width=width), height) == ()


values = st.decimals(min_value=-1000, max_value=10**9, places=2)
moments = st.floats(min_value=0, max_value=1)


@given(
    readings=st.lists(st.tuples(moments, values), max_size=8),
    beginning=st.none() | values,
    target=values,
    stretch=st.none() | values,
    due=st.none() | values,
    likely=st.none() | st.tuples(values, values).map(sorted).map(tuple),
    width=st.integers(min_value=1, max_value=150),
    height=st.integers(min_value=0, max_value=60),
)
def test_whatever_the_values_are_the_plot_stays_in_its_room(
    readings: list[tuple[float, Decimal]],
    beginning: Decimal | None,
    target: Decimal,
    stretch: Decimal | None,
    due: Decimal | None,
    likely: tuple[Decimal, Decimal] | None,
    width: int,
    height: int,
) -> None:
    drawn = replace(
        RISING,
        readings=tuple(sorted(readings)),
        beginning=beginning,
        target=target,
        stretch=stretch,
        due=due,
        likely=likely,
    )

    lines = plot(drawn, Frame(width=width), height)

    assert len(lines) in {0, height}
    assert all(length(line) <= width for line in lines)
