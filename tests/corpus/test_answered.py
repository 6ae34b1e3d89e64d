"""A stranger's mail made an answer to our letters: what it says of our key results is found, and nothing else is."""

from pathlib import Path

from tests.corpus.answered import changes

HEAD = "From: ann@example.com\nTo: bob@example.com\nSubject: lunch\nContent-Type: text/plain; charset=utf-8\n\n"


def changed(corpus: Path, body: str) -> set[str]:
    (corpus / "one.eml").write_text(HEAD + body, encoding="utf-8")
    return {each.said.strip() for one in changes(corpus) for each in one}


def test_a_mail_that_says_something_of_a_key_result_is_found(tmp_path: Path) -> None:
    assert changed(tmp_path, "KR 1.1: 3\n") == {"3"}


def test_a_mail_about_something_else_changes_nothing(tmp_path: Path) -> None:
    assert changed(tmp_path, "Lunch at 12.30? I am done with 2 of 3.\n\n> Are you there?\n") == set()
