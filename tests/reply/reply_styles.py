"""How mail programs send a letter back with words in it: the text or HTML of a reply, as each of them writes it."""

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from okrmate.domain.letters import Block, QuotedLine
from okrmate.mail.inbound import InboundMail, read_mail
from okrmate.mail.layout import LineKind, lines


class Place(StrEnum):
    """Where somebody writes an answer."""

    BEHIND = "behind"
    UNDER = "under"
    """On a line of its own, outside of the quote."""
    INSIDE = "inside"
    """On a line of its own that has the quote's mark, as where Enter goes on with the quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A line of our letter, and the words somebody wrote to it."""

    kind: LineKind
    text: str
    gap: bool
    words: str = ""


Body = Callable[[Sequence[Shown], Place], str]


def shown(blocks: Sequence[Block], words: Mapping[str, str]) -> tuple[Shown, ...]:
    """The letter line by line, with the words that belong to each line."""
    return tuple(
        Shown(kind=line.kind, text=line.text, gap=line.gap, words=words.get(line.text, "")) for line in lines(blocks)
    )


SAID = "On Tue, 5 May 2026 at 09:00, Rosa Klein <rosa@example.org> wrote:"
HEADER = ("From: Rosa Klein <rosa@example.org>", "Sent: Tuesday, 5 May 2026 09:00", "To: Ines Roth", "Subject: Talk 3")
WIDTH = 72


def _rows(letter: Iterable[Shown], place: Place, mark: str = "", width: int = 0) -> list[str]:
    """The letter's lines with a mark before each, broken at a width if one is given, and the words in their place."""
    rows: list[str] = []
    for line in letter:
        rows += [mark.rstrip()] if line.gap else []
        broken = textwrap.wrap(line.text, width, break_long_words=False) if width else [line.text]
        rows += [f"{mark}{each}" for each in broken]
        if line.words and place is Place.BEHIND:
            rows[-1] += f" {line.words}"
        elif line.words:
            rows.append(line.words if place is Place.UNDER else f"{mark}{line.words}")
    return rows


def _text(*rows: str) -> str:
    return "\n".join((*rows, ""))


def quoted_below(letter: Sequence[Shown], place: Place) -> str:
    return _text("", SAID, *_rows(letter, place, "> "))


def quoted_twice(letter: Sequence[Shown], place: Place) -> str:
    return _text(SAID, f"> {SAID}", *_rows(letter, place, ">> "))


def marks_without_blank(letter: Sequence[Shown], place: Place) -> str:
    return _text(SAID, *_rows(letter, place, ">"))


def without_attribution(letter: Sequence[Shown], place: Place) -> str:
    return _text(*_rows(letter, place, "> "))


def outlook_without_marks(letter: Sequence[Shown], place: Place) -> str:
    return _text("", "_" * 32, *HEADER, "", *_rows(letter, place))


def outlook_in_german(letter: Sequence[Shown], place: Place) -> str:
    header = ("Von: Rosa Klein <rosa@example.org>", "Gesendet: Dienstag, 5. Mai 2026 09:00")
    return _text("", "-----Ursprüngliche Nachricht-----", *header, "An: Ines", "Betreff: 3", "", *_rows(letter, place))


def outlook_with_marks(letter: Sequence[Shown], place: Place) -> str:
    return _text("-----Original Message-----", *HEADER, "", *_rows(letter, place, "> "))


def rewrapped(letter: Sequence[Shown], place: Place) -> str:
    return _text(SAID, *_rows(letter, place, "> ", WIDTH))


def rewrapped_narrow_without_marks(letter: Sequence[Shown], place: Place) -> str:
    return _text(*HEADER, "", *_rows(letter, place, width=40))


def blank_lines_between(letter: Sequence[Shown], place: Place) -> str:
    return _text(SAID, "", *(each for row in _rows(letter, place, "> ") for each in (row, ">")))


def blank_lines_around_words(letter: Sequence[Shown], place: Place) -> str:
    words = {line.words for line in letter if line.words and place is Place.UNDER}
    return _text(
        SAID, *(each for row in _rows(letter, place, "> ") for each in (("", row, "") if row in words else (row,)))
    )


