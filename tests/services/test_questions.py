"""The question bank at work: what agendas ask over a year, the mentor's word on it, and what no letter may hold."""

from datetime import timedelta

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import FIRST, LetterKind, Question
from okrmate.domain.people import Side
from okrmate.domain.questions import Moment
from okrmate.mail.layout import text
from okrmate.services.history import undo
from okrmate.services.incoming.kept import as_text, file_of
from okrmate.services.mentoring import meetings, notes, questions
from okrmate.services.mentoring.question_bank import bank
from okrmate.services.outgoing.previews import preview
from tests.services.post_office import PostOffice

SECRET = "I fear he will leave in May"


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def asked(office: PostOffice) -> list[str]:
    """What the agenda that leaves next asks."""
    letter = preview(office.room, LetterKind.AGENDA, office.pair)
    return [block.id for block in letter.blocks if isinstance(block, Question) and block.id != FIRST]


def a_talk_passes(office: PostOffice) -> list[str]:
    """The next talk is held, another is planned for four weeks later; the questions its agenda brought."""
    talk = meetings.next_meeting(office.store, office.pair.mentorship.id, office.clock.now())
    assert talk is not None
    for moment in (
        talk.begins_at - timedelta(days=3),
        talk.ends_at + timedelta(hours=1),
        talk.ends_at + timedelta(days=6),
    ):
        office.clock.set(moment)
        office.work()
    starts = talk.starts + timedelta(weeks=4)
    meetings.plan(office.desk, office.pair, meetings.NewMeeting(starts=starts, zone=talk.zone))
    office.work()
    return list(questions.asked_in(office.store, talk))


def test_over_a_year_no_question_comes_back_within_four_talks_and_none_of_hers_leaves(office: PostOffice) -> None:
    hers = questions.add(office.desk, "Would you hire {name} again?", Moment.COACHING, private=True)
    notes.write(office.desk, office.pair, SECRET, meeting=office.talk_id)
    talks = [a_talk_passes(office) for _ in range(9)]
    office.answer(office.letters(LetterKind.AGENDA, Side.PROTEGE)[-1], "my data")
    office.answer(office.letters(LetterKind.AGENDA, Side.PROTEGE)[-1], "status")

    assert [len(found) for found in talks[:5]] == [2, 2, 2, 2, 2]
    assert all(1 <= len(found) <= 2 for found in talks[5:])  # the set is closed, and nothing is asked of goals
    for number, found in enumerate(talks):
        assert not set(found) & {each for before in talks[max(0, number - 4) : number] for each in before}
    sent = [f"{each.subject}\n{text(each.blocks)}" for each in office.letters(to=Side.PROTEGE)]
    words = office.room.composer.words(office.pair.protege)
    everything = "\n".join([*sent, as_text(file_of(office.store, office.pair, words))])
    private = [each for each in bank(office.store) if each.private]
    assert {each.kind for each in office.letters(to=Side.PROTEGE)} >= {
        LetterKind.AGENDA,
        LetterKind.FEEDBACK,
        LetterKind.INVITATION,
        LetterKind.ACKNOWLEDGEMENT,
    }
    assert hers.id in {each.id for each in private}
    for each in private:
        assert each.id not in everything
        assert each.put(mentor="Olivia", name="Sam") not in everything
    assert SECRET not in everything


def test_the_mentor_pins_swaps_rewords_and_adds_questions_and_can_take_each_back(office: PostOffice) -> None:
    first, second = asked(office)
    talk = office.talk
    questions.pin(office.desk, office.pair, "career-4")
    assert asked(office) == ["career-4", first]
    undo(office.desk)
    questions.swap(office.desk, office.pair, talk, first, "upward-3")
    assert asked(office)[0] == "upward-3"
    assert first not in asked(office)
    undo(office.desk)
    own = questions.add(office.desk, "What would {mentor} never guess?", Moment.CAREER)
    questions.pin(office.desk, office.pair, own.id)
    questions.edit(office.desk, first, "Where  are you?")
    letter = preview(office.room, LetterKind.AGENDA, office.pair)

    assert [(each.id, each.text) for each in letter.blocks if isinstance(each, Question)][1:] == [
        (own.id, "What would Olivia never guess?"),
        (first, "Where are you?"),
    ]
    office.agenda()
    a_talk_passes(office)
    assert own.id not in asked(office)
    assert second in {each.id for each in bank(office.store)}


@pytest.mark.parametrize(
    ("question", "other", "sentence"),
    [
        ("carer-2", "", "There is no question “carer-2”; did you mean career-2?"),
        ("coach-prep-1", "", "coach-prep-1 is private: it is yours to think over and never stands in a letter"),
        ("career-3", "", "Talk 1 does not ask career-3; it asks "),
    ],
)
def test_what_cannot_be_swapped_is_said(office: PostOffice, question: str, other: str, sentence: str) -> None:
    with pytest.raises(UsageError) as error:
        questions.swap(office.desk, office.pair, office.talk, question, other)

    assert str(error.value).startswith(sentence)
