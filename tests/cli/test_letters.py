"""`okrmate letter`: each kind in each form, from the demo's people or from the home's own state."""

import json

import pytest

from okrmate.domain.letters import LetterKind
from tests.cli.running import Okrmate, parsed

KINDS = [str(kind) for kind in LetterKind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_of_each_kind_is_shown_without_any_home(nowhere: Okrmate, kind: str) -> None:
    told = nowhere.bare("letter", "preview", kind)

    assert (told.code, told.err) == (0, "")
    assert told.lines[0].startswith("To: ")
    assert told.lines[1].startswith("Subject: ")
    assert told.lines[2] == ""
    assert any(told.lines[3:])


@pytest.mark.parametrize("form", ["text", "html", "eml"])
def test_a_letter_is_shown_in_each_form(nowhere: Okrmate, form: str) -> None:
    told = nowhere.bare("letter", "preview", "welcome", "--format", form)
    data = nowhere.bare("letter", "preview", "welcome", "--format", form, "--json").data

    assert told.code == 0
    assert isinstance(data, dict)
    assert data.keys() == {"subject", "to", form}
    begins = {"text": "To: ", "html": "<!doctype html>", "eml": "From: "}[form]
    assert told.out.lower().startswith(begins.lower())


def test_a_letter_as_it_would_leave_is_a_mail(busy: Okrmate) -> None:
    mail = parsed(busy.done("letter", "preview", "welcome", "tom", "--format", "eml").out.encode())

    assert mail["To"] == "Tom Reuter <tom@example.net>"
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]


@pytest.mark.parametrize("form", ["text", "html", "eml"])
@pytest.mark.parametrize("kind", ["welcome", "invitation", "agenda"])
def test_a_letter_to_somebody_is_made_of_the_home_and_leaves_it_as_it_was(busy: Okrmate, kind: str, form: str) -> None:
    busy.done("meeting", "plan", "tom", "+9d 15:00")
    before = busy.files()

    told = busy.done("letter", "preview", kind, "tom", "--format", form)

    assert "Tom" in told.out
    assert busy.files() == before


def test_the_mentors_copy_is_another_letter(busy: Okrmate) -> None:
    busy.done("meeting", "plan", "tom", "+9d 15:00")

    assert "<vera@example.org>" in busy.done("letter", "preview", "agenda", "tom", "--to", "mentor").lines[0]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"welcome", "check-in", "digest", "mid-cycle", "closing"}))
def test_a_letter_that_has_no_occasion_yet_says_what_is_missing(busy: Okrmate, kind: str) -> None:
    told = busy("letter", "preview", kind, "tom")

    assert (told.code, told.out) == (2, "")
    assert len(told.err.splitlines()) == 1


def test_the_kinds_of_letter_are_listed_with_their_class(nowhere: Okrmate) -> None:
    told = nowhere.bare("letter", "list", "--json")

    assert [each["letter"] for each in json.loads(told.out)] == KINDS
    assert "promised" in nowhere.bare("letter", "list").out


def test_the_letter_of_her_week_is_her_own_and_needs_no_name(busy: Okrmate) -> None:
    assert "<vera@example.org>" in busy.done("letter", "preview", "digest").lines[0]
