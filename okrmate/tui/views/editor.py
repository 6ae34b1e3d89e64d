"""The editor of a set: what each typed line is taken for, and what stands in the way of one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from okrmate.domain.coach import FindingName, Level
from okrmate.domain.errors import Refusal
from okrmate.domain.metrics import Metric, MetricKind, MomGrowth, Threshold
from okrmate.frozen import Frozen, replace
from okrmate.mail.words import Words
from okrmate.reply.drafts import DraftLine, draft_line, draft_okrs
from okrmate.services.coaching.judging import judge_draft
from okrmate.services.coaching.texts import text_of
from okrmate.services.letters.key_result_lines import goal_text, value_text
from okrmate.services.mentoring.drafts import new_key_result, tactic_in
from okrmate.services.mentoring.okrs import NewKeyResult, try_metric
from okrmate.services.mentoring.rewriting import paired
from okrmate.services.mentoring.written import WrittenLine
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Column, Frame, Ink, Line, Span, column, row
from okrmate.tui.pages import Entry, Pane
from okrmate.tui.wrapping import folded_text

NUMBER = 4
PROSE = 76
AROUND = 200
"""So many lines above and below the cursor are shown with what they are taken for."""
CHANGED_ONLY = "it stays in this window; it is no part of what is saved"
EXAMPLE = (
    "O: What you want to be true, in a sentence\n"
    "KR: 6 invitations to speak (now 1)\n"
    "KR: Listeners who rate the talk 4 or 5, from 62 % to 80 %"
)
"""What an empty window shows, faint."""


class Taken(Frozen):
    """What one line is taken for; `number` counts from 1. `finding` says what stands in its way, in a few words."""

    number: int
    title: str
    detail: str = ""
    finding: str = ""
    why: str = ""
    """The finding in a sentence."""
    objective: bool = False
    prose: bool = False
    tactic: bool = False
    coached: str = ""
    """The public name of the coach's finding, where it is one."""
    pair: tuple[str, str] = ("", "")
    """A weak line and the same made strong, where the coach has one."""
    dropped: bool = False
    """Whether it stands for a line that there was and is no more."""

    @property
    def glyph(self) -> Glyph:
        """Done, unclear, in the way, or worth a look."""
        if self.dropped:
            return Glyph.LEFT_OUT
        if self.tactic:
            return Glyph.ADDED
        if self.coached:
            return Glyph.BEHIND
        if self.prose:
            return Glyph.LEFT_OUT
        return Glyph.UNCLEAR if self.finding else Glyph.DONE


class Understood(Frozen):
    """A whole text, line by line; empty lines are left out."""

    lines: tuple[Taken, ...] = ()

    @property
    def objectives(self) -> int:
        """How many there are."""
        return sum(line.objective for line in self.lines)

    @property
    def key_results(self) -> int:
        """How many there are."""
        kinds = ((line.objective, line.prose, line.tactic, line.dropped) for line in self.lines)
        return sum(not any(kind) for kind in kinds)

    @property
    def unread(self) -> tuple[Taken, ...]:
        """The lines that are neither."""
        return tuple(line for line in self.lines if line.prose)

    @property
    def findings(self) -> tuple[Taken, ...]:
        """The lines that something is to be said of."""
        return tuple(line for line in self.lines if line.finding)

    def nearest(self, number: int) -> int:
        """The line that is lit beside this one: itself, else the last one above that is not empty; 0 for none."""
        return max((line.number for line in self.lines if line.number <= number), default=0)

    def at(self, number: int) -> Taken | None:
        """What the line of this number is taken for; an empty one is none."""
        return next((line for line in self.lines if line.number == number), None)


