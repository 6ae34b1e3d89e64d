"""What the program imports is what it says it needs: other tests run where the tools of development are, too."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.house_map import ROOT, modules


def _imported() -> Iterator[str]:
    for path in modules(ROOT / "okrmate"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (name.name for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module or ""


def test_every_library_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [each for extra in project["optional-dependencies"].values() for each in extra]
    declared = {canonicalize_name(Requirement(each).name) for each in (*project["dependencies"], *optional)}
    foreign = {name.partition(".")[0] for name in _imported()} - sys.stdlib_module_names - {"okrmate"}
    providers = packages_distributions()

    assert foreign, "nothing was looked at"
    assert {name for name in foreign if not declared & set(map(canonicalize_name, providers.get(name, [])))} == set()
