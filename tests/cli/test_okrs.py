"""`okrmate okr`: drafting, pasting, starting, and what cannot be taken."""

import io
from pathlib import Path

import pytest

from okrmate.cli.command import Terminal
from okrmate.cli.okrs import OkrImport
from tests.cli.running import OKRS, Okrmate


@pytest.fixture
def ana(okrmate: Okrmate) -> Okrmate:
    """The program with Ana, who has no OKRs."""
    okrmate.done("person", "add", "Ana Faye", "ana@example.net")
    return okrmate


def _drafted(okrmate: Okrmate, person: str = "ana") -> list[tuple[str, str, object, object]]:
    shown = okrmate.done("okr", "show", person, "--json").data
    assert isinstance(shown, dict)
    return [
        (each["kr"], each["kind"], each["baseline"], each["target"])
        for objective in shown.get("objectives", [])
        for each in objective["key_results"]
    ]


def test_a_set_is_drafted_line_by_line(ana: Okrmate) -> None:
    objective = ana.made("okr", "add", "ana", "Be asked to speak")
    first = ana.made(
        *("okr", "add", "ana", "--objective", "1", "Invitations", "--kind", "count", "--baseline", "1"),
        *("--target", "6", "--stretch", "9", "--unit", "invitations"),
    )
    second = ana.made("okr", "add", "ana", "--objective", "1", "Page live", "--kind", "milestone")

    assert len({objective, first, second}) == 3
    assert _drafted(ana) == [("1.1", "count", 1, 6), ("1.2", "milestone", 0, 100)]


def test_a_pasted_set_is_taken_from_standard_input_or_a_file(ana: Okrmate, tmp_path: Path) -> None:
    pasted = tmp_path / "okrs.txt"
    pasted.write_text(f"\ufeff{OKRS}".replace("\n", "\r\n"), encoding="utf-8")

    made = ana.made("okr", "import", "ana", given=OKRS.encode())
    twice = ana("okr", "import", "ana", str(pasted))
    pasted.write_text("O: Another one\nKR: 3 talks (now 0)\n", encoding="utf-8")
    again = ana.made("okr", "import", "ana", str(pasted))

    assert (twice.code, twice.err.endswith("is in the draft already; nothing was added.\n")) == (2, True)
    assert made == again == ana.done("okr", "show", "ana", "--json").fact("id")
    assert [ref for ref, *_ in _drafted(ana)] == ["1.1", "1.2", "2.1"]
    assert _drafted(ana)[:2] == [("1.1", "count", 1, 6), ("1.2", "percent", 62, 80)]


def test_an_import_says_what_was_understood_what_was_left_out_and_how_to_go_on(ana: Okrmate) -> None:
    told = ana.done("okr", "import", "ana", given=f"Here is my draft\n{OKRS}".encode())

    assert told.lines[:-1] == [
        "Drafted 1 objective for Ana Faye. The draft is now:",
        "1. Be asked to speak, by June",
        "   6 invitations: 1 of 6, began at 1 (KR 1.1)",
        "   80 % of ratings are 4 or 5: 62 of 80 %, began at 62 (KR 1.2)",
        "Left out, since neither O: nor KR: stands before it: “Here is my draft”",
        "`okrmate okr activate ana` starts it, `okrmate undo` takes it back.",
    ]


def test_the_lines_that_the_help_of_import_shows_are_understood(ana: Okrmate) -> None:
    shown = OkrImport.behind.partition("\n\n")[2]

    ana.done("okr", "import", "ana", given=shown.encode())

    assert _drafted(ana) == [
        ("1.1", "count", 1, 6),
        ("1.2", "percent", 62, 80),
        ("1.3", "threshold", 9, 4),
        ("1.4", "milestone", 0, 100),
    ]


def test_a_key_result_before_any_objective_is_told_what_it_lacks(ana: Okrmate) -> None:
    told = ana("okr", "import", "ana", given=b"KR: 5 songs (now 1)\n")

    assert (told.code, told.err) == (
        2,
        "“5 songs” stands before any objective: begin with a line such as “O: Be heard, by the end of June”.\n",
    )


