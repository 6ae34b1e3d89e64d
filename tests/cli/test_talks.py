"""`okrmate question`, `promise` and `advice`: what a talk is about, by commands."""

from tests.cli.running import Okrmate


def test_the_question_bank_is_listed_and_the_mentor_has_her_word_on_it(busy: Okrmate) -> None:
    busy.done("meeting", "plan", "tom", "+9d 15:00")
    bank = busy.done("question", "list", "--json").facts()
    own = busy.made("question", "add", "What would {mentor} never guess?", "--moment", "career")
    busy.done("question", "pin", "tom", own)
    asked = busy.done("question", "list", "tom", "--json").facts()
    busy.done("question", "edit", own, "What do I not see?")
    busy.done("question", "swap", "tom", f"{asked[1]['id']}")
    after = busy.done("question", "list", "tom").out

    assert (len(bank), sum(bool(each["private"]) for each in bank)) == (30, 11)
    assert [each["private"] for each in asked] == [False, False, True]
    assert asked[0]["id"] == own
    assert "What do I not see?" in after
    assert f"{asked[1]['id']}" not in after
    assert "yours, private" in after


def test_promises_of_both_are_carried_until_they_are_kept_or_dropped(busy: Okrmate) -> None:
    mine = busy.made("promise", "add", "tom", "the introduction to Ana", "--due", "2030-03-12")
    theirs = busy.made("promise", "add", "tom", "a first page", "--by", "protege")
    listed = busy.done("promise", "list").out
    busy.done("promise", "kept", mine)
    busy.done("promise", "dropped", theirs)
    twice = busy("promise", "kept", mine)

    assert "you to Tom  for 12 Mar 2030" in listed
    assert "Tom to you" in listed
    assert busy.done("promise", "list", "tom").out == "No promise is open.\n"
    assert [each["state"] for each in busy.done("promise", "list", "--all", "--json").facts()] == ["kept", "dropped"]
    assert (twice.code, twice.err) == (2, "That promise is kept already.\n")
    busy.done("undo")
    assert theirs in busy.done("promise", "list").out


def test_advice_counts_with_what_it_changed(busy: Okrmate) -> None:
    given = busy.made("advice", "add", "tom", "open with a question")
    other = busy.made("advice", "add", "tom", "numbers first")
    tried = busy.done("advice", "told", "tom", given, "--did", "asked about tea").out
    worked = busy.done("advice", "told", "tom", given, "--impact", "they stayed").out
    busy.done("advice", "drop", "tom", other)
    log = busy.done("advice", "list", "tom").out

    assert tried == "Kept; it counts once it is known what it changed.\n"
    assert worked == "Kept, and it counts.\n"
    assert "did: asked about tea" in log
    assert "changed: they stayed" in log
    assert "numbers first (not asked about any more)" in log
    assert busy("advice", "told", "tom", given).code == 2


def test_a_talk_is_shown_as_its_agenda_and_prepared_for_the_mentor(busy: Okrmate) -> None:
    without = busy("agenda", "tom")
    busy.done("meeting", "plan", "tom", "+9d 15:00")
    busy.done("agenda", "tom", "--add", "the salary", "--line", "Bring tea.", "--quiet")
    letter = busy.done("agenda", "tom").out
    prepared = busy.done("agenda", "tom", "--prepare").out
    worth = busy.done("agenda", "tom", "--prepare", "--json").fact("worth")
    busy.done("agenda", "tom", "--line", "")

    assert (without.code, without.err) == (
        2,
        "No talk with Tom Reuter is planned; `okrmate meeting plan` plans one.\n",
    )
    assert "the salary (10 min)" in letter
    assert "Bring tea." in letter
    assert "Ask most of all" not in letter
    assert "Ask most of all  “What would make these talks worth your time?”" in prepared
    assert worth == "first_talk"
    assert "Bring tea." not in busy.done("agenda", "tom").out
    assert busy("agenda", "tom", "--line", "x", "--now", "2030-01-01T00:00:00Z").code == 2


def test_every_point_of_a_talk_gets_the_mentors_word_by_its_number(busy: Okrmate) -> None:
    talk = busy.made("meeting", "plan", "tom", "+9d 15:00")
    busy.done("agenda", "tom", "--add", "the salary", "--quiet")
    before = busy.done("agenda", "tom", "--points", "--json").facts()
    number = next(at for at, each in enumerate(before, start=1) if "the salary" in str(each["text"]))
    point = ("agenda", "tom", "--point", str(number))

    busy.done(*point, "--text", "the raise", "--minutes", "7", "--talked", "yes")
    busy.done(*point, "--place", "1")
    first = busy.done("agenda", "tom", "--points", "--json").facts()[0]
    told = busy.done("agenda", "tom", "--point", "1", "--take", "out").out
    busy.done("person", "edit", "tom", "--note", "we keep the raise between us", "--shared", "--talk", talk)

    assert "the raise" in str(first["text"])
    assert (first["minutes"], first["talked"], first["in"]) == (7, True, True)
    assert "the raise" in told
    refused = {
        ("--point", "99", "--take", "in"): "The talk has the points 1 to",
        ("--point", "1"): "Say what is to become of the point",
        ("--minutes", "5"): "Say of which point --minutes is",
        ("--point", str(len(before)), "--take", "out"): "The last five minutes are always for feedback.",
        ("--point", "1", "--place", "99"): "A place is a number from 1 to",
        ("--point", "1", "--take", "in", "--now", "2030-01-01T00:00:00Z"): "With --now nothing is stored",
    }
    for words, sentence in refused.items():
        call = busy("agenda", "tom", *words)
        assert (call.code, sentence in call.err) == (2, True), words
    assert busy("person", "edit", "tom", "--note", "x", "--talk", "none").code == 2
