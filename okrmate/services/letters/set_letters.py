"""What the letters about a set of OKRs are told, from the state of the store at that moment."""

from datetime import date, datetime, timedelta

from okrmate.domain.closing import Closing
from okrmate.domain.letters import KeyResultLine, LetterKind
from okrmate.domain.okrs import OkrSet
from okrmate.domain.people import Side
from okrmate.domain.pulse import said_by
from okrmate.domain.versions import compare, reasons
from okrmate.frozen import replace
from okrmate.mail.words import Words
from okrmate.services.letters.due import Due
from okrmate.services.letters.key_result_lines import display_key_result
from okrmate.services.letters.set_contexts import (
    ClosedContext,
    ClosingContext,
    Goal,
    HalfTimeContext,
    HalfTimeState,
    RefineContext,
)
from okrmate.services.letters.set_dues import ANSWERED_WITHIN
from okrmate.services.letters.set_lines import agreed_line, closing_line, difference_line, final_line
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.closing import closing_of, scores_by_numbers
from okrmate.services.mentoring.okrs import Outline, outline
from okrmate.services.mentoring.pulses import pulses_of
from okrmate.services.mentoring.versions import lines_of, versions_of
from okrmate.services.ports import Reader

SetContext = RefineContext | HalfTimeContext | ClosingContext | ClosedContext
OF_A_SET = (LetterKind.REFINE_SUMMARY, LetterKind.MID_CYCLE, LetterKind.CLOSING, LetterKind.CLOSED)
"""The letters that are about a set of OKRs."""


def set_context(room: MailRoom, reader: Reader, due: Due, now: datetime) -> SetContext:
    """What the letter is told; `due` names its set."""
    okr_set = set_of(due)
    found = outline(reader, okr_set)
    words = room.composer.words(room.recipient(due.pair.protege, due.to))
    match due.kind:
        case LetterKind.REFINE_SUMMARY:
            return _refined(room, reader, due, found, words)
        case LetterKind.MID_CYCLE:
            return _half_time(room, due, found, words)
        case LetterKind.CLOSING:
            return _closing(room, reader, due, found, words, now)
        case _:
            return _closed(room, reader, due, found, words)


def set_of(due: Due) -> OkrSet:
    """The set a letter is about."""
    if due.okr_set is None:
        message = f"{due.kind} belongs to a set of OKRs"
        raise AssertionError(message)
    return due.okr_set


def _names(room: MailRoom, due: Due) -> tuple[str, str]:
    mentor, protege = room.mentor.first_name, due.pair.protege.first_name
    return (mentor, protege) if due.to is Side.MENTOR else (protege, mentor)


def _ends(okr_set: OkrSet) -> date:
    return okr_set.ends or okr_set.created_at.date()


def _refined(room: MailRoom, reader: Reader, due: Due, found: Outline, words: Words) -> RefineContext:
    name, other = _names(room, due)
    kept = versions_of(reader, found.okr_set)
    why = reasons(kept)
    differences = compare(kept[0].lines, lines_of(found)) if kept else ()
    return RefineContext(
        name=name,
        other=other,
        until=_ends(found.okr_set),
        goals=tuple(
            Goal(
                title=objective.title,
                number=objective.number,
                refs=tuple(each.key_result.ref for each in standings),
            )
            for objective, standings in found.objectives
        ),
        changes=tuple(difference_line(each, why.get(each.line.id, ""), words) for each in differences),
        krs=tuple(agreed_line(each.key_result, words) for each in found.standings),
    )


def _half_time(room: MailRoom, due: Due, found: Outline, words: Words) -> HalfTimeContext:
    name, other = _names(room, due)
    heard = [each.summary.heard_at for each in found.standings if each.summary.heard_at is not None]
    moved = [each.summary.readings for each in found.standings if each.summary.readings > 1]
    reader = room.recipient(due.pair.protege, due.to)
    return HalfTimeContext(
        name=name,
        other=other,
        state=HalfTimeState.NORMAL if moved else HalfTimeState.SILENT,
        to=due.to,
        until=_ends(found.okr_set),
        heard_on=reader.local(max(heard)).date() if heard else None,
        krs=_shown(tuple(display_key_result(each.key_result, each.summary, words) for each in found.standings)),
    )


def _shown(lines: tuple[KeyResultLine, ...]) -> tuple[KeyResultLine, ...]:
    return tuple(replace(line, shown=True) for line in lines)


def _closing(room: MailRoom, reader: Reader, due: Due, found: Outline, words: Words, now: datetime) -> ClosingContext:
    name, other = _names(room, due)
    numbers = scores_by_numbers(reader, found, now)
    answered = room.recipient(due.pair.protege, due.to).local(max(now, due.due_at) + ANSWERED_WITHIN).date()
    return ClosingContext(
        name=name,
        other=other,
        to=due.to,
        until=max(_ends(found.okr_set), answered - timedelta(days=1)),
        unknown=sum(score is None for score in numbers.values()),
        krs=tuple(
            closing_line(each.key_result, each.summary, numbers[each.key_result.id], words) for each in found.standings
        ),
    )


def _closed(room: MailRoom, reader: Reader, due: Due, found: Outline, words: Words) -> ClosedContext:
    name, other = _names(room, due)
    known: Closing = closing_of(reader, found.okr_set)
    final = {each.key_result: each for each in known.final}
    by = "final_theirs" if due.to is Side.MENTOR else "final_yours"
    felt = {
        side: next(
            (
                each.helpful
                for each in reversed(said_by(pulses_of(reader, found.okr_set.mentorship), side))
                if each.okr_set == found.okr_set.id
            ),
            None,
        )
        for side in Side
    }
    standings = [each for each in found.standings if each.key_result.id in final]
    return ClosedContext(
        name=name,
        other=other,
        to=due.to,
        learned=known.learned,
        lines=tuple(
            final_line(each.key_result, each.summary, final[each.key_result.id], by, words) for each in standings
        ),
        carried=tuple(f"{each.title} (KR {each.ref})" for each in known.final if each.carried),
        yours=felt[due.to],
        theirs=felt[due.to.other],
    )
