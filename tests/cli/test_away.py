"""`okrmate away`: who is told, which talks fall into it, and taking it back."""

from tests.cli.running import Okrmate


def test_being_away_tells_those_who_get_letters_and_names_the_talks_that_fall_into_it(okrmate: Okrmate) -> None:
    okrmate.with_tom().with_agenda_sent()
    okrmate.done("person", "add", "Kim Lee", "kim@example.net")

    told = okrmate.done("away", "+1d", "+9d", "--line", "The mountains call.")
    (letter,) = [each for each in okrmate.done("outbox", "list", "--json").facts() if each["letter"] == "reply"]
    refused = okrmate("away", "+9d", "+1d")

    assert "Told once: Tom Reuter." in told.out
    assert "These talks fall into it" in told.out
    assert letter["state"] == "queued"
    assert (refused.code, "say the first day, then the last" in refused.err) == (2, True)
    okrmate.done("undo")
    assert not [each for each in okrmate.done("outbox", "list", "--json").facts() if each["letter"] == "reply"]
