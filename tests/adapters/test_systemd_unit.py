"""The unit that systemd reads: what is written there means what was meant, whatever signs are in it."""

from pathlib import Path

from okrmate.adapters.systemd_unit import UserUnit, unit


def lines(
    home: str = "/home/ada/okrmate", program: tuple[str, ...] = ("okrmate", "run"), path: str = "/bin"
) -> list[str]:
    return unit(Path(home), program, path).splitlines()


def test_signs_that_systemd_reads_in_its_own_way_are_kept_from_it() -> None:
    written = lines(home="/home/100% mine", program=("/a b", '"$HOME"', "100%", "back\\slash"), path="/a b:/50%")

    assert 'ExecStart="/a b" "\\"$$HOME\\"" "100%%" "back\\\\slash"' in written
    assert "WorkingDirectory=/home/100%% mine" in written
    assert 'Environment="PATH=/a b:/50%%"' in written


def test_it_tells_systemd_itself_that_it_is_ready_and_alive() -> None:
    assert {"Type=notify", "WatchdogSec=600"} <= set(lines())


def test_the_home_it_serves_is_read_back(tmp_path: Path) -> None:
    installed = UserUnit(file=tmp_path / "okrmate.service", environ={})
    before = installed.home()
    installed.file.write_text(unit(Path("/home/100% mine"), ("okrmate",), ""))

    assert (before, installed.home()) == ("", "/home/100% mine")


def test_it_lies_where_systemd_looks_for_it() -> None:
    assert str(UserUnit.of({"HOME": "/home/ada"}).file) == "/home/ada/.config/systemd/user/okrmate.service"
    assert str(UserUnit.of({"XDG_CONFIG_HOME": "/c"}).file) == "/c/systemd/user/okrmate.service"
