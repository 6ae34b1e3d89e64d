"""What mail programs of many languages put around a quote is told from what somebody wrote."""

import pytest

from okrmate.reply.kept import Why
from okrmate.reply.own_words import own_words
from tests.reply.samples import plain

BLOCKS = {
    "bg": ("От: Ева <eva@example.org>", "Изпратено: вторник, 5 май 2026 г. 9:00", "До: Ина", "Относно: Разговор 3"),
    "cs": ("Od: Eva <eva@example.org>", "Odesláno: úterý 5. května 2026 9:00", "Komu: Ina", "Předmět: Schůzka 3"),
    "da": ("Fra: Eva <eva@example.org>", "Sendt: 5. maj 2026 09:00", "Til: Ina", "Emne: Samtale 3"),
    "de": ("Von: Eva <eva@example.org>", "Gesendet: Dienstag, 5. Mai 2026 09:00", "An: Ina", "Betreff: Gespräch 3"),
    "el": ("Από: Eva <eva@example.org>", "Στάλθηκε: Τρίτη, 5 Μαΐου 2026 9:00", "Προς: Ina", "Θέμα: Συνάντηση 3"),
    "es": ("De: Eva <eva@example.org>", "Enviado el: martes, 5 de mayo de 2026 9:00", "Para: Ina", "Asunto: Charla 3"),
    "fi": ("Lähettäjä: Eva <eva@example.org>", "Lähetetty: 5. toukokuuta 2026 9:00", "Vastaanottaja: Ina", "Aihe: 3"),
    "fr": ("De : Eva <eva@example.org>", "Envoyé : mardi 5 mai 2026 09:00", "À : Ina", "Objet : Entretien 3"),
    "he": ("מאת: Eva <eva@example.org>", "נשלח: יום שלישי 5 מאי 2026 09:00", "אל: Ina", "נושא: פגישה 3"),
    "hu": ("Feladó: Eva <eva@example.org>", "Elküldve: 2026. május 5. 9:00", "Címzett: Ina", "Tárgy: Beszélgetés 3"),
    "it": ("Da: Eva <eva@example.org>", "Inviato: martedì 5 maggio 2026 09:00", "A: Ina", "Oggetto: Colloquio 3"),
    "ja": ("差出人: Eva <eva@example.org>", "送信日時: 2026年5月5日 9:00", "宛先: Ina", "件名: 面談 3"),
    "ko": ("보낸 사람: Eva <eva@example.org>", "보낸 날짜: 2026년 5월 5일 9:00", "받는 사람: Ina", "제목: 면담 3"),
    "nb": ("Fra: Eva <eva@example.org>", "Sendt: tirsdag 5. mai 2026 09:00", "Til: Ina", "Emne: Samtale 3"),
    "nl": ("Van: Eva <eva@example.org>", "Verzonden: dinsdag 5 mei 2026 09:00", "Aan: Ina", "Onderwerp: Gesprek 3"),
    "pl": ("Od: Eva <eva@example.org>", "Wysłano: wtorek, 5 maja 2026 09:00", "Do: Ina", "Temat: Rozmowa 3"),
    "pt": ("De: Eva <eva@example.org>", "Enviada em: terça-feira, 5 de maio de 2026 09:00", "Para: Ina", "Assunto: 3"),
    "ro": ("De la: Eva <eva@example.org>", "Trimis: marți, 5 mai 2026 09:00", "Către: Ina", "Subiect: Discuția 3"),
    "ru": ("От: Eva <eva@example.org>", "Отправлено: 5 мая 2026 г. 9:00", "Кому: Ina", "Тема: Разговор 3"),
    "sk": ("Od: Eva <eva@example.org>", "Odoslané: utorok 5. mája 2026 9:00", "Komu: Ina", "Predmet: Stretnutie 3"),
    "sv": ("Från: Eva <eva@example.org>", "Skickat: den 5 maj 2026 09:00", "Till: Ina", "Ämne: Samtal 3"),
    "tr": ("Kimden: Eva <eva@example.org>", "Gönderildi: 5 Mayıs 2026 Salı 09:00", "Kime: Ina", "Konu: Görüşme 3"),
    "uk": ("Від: Eva <eva@example.org>", "Надіслано: 5 травня 2026 р. 9:00", "Кому: Ina", "Тема: Розмова 3"),
    "zh": ("发件人: Eva <eva@example.org>", "发送时间: 2026年5月5日 9:00", "收件人: Ina", "主题: 谈话 3"),
}
ATTRIBUTIONS = {
    "ca": ("El dia 5 maig 2026 a les 9:00, Eva <eva@example.org> va escriure:",),
    "cs": ("út 5. 5. 2026 v 9:00 odesílatel Eva <eva@example.org>", "napsal:"),
    "da": ("Den tir. 5. maj 2026 kl. 09.00 skrev Eva <", "eva@example.org>:"),
    "de": ("Am Di., 5. Mai 2026 um 09:00 Uhr schrieb Eva <eva@example.org>:",),
    "en": ("On Tue, 5 May 2026 at 09:00, Eva", "<eva@example.org>", "wrote:"),
    "fi": ("ti 5. toukokuuta 2026 klo 9.00 Eva", "<eva@example.org> kirjoitti:"),
    "fr": ("Le mar. 5 mai 2026 à 09:00, Eva <eva@example.org> a écrit :",),
    "hu": ("Eva <eva@example.org> ezt írta (időpont: 2026. máj. 5., K, 9:00):",),
    "no date": ("Eva <eva@example.org> schrieb:",),
    "no verb": ('9:00 AM, May 5, 2026, "Eva" <eva@example.org>:',),
    "neither": ("2026/5/5 Eva Lind <eva@example.org>",),
    "pl": ("W dniu 5 maja 2026 09:00 użytkownik Eva <eva@example.org>", "napisał:"),
    "ru": ("вт, 5 мая 2026 г. в 9:00, Eva <eva@example.org>:",),
    "sv": ("Den tis 5 maj 2026 kl 09:00 skrev Eva <eva@example.org>:",),
    "tr": ("Eva <eva@example.org>, 5 May 2026 Sal, 09:00 tarihinde şunu yazdı:",),
    "zh": ("Eva <eva@example.org> 于2026年5月5日周二 09:00写道：",),
    "framed": ("---- On Tue, 05 May 2026 09:00:00 +0200 Eva wrote ----",),
    "framed name": ("---- Eva Lind wrote ----",),
}
OWN = ("Six people came.", "", "And thank you!")
WRITTEN = "\n".join(OWN)


