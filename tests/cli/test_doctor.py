"""`okrmate doctor`: what it finds in homes where something is wrong, and that it changes nothing and never hangs."""

import json
import os
import time
from dataclasses import replace
from pathlib import Path

from tests.cli.running import CONFIG, Okrmate, answer_to

ABOUT = ["config", "place", "permissions", "store", "mail", "backup", "clock", "templates", "inbox", "sent"]


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
        "place": "fine",
        "permissions": "fine",
        "store": "fine",
        "mail": "fine",
        "backup": "fine",
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


# mails on the disk


def stray(okrmate: Okrmate, name: str = "zzzzzzzzzzzz.eml", hours: float = 2) -> Path:
    """A file where raw mails are kept, written so long ago, to which nothing points."""
    path = okrmate.home / "mail" / "2026-11-22" / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(b"Subject: lost")
    then = time.clock_gettime(time.CLOCK_REALTIME) - hours * 3600
    os.utime(path, (then, then))
    return path


def test_mails_that_nothing_points_to_are_told_and_removed_only_when_asked(busy: Okrmate) -> None:
    busy.with_agenda_sent()
    busy.arrives(answer_to(busy.sent("Talk 1 with Vera: the agenda"), "1.1 3\n"))
    busy.done("poll")
    kept = set(busy.home.glob("mail/2*/*"))
    lost = {stray(busy), stray(busy, ".zzzzzzzzzzzz.new")}
    young = stray(busy, "yyyyyyyyyyyy.eml", hours=0.5)

    verdict, said = found(busy)["mail"]
    assert (verdict, f"nothing points to {len(lost)} of them" in said) == ("fine", True)
    assert set(busy.home.glob("mail/2*/*")) == kept | lost | {young}

    assert found(busy, "--sweep")["sweep"] == ("fine", "files removed to which nothing pointed: 2.")
    assert set(busy.home.glob("mail/2*/*")) == kept | {young}


def test_without_a_store_no_mail_is_swept(okrmate: Okrmate) -> None:
    path = stray(okrmate)
    told = okrmate("doctor", "--sweep")

    assert (told.code, path.exists()) == (4, True)


def test_a_mail_that_is_named_and_gone_is_found(busy: Okrmate) -> None:
    busy.with_agenda_sent()
    busy.arrives(answer_to(busy.sent("Talk 1 with Vera: the agenda"), "1.1 3\n"))
    busy.done("poll")
    for path in busy.home.glob("mail/2*/*"):
        path.unlink()

    verdict, said = found(busy)["mail"]
    assert (verdict, said.startswith("1 of the mails that came")) == ("wrong", True)


# backups


def test_the_last_backup_is_told_and_looked_into(busy: Okrmate) -> None:
    path = Path(busy.made("backup"))
    verdict, said = found(busy)["backup"]
    assert (verdict, str(path) in said) == ("fine", True)

    path.write_bytes(path.read_bytes()[:-100])
    assert found(busy)["backup"][0] == "wrong"


def test_a_home_that_has_gone_without_a_backup_for_a_week_is_told_of(busy: Okrmate) -> None:
    content = json.loads((busy.home / "okrmate.json").read_bytes())
    content["_meta"]["1"]["created_at"] = "2026-01-01T00:00:00Z"
    (busy.home / "okrmate.json").write_text(json.dumps(content), encoding="utf-8")

    verdict, said = found(busy)["backup"]
    assert (verdict, "none yet" in said) == ("wrong", True)
    busy.done("backup")
    assert found(busy)["backup"][0] == "fine"


def test_a_home_in_a_synchronised_folder_is_warned_about(busy: Okrmate) -> None:
    (busy.home / ".stfolder").mkdir()

    verdict, said = found(busy)["place"]
    assert (verdict, "Syncthing" in said) == ("wrong", True)
