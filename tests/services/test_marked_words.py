"""In a mail in review exactly those words are marked that an operation rests on, however often they stand there."""

from hypothesis import given, settings
from hypothesis import strategies as st

from okrmate.mail.layout import text
from okrmate.services.incoming.meanings import Mark
from okrmate.services.incoming.side_by_side import Row, Script, SideBySide, side_by_side
from tests.services.post_office import PostOffice

SAID = ("confidence 7", "blocked", "no change")
PROSE = ("We had confidence 7 times.", "The road was blocked.", "There is no change without pain.", "Thanks!")
REFS = ("1.1", "1.2", "1.3")


def shown(body: str) -> SideBySide:
    office = PostOffice()
    return side_by_side(office.room, office.answer(office.agenda(), body).id)


def marks(row: Row) -> list[tuple[int, str]]:
    """Where marked words begin, and which they are."""
    found, at = [], 0
    for piece, script in row.pieces:
        if script in (Script.UNDERSTOOD, Script.UNCLEAR):
            found.append((at, piece))
        at += len(piece)
    return found


@st.composite
def replies(draw: st.DrawFn) -> list[list[tuple[str, str]]]:
    """Lines of clauses, each a key result and what is said of it, of which no key result has two; prose names none."""
    clauses = [(ref, draw(st.sampled_from(SAID))) for ref in draw(st.permutations(REFS))]
    breaks = [draw(st.booleans()) for _ in clauses]
    lines: list[list[tuple[str, str]]] = []
    for clause, begins in zip(clauses, breaks, strict=True):
        if begins or not lines:
            lines.append([])
        lines[-1].append(clause)
    for prose in draw(st.lists(st.sampled_from(PROSE), max_size=3)):
        lines.insert(draw(st.integers(0, len(lines))), [("", prose)])
    return lines


@settings(max_examples=20)
@given(replies())
def test_marked_is_what_is_said_where_it_is_said_and_nothing_else(lines: list[list[tuple[str, str]]]) -> None:
    written, expected = [], []
    for clauses in lines:
        line, found = "", []
        for ref, said in clauses:
            line += f"{', ' if line else ''}{f'KR {ref}: ' if ref else ''}"
            found += [(len(line), said)] if ref else []
            line += said
        written.append(line)
        expected.append((line, found))

    rows = shown("\n".join(written)).rows

    assert [(row.words, marks(row)) for row in rows] == expected


def test_a_line_that_is_written_twice_is_marked_twice_and_counts_once() -> None:
    rows = shown("Three calls.\nKR 1.1: 3\nKR 1.1: 3").rows

    assert [marks(row) for row in rows] == [[], [(8, "3")], [(8, "3")]]
    assert [len(row.meanings) for row in rows[1:]] == [1, 0]


def test_the_same_words_under_several_labels_are_marked_under_each_of_their_own() -> None:
    office = PostOffice()
    letter = office.agenda()
    typed = {"KR 1.1:": " blocked", "KR 1.3:": " blocked"}
    quoted = "\n".join(f"> {line}{typed.get(line, '')}" for line in text(letter.blocks).splitlines())
    side = side_by_side(office.room, office.answer(letter, f"The road was blocked.\n\n{quoted}").id)

    beside = {row.words: ([one.ref for one in row.meanings], marks(row)) for row in side.rows if marks(row)}

    assert beside == {"KR 1.1: blocked": (["1.1"], [(8, "blocked")]), "KR 1.3: blocked": (["1.3"], [(8, "blocked")])}


def test_the_note_to_a_value_is_no_part_of_what_it_rests_on() -> None:
    (row,) = shown("KR 1.1: 3, in 3 weeks 3 more calls").rows

    assert marks(row) == [(8, "3")]


def test_a_line_with_a_correction_in_front_is_marked_where_the_sentence_stands() -> None:
    (row,) = shown("Thanks for 3.  KR 1.1: 3").rows

    assert marks(row) == [(23, "3")]


def test_what_is_said_of_all_others_is_marked_in_the_line_that_says_so() -> None:
    rows = shown("No change in the weather, it is all the same.\n1.1: 3\nEverything else is unchanged.").rows

    assert [marks(row) for row in rows] == [[], [(5, "3")], [(0, "Everything else is unchanged.")]]


def test_a_letter_that_chooses_marks_its_own_line_and_not_the_first_word_with_that_letter_in_it() -> None:
    office = PostOffice()
    question = office.acknowledgement(office.answer(office.agenda(), "KR 1.1: 60%"))
    rows = side_by_side(office.room, office.answer(question, "That was a bad month.\na").id).rows

    assert [marks(row) for row in rows] == [[], [(0, "a")]]


def test_an_item_for_the_agenda_is_marked_where_nothing_else_is_meant() -> None:
    rows = shown("1.1: 3, more about pay\nAdd: pay").rows

    assert [[one.mark for one in row.meanings] for row in rows] == [[Mark.APPLIED], [Mark.ADDED]]
    assert [marks(row) for row in rows] == [[(5, "3")], [(5, "pay")]]
