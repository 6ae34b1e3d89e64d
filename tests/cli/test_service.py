"""`okrmate service`, with a `systemctl` that notes what it is told."""

import json
from pathlib import Path

import pytest

from okrmate.domain.errors import ExitCode
from tests.cli.running import Okrmate


class Systemctl:
    """A program of that name, found first; `fails` makes it refuse everything."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._told = folder / "told"
        self._program = folder / "bin" / "systemctl"
        self._program.parent.mkdir()
        self._says("echo active")
        monkeypatch.setenv("PATH", f"{self._program.parent}:/usr/bin:/bin")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        self.file = folder / "config" / "systemd" / "user" / "okrmate.service"

    @property
    def told(self) -> list[str]:
        return self._told.read_text().splitlines() if self._told.exists() else []

    def fails(self) -> None:
        self._says("echo 'Failed to connect to bus' >&2; exit 1")

    def vanishes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(self._program.parent / "nowhere"))

    def _says(self, answer: str) -> None:
        self._program.write_text(f'#!/bin/sh\necho "$@" >> "{self._told}"\n{answer}\n')
        self._program.chmod(0o755)


@pytest.fixture
def systemctl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Systemctl:
    return Systemctl(tmp_path, monkeypatch)


def test_the_service_is_installed_and_begun(okrmate: Okrmate, systemctl: Systemctl) -> None:
    told = okrmate("service", "install")

    assert told.code == ExitCode.DONE
    assert f"Installed: {systemctl.file}" in " ".join(told.out.split())
    assert systemctl.told == [
        "--user daemon-reload",
        "--user enable okrmate.service",
        "--user restart okrmate.service",
    ]


def test_it_runs_the_loop_of_this_home(okrmate: Okrmate, systemctl: Systemctl) -> None:
    okrmate("service", "install")
    lines = systemctl.file.read_text().splitlines()

    assert f"WorkingDirectory={okrmate.home}" in lines
    assert any(line.startswith("ExecStart=") and line.endswith(f'"--home" "{okrmate.home}" "run"') for line in lines)


def test_it_is_not_begun_again_after_what_only_a_person_can_mend(okrmate: Okrmate, systemctl: Systemctl) -> None:
    okrmate("service", "install")
    lines = systemctl.file.read_text().splitlines()

    assert "Restart=on-failure" in lines
    assert "RestartPreventExitStatus=2 3 6" in lines


def test_it_is_not_installed_for_a_home_without_a_configuration(nowhere: Okrmate, systemctl: Systemctl) -> None:
    assert nowhere("service", "install").code == ExitCode.CONFIGURATION
    assert (systemctl.told, systemctl.file.exists()) == ([], False)


def test_a_home_that_is_served_is_not_put_out_by_another(okrmate: Okrmate, systemctl: Systemctl) -> None:
    systemctl.file.parent.mkdir(parents=True)
    systemctl.file.write_text("WorkingDirectory=/home/ada/100%% mine\n")

    told = okrmate("service", "install")

    assert told.code == ExitCode.USAGE
    assert "/home/ada/100% mine; `okrmate service remove`" in " ".join(told.err.split())


def test_how_it_is_can_be_asked(okrmate: Okrmate, systemctl: Systemctl) -> None:
    before = okrmate("service", "status")
    okrmate("service", "install")
    after = okrmate("service", "status", "--json")

    assert (before.code, before.out) == (ExitCode.FOUND, "The service is not installed.\n")
    assert after.code == ExitCode.DONE
    assert json.loads(after.out) == {"installed": True, "home": str(okrmate.home), "state": "active"}
    assert systemctl.told[-1] == "--user is-active okrmate.service"


def test_it_can_be_removed_and_that_twice(okrmate: Okrmate, systemctl: Systemctl) -> None:
    okrmate("service", "install")

    assert okrmate("service", "remove").code == ExitCode.DONE
    assert not systemctl.file.exists()
    assert systemctl.told[-2:] == ["--user disable --now okrmate.service", "--user daemon-reload"]
    assert okrmate("service", "remove").out == "The service is not installed.\n"


def test_what_systemd_says_against_it_is_told(okrmate: Okrmate, systemctl: Systemctl) -> None:
    systemctl.fails()

    told = okrmate("service", "install")

    assert told.code == ExitCode.USAGE
    assert "`systemctl --user daemon-reload`: Failed to connect to bus" in " ".join(told.err.split())


def test_a_machine_without_systemd_is_told_of(
    okrmate: Okrmate, systemctl: Systemctl, monkeypatch: pytest.MonkeyPatch
) -> None:
    systemctl.vanishes(monkeypatch)

    told = okrmate("service", "install")

    assert told.code == ExitCode.USAGE
    assert "systemd cannot be asked on this machine" in " ".join(told.err.split())
