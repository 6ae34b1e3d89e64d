"""What a reading by hand would do, in one line, while it is typed."""

from okrmate.domain.errors import Refusal
from okrmate.services.letters.key_result_lines import value_text
from okrmate.services.mentoring.readings import Expected
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Frame, Ink, Line, Span, wrapped
from okrmate.tui.views.scene import Scene


def understood(found: Expected | Refusal, scene: Scene, frame: Frame) -> tuple[Line, ...]:
    """`✓ 7 → 9   confidence 8   “Jo ran the last two”`, or why it cannot be taken."""
    if isinstance(found, Refusal):
        return _unclear(found.sentence, frame)
    spans = [sign(Glyph.DONE, frame), Span(" ")]
    metric = found.key_result.metric
    if found.after is not None:
        if found.before is not None:
            spans.append(Span(f"{value_text(metric, found.before, scene.words)} → ", Ink.MUTED))
        after = value_text(metric, found.after, scene.words)
        if found.approximate:
            after = scene.words.phrase("numbers", "approximate", value=after)
        spans.append(Span(f"{after}   ", bold=True))
    if found.confidence is not None:
        spans += [Span("confidence ", Ink.MUTED), Span(f"{found.confidence}   ", bold=True)]
    spans += [Span(f"“{words}”   ") for words in found.said]
    return (tuple(spans),)


def _unclear(sentence: str, frame: Frame) -> tuple[Line, ...]:
    """Why it cannot be taken, whole."""
    lines = wrapped(sentence, frame.width - 2, Ink.WARN)
    mark = (sign(Glyph.UNCLEAR, frame), Span(" "))
    return tuple((*((Span("  "),) if number else mark), *line) for number, line in enumerate(lines))
