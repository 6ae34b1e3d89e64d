"""What each typed line is taken for, before any window shows it."""

from pathlib import Path

import pytest

from okrmate.adapters.resources import Resources
from okrmate.mail.words import words_of
from okrmate.services.mentoring.written import WrittenLine
from okrmate.tui.ink import Frame, plain
from okrmate.tui.views.editor import AROUND, Understanding, Understood, beside_revision, finding_pane, understood_pane
from tests.builders import a_mentor

WORDS = words_of(a_mentor(), Resources(Path("a-home-without-templates")))


def read(*lines: str, there: frozenset[str] = frozenset()) -> Understood:
    return Understanding(words=WORDS, there=there).read(lines)


@pytest.mark.parametrize(
    ("line", "title", "detail"),
    [
        ("KR: 12 concerts (now 2)", "12 concerts", "count · 2 → 12"),
        ("KR: Invitations, from 1 to 6", "Invitations", "count · 1 → 6"),
        ("KR: 80 % of pupils come back (now 62 %)", "80 % of pupils come back", "percent · 62 % → 80 %"),
        ("KR: portfolio site live", "portfolio site live", "milestone · 0 % → 100 %"),
        ("KR: 12 concerts", "12 concerts", "count · ? → 12 · the first reading is where it begins"),
    ],
)
def test_a_key_result_shows_its_kind_and_from_where_to_where(line: str, title: str, detail: str) -> None:
    _, taken = read("O: Sing", line).lines

    assert (taken.title, taken.detail.replace("\u00a0", " "), taken.finding) == (title, detail, "")


def test_a_line_put_under_another_objective_says_that_its_numbers_go_with_it() -> None:
    before = [WrittenLine(text="O: Sing", ref="1"), WrittenLine(text="KR: A demo", ref="1.1")]
    before += [WrittenLine(text="O: Dance", ref="2"), WrittenLine(text="KR: A stage", ref="2.1")]
    typed = ["O: Sing", "O: Dance", "KR: A stage", "KR: A demo"]

    moved = beside_revision(read(*typed), before, typed).lines

    assert [line.number for line in moved if "with its numbers" in line.detail] == [4]
    assert moved[3].detail.startswith("was KR 1.1; moves here with its numbers")
    assert not any(line.dropped for line in moved)


def test_lines_keep_their_numbers_though_empty_ones_are_left_out() -> None:
    view = read("", "O: Sing", "", "KR: 12 concerts")

    assert [line.number for line in view.lines] == [2, 4]
    assert (view.nearest(1), view.nearest(3), view.nearest(9)) == (0, 2, 4)


def test_what_is_neither_objective_nor_key_result_is_counted_and_never_dropped() -> None:
    view = read("Hello", "O: Sing", "and dance")

    assert [line.title for line in view.unread] == ["Hello", "and dance"]
    assert understood_pane(view, 1, Frame(width=58)).note == "1 objective, 0 KRs, 2 lines not understood"


def test_a_key_result_above_every_objective_says_what_it_lacks() -> None:
    view = read("KR: 12 concerts", "O: Sing", "KR: 3 choirs")

    assert [line.finding for line in view.lines] == ["under no objective", "", ""]


def test_what_cannot_be_measured_says_why() -> None:
    view = read("O: Sing", "KR: readers, from 5 to 5")

    assert [line.number for line in view.findings] == [2]
    (entry,) = finding_pane(view, 2).entries
    assert "begins where it is to end" in " ".join(plain(line) for line in entry.draw(Frame(width=118)))


def test_an_objective_that_is_in_the_draft_already_is_found_whatever_its_letters() -> None:
    assert read("O: Sing", there=frozenset({"sing"})).findings[0].finding == "in the draft already"


def test_a_line_is_read_once_however_often_the_text_is_read() -> None:
    understanding = Understanding(words=WORDS)
    lines = ["O: Sing", "KR: 12 concerts"]
    understanding.learn(understanding.unknown(lines))

    assert understanding.unknown([*lines, "KR: 3 choirs"]) == ["KR: 3 choirs"]


def test_of_a_long_text_the_lines_around_the_cursor_are_shown() -> None:
    view = read("O: Sing", *(f"KR: {number} concerts" for number in range(1, 1000)))

    shown = [int(entry.key) for entry in understood_pane(view, 500, Frame(width=58)).entries]
    assert (shown[0], shown[-1]) == (500 - AROUND, 500 + AROUND)


def test_a_narrow_window_keeps_entries_on_one_line_but_findings() -> None:
    view = read("O: Sing", "KR: 12 concerts (now 2)", "and dance")

    heights = [entry.height for entry in understood_pane(view, 1, Frame(width=38, wide=False)).entries]
    assert heights == [1, 1, 2]
