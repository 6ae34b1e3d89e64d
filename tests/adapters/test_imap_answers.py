"""What IMAP servers answer, as they write it, and what is made of it."""

from datetime import UTC, datetime
from time import process_time

import pytest

from okrmate.adapters.imap.answers import Data, Fetched, Folder, fetched, listed, numbers, words
from okrmate.adapters.imap.news import Cursor
from okrmate.adapters.imap.places import named, places

ALL = Folder(name="[Gmail]/All Mail", wire="[Gmail]/All Mail", uses=frozenset({r"\hasnochildren", r"\all"}))
JUNK = Folder(name="Spam", wire="Spam", uses=frozenset({r"\junk"}))
INBOX = Folder(name="INBOX", wire="INBOX", uses=frozenset({r"\hasnochildren"}))
THERE = (JUNK, INBOX, ALL)


def test_a_fetched_message_has_its_number_and_size_wherever_the_server_puts_them() -> None:
    data: Data = [
        (b"1 (UID 7 RFC822.SIZE 100 BODY[HEADER]<0> {2}", b"ab"),
        b")",
        (b"2 (RFC822.SIZE 200 BODY[HEADER]<0> {2}", b"cd"),
        b" UID 8)",
    ]

    assert list(fetched(data)) == [Fetched(uid=7, size=100, content=b"ab"), Fetched(uid=8, size=200, content=b"cd")]


def test_another_programs_change_of_flags_is_no_message() -> None:
    data: Data = [
        b"3 (UID 9 FLAGS (\\Seen))",
        (b"1 (UID 7 RFC822.SIZE 9 BODY[] {2}", b"ab"),
        b")",
        b"4 (FLAGS ())",
        None,
    ]

    assert [each.uid for each in fetched(data)] == [7]


def test_numbers_in_the_words_of_a_message_mean_nothing() -> None:
    data: Data = [(b"1 (BODY[] {24}", b"( UID 5 RFC822.SIZE 66)\r\n"), b" UID 7 RFC822.SIZE 24)"]

    assert list(fetched(data)) == [Fetched(uid=7, size=24, content=b"( UID 5 RFC822.SIZE 66)\r\n")]


def test_a_message_whose_size_is_not_told_is_as_large_as_what_came() -> None:
    assert [each.size for each in fetched([(b"1 (UID 7 BODY[] {2}", b"ab"), b")"])] == [2]


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("17-Jul-2026 02:44:25 -0700", datetime(2026, 7, 17, 9, 44, 25, tzinfo=UTC)),
        (" 7-Feb-2026 12:00:00 +0000", datetime(2026, 2, 7, 12, tzinfo=UTC)),
        ("yesterday", None),
        ("17-Jul-2026 02:44:25", None),
        ("99-Jul-2026 02:44:25 -0700", None),
    ],
)
def test_a_message_tells_when_the_server_took_it(told: str, moment: datetime | None) -> None:
    data: Data = [(f'1 (UID 7 INTERNALDATE "{told}" BODY[] {{2}}'.encode(), b"ab"), b")"]

    assert [each.arrived_at for each in fetched(data)] == [moment]


@pytest.mark.parametrize("digits", [11, 5000])
def test_a_number_that_can_be_none_is_passed_over(digits: int) -> None:
    large = b"7" * digits

    assert list(fetched([(b"1 (UID %b BODY[] {2}" % large, b"ab"), b")"])) == []
    assert [each.size for each in fetched([(b"1 (UID 7 RFC822.SIZE %b BODY[] {2}" % large, b"ab"), b")"])] == [2]
    assert numbers([b"3 " + large]) == (3,)


@pytest.mark.parametrize(
    ("line", "name", "wire"),
    [
        (b'(\\HasNoChildren) "/" INBOX', "INBOX", "INBOX"),
        (b'(\\HasNoChildren) "/" "Two words"', "Two words", "Two words"),
        (b'() "\\\\" "a\\"b\\\\c"', 'a"b\\c', 'a"b\\c'),
        (b"() NIL flat", "flat", "flat"),
        (b'() "." "Gr&APwA3w-e"', "Grüße", "Gr&APwA3w-e"),
        (b'() "/" "R&D plans"', "R&D plans", "R&D plans"),
        ((b'() "/" {5}', b'a"b c'), 'a"b c', 'a"b c'),
    ],
)
def test_a_folder_is_known_by_its_name_however_that_is_written(
    line: bytes | tuple[bytes, bytes], name: str, wire: str
) -> None:
    assert list(listed([line])) == [Folder(name=name, wire=wire, uses=next(listed([line])).uses)]


