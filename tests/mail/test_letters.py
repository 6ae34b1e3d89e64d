"""Every letter in every state: its golden text, and the rules of tone and form that hold for all of them."""

import os
import re
from pathlib import Path

from okrmate.domain.letters import FIRST, AnswerLine, Choice, KeyResultLine, Question
from okrmate.mail.layout import LineKind, lines, text
from okrmate.mail.rendering import SUBJECT_WIDTH
from tests.cases import of_every
from tests.mail.page import Page
from tests.mail.sample_letters import SAMPLES, written
from tests.mail.sample_people import COMPOSER

GOLDENS = Path(__file__).parent / "letters"
UPDATE = "OKRMATE_UPDATE_GOLDENS"
PRIMER_HEADING = "Goals you can see from outside: a primer of four minutes"
LIMITS = {
    "welcome": 300,
    "invitation": 115,
    "agenda": 310,
    "check-in": 165,
    "digest": 250,
    "feedback": 115,
    "exchange": 310,
    "reply": 40,
    "refine": 200,
    "mid": 165,
    "closing": 230,
    "closed": 135,
    "coach": 90,
    "acknowledgement_many": 300,
    "acknowledgement": 70,
}
"""Words; the first that fits the beginning of a name counts. A dozen changes are told one by one, however long."""
QUOTED = re.compile(r'"[^"]*"')

of_every_letter = of_every([(name,) for name in SAMPLES])
of_every_asking = of_every([(name,) for name, sample in SAMPLES.items() if sample.asks])


def body(name: str) -> str:
    return text(written(SAMPLES[name]).blocks)


def without_primer(letter: str) -> str:
    """A letter's text without the primer that stands between its signature and its footer."""
    before, heading, primer = letter.partition(PRIMER_HEADING)
    return before + primer.rstrip().rpartition("\n")[2] if heading else letter


@of_every_letter
def test_a_letter_reads_as_it_was_approved(name: str) -> None:
    """With OKRMATE_UPDATE_GOLDENS=1 the files are written anew, to be read in the diff."""
    composed = written(SAMPLES[name])
    letter = f"Subject: {composed.subject}\n\n{text(composed.blocks)}"
    golden = GOLDENS / f"{name}.txt"
    if os.environ.get(UPDATE):
        golden.write_text(letter, encoding="utf-8")

    assert letter == golden.read_text(encoding="utf-8")


def test_every_golden_letter_belongs_to_a_sample() -> None:
    assert {path.stem for path in GOLDENS.glob("*.txt")} == set(SAMPLES)


@of_every_asking
def test_the_question_is_asked_within_the_first_forty_words(name: str) -> None:
    blocks = written(SAMPLES[name]).blocks

    assert isinstance(blocks[0], Question)
    assert blocks[0].id == FIRST
    assert "?" in " ".join(body(name).split()[:40])


@of_every_asking
def test_the_reader_is_called_by_name_first(name: str) -> None:
    assert body(name).startswith(f"{SAMPLES[name].context.name}, ")


@of_every_letter
def test_a_letter_keeps_to_its_length(name: str) -> None:
    limit = next(limit for kind, limit in LIMITS.items() if name.startswith(kind))

    assert len(without_primer(body(name)).split()) <= limit


def test_everything_that_was_understood_is_told_and_every_question_asked() -> None:
    many, asking = body("acknowledgement_many"), body("acknowledgement_many_and_questions")

    assert sum("(KR " in line for line in many.splitlines()) == 12
    assert "more\n" not in many
    assert [line for line in asking.splitlines() if line.startswith(("? ", "d) "))] != []
    assert asking.splitlines()[0] == "12 updated, 2 questions."


def test_the_primer_takes_four_minutes() -> None:
    letter = body("welcome")

    assert len(letter.split()) - len(without_primer(letter).split()) <= 900


