"""What is read of HTML, and at which depth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.mail.html import LINE_LIMIT, html_lines


def read(markup: str) -> list[tuple[int, str]]:
    shown = html_lines(markup)
    assert shown is not None
    return [(line.depth, line.text) for line in shown.lines if line.text]


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
    shown = html_lines("<div>one</div><div><br></div><div>two<br></div><div>three</div>")
    assert shown is not None
    assert [line.text for line in shown.lines] == ["one", "", "two", "three"]


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
        "<style>.st { text-decoration: line-through }</style><p class='big st'>X</p>",
        "<style>#z{display:none}</style><div id=z>X</div>",
        "<style><!-- @page a {size:1cm} p, div {display:none} --></style><div>X</div>",
        "<style>@media screen { p#z.big {display:none} }</style><p id=z class=big>X</p>",
        "<style>.x{display:none!important}</style><p class=x style='display:block'>X</p>",
        '<div style="width:0;overflow:hidden">X</div>',
        '<div style="height:1px; overflow:hidden">X</div>',
        '<div style="font-size:0.1em">X</div>',
        '<div style="opacity:0.01">X</div>',
        '<div style="clip:rect(0,0,0,0);position:absolute">X</div>',
        '<div style="clip-path:inset(100%)">X</div>',
        '<div style="transform:scale(0)">X</div>',
        '<div style="position:absolute;top:-99em">X</div>',
    ],
)
def test_what_no_reader_sees_is_never_read(hidden: str) -> None:
    assert read(f"<body>before {hidden} after</body>") in ([(0, "before after")], [(0, "before"), (0, "after")])


@pytest.mark.parametrize(
    "style",
    ["font-size:0.8em", "font-size:10px", "opacity:0.9", "text-decoration:underline", "height:0", "margin-left:-8px"],
)
def test_small_text_is_read(style: str) -> None:
    assert read(f'<span style="{style}">seen</span>') == [(0, "seen")]


@pytest.mark.parametrize(
    "sheet",
    [
        ".x:hover{display:none}",
        "@media only screen and (max-width:600px){.x{display:none!important}}",
        "@media print { .y{color:red} .x{display:none} }",
        ".xx, #x, p.x {display:none}",
        ".x{display:none} .x{display:block}",
        "#i{display:block} .x{display:none}",
        "/* .x{display:none} */",
        ".x{display:none",
    ],
)
def test_what_a_style_sheet_hides_elsewhere_or_at_other_times_is_read(sheet: str) -> None:
    shown = html_lines(f"<style>{sheet}</style><div class=x id=i>seen</div>")
    assert shown is not None
    assert [line.text for line in shown.lines] == ["seen"]
    assert not shown.faint


def test_letters_within_an_element_without_size_are_read_where_they_have_their_own() -> None:
    assert read('<div style="font-size:0"><p>X<span style="font-size:14px">seen</span></p></div>') == [(0, "seen")]


@pytest.mark.parametrize(
    "markup",
    [
        '<div style="color:white">X</div>',
        '<div style="color:#fffffe;background:#FFF">X</div>',
        '<font color="White">X</font>',
        '<div style="color:transparent">X</div>',
        '<div style="color:rgba(0, 0, 0, 0.01)">X</div>',
        '<table bgcolor="#000000"><tr><td><p style="color:black">X</p></table>',
        "<style>.w{color:rgb(255,255,255)}</style><p class=w>X</p>",
        "<style>p span.a{display:none}</style><p><span class=a>X</span></p>",
        "<style>" + "".join(f".c{number}{{color:red}}" for number in range(300)) + "</style><p>X</p>",
    ],
)
def test_what_is_perhaps_not_seen_is_read_and_said_to_be_so(markup: str) -> None:
    shown = html_lines(f"<body>{markup}</body>")
    assert shown is not None
    assert [line.text for line in shown.lines if line.text] == ["X"]
    assert shown.faint


@pytest.mark.parametrize(
    "markup",
    [
        '<div style="color:#fff;background:#000">seen</div>',
        '<body style="background-color:#111;color:#eee"><div>seen</div></body>',
        '<table bgcolor="navy"><tr><td><font color="#ffffff">seen</font></td></tr></table>',
        '<div style="background:url(dark.png)"><p style="color:white">seen</p></div>',
        '<p style="color:white"> <span style="color:red">seen</span></p>',
        "<style>body{background:#111;color:#eee}</style><body><p>seen</p></body>",
    ],
)
def test_light_letters_on_a_dark_ground_are_seen(markup: str) -> None:
    shown = html_lines(markup)
    assert shown is not None
    assert [line.text for line in shown.lines if line.text] == ["seen"]
    assert not shown.faint


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
    assert LINE_LIMIT < len(found.lines) < LINE_LIMIT + 10


def test_text_deeper_than_the_bound_is_not_read() -> None:
    assert html_lines("<div>" * 200_000 + "deep") is None


@given(st.text(alphabet="<>/=\"' abdivspnlockquote!-&;\x00\n", max_size=200))
def test_no_markup_makes_the_walk_raise(markup: str) -> None:
    shown = html_lines(markup)
    assert shown is None or all(line.depth >= 0 for line in shown.lines)
