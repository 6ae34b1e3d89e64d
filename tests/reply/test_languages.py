"""The word tables: every language has the lists without which it could not be read safely."""

import pytest

from okrmate.domain.meetings import Participation
from okrmate.reply.coming import rsvp
from okrmate.reply.forms import agenda, feedback
from okrmate.reply.lexicon import ESSENTIAL, LANGUAGES, lexicon, table
from okrmate.reply.pulse import pulse
from okrmate.reply.updates import Op, Update
from okrmate.reply.welcomes import agreed, was_read
from tests.reply.samples import read_line


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_lists_that_reading_safely_needs(language: str) -> None:
    spoken = table(language)
    empty = {"half", "rest"} if language == "ja" else set()
    assert [name for name in ESSENTIAL if not spoken.get(name) and name not in empty] == []
    assert spoken["numbers"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_done_word_completes_and_every_almost_before_it_does_not(language: str) -> None:
    done = table(language)["done"]
    assert isinstance(done, list)
    (update,) = read_line(f"1.2 {done[0]}", locale=language)
    assert isinstance(update, Update)
    assert update.op is Op.DONE
    almost = table(language)["almost"]
    assert isinstance(almost, list)
    for word in almost:
        said = read_line(f"1.2 {word} {done[0]}", locale=language)
        assert not [one for one in said if isinstance(one, Update) and one.op is Op.DONE], word


def test_a_word_means_what_ones_own_language_says_first() -> None:
    assert lexicon("sv").starts("blocked", "fast") == len("fast")
    assert lexicon("de").starts("blocked", "fast") == -1


@pytest.mark.parametrize(
    ("locale", "said", "positive", "suggestion"),
    [
        ("fr", "Positif : ton calme\nLa prochaine fois : un piano", "ton calme", "un piano"),
        ("es", "Lo bueno: la calma\nSugerencia: un piano", "la calma", "un piano"),
        ("it", "Positivo: la calma\nDa migliorare: la sala", "la calma", "la sala"),
        ("pt", "Positivo: a calma\nSugestão: um piano", "a calma", "um piano"),
        ("nl", "Wat goed was: de rust\nVoorstel: een piano", "de rust", "een piano"),
        ("sv", "Bra: lugnet\nFörslag: ett piano", "lugnet", "ett piano"),
    ],
)
def test_a_form_is_answered_under_labels_of_ones_own_language(
    locale: str, said: str, positive: str, suggestion: str
) -> None:
    given = feedback(said, locale)
    assert (given.positive, given.suggestion) == ((positive,), (suggestion,))


@pytest.mark.parametrize(
    ("locale", "comes", "stays_away", "perhaps"),
    [
        ("en", "No problem, see you then", "Sorry, I can't make it", "Perhaps"),
        ("de", "Kein Problem, bis dann", "Klappt leider nicht", "Vielleicht"),
        ("fr", "Pas de souci, je serai là", "Je ne peux pas", "Peut-être"),
        ("es", "No hay problema, nos vemos", "No puedo", "Tal vez"),
        ("it", "Nessun problema, ci sarò", "Non posso", "Forse"),
        ("pt", "Sem problema, combinado", "Não posso", "Talvez"),
        ("nl", "Geen probleem, tot dan", "Dat lukt niet", "Misschien"),
        ("sv", "Inga problem, vi ses", "Jag kan inte", "Kanske"),
    ],
)
def test_an_invitation_is_answered_in_ones_own_language(locale: str, comes: str, stays_away: str, perhaps: str) -> None:
    assert rsvp(comes, locale) is Participation.ACCEPTED
    assert rsvp(stays_away, locale) is Participation.DECLINED
    assert rsvp(perhaps, locale) is Participation.TENTATIVE


@pytest.mark.parametrize(
    ("locale", "approves", "agrees", "read", "because"),
    [
        ("fr", "Ça me va", "D'accord", "lu", "4 parce que Bach"),
        ("es", "Está bien", "De acuerdo", "leído", "4 porque Bach"),
        ("it", "Va bene", "Sono d'accordo", "letto", "4 perché Bach"),
        ("pt", "Está bem", "Concordo", "lido", "4 porque Bach"),
        ("nl", "Ziet er goed uit", "Akkoord", "gelezen", "4 omdat Bach"),
        ("sv", "Ser bra ut", "Jag håller med", "läst", "4 eftersom Bach"),
    ],
)
def test_consent_and_a_reason_are_said_in_ones_own_language(
    locale: str, approves: str, agrees: str, read: str, because: str
) -> None:
    assert agenda(approves, locale).approve
    assert agreed(agrees, locale).given
    assert was_read(read, locale).given
    assert pulse(because, locale).because == "Bach"
