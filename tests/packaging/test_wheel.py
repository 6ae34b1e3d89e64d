"""From the checkout to a program on somebody's machine: source distribution, wheel, installation, demo."""

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.house_map import ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Archives:
    """What was built."""

    sdist: Path
    wheel: Path


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Archives:
    """The source distribution of the checkout, and the wheel built from it."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT), cwd=out)
    (sdist,), (wheel,) = out.glob("*.tar.gz"), out.glob("*.whl")
    return Archives(sdist=sdist, wheel=wheel)


@pytest.fixture(scope="module")
def program(archives: Archives, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`okrmate` installed from the wheel into an environment of its own, which borrows this one's libraries."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-compile")
    run(*pip, "--no-deps", "--no-index", str(archives.wheel), cwd=folder)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / "bin" / "okrmate"


def run(*command: str, cwd: Path) -> str:
    """Run a command to its good end, with a home directory of its own; give what it printed."""
    environ = {"PATH": os.environ["PATH"], "HOME": str(cwd), "LANG": "C.UTF-8"}
    told = subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, check=False, timeout=600)
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


def shipped() -> set[str]:
    """The checkout's templates and sample configuration, by their names there."""
    templates = {path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*.*")}
    return templates | {"config.toml"}


def test_templates_and_sample_configuration_are_in_the_source_distribution(archives: Archives) -> None:
    with tarfile.open(archives.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert shipped() | {"LICENSE", "README.md", "CHANGELOG.md", "okrmate/config.py"} <= names
    assert not [name for name in names if name.endswith(".png")]


def test_templates_and_sample_configuration_are_in_the_wheel(archives: Archives) -> None:
    with zipfile.ZipFile(archives.wheel) as archive:
        names = set(archive.namelist())

    assert {f"okrmate/_data/{name}" for name in shipped()} <= names
    assert not [name for name in names if name.startswith(("tests/", "templates/"))]


def test_every_module_and_data_file_of_the_program_is_in_the_wheel(archives: Archives) -> None:
    with zipfile.ZipFile(archives.wheel) as archive:
        names = set(archive.namelist())
    program = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "okrmate").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }

    assert program <= names


def test_the_installed_program_tells_the_whole_story_far_from_the_checkout(program: Path, tmp_path: Path) -> None:
    lines = run(str(program), "demo", "--script", "--json", cwd=tmp_path).splitlines()

    assert {"letter_sent", "reply_received", "key_result_moved", "acknowledged", "meeting_held"} | {
        "feedback_received",
        "feedback_exchanged",
    } <= {json.loads(line)["event"] for line in lines}
