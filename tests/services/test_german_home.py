"""A home in German: from the welcome to the exchange no letter has an English word, whatever is answered."""

from datetime import timedelta

from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.mail.layout import text
from okrmate.services.tables import KEY_RESULTS, OBJECTIVES, OUTGOING, PEOPLE
from tests.mail.test_german_letters import IN_BOTH, WORD, spoken
from tests.services.post_office import TALK_OVER, PostOffice

ANSWER = "1.1 3, 1.2 +10 %, 1.3 blockiert durch Urlaub\nDazu: die Honorare\nDanke für den Anruf!"
ORDERS = ("hilfe", "stand", "meine Daten", "undo", "später", "pause 2 Wochen", "weiter", "stop")


def german_office() -> PostOffice:
    """An office in which both have their letters in German from here on."""
    office = PostOffice()
    office.mentor = replace(office.mentor, language="de", locale="de")
    office.restart()
    with office.store.transaction() as tx:
        tx.put(PEOPLE, replace(office.pair.protege, language="de", locale="de"))
        for letter in tx.every(OUTGOING):  # what left before is told of by its subject
            tx.put(OUTGOING, replace(letter, subject="Gespräch"))
    return office


def test_no_letter_of_a_german_home_has_an_english_word() -> None:
    office = german_office()
    written_before = {letter.id for letter in office.every(OUTGOING)}
    agenda = office.agenda()
    office.answer(agenda, ANSWER)
    for order in ORDERS[:-1]:
        office.answer(agenda, order)
    form = office.form()
    office.answer(form, "Positiv: das Zuhören")
    office.answer(form, "Vorschlag: früher anfangen")
    office.answer_of_mentor(office.letter(LetterKind.FEEDBACK, Side.MENTOR), "+ die Ruhe\n- weniger Punkte")
    office.clock.set(TALK_OVER + timedelta(days=40))
    office.work()
    office.answer(agenda, ORDERS[-1])
    letters = [letter for letter in office.every(OUTGOING) if letter.id not in written_before]
    english = spoken("en") - spoken("de") - IN_BOTH - _of_people(office)

    assert {letter.language for letter in letters} == {"de"}
    assert {letter.kind for letter in letters} >= {
        LetterKind.AGENDA,
        LetterKind.FEEDBACK,
        LetterKind.EXCHANGE,
        LetterKind.DIGEST,
        LetterKind.CHECK_IN,
        LetterKind.ACKNOWLEDGEMENT,
    }
    assert {letter.title: found for letter in letters if (found := _words(letter) & english)} == {}


def _of_people(office: PostOffice) -> set[str]:
    """Names, addresses, and the titles that somebody typed."""
    titles = [each.title for each in office.every(KEY_RESULTS)] + [each.title for each in office.every(OBJECTIVES)]
    return {word.lower() for word in WORD.findall(f"{titles} {office.mentor} {office.every(PEOPLE)} {ANSWER}")}


def _words(letter: Outgoing) -> set[str]:
    return {word.lower() for word in WORD.findall(f"{text(letter.blocks)}")}
