"""`okrmate report`: as it is printed."""

from tests.cli.running import Okrmate


def test_a_report_is_printed_in_each_format_for_the_mentor_or_for_both(busy: Okrmate) -> None:
    busy.done("check-in", "tom", "1.1", "3")
    busy.done("check-in", "tom", "1.1", "4")

    assert busy.done("report").out.startswith("# How it goes\n")
    assert busy.done("report", "tom", "--format", "html").out.startswith("<!DOCTYPE html>")
    assert busy.done("report", "--format", "csv").out.startswith("person,kr,title")
    assert busy.done("report", "tom", "--json").fact("for") == "both"
    assert busy.done("report", "--format", "json").fact("for") == "mentor"
    assert busy("report", "nobody").code == 2
    assert busy("report", "--format", "pdf").code == 2
