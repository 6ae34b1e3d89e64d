"""The words that are commands by mail: what each does to the letters, to the numbers and to the mentor's inbox."""

from datetime import UTC, datetime

import pytest

from okrmate.domain.letters import IncomingState, LetterKind, Outgoing, OutgoingState
from okrmate.domain.people import MentorshipState, Side
from okrmate.services.incoming import inbox
from okrmate.services.mentoring import silence
from okrmate.services.tables import CHANGES
from tests.services.post_office import PostOffice

BOTH = "KR 1.1: 3\nKR 1.2: 70%"


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def state(office: PostOffice) -> MentorshipState:
    return office.mentorship(office.pair.mentorship.id).state


def answered(office: PostOffice, words: str = BOTH) -> Outgoing:
    """The acknowledgement of an answer with numbers."""
    return office.acknowledgement(office.answer(office.agenda(), words))


# --- pause, resume, stop


def test_a_pause_is_silent_until_its_day_and_ends_by_itself(office: PostOffice) -> None:
    mail = office.answer(office.letter(LetterKind.WELCOME), "pause 2 weeks")

    assert state(office) is MentorshipState.PAUSED
    assert "Paused until Mon 16 March." in office.said_to(mail)
    assert (mail.told, mail.left) == (("wrote pause: no letter leaves before Mon 16 Mar",), ())
    before = len(office.letters())
    office.clock.set(datetime(2026, 3, 15, 22, 0, tzinfo=UTC))
    office.work()
    assert (state(office), len(office.letters())) == (MentorshipState.PAUSED, before)

    office.clock.set(datetime(2026, 3, 15, 23, 0, tzinfo=UTC))
    office.work()

    assert state(office) is MentorshipState.ACTIVE
    assert office.every(CHANGES)[-1].by == "okrmate" or office.every(CHANGES)[-2].by == "okrmate"


def test_a_pause_without_an_end_lasts_until_resume(office: PostOffice) -> None:
    welcome = office.letter(LetterKind.WELCOME)
    paused = office.answer(welcome, "Pause")
    assert '"resume" begins again whenever you like' in office.said_to(paused)
    office.clock.move(days=3)

    resumed = office.answer(welcome, "resume")

    assert state(office) is MentorshipState.ACTIVE
    assert "The mails come again. Next talk: Thu 12 March" in office.said_to(resumed)


def test_a_pause_may_get_another_end(office: PostOffice) -> None:
    welcome = office.letter(LetterKind.WELCOME)
    office.answer(welcome, "pause 2 weeks")

    office.answer(welcome, "pause for 3 days")

    until = office.mentorship(office.pair.mentorship.id).paused_until
    assert until == datetime(2026, 3, 4, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "said", ["pause until 1 April", "Pause till April 1st, please", "pause bis 1. April", "pause jusqu'au 1er avril"]
)
def test_a_pause_may_end_on_a_day_of_the_year(office: PostOffice, said: str) -> None:
    mail = office.answer(office.letter(LetterKind.WELCOME), said)

    assert mail.told == ("wrote pause: no letter leaves before Wed 1 Apr",)


@pytest.mark.parametrize(
    "said", ["pause until 31 June", "pause until 1.4", "pause until 1 March", "pause until we talk"]
)
def test_a_pause_until_no_day_ahead_is_for_the_mentor_to_read(office: PostOffice, said: str) -> None:
    mail = office.answer(office.letter(LetterKind.WELCOME), said)

    assert (mail.told, mail.left) == ((), (said,))


def test_resume_where_nothing_is_paused_says_so(office: PostOffice) -> None:
    entries = len(office.every(CHANGES))

    mail = office.answer(office.letter(LetterKind.WELCOME), "resume")

    assert "Nothing is paused" in office.said_to(mail)
    assert len(office.every(CHANGES)) == entries


def test_a_pause_of_the_mentors_ends_at_her_word_alone(office: PostOffice) -> None:
    silence.pause(office.desk, office.pair)

    for line in ("resume", "pause 2 weeks"):
        mail = office.answer(office.letter(LetterKind.WELCOME), line)
        assert (mail.state, mail.left) == (IncomingState.HELD, (line,))

    assert state(office) is MentorshipState.PAUSED


def test_after_stop_resume_begins_again(office: PostOffice) -> None:
    office.answer(office.letter(LetterKind.WELCOME), "pause 2 weeks")
    office.answer(office.letter(LetterKind.WELCOME), "stop")
    assert office.mentorship(office.pair.mentorship.id).paused_until is None

    office.answer(office.letter(LetterKind.WELCOME), "resume")

    assert state(office) is MentorshipState.ACTIVE


def test_a_pause_by_mail_can_be_taken_back_by_mail(office: PostOffice) -> None:
    mail = office.answer(office.letter(LetterKind.WELCOME), "pause 2 weeks")

    office.answer(office.acknowledgement(mail), "undo")

    assert state(office) is MentorshipState.ACTIVE


