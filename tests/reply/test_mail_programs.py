"""What mail programs of many languages put around a quote is told from what somebody wrote."""

import textwrap
import tomllib
from pathlib import Path

import pytest

from okrmate.reply.kept import Why
from okrmate.reply.own_words import own_words
from okrmate.reply.reading import quoted_lines
from tests.cases import of_every
from tests.reply.samples import FEEDBACK, letter_lines, plain

WORDS = tomllib.loads((Path(__file__).parent / "program_words.toml").read_text(encoding="utf-8"))
HEADERS: dict[str, list[str]] = WORDS["headers"]
ATTRIBUTIONS: dict[str, list[str]] = WORDS["attributions"]
ODD_ATTRIBUTIONS = {
    "no date": ("Eva <eva@example.org> schrieb:",),
    "no verb": ('9:00 AM, May 5, 2026, "Eva" <eva@example.org>:',),
    "neither": ("2026/5/5 Eva Lind <eva@example.org>",),
    "wrapped twice": ("On Tue, 5 May 2026 at 09:00, Eva", "<eva@example.org>", "wrote:"),
    "wrapped in its address": ("Den tir. 5. maj 2026 kl. 09.00 skrev Eva <", "eva@example.org>:"),
    "framed": ("---- On Tue, 05 May 2026 09:00:00 +0200 Eva wrote ----",),
    "in a rule of its own": (
        "------- Original Message -------",
        "On Tuesday, May 5th, 2026 at 9:00 AM, Eva Lind <eva@example.org> wrote:",
    ),
    "headers without colons": (
        "------ Original Message ------",
        'From "Eva Lind" <eva@example.org>',
        "To ina@example.net",
        "Date 05/05/2026 09:00:03",
        "Subject 3",
    ),
    "framed name": ("---- Eva Lind wrote ----",),
}
EVERY_ATTRIBUTION = {**ATTRIBUTIONS, **{name: list(lines) for name, lines in ODD_ATTRIBUTIONS.items()}}
OWN = ("Six people came.", "", "And thank you!")
WRITTEN = "\n".join(OWN)


ASKED = "How many people came?"


@of_every((language,) for language in HEADERS)
def test_a_block_of_headers_of_another_language_ends_the_reply(language: str) -> None:
    bare = own_words(plain(*OWN, "", *HEADERS[language], "", ASKED))
    ruled = own_words((*plain(*OWN, "", "_" * 32, *HEADERS[language], ""), *plain(ASKED, depth=1)))
    assert (bare.text, ruled.text) == (WRITTEN, WRITTEN)
    assert Why.HEADER in {removed.why for removed in bare.removed}


@of_every((program,) for program in EVERY_ATTRIBUTION)
def test_an_attribution_is_known_over_marks_and_without_them(program: str) -> None:
    said = EVERY_ATTRIBUTION[program]
    marked = own_words((*plain(*OWN, "", *said), *plain(ASKED, depth=1)))
    bare = own_words(plain(*OWN, "", *said, "", ASKED))
    assert (marked.text, bare.text) == (WRITTEN, WRITTEN)


@pytest.mark.parametrize("width", [76, 60])
def test_an_attribution_that_was_wrapped_is_known_as_a_paragraph_of_its_own(width: int) -> None:
    found = {
        program: own_words(plain(*OWN, "", *textwrap.wrap(" ".join(said), width), "", ASKED)).text
        for program, said in ATTRIBUTIONS.items()
    }
    assert {program: text for program, text in found.items() if text != WRITTEN} == {}


@of_every((program,) for program in (*HEADERS, *EVERY_ATTRIBUTION))
def test_words_above_and_below_our_letter_are_found_whatever_introduces_it(program: str) -> None:
    introduced = {**HEADERS, **EVERY_ATTRIBUTION}[program]
    letter = (*plain("", *introduced, ""), *plain(*letter_lines(FEEDBACK)))
    assert own_words((*plain(*OWN), *letter), FEEDBACK).everything == WRITTEN
    assert own_words((*letter, *plain("", *OWN)), FEEDBACK).everything == WRITTEN.replace("\n\n", "\n")


@of_every((line,) for line in WORDS["lines"]["announced"])
def test_what_stands_under_a_line_that_announces_another_mail_is_that_mail(line: str) -> None:
    assert own_words(plain(*OWN, "", line, "", ASKED)).text == WRITTEN


@of_every((line,) for line in WORDS["lines"]["devices"])
def test_what_a_telephone_or_program_says_of_itself_is_nobodys_words(line: str) -> None:
    assert own_words(plain(*OWN, "", line)).text == WRITTEN


def test_a_name_and_its_verb_right_over_a_quote_is_an_attribution() -> None:
    words = own_words((*plain(*OWN, "", "Eva Lind wrote:"), *plain("How many people came?", depth=1)))
    assert words.text == WRITTEN


