"""Letters from templates: the reader's numbers and dates, hostile values, broken templates, text and HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.adapters.resources import Resources
from okrmate.domain.errors import ExitCode
from okrmate.domain.letters import Item, KeyResultLine, Paragraph
from okrmate.domain.people import Person
from okrmate.mail.layout import lines, text
from okrmate.mail.markup import clean
from okrmate.mail.rendering import Composed, Composer
from okrmate.mail.words import BrokenTemplateError, Words
from okrmate.services.letters.contexts import AcknowledgementContext, AgendaContext, write
from tests.mail.page import Page

SHIPPED = Resources(None)
TALK = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
HOSTILE = (
    "::answer x | y",
    "## h",
    "**b** _i_ `c` ~~s~~",
    "<script>alert(1)</script>",
    "{{ x }}{% for %}{# #}",
    "[a](javascript:alert(1)) ![p](http://x.example/p.png)",
    "one\n::own two\r\n\r\n## three\u2028four",
    "\x1b[31mred\x1b[0m",
    "\u202etxt.exe \u2066hidden\u2069",
    "&lt;b&gt; &amp; &#42;",
    "back\\",
    "1. list\n- list\n> quote\n---",
    "KR 1.1:",
    "http://x.example <a@b.example>",
)


@dataclass(frozen=True)
class Shelf:
    """Templates in memory, before the shipped ones, as a home's own come first."""

    own: Mapping[str, str]

    def template(self, name: str) -> str:
        return self.own[name] if name in self.own else SHIPPED.template(name)


def person(*, locale: str = "en-GB", zone: str = "Europe/Berlin", language: str = "en") -> Person:
    return Person(name="Aiko Brandt", address="aiko@example.net", zone=zone, locale=locale, language=language)


def words(locale: str = "en-GB", zone: str = "Europe/Berlin") -> Words:
    return Composer(SHIPPED).words(person(locale=locale, zone=zone))


def compose(source: str, **context: object) -> Composed:
    """A letter from a template of this one text."""
    composer = Composer(Shelf({"en/own.md.j2": source}))
    return composer.compose("own", context, composer.words(person()))


@pytest.mark.parametrize(
    ("value", "locale", "shown"),
    [
        ("1500", "en-GB", "1,500"),
        ("1500", "de-DE", "1.500"),
        ("1500", "de_CH", "1’500"),
        ("74.8", "en", "74.8"),
        ("74.80", "de", "74,8"),
        ("-3", "en", "-3"),
        ("0.125", "en", "0.125"),
        ("12345678901234567890.5", "en", "12,345,678,901,234,567,890.5"),
        ("1500", "zz-QQ", "1,500"),
        ("1500", "not a locale", "1,500"),
    ],
)
def test_numbers_are_written_as_the_readers_locale_does(value: str, locale: str, shown: str) -> None:
    assert words(locale).number(Decimal(value)) == shown


def test_money_and_per_cents_keep_their_sign_on_the_line() -> None:
    assert words().money(Decimal(1500), "EUR") == "1,500\u00a0€"
    assert words("de-DE").money(Decimal("1500.5"), "EUR") == "1.500,5\u00a0€"
    assert words().percent(Decimal(18)) == "18\u00a0%"


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("moment", "Thu 12 March, 15:00"),
        ("day", "Thu 12 March"),
        ("full_day", "Thursday 12 March"),
        ("date", "12 March"),
        ("short_date", "12 Mar"),
        ("weekday", "Thursday"),
        ("time", "15:00"),
    ],
)
def test_moments_are_shown_on_the_readers_clock(form: str, shown: str) -> None:
    assert words().when(TALK, form) == shown
    assert words(zone="Asia/Kolkata").when(TALK, "time") == "19:30"


def test_the_hour_that_comes_twice_when_clocks_are_set_back_is_two_moments() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=fold) for fold in (0, 1))

    assert first == second  # as Python compares moments of one zone
    assert [words(zone="UTC").when(moment, "time") for moment in (first, second)] == ["00:30", "01:30"]


def test_a_day_is_not_moved_by_a_zone() -> None:
    assert words(zone="Pacific/Kiritimati").when(date(2026, 3, 12), "day") == "Thu 12 March"


def test_the_subject_is_the_templates_first_line() -> None:
    composed = compose("{# a note #}\nSubject: Talk {{ n }}\n\nHello.\n", n=3)

    assert composed == Composed(subject="Talk 3", blocks=(Paragraph(text="Hello."),))


def test_a_long_name_does_not_make_a_long_subject() -> None:
    subject = compose(
        "Subject: Talk 3 with {{ who }}: the agenda\n\nHello.", who="Wolfeschlegelsteinhausen-Berger"
    ).subject

    assert len(subject) <= 45
    assert subject.endswith("…")


def test_a_name_with_a_line_break_adds_no_header() -> None:
    assert compose("Subject: Hi {{ who }}\n\nHello.", who="A\r\nBcc: x@y").subject == "Hi A Bcc: x@y"


def test_emphasis_and_links_of_a_template_are_plain_in_the_text() -> None:
    source = "A *fine* **day**, `code`, [here](https://x.example/a), <https://y.example> & more.\n"

    assert text(compose(source).blocks) == ("A fine day, code, here (https://x.example/a), https://y.example & more.\n")