def phone_with_signature(letter: Sequence[Shown], place: Place) -> str:
    return _text("", "Sent from my iPhone", "", "> On 5 May 2026, at 09:00, Rosa Klein", "> <rosa@example.org> wrote:",
                 ">", *_rows(letter, place, "> "))  # fmt: skip


def signature_at_the_end(letter: Sequence[Shown], place: Place) -> str:
    return _text(SAID, *_rows(letter, place, "> "), "", "-- ", "Ines Roth", "Violin and viola, room 1.1")


def attribution_in_french(letter: Sequence[Shown], place: Place) -> str:
    return _text("Le mar. 5 mai 2026 à 09:00, Rosa Klein <rosa@example.org> a écrit :", *_rows(letter, place, "> "))


def attribution_in_polish(letter: Sequence[Shown], place: Place) -> str:
    return _text("wt., 5 maj 2026 o 09:00 Rosa Klein <rosa@example.org> napisał(a):", "", *_rows(letter, place, "> "))


def attribution_in_japanese(letter: Sequence[Shown], place: Place) -> str:
    return _text("2026年5月5日(火) 9:00 Rosa Klein <rosa@example.org>:", "", *_rows(letter, place, "> "))


def forwarded_back(letter: Sequence[Shown], place: Place) -> str:
    header = ("From: Rosa Klein <rosa@example.org>", "Date: Tue, 5 May 2026 at 09:00", "Subject: Talk 3", "To: Ines")
    return _text("---------- Forwarded message ---------", *header, "", *_rows(letter, place))


def marker_deleted(letter: Sequence[Shown], place: Place) -> str:
    return quoted_below([line for line in letter if line.kind is not LineKind.MARKER], place)


def questions_deleted(letter: Sequence[Shown], place: Place) -> str:
    gone = {LineKind.QUESTION, LineKind.ASKED, LineKind.MARKER, LineKind.TEXT, LineKind.HEADING}
    return quoted_below([line for line in letter if line.words or line.kind not in gone], place)


def all_else_deleted(letter: Sequence[Shown], place: Place) -> str:
    return quoted_below([line for line in letter if line.words], place)


def all_else_and_marks_deleted(letter: Sequence[Shown], place: Place) -> str:
    return _text(*_rows([line for line in letter if line.words], place))