def test_a_folder_tells_its_special_uses_in_any_case() -> None:
    (folder,) = listed([b'(\\HasNoChildren \\ARCHIVE) "/" Filed'])

    assert folder.uses == {r"\hasnochildren", r"\archive"}


@pytest.mark.parametrize("line", [b"", None, b"nonsense", b'() "/" "', "() / Grüße".encode(), '() "/" Grüße'.encode()])
def test_a_line_that_names_no_folder_as_the_rules_have_it_is_passed_over(line: bytes | None) -> None:
    assert [folder.name for folder in listed([line])] in ([], ['"'])


@pytest.mark.parametrize("name", [b"a\r\nx DELETE INBOX", b"\x1b[2J", b"a\x00b", b"a" * 20_000])
def test_a_name_that_would_be_more_than_a_name_in_a_command_is_passed_over(name: bytes) -> None:
    assert list(listed([(b'() "/" {%d}' % len(name), name), b""])) == []


def test_a_name_as_long_as_a_line_can_be_is_not_even_looked_at() -> None:
    """To read it would take minutes and gigabytes."""
    begun = process_time()

    assert list(listed([b'() "/" "' + b"&AGE-" * 4_000_000 + b'"'])) == []
    assert process_time() - begun < 1


@pytest.mark.parametrize("name", [b"&AAo-", b"&2AA-", b"&ABs-[2J"])
def test_a_name_that_cannot_be_shown_is_known_by_what_the_server_calls_it(name: bytes) -> None:
    assert [folder.name for folder in listed([b'() "/" "' + name + b'"'])] == [name.decode()]


def test_a_name_goes_out_as_it_came_in() -> None:
    assert [Folder.named(name).quoted for name in ("INBOX", "Grüße & Co", 'a "b" \\c')] == [
        '"INBOX"',
        '"Gr&APwA3w-e &- Co"',
        r'"a \"b\" \\c"',
    ]


def test_numbers_are_told_ascending_and_none_where_there_are_none() -> None:
    assert numbers([b"7 3", b"5", None]) == (3, 5, 7)
    assert numbers([None]) == numbers([]) == numbers([b""]) == ()


def test_words_are_those_of_the_last_line() -> None:
    assert words([b"IMAP4rev1", b"(\\Answered $Done \\*)"]) == {r"\ANSWERED", "$DONE", r"\*"}
    assert words([]) == words([None]) == frozenset()


@pytest.mark.parametrize(
    ("cursor", "written"),
    [
        (Cursor(validity=1_700_000_000, following=42), "1700000000/42"),
        (Cursor(validity=9, following=42, old=43), "9/42/43/all"),
        (Cursor(validity=9, following=42, old=43, answers=True), "9/42/43/answers"),
    ],
)
def test_a_cursor_is_read_as_it_was_written(cursor: Cursor, written: str) -> None:
    assert cursor.written() == written
    assert Cursor.read(written) == cursor


def test_of_what_was_there_before_nothing_is_remembered_behind_its_end() -> None:
    cursor = Cursor(validity=9, following=1, old=43, answers=True)

    assert cursor.moved(42) == Cursor(validity=9, following=42, old=43, answers=True)
    assert cursor.moved(43) == Cursor(validity=9, following=43)


def test_folders_are_found_by_name_or_special_use_and_junk_comes_last() -> None:
    found = places("vera@imap.example.org", ["inbox", r"\All", r"\Archive"], THERE)

    assert [(place.name, place.searched, place.junk) for place in found] == [
        ("vera@imap.example.org/INBOX", False, False),
        ("vera@imap.example.org/[Gmail]/All Mail", True, False),
        ("vera@imap.example.org/Spam", True, True),
    ]


def test_a_folder_that_is_named_twice_is_looked_into_once() -> None:
    assert [place.folder for place in places("a", ["[Gmail]/All Mail", r"\All", "Spam", "INBOX"], THERE)] == [
        ALL,
        INBOX,
        JUNK,
    ]


def test_a_plain_name_that_is_not_there_stays_and_a_special_use_does_not() -> None:
    assert [place.name for place in places("a", ["Nowhere", r"\Archive"], ())] == ["a/Nowhere"]


def test_large_and_small_letters_count_in_every_name_but_that_of_the_inbox() -> None:
    assert named("Inbox", THERE) == INBOX
    assert named("spam", THERE) == Folder(name="spam", wire="spam")


def test_a_special_use_that_no_folder_has_gives_a_name_for_one() -> None:
    assert named(r"\All", THERE) == ALL
    assert named(r"\Archive", THERE) == Folder(name="Archive", wire="Archive")
