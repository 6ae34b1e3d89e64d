"""Mail, the other side: what leaves and when, letting it go, holding it, ending a pause."""

from datetime import timedelta

import pytest

from okrmate.domain.letters import HoldReason, LetterKind, OutgoingState
from okrmate.services.pause import pause
from okrmate.services.tables import CHANGES, OUTGOING
from tests.builders import an_outgoing
from tests.services.rooms import put
from tests.tui.letters_and_mails import held, morning
from tests.tui.terminal import assert_golden, both_sizes, played, terminal


@both_sizes
@played
async def test_the_letters_read_as_they_were_approved(size: tuple[int, int]) -> None:
    async with terminal(held().room, size) as shown:
        await shown.press("5", "o")

        assert_golden(f"mail-letters-{size[0]}x{size[1]}", shown.text)


@played
async def test_a_held_letter_is_let_go_with_what_waited_for_the_same_reason() -> None:
    office = held()
    async with terminal(office.room) as shown:
        await shown.press("5", "o")
        assert "held: first letter" in shown.text
        await shown.press("s")

        await shown.until(lambda: not office.store.find(OUTGOING, "state", OutgoingState.HELD))
        await shown.until_shown("Free to leave.")
    assert office.mentorship("sam-pair").reviewed


@played
async def test_a_letter_that_was_let_go_is_held_again_by_undo() -> None:
    office = held()
    async with terminal(office.room) as shown:
        await shown.press("5", "o", "s")
        await shown.until_shown("leaves")
        await shown.press("u")
        await shown.until_shown("Take this back?")
        await shown.press("t")

        await shown.until(lambda: bool(office.store.find(OUTGOING, "state", OutgoingState.HELD)))


@played
async def test_holding_a_letter_promises_no_undo_and_a_letter_let_go_is_what_undo_means() -> None:
    office = morning()
    put(office, an_outgoing(id="waits", mentorship="sam-pair", kind=LetterKind.EXCHANGE, due_at=office.clock.now()))
    async with terminal(office.room) as shown:
        await shown.press("5", "o")
        await shown.until_shown("leaves")
        await shown.press("h")
        await shown.until_shown("Held.")
        assert "u undoes it" not in shown.text

        await shown.press("s")
        await shown.until_shown("Free to leave.")
        await shown.press("u")
        await shown.until_shown("let go")
        assert "Take this back?" in shown.text
        await shown.press("u")
        assert "Take this back?" in shown.text
        await shown.press("t")

        await shown.until(
            lambda: [each.id for each in office.store.find(OUTGOING, "state", OutgoingState.HELD)] == ["waits"]
        )


@pytest.mark.parametrize(("days", "promised"), [(0, False), (3, True)], ids=["now", "later"])
@played
async def test_undo_is_promised_of_a_letter_that_was_let_go_only_while_it_stays(days: int, promised: bool) -> None:
    office = morning()
    due = office.clock.now() + timedelta(days=days)
    waits = an_outgoing(id="waits", mentorship="sam-pair", kind=LetterKind.EXCHANGE, due_at=due)
    put(office, waits.becoming(OutgoingState.HELD, hold=HoldReason.BY_HAND))
    async with terminal(office.room) as shown:
        await shown.press("5", "o", "s")
        await shown.until_shown("Free to leave.")

        assert ("u undoes it" in shown.text) is promised


@played
async def test_undo_means_what_was_done_last_though_a_mail_was_applied_since() -> None:
    office = held()
    async with terminal(office.room) as shown:
        await shown.press("5", "o", "s")
        await shown.until_shown("Free to leave.")
        office.answer(office.letter(LetterKind.AGENDA), "1.1: 4")
        await shown.press("u")
        await shown.until_shown("Take this back?")
        assert "let go" in shown.text


@played
async def test_a_waiting_letter_is_held_by_hand() -> None:
    office = morning()
    put(office, an_outgoing(id="waits", mentorship="sam-pair", kind=LetterKind.EXCHANGE, due_at=office.clock.now()))
    async with terminal(office.room) as shown:
        await shown.press("5", "o")
        await shown.until_shown("leaves")
        await shown.press("h")

        await shown.until_shown("held by hand")
    found = office.store.get(OUTGOING, "waits")
    assert found is not None
    assert found.hold is HoldReason.BY_HAND


@played
async def test_a_pause_of_all_letters_is_ended_after_asking() -> None:
    office = held()
    pause(office.desk, "the clock jumped by 3 days")
    async with terminal(office.room) as shown:
        await shown.press("5", "o")
        assert "the clock jumped by 3 days" in shown.text
        await shown.press("S")
        await shown.until_shown("Let every letter go?")
        await shown.press("S")

        await shown.until(lambda: not office.store.find(OUTGOING, "state", OutgoingState.HELD))
    assert "the whole outbox let go" in [change.what for change in office.every(CHANGES)]


@played
async def test_a_letter_is_read_whole_and_left_again() -> None:
    async with terminal(held().room) as shown:
        await shown.press("5", "o", "v")
        await shown.until_shown("Agenda to Sam Ortiz")
        await shown.press("escape")

        await shown.until_shown("Held")
