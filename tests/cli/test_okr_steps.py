"""`okrmate okr refine`, `edit`, `revise`, `close` and `okrmate proposal`: a set of OKRs from its draft to its end."""

import pytest

from tests.cli.running import Okrmate


@pytest.fixture
def ana(okrmate: Okrmate) -> Okrmate:
    """The program with Ana, who has a draft."""
    okrmate.done("person", "add", "Ana Faye", "ana@example.net")
    okrmate.made("okr", "import", "ana", given=b"O: Be asked to speak\nKR: Invitations: 1 -> 6\nKR: Page live\n")
    return okrmate


def test_a_set_goes_from_its_draft_to_its_end_by_commands(ana: Okrmate) -> None:
    bound = ana.made("okr", "add", "ana", "--objective", "1", "Hours until an answer", "--at-most", "4")
    assert bound
    between = ("okr", "add", "ana", "--objective", "1", "Hours of sleep", "--at-least", "7", "--at-most", "9")
    ana.made(*between)
    ana.done("undo")
    assert ana(*between, "--target", "8").code == 2
    ana.made("okr", "edit", "ana", "1.2", "--drop", "--reason", "it is a task")
    refined = ana.made("okr", "refine", "ana")
    assert ana.made("okr", "activate", "ana", "--reason", "agreed in the talk") == refined
    ana.done("check-in", "ana", "1.1", "4")

    refused = ana("okr", "revise", "ana", "1.1", "--target", "9")
    assert (refused.code, "needs a reason" in refused.err) == (2, True)
    ana.made("okr", "revise", "ana", "1.1", "--target", "11", "--title", "Invited", "--reason", "six came soon")
    shown = ana.done("okr", "show", "ana", "--revision", "1")
    assert shown.lines == [
        "1. Be asked to speak",
        "   Invitations: 6 (KR 1.1)",
        "   Hours until an answer: 4 (KR 1.3)",
        "Since then:",
        "   KR 1.1 reworded: “Invitations” → “Invited”",
        "   KR 1.1 measured otherwise: 6 → 11",
    ]

    lacking = ana("okr", "close", "ana")
    assert (lacking.code, len(lacking.err.splitlines())) == (2, 2)
    closed = ana.done("okr", "close", "ana", "--learned", "ask", "--score", "1.3=0.5", "--carry", "1.1")
    assert closed.lines[:-1] == [
        "The OKRs of Ana Faye are closed.",
        "   Invited: 0.21, goes on (KR 1.1)",
        "   Hours until an answer: 0.5 (KR 1.3)",
    ]
    assert ana.done("okr", "show", "ana", "--json").fact("state") == "draft"
    ana.done("okr", "close", "ana", "--draft")
    assert ana.done("proposal", "list").lines == ["Nobody would have anything otherwise."]
    assert ana("proposal", "accept", "none").code == ana("okr", "edit", "ana", "1", "--drop").code == 2