@pytest.mark.parametrize("language", BLOCKS)
def test_a_block_of_headers_of_another_language_ends_the_reply(language: str) -> None:
    words = own_words(plain(*OWN, "", *BLOCKS[language], "", "How many people came?"))
    assert words.text == WRITTEN
    assert Why.HEADER in {removed.why for removed in words.removed}


@pytest.mark.parametrize("language", ATTRIBUTIONS)
def test_an_attribution_is_known_over_marks_and_without_them(language: str) -> None:
    marked = own_words((*plain(*OWN, "", *ATTRIBUTIONS[language]), *plain("How many people came?", depth=1)))
    bare = own_words(plain(*OWN, "", *ATTRIBUTIONS[language], "", "How many people came?"))
    assert (marked.text, bare.text) == (WRITTEN, WRITTEN)


def test_a_name_and_its_verb_right_over_a_quote_is_an_attribution() -> None:
    words = own_words((*plain(*OWN, "", "Eva Lind wrote:"), *plain("How many people came?", depth=1)))
    assert words.text == WRITTEN


@pytest.mark.parametrize(
    "line",
    [
        "On 3 March I finally read what Mary wrote",
        "In 2025 she wrote three posts, in 2026 two",
        "From 2 to 6 since May",
        "To: be honest, not much",
        "My plan for 2026: two talks",
        "Sent from my desk, where it is quiet, at last.",
        "---- My wins ----",
        "Lähetetty eilen, kaksi kirjettä",
    ],
)
def test_a_line_that_only_looks_like_a_programs_own_stays(line: str) -> None:
    words = own_words(plain("Hello,", line, "and so on."))
    assert line.strip("- ") in words.text
    assert words.text.endswith("and so on.")


def test_an_address_that_was_wrapped_before_its_bracket_is_no_quote() -> None:
    head = plain(*OWN, "", "tir. 5. mai 2026 kl. 09:00 skrev Eva <eva@example.org")
    words = own_words((*head, *plain(":", depth=1), *plain("How many people came?", depth=1)))
    assert words.text == WRITTEN


def test_words_in_the_line_of_an_attribution_are_kept() -> None:
    words = own_words(plain("Six came On Tue, 5 May 2026 at 09:00, eva@example.org wrote:", "", "How many came?"))
    assert words.text == "Six came"


def test_the_end_of_a_quoted_line_that_a_program_broke_is_no_answer() -> None:
    long, rest = "How many people came to the evening that you and the others had planned", "for the second week of May"
    words = own_words(
        (*plain("Six.", ""), *plain(long, depth=1), *plain(rest), *plain("and how many of them stayed?", depth=1))
    )
    assert words.everything == "Six."


def test_what_a_mailing_list_puts_under_a_mail_is_no_part_of_it() -> None:
    words = own_words(plain(*OWN, "", "_" * 47, "climbers mailing list", "https://lists.example.org/climbers"))
    assert words.text == WRITTEN


@pytest.mark.parametrize("line", ["Begin forwarded message:", "-------- Oprindelig besked --------"])
def test_what_stands_under_a_line_that_announces_another_mail_is_that_mail(line: str) -> None:
    assert own_words(plain(*OWN, "", line, "", "How many people came?")).text == WRITTEN
