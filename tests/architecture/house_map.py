"""The map of the house, drawn from the docstrings of its modules; run as a program it renews the README's copy."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"

_OPENING, _CLOSING = "<!-- house map -->", "<!-- /house map -->"
_FENCED = re.compile(f"(?<={_OPENING}\n\n```text\n).*?(?=```\n\n{_CLOSING})", re.DOTALL)
_SENTENCE = re.compile(r"((?:`[^`]*`|.)+?)(?:[.?!](?=\s|$)|$)", re.DOTALL)


def modules(folder: Path) -> list[Path]:
    """Every Python file below `folder`, in order."""
    return sorted(folder.rglob("*.py"))


@cache
def first_sentence(module: Path) -> str:
    """What a module says of itself, on one line and without its full stop."""
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    found = _SENTENCE.match(docstring)
    return " ".join(found[1].split()) if found else ""


def drawn(root: Path = ROOT) -> str:
    """The map as the tree has it: the program module by module, the tests room by room."""
    lines = [*_room(root / "okrmate", 0), *_room(root / "tests", 0, modules_too=False)]
    width = max(len(name) for name, _ in lines) + 2
    return "".join(f"{name:<{width}}{sentence}\n" for name, sentence in lines)


def written(readme: str) -> str:
    """The map as the README has it."""
    found = _FENCED.search(readme)
    return found[0] if found else ""


def renewed(readme: str, house_map: str) -> str:
    """The README with another map in it."""
    return _FENCED.sub(lambda _: house_map, readme)


def _room(folder: Path, depth: int, *, modules_too: bool = True) -> list[tuple[str, str]]:
    """A room's own line, then its modules, then the rooms in it."""
    indent = "  " * depth
    lines = [(f"{indent}{folder.name}/", first_sentence(folder / "__init__.py"))]
    if modules_too:
        files = sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")
        lines += [(f"{indent}  {path.stem}", first_sentence(path)) for path in files]
    for inner in sorted(path.parent for path in folder.glob("*/__init__.py")):
        lines += _room(inner, depth + 1, modules_too=modules_too)
    return lines


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8"), drawn()), encoding="utf-8")
