"""Things to be read whole: a mail as it came, with its head and its quotes, and a letter."""

from collections.abc import Iterator

from okrmate.domain.letters import Incoming, Outgoing
from okrmate.services.incoming.read_again import opened_again
from okrmate.services.mailroom import MailRoom
from okrmate.tui.ink import Frame, Ink, Line, Span
from okrmate.tui.pages import Entry, Pane, still
from okrmate.tui.views.letter import HEAD, KINDS, letter_entries
from okrmate.tui.wrapping import folded_text

LONGEST = 20_000
"""Characters of one line that are shown; nobody reads further, and the mail itself is kept."""
MOST_LINES = 20_000
SHOWN = ("from", "to", "cc", "date", "subject", "message-id", "authentication-results")
"""The headers that are worth a look."""


def whole_mail(room: MailRoom, mail: Incoming, frame: Frame) -> tuple[Pane, ...]:
    """Head and text of a mail, every line of it, wrapped for this frame; or the sentence that says why not."""
    lines = [line for said in _mail(room, mail) for line in _wrapped(*said, frame)]
    title = mail.subject or "(no subject)"
    return (Pane(name="whole", title=title, note=f"kept as {mail.raw}", entries=_one_each(lines)),)


def _mail(room: MailRoom, mail: Incoming) -> Iterator[tuple[str, str, Ink]]:
    """Each line as label, words and ink."""
    found = opened_again(room, room.store, mail)
    if isinstance(found, str):
        yield "", found, Ink.MUTED
        return
    for name in SHOWN:
        for value in found.headers.get(name, ()):
            yield name.title(), value, Ink.MUTED
    for attached in found.attachments:
        yield "Attached", str(attached.name), Ink.MUTED
    yield "", "", Ink.TEXT
    for line in found.lines[:MOST_LINES]:
        yield "", f"{'> ' * line.depth}{line.text}", Ink.FAINT if line.depth else Ink.TEXT
    if len(found.lines) > MOST_LINES:
        yield "", f"… and {len(found.lines) - MOST_LINES} more lines.", Ink.MUTED


def _wrapped(label: str, words: str, ink: Ink, frame: Frame) -> Iterator[Line]:
    cut = words if len(words) <= LONGEST else f"{words[:LONGEST]}… ({len(words) - LONGEST} more characters)"
    room = frame.width - 2 - (2 * HEAD if label else 0)
    for number, line in enumerate(folded_text(cut, room, ink)):
        yield (Span(("" if number else label).ljust(2 * HEAD), Ink.FAINT), *line) if label else line


def whole_letter(letter: Outgoing) -> tuple[Pane, ...]:
    """A letter as its reader sees it."""
    return (
        Pane(name="whole", title=f"{KINDS[letter.kind].capitalize()} to {letter.name}", entries=letter_entries(letter)),
    )


def _one_each(lines: list[Line]) -> tuple[Entry, ...]:
    return tuple(Entry(draw=still(line)) for line in lines)
