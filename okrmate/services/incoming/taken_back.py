"""What an undo by mail took back, a line each: numbers as they were, points, a pause, an answer to an invitation."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from okrmate.domain.changes import Edit
from okrmate.domain.meetings import ItemState, Participation
from okrmate.domain.okrs import Reading
from okrmate.domain.people import MentorshipState
from okrmate.mail.markup import shorten
from okrmate.mail.words import Words
from okrmate.services.incoming.effects import Effects
from okrmate.services.letters.key_result_lines import restored_line
from okrmate.services.ports import Transaction
from okrmate.services.tables import (
    ADVICE,
    AGENDA_CHOICES,
    AGENDA_ITEMS,
    AIMS,
    CHANGES,
    CHARTERS,
    CLOSINGS,
    FEEDBACK,
    KEY_RESULTS,
    MEETINGS,
    MENTORSHIPS,
    NOTES,
    PROMISES,
    PROPOSALS,
    PULSES,
    READINGS,
)

WIDTH = 80
"""Characters of somebody's own words that are quoted back."""
_KEPT: Mapping[str, str] = MappingProxyType(
    {
        ADVICE.name: "advice",
        AGENDA_CHOICES.name: "list",
        AIMS.name: "aims",
        CHARTERS.name: "charter",
        CLOSINGS.name: "closing",
        FEEDBACK.name: "feedback",
        NOTES.name: "answer",
        PROMISES.name: "promise",
        PROPOSALS.name: "wish",
        PULSES.name: "pulse",
    }
)
"""What else an answer keeps, each with the phrase that says it is as it was before."""


def taken_back(tx: Transaction, effects: Effects, words: Words) -> tuple[str, ...]:
    """Everything that is otherwise again, as lines for whoever wrote the mail; nothing where nothing was undone."""
    return (*_restored(tx, effects, words), *_unsaid(effects, words))


def anything_newer(tx: Transaction, effects: Effects) -> bool:
    """Whether a value stands that was heard after one that was taken back, so that not all is as before."""
    return any(_has_newer(tx, each) for each in _readings(tx, effects))


def undone_at(tx: Transaction, effects: Effects) -> datetime | None:
    """When what was taken back had been changed; None where nothing was."""
    undone = tx.get(CHANGES, effects.undone.undoes) if effects.undone else None
    return undone.at if undone else None


def _edits(effects: Effects) -> tuple[Edit, ...]:
    return effects.undone.edits if effects.undone is not None else ()


def _restored(tx: Transaction, effects: Effects, words: Words) -> Iterator[str]:
    for reading in _readings(tx, effects):
        key_result = tx.get(KEY_RESULTS, reading.key_result)
        if key_result is not None:
            value, newer = tx.summary(key_result.id).value, _has_newer(tx, reading)
            yield restored_line(key_result, value, words, newer=newer).text


def _readings(tx: Transaction, effects: Effects) -> tuple[Reading, ...]:
    """The values an undo took back, one of each key result."""
    readings = [tx.get(READINGS, edit.id) for edit in _edits(effects) if edit.table == READINGS.name]
    by_key_result = {each.key_result: each for each in readings if each is not None and each.value is not None}
    return tuple(by_key_result[each] for each in sorted(by_key_result))


def _has_newer(tx: Transaction, taken: Reading) -> bool:
    """Whether a value stands that was heard after the one that was taken back."""
    others = tx.find(READINGS, "key_result", taken.key_result)
    return any(each.value is not None and not each.undone_by and each.at > taken.at for each in others)


def _unsaid(effects: Effects, words: Words) -> tuple[str, ...]:
    """All beside numbers, each once: nobody learns from the codes of records what is as it was."""
    named = ((name, said) for edit in _edits(effects) for name, said in _names(edit))
    return tuple(words.phrase("taken_back", name, words=shorten(said, WIDTH)) for name, said in dict.fromkeys(named))


def _names(edit: Edit) -> Iterator[tuple[str, str]]:
    """The phrases for one record that is as it was before, each with the words it quotes."""
    before, after = edit.before or {}, edit.after or {}
    match edit.table:
        case AGENDA_ITEMS.name:
            open_again = after.get("state") == ItemState.OPEN
            yield "item_back" if open_again else "item", f"{(after or before).get('text', '')}"
        case MENTORSHIPS.name if before.get("state") != after.get("state"):
            yield "paused" if after.get("state") == MentorshipState.PAUSED else "resumed", ""
        case MENTORSHIPS.name if before.get("paused_until") != after.get("paused_until"):
            yield "paused", ""
        case MENTORSHIPS.name:
            yield "asks", ""
        case MEETINGS.name:
            if before.get("participation") != after.get("participation"):
                open_again = after.get("participation", Participation.NEEDS_ACTION) == Participation.NEEDS_ACTION
                yield "invitation_open" if open_again else "invitation", ""
            if before.get("agenda_suits_at") != after.get("agenda_suits_at"):
                yield "suits", ""
            if before.get("state") != after.get("state"):
                yield "talk", ""
        case table if table in _KEPT:
            yield _KEPT[table], ""
        case _:
            pass
