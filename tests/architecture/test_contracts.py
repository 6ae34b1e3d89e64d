"""Who may import whom: the contracts in pyproject.toml, kept."""

import subprocess
import sys
import tomllib

from tests.architecture.house_map import ROOT

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"


def test_every_import_contract_is_kept() -> None:
    told = subprocess.run([sys.executable, "-c", LINT], cwd=ROOT, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stdout + told.stderr


def test_every_library_the_project_depends_on_has_a_door() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    imported_as = {
        "flufl.bounce": "flufl",
        "imap-tools": "imap_tools",
        "markdown-it-py": "markdown_it",
        "python-dateutil": "dateutil",
    }
    names = [requirement.split(">")[0].lower() for requirement in project["project"]["dependencies"]]
    (doors,) = (contract for contract in project["tool"]["importlinter"]["contracts"] if contract["id"] == "doors")

    # tzdata is data: zoneinfo finds it by itself where the system has none.
    assert {imported_as.get(name, name) for name in names} - {"tzdata"} <= set(doors["forbidden_modules"])


def test_every_inner_room_that_stands_is_held_to_be_pure() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (pure,) = (contract for contract in project["tool"]["importlinter"]["contracts"] if contract["id"] == "pure")
    rooms = [path.parent.name for path in (ROOT / "okrmate").glob("*/__init__.py")]
    standing = {f"okrmate.{room}" for room in rooms if room in {"domain", "reply", "mail", "services"}}

    assert standing <= set(pure["source_modules"]), "add the new room to the contract in pyproject.toml"