@pytest.mark.parametrize(
    "line",
    [
        "Date 5/5: Eva <eva@example.org> and I met",
        "Mail: eva@example.org",
        "On 3 March I finally read what Mary wrote",
        "In 2025 she wrote three posts, in 2026 two",
        "From 2 to 6 since May",
        "To: be honest, not much",
        "My plan for 2026: two talks",
        "Sent from my desk, where it is quiet, at last.",
        "---- My wins ----",
        "Lähetetty eilen, kaksi kirjettä",
        *WORDS["lines"]["own"],
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


@pytest.mark.parametrize("notice", WORDS["notices"].values(), ids=WORDS["notices"])
def test_a_notice_of_lawyers_is_cut_under_words_and_nowhere_else(notice: str) -> None:
    wrapped = textwrap.wrap(notice, 72)
    quote = (*plain("", "On Tue, 5 May 2026 at 09:00, Eva <eva@example.org> wrote:"), *plain(ASKED, depth=1))
    under = [own_words((*plain(*OWN, *gap, *wrapped), *quote)).text for gap in ([""], ["", "_" * 40])]
    assert under == [WRITTEN, WRITTEN]
    assert own_words((*plain(*OWN, notice), *quote)).text == WRITTEN  # as in HTML, where no line is between
    assert own_words((*plain(notice), *quote)).text == notice
    assert own_words((*plain(notice, "", *OWN), *quote)).text == f"{notice}\n\n{WRITTEN}"


def test_a_notice_under_the_last_answer_is_no_part_of_it() -> None:
    lines = (*plain(*letter_lines(FEEDBACK), depth=1), *plain("", *OWN, "", WORDS["notices"]["en"]))
    assert own_words(lines, FEEDBACK).everything == WRITTEN.replace("\n\n", "\n")


@pytest.mark.parametrize(
    "said", ["Am 05.05.26 um 09:00 schrieb Eva Lind", '"Eva Lind" eva@example.org – 5 May 2026 9:00']
)
def test_who_and_when_right_over_a_quote_needs_no_colon(said: str) -> None:
    assert own_words((*plain(*OWN, "", said, ""), *plain(ASKED, depth=1))).text == WRITTEN


def test_answers_in_a_quote_are_found_under_a_title_and_an_attribution() -> None:
    said = ("------- Original Message -------", "On Tue, 5 May 2026 at 09:00, Eva <eva@example.org> wrote:")
    words = own_words((*plain(*said), *plain(ASKED, depth=1), *plain("Six."), *plain("And then?", depth=1)))
    assert words.everything == "Six."


def test_a_label_of_ones_own_above_a_block_of_headers_stays() -> None:
    block = plain("Fra: Eva Lind <eva@example.org>", "Sendt: 5. maj 2026 09:00", "Til: Ina", "Emne: 3", "", ASKED)
    assert own_words((*plain("À : bientôt", "Ina"), *block)).text == "À : bientôt\nIna"


def test_the_end_of_a_link_that_a_program_broke_in_a_quote_is_no_answer() -> None:
    quote = (*plain("Look here (https://example.org/talks?list=2026&of", depth=1), *plain("_spring=3)"))
    words = own_words((*plain("Six.", ""), *quote, *plain("and say how many", depth=1)))
    assert words.everything == "Six."


def test_the_warning_of_a_mail_gate_is_nobodys_words_but_what_people_say_of_mail_is_theirs() -> None:
    warnings = {
        "CAUTION: This email originated from outside of the organization. Do not click links\nor files.": True,
        "[EXTERNAL EMAIL]": True,
        "You don't often get email from eva@example.org. Learn why this is important": True,
        "[Sie erhalten nicht häufig E-Mails von eva@example.org. Weitere Informationen, warum dies wichtig ist]": True,
        "Attention : courriel externe": False,
        "ATTENZIONE: mittente esterno": True,
        "External email is blocked at work, so I answer from here.": False,
        "Do not click links in my last mail, I was hacked.": False,
    }
    for warning, taken in warnings.items():
        lines = (*warning.splitlines(), *OWN)
        assert own_words(plain(*lines)).text == (WRITTEN if taken else "\n".join(lines)), warning
        alone = own_words(plain(*warning.splitlines()))
        assert alone.text == warning


def test_a_quote_without_the_usual_marks_is_known_by_what_heads_it() -> None:
    wrote = "On 5 May 2026, Eva Lind <eva@example.org> wrote:"
    memo = ("Eva Lind <eva@example.org>", "05/05/2026 09:00", "", "To", "Ina Berg", "cc", "", "Subject", "3", "", ASKED)
    for quoted in (
        (wrote, "| Hello!", f"| {ASKED}"),
        (wrote, "EL> Hello!", f"EL> {ASKED}"),
        (f"{wrote} /", "Am 05.05.2026 um 09:00 schrieb Eva Lind:", f"> {ASKED}"),
        memo,
    ):
        assert own_words(quoted_lines("\n".join((*OWN, "", *quoted)))).text == WRITTEN
    below = own_words(quoted_lines("\n".join((wrote, "| Hello!", f"| {ASKED}", "", *OWN))))
    arrowed = own_words(
        quoted_lines("\n".join((*OWN, "", ">>> Eva Lind <eva@example.org> 05.05.2026 09:00 >>>", ASKED)))
    )
    assert (below.text, arrowed.text) == (WRITTEN, WRITTEN)
    bars = "On 5 May 2026 I wrote:\n| a | b |\n| 1 | 2 |"
    assert own_words(quoted_lines(bars)).text == bars
