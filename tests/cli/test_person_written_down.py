"""`okrmate person edit` and `show`: what is agreed, hoped for, dated, noted and felt; all can be taken back."""

import pytest

from tests.cli.running import Okrmate

WRITTEN = (
    ("charter", "--rhythm", "every 2 weeks", "--minutes", "45", "--channel", "video"),
    ("aims", "--aim", "to be asked back", "--aim", "to earn from teaching", "--gain", "courage"),
    ("aims", "--mine", "--aim", "to learn how workshops sell now"),
    ("markers", "--marker", "talk in Porto", "--on", "2030-12-12", "--theirs"),
    ("notes", "--note", "Her manager leaves in January."),
    ("pulse", "4", "--because", "the dry run", "--one-higher", "more time"),
    ("pulse", "--pulse", "3", "--mine"),
)
EMPTY: dict[str, object] = {"charter": None, "aims": {}, "notes": [], "pulse": []}


@pytest.fixture
def okrmate(okrmate: Okrmate) -> Okrmate:
    okrmate.done("person", "add", "Tom Reuter", "tom@example.net")
    return okrmate


def _shown(okrmate: Okrmate) -> dict[str, object]:
    shown = okrmate.done("person", "show", "tom", "--json").data
    assert isinstance(shown, dict)
    return shown


def test_what_is_written_down_of_a_person_is_shown_and_can_be_taken_back(okrmate: Okrmate) -> None:
    before = _shown(okrmate)
    assert {name: before[name] for name in EMPTY} == EMPTY

    for view, *words in WRITTEN:
        okrmate.done("person", "edit", "tom", view, *words)
    okrmate.done("person", "edit", "tom", "--agreed", "--zone", "Europe/Lisbon")

    told = "\n".join(okrmate.done("person", "show", "tom").lines)
    for said in ("every 2 weeks", "45 min", "Tom wants  to be asked back", "you want", "talk in Porto", "private"):
        assert said in told
    assert "one higher with: more time" in "\n".join(okrmate.done("person", "show", "tom", "pulse").lines)
    shown = _shown(okrmate)
    assert shown["zone"] == "Europe/Lisbon"
    charter = shown["charter"]
    assert isinstance(charter, dict)
    assert set(charter["agreed"]) == {"mentor", "protege"}
    for _ in range(len(WRITTEN) + 2):
        okrmate.done("undo")
    assert _shown(okrmate) == before


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ((), "Say what is to be written"),
        (("charter", "--aim", "x"), "That belongs to “aims”, not to “charter”."),
        (("pulse", "6"), "The pulse is a whole number from 1 to 5, not 6."),
        (("aims", "3"), "A number stands behind “pulse” only."),
        (("--agreed",), "There is no charter with Tom Reuter yet"),
        (("--marker", "a talk"), "A marker takes --marker TITLE and --on DAY."),
        (("--marker", "a talk", "--on", "someday"), "not understood"),
        (("--reached", "a talk"), "There is no marker “a talk”"),
        (("--minutes", "2000"), "between 1 minute and 12 hours"),
        (("--address", "vera@example.org"), "your own address"),
    ],
)
def test_what_cannot_be_written_is_said_in_one_sentence(okrmate: Okrmate, call: tuple[str, ...], sentence: str) -> None:
    told = okrmate("person", "edit", "tom", *call)

    assert told.code == 2
    assert sentence in told.err
    assert _shown(okrmate)["charter"] is None


def test_a_mentorship_ends_once_no_talk_is_ahead(okrmate: Okrmate) -> None:
    talk = okrmate.made("meeting", "plan", "tom", "+9d 15:00")
    refused = okrmate("person", "end", "tom")
    okrmate.done("meeting", "cancel", talk)

    okrmate.done("person", "end", "tom")

    assert (refused.code, "stands in both calendars" in refused.err) == (2, True)
    assert _shown(okrmate)["state"] == "ended"
    assert okrmate.done("plan", "--json").data == []
