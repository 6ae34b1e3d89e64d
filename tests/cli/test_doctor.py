"""`okrmate doctor`: what it finds in homes where something is wrong, and that it changes nothing and never hangs."""

from dataclasses import replace

from tests.cli.running import CONFIG, Okrmate

ABOUT = ["config", "permissions", "store", "clock", "templates", "inbox", "sent"]


def found(okrmate: Okrmate, *words: str) -> dict[str, tuple[str, str]]:
    """What was found about each part, and what is said of it; the exit code is the one that belongs to it."""
    told = okrmate("doctor", "--json", *words)
    findings = {str(finding["about"]): (str(finding["verdict"]), str(finding["said"])) for finding in told.facts()}
    assert told.code == (1 if "wrong" in {verdict for verdict, _ in findings.values()} else 0)
    return findings


def verdicts(okrmate: Okrmate, *words: str) -> dict[str, str]:
    """What was found about each part."""
    return {about: verdict for about, (verdict, _) in found(okrmate, *words).items()}


def test_a_home_in_which_all_is_well_has_a_line_for_each_part(busy: Okrmate) -> None:
    told = busy.done("doctor")

    assert [line.split()[:2] for line in told.lines[:-1]] == [["fine", about] for about in ABOUT]
    assert told.lines[-1] == "Everything is fine."
    assert verdicts(busy) == dict.fromkeys(ABOUT, "fine")


def test_looking_changes_nothing_of_what_is_kept(busy: Okrmate) -> None:
    before = busy.files()
    busy.done("doctor")

    assert busy.files() == before


def test_without_a_configuration_it_says_how_to_get_one_and_looks_at_the_rest(nowhere: Okrmate) -> None:
    told = nowhere("doctor")

    assert (told.code, told.err) == (1, "")
    assert "okrmate init" in told.out
    assert verdicts(nowhere) == {
        "config": "wrong",
        "permissions": "fine",
        "store": "fine",
        "clock": "fine",
        "templates": "unknown",
        "imap": "unknown",
        "smtp": "unknown",
    }
    assert not nowhere.home.exists()


def test_each_mistake_of_the_configuration_is_a_line(okrmate: Okrmate) -> None:
    okrmate.with_config(CONFIG.replace("zone", "zoen").replace("vera@", "vera"))

    told = okrmate("doctor")

    assert told.code == 1
    assert "mentor.zoen is no known key (did you mean zone?)." in told.out
    assert told.out.count("wrong  config") == 2


def test_a_home_that_is_a_file_is_a_finding(nowhere: Okrmate) -> None:
    nowhere.home.write_text("not a folder", encoding="utf-8")

    told = nowhere("doctor")

    assert (told.code, told.err) == (1, "")
    assert "is no folder: a file stands there" in told.out


def test_a_damaged_store_is_a_finding_and_stays_as_it_is(busy: Okrmate) -> None:
    (busy.home / "okrmate.json").write_bytes(b"not json")

    findings = found(busy)

    assert [findings[about][0] for about in ("store", "clock", "templates")] == ["wrong", "unknown", "fine"]
    assert "is damaged and was left untouched" in findings["store"][1]
    assert (busy.home / "okrmate.json").read_bytes() == b"not json"


def test_a_change_that_was_cut_off_is_a_finding_until_its_bytes_are_removed(busy: Okrmate) -> None:
    journal, torn = (busy.home / f"okrmate.json.journal{end}" for end in ("", ".torn"))
    journal.write_bytes(journal.read_bytes() + b"00c0ffee 000000ff [2,")
    busy.done("check-in", "tom", "1.1", "3")

    verdict, said = found(busy)["journal"]
    assert (verdict, torn.read_bytes()) == ("wrong", b"00c0ffee 000000ff [2,\n")
    assert str(torn) in said
    assert busy.done("okr", "show", "tom").code == 0

    torn.unlink()
    assert "journal" not in found(busy)


def test_a_template_of_ones_own_that_cannot_be_written_is_named(busy: Okrmate) -> None:
    own = busy.home / "templates" / "en" / "welcome.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{{ nothing_known }}", encoding="utf-8")

    verdict, said = found(busy)["templates"]

    assert verdict == "wrong"
    assert "welcome.md.j2" in said


def test_what_others_may_read_is_named_with_the_command_that_ends_it(busy: Okrmate) -> None:
    (busy.home / "okrmate.json").chmod(0o644)

    verdict, said = found(busy)["permissions"]

    assert verdict == "wrong"
    assert said.endswith(f"chmod -R go-rwx {busy.home / 'okrmate.json'}")


def test_the_command_can_be_copied_whatever_the_home_is_called(nowhere: Okrmate) -> None:
    home = replace(nowhere, home=nowhere.home.with_name("my home; rm")).with_config().with_tom()
    (home.home / "okrmate.json").chmod(0o644)

    assert found(home)["permissions"][1].endswith(f"chmod -R go-rwx '{home.home / 'okrmate.json'}'")


def test_a_configuration_that_others_may_change_is_found(busy: Okrmate) -> None:
    config = busy.home / "config.toml"
    config.chmod(0o666)

    verdict, said = found(busy)["permissions"]

    assert (verdict, said.endswith(f"chmod go-w {config}")) == ("wrong", True)


def test_a_maildir_that_cannot_be_used_is_a_finding(busy: Okrmate) -> None:
    (busy.home / "mail").mkdir(mode=0o700)
    (busy.home / "mail" / "maildir").write_text("a file", encoding="utf-8")

    verdict, said = found(busy)["inbox"]

    assert verdict == "wrong"
    assert "Check the folder" in said


def test_a_self_test_waits_until_all_else_is_well(busy: Okrmate) -> None:
    (busy.home / "okrmate.json").chmod(0o644)

    assert verdicts(busy, "--self-test")["self-test"] == "unknown"
