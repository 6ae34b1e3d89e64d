"""What answers do to a talk: its questions, advice, points and promises."""

import pytest

from okrmate.domain.letters import FIRST, IncomingState, Items, Question
from okrmate.domain.meetings import PromiseState
from okrmate.domain.people import Side
from okrmate.mail.layout import text
from okrmate.services.history import undo
from okrmate.services.letters.agendas import points
from okrmate.services.mentoring import advice, promises
from okrmate.services.mentoring.advice import advice_log
from okrmate.services.tables import NOTES, PROMISES
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_answers_to_the_questions_of_an_agenda_join_the_notes_of_the_talk(office: PostOffice) -> None:
    agenda = office.agenda()
    first, second = [each for each in agenda.blocks if isinstance(each, Question) and each.id != FIRST]

    mail = office.answer(agenda, f"{first.label}: A quiet room.\n{second.label}: The editing, oddly.")

    assert [
        (each.question, each.asked, each.text, each.meeting, each.by, each.shared) for each in office.every(NOTES)
    ] == [
        (first.id, first.text, "A quiet room.", office.talk_id, Side.PROTEGE, True),
        (second.id, second.text, "The editing, oddly.", office.talk_id, Side.PROTEGE, True),
    ]
    assert (mail.state, mail.left) == (IncomingState.APPLIED, ("A quiet room.", "The editing, oddly."))
    assert 'Your answer, kept for the talk: "A quiet room."' in office.said_to(mail)
    assert "Reply UNDO" in office.said_to(mail)
    undo(office.desk)
    assert office.every(NOTES) == ()


def test_advice_counts_once_its_impact_is_said_and_until_then_the_next_mail_asks(office: PostOffice) -> None:
    given = advice.give(office.desk, office.pair, "open with a question")
    agenda = office.agenda()
    asked = text(agenda.blocks)
    mail = office.answer(agenda, "I tried: asked them about tea")
    (tried,) = advice_log(office.store, office.pair.mentorship.id, office.clock.now())
    again = office.answer(agenda, "Impact: they stayed")
    (worked,) = advice_log(office.store, office.pair.mentorship.id, office.clock.now())

    assert "Olivia suggested on 2 Mar: open with a question." in asked
    assert (tried.id, tried.did, tried.counts) == (given.id, "asked them about tea", False)
    assert 'Advice put to use: "asked them about tea"' in office.said_to(mail)
    assert (worked.did, worked.impact, worked.counts) == ("asked them about tea", "they stayed", True)
    assert again.state is IncomingState.APPLIED


def test_points_are_dropped_and_moved_by_their_numbers(office: PostOffice) -> None:
    agenda = office.agenda()
    (items,) = (each.items for each in agenda.blocks if isinstance(each, Items))
    before = [each.id for each in items]

    mail = office.answer(agenda, "drop 1\ndrop 9")

    now = [each.key for each in points(office.room, office.pair, office.talk, office.clock.now()) if each.fits]
    assert now == before[1:]
    assert mail.left == ("off the agenda: 9",)
    assert f"Off the list: {items[0].text}" in office.said_to(mail)


def test_what_both_promised_in_the_talk_is_written_behind_the_lines_of_the_mentors_form(office: PostOffice) -> None:
    form = office.form(Side.MENTOR)

    office.answer_of_mentor(
        form, "Your promise, if you made one: the introduction to Ana\nSam's promise, if there was one: -"
    )
    office.answer_of_mentor(form, "One positive: you asked\nSam's promise, if there was one: a first page")

    assert [(each.by, each.text, each.meeting) for each in office.every(PROMISES)] == [
        (Side.MENTOR, "the introduction to Ana", office.talk_id),
        (Side.PROTEGE, "a first page", office.talk_id),
    ]
    promises.become(office.desk, office.every(PROMISES)[0].id, PromiseState.KEPT)
    (left,) = promises.open_promises(office.store, office.pair.mentorship.id)
    assert left.text == "a first page"