@pytest.mark.parametrize(
    ("line", "drafted", "typed", "said"),
    [
        (
            "100 % more speaking gigs (now 4)",
            ("1.1", "percent_increase", 4, 8),
            ("50%",),
            "100 % more speaking gigs: 4 → 6 of 8 (KR 1.1)",
        ),
        (
            "12000 € of course revenue (now 500)",
            ("1.1", "currency", 500, 12000),
            ("€700", "+50"),
            "12000 € of course revenue: 700 → 750 of 12000 EUR (KR 1.1)",
        ),
        (
            "10% more attendees month over month",
            ("1.1", "mom_growth", 0, 10),
            ("12%",),
            "10% more attendees month over month: 0 → 12 of 10 % (KR 1.1)",
        ),
    ],
    ids=["percent_increase", "currency", "mom_growth"],
)
def test_each_kind_is_drafted_by_its_words_and_read_by_its_scale(
    ana: Okrmate, line: str, drafted: tuple[str, str, int, int], typed: tuple[str, ...], said: str
) -> None:
    ana.done("okr", "import", "ana", given=f"O: Earn by teaching\nKR: {line}\n".encode())
    assert _drafted(ana) == [drafted]
    ana.done("okr", "activate", "ana")

    told = [ana.done("check-in", "ana", "1.1", value).out for value in typed]

    assert told[-1] == f"{said}\n"


def test_every_line_that_cannot_be_taken_is_named_at_once(ana: Okrmate) -> None:
    lines = b"O: Earn\nKR: 100 % more gigs\nKR: 20 % fewer no-shows\nKR: 130 % of seats taken (now 60)\n"
    told = ana("okr", "import", "ana", given=lines)

    assert told.code == 2
    assert told.err.splitlines() == [
        "“100 % more gigs”: 100 % more than what? Give the number it begins at.",
        "“20 % fewer no-shows”: 20 % less than what? Give the number it begins at.",
        "“130 % of seats taken”: The target: 130 cannot be taken: a percent lies between 0 and 100.",
    ]
    assert _drafted(ana) == []


@pytest.mark.parametrize(
    ("words", "drafted"),
    [
        (("percent_increase", "--baseline", "4", "--target", "100%"), ("1.1", "percent_increase", 4, 8)),
        (("percent_increase", "--baseline", "4", "--target", "8"), ("1.1", "percent_increase", 4, 8)),
        (("currency", "--baseline", "4", "--target", "8", "--unit", "€"), ("1.1", "currency", 4, 8)),
        (("mom_growth", "--target", "8 %", "--unit", "readers"), ("1.1", "mom_growth", 0, 8)),
        (("percent", "--baseline", "4", "--target", "8%"), ("1.1", "percent", 4, 8)),
    ],
)
def test_a_goal_can_be_typed_as_one_would_say_it(
    ana: Okrmate, words: tuple[str, ...], drafted: tuple[str, str, int, int]
) -> None:
    ana.done("okr", "add", "ana", "Earn")

    ana.made("okr", "add", "ana", "--objective", "1", "Grow", "--kind", *words)

    assert _drafted(ana) == [drafted]


def test_a_title_says_how_it_is_measured_where_nothing_else_does(ana: Okrmate) -> None:
    ana.done("okr", "add", "ana", "Earn")
    titles = (
        ("100 % increase in talks, from 4", "percent increase, from 4 to 8", ("1.1", "percent_increase", 4, 8)),
        ("6 invitations (now 1)", "count, from 1 to 6", ("1.2", "count", 1, 6)),
        ("at least 30 % of meetups ask us", "threshold, at least 30 %", ("1.3", "threshold", None, 30)),
        ("10 % more readers a month, from 40", "mom growth, 10 %", ("1.4", "mom_growth", 0, 10)),
    )

    for title, said, _ in titles:
        assert ana.done("okr", "add", "ana", "--objective", "1", title).lines[0].endswith(said), title

    assert _drafted(ana) == [drafted for *_, drafted in titles]


