"""Templates and the sample configuration: whose file wins, and which are refused."""

from pathlib import Path

import pytest

from okrmate.adapters.resources import MAX_BYTES, ResourceMissingError, Resources
from okrmate.domain.errors import ExitCode


def write(home: Path, name: str, content: bytes) -> None:
    """Put a template into a home."""
    path = home / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_a_homes_own_template_wins(tmp_path: Path) -> None:
    shipped = Resources(None).template("en/agenda.md.j2")
    write(tmp_path, "en/agenda.md.j2", b"mine")

    assert Resources(tmp_path).template("en/agenda.md.j2") == "mine" != shipped


def test_what_a_home_does_not_replace_is_the_shipped_one(tmp_path: Path) -> None:
    assert Resources(tmp_path).template("en/agenda.md.j2") == Resources(None).template("en/agenda.md.j2")


def test_a_template_may_be_a_link_into_a_folder_of_the_users(tmp_path: Path) -> None:
    (tmp_path / "dotfiles.j2").write_text("linked", encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "own.md.j2").symlink_to(tmp_path / "dotfiles.j2")

    assert Resources(tmp_path).template("own.md.j2") == "linked"


def test_names_are_those_of_the_home_and_the_shipped_ones_in_order(tmp_path: Path) -> None:
    shipped = set(Resources(None).template_names())
    write(tmp_path, "en/own.md.j2", b"mine")
    write(tmp_path, "en/notes.txt", b"no template")

    names = Resources(tmp_path).template_names()

    assert shipped
    assert set(names) == shipped | {"en/own.md.j2"}
    assert list(names) == sorted(names)


@pytest.mark.parametrize("name", ["en/nothing.md.j2", "", "en", "a\0b"])
def test_a_template_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(ResourceMissingError, match="There is no template") as caught:
        Resources(tmp_path).template(name)

    assert caught.value.exit_code is ExitCode.CONFIGURATION


@pytest.mark.parametrize("name", ["../config.toml", "en/../../config.toml", "/etc/passwd"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "config.toml").write_text("secret", encoding="utf-8")

    with pytest.raises(ResourceMissingError, match="leads out"):
        Resources(tmp_path).template(name)


def test_a_template_over_a_megabyte_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "just.j2", b"x" * MAX_BYTES)
    write(tmp_path, "large.j2", b"x" * (MAX_BYTES + 1))

    assert len(Resources(tmp_path).template("just.j2")) == MAX_BYTES
    with pytest.raises(ResourceMissingError, match="larger than 1 MB"):
        Resources(tmp_path).template("large.j2")


def test_a_template_that_is_no_utf_8_is_told_so(tmp_path: Path) -> None:
    write(tmp_path, "latin.j2", b"Gr\xfcezi")

    with pytest.raises(ResourceMissingError, match="save it as UTF-8"):
        Resources(tmp_path).template("latin.j2")


def test_the_sample_configuration_names_the_mentor() -> None:
    assert "[mentor]" in Resources(None).sample_config()
