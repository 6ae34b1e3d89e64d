"""The letters from the other side: sent back untouched they change nothing, and one line answers each that asks."""

import textwrap
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import product

import pytest

from okrmate.domain.letters import LetterKind
from okrmate.domain.meetings import Participation
from okrmate.domain.people import Side
from okrmate.mail.layout import text
from okrmate.reply.commands import CommandName
from okrmate.reply.context import KeyResultContext, ReplyContext
from okrmate.reply.forms import AgendaEntry
from okrmate.reply.reading import LetterContext, quoted_lines, read
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Op
from tests.cases import of_every
from tests.mail.sample_letters import SAMPLES, written
from tests.mail.sample_people import INES, KEY_RESULTS

CONTEXT = ReplyContext(
    key_results=tuple(
        KeyResultContext(
            ref=kr.ref,
            title=kr.title,
            kind=kr.metric.kind,
            baseline=kr.metric.baseline,
            target=kr.metric.target,
            current=None if value is None else Decimal(value),
            unit=kr.metric.unit,
        )
        for kr, value in KEY_RESULTS.items()
    ),
    locale="en",
)
SAID = "On Thu, 10 Sep 2026 at 09:00, Ines Aldana <ines@example.org> wrote:"
HEADER = "From: Ines Aldana <ines@example.org>\nSent: Thursday, 10 September 2026 09:00\nTo: Tomas\nSubject: Talk 3"


def marked(letter: str, mark: str = "> ") -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in letter.splitlines())


def wrapped(letter: str) -> str:
    """As programs do that break lines at 72 signs before they quote."""
    lines = (textwrap.wrap(line, 72, break_long_words=False) or [""] for line in letter.splitlines())
    return "\n".join(part for parts in lines for part in parts)


QUOTING: Mapping[str, Callable[[str], str]] = {
    "quoted below": lambda letter: f"{SAID}\n{marked(letter)}",
    "quoted twice": lambda letter: f"{SAID}\n{marked(letter, '> > ')}",
    "quoted without blanks": lambda letter: f"{SAID}\n{marked(letter, '>')}",
    "re-wrapped": lambda letter: f"{SAID}\n{marked(wrapped(letter))}",
    "without marks": lambda letter: f"{SAID}\n\n{letter}",
    "under a header": lambda letter: f"________________________________\n{HEADER}\n\n{letter}",
    "under a divider": lambda letter: f"-----Original Message-----\n{HEADER}\n\n{letter}",
    "blank lines between": lambda letter: f"{SAID}\n\n" + marked(letter.replace("\n", "\n\n")),
}


def replied(name: str, above: str, quoting: str = "quoted below") -> Understood:
    """What a reply to a sample letter says: some words, and the letter as a program quotes it."""
    sample = SAMPLES[name]
    blocks = written(sample).blocks
    kind = next(kind for kind in LetterKind if name.startswith(kind.value))
    to = Side.MENTOR if sample.reader is INES else Side.PROTEGE
    quote = QUOTING[quoting](text(blocks))
    return read(
        quoted_lines(f"{above}\n\n{quote}" if above else quote),
        LetterContext(kind=kind, blocks=blocks, to=to),
        CONTEXT,
    )


def said(understood: Understood) -> dict[str, object]:
    """Everything that was understood, by name, where it is anything."""
    welcome, agenda, feedback = understood.welcome, understood.agenda, understood.feedback
    everything = {
        "outcomes": understood.outcomes,
        "command": understood.command,
        "feedback": feedback or None,
        "agenda": agenda or None,
        "rsvp": understood.rsvp,
        "welcome": welcome and (welcome.aims or welcome.gain or welcome.agree or welcome.read or welcome.draft),
        "advice": understood.advice,
        "choices": understood.choices,
        "answers": dict(understood.answers),
        "left": (understood.message, *understood.left, *understood.held) if understood.message else understood.held,
        "asks": understood.asks,
    }
    return {name: value for name, value in everything.items() if value}


@of_every(product(SAMPLES, QUOTING))
def test_a_letter_that_comes_back_untouched_says_nothing(name: str, quoting: str) -> None:
    assert said(replied(name, "", quoting)) == {}


@of_every(product((name for name, sample in SAMPLES.items() if sample.asks and sample.reader is not INES), QUOTING))
def test_one_line_above_any_quote_is_all_that_is_read(name: str, quoting: str) -> None:
    understood = replied(name, "We spoke about the bench.", quoting)

    assert understood.words.text.strip() == "We spoke about the bench."
    assert understood.words.answers == ()


@pytest.mark.parametrize("name", ["welcome", "welcome_short", "welcome_bare"])
def test_a_line_to_the_welcome_is_an_aim(name: str) -> None:
    welcome = replied(name, "Teach without doing it myself.").welcome

    assert welcome is not None
    assert welcome.aims == ("Teach without doing it myself.",)


