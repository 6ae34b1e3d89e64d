"""Prints how well the coach agrees with the labelled lines: `python -m tests.coach [FILE ...]`.

Precision and recall of each finding; `-v` prints the lines they disagree about too.
"""

import argparse
from pathlib import Path

from okrmate.domain.people import LANGUAGES
from tests.coach.labelled import FILES, Line, found_in, lines_of, measure


def main() -> None:
    """Print the figures of each file, of each language and of all together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[Path(__file__).with_name(name) for name in FILES])
    parser.add_argument("-v", "--verbose", action="store_true", help="print the lines they disagree about")
    asked = parser.parse_args()
    together: list[Line] = []
    for path in asked.files:
        lines = lines_of(path)
        report(path.name, lines)
        if asked.verbose:
            disagreements(lines)
        together += lines
    if len(asked.files) > 1:
        for language in LANGUAGES:
            report(f"all in {language}", [line for line in together if line.language == language])
        report("all", together)


def report(name: str, lines: list[Line] | tuple[Line, ...]) -> None:
    """One table: a finding a line."""
    print(f"{name}: {len(lines)} lines")
    for finding, figures in measure(lines).items():
        counts = f"right {figures.right:3}  missed {figures.missed:3}  wrong {figures.wrong:3}"
        print(f"  {finding:18} precision {figures.precision:.2f}  recall {figures.recall:.2f}  {counts}")


def disagreements(lines: tuple[Line, ...]) -> None:
    """Each line that the coach judges otherwise, with what it adds and what it leaves out."""
    for line in lines:
        found = found_in(line)
        if found != line.expected:
            added, left = sorted(found - line.expected), sorted(line.expected - found)
            print(f"  {line.text!r}: added {', '.join(added) or '-'}; left out {', '.join(left) or '-'}")


if __name__ == "__main__":
    main()