def order_changed(letter: Sequence[Shown], place: Place) -> str:
    middle = next((at for at, line in enumerate(letter) if line.gap and at >= len(letter) // 2), 0)
    return quoted_below([*letter[middle:], *letter[:middle]], place)


def bars_for_marks(letter: Sequence[Shown], place: Place) -> str:
    return _text(SAID, *_rows(letter, place, "| "))


def initials_for_marks(letter: Sequence[Shown], place: Place) -> str:
    return _text(SAID, *_rows(letter, place, "RK> "))


def copied_on_top(letter: Sequence[Shown], _: Place) -> str:
    copied = [f"{line.text} {line.words}" for line in letter if line.words]
    return _text(*copied, "", SAID, *(f"> {line.text}" for line in letter))


PLAIN: tuple[Body, ...] = (
    quoted_below,
    quoted_twice,
    marks_without_blank,
    without_attribution,
    outlook_without_marks,
    outlook_in_german,
    outlook_with_marks,
    rewrapped,
    rewrapped_narrow_without_marks,
    blank_lines_between,
    blank_lines_around_words,
    phone_with_signature,
    signature_at_the_end,
    attribution_in_french,
    attribution_in_polish,
    attribution_in_japanese,
    forwarded_back,
    marker_deleted,
    questions_deleted,
    all_else_deleted,
    all_else_and_marks_deleted,
    order_changed,
    bars_for_marks,
    initials_for_marks,
)

SAID_HTML = escape(SAID)
BAR = "margin:0;padding:0.25em 0.625em;border-left:3px solid #7f8fa6"
"""How our letter draws an answer line."""


def _paragraphs(letter: Iterable[Shown], place: Place, opened: str, closed: str, own: str = "<div>{}</div>") -> str:
    """Our paragraphs in a quote, which is closed and opened again around words that stand under a line."""
    page = [opened]
    for line in letter:
        behind = f" {escape(line.words)}" if line.words and place is Place.BEHIND else ""
        style = BAR if line.kind is LineKind.ANSWER else "margin:0"
        page.append(f'<p dir="auto" style="{style}">{escape(line.text)}{behind}</p>')
        if line.words and place is Place.UNDER:
            page.append(f"{closed}{own.format(escape(line.words))}{opened}")
        elif line.words and place is Place.INSIDE:
            page.append(f'<p dir="auto" style="{style}">{escape(line.words)}</p>')
    return "\n".join((*page, closed))


def gmail(letter: Sequence[Shown], place: Place) -> str:
    opened = '<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid"><div><u></u><div>'
    quote = _paragraphs(letter, place, opened, "</div></div></blockquote>")
    said = f'<div dir="ltr" class="gmail_attr">{SAID_HTML}<br></div>'
    return f'<div dir="ltr"><br></div><br><div class="gmail_quote gmail_quote_container">{said}{quote}</div>'


def apple_mail(letter: Sequence[Shown], place: Place) -> str:
    own = "<div><br></div>{}<br><div><br></div>"
    quote = _paragraphs(letter, place, '<blockquote type="cite"><div>', "</div></blockquote>", own)
    said = f'<div><br><blockquote type="cite"><div>{SAID_HTML}</div><br class="Apple-interchange-newline"></blockquote>'
    return (
        f'<html><body style="overflow-wrap:break-word;line-break:after-white-space">{said}{quote}</div></body></html>'
    )


def iphone(letter: Sequence[Shown], place: Place) -> str:
    quote = _paragraphs(letter, place, '<blockquote type="cite">', "</blockquote>", "<div>{}<br></div>")
    said = f'<div dir="ltr"><br><blockquote type="cite">{SAID_HTML}<br><br></blockquote></div>'
    return f'<body dir="auto"><div dir="ltr"></div><div dir="ltr">Von meinem iPhone gesendet</div>{said}{quote}</body>'


def outlook_on_the_web(letter: Sequence[Shown], place: Place) -> str:
    header = "<br>".join(escape(line) for line in HEADER).replace("From:", "<b>From:</b>")
    quote = _paragraphs(letter, place, "", "", '<div class="elementToProof">{}</div>')
    return (
        '<div class="elementToProof"><br></div><div id="appendonsend"></div><hr style="display:inline-block;width:98%">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">{header}</font><div>&nbsp;</div></div>'
        f"<div>{quote}</div>"
    )


def outlook_on_windows(letter: Sequence[Shown], place: Place) -> str:
    """Word draws a line beside paragraphs as a `div` around them."""
    page = []
    for line in letter:
        boxed = line.kind is LineKind.ANSWER
        behind = f" {escape(line.words)}" if line.words and place is Place.BEHIND else ""
        inside = f"<p class=MsoNormal>{escape(line.words)}<o:p></o:p></p>" if line.words and not behind else ""
        paragraph = f"<p class=MsoNormal dir=auto>{escape(line.text)}{behind}<o:p></o:p></p>"
        box = "<div style='border:none;border-left:solid #7F8FA6 2.25pt;padding:3.0pt 0cm'>{}</div>" if boxed else "{}"
        page.append(box.format(paragraph + inside) if place is Place.INSIDE else box.format(paragraph) + inside)
    header = "<br>".join(f"<b>{escape(line)}</b>" for line in HEADER)
    return (
        "<body lang=DE><div class=WordSection1><p class=MsoNormal><o:p>&nbsp;</o:p></p><div>"
        f"<div style='border:none;border-top:solid #E1E1E1 1pt'><p class=MsoNormal>{header}<o:p></o:p></p></div></div>"
        f"<p class=MsoNormal><o:p>&nbsp;</o:p></p><div>{''.join(page)}</div></div></body>"
    )


def thunderbird(letter: Sequence[Shown], place: Place) -> str:
    opened = '<blockquote type="cite" cite="mid:abc@example.org">'
    quote = _paragraphs(letter, place, opened, "</blockquote>", "{}<br>")
    said = "<div class=moz-cite-prefix>Am 05.05.26 um 09:00 schrieb Rosa Klein:<br></div>"
    return f"<body><p><br></p>{said}{quote}</body>"


def gmx(letter: Sequence[Shown], place: Place) -> str:
    header = (
        "<b>Gesendet:</b>&nbsp;Dienstag, 5. Mai 2026 um 09:00<br/><b>Von:</b>&nbsp;Rosa &lt;rosa@example.org&gt;<br/>"
    )
    box = '<div name="quote" style="margin:10px 5px 5px 10px;padding:10px 0;border-left:2px solid #C3D9E5">'
    quote = _paragraphs(
        letter, Place.INSIDE if place is Place.UNDER else place, '<div name="quoted-content">', "</div>"
    )
    return f"<div><div>&nbsp;</div>{box}<div>{header}<b>Betreff:</b>&nbsp;Talk 3</div>{quote}</div></div>"


def yahoo(letter: Sequence[Shown], place: Place) -> str:
    quote = _paragraphs(letter, place, "<div>", "</div>", '<div dir="ltr">{}</div>')
    said = "On Tuesday, May 5, 2026 at 09:00:00 AM GMT+2, Rosa Klein &lt;rosa@example.org&gt; wrote:"
    return (
        f'<div><br></div><div class="yahoo_quoted"><div><div>{said}</div><div><br></div><div>{quote}</div></div></div>'
    )


def samsung(letter: Sequence[Shown], place: Place) -> str:
    quote = _paragraphs(letter, place, "", "", '<div dir="auto">{}</div>')
    head = ("From: Rosa &lt;rosa@example.org&gt; ", "Date: 05/05/2026  09:00  (GMT+01:00) ", "To: Ines ", "Subject: 3 ")
    header = "".join(f"<div>{line}</div>" for line in ("-------- Original message --------", *head))
    device = '<div id="composer_signature" dir="auto"><div>Sent from my Galaxy</div></div>'
    return f'<div dir="auto"><br></div>{device}<div align="left" dir="auto">{header}<div><br></div></div>{quote}'


def proton(letter: Sequence[Shown], place: Place) -> str:
    opened = '<blockquote class="protonmail_quote" type="cite">'
    quote = _paragraphs(letter, place, opened, "</blockquote>", '<div style="font-family:Arial">{}</div>')
    said = "On Tuesday, May 5th, 2026 at 9:00 AM, Rosa Klein &lt;rosa@example.org&gt; wrote:"
    return f'<div><br></div><div class="protonmail_quote">{said}<br><br>{quote}</div>'


def one_paragraph(letter: Sequence[Shown], place: Place) -> str:
    """As programs write that keep our lines apart by `br` alone."""
    rows = "<br>".join(escape(row) for row in _rows(letter, place))
    return f"<div>{SAID_HTML}</div><blockquote><p>{rows}</p></blockquote>"


def text_in_html(letter: Sequence[Shown], place: Place) -> str:
    """As programs write that put the marks of the text into HTML."""
    return f"<pre>{escape(quoted_below(letter, place))}</pre>"


HTML: tuple[Body, ...] = (
    gmail,
    apple_mail,
    iphone,
    outlook_on_the_web,
    outlook_on_windows,
    thunderbird,
    gmx,
    yahoo,
    samsung,
    proton,
    one_paragraph,
    text_in_html,
)


HEAD = """\
From: Ines Roth <ines@example.net>
Subject: Re: Talk 3
Message-ID: <reply-3@example.net>
MIME-Version: 1.0
Content-Transfer-Encoding: 8bit
Content-Type: text/{}; charset=utf-8

"""


def arrived(body: str, subtype: str) -> tuple[QuotedLine, ...]:
    """The lines of a mail with this body, read as any mail that comes."""
    mail = read_mail((HEAD.format(subtype) + body).encode())
    assert isinstance(mail, InboundMail), mail
    return mail.lines
