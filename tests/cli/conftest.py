"""The program with homes at three stages: with nothing, with a configuration, and with Tom and his OKRs."""

from pathlib import Path

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


@pytest.fixture
def busy(okrmate: Okrmate) -> Okrmate:
    """The program with Tom, whose OKRs are running."""
    return okrmate.with_tom()
