"""Sentences that name a command, said on the screens."""

from okrmate.tui.views.refusals import with_keys


def test_where_a_sentence_names_a_command_the_screens_name_the_key() -> None:
    assert with_keys("It is taken already; see `okrmate person list`.") == "It is taken already; see 2 People."


def test_two_commands_that_one_key_does_are_named_once() -> None:
    sentence = "Maya has no draft; write one with `okrmate okr add` or `okrmate okr import`."
    assert with_keys(sentence) == "Maya has no draft; write one with i in 3 OKRs."


def test_a_certain_change_is_taken_back_where_its_mail_stands() -> None:
    assert with_keys("`okrmate undo c12` takes that back") == "x in 5 Mail takes that back"
    assert with_keys("already; `okrmate undo` first") == "already; u first"


def test_a_command_without_a_key_is_named_as_it_is() -> None:
    assert with_keys("See `okrmate history`.") == "See `okrmate history`."
