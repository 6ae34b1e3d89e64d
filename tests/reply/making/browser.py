"""Chromium answers a letter: its own editing commands split the quote, as mail programs in a browser or WebKit do.

Apple Mail breaks a quote with the very command of the engine; Gmail ends the paragraph and moves it out of the quote;
Outlook on the web has no quote, so a new paragraph stands among ours.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from lxml import html

from okrmate.mail.layout import LineKind, lines
from tests.reply.filled_letters import FilledLetter
from tests.reply.reply_styles import BAR, SAID_HTML

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "apple-mail": ("InsertNewlineInQuotedContent",),
    "gmail": ("insertParagraph", "outdent"),
    "outlook-web": ("insertParagraph",),
}
AROUND: Mapping[str, str] = {
    "apple-mail": '<blockquote type="cite"><div>{said}</div><br class="Apple-interchange-newline"><div>{letter}</div>'
    "</blockquote>",
    "gmail": '<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{said}<br></div>'
    '<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">{letter}'
    "</blockquote></div>",
    "outlook-web": '<hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> Rosa '
    "Klein &lt;rosa@example.org&gt;<br><b>Sent:</b> Tuesday, May 5, 2026 9:00 AM<br><b>To:</b> Ines Roth<br>"
    "<b>Subject:</b> Talk 3<div>&nbsp;</div></div><div>{letter}</div>",
}
PAGE = """\
<!DOCTYPE html><meta charset="utf-8"><body>{drafts}<script>
const todo = {todo};
onload = () => {{
  for (const [draft, line, words, commands] of todo) {{
    const root = document.getElementById(draft);
    const at = [...root.querySelectorAll("p")].find((each) => each.textContent === line);
    root.focus();
    const caret = document.createRange();
    caret.selectNodeContents(at);
    caret.collapse(false);
    getSelection().removeAllRanges();
    getSelection().addRange(caret);
    for (const command of commands) document.execCommand(command);
    document.execCommand("insertText", false, words);
  }}
}};
</script>"""
HEAD = """\
From: Ines Roth <ines@example.net>
To: Rosa Klein <rosa@example.org>
Subject: Re: Talk 3
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

"""


def written_in_chromium(letters: Mapping[str, FilledLetter]) -> dict[str, Iterable[tuple[str, bytes]]]:
    """The replies of each program that is imitated, as the engine leaves them."""
    drafts: list[str] = []
    todo: list[tuple[str, str, str, tuple[str, ...]]] = []
    for program, commands in COMMANDS.items():
        for name, letter in letters.items():
            quote = AROUND[program].format(said=SAID_HTML, letter=_paragraphs(letter))
            drafts.append(f'<div id="{program}/{name}" contenteditable><div><br></div>{quote}</div>')
            todo += [(f"{program}/{name}", line, words, commands) for line, words in letter.words.items()]
    page = _edited(PAGE.format(drafts="\n".join(drafts), todo=json.dumps(todo)))
    found = {str(draft.get("id")): _inside(draft) for draft in page.iter("div") if draft.get("contenteditable") == ""}
    return {
        f"chromium-{program}": [(name, f"{HEAD}{found[f'{program}/{name}']}\n".encode()) for name in letters]
        for program in COMMANDS
    }


def _paragraphs(letter: FilledLetter) -> str:
    return "".join(
        f'<p style="{BAR if line.kind is LineKind.ANSWER else "margin:0"}">{escape(line.text)}</p>'
        for line in lines(letter.blocks)
    )


def _edited(page: str) -> html.HtmlElement:
    """The page after its script has run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", path.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return html.fromstring(done.stdout)


def _inside(node: html.HtmlElement) -> str:
    page = "\n".join(html.tostring(child, encoding="unicode") for child in node)
    return page.replace("<p ", "\n<p ")  # a line of a mail has 998 characters at most
