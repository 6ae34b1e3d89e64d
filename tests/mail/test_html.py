"""What is read of HTML, and at which depth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.mail.html import LINE_LIMIT, html_lines


def read(markup: str) -> list[tuple[int, str]]:
    lines = html_lines(markup)
    assert lines is not None
    return [(line.depth, line.text) for line in lines if line.text]


def test_blocks_breaks_rows_and_items_are_lines() -> None:
    markup = "<div>one<br>two</div><p>three</p><ul><li>four</ul><ol><li>five<li>six</ol><tr><td>a</td><td>b</td></tr>"
    assert [text for _, text in read(f"<body>{markup}</body>")][:6] == [
        "one",
        "two",
        "three",
        "- four",
        "1. five",
        "2. six",
    ]
    assert read("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>") == [(0, "a b"), (0, "c")]


def test_an_empty_line_somebody_made_stays() -> None:
    lines = html_lines("<div>one</div><div><br></div><div>two<br></div><div>three</div>")
    assert lines is not None
    assert [line.text for line in lines] == ["one", "", "two", "three"]


def test_each_blockquote_is_a_level() -> None:
    assert read("mine<blockquote>his<blockquote>hers</blockquote>his again</blockquote>mine again") == [
        (0, "mine"),
        (1, "his"),
        (2, "hers"),
        (1, "his again"),
        (0, "mine again"),
    ]


def test_an_answer_between_two_quotes_of_gmail_is_not_quoted() -> None:
    markup = (
        '<div class="gmail_quote"><div class="gmail_attr">Olivia wrote:<br></div>'
        '<blockquote class="gmail_quote">KR 1.1:</blockquote><div>four</div>'
        '<blockquote class="gmail_quote">KR 1.2:</blockquote></div>'
    )
    assert read(markup) == [(0, "Olivia wrote:"), (1, "KR 1.1:"), (0, "four"), (1, "KR 1.2:")]


def test_gmails_indentation_is_no_quote() -> None:
    assert read('<blockquote style="margin:0 0 0 40px;border:none;padding:0px">mine</blockquote>') == [(0, "mine")]


@pytest.mark.parametrize(
    "attributes", ['name="quote"', 'style="border:none;border-left:solid blue 1.5pt;padding:0 0 0 4pt"']
)
def test_what_other_programs_draw_as_a_quote_is_one(attributes: str) -> None:
    assert read(f"<p>mine</p><div {attributes}>theirs</div>") == [(0, "mine"), (1, "theirs")]


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="display:none">X</span>',
        '<span style="DISPLAY : none !important">X</span>',
        "<div hidden>X<p>X</p></div>",
        '<span style="font-size:0px;color:red">X</span>',
        '<span style="font-size: 0">X</span>',
        '<p style="mso-hide:all">X</p>',
        "<style>X</style><script>X</script><!-- X -->",
        "<title>X</title>",
        '<div style="visibility:collapse">X</div>',
        '<div style="opacity: 0; color:red">X</div>',
        '<div style="max-height:0px;overflow:hidden">X</div>',
        '<span style="font-size:1px">X</span>',
        '<div style="position:absolute;left:-9999px">X</div>',
        "<strike>X</strike><s>X</s><del>X</del>",
        '<span style="text-decoration: line-through">X</span>',
    ],
)
def test_what_no_reader_sees_is_never_read(hidden: str) -> None:
    assert read(f"<body>before {hidden} after</body>") in ([(0, "before after")], [(0, "before"), (0, "after")])


@pytest.mark.parametrize("style", ["font-size:0.8em", "font-size:10px", "opacity:0.9", "text-decoration:underline"])
def test_small_text_is_read(style: str) -> None:
    assert read(f'<span style="{style}">seen</span>') == [(0, "seen")]


def test_a_footnote_and_what_no_charset_has_never_make_one_number_of_two() -> None:
    assert read("<p>4<sup>1</sup> and CO<sub>2</sub></p>") == [(0, "4^1 and CO_2")]
    assert read(f"<p>1{chr(0)}4</p>") == [(0, "1\N{REPLACEMENT CHARACTER}4")]


def test_preformatted_lines_stay_lines_and_their_marks_are_quotes() -> None:
    assert read("<pre>mine\n&gt; hers</pre>") == [(0, "mine"), (1, "hers")]


def test_an_xml_declaration_with_an_encoding_is_no_trouble() -> None:
    assert read('<?xml version="1.0" encoding="iso-8859-1"?><html><body>Gr\u00fc\u00dfe</body></html>') == [
        (0, "Gr\u00fc\u00dfe")
    ]


def test_text_deeper_than_256_levels_is_read() -> None:
    assert read("<blockquote>" * 400 + "deep")[-1] == (400, "deep")


def test_a_mail_of_more_lines_than_are_read_is_not_walked_to_its_end() -> None:
    found = html_lines("line<br>" * 3 * LINE_LIMIT)
    assert found is not None
    assert LINE_LIMIT < len(found) < LINE_LIMIT + 10


def test_text_deeper_than_the_bound_is_not_read() -> None:
    assert html_lines("<div>" * 200_000 + "deep") is None


@given(st.text(alphabet="<>/=\"' abdivspnlockquote!-&;\x00\n", max_size=200))
def test_no_markup_makes_the_walk_raise(markup: str) -> None:
    lines = html_lines(markup)
    assert lines is None or all(line.depth >= 0 for line in lines)