@dataclass(slots=True, kw_only=True)
class Understanding:
    """Reads texts that differ by little: what a line is taken for is remembered by its words.

    `there` are the titles, in small letters, that the draft holds already.
    """

    words: Words
    there: frozenset[str] = frozenset()
    language: str = ""
    """That of the person's letters, where the coach is to look at each line; it does not where this is empty."""
    notes: bool = False
    """Whether it also says what is only worth a look: too much while somebody is writing a first draft."""
    left: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The coach's findings that were left as they are, by the line they are about."""
    known: dict[str, Taken] = field(default_factory=dict)

    def unknown(self, lines: Sequence[str]) -> list[str]:
        """The lines that were never read, each once."""
        return [raw for raw in dict.fromkeys(lines) if raw not in self.known]

    def learn(self, lines: Sequence[str]) -> None:
        """Read some lines; `read` is quick for what was learnt."""
        for raw in lines:
            self._line(raw)

    def read(self, lines: Sequence[str]) -> Understood:
        """The whole text."""
        return Understood(lines=tuple(self._lines(lines)))

    def _lines(self, lines: Sequence[str]) -> Iterator[Taken]:
        above = False
        for number, raw in enumerate(lines, start=1):
            if not raw.strip():
                continue
            taken = replace(self._line(raw), number=number)
            if taken.objective:
                above = True
            elif not taken.prose and not taken.tactic and not above:
                taken = _orphan(taken)
            yield taken

    def _line(self, raw: str) -> Taken:
        taken = self.known.get(raw)
        if taken is None:
            words = tactic_in(raw)
            tactic = Taken(number=0, title=words, detail="tactic", tactic=True)
            taken = tactic if words else self._coached(raw, self._taken(draft_line(raw)))
            self.known[raw] = taken
        return taken

    def _coached(self, raw: str, taken: Taken) -> Taken:
        """With what the coach would ask about the line by itself; what stands in its way goes first."""
        if not self.language or taken.finding or taken.prose:
            return taken
        found = [
            each
            for each in judge_draft(draft_okrs(raw), self.language, ends=True)
            if each.name is not FindingName.KRS_SINGLE and each.name not in self.left.get(raw.strip(), ())
        ]
        if not self.notes:
            found = [each for each in found if each.level is Level.WARNING]
        first = min(found, key=lambda each: each.level is not Level.WARNING, default=None)
        if first is None:
            return taken
        text = text_of(first.name)
        return replace(
            taken,
            finding=text.name[:1].lower() + text.name[1:],
            why=f"{text.why} {text.question}",
            coached=str(first.name),
            pair=(text.weak, text.strong),
        )

    def _taken(self, line: DraftLine) -> Taken:
        if line.objective is not None:
            return self._objective(line.objective)
        if line.key_result is not None:
            new = new_key_result(line.key_result)
            return _key_result(new, self.words)
        return Taken(
            number=0,
            title=line.text,
            prose=True,
            finding="not understood",
            why=f"It begins neither with “O:” nor with “KR:”: {CHANGED_ONLY}.",
        )

    def _objective(self, title: str) -> Taken:
        if title.casefold() in self.there:
            return Taken(
                number=0,
                title=title,
                objective=True,
                finding="in the draft already",
                why="An objective of these words is in the draft already; nothing is saved while it stands here.",
            )
        return Taken(number=0, title=title, objective=True)


def _orphan(taken: Taken) -> Taken:
    return replace(
        taken,
        finding="under no objective",
        why="A key result belongs under an objective: write an “O:” line above it.",
    )


def _key_result(new: NewKeyResult, words: Words) -> Taken:
    metric = try_metric(new)
    kind = str(new.kind).replace("_", " ")
    if isinstance(metric, Refusal):
        return Taken(number=0, title=new.title, detail=kind, finding="cannot be measured so", why=metric.sentence)
    return Taken(number=0, title=new.title, detail=f"{kind} · {_span(metric, words)}")


def _span(metric: Metric, words: Words) -> str:
    """From where to where."""
    goal = goal_text(metric, words)
    if metric.kind is MetricKind.MILESTONE:
        return f"{value_text(metric, metric.baseline, words)} → {goal}" if metric.baseline is not None else goal
    if isinstance(metric, MomGrowth):
        return goal
    if metric.baseline is None:
        return f"{'' if isinstance(metric, Threshold) else '? → '}{goal} · the first reading is where it begins"
    return f"{value_text(metric, metric.baseline, words)} → {goal}"


def understood_pane(view: Understood, number: int, frame: Frame) -> Pane:
    """One entry for each line around this one, with its number; nobody sees all of a long text at once."""
    near = [line for line in view.lines if abs(line.number - number) <= AROUND]
    entries = tuple(_entries(near, frame))
    return Pane(name="understood", title="Understood", note=_counts(view, frame), entries=entries)


