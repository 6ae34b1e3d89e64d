"""Every promise of the product with the test that shows it: the table `requirements.toml`, held against the tests."""

import ast
import tomllib
from pathlib import Path

TESTS = Path(__file__).parent
SECTIONS = {
    "What must be true for its users",
    "Words",
    "The mentorship",
    "The five steps of an OKR set",
    "Key results",
    "The coach",
    "The question bank",
    "Meetings",
    "Feedback and advice",
    "Letters",
    "Screens",
}
WAITING = "waiting"


Rows = dict[str, str | list[str]]


def table() -> tuple[dict[str, Rows], Rows]:
    """The requirements of each section with the tests that show them; and what waits for one, by section."""
    found: dict[str, Rows] = tomllib.loads((TESTS / "requirements.toml").read_text(encoding="utf-8"))
    waiting = found.pop(WAITING)
    return found, waiting


def shown_by(requirement: str | list[str]) -> list[str]:
    return [requirement] if isinstance(requirement, str) else requirement


def said_in(module: str) -> set[str]:
    """What the tests of a module say."""
    file = TESTS / f"{module}.py"
    if not file.is_file():
        return set()
    found = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {
        each.name.removeprefix("test_") for each in found if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_every_section_has_its_requirements_and_none_is_without_a_test() -> None:
    sections, waiting = table()

    assert sections.keys() == SECTIONS >= waiting.keys()
    assert [name for rows in sections.values() for name, tests in rows.items() if not shown_by(tests)] == []


def test_each_test_that_is_named_exists() -> None:
    sections, _ = table()
    named = {test for rows in sections.values() for tests in rows.values() for test in shown_by(tests)}
    known = {module: said_in(module) for module in {test.partition("::")[0] for test in named}}
    missing = sorted(test for test in named if test.partition("::")[2] not in known[test.partition("::")[0]])

    assert missing == []
