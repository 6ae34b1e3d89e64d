"""What setting up a home needs of the machine: where it is, who else reads, a file put in place, and patience."""

import stat
import threading
from pathlib import Path

import pytest

from okrmate.adapters.config_file import put_aside, write_config
from okrmate.adapters.locality import guessed_locale, guessed_zone
from okrmate.adapters.patience import Begun
from okrmate.adapters.privacy import readable_by_others, writable_by_others
from okrmate.domain.errors import MailServerError, StoreError


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("target", ["/usr/share/zoneinfo/Europe/Berlin", "/var/db/timezone/zoneinfo/Europe/Berlin"])
def test_the_zone_is_where_the_systems_clock_file_leads(tmp_path: Path, target: str) -> None:
    (tmp_path / "localtime").symlink_to(target)

    assert guessed_zone({}, tmp_path / "localtime") == "Europe/Berlin"


@pytest.mark.parametrize("named", ["Asia/Tokyo", ":Asia/Tokyo", "/usr/share/zoneinfo/Asia/Tokyo"])
def test_a_zone_that_the_environment_names_goes_first(tmp_path: Path, named: str) -> None:
    (tmp_path / "localtime").symlink_to("/usr/share/zoneinfo/Europe/Berlin")

    assert guessed_zone({"TZ": named}, tmp_path / "localtime") == "Asia/Tokyo"


def test_a_zone_that_nobody_names_is_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "a_copy").write_bytes(b"TZif")

    assert guessed_zone({}, tmp_path / "a_copy") == ""
    assert guessed_zone({"TZ": "CET-1CEST"}, tmp_path / "nothing") == ""


@pytest.mark.parametrize(
    ("environ", "locale"),
    [
        ({"LANG": "de_CH.UTF-8"}, "de-CH"),
        ({"LANG": "de_CH.UTF-8", "LC_TIME": "en_GB@euro"}, "en-GB"),
        ({"LANG": "de_CH.UTF-8", "LC_ALL": "fr"}, "fr"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_locale_is_the_environments(environ: dict[str, str], locale: str) -> None:
    assert guessed_locale(environ) == locale


def test_what_others_may_read_is_named_and_what_is_not_there_is_not(tmp_path: Path) -> None:
    for name, rights in (("okrmate.json", 0o600), ("log", 0o755), ("config.toml", 0o640)):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(rights)

    found = readable_by_others(tmp_path, "okrmate.json", "mail", "log", "config.toml")

    assert found == (tmp_path / "log", tmp_path / "config.toml")


@pytest.mark.parametrize(("rights", "named"), [(0o700, ()), (0o755, ()), (0o770, (".",)), (0o707, (".",))])
def test_a_home_that_others_may_change_is_named(tmp_path: Path, rights: int, named: tuple[str, ...]) -> None:
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(rights)

    assert writable_by_others(home, ".", "config.toml") == tuple(home / name for name in named)


def test_a_config_is_written_for_its_owner_alone_and_its_home_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "home" / "config.toml"

    write_config(path, "# für mich\n")

    assert path.read_text(encoding="utf-8") == "# für mich\n"
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)
    assert names_in(path.parent) == ["config.toml"]


def test_a_config_that_stood_there_is_replaced_whole_with_its_rights_narrowed(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("long before\n" * 100, encoding="utf-8")
    path.chmod(0o644)
    (tmp_path / "config.toml.new").write_text("what a crash left", encoding="utf-8")

    write_config(path, "new\n")

    assert (path.read_text(encoding="utf-8"), mode(path)) == ("new\n", 0o600)
    assert names_in(tmp_path) == ["config.toml"]


def test_a_config_that_is_put_aside_keeps_its_words_and_loses_its_readers(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("before\n", encoding="utf-8")
    path.chmod(0o644)

    aside = put_aside(path)

    assert aside is not None
    assert (aside.read_text(encoding="utf-8"), mode(aside)) == ("before\n", 0o600)
    assert names_in(tmp_path) == [path.name, aside.name]


def test_where_there_is_no_config_none_is_put_aside(tmp_path: Path) -> None:
    assert put_aside(tmp_path / "config.toml") is None
    assert names_in(tmp_path) == []


def test_a_home_is_not_left_without_a_config_where_the_next_one_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("before\n", encoding="utf-8")
    put_aside(path)
    (tmp_path / "config.toml.new").mkdir()

    with pytest.raises(StoreError, match="nothing was changed"):
        write_config(path, "new\n")

    assert path.read_text(encoding="utf-8") == "before\n"


def test_a_config_that_cannot_be_written_is_a_sentence_and_nothing_has_changed(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    (tmp_path / "config.toml" / "something").touch()

    with pytest.raises(StoreError, match="could not be written, nothing was changed"):
        write_config(tmp_path / "config.toml", "new\n")

    assert names_in(tmp_path) == ["config.toml"]


def test_work_is_waited_for_only_so_long() -> None:
    never = threading.Event()
    try:
        assert Begun(never.wait).within(0.05) is None
    finally:
        never.set()


def test_work_that_ends_gives_its_result_and_what_it_raised() -> None:
    def fails() -> str:
        raise MailServerError("The server is away.")

    assert Begun(lambda: "done").within(30) == "done"
    with pytest.raises(MailServerError, match="The server is away"):
        Begun(fails).within(30)
