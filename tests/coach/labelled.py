"""Lines that people labelled with the findings they draw, and how well the coach agrees."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from okrmate.domain.coach import FindingName
from okrmate.reply.drafts import draft_okrs
from okrmate.services.coaching.judging import judge_draft

FILES = ("first_reader.toml", "second_reader.toml", "third_look.toml", "fourth_look.toml")
SEEN_IN_A_LINE = frozenset(
    {
        FindingName.OBJECTIVE_NUMBER,
        FindingName.OBJECTIVE_TASK,
        FindingName.OBJECTIVE_USUAL,
        FindingName.OBJECTIVE_DATE,
        FindingName.OBJECTIVE_FLAT,
        FindingName.KR_ACTIVITY,
        FindingName.KR_UNIT,
        FindingName.KR_BASELINE,
        FindingName.KR_NOBODY,
    }
)
"""The findings that the words of one line are enough for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One objective or key result and what a person finds in it."""

    text: str
    kind: str
    language: str
    expected: frozenset[FindingName]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How often a finding is right, missed and wrong."""

    right: int
    missed: int
    wrong: int

    @property
    def precision(self) -> float:
        """The part of what was found that is there; 1 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The part of what is there that was found; 1 where nothing is."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def lines_of(path: Path) -> tuple[Line, ...]:
    """The labelled lines of a file."""
    return tuple(
        Line(
            text=each["text"],
            kind=each["kind"],
            language=each["language"],
            expected=SEEN_IN_A_LINE.intersection(each["findings"]),
        )
        for each in tomllib.loads(path.read_text(encoding="utf-8"))["line"]
    )


def found_in(line: Line) -> frozenset[FindingName]:
    """What the coach finds in the words of the line."""
    mark = "O" if line.kind == "objective" else "KR"
    findings = judge_draft(draft_okrs(f"{mark}: {line.text}", line.language), line.language)
    return SEEN_IN_A_LINE.intersection(each.name for each in findings)


def measure(lines: Iterable[Line]) -> dict[FindingName, Figures]:
    """The figures of each finding over these lines."""
    right, missed, wrong = Counter[FindingName](), Counter[FindingName](), Counter[FindingName]()
    for line in lines:
        found = found_in(line)
        right.update(found & line.expected)
        missed.update(line.expected - found)
        wrong.update(found - line.expected)
    return {
        name: Figures(right=right[name], missed=missed[name], wrong=wrong[name])
        for name in FindingName
        if name in SEEN_IN_A_LINE
    }
