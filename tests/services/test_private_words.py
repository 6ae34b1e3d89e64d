"""What the mentor writes for herself stands in no letter, no export and no answer, whatever is asked and sent."""

import pytest

from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.domain.people import LANGUAGES, Side
from okrmate.domain.questions import Moment
from okrmate.frozen import replace
from okrmate.mail.layout import text
from okrmate.services.incoming.kept import as_text, file_of
from okrmate.services.mentoring import feedback, ignoring, notes, pulses, questions
from okrmate.services.mentoring.mentorships import Pair, find_pair
from okrmate.services.mentoring.question_bank import bank
from okrmate.services.reports.report import report_of
from okrmate.services.reports.written.formats import Format, written
from okrmate.services.tables import PEOPLE
from tests.services.post_office import PostOffice

SECRET = "a word for her eyes alone"
PRIVATE_IN_THE_BANK = 10
ORDERS = ("my data", "status", "help", "undo", "pause 2 days", "resume", "My aims: to teach\nread, agree")


def _said(letter: Outgoing) -> str:
    return "\n".join((letter.subject, text(letter.blocks), letter.calendar, letter.message_id))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_and_no_export_holds_what_the_mentor_wrote_for_herself(language: str) -> None:
    office = PostOffice()
    with office.store.transaction() as tx:
        tx.put(PEOPLE, replace(office.pair.protege, language=language))
    pair = find_pair(office.store, office.pair.protege.id)
    _write_down(office, pair)

    agenda = office.agenda()
    for order in ORDERS:
        office.answer(agenda, order)
    office.answer(office.letter(LetterKind.WELCOME), ORDERS[-1])
    form = office.form()
    sealed = f"{SECRET} until both are in"
    feedback.give(office.desk, pair, sealed, f"{SECRET}, rehearse with a stranger")
    office.answer(agenda, "my data")
    assert not _found_in(office, pair, SECRET)

    office.answer(form, "One positive: you asked\nOne suggestion: begin with the numbers")
    for _ in range(8):
        office.work()
        office.clock.move(days=5)

    exchange = _said(office.letter(LetterKind.EXCHANGE))
    assert exchange in _found_in(office, pair, "what both may read")
    kinds = {letter.kind for letter in office.letters()}
    assert {LetterKind.AGENDA, LetterKind.EXCHANGE, LetterKind.ACKNOWLEDGEMENT, LetterKind.CHECK_IN} <= kinds
    assert {place for place in _found_in(office, pair, SECRET) if sealed not in place} == set()
    questions = [each.text.split("{")[0] for each in bank(office.store, language) if each.private]
    assert len(questions) > PRIVATE_IN_THE_BANK
    assert not [each for each in questions if each and _found_in(office, pair, each)]


def _write_down(office: PostOffice, pair: Pair) -> None:
    """Everything a mentor writes that is for herself, and for comparison what is not."""
    for said, talk in ((f"{SECRET} on Sam", ""), (f"{SECRET} on the talk", office.talk_id)):
        notes.write(office.desk, pair, said, meeting=talk)
    notes.write(office.desk, pair, "what both may read", meeting=office.talk_id, shared=True)
    pulses.give_pulse(office.desk, pair, Side.MENTOR, 2, because=SECRET, one_higher=SECRET)
    questions.add(office.desk, f"{SECRET}: what do I not say?", Moment.COACHING, private=True)
    ignoring.leave_as_is(office.desk, pair, "1.3", "kr_nobody", SECRET)


def _found_in(office: PostOffice, pair: Pair, words: str) -> set[str]:
    """What Sam was sent, would be sent or can be handed, as far as it holds these words."""
    language = office.room.composer.words(pair.protege)
    report = report_of(office.store, pair, office.clock.now(), office.clock.now().date())
    to_sam = [each for each in office.letters() if each.to is Side.PROTEGE]
    told = [_said(each) for each in to_sam]
    told += [message.decode(errors="replace") for to, message in office.postman.sent if "sam" in to]
    told += [as_text(file_of(office.store, pair, language)), *(written(report, form, language) for form in Format)]
    return {each for each in told if words in each}
