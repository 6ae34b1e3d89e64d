"""The program with homes at three stages: with nothing, with a configuration, and with Tom and his OKRs."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.cli.running import Okrmate


@pytest.fixture
def nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Okrmate:
    """The program with a home that is not there."""
    monkeypatch.delenv("OKRMATE_HOME", raising=False)
    return Okrmate(home=tmp_path / "home", capsys=capsys, monkeypatch=monkeypatch)


@pytest.fixture
def okrmate(nowhere: Okrmate) -> Okrmate:
    """The program with a home in which nothing has happened."""
    return nowhere.with_config()


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the home with Tom is kept once it is made; to copy it costs a tenth of making it."""
    return tmp_path_factory.mktemp("kept") / "home"


@pytest.fixture
def busy(nowhere: Okrmate, kept: Path) -> Okrmate:
    """The program with Tom, whose OKRs are running."""
    if not kept.exists():
        copytree(nowhere.with_config().with_tom().home, kept)
    else:
        copytree(kept, nowhere.home)
    return nowhere
