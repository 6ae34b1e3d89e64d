"""A talk prepared in one view: from what is stored, in the mentor's own language, and for her alone."""

from datetime import timedelta

import pytest

from okrmate.domain.agenda import ItemKind
from okrmate.domain.letters import LetterKind
from okrmate.domain.meetings import Meeting
from okrmate.domain.people import Side
from okrmate.domain.preparing import MostWorth, Worth
from okrmate.frozen import replace
from okrmate.mail.layout import text
from okrmate.services.letters.preparation_texts import PreparationTexts, SectionName, preparation_texts
from okrmate.services.mentoring import meetings, notes, promises, tactics
from okrmate.services.mentoring.preparation import Noticed, Preparation, prepare
from okrmate.services.mentoring.tactics import Tried
from tests.builders import NOW, a_promise
from tests.domain.test_agenda import BLOCKED, FRESH, MOVED, MOVED_DOWN, STUCK, UNKNOWN, suggestion
from tests.domain.test_preparing import TRIED
from tests.services.post_office import COMPOSER, PostOffice

KINDS = (
    (ItemKind.MOVED, MOVED),
    (ItemKind.MOVED_DOWN, MOVED_DOWN),
    (ItemKind.STUCK, STUCK),
    (ItemKind.BLOCKED, BLOCKED),
    (ItemKind.UNKNOWN, UNKNOWN),
    (ItemKind.UNHEARD, FRESH),
)
A_TRIAL = Tried(tactic=TRIED, key_result=STUCK.key_result, effect=None)


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def second_talk(office: PostOffice) -> Meeting:
    """The first talk is held and both have written about it; the second one is planned."""
    office.answer(office.form(), "+ you asked first\n- numbers at the start")
    office.answer_of_mentor(office.letter(LetterKind.FEEDBACK, Side.MENTOR), "+ you were brave\n- open with a question")
    starts = office.talk.starts + timedelta(weeks=4)
    return meetings.plan(office.desk, office.pair, meetings.NewMeeting(starts=starts, zone=office.talk.zone))


def told(office: PostOffice, meeting: Meeting) -> PreparationTexts:
    prepared = prepare(office.store, office.mentor, office.pair, meeting, office.clock.now())
    return preparation_texts(prepared, COMPOSER.words(office.mentor))


def lines(texts: PreparationTexts) -> dict[SectionName, tuple[str, ...]]:
    return {section.name: section.lines for section in texts.sections}


def test_everything_worth_knowing_before_a_talk_is_in_one_view(office: PostOffice) -> None:
    office.answer(office.agenda(), "1.1: 2\n1.2: 65%\n1.3: 10%")
    talk = second_talk(office)
    promises.make(office.desk, office.pair, "the introduction to Ana", by=Side.MENTOR, due=talk.begins_at.date())
    promises.make(office.desk, office.pair, "a first page", by=Side.PROTEGE)
    tactics.add_tactic(office.desk, office.pair, "1.3", "one page a week", begun_at=office.clock.now())
    notes.write(office.desk, office.pair, "tired, and proud", meeting=office.talk_id)
    office.clock.move(days=20)
    office.answer(office.letter(LetterKind.AGENDA), "1.1: 4, two editors wrote\n1.3: blocked, the server is down")

    texts = told(office, talk)

    found = lines(texts)
    assert texts.ask == 'Who could clear the way for "Portfolio site live" this week, and what would you ask of me?'
    assert texts.because.endswith('"the server is down"')
    assert found[SectionName.MOVED] == ('5 requests for a guest article: 2 → 4 (KR 1.1), "two editors wrote"',)
    assert found[SectionName.STILL][0].startswith("Portfolio site live: blocked since 1 Apr")
    assert found[SectionName.PROMISED] == ("you: the introduction to Ana (for 9 Apr)", "Sam: a first page (12 Mar)")
    assert found[SectionName.SUGGESTED] == (
        'Sam: "numbers at the start", to be used this time',
        'you to Sam: "open with a question"',
    )
    assert found[SectionName.NOTES] == ("tired, and proud",)
    assert found[SectionName.THINK_OVER] == (
        "What could you offer that would bring out more of what is already there?",
    )
    assert SectionName.ADVICE not in found


def test_her_copy_of_the_agenda_holds_the_question_and_his_letter_nothing_of_it(office: PostOffice) -> None:
    office.agenda()
    texts = told(office, office.talk)

    hers = text(office.letter(LetterKind.AGENDA, Side.MENTOR).blocks)
    his = text(office.letter(LetterKind.AGENDA).blocks)
    (think_over,) = lines(texts)[SectionName.THINK_OVER]
    assert f'Ask most of all: "{texts.ask}" ({texts.because})' in hers
    assert f"Think over: {think_over}" in hers
    assert texts.ask not in his
    assert think_over not in his


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_reason_and_every_line_has_its_words_in_both_languages(office: PostOffice, language: str) -> None:
    words = COMPOSER.words(replace(office.mentor, language=language))
    noticed = tuple(
        Noticed(kind=kind, facts=facts, note=note, tried=tried)
        for kind, facts in KINDS
        for note, tried in (("a note", None), ("", A_TRIAL), ("", replace(A_TRIAL, had_its_chance=True)))
    )
    promised = (a_promise(by=Side.MENTOR), a_promise(by=Side.PROTEGE))
    suggested = (suggestion(1), suggestion(1, Side.MENTOR))
    bare = Preparation(pair=office.pair, meeting=office.talk, worth=MostWorth(worth=Worth.ALL_WELL))
    asked = [
        preparation_texts(replace(bare, worth=MostWorth(worth=worth, key_result=STUCK, tactic=TRIED, since=NOW)), words)
        for worth in Worth
    ]
    full = [
        preparation_texts(replace(bare, moved=(each,), promises=promised, suggestions=suggested), words)
        for each in noticed
    ]

    assert len({texts.ask for texts in asked}) == len(Worth)
    assert all(texts.because and texts.listen for texts in asked)
    assert len({texts.sections[0].lines for texts in full}) > len(KINDS)
