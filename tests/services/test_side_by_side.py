"""A mail beside what was understood of it: each line with its meaning, understood words marked, quotes folded."""

import pytest

from okrmate.domain.letters import IncomingState
from okrmate.mail.layout import text
from okrmate.services.history import undo
from okrmate.services.incoming.meanings import Mark
from okrmate.services.incoming.read_again import SEALED
from okrmate.services.incoming.review import accept, reject
from okrmate.services.incoming.side_by_side import LONGEST, MOST_ROWS, Row, Script, SideBySide, side_by_side
from okrmate.services.tables import INCOMING
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def shown(office: PostOffice, body: str, /, **fields: str | None) -> SideBySide:
    mail = office.answer(office.agenda(), body, **fields)
    return side_by_side(office.room, mail.id)


def told(row: Row) -> list[tuple[Mark, str, str, str]]:
    return [(one.mark, one.ref, one.old.replace("\u00a0", " "), one.new.replace("\u00a0", " ")) for one in row.meanings]


def pieces(row: Row, script: Script) -> list[str]:
    return [piece for piece, written in row.pieces if written is script]


def test_a_value_stands_beside_its_line_as_old_and_new_and_the_words_it_rests_on_are_marked(office: PostOffice) -> None:
    (row,) = shown(office, "1.1 now 3, Jo wrote the last two").rows

    assert row.words == "1.1 now 3, Jo wrote the last two"
    assert pieces(row, Script.UNDERSTOOD) == ["3"]
    assert told(row) == [(Mark.APPLIED, "1.1", "1", "3")]
    assert row.meanings[0].title == "5 requests for a guest article"
    assert row.meanings[0].about == "of 5, with the note"


def test_the_values_are_those_of_then_however_far_the_key_result_has_come_since(office: PostOffice) -> None:
    letter = office.agenda()
    first = office.answer(letter, "1.1: 2")
    office.answer(letter, "1.1: 4")

    assert told(side_by_side(office.room, first.id).rows[0]) == [(Mark.APPLIED, "1.1", "1", "2")]


def test_two_things_said_in_one_line_stand_beside_it_in_their_order(office: PostOffice) -> None:
    (row,) = shown(office, "KR 1.1: 3, confidence 7").rows

    assert [(one.mark, one.new) for one in row.meanings] == [(Mark.APPLIED, "3"), (Mark.APPLIED, "confidence 7")]


def test_an_unclear_line_is_marked_as_that_and_open(office: PostOffice) -> None:
    side = shown(office, "KR 1.1: 3\n1.2: more than last time")

    assert pieces(side.rows[1], Script.UNCLEAR) == ["more than last time"]
    assert side.rows[1].meanings[0].mark is Mark.ASKED
    assert side.rows[1].meanings[0].about == "What is the number?"
    assert [problem.kr for problem in side.open] == ["1.2"]


def test_two_answers_that_contradict_each_other_are_marked_on_both_lines(office: PostOffice) -> None:
    side = shown(office, "KR 1.1: 2\nKR 1.1: 4")

    assert [pieces(row, Script.UNCLEAR) for row in side.rows] == [["2"], ["4"]]
    assert [len(row.meanings) for row in side.rows] == [1, 0]


def test_answers_typed_into_the_quoted_letter_stand_behind_our_label_and_the_letter_is_folded_once(
    office: PostOffice,
) -> None:
    typed = {"KR 1.1:": " 3", "KR 1.2:": " 68 %", "Add:": " the salary talk (15 min)"}
    letter = office.agenda()
    quoted = "\n".join(f"> {line}{typed.get(line, '')}" for line in text(letter.blocks).splitlines())

    side = side_by_side(office.room, office.answer(letter, f"Fine.\n\nOn Mon, Olivia wrote:\n{quoted}").id)
    by_words = {row.words: row for row in side.rows}

    assert told(by_words["KR 1.1: 3"]) == [(Mark.APPLIED, "1.1", "1", "3")]
    assert pieces(by_words["KR 1.1: 3"], Script.OURS) == ["KR 1.1: "]
    assert told(by_words["KR 1.2: 68 %"]) == [(Mark.APPLIED, "1.2", "62 %", "68 %")]
    assert by_words["Add: the salary talk (15 min)"].meanings[0].mark is Mark.ADDED
    assert [row.folded > 10 for row in side.rows if row.folded] == [True]
    assert side.rows[-1].folded


