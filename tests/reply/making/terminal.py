"""mutt and s-nail answer a letter: they quote it by themselves, and an editor writes under the lines of the quote."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from okrmate.mail.layout import text
from tests.reply.filled_letters import FilledLetter

EDITOR = """\
import json, pathlib, sys
words = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
draft = pathlib.Path(sys.argv[-1])
rows = []
for row in draft.read_text(encoding="utf-8").splitlines():
    rows.append(row)
    for mark in ("> ", "\\t"):
        if row.startswith(mark) and row.removeprefix(mark) in words:
            rows.append(words[row.removeprefix(mark)])
draft.write_text("\\n".join(rows) + "\\n", encoding="utf-8")
"""
LETTER = """\
From rosa@example.org Tue May  5 09:00:00 2026
From: Rosa Klein <rosa@example.org>
To: Ines Roth <ines@example.net>
Subject: Talk 3
Date: Tue, 5 May 2026 09:00:00 +0200
Message-ID: <k7m2.1@example.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

"""
MUTT = """\
set folder={room} editor="{editor}" sendmail={room}/send from="Ines Roth <ines@example.net>"
set fast_reply=yes include=yes copy=no record= abort_unmodified=no wait_key=no charset=utf-8 send_charset=utf-8
"""
NAIL = """\
set mta={room}/send EDITOR={room}/edit quote sendwait from="Ines Roth <ines@example.net>" sendcharsets=utf-8
set indentprefix="{mark}"
"""


def written_in_mutt(letter: FilledLetter) -> bytes:
    """The reply that mutt sends."""
    with tempfile.TemporaryDirectory() as folder:
        room = _furnished(Path(folder), letter)
        (room / "rc").write_text(MUTT.format(room=room, editor=room / "edit"), encoding="utf-8")
        keys = "push <reply><send-message><exit>y"
        mutt = f"mutt -n -F {room}/rc -f {room}/box -e '{keys}'"
        return _sent(room, ["script", "-qec", mutt, "/dev/null"])


def written_in_nail(letter: FilledLetter, mark: str) -> bytes:
    """The reply that s-nail sends; a tab is the mark it quotes with unless it is told another."""
    with tempfile.TemporaryDirectory() as folder:
        room = _furnished(Path(folder), letter)
        (room / "rc").write_text(NAIL.format(room=room, mark=mark), encoding="utf-8")
        return _sent(room, ["s-nail", "-n", "-#", "-f", str(room / "box")], "reply 1\n~e\n~.\nx\n", MAILRC=f"{room}/rc")


def _furnished(room: Path, letter: FilledLetter) -> Path:
    """A folder with the letter in a mailbox, an editor that writes the words, and a way out that keeps the mail."""
    (room / "box").write_text(LETTER + text(letter.blocks) + "\n", encoding="utf-8")
    (room / "words").write_text(json.dumps(dict(letter.words)), encoding="utf-8")
    (room / "editor.py").write_text(EDITOR, encoding="utf-8")
    for name, command in (
        ("edit", f'{sys.executable} {room}/editor.py {room}/words "$@"'),
        ("send", f"cat > {room}/sent"),
    ):
        (room / name).write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
        (room / name).chmod(0o700)
    return room


def _sent(room: Path, command: list[str], typed: str = "", **settings: str) -> bytes:
    environment = {**os.environ, "TERM": "xterm", "LC_ALL": "C.UTF-8", **settings}
    subprocess.run(command, input=typed, text=True, capture_output=True, env=environment, timeout=30, check=False)
    return (room / "sent").read_bytes()