@of_every_letter
def test_only_answer_lines_end_in_a_colon_where_there_are_any(name: str) -> None:
    shown = lines(written(SAMPLES[name]).blocks)
    if any(line.kind is LineKind.ANSWER for line in shown):
        assert [line for line in shown if line.text.endswith(":") and line.kind is not LineKind.ANSWER] == []
    assert all(line.text == line.text.strip() for line in shown)


@of_every_letter
def test_answer_lines_and_choices_are_never_wrapped(name: str) -> None:
    shown = lines(written(SAMPLES[name]).blocks)

    assert all(len(line.text) <= 60 for line in shown if line.kind in {LineKind.ANSWER, LineKind.CHOICE})


@of_every_letter
def test_labels_are_unlike_each_other(name: str) -> None:
    labels = [line.text for line in lines(written(SAMPLES[name]).blocks) if line.kind is LineKind.ANSWER]

    assert len(labels) == len(set(labels))


@of_every_letter
def test_a_subject_is_short_and_begins_with_no_tag(name: str) -> None:
    subject = written(SAMPLES[name]).subject

    assert len(subject) <= SUBJECT_WIDTH
    assert bool(subject) is not name.startswith(("acknowledgement", "reply", "coach"))
    assert re.fullmatch(r"((Re: )?\w[^:\[\]]*(: [^:\[\]]+)?)?", subject)


@of_every_letter
def test_only_the_mentor_says_i(name: str) -> None:
    said = [
        QUOTED.sub("", line.text)
        for line in lines(written(SAMPLES[name]).blocks)
        if line.kind not in {LineKind.OWN, LineKind.ANSWER, LineKind.ITEM}
        and not line.text.startswith(("Weak: ", "Strong: "))
    ]

    assert not re.search(r"\b(I|I'm|me|my|we|our|us)\b", "\n".join(said))


@of_every_letter
def test_silence_has_no_adjective(name: str) -> None:
    blamed = r"\b(still|unfortunately|reminder|overdue|you have not|you haven't|sorry)\b"

    assert not re.search(blamed, QUOTED.sub("", body(name)).replace("Sorry, a burst pipe", ""), re.IGNORECASE)


@of_every_letter
def test_a_letter_exclaims_at_most_once(name: str) -> None:
    assert QUOTED.sub("", body(name)).count("!") <= 1


@of_every_letter
def test_the_first_line_holds_no_value_of_a_key_result(name: str) -> None:
    """The lock screen is public; one line about one key result answers what the person has just typed."""
    first = body(name).split("\n")[0]

    assert name == "acknowledgement_one_line" or ("KR " not in first and "%" not in first)


@of_every_letter
def test_every_answer_has_an_id_of_its_own(name: str) -> None:
    blocks = written(SAMPLES[name]).blocks
    ids = [block.id for block in blocks if isinstance(block, AnswerLine | Question)]
    ids += [block.ref for block in blocks if isinstance(block, KeyResultLine)]

    assert len(ids) == len(set(ids))


def test_the_letters_of_choices_run_on_through_the_letter() -> None:
    blocks = written(SAMPLES["acknowledgement_two_questions"]).blocks

    assert [block.letter for block in blocks if isinstance(block, Choice)] == ["a", "b", "c", "d"]


def test_an_empty_line_of_the_mentors_leaves_no_trace() -> None:
    assert "your time, work for you?" in body("invitation")
    assert "\n\n\n" not in body("invitation")
    assert "points.\n\nInes (sent by okrmate)" in body("invitation")


@of_every_letter
def test_the_html_part_holds_the_same_words_in_the_same_order(name: str) -> None:
    blocks = written(SAMPLES[name]).blocks

    page = Page(COMPOSER.html(blocks, "en"))

    assert page.paragraphs == [line.text for line in lines(blocks)]
    assert page.words == text(blocks).split()


@of_every_letter
def test_nothing_stands_around_an_answer_line_in_html(name: str) -> None:
    page = Page(COMPOSER.html(written(SAMPLES[name]).blocks, "en"))

    assert page.tags == {"html", "head", "meta", "body", "div", "p"}