# --- later, skip


def reminders(office: PostOffice) -> list[Outgoing]:
    forms = office.letters(LetterKind.FEEDBACK)
    return [form for form in forms if form.to is Side.PROTEGE and form.key.endswith(":reminder")]


def test_later_moves_the_second_asking_to_next_week(office: PostOffice) -> None:
    mail = office.answer(office.form(), "later")
    assert "It is not asked again before Mon 16 March." in office.said_to(mail)

    office.clock.set(datetime(2026, 3, 15, 12, 0, tzinfo=UTC))
    office.work()
    assert reminders(office) == []
    office.clock.set(datetime(2026, 3, 16, 7, 0, tzinfo=UTC))
    office.work()

    assert [each.state for each in reminders(office)] == [OutgoingState.SENT]


def test_without_later_it_would_have_been_asked_after_two_days(office: PostOffice) -> None:
    office.form()

    office.clock.set(datetime(2026, 3, 15, 12, 0, tzinfo=UTC))
    office.work()

    assert [each.state for each in reminders(office)] == [OutgoingState.SENT]


def test_skip_asks_no_second_time(office: PostOffice) -> None:
    mail = office.answer(office.form(), "Skip")
    assert "Left out, and not asked again." in office.said_to(mail)

    for day in range(13, 22):
        office.clock.set(datetime(2026, 3, day, 12, 0, tzinfo=UTC))
        office.work()

    assert reminders(office) == []


# --- status, help, my data


def test_status_shows_the_numbers_and_changes_nothing(office: PostOffice) -> None:
    letter = answered(office)
    entries = len(office.every(CHANGES))

    mail = office.answer(letter, "status")

    assert "5 requests for a guest article: 3 of 5, began at 1 (KR 1.1)" in office.said_to(mail)
    assert len(office.every(CHANGES)) == entries
    assert mail.left == ()


def test_a_number_may_answer_the_status(office: PostOffice) -> None:
    mail = office.answer(answered(office), "status")

    office.answer(office.acknowledgement(mail), "1.1: 4")

    assert office.values()["1.1"] == "4"


def test_what_stands_under_a_command_is_told_and_asked_in_the_same_letter(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "status\n1.2: 70%\n1.1 60%")

    assert mail.state is IncomingState.PARTLY_APPLIED
    assert "62 % → 70 %" in office.said_to(mail)
    assert "a) 60 % of 5 = 3" in office.said_to(mail)


def test_my_data_is_everything_they_wrote_and_nothing_of_the_mentors(office: PostOffice) -> None:
    office.answer_of_mentor(office.form(Side.MENTOR), "+ clear as glass\n- numbers first")
    office.answer(office.letter(LetterKind.FEEDBACK), "+ you listened")
    office.answer(office.letter(LetterKind.AGENDA), "KR 1.1: 3\nAdd: the salary talk")

    mail = office.answer(office.letter(LetterKind.AGENDA), "my data, please")

    said = office.said_to(mail)
    assert "Sam Ortiz, sam@example.net" in said
    assert "12 Mar 2026, KR 1.1: 3" in said
    assert all(words in said for words in ("you listened", "the salary talk", "Be known as somebody who writes well"))
    assert "clear as glass" not in said
    assert "numbers first" not in said


def test_help_names_every_command(office: PostOffice) -> None:
    said = office.said_to(office.answer(office.agenda(), "?"))

    assert [
        word for word in ("undo", "status", "later", "skip", "pause", "stop", "resume", "my data") if word not in said
    ] == []


@pytest.mark.parametrize(
    "line",
    [
        "I will stop by on Thursday",
        "Can we pause the talk about money?",
        "pause for thought",
        "pause 900 weeks",
        "Later that day we won the pitch",
        "The status is unclear to me",
        "my data says otherwise",
        "Let us resume this in April",
    ],
)
def test_a_sentence_with_a_command_word_is_no_command(office: PostOffice, line: str) -> None:
    mail = office.answer(office.agenda(), line)

    assert mail.left == (line,)
    assert state(office) is MentorshipState.ACTIVE


def test_a_command_of_the_mentors_in_answer_to_her_copy_is_a_word_to_herself(office: PostOffice) -> None:
    mail = office.answer_of_mentor(office.agenda(Side.MENTOR), "stop")

    assert state(office) is MentorshipState.ACTIVE
    assert mail.left == ("stop",)


def test_a_command_found_unfinished_after_a_crash_is_obeyed_once(office: PostOffice) -> None:
    raw = office.written("pause 2 weeks", office.letter(LetterKind.WELCOME))
    office.look(raw)

    office.restart()
    inbox.poll(office.room)

    assert sum(change.what.endswith("paused until 2026-03-16") for change in office.every(CHANGES)) == 1
