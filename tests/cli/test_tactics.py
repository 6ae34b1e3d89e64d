"""`okrmate tactic`: what is tried, from the plan to what came of it."""

from tests.cli.running import Okrmate


def test_what_was_tried_stands_in_a_table_with_what_it_did(busy: Okrmate) -> None:
    tactic = busy.made("tactic", "add", "tom", "1.1", "write to two   programme chairs")
    planned = busy.made("tactic", "add", "tom", "KR 1.2", "a dry run", "--planned")
    busy.done("check-in", "tom", "1.1", "3")
    told = busy.done("tactic", "list", "tom").out
    shown = busy.done("okr", "show", "tom").lines
    busy.done("tactic", "start", planned)
    ended = busy.done("tactic", "end", tactic, "--learned", "they answer on Mondays").out
    busy.done("tactic", "end", planned)

    assert "write to two programme chairs  running" in told
    assert "+2 in 0 days" in told
    assert "      tactic: write to two programme chairs, running, +2 in 0 days" in shown
    assert ended == "“write to two programme chairs” is over.\n"
    rows = busy.done("tactic", "list", "tom", "--json").facts()
    assert [(row["kr"], row["state"], row["outcome"], row["learned"]) for row in rows] == [
        ("1.1", "ended", "moved", "they answer on Mondays"),
        ("1.2", "ended", "unknown", ""),
    ]
    assert "tactic “a dry run” for KR 1.2 begun" in busy.done("history").out


def test_what_stands_still_for_three_readings_is_asked_about(busy: Okrmate) -> None:
    busy.done("tactic", "add", "tom", "1.1", "taken back at once", "--since", "today")
    busy.done("undo")
    busy.made("tactic", "add", "tom", "1.1", "write to two chairs")
    for _ in range(3):
        busy.done("check-in", "tom", "1.1", "1")

    told = busy.done("tactic", "list", "tom")

    assert len(busy.done("tactic", "list", "tom", "--json").facts()) == 1
    assert told.lines[-1] == (
        "6 invitations has not moved with “write to two chairs”: wrong tactic, or the right one done badly? What next?"
    )


def test_what_cannot_be_is_refused_by_a_sentence(busy: Okrmate) -> None:
    tactic = busy.made("tactic", "add", "tom", "1.1", "calls")
    cases = (
        (("tactic", "add", "tom", "4.1", "calls"), "has no key result “4.1”; there are 1.1, 1.2."),
        (("tactic", "add", "tom", "1.1", "  "), "visible letters"),
        (("tactic", "add", "tom", "1.1", "calls", "--since", "2099-01-01"), "2099"),
        (("tactic", "add", "tom", "1.1", "calls", "--since", "tomorrow"), "added with --planned"),
        (("tactic", "add", "tom", "1.1", "calls", "--since", "today", "--planned"), "not both"),
        (("tactic", "start", tactic), "A tactic that is running cannot become running"),
        (("tactic", "end", tactic, "--at", "2020-01-01"), "cannot end before it began"),
        (("tactic", "end", "nothing"), "There is no tactic “nothing”"),
    )
    for words, said in cases:
        told = busy(*words)
        assert (told.code, told.out) == (2, ""), words
        assert said in told.err, words


ACTIVITIES = b"""O: Become a compelling speaker
KR: Listeners who come up with a question, from 1 to 6
KR: Watch talks of my favourite speakers
KR: Record my next rehearsal
"""


def test_an_activity_becomes_a_tactic_under_an_outcome_in_a_draft_and_with_a_reason_later(okrmate: Okrmate) -> None:
    okrmate.done("person", "add", "Ana Faye", "ana@example.net")
    okrmate.done("okr", "import", "ana", given=ACTIVITIES)
    okrmate.made("tactic", "turn", "ana", "1.2", "--under", "1.1")
    okrmate.made("tactic", "turn", "ana", "1.3", "--outcome", "Talks I am asked to repeat, from 0 to 2")
    okrmate.done("okr", "activate", "ana")

    rows = okrmate.done("tactic", "list", "ana", "--json").facts()
    assert [(row["kr"], row["title"], row["state"]) for row in rows] == [
        ("1.1", "Watch talks of my favourite speakers", "planned"),
        ("1.3", "Record my next rehearsal", "planned"),
    ]
    assert "   Talks I am asked to repeat: 0 of 2, began at 0 (KR 1.3)" in okrmate.done("okr", "show", "ana").lines
    for words, said in (
        (("1.3", "--under", "1.1"), "A revision needs a reason"),
        (("1.1", "--under", "1.1", "--reason", "why not"), "cannot be its own tactic"),
        (("1.1", "--outcome", "80 % of talks asked again", "--reason", "better"), "drop it and add another"),
    ):
        told = okrmate("tactic", "turn", "ana", *words)
        assert (told.code, said in told.err) == (2, True), told.err

    okrmate.made("tactic", "turn", "ana", "1.3", "--under", "1.1", "--reason", "repeats follow from questions")
    later = okrmate.done("tactic", "list", "ana", "--json").facts()
    assert [(row["kr"], row["state"]) for row in later] == [("1.1", "planned"), ("1.1", "planned"), ("1.1", "running")]
    okrmate.done("undo")
    assert okrmate.done("tactic", "list", "ana", "--json").facts() == rows
