"""The story of the demo as a journey: from adding people to the exchange, over local Maildirs and the real store."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from email import message_from_bytes
from pathlib import Path

import pytest
from tinydb import TinyDB

from okrmate.demo.events import Event, EventKind
from okrmate.demo.home import open_story
from okrmate.demo.people import AIKO, INES, NOOR, TOMAS, Character
from okrmate.demo.story import Story
from okrmate.domain.letters import IncomingState, LetterKind, OutgoingState
from okrmate.domain.people import Side
from okrmate.mail.layout import text
from okrmate.services.incoming.read_again import SEALED
from okrmate.services.incoming.review import raw_text
from okrmate.services.mentoring.mentorships import find_pair
from okrmate.services.mentoring.okrs import active_standings
from okrmate.services.tables import AGENDA_ITEMS, FEEDBACK, INCOMING, MEETINGS, OUTGOING
from tests.journeys.outcomes import copies, outcome
from tests.journeys.telling import name_of


@dataclass(frozen=True, slots=True)
class Told:
    """The story after its end."""

    home: Path
    story: Story
    events: tuple[Event, ...]
    leaks: tuple[str, ...]
    """Sealed words that could be read somewhere before both had written."""

    def at(self, kind: EventKind, who: str = "", letter: str = "") -> int:
        """Where the first such event stands in the order."""
        return next(
            number
            for number, event in enumerate(self.events)
            if event.kind is kind and who in event.who and letter in str(event.facts.get("letter", ""))
        )

    def values(self, who: Character) -> dict[str, Decimal | None]:
        store = self.story.room.store
        pair = find_pair(store, who.address)
        return {each.key_result.ref: each.summary.value for each in active_standings(store, pair.mentorship.id)}


def watched(story: Story, leaks: list[str]) -> Iterator[Event]:
    """The events, while everything that is shown of the store is searched for feedback that is sealed."""
    secret = "let me find the opening"
    both = False
    for event in story.told():
        both = both or event.kind is EventKind.FEEDBACK_EXCHANGED
        store = story.room.store
        if not both:
            shown = [text(letter.blocks) for letter in store.every(OUTGOING) if letter.kind is not LetterKind.EXCHANGE]
            shown += [word for mail in store.every(INCOMING) for word in (*mail.left, mail.summary, mail.reason)]
            leaks += [word for word in shown if secret in word]
        yield event


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    home = tmp_path_factory.mktemp("home") / "ines"
    home.mkdir(mode=0o700)
    story = open_story(home)
    leaks: list[str] = []
    events = tuple(watched(story, leaks))
    return Told(home, story, events, tuple(leaks))


def test_every_kind_of_event_happens(told: Told) -> None:
    assert {event.kind for event in told.events} == set(EventKind)


def test_each_event_is_told_once(told: Told) -> None:
    named = Counter(f"{event.at} {name_of(event)}" for event in told.events)

    assert [name for name, number in named.items() if number > 1] == []


def test_time_only_goes_on(told: Told) -> None:
    moments = [event.at for event in told.events]

    assert moments == sorted(moments)


@pytest.mark.parametrize("who", [TOMAS, AIKO, NOOR])
def test_the_loop_goes_round_in_its_order(told: Told, who: Character) -> None:
    order = [
        told.at(EventKind.LETTER_SENT, who.name, "welcome"),
        told.at(EventKind.LETTER_SENT, who.name, "agenda"),
        told.at(EventKind.KEY_RESULT_MOVED, who.name),
        told.at(EventKind.MEETING_HELD, who.name),
        told.at(EventKind.LETTER_SENT, who.name, "feedback"),
        told.at(EventKind.FEEDBACK_RECEIVED, who.name),
        told.at(EventKind.FEEDBACK_EXCHANGED, who.name),
    ]

    assert order == sorted(order)


def test_a_reply_is_followed_by_what_it_moved_and_then_by_its_answer(told: Told) -> None:
    kinds = [event.kind for event in told.events]
    first = told.at(EventKind.KEY_RESULT_MOVED, TOMAS.name)

    assert kinds[first - 1 : first + 4] == [
        EventKind.REPLY_RECEIVED,
        *[EventKind.KEY_RESULT_MOVED] * 3,
        EventKind.ACKNOWLEDGED,
    ]


def test_the_agenda_leaves_three_days_before_the_talk_at_nine_where_its_reader_lives(told: Told) -> None:
    store = told.story.room.store
    for who in (TOMAS, AIKO):
        pair = find_pair(store, who.address)
        (talk,) = store.find(MEETINGS, "mentorship", pair.mentorship.id)
        (letter,) = (
            each
            for each in store.find(OUTGOING, "meeting", talk.id)
            if each.called == "agenda" and each.to is Side.PROTEGE
        )
        assert letter.sent_at is not None
        local = pair.protege.local(letter.sent_at)
        assert (pair.protege.local(talk.begins_at).date() - local.date()).days == 3
        assert (local.hour, local.minute) == (9, 0)


def test_each_letter_leaves_once(told: Told) -> None:
    letters = told.story.room.store.every(OUTGOING)
    sent = copies(told.home / "mail/maildir/Sent")

    assert {letter.state for letter in letters} == {OutgoingState.SENT}
    assert sent == Counter(letter.message_id for letter in letters)
    assert {letter.copies for letter in letters} == {1}
    assert len({letter.key for letter in letters}) == len(letters)


def test_the_key_results_stand_where_the_people_typed(told: Told) -> None:
    assert told.values(TOMAS) == {"1.1": Decimal(3), "1.2": Decimal(68), "1.3": Decimal(40)}
    assert told.values(AIKO) == {"1.1": Decimal(41), "1.2": Decimal(15)}


def test_what_was_typed_for_the_list_is_on_it(told: Told) -> None:
    items = told.story.room.store.every(AGENDA_ITEMS)

    assert [(item.text, item.minutes) for item in items] == [("the salary talk in April", 15)]


def test_the_acknowledgement_says_what_moved_and_how_to_take_it_back(told: Told) -> None:
    answers = ["\n".join(event.lines) for event in told.events if event.kind is EventKind.ACKNOWLEDGED]

    assert any("1 → 3" in said and "→ 68" in said and "→ 40" in said and "UNDO" in said for said in answers)


def test_a_vague_line_is_asked_about_with_its_words_and_the_answer_settles_it(told: Told) -> None:
    question = told.events[told.at(EventKind.QUESTION_ASKED, AIKO.name)]
    mails = [mail for mail in told.story.room.store.every(INCOMING) if mail.sender == AIKO.address]

    assert any('"more than last time"' in line for line in question.lines)
    assert {mail.state for mail in mails} == {IncomingState.APPLIED}


def test_what_no_rule_has_a_use_for_waits_for_the_mentor(told: Told) -> None:
    (words,) = told.story.room.store.find(INCOMING, "state", IncomingState.HELD)

    assert any("a rough month" in line for line in words.left)


def test_a_draft_by_mail_is_kept_and_gets_one_good_thing_and_one_question(told: Told) -> None:
    (coach,) = (each for each in told.story.room.store.every(OUTGOING) if each.kind is LetterKind.COACH)

    lines = text(coach.blocks).splitlines()
    assert lines[:2] == ["Draft kept: 1 objective, 2 key results.", "Be somebody that young designers ask for advice"]
    assert [line[:5] for line in lines if line.startswith(("Good:", "One question:"))] == ["Good:", "One q"]


def test_feedback_is_shown_nowhere_before_both_have_written(told: Told) -> None:
    assert told.leaks == ()


def test_each_gets_the_words_of_the_other_in_the_exchange(told: Told) -> None:
    exchanges = {
        event.who: "\n".join(event.lines)
        for event in told.events
        if event.kind is EventKind.FEEDBACK_EXCHANGED and "Tomas" in f"{event.who} {event.facts}"
    }

    assert "you let me find the opening myself" in exchanges[INES.name]
    assert "bring the question you are avoiding" in exchanges[TOMAS.name]


def test_the_raw_mail_of_everything_is_kept_for_the_owner_alone(told: Told) -> None:
    room = told.story.room
    kept = {path.stem: path for path in (told.home / "mail").glob("20*/*.eml")}

    for letter in room.store.every(OUTGOING):
        left = kept[f"{letter.id}-{letter.attempts}"]
        assert message_from_bytes(left.read_bytes())["Message-ID"] == letter.message_id
    for mail in room.store.every(INCOMING):
        assert message_from_bytes(room.raw.read(mail.raw))["Message-ID"] == mail.message_id
    assert len(kept) == len(room.store.every(OUTGOING)) + len(room.store.every(INCOMING))


def test_files_are_for_the_owner_alone(told: Told) -> None:
    own = [
        told.home / "okrmate.json",
        *(told.home / "mail").glob("20*/*"),
        *(told.home / "mail/maildir/Sent").glob("*/*"),
    ]
    folders = [told.home / "mail", *(told.home / "mail").glob("20*"), told.home / "mail/maildir/Sent"]

    assert {oct(path.stat().st_mode & 0o777) for path in own} == {"0o600"}
    assert {oct(path.stat().st_mode & 0o777) for path in folders} == {"0o700"}


def test_all_of_it_survives_a_reopen_and_nothing_happens_twice(told: Told) -> None:
    before = outcome(told.story.room.store)
    again = open_story(told.home)

    assert outcome(again.room.store) == before
    assert list(again.told()) == []
    assert outcome(again.room.store) == before


def test_the_clock_of_a_reopened_story_stands_where_the_story_stood(told: Told) -> None:
    assert open_story(told.home).clock.now() == told.events[-1].at


def test_any_tinydb_reads_what_is_stored(told: Told) -> None:
    told.story.room.store.close()
    with TinyDB(told.home / "okrmate.json", access_mode="r") as file:
        feedback = file.table("feedback").all()

    assert len(feedback) == len(told.story.room.store.every(FEEDBACK)) == 4


def test_the_mentor_reads_a_mail_as_it_came_once_nothing_is_sealed(told: Told) -> None:
    room = told.story.room
    shown = [raw_text(room, mail) for mail in room.store.every(INCOMING)]

    assert SEALED not in shown
    assert any(re.search(r"^\+ you let me find the opening myself", words, re.MULTILINE) for words in shown)