def test_what_is_said_of_a_key_result_stands_below_it_and_its_parts_are_read(ana: Okrmate) -> None:
    ana.done("okr", "import", "ana", given=b"O: Earn\nKR: 300 connections (now 100)\nKR: Site live\n")
    ana.done(
        "okr", "describe", "ana", "1.1", "--customer", "recruiters", "--behaviour", "write first", "--serves", "a name"
    )
    ana.done("okr", "describe", "ana", "1.1", "--source", "LinkedIn", "--source", "Insta")
    ana.done("okr", "describe", "ana", "1.2", "--step", "draft", "--step", "live", "--health")
    ana.done("okr", "activate", "ana")

    shown = ana.done("okr", "show", "ana").lines
    first, second = ana.done("okr", "show", "ana", "--json").data["objectives"][0]["key_results"]  # type: ignore[index]
    parts = [ana.done("check-in", "ana", "1.1", said).out for said in ("LinkedIn 120", "Insta 40", "LinkedIn 130")]

    assert "      who would notice: recruiters write first" in shown
    assert (first["measurable"], first["trackable"], second["trackable"]) == (True, True, False)
    assert (first["sources"], second["steps"], second["health"]) == (["LinkedIn", "Insta"], ["draft", "live"], True)
    assert parts == [
        "300 connections: kept, the sum waits for Insta (KR 1.1)\n",
        "300 connections: 100 → 160 of 300 (KR 1.1)\n",
        "300 connections: 160 → 170 of 300 (KR 1.1)\n",
    ]
    assert ana.done("check-in", "ana", "1.2", "draft done").out == "Site live: 0 → 50 of 100 % (KR 1.2)\n"
    for words, said in (
        (("1.1", "--step", "draft", "--step", "live"), "only a milestone has steps"),
        (("1.2", "--source", "a", "--source", "b"), "only numbers can be summed up"),
        (("1.2", "--step", "draft", "--step", "Draft"), "each once"),
        (("1.2",), "Nothing to change"),
    ):
        told = ana("okr", "describe", "ana", *words)
        assert (told.code, said in told.err) == (2, True), words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("A title", "--kind", "count", "--target", "5"), "needs --objective"),
        (("A title", "--objective", "1", "--target", "5"), "needs --kind"),
        (("A title", "--objective", "7", "--kind", "count", "--target", "5"), "no objective 7"),
        (("A title", "--objective", "1", "--kind", "count", "--target", "5%"), "no percentage"),
        (("A title", "--objective", "1", "--kind", "currency", "--target", "5"), "its currency"),
        (("A title", "--objective", "1", "--kind", "percent_increase", "--target", "50%"), "more than what?"),
        (
            ("A title", "--objective", "1", "--kind", "percent_increase", "--target", "50%", "--stretch", "9"),
            "in the same way",
        ),
        (("A title", "--objective", "1", "--kind", "count"), "target"),
        (("A title", "--objective", "1", "--kind", "percent", "--baseline", "1", "--target", "180"), "180"),
        (("A title", "--objective", "1", "--kind", "count", "--target", "five"), "“five” is not a number"),
        (("A title", "--objective", "1", "--kind", "count", "--target", "NaN"), "“NaN” is not a number"),
        (("A title", "--objective", "1", "--kind", "count", "--target", "inf"), "“inf” is not a number"),
        (("A title", "--objective", "1", "--kind", "guess", "--target", "5"), "--kind: “guess” is none of count, "),
        (("\x07", "--objective", "1", "--kind", "count", "--target", "5"), "visible letters"),
        (("  ",), "visible letters"),
    ],
)
def test_a_line_that_cannot_be_drafted_is_refused_by_a_sentence(
    ana: Okrmate, words: tuple[str, ...], said: str
) -> None:
    ana.done("okr", "add", "ana", "Be asked to speak")

    told = ana("okr", "add", "ana", *words)

    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert _drafted(ana) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [(b"", "no line begins with"), (b"\xff\xfe", "not UTF-8"), (b"just words\n", "no line begins with")],
)
def test_a_paste_without_lines_is_refused(ana: Okrmate, given: bytes, said: str) -> None:
    told = ana("okr", "import", "ana", given=given)

    assert told.code == 2
    assert said in told.err


