"""`okrmate history` and `okrmate undo`."""

from tests.cli.running import Okrmate


def test_history_says_who_changed_what_and_by_which_command(busy: Okrmate) -> None:
    busy.done("check-in", "tom", "1.1", "3")

    (*_, last) = busy.done("history", "tom", "--json").facts()

    assert last["what"] == "check-in on KR 1.1"
    assert (last["by"], last["taken_back"]) == ("Vera Lund", False)
    assert last["source"] == {"kind": "command", "ref": "check-in"}


def test_undo_takes_back_the_newest_change_and_is_an_entry_itself(busy: Okrmate) -> None:
    busy.done("check-in", "tom", "1.1", "3")
    (*_, before) = busy.done("history", "--json").facts()

    undone = busy.done("undo", "--json").data
    (*_, changed, entry) = busy.done("history", "--json").facts()

    assert isinstance(undone, dict)
    assert undone["undoes"] == before["id"] == changed["id"] == entry["undoes"]
    assert changed["taken_back"] is True


def test_undo_takes_back_a_change_by_its_id_once(busy: Okrmate) -> None:
    busy.done("check-in", "tom", "1.1", "3")
    (*_, first) = busy.done("history", "--json").facts()
    busy.done("check-in", "tom", "1.2", "70%")

    told = busy.done("undo", str(first["id"]))
    again = busy("undo", str(first["id"]))

    assert told.out == "Taken back: check-in on KR 1.1.\n"
    assert (again.code, again.err) == (2, "That change is already taken back.\n")


def test_undo_refuses_what_something_was_built_on(busy: Okrmate) -> None:
    first, *_ = busy.done("history", "--json").facts()

    told = busy("undo", str(first["id"]))

    assert (told.code, "take that back first" in told.err) == (2, True)


def test_an_unknown_change_and_nothing_to_undo_are_sentences(okrmate: Okrmate) -> None:
    assert okrmate("undo", "x").err == "There is no change “x”; see `okrmate history`.\n"
    assert okrmate("undo").err == "Nothing to undo.\n"
    assert okrmate("history", "nobody").code == 2
    assert okrmate.done("history").out == "Nothing has happened yet.\n"
