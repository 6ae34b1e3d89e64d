"""The mentor's digest: on Monday at 07:30, once a week, about everybody; a line behind a name goes into an agenda."""

from datetime import UTC, datetime

import pytest

from okrmate.domain.letters import IncomingState, LetterKind, Outgoing
from okrmate.domain.people import LANGUAGES, Side
from okrmate.frozen import replace
from okrmate.mail.layout import text
from okrmate.services.outgoing import planning
from okrmate.services.outgoing.digests import digest_now, next_digest
from okrmate.services.tables import CHANGES, FEEDBACK, KEY_RESULTS, MENTORSHIPS, PROMISES, READINGS
from tests.builders import a_feedback, a_promise, a_reading
from tests.services.post_office import AGENDA_DAY, TALK_OVER, PostOffice

MONDAY = datetime(2026, 3, 9, 7, 30, tzinfo=UTC)
"""The Monday after the office began, half past seven in London."""


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def digest(office: PostOffice) -> Outgoing:
    """The one that left on Monday."""
    office.clock.set(MONDAY)
    office.work()
    return office.letter(LetterKind.DIGEST, Side.MENTOR)


def test_it_leaves_on_monday_once_and_asks_for_a_line_for_each_agenda_of_the_week(office: PostOffice) -> None:
    letter = digest(office)
    office.work()
    said = text(letter.blocks)

    assert [each.sent_at for each in office.letters(LetterKind.DIGEST)] == [MONDAY]
    assert said.startswith("Olivia, would you write a line for Sam?")
    assert "\nLine for Sam:\n" in said
    assert "Mon 9 March, 08:00: Sam, agenda" in said


def test_her_line_stands_in_the_agenda_and_what_has_no_place_waits_for_her(office: PostOffice) -> None:
    mail = office.answer_of_mentor(digest(office), "Sam: The recording made me laugh.\nLeo: not here")

    assert (mail.state, mail.summary) == (IncomingState.APPLIED, "a line for Sam")
    assert mail.left == ("Leo: not here",)
    written = office.store.find(CHANGES, "source_ref", mail.id)
    assert [(each.what, each.mentorship) for each in written] == [("own line for talk 1 written", "sam-pair")]
    assert "The recording made me laugh.\nOlivia (sent by okrmate)" in text(office.agenda().blocks)

    late = office.answer_of_mentor(office.letter(LetterKind.DIGEST, Side.MENTOR), "Sam: One more.")
    assert late.left == ("Sam: One more.",), "the agenda has left"


def test_it_says_what_moved_what_waits_and_never_what_is_sealed(office: PostOffice) -> None:
    office.clock.set(TALK_OVER.replace(day=14))
    office.work()
    moved = office.every(KEY_RESULTS)[0]
    reading = a_reading(3, mentorship="sam-pair", key_result=moved.id, at=office.clock.now())
    promise = a_promise(mentorship="sam-pair", by=Side.MENTOR, text="an introduction")
    with office.store.transaction() as tx:
        tx.put(READINGS, reading)
        tx.put(PROMISES, promise)
        tx.put(FEEDBACK, a_feedback(mentorship="sam-pair", meeting=office.talk_id, positive=("Sealed words.",)))
    office.clock.set(MONDAY.replace(day=16))
    said = text(digest_now(office.room, office.store, office.clock.now()).blocks)

    assert f"Sam, {moved.title}: 1 → 3 of 5 (KR 1.1)" in said
    assert "Sam: you promised “an introduction” on" in said
    assert "Sam: your own two lines on the talk of 12 Mar" in said
    assert "Sealed words" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_letter_has_a_name_in_it(office: PostOffice, language: str) -> None:
    words = office.room.composer.words(replace(office.mentor, language=language))

    assert all(words.phrase("letters", name) for name in (*LetterKind, "reminder"))


def test_none_is_written_where_she_wants_none(office: PostOffice) -> None:
    office.room = replace(office.room, rules=replace(office.room.rules, digest=False))
    office.clock.set(MONDAY)
    planning.plan(office.room)

    assert office.letters(LetterKind.DIGEST) == ()
    assert next_digest(office.room, office.store, MONDAY) is None


def test_none_is_written_after_wednesday_or_where_nobody_was_here_before_monday(office: PostOffice) -> None:
    office.clock.set(MONDAY.replace(day=12))
    planning.plan(office.room)
    assert office.letters(LetterKind.DIGEST) == ()

    with office.store.transaction() as tx:
        mentorship = tx.every(MENTORSHIPS)[0]
        tx.put(MENTORSHIPS, replace(mentorship, begun_at=AGENDA_DAY.replace(day=16, hour=9)))
    office.clock.set(AGENDA_DAY.replace(day=16, hour=10))
    planning.plan(office.room)
    assert office.letters(LetterKind.DIGEST) == ()