def test_a_file_that_is_not_there_is_refused(ana: Okrmate) -> None:
    told = ana("okr", "import", "ana", "missing.txt")

    assert (told.code, told.err) == (2, "missing.txt cannot be read: No such file or directory.\n")


def test_starting_a_draft_names_everything_that_is_missing(ana: Okrmate) -> None:
    nothing = ana("okr", "activate", "ana")
    ana.done("okr", "add", "ana", "Be asked to speak")
    ana.done("okr", "add", "ana", "Write")
    empty = ana("okr", "activate", "ana")

    assert (nothing.code, "has no draft" in nothing.err) == (2, True)
    assert (empty.code, len(empty.err.splitlines())) == (2, 2)


def test_starting_a_draft_records_that_the_mentor_did_it_alone(ana: Okrmate) -> None:
    ana.done("okr", "import", "ana", given=OKRS.encode())

    made = ana.made("okr", "activate", "ana", "--reason", "agreed by phone")

    assert ana.done("okr", "list", "ana", "--json").fact("id") == made
    assert ana.done("okr", "list", "ana", "--json").fact("state") == "active"
    assert "agreed by phone" in ana.done("history").out


def test_starting_a_draft_says_until_when_it_runs(ana: Okrmate) -> None:
    ana.done("okr", "import", "ana", given=OKRS.encode())

    unclear = ana("okr", "activate", "ana", "--ends", "some day")
    told = ana.done("okr", "activate", "ana", "--ends", "2027-01-31")

    assert (unclear.code, "some day" in unclear.err) == (2, True)
    assert "active until 31 Jan 2027." in told.out + told.err


def test_the_last_day_that_nobody_named_can_be_chosen_after_all(ana: Okrmate) -> None:
    ana.done("okr", "import", "ana", given=OKRS.encode())
    told = ana.done("okr", "activate", "ana").out

    ana.done("undo")
    again = ana.done("okr", "activate", "ana", "--ends", "2027-06-30").out

    assert "For another last day: `okrmate undo`, then `okrmate okr activate ana --ends DATE`." in told
    assert again.startswith("The OKRs of Ana Faye are active until 30 Jun 2027.\n")


def test_a_second_set_cannot_run_beside_the_first(busy: Okrmate) -> None:
    busy.done("okr", "import", "tom", given=OKRS.encode())

    told = busy("okr", "activate", "tom")

    assert (told.code, "already has active OKRs" in told.err) == (2, True)


def test_a_set_is_shown_with_titles_before_codes(busy: Okrmate) -> None:
    told = busy.done("okr", "show", "tom")

    assert told.lines[0] == "Tom Reuter, active, revision 1"
    assert "   6 invitations: 1 of 6, began at 1 (KR 1.1)" in told.lines


def test_nobodys_okrs_are_an_empty_object(ana: Okrmate) -> None:
    assert ana.done("okr", "show", "ana", "--json").data == {}
    assert "has no OKRs yet" in ana.done("okr", "show", "ana").out


class Keyboard(io.BytesIO):
    """Somebody types at a terminal."""

    def isatty(self) -> bool:
        return True


def test_whoever_is_to_paste_is_told_so(tmp_path: Path) -> None:
    out = io.StringIO()

    read = Terminal(home=tmp_path, out=out, given=Keyboard(OKRS.encode())).read_text("-")

    assert (read, out.getvalue()) == (OKRS, "Paste or type it here; Ctrl-D on a line of its own ends it.\n")
