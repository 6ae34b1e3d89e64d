"""What is said of a key result beside its numbers: who would notice, its badges, its parts, and what to ask of it."""

from collections.abc import Iterator, Sequence

from okrmate.domain.badges import badges
from okrmate.domain.parts import last_step
from okrmate.services.letters.key_result_lines import value_text
from okrmate.services.mentoring.tactics import Tried
from okrmate.services.mentoring.tracking import Tracked
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Frame, Ink, Line, Span, length, wrapped
from okrmate.tui.pages import Entry, Pane
from okrmate.tui.views.scene import Scene
from okrmate.tui.views.tactics import QUESTION


def about_pane(tracked: Tracked, tactics: Sequence[Tried], scene: Scene) -> Pane:
    """A pane of its own, where there is no room for it in the head."""
    return Pane(name="about", title="About it", entries=(about_entry(tracked, tactics, scene),))


def about_entry(tracked: Tracked, tactics: Sequence[Tried], scene: Scene) -> Entry:
    """As many lines as there are things to say."""
    return Entry(height=None, draw=lambda frame: tuple(_lines(tracked, tactics, scene, frame)))


def _lines(tracked: Tracked, tactics: Sequence[Tried], scene: Scene, frame: Frame) -> Iterator[Line]:
    key_result = tracked.key_result
    notice = ": ".join(filter(None, (key_result.customer, key_result.behaviour)))
    yield from wrapped(notice, frame.width - 1, Ink.MUTED)
    yield from _badges(tracked, frame)
    yield from wrapped(_parts(tracked, scene), frame.width - 1, Ink.MUTED)
    if key_result.health:
        yield (Span("only watched: it moves no score", Ink.MUTED),)
    chance = [each.tactic.title for each in tactics if each.had_its_chance]
    if chance:
        lines = wrapped(f"“{chance[-1]}” moved nothing. {QUESTION}", frame.width - 3, Ink.WARN)
        for number, line in enumerate(lines):
            yield (Span("  ") if number else sign(Glyph.STUCK, frame), Span("" if number else " "), *line)


def _badges(tracked: Tracked, frame: Frame) -> Iterator[Line]:
    """Both in one line where there is room."""
    found = badges(tracked.key_result, tracked.summary.first)
    serves = tracked.key_result.serves
    measurable = f" measurable{f': {found.lacks}' if found.lacks else ''}"
    trackable = f" trackable, serves “{serves}”" if serves else " trackable: serves nothing yet"
    parts = [
        (sign(Glyph.DONE if shines else Glyph.LEFT_OUT, frame), Span(words, Ink.MUTED))
        for shines, words in ((found.measurable, measurable), (found.trackable, trackable))
    ]
    together = (*parts[0], Span("   "), *parts[1])
    if length(together) < frame.width:
        yield together
    else:
        yield from parts


def _parts(tracked: Tracked, scene: Scene) -> str:
    """`LinkedIn 120, Twitter 40`, or `step 2 of 4: first draft`."""
    key_result = tracked.key_result
    if key_result.steps:
        last = last_step(key_result.steps, tracked.summary.value)
        number = key_result.steps.index(last) + 1 if last else 0
        return f"step {number} of {len(key_result.steps)}{f': {last}' if last else f', first: {key_result.steps[0]}'}"
    known = {part.source: value_text(tracked.metric, part.value, scene.words) for part in tracked.summary.parts}
    return ", ".join(f"{source} {known.get(source, '–')}" for source in key_result.sources)
