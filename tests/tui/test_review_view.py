"""A mail in review as lines: both columns in their places whatever was written, and what each key would make of it."""

from zoneinfo import ZoneInfo

import pytest

from okrmate.domain.letters import IncomingState, OutgoingState
from okrmate.frozen import replace
from okrmate.reply.updates import Problem, ProblemReason
from okrmate.services.incoming.meanings import Mark, Meaning
from okrmate.services.incoming.side_by_side import Row, Script, SideBySide
from okrmate.services.pause import pause
from okrmate.tui.ink import Frame, length, plain
from okrmate.tui.pages import Pane
from okrmate.tui.views.decisions import decision_pane, letter_decision, mail_decision, refusal
from okrmate.tui.views.review import Review, chosen_problem, review_pane
from tests.builders import NOW, a_change, an_edit, an_incoming, an_outgoing
from tests.fakes import MemoryStore
from tests.services.rooms import Office

UTC = ZoneInfo("UTC")
WIDE, NARROW = Frame(width=118), Frame(width=78, wide=False)
UNCLEAR = Problem(reason=ProblemReason.OUTLIER, kr="1.2", words=": 999")
ASKED = Meaning(mark=Mark.ASKED, title="Readers", ref="1.2", new="999 %", about="Is it right?", problem=UNCLEAR)
MOVED = Meaning(mark=Mark.APPLIED, title="Requests", ref="1.1", old="1", new="3", about="of 5")
HOSTILE = (
    "[/x] [red]x[/red]",
    "\x1b[31mred\x1b[0m\x07",
    "\u202eevil\u202c",
    "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
    "combining e\u0301\u0301\u0301 and a family 👩\u200d👩\u200d👧",
    "x" * 2000,
    "\t\ttabs",
)


def a_review(*rows: Row, state: IncomingState = IncomingState.PARTLY_APPLIED, **fields: object) -> Review:
    mail = an_incoming(state=state, **fields)  # type: ignore[arg-type]
    problems = tuple(one.problem for row in rows for one in row.meanings if one.problem)
    return Review(
        mail=mail,
        name="Sam",
        side=SideBySide(rows=rows, open=problems),
        heading="Sam, 9:14",
        about="answers the agenda",
        letter=an_outgoing(),
    )


def a_row(words: str, *meanings: Meaning, script: Script = Script.OWN) -> Row:
    return Row(pieces=((words, script),), meanings=meanings)


def drawn(pane: Pane, frame: Frame) -> list[str]:
    return [plain(line).rstrip() for entry in pane.entries for line in entry.draw(frame)]


def test_a_meaning_stands_in_the_right_column_behind_a_leader_and_its_sign() -> None:
    lines = drawn(review_pane(a_review(a_row("1.1 now 3", MOVED)), WIDE), WIDE)

    assert lines[1].startswith("1.1 now 3 ┄┄")
    assert lines[1].endswith("┄ ✓ Requests  KR 1.1")
    assert lines[2].strip() == "1 → 3 of 5"


def test_the_plain_glyphs_draw_the_same_in_ascii() -> None:
    plainly = Frame(width=78, wide=False, ascii=True)
    lines = drawn(review_pane(a_review(a_row("1.1 now 3", MOVED)), plainly), plainly)

    assert lines[1].endswith(". x Requests  KR 1.1")


def test_a_value_that_stays_says_so_and_one_that_is_not_taken_yet_as_well() -> None:
    same = Meaning(mark=Mark.APPLIED, title="Requests", ref="1.1", old="3", new="3", about="of 5")
    would = Meaning(mark=Mark.PROPOSED, title="Requests", ref="1.1", old="1", new="3", about="of 5")
    lines = drawn(review_pane(a_review(a_row("same", same), a_row("1.1: 3", would)), WIDE), WIDE)

    assert "stays 3 of 5" in lines[2]
    assert "would be 1 → 3 of 5" in lines[4]


def test_a_mail_without_anything_for_okrmate_is_read_as_prose_with_its_paragraphs() -> None:
    kept = Meaning(mark=Mark.KEPT, title="for you")
    rows = (a_row("Dear Olivia,", kept), Row(pieces=(("Could we talk?", Script.OWN),), meanings=(kept,), apart=True))

    assert drawn(review_pane(a_review(*rows), WIDE), WIDE) == ["Dear Olivia,", "", "Could we talk?"]


@pytest.mark.parametrize("frame", [WIDE, NARROW, Frame(width=9, wide=False)], ids=["wide", "narrow", "tiny"])
@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("meanings", [(), (MOVED,), (ASKED, MOVED)], ids=["none", "one", "two"])
def test_whatever_was_written_stays_in_its_column_and_commands_nothing(
    frame: Frame, words: str, meanings: tuple[Meaning, ...]
) -> None:
    pane = review_pane(a_review(a_row(words, *meanings), a_row("1.1: 3", MOVED)), frame)
    lines = [line for entry in pane.entries for line in entry.draw(frame)]

    assert all(span.text.isprintable() for line in lines for span in line)
    if frame.width > 20:
        assert all(length(line) <= frame.width for line in lines)


