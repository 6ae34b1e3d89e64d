"""The shape of modules, classes and functions: small, named for what they are, with nothing hidden in them."""

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.house_map import ROOT, first_sentence, modules

Function = ast.FunctionDef | ast.AsyncFunctionDef

MODULE_LINES = 400
FUNCTION_LINES = 40
CLASS_METHODS = 15
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "handler", "misc"}
START_UP = ("okrmate/__main__.py", "okrmate/cli/", "okrmate/bootstrap/")
SCREENS = "okrmate/tui/"


def sources(*rooms: str) -> Iterator[tuple[str, str]]:
    """Name and text of every module in these top-level folders."""
    for room in rooms or ("okrmate", "tests", "benchmarks"):
        for path in modules(ROOT / room):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def nodes(*rooms: str) -> Iterator[tuple[str, ast.AST]]:
    """Every part of every syntax tree, with the name of its module."""
    for name, text in sources(*rooms):
        for node in parts(text):
            yield name, node


@cache
def parts(text: str) -> Sequence[ast.AST]:
    """All of a syntax tree; several tests look at the same ones."""
    return tuple(ast.walk(ast.parse(text)))


@pytest.fixture(autouse=True, scope="module")
def trees_are_let_go() -> Iterator[None]:
    """They are 600,000 objects, which Python would go through for garbage while it runs all later tests."""
    yield
    parts.cache_clear()


def body_lines(function: Function) -> int:
    """The lines of a function's body, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_a_module_opens_with_a_sentence() -> None:
    assert not [name for name, _ in sources() if not first_sentence(ROOT / name)]


def test_a_room_says_what_it_is_and_holds_nothing_else() -> None:
    rooms = {name: ast.parse(text) for name, text in sources() if name.endswith("/__init__.py")}

    assert rooms
    assert not [name for name, room in rooms.items() if len(room.body) != 1]


def test_a_module_fits_in_the_head() -> None:
    lengths = {name: len(text.splitlines()) for name, text in sources()}

    assert not {name: length for name, length in lengths.items() if length > MODULE_LINES}


def test_a_function_fits_on_the_screen() -> None:
    lengths = {
        f"{name}:{node.lineno} {node.name}": body_lines(node) for name, node in nodes() if isinstance(node, Function)
    }

    assert not {name: length for name, length in lengths.items() if length > FUNCTION_LINES}


def test_a_class_has_few_methods() -> None:
    methods = {
        f"{name}:{node.lineno} {node.name}": sum(isinstance(part, Function) for part in node.body)
        for name, node in nodes("okrmate")
        if isinstance(node, ast.ClassDef) and not name.startswith(SCREENS)
    }

    assert not {name: count for name, count in methods.items() if count > CLASS_METHODS}


def test_imports_stand_at_the_top_but_where_start_up_time_counts() -> None:
    late: list[str] = []
    for name, text in sources():
        functions = [part for part in parts(text) if isinstance(part, Function) and not name.startswith(START_UP)]
        late += [
            f"{name}:{part.lineno}"
            for part in parts(text)
            if isinstance(part, ast.Import | ast.ImportFrom)
            and any(each.lineno <= part.lineno <= (each.end_lineno or 0) for each in functions)
        ]

    assert not late


def test_no_import_is_for_the_type_checker_only() -> None:
    hidden = [
        name
        for name, node in nodes()
        if (isinstance(node, ast.Name) and node.id == "TYPE_CHECKING")
        or (isinstance(node, ast.Attribute) and node.attr == "TYPE_CHECKING")
    ]

    assert not hidden


def test_a_module_is_named_for_what_it_holds() -> None:
    assert not [name for name, _ in sources() if VAGUE_NAMES & set(Path(name).with_suffix("").parts)]
