"""Answers to German letters: the same words say the same as in the English ones, in every style of quoting."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from okrmate.domain.letters import AnswerLine, Block, Choice, KeyResultLine, LetterKind, Question
from okrmate.domain.meetings import Participation
from okrmate.domain.people import Side
from okrmate.mail.layout import text
from okrmate.reply.commands import CommandName
from okrmate.reply.reading import LetterContext, quoted_lines, read
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Op
from tests.mail.sample_letters import GERMAN, SAMPLES, written
from tests.mail.sample_people import INES
from tests.mail.test_letters_read_back import CONTEXT, QUOTING, marked
from tests.reply.filled_letters import FilledLetter, said
from tests.reply.reply_styles import Place, arrived, quoted_below, shown
from tests.reply.test_reply_matrix import replies

GESAGT = "Am Do., 10. Sept. 2026 um 09:00 Uhr schrieb Ines Aldana <ines@example.org>:"
WORDS: Mapping[str, str] = {
    "aims": "weniger allein machen; zuhören",
    "gain": "Ruhe",
    "add": "die Preise für Eiche (10 min)",
    "first_idea": "die Eltern einladen",
    "positive": "das Zuhören",
    "suggestion": "früher anfangen",
    "tried": "zweimal gefragt",
    "impact": "zwei kamen wieder",
    "1.1": "5",
    "1.2": "41,5 %",
    "1.3": "erledigt",
    "2.1": "blockiert durch Urlaub",
    "no": "Montag nach zehn",
}
FURTHER = "ein zweiter Raum"


def filled(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """The lines of a letter that wait for words, each with some."""
    for block in blocks:
        match block:
            case AnswerLine(id=name, label=label):
                yield f"{label}:", WORDS[name]
            case KeyResultLine(ref=ref, shown=False):
                yield f"KR {ref}:", WORDS[ref]
            case Question(label=label) if label:
                yield f"{label}:", FURTHER
            case Choice(id="no", letter=letter, text=words):
                yield f"{letter}) {words}", WORDS["no"]
            case _:
                pass


def letter_of(name: str, blocks: tuple[Block, ...], says: Mapping[str, object]) -> FilledLetter:
    kind = next(kind for kind in LetterKind if name.startswith(kind))
    return FilledLetter(kind=kind, blocks=blocks, words=dict(filled(blocks)), says=says)


def english(name: str) -> Mapping[str, object]:
    """What the same words in the English letter say, quoted plainly."""
    blocks = written(SAMPLES[name]).blocks
    lines = arrived(quoted_below(shown(blocks, dict(filled(blocks))), Place.UNDER), "plain")
    return said(read(lines, letter_of(name, blocks, {}).context, CONTEXT))


ONE_OF_EACH = ("welcome", "invitation", "agenda", "agenda_first_late", "feedback")


def test_words_in_a_german_letter_say_the_same_as_in_the_english_one_in_every_style() -> None:
    wrong: dict[str, object] = {}
    for name in ONE_OF_EACH:
        letter = letter_of(name, written(GERMAN[name]).blocks, english(name))
        assert len(letter.says) > 0
        for style, lines in replies(letter):
            if (found := said(read(lines, letter.context, CONTEXT))) != letter.says:
                wrong[f"{name}, {style}"] = found

    assert wrong == {}


def replied(name: str, above: str, quoting: str = "quoted below") -> Understood:
    """What a reply to a German letter says: some words, and the letter as a program quotes it."""
    sample = GERMAN[name]
    blocks = written(sample).blocks
    kind = next(kind for kind in LetterKind if name.startswith(kind))
    to = Side.MENTOR if sample.reader.name == INES.name else Side.PROTEGE
    quote = QUOTING[quoting](text(blocks)) if quoting else f"{GESAGT}\n{marked(text(blocks))}"
    lines = quoted_lines(f"{above}\n\n{quote}" if above else quote)
    return read(lines, LetterContext(kind=kind, blocks=blocks, to=to), CONTEXT)


def test_a_german_letter_that_comes_back_untouched_says_nothing() -> None:
    found = {(name, quoting): said(replied(name, "", quoting)) for name in GERMAN for quoting in ("", *QUOTING)}

    assert {case: says for case, says in found.items() if says} == {}


def test_one_line_above_any_quote_of_a_german_letter_is_all_that_is_read() -> None:
    asking = [name for name, sample in GERMAN.items() if sample.asks and sample.reader.name != INES.name]
    found = {
        (name, quoting): replied(name, "Wir haben über die Bank gesprochen.", quoting).words
        for name in asking
        for quoting in ("", *QUOTING)
    }

    assert {
        case for case, words in found.items() if words.text.strip() != "Wir haben über die Bank gesprochen."
    } == set()
    assert {case for case, words in found.items() if words.answers} == set()


def test_the_words_a_german_letter_offers_are_obeyed() -> None:
    offered = {
        ("acknowledgement_all_clear", "UNDO"): CommandName.UNDO,
        ("acknowledgement_help", "undo 1.1"): CommandName.UNDO,
        ("acknowledgement_help", "stand"): CommandName.STATUS,
        ("acknowledgement_help", "Später"): CommandName.LATER,
        ("acknowledgement_help", "überspringen"): CommandName.SKIP,
        ("acknowledgement_help", "pause 2 Wochen"): CommandName.PAUSE,
        ("acknowledgement_help", "weiter"): CommandName.RESUME,
        ("acknowledgement_help", "meine Daten"): CommandName.MY_DATA,
        ("acknowledgement_paused", "weiter"): CommandName.RESUME,
        ("agenda", "stop"): CommandName.STOP,
        ("feedback", "hilfe"): CommandName.HELP,
    }
    commands = {case: replied(*case, quoting="").command for case in offered}

    assert {case: found.name if found else None for case, found in commands.items()} == offered


def test_one_line_answers_the_question_of_each_german_letter() -> None:
    agenda, invitation = replied("agenda", "Passt so", "").agenda, replied("invitation", "nein, Montag nach zehn", "")
    form, missed = (
        replied("feedback", "+ das Zuhören\n- früher anfangen", "").feedback,
        replied("feedback", "kein Treffen"),
    )
    welcome = replied("welcome", "Lehren, ohne es selbst zu machen.", "").welcome
    still = replied("agenda_still", "unverändert", "")

    assert agenda is not None
    assert agenda.approve
    assert invitation.rsvp is Participation.DECLINED
    assert [replied("invitation", word).rsvp for word in ("ja", "b", "Vielleicht")] == [
        Participation.ACCEPTED,
        Participation.TENTATIVE,
        Participation.TENTATIVE,
    ]
    assert form is not None
    assert (form.positive, form.suggestion) == (("das Zuhören",), ("früher anfangen",))
    assert missed.feedback is not None
    assert missed.feedback.no_meeting
    assert welcome is not None
    assert welcome.aims == ("Lehren, ohne es selbst zu machen.",)
    assert {update.op for update in still.updates} == {Op.NOCHANGE}
    assert [(each.kr, each.value) for each in replied("check-in", "5", "").updates] == [("1.1", Decimal(5))]
    assert replied("agenda_still", "Arbeit", "").answers == {"first": "Arbeit"}
    assert [(each.kr, each.value) for each in replied("acknowledgement_one_question", "b", "").updates] == [
        ("1.2", Decimal("41.25"))
    ]
    half = replied("acknowledgement_half_form", "mehr Zeit für Zahlen", "").feedback
    assert half is not None
    assert half.suggestion == ("mehr Zeit für Zahlen",)