@pytest.mark.parametrize("name", ["invitation", "invitation_moved"])
@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("a", Participation.ACCEPTED),
        ("b", Participation.TENTATIVE),
        ("c", Participation.DECLINED),
        ("Yes", Participation.ACCEPTED),
        ("maybe", Participation.TENTATIVE),
        ("Sorry, I cannot make it.", Participation.DECLINED),
    ],
)
def test_a_letter_or_a_word_answers_an_invitation(name: str, line: str, answer: Participation) -> None:
    assert replied(name, line).rsvp is answer


def test_days_answer_a_cancelled_talk() -> None:
    agenda = replied("invitation_cancelled", "Tuesday or Wednesday after four").agenda

    assert agenda is not None
    assert agenda.reschedule_request == "Tuesday or Wednesday after four"


AGENDAS = ("agenda", "agenda_still", "agenda_first_late", "agenda_asleep")


@pytest.mark.parametrize("name", AGENDAS)
def test_looks_good_answers_an_agenda(name: str) -> None:
    agenda = replied(name, "Looks good").agenda

    assert agenda is not None
    assert agenda.approve


@pytest.mark.parametrize("name", [*AGENDAS, "agenda_copy", "agenda_copy_held"])
def test_a_line_with_a_plus_is_a_point_for_the_list(name: str) -> None:
    agenda = replied(name, "+ the price of oak (10 min)").agenda

    assert agenda is not None
    assert agenda.add == (AgendaEntry(text="the price of oak", minutes=10),)


@pytest.mark.parametrize(
    ("name", "line"),
    [("agenda_still", "work"), ("agenda_first_late", "I dread speaking to more than three people.")],
)
def test_a_line_answers_the_question_an_agenda_begins_with(name: str, line: str) -> None:
    assert replied(name, line).answers == {"first": line}


def test_a_topic_on_top_of_an_agenda_is_kept_in_the_persons_words() -> None:
    agenda = replied("agenda", "How to say no to my landlord").agenda

    assert agenda is not None
    assert agenda.remark == "How to say no to my landlord"


def test_a_code_and_a_number_are_enough_for_an_agenda() -> None:
    (update,) = replied("agenda", "1.1 5").updates

    assert (update.kr, update.op, update.value) == ("1.1", Op.SET, Decimal(5))


FORMS = ("feedback", "feedback_reminder", "feedback_mentor", "feedback_mentor_reminder")


@pytest.mark.parametrize("name", FORMS)
def test_a_line_each_answers_the_two_questions(name: str) -> None:
    feedback = replied(name, "+ you listened\n- a shorter list").feedback

    assert feedback is not None
    assert (feedback.positive, feedback.suggestion) == (("you listened",), ("a shorter list",))


@pytest.mark.parametrize("name", FORMS)
def test_no_meeting_answers_the_two_questions_too(name: str) -> None:
    feedback = replied(name, "no meeting").feedback

    assert feedback is not None
    assert feedback.no_meeting


@pytest.mark.parametrize(
    ("name", "line", "kr", "value"),
    [
        ("acknowledgement_one_question", "b", "1.2", "41.25"),
        ("acknowledgement_one_question", "a", "1.2", "47.5"),
        ("acknowledgement_two_questions", "b", "1.2", "41.25"),
        ("acknowledgement_one_question", "1.2: 41", "1.2", "41"),
        ("acknowledgement_open_question", "1.1: 5", "1.1", "5"),
    ],
)
def test_a_letter_or_a_code_answers_an_acknowledgement(name: str, line: str, kr: str, value: str) -> None:
    (update,) = replied(name, line).updates

    assert (update.kr, update.value) == (kr, Decimal(value))


@of_every(product((name for name in SAMPLES if name.startswith("acknowledgement")), QUOTING))
def test_undo_is_understood_in_answer_to_every_acknowledgement(name: str, quoting: str) -> None:
    found = replied(name, "UNDO", quoting).command

    assert found is not None
    assert found.name is CommandName.UNDO


@of_every((name,) for name, sample in SAMPLES.items() if "stop" in text(written(sample).blocks))
def test_stop_is_understood_wherever_it_is_offered(name: str) -> None:
    found = replied(name, "stop").command

    assert found is not None
    assert found.name is CommandName.STOP


def test_words_behind_each_colon_go_where_they_were_asked_for() -> None:
    letter = text(written(SAMPLES["agenda"]).blocks)
    for label, words in {"Add:": "the oak", "KR 1.3:": "60%", "Answer 2:": "the first one", "I tried:": "that"}.items():
        letter = letter.replace(f"\n{label}\n", f"\n{label} {words}\n")
    blocks = written(SAMPLES["agenda"]).blocks
    understood = read(
        quoted_lines(f"{SAID}\n{marked(letter)}"), LetterContext(kind=LetterKind.AGENDA, blocks=blocks), CONTEXT
    )

    assert understood.agenda is not None
    assert understood.agenda.add == (AgendaEntry(text="the oak"),)
    assert [(update.kr, update.value) for update in understood.updates] == [("1.3", Decimal(60))]
    assert understood.answers == {"joy-1": "the first one"}
    assert [each.did for each in understood.advice] == ["that"]
    assert understood.left == ()