def test_personal_words_are_for_the_mentor(office: PostOffice) -> None:
    side = shown(office, "I had a hard month.")

    assert [(row.words, row.meanings[0].mark) for row in side.rows] == [("I had a hard month.", Mark.KEPT)]


def test_a_greeting_means_nothing(office: PostOffice) -> None:
    side = shown(office, "Hi Olivia,\n1.1: 3\nBest,\nSam")

    assert [len(row.meanings) for row in side.rows] == [0, 1, 0, 0]


def test_what_is_said_of_all_others_stands_beside_the_line_that_says_so(office: PostOffice) -> None:
    side = shown(office, "Hi,\n1.1: 3\nEverything else is unchanged.")

    assert [one.ref for one in side.rows[2].meanings] == ["1.2", "1.3"]


def test_a_mail_from_an_address_nobody_knows_shows_what_her_word_would_make_of_it(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3", From="Sam at work <sam@work.example>")

    assert told(side_by_side(office.room, mail.id).rows[0]) == [(Mark.PROPOSED, "1.1", "1", "3")]
    assert office.values()["1.1"] == ""

    accept(office.room, mail.id)
    assert told(side_by_side(office.room, mail.id).rows[0]) == [(Mark.APPLIED, "1.1", "1", "3")]


def test_a_mail_put_away_unread_says_that_nothing_of_it_was_taken(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3\nAdd: salaries", From="Sam at work <sam@work.example>")
    reject(office.desk, mail.id)

    marks = [row.meanings[0].mark for row in side_by_side(office.room, mail.id).rows]

    assert marks == [Mark.PUT_AWAY, Mark.PUT_AWAY]


def test_what_was_taken_back_shows_as_that(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3")
    undo(office.desk)

    assert told(side_by_side(office.room, mail.id).rows[0]) == [(Mark.TAKEN_BACK, "1.1", "1", "3")]


def test_a_mail_that_answers_nothing_shows_its_words_and_no_meaning(office: PostOffice) -> None:
    mail = office.receive(office.written("KR 1.1: 3\nSee you"))

    assert [(row.words, row.meanings) for row in side_by_side(office.room, mail.id).rows] == [
        ("KR 1.1: 3", ()),
        ("See you", ()),
    ]


def test_sealed_feedback_shows_a_sentence_and_not_a_word(office: PostOffice) -> None:
    mail = office.answer(office.form(), "+ you listened\n- shorter")

    assert side_by_side(office.room, mail.id) == SideBySide(sentence=SEALED)


def test_feedback_shows_by_its_halves_once_nothing_is_sealed(office: PostOffice) -> None:
    mail = office.answer(office.form(), "+ you listened\n- shorter")
    office.clock.move(days=5)

    titles = [row.meanings[0].title for row in side_by_side(office.room, mail.id).rows]

    assert titles == ["Feedback: a positive", "Feedback: a suggestion"]


def test_a_mail_whose_bytes_are_gone_shows_a_sentence(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3")
    office.raw.kept.clear()

    assert "is gone" in side_by_side(office.room, mail.id).sentence


def test_a_mail_past_a_bound_says_where_it_lies(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "x" * (office.rules.max_size + 1))

    assert mail.raw in side_by_side(office.room, mail.id).sentence


def test_a_line_without_an_end_is_cut_where_it_is_shown(office: PostOffice) -> None:
    side = shown(office, "x" * 1_000_000)

    assert len(side.rows[0].words) <= LONGEST + 1


def test_a_mail_of_very_many_lines_shows_the_first_of_them_and_says_how_many_more_there_are(office: PostOffice) -> None:
    side = shown(office, "\n".join(f"line {number}" for number in range(MOST_ROWS + 50)))

    assert (len(side.rows), side.more) == (MOST_ROWS, 50)


def test_looking_changes_nothing(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3\n1.2: more than last time")
    before = {name: dict(records) for name, records in office.store.records.items()}

    side_by_side(office.room, mail.id)

    assert office.store.records == before


@pytest.mark.parametrize("body", ["stop", "looks good", "help", "undo"])
def test_a_word_that_is_obeyed_stands_beside_its_line(office: PostOffice, body: str) -> None:
    side = shown(office, body)

    assert [one.mark for row in side.rows for one in row.meanings] == [Mark.APPLIED]
    assert office.every(INCOMING)[-1].state is IncomingState.APPLIED
