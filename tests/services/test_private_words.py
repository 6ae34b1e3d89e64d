"""What the mentor writes for herself stands in no letter, no export and no answer, whatever is asked and sent."""

from datetime import timedelta

from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.domain.people import Side
from okrmate.mail.layout import text
from okrmate.services.incoming.kept import as_text, file_of
from okrmate.services.mentoring import feedback, notes, pulses
from tests.services.post_office import PostOffice

SECRET = "a word for her eyes alone"
ORDERS = ("my data", "status", "help", "undo", "pause 2 days", "resume", "My aims: to teach\nread, agree")


def _said(letter: Outgoing) -> str:
    return "\n".join((letter.subject, text(letter.blocks), letter.calendar))


def test_no_letter_and_no_export_holds_a_private_note() -> None:
    office = PostOffice()
    for said, talk in ((f"{SECRET} on Sam", ""), (f"{SECRET} on the talk", office.talk_id)):
        notes.write(office.desk, office.pair, said, meeting=talk)
    notes.write(office.desk, office.pair, "what both may read", meeting=office.talk_id, shared=True)
    pulses.give_pulse(office.desk, office.pair, Side.MENTOR, 2, because=SECRET)

    agenda = office.agenda()
    for order in ORDERS:
        office.answer(agenda, order)
    office.answer(office.letter(LetterKind.WELCOME), ORDERS[-1])
    form = office.form()
    office.answer(form, "One positive: you asked\nOne suggestion: begin with the numbers")
    feedback.give(office.desk, office.pair, "the numbers came first", "rehearse with a stranger")
    for _ in range(8):
        office.work()
        office.clock.move(days=5)

    kinds = {letter.kind for letter in office.letters()}
    assert {LetterKind.AGENDA, LetterKind.EXCHANGE, LetterKind.ACKNOWLEDGEMENT, LetterKind.CHECK_IN} <= kinds
    assert not [letter.title for letter in office.letters() if SECRET in _said(letter)]
    assert not [to for to, message in office.postman.sent if SECRET.encode() in message]
    words = office.room.composer.words(office.pair.protege)
    assert SECRET not in as_text(file_of(office.store, office.pair, words))
    assert office.clock.now() - office.talk.ends_at > timedelta(days=30)
