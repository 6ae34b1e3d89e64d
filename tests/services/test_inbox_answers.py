"""What people answer: applied, asked about or left to the mentor, acknowledged once, and never a word lost."""

import pytest

from okrmate.domain.letters import IncomingState, LetterKind, Outgoing, OutgoingState, Question
from okrmate.domain.meetings import MeetingState, Participation
from okrmate.domain.people import MentorshipState, Side
from okrmate.frozen import replace
from okrmate.mail.layout import text
from okrmate.services.mentoring import meetings, readings
from okrmate.services.mentoring.okrs import active_standings
from okrmate.services.tables import AGENDA_ITEMS, CHANGES, FEEDBACK, KEY_RESULTS, MEETINGS, PROPOSALS, READINGS
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_clear_lines_are_applied_and_said(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3\nKR 1.2: 70%\nKR 1.3: half way")

    assert office.values() == {"1.1": "3", "1.2": "70", "1.3": "50"}
    assert (mail.state, mail.left) == (IncomingState.APPLIED, ())
    assert "1 → 3" in office.said_to(mail)
    assert office.acknowledgement(mail).state is OutgoingState.SENT


def test_a_decrease_is_applied_and_said(office: PostOffice) -> None:
    office.answer(office.agenda(), "KR 1.1: 3")

    mail = office.answer(office.letter(LetterKind.AGENDA), "KR 1.1: 2")

    assert office.values()["1.1"] == "2"
    assert "3 → 2" in office.said_to(mail)
    assert "If that is right" in office.said_to(mail)


def test_over_target_is_applied_and_cheered(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 7")

    assert office.values()["1.1"] == "7"
    assert "past its target!" in office.said_to(mail)


def test_a_value_outside_its_scale_is_asked_about_and_the_rest_is_applied(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3\nKR 1.2: 130%")

    assert office.values() == {"1.1": "3", "1.2": "", "1.3": ""}
    assert (mail.state, mail.reason) == (IncomingState.PARTLY_APPLIED, "out_of_range")
    assert sum(isinstance(block, Question) for block in office.acknowledgement(mail).blocks) == 1


def test_the_words_of_a_question_do_not_begin_with_a_separator(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "1.2: more than last time")

    assert '"more than last time"' in office.said_to(mail)


def test_the_answer_to_a_question_settles_the_mail_that_left_it_open(office: PostOffice) -> None:
    asked = office.answer(office.agenda(), "1.2: more than last time")
    assert asked.state is IncomingState.ASKED

    office.answer(office.acknowledgement(asked), "1.2: 70%")

    assert office.now(asked).state is IncomingState.APPLIED
    assert office.values()["1.2"] == "70"


def test_one_answer_to_two_questions_leaves_the_mail_open(office: PostOffice) -> None:
    asked = office.answer(office.agenda(), "1.1: more than last time\n1.2: more than last time")

    office.answer(office.acknowledgement(asked), "1.2: 70%")

    assert office.now(asked).state is IncomingState.ASKED


def test_prose_alone_goes_to_the_mentor_word_for_word_and_once(office: PostOffice) -> None:
    words = "I had a hard month and would rather talk about my team."

    mail = office.answer(office.agenda(), words)

    assert (mail.state, mail.reason, mail.left) == (IncomingState.HELD, "words for the mentor", (words,))
    assert "Passed on to Olivia" in office.said_to(mail)


def test_personal_words_with_the_mentor_in_copy_are_not_acknowledged(office: PostOffice) -> None:
    office.rules = replace(office.rules, sender_address="okrmate@example.org")
    office.restart()

    mail = office.answer(office.agenda(), "It is a hard time at home.", Cc="Olivia Marsh <olivia@example.org>")

    assert mail.left == ("It is a hard time at home.",)
    assert office.answered() == ()


def test_items_are_kept_and_a_wish_for_a_point_that_the_list_does_not_have_goes_to_the_mentor(
    office: PostOffice,
) -> None:
    mail = office.answer(office.agenda(), "Add: the salary talk (15 min)\n+ a word about Kim\ndrop 2, drop 22")

    items = {(item.text, item.minutes) for item in office.every(AGENDA_ITEMS)}
    assert items == {("the salary talk", 15), ("a word about Kim", None)}
    assert mail.left == ("off the agenda: 22",)


def test_a_bullet_without_words_is_no_point_for_the_agenda(office: PostOffice) -> None:
    office.answer(office.agenda(), "- salary\n- -\n-")

    assert [item.text for item in office.every(AGENDA_ITEMS)] == ["salary"]


def test_looks_good_approves_and_is_noted_of_the_talk_alone(office: PostOffice) -> None:
    before = office.talk

    mail = office.answer(office.agenda(), "Looks good")

    assert (mail.state, mail.summary) == (IncomingState.APPLIED, "the agenda suits")
    assert office.talk == replace(before, agenda_suits_at=mail.received_at)
    assert [edit.table for edit in office.every(CHANGES)[-1].edits] == [MEETINGS.name]
    assert "suits you" in office.said_to(mail)


def test_another_time_moves_nothing_and_reaches_the_mentor(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "Could we move it to Friday?")

    assert office.talk.state is MeetingState.SCHEDULED
    assert "Could we move it to Friday?" in mail.left


def test_aims_gain_and_other_words_of_the_welcome_go_to_the_mentor(office: PostOffice) -> None:
    welcome = office.letter(LetterKind.WELCOME)
    quoted = "\n".join(f"> {line}" for line in text(welcome.blocks).splitlines())
    filled = quoted.replace("> My aims:", "> My aims: to write; to be read").replace(
        "> What I would gain:", "> What I would gain: courage"
    )

    mail = office.answer(
        welcome,
        f"Looking forward to it.\n\nOn Mon, 2 Mar 2026 at 10:00, Olivia Marsh <olivia@example.org> wrote:\n{filled}",
    )

    assert {"to write", "to be read", "courage", "Looking forward to it."} <= set(mail.left)


def test_lines_of_a_draft_are_wishes_where_goals_are_agreed_on_already(office: PostOffice) -> None:
    draft = ("O: Become a speaker people ask for", "KR: 4 talks (now 1)", "I am not sure about the number.")

    mail = office.answer(office.letter(LetterKind.WELCOME), "\n".join(draft))

    assert mail.summary.endswith("a wish about the goals")
    assert "I am not sure about the number." in mail.left
    (wish,) = office.store.every(PROPOSALS)
    assert wish.words == "O: Become a speaker people ask for; KR: 4 talks"


def test_one_word_says_that_the_welcome_was_read(office: PostOffice) -> None:
    mail = office.answer(office.letter(LetterKind.WELCOME), "read")

    assert (mail.state, mail.summary, mail.left) == (IncomingState.APPLIED, "read", ())


def test_agree_opens_a_proposed_mentorship() -> None:
    office = PostOffice()
    kim = office.with_person(name="kim", state=MentorshipState.PROPOSED, reviewed=True)
    office.work()
    (welcome,) = (each for each in office.letters(LetterKind.WELCOME) if each.mentorship == kim.mentorship.id)

    office.answer(welcome, "agree", From="Kim <kim@example.net>")

    assert office.mentorship(kim.mentorship.id).state is MentorshipState.ACTIVE


def test_stop_declines_a_proposed_mentorship_so_that_nothing_more_leaves() -> None:
    office = PostOffice()
    kim = office.with_person(name="kim", state=MentorshipState.PROPOSED, reviewed=True)
    office.work()
    (welcome,) = (each for each in office.letters(LetterKind.WELCOME) if each.mentorship == kim.mentorship.id)

    office.answer(welcome, "stop", From="Kim <kim@example.net>")

    assert office.mentorship(kim.mentorship.id).state is MentorshipState.DECLINED


def test_stop_pauses_at_once_and_tells_the_mentor(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "STOP, please")

    assert office.mentorship(office.pair.mentorship.id).state is MentorshipState.PAUSED
    assert mail.told == ("wrote stop: no more letters leave",)
    assert "Stopped" in office.said_to(mail)


def test_after_stop_answers_are_read_and_acknowledged_and_nothing_unasked_leaves(office: PostOffice) -> None:
    agenda = office.agenda()
    office.answer(agenda, "stop")
    before = len(office.letters())

    office.clock.move(days=3, hours=8)
    office.work()
    mail = office.answer(agenda, "KR 1.1: 3")

    assert office.values()["1.1"] == "3"
    assert office.acknowledgement(mail).state is OutgoingState.SENT
    assert len(office.letters()) == before + 1


def test_help_says_how_to_answer(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "help")

    assert mail.state is IncomingState.APPLIED
    assert "own words" in office.said_to(mail)


def test_what_follows_a_command_is_read_as_well(office: PostOffice) -> None:
    first = office.answer(office.agenda(), "KR 1.1: 3")

    mail = office.answer(office.acknowledgement(first), "undo\nKR 1.2: 70%\nSorry for the mix-up with the other team.")

    assert office.values() == {"1.1": "", "1.2": "70", "1.3": ""}
    assert mail.left == ("Sorry for the mix-up with the other team.",)


def test_an_undo_with_more_behind_it_makes_two_entries_of_the_trail_that_do_not_overlap(office: PostOffice) -> None:
    first = office.answer(office.agenda(), "KR 1.1: 3")
    office.answer(office.acknowledgement(first), "undo\nKR 1.2: 70%")

    undoing, reading = office.every(CHANGES)[-2:]

    assert undoing.undoes
    assert {edit.id for edit in undoing.edits}.isdisjoint(edit.id for edit in reading.edits)


def test_an_old_letter_is_read_by_the_codes_it_had(office: PostOffice) -> None:
    letter = office.agenda()
    by_ref = {
        each.key_result.ref: each.key_result for each in active_standings(office.store, office.pair.mentorship.id)
    }
    with office.store.transaction() as tx:
        for key_result in by_ref.values():
            swapped = {"1.1": "1.2", "1.2": "1.1"}.get(key_result.ref, key_result.ref)
            tx.put(KEY_RESULTS, replace(key_result, ref=swapped))

    office.answer(letter, "KR 1.1: 3")

    (reading,) = office.every(READINGS)
    assert reading.key_result == by_ref["1.1"].id


def test_a_late_answer_never_replaces_what_was_heard_after_it_was_written(office: PostOffice) -> None:
    raw = office.written("KR 1.1: 3", office.agenda())
    office.clock.move(hours=5)
    readings.check_in(office.desk, office.pair, readings.CheckIn(ref="1.1", value="4"))
    office.clock.move(days=1)

    office.receive(raw)

    assert office.values()["1.1"] == "4"
    assert len(office.every(READINGS)) == 2


def half(office: PostOffice) -> Outgoing:
    """The question for the missing half, after the positive came alone."""
    mail = office.answer(office.form(), "+ you listened")
    assert "One suggestion would make it whole" in office.said_to(mail)
    return office.acknowledgement(mail)


@pytest.mark.parametrize("said", ["- shorter, please", "shorter, please", "Suggestion: shorter, please"])
def test_the_missing_half_of_a_form_may_answer_the_question_for_it(office: PostOffice, said: str) -> None:
    office.answer(half(office), said)

    (given,) = office.every(FEEDBACK)
    assert (given.positive, given.suggestion) == (("you listened",), ("shorter, please",))


def test_a_thanks_is_no_half_of_a_form(office: PostOffice) -> None:
    mail = office.answer(half(office), "Thank you!")

    (given,) = office.every(FEEDBACK)
    assert given.suggestion == ()
    assert mail.left == ("Thank you!",)


def test_the_other_half_may_also_answer_the_form_itself(office: PostOffice) -> None:
    half(office)

    office.answer(office.letter(LetterKind.FEEDBACK), "- shorter, please")

    (given,) = office.every(FEEDBACK)
    assert given.whole


def test_the_half_that_was_asked_for_can_be_taken_back(office: PostOffice) -> None:
    second = office.answer(half(office), "shorter, please")

    office.answer(office.acknowledgement(second), "undo")

    (given,) = office.every(FEEDBACK)
    assert (given.positive, given.suggestion) == (("you listened",), ())


def test_once_both_are_in_nobody_is_told_of_a_seal(office: PostOffice) -> None:
    first = office.answer_of_mentor(office.form(Side.MENTOR), "+ clear\n- numbers first")
    second = office.answer(office.letter(LetterKind.FEEDBACK), "+ you listened\n- shorter, please")

    assert "sealed until" in office.said_to(first)
    assert "sealed until" not in office.said_to(second)
    assert office.talk.state is MeetingState.REVIEWED


def test_words_about_a_talk_whose_exchange_both_have_read_go_to_the_mentor(office: PostOffice) -> None:
    office.answer_of_mentor(office.form(Side.MENTOR), "+ clear\n- numbers first")
    form = office.letter(LetterKind.FEEDBACK)
    office.answer(form, "+ you listened\n- shorter, please")
    office.work()

    mail = office.answer(form, "- and more coffee")

    assert mail.left == ("and more coffee",)
    assert {given.suggestion for given in office.every(FEEDBACK)} == {("numbers first",), ("shorter, please",)}


def test_no_meeting_marks_the_talk_missed_and_keeps_every_other_word(office: PostOffice) -> None:
    mail = office.answer(office.form(), "no meeting, I was ill\n+ you wrote at once")

    assert office.talk.state is MeetingState.MISSED
    assert {"I was ill", "you wrote at once"} <= set(mail.left)
    assert "did not happen" in office.said_to(mail)


@pytest.mark.parametrize(
    "body",
    [
        "We didn't meet our goal, but the talk was good",
        "No meeting notes were sent. Next time please send them",
        "No meeting next week please. The talk was great.",
        "No meeting. It was great.",
        "Kein Treffen mehr im Dezember bitte. Gut war das Zuhören",
    ],
)
def test_words_that_only_begin_like_no_meeting_do_not_make_the_talk_missed(office: PostOffice, body: str) -> None:
    office.answer(office.form(), body)

    assert office.talk.state is not MeetingState.MISSED


def test_numbers_in_a_feedback_form_change_nothing_and_reach_the_mentor(office: PostOffice) -> None:
    mail = office.answer(office.form(), "+ you listened\n- shorter\nKR 1.1: 4")

    assert office.values()["1.1"] == ""
    assert mail.left == ("KR 1.1: 4",)


@pytest.mark.parametrize(
    ("body", "comes"),
    [
        ("if my train is on time, yes", Participation.TENTATIVE),
        ("Ja, wenn der Zug pünktlich ist", Participation.TENTATIVE),
        ("yes but 30 min later please", Participation.NEEDS_ACTION),
        ("Oui, mais 30 min plus tard", Participation.NEEDS_ACTION),
        ("Sí, allí estaré", Participation.ACCEPTED),
        ("Yes, but I am a little nervous", Participation.ACCEPTED),
    ],
)
def test_a_yes_counts_as_far_as_it_goes(office: PostOffice, body: str, comes: Participation) -> None:
    office.answer(office.letter(LetterKind.INVITATION), body)

    assert office.talk.participation is comes


def test_a_letter_of_the_alphabet_answers_the_invitation(office: PostOffice) -> None:
    mail = office.answer(office.letter(LetterKind.INVITATION), "b")

    assert office.talk.participation is Participation.TENTATIVE
    assert mail.state is IncomingState.APPLIED


def test_a_yes_beside_a_number_is_told_with_it(office: PostOffice) -> None:
    mail = office.answer(office.letter(LetterKind.INVITATION), "a\n1.1 3")

    assert office.talk.participation is Participation.ACCEPTED
    assert "1 → 3" in office.said_to(mail)
    assert "Noted: yes to the talk on Thu 12 March" in office.said_to(mail)


def test_two_answers_to_the_invitation_are_asked_about(office: PostOffice) -> None:
    mail = office.answer(office.letter(LetterKind.INVITATION), "a\nb")

    assert office.talk.participation is Participation.NEEDS_ACTION
    assert (mail.state, mail.reason) == (IncomingState.ASKED, "conflict")


def test_a_yes_to_a_talk_that_was_cancelled_reaches_the_mentor(office: PostOffice) -> None:
    invitation = office.letter(LetterKind.INVITATION)
    office.clock.move(hours=1)
    meetings.become(office.desk, office.talk_id, MeetingState.CANCELLED, source=office.every(CHANGES)[0].source)

    assert office.answer(invitation, "a").left == ("a",)