def _counts(view: Understood, frame: Frame) -> str:
    unread = len(view.unread)
    if not frame.wide:
        more = f", {unread} not" if unread else ""
        return f"{view.objectives} O, {view.key_results} KR{more}"
    objectives = "1 objective" if view.objectives == 1 else f"{view.objectives} objectives"
    key_results = "1 KR" if view.key_results == 1 else f"{view.key_results} KRs"
    lines = "1 line not understood" if unread == 1 else f"{unread} lines not understood"
    return ", ".join((objectives, key_results, *((lines,) if unread else ())))


def _entries(lines: Sequence[Taken], frame: Frame) -> Iterator[Entry]:
    for line in lines:
        below = bool(line.finding) or (frame.wide and bool(line.detail))
        yield Entry(key=str(line.number), height=1 + below, draw=partial(_drawn, line, below=below))


def _drawn(line: Taken, frame: Frame, *, below: bool) -> tuple[Line, ...]:
    indent = "" if line.objective or line.prose else "  "
    ink = Ink.MUTED if line.prose else Ink.TEXT
    head = row(
        frame,
        column(f"{line.number} ", NUMBER + 1, Ink.FAINT, right=True),
        Column(line=(sign(line.glyph, frame), Span(" ")), width=2),
        Column(line=(Span(indent), Span(line.title, ink, bold=line.objective))),
    )
    if not below:
        return (head,)
    told = Span(f"{line.detail}  ", Ink.MUTED) if frame.wide and (line.coached or not line.finding) else Span("")
    return (head, (Span(" " * (NUMBER + 3)), Span(indent), told, Span(line.finding, Ink.WARN)))


def finding_pane(view: Understood, number: int, refused: str = "") -> Pane:
    """What is to say of the line the cursor is in; or why the text could not be saved."""
    if refused:
        return Pane(name="finding", title="Not saved", entries=tuple(_said(part) for part in refused.splitlines()))
    line = view.at(number)
    if line is None or not line.finding:
        following = next((each.number for each in view.findings), 0)
        note = f"F8 goes to line {following}" if following else ""
        title = f"Line {number}" if line else "Each line by itself"
        words = (line.detail or "an objective") if line else "“O:” begins an objective, “KR:” a key result under it."
        return Pane(name="finding", title=title, note=note, entries=(_said(words, Ink.MUTED),))
    said = [_said(line.why)]
    if all(line.pair):
        said += [_said(f"weak    {line.pair[0]}", Ink.MUTED), _said(f"strong  {line.pair[1]}")]
    return Pane(name="finding", title=f"Line {number}", note=line.finding, entries=tuple(said))


def beside_revision(view: Understood, before: Sequence[WrittenLine], lines: Sequence[str]) -> Understood:
    """With what each changed line was, which ones are new, and at the end those that are left out."""
    was = {line.ref: line.text for line in before if line.ref}
    now = paired(before, lines)
    numbers = [number for number, raw in enumerate(lines, start=1) if raw.strip()]
    told, above = {}, ""
    for number, line in zip(numbers, now, strict=True):
        above = (line.ref or "new") if line.kind == "objective" else above
        under = line.ref.partition(".")[0]
        if line.changed and line.kind != "prose":
            told[number] = f"was: {was[line.ref]}" if line.ref else "new"
        if line.kind == "key result" and line.ref and above and above != under:
            told[number] = f"{told.get(number, f'was KR {line.ref}')}; moves here with its numbers"
    kept = {line.ref for line in now}
    gone = [line for line in before if line.ref and line.ref not in kept]
    beside = [
        replace(line, detail="; ".join(filter(None, (told.get(line.number), line.detail)))) for line in view.lines
    ]
    last = len(lines)
    left_out = (
        Taken(number=last + order, title=line.text, detail="left out", prose=False, dropped=True)
        for order, line in enumerate(gone, start=1)
    )
    return Understood(lines=(*beside, *left_out))


def _said(words: str, ink: Ink = Ink.TEXT) -> Entry:
    return Entry(height=None, draw=lambda frame: folded_text(words, min(PROSE, frame.width - 1), ink))