def test_only_an_open_line_can_be_chosen_and_the_keys_are_about_it() -> None:
    first = Problem(reason=ProblemReason.UNCLEAR_VALUE, kr="1.1", words="soon")
    vague = Meaning(mark=Mark.ASKED, title="Requests", ref="1.1", about="What is the number?", problem=first)
    view = a_review(a_row("1.1 soon", vague), a_row("1.3 done", MOVED), a_row("1.2: 999", ASKED))

    assert [entry.key for entry in review_pane(view, WIDE).entries if entry.key] == ["0", "2"]
    assert chosen_problem(view, "2") == UNCLEAR
    assert chosen_problem(view, "") == first


def test_an_unclear_line_offers_its_value_its_note_and_putting_away() -> None:
    asked = mail_decision(a_review(a_row("1.2: 999", ASKED)), UNCLEAR, None)

    assert [(offer.key, offer.does) for offer in asked.offers[:5]] == [
        ("a", "999 % is the value"),
        ("e", "type the value it means"),
        ("k", "no value: a note on “Readers”"),
        ("r", "answer Sam in your own words"),
        ("x", "put this line aside, or the mail away"),
    ]
    assert asked.note == "“999”"


def test_a_mail_that_is_not_proven_asks_for_her_word_and_says_what_it_would_do() -> None:
    would = Meaning(mark=Mark.PROPOSED, title="Requests", ref="1.1", old="1", new="3")
    view = a_review(a_row("1.1: 3", would), state=IncomingState.HELD)
    unsure = replace(view, mail=replace(view.mail, unproven=True))

    assert mail_decision(view, None, None).title == "For you"
    assert mail_decision(unsure, None, None).title == "Take it for what it says?"
    assert mail_decision(unsure, None, None).offers[0].does == "take it as an answer: KR 1.1"


def test_a_settled_mail_offers_to_take_back_what_it_changed() -> None:
    view = a_review(a_row("1.1: 3", MOVED), state=IncomingState.APPLIED, summary="KR 1.1")
    last = a_change(edits=(an_edit(),))

    assert mail_decision(view, None, last).offers[0].does == "take back what it changed: KR 1.1"
    assert refusal(view, last)[2] == "take back"
    assert refusal(view, None) == ("This mail changed nothing that could be taken back.", (), "")


@pytest.mark.parametrize("state", [IncomingState.IGNORED, IncomingState.REFUSED])
def test_what_was_not_believed_offers_nothing_and_says_that_it_is_kept(state: IncomingState) -> None:
    asked = mail_decision(a_review(a_row("Buy now"), state=state), None, None)

    assert asked.offers == ()
    assert "kept" in asked.sentence


def test_a_mail_that_met_a_bug_can_be_read_again_or_put_away() -> None:
    asked = mail_decision(a_review(a_row("1.1: 3"), state=IncomingState.FAILED), None, None)

    assert [offer.key for offer in asked.offers] == ["a", "x"]
    assert "kept" in asked.sentence


@pytest.mark.parametrize(
    ("state", "title", "keys"),
    [
        (OutgoingState.HELD, "Held", ["s", "v"]),
        (OutgoingState.QUEUED, "Leaves with the next delivery", ["s", "h", "v"]),
        (OutgoingState.DEFERRED, "Put off", ["s", "v"]),
        (OutgoingState.SENT, "Sent", []),
        (OutgoingState.FAILED, "Failed", []),
        (OutgoingState.EXPIRED, "Expired", []),
    ],
)
def test_each_letter_offers_what_can_be_done_with_it(state: OutgoingState, title: str, keys: list[str]) -> None:
    asked = letter_decision(MemoryStore(), an_outgoing(state=state, sent_at=NOW), NOW, UTC)

    assert asked.title == title
    assert [offer.key for offer in asked.offers] == keys
    assert asked.offers or asked.sentence


def test_a_letter_that_may_have_arrived_twice_says_so() -> None:
    asked = letter_decision(MemoryStore(), an_outgoing(state=OutgoingState.SENT, copies=2, sent_at=NOW), NOW, UTC)

    assert "may have arrived twice" in asked.sentence
    assert drawn(decision_pane(asked), NARROW)[0].startswith("It left")


def test_a_pause_of_all_letters_offers_to_end_it() -> None:
    office = Office()
    pause(office.desk, "the clock jumped")
    asked = letter_decision(office.store, an_outgoing(state=OutgoingState.HELD), NOW, UTC)

    assert (asked.title, asked.offers[-1].key, asked.offers[-1].follows) == (
        "All letters are held",
        "S",
        "the clock jumped",
    )
