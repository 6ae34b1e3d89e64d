"""`okrmate person erase`: nothing of a person is left in the home but in backups, which are named."""

from tests.cli.running import Okrmate, answer_to

ACCOUNT = "mail/maildir"
"""Where the mail account of these homes lies, which is the mentor's own."""


def _holding(okrmate: Okrmate, *words: str) -> set[str]:
    """The files of the home in which any of these words stand."""
    files = {name: content for name, content in okrmate.files().items() if not name.startswith(ACCOUNT)}
    return {name for name, content in files.items() if any(each.encode() in content for each in words)}


def test_everything_of_an_erased_person_is_gone_from_store_journal_and_mail(okrmate: Okrmate) -> None:
    okrmate.with_tom().with_agenda_sent()
    okrmate.arrives(answer_to(okrmate.sent("Mentoring with"), "KR 1.1: 3\nsomething he alone would say"))
    okrmate.done("poll")
    okrmate.done("person", "edit", "tom", "notes", "--note", "a secret of hers")
    okrmate.done("person", "add", "Kim Lee", "kim@example.net")
    tom = okrmate.done("person", "show", "tom", "--json").fact("id")
    words = ("tom@example.net", "Tom Reuter", "a secret of hers", "he alone would say", tom)
    before = _holding(okrmate, *words)
    backup = okrmate.home / "backups" / "okrmate-mine.zip"
    backup.parent.mkdir()
    okrmate.done("backup", str(backup))

    told = okrmate.done("person", "erase", "tom", "--json")

    assert any(name.endswith(".eml") for name in before)
    assert _holding(okrmate, *words) == set()
    assert f'"erased": "{tom}"' in told.out
    assert f'"backups": ["{backup}"]' in told.out
    assert [person["name"] for person in okrmate.done("person", "list", "--json").facts()] == ["Kim Lee"]
    assert "a person was erased" in okrmate.done("history").lines[-1]
    assert "mails kept" in okrmate("doctor").out


def test_a_person_nobody_knows_is_not_erased(okrmate: Okrmate) -> None:
    okrmate.done("person", "add", "Kim Lee", "kim@example.net")

    told = okrmate("person", "erase", "tom")

    assert (told.code, "Nobody here is called “tom”" in told.err) == (2, True)