@pytest.mark.parametrize("value", HOSTILE)
def test_what_people_wrote_is_shown_as_they_wrote_it_and_never_becomes_structure(value: str) -> None:
    macro = "{% macro m(v) %}{{ v }}{% endmacro %}"
    source = f"{macro}{{{{ v }}}}\n\n{{{{ m(v) }}}}\n\n::own {{{{ v }}}}\n::answer a | {{{{ v }}}}\n## {{{{ v }}}}\n"

    shown = [line.text for line in lines(compose(source, v=value).blocks)]

    assert shown == [clean(value), clean(value), clean(value), f"{clean(value)}:", clean(value)]


@given(st.text(min_size=1).filter(lambda value: bool(clean(value))))
def test_any_text_comes_through_as_it_is(value: str) -> None:
    (block,) = COMPOSER.compose("own", {"v": value}, WORDS).blocks

    assert block == Paragraph(text=f"<{clean(f'x{value}x')}>")


COMPOSER = Composer(Shelf({"en/own.md.j2": "\\<x{{ v }}x\\>\n"}))
WORDS = COMPOSER.words(person())


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_titles_and_points_stay_in_their_lines(value: str) -> None:
    """One letter with a hostile value in every place holds as many lines as the one with a tame value."""

    def letter(said: str) -> Composed:
        line = KeyResultLine(ref="1.1", key_result="kr", display=f"{said} (KR 1.1)")
        context = AgendaContext(
            name=said,
            other=said,
            own_line=said,
            number=1,
            begins=TALK,
            minutes=60,
            items=(Item(number=1, text=said, minutes=5),),
            krs=(line,),
        )
        return write(COMPOSER, context, WORDS)

    tame, hostile = letter("tame"), letter(value)

    assert [type(block) for block in hostile.blocks] == [type(block) for block in tame.blocks]
    assert len(text(hostile.blocks).splitlines()) == len(text(tame.blocks).splitlines())
    assert "\n" not in hostile.subject


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_words_in_an_acknowledgement_are_only_words(value: str) -> None:
    context = AcknowledgementContext(name="A", other="B", added=(value,), changed=("x", value), passed_on=(value,))
    blocks = write(COMPOSER, context, WORDS).blocks

    assert len(blocks) == 1
    page = Page(COMPOSER.html(blocks, "en"))
    assert page.paragraphs == [line.text for line in lines(blocks)]
    assert page.tags == {"html", "head", "meta", "body", "div", "p"}


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("fine\n{% if %}\n", r"en/own\.md\.j2 cannot be used: line 2"),
        ("fine\n\n{{ talkk }}\n", r"en/own\.md\.j2 cannot be used: line 3, 'talkk' is undefined"),
        ("{{ name.__class__.__mro__ }}", r"en/own\.md\.j2 cannot be used: line 1"),
        ("{{ name | day }}", r"en/own\.md\.j2 cannot be used: line 1"),
        ("{{ 1 // 0 }}", r"en/own\.md\.j2 cannot be used: line 1"),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", r"en/own\.md\.j2 cannot be used: line 1"),
        ("{% for i in range(10000000) %}{% endfor %}", r"en/own\.md\.j2 cannot be used: line 1"),
        ("::shout hello", r"en/own\.md\.j2 cannot be used: .*::shout"),
    ],
)
def test_a_broken_template_of_the_home_is_named_with_its_line(source: str, named: str) -> None:
    with pytest.raises(BrokenTemplateError, match=named) as caught:
        compose(source, name="A")

    assert caught.value.exit_code is ExitCode.CONFIGURATION


def test_a_fault_inside_an_included_template_is_named_there() -> None:
    composer = Composer(Shelf({"en/own.md.j2": "a\n{% include 'en/part.md.j2' %}", "en/part.md.j2": "\n\n{{ gone }}"}))

    with pytest.raises(BrokenTemplateError, match=r"en/part\.md\.j2 cannot be used: line 3"):
        composer.compose("own", {}, composer.words(person()))


@pytest.mark.parametrize("broken", ["not toml [", "[dates]\nday = 3\n", "[dates]\n"])
def test_broken_words_of_the_home_are_named(broken: str) -> None:
    composer = Composer(Shelf({"en/words.toml": broken}))

    with pytest.raises(BrokenTemplateError, match=re.escape("en/words.toml")):
        composer.words(person()).when(TALK, "day")


def test_a_template_changed_on_disk_counts_from_the_next_letter_on() -> None:
    shelf = {"en/own.md.j2": "before"}
    composer = Composer(Shelf(shelf))
    first = composer.compose("own", {}, composer.words(person()))
    shelf["en/own.md.j2"] = "after"

    assert first.blocks == (Paragraph(text="before"),)
    assert composer.compose("own", {}, composer.words(person())).blocks == (Paragraph(text="after"),)


@pytest.mark.parametrize(("lines_understood", "last"), [(20, "line 20"), (21, "and 2 more")])
def test_a_very_long_list_of_what_was_understood_ends_in_a_count(lines_understood: int, last: str) -> None:
    changed = tuple(f"line {number}" for number in range(1, lines_understood + 1))
    letter = write(Composer(SHIPPED), AcknowledgementContext(name="Tom", other="Vera", changed=changed), words())

    told = text(letter.blocks).splitlines()
    assert told[:2] == [f"{lines_understood} updated, as you wrote.", "line 1"]
    assert told[20] == last


def test_somebody_of_an_unwritten_language_is_written_to_in_the_first() -> None:
    assert Composer(SHIPPED).words(person(language="eo", locale="eo")).language == "en"


def test_html_says_its_language_and_escapes_everything() -> None:
    page = Composer(SHIPPED).html((Paragraph(text='<b title="x">&'),), "en")

    assert '<html lang="en">' in page
    assert "&lt;b title=&#34;x&#34;&gt;&amp;" in page
