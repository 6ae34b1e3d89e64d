"""Everything that is kept of a protégé, for themselves: what `my data` and the export say; never the mentor's words."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from okrmate.domain.letters import Incoming, Outgoing, OutgoingState
from okrmate.domain.okrs import KeyResult, Reading
from okrmate.domain.people import Side
from okrmate.frozen import Frozen
from okrmate.mail.reasons import WHOSE_IS_OPEN
from okrmate.mail.words import Words
from okrmate.services.incoming.kept_together import together
from okrmate.services.letters.contexts import FilePart
from okrmate.services.letters.key_result_lines import display_key_result, value_text
from okrmate.services.mentoring.days_off import in_words
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.notes import shared_words
from okrmate.services.mentoring.okrs import outline
from okrmate.services.ports import Reader
from okrmate.services.tables import (
    ADVICE,
    AGENDA_ITEMS,
    CLOSINGS,
    FEEDBACK,
    INCOMING,
    MEETINGS,
    NOTES,
    OKR_SETS,
    OUTGOING,
    PROMISES,
    PROPOSALS,
    READINGS,
    TACTICS,
)


def file_of(reader: Reader, pair: Pair, words: Words) -> tuple[FilePart, ...]:
    """All of it under its headings, in the words of the letters; headings with nothing under them are left out."""
    parts = (
        ("person", _person(pair, words)),
        ("together", together(reader, pair, words)),
        ("goals", _goals(reader, pair, words)),
        ("readings", _readings(reader, pair, words)),
        ("talks", _talks(reader, pair, words)),
        ("written", _written(reader, pair, words)),
        ("mails", _mails(reader, pair, words)),
    )
    told = ((name, tuple(lines)) for name, lines in parts)
    return tuple(FilePart(heading=words.phrase("kept", name), lines=lines) for name, lines in told if lines)


def as_text(parts: Iterable[FilePart]) -> str:
    """The same as plain text: each heading over its lines, an empty line between the parts."""
    return "\n".join("\n".join((part.heading, "", *part.lines, "")) for part in parts)


def _person(pair: Pair, words: Words) -> Iterator[str]:
    protege, mentorship = pair.protege, pair.mentorship
    yield f"{protege.name}, {protege.address}"
    yield f"{protege.zone}, {protege.locale}"
    if protege.days_off:
        yield words.phrase("kept", "days_off", days=in_words(protege.days_off))
    yield words.phrase("kept", "since", date=_date(mentorship.begun_at, words), state=_state(mentorship.state, words))


def _goals(reader: Reader, pair: Pair, words: Words) -> Iterator[str]:
    for okr_set in reader.find(OKR_SETS, "mentorship", pair.mentorship.id):
        for objective, standings in outline(reader, okr_set).objectives:
            yield f"{objective.title} ({_state(okr_set.state, words)})"
            for each in standings:
                yield display_key_result(each.key_result, each.summary, words).display
                yield from _tried(reader, each.key_result, words)


def _tried(reader: Reader, key_result: KeyResult, words: Words) -> Iterator[str]:
    """What was tried for it, and what both take from it."""
    for tactic in reader.find(TACTICS, "key_result", key_result.id):
        said = ": ".join(filter(None, (tactic.title, tactic.learned)))
        yield words.phrase("kept", "entry", date=_date(tactic.begun_at or tactic.created_at, words), said=said)


def _readings(reader: Reader, pair: Pair, words: Words) -> Iterator[str]:
    for okr_set in reader.find(OKR_SETS, "mentorship", pair.mentorship.id):
        for standing in outline(reader, okr_set).standings:
            for reading in reader.find(READINGS, "key_result", standing.key_result.id):
                yield _reading(standing.key_result, reading, words)


def _reading(key_result: KeyResult, reading: Reading, words: Words) -> str:
    value = "" if reading.value is None else value_text(key_result.metric, reading.value, words)
    confidence = "" if reading.confidence is None else f"{reading.confidence}/10"
    files = (each.name for each in reading.evidence)
    said = ", ".join(
        filter(None, [value, confidence, _state(reading.outlook, words), reading.note, reading.blocker, *files])
    )
    name = "taken_back" if reading.undone_by else "reading"
    return words.phrase("kept", name, date=_date(reading.at, words), ref=key_result.ref, said=said)


def _talks(reader: Reader, pair: Pair, words: Words) -> Iterator[str]:
    for meeting in reader.find(MEETINGS, "mentorship", pair.mentorship.id):
        yield words.phrase("kept", "entry", date=_date(meeting.begins_at, words), said=_state(meeting.state, words))
    for note in reader.find(NOTES, "mentorship", pair.mentorship.id):
        for line in shared_words((note,)):
            yield words.phrase("kept", "shared", date=_date(note.at, words), said=line)


def _written(reader: Reader, pair: Pair, words: Words) -> Iterator[str]:
    """What they wrote: points, promises, answers, what they made of advice, feedback; the other side's are theirs."""
    mentorship = pair.mentorship.id
    said = [
        (item.at, item.text) for item in reader.find(AGENDA_ITEMS, "mentorship", mentorship) if item.by is Side.PROTEGE
    ]
    said += [
        (each.at, each.text) for each in reader.find(PROMISES, "mentorship", mentorship) if each.by is Side.PROTEGE
    ]
    said += [(note.at, note.text) for note in reader.find(NOTES, "mentorship", mentorship) if note.by is Side.PROTEGE]
    for tried in reader.find(ADVICE, "mentorship", mentorship):
        told = ((tried.tried_at, tried.did), (tried.impact_at, tried.impact))
        said += [(at, text) for at, text in told if at is not None]
    for given in reader.find(FEEDBACK, "mentorship", mentorship):
        if given.by is Side.PROTEGE:
            said += [(given.at, text) for text in (*given.positive, *given.suggestion)]
    said += _of_their_sets(reader, mentorship)
    for at, text in sorted(said, key=lambda each: each[0]):
        yield words.phrase("kept", "entry", date=_date(at, words), said=_one_line(text.splitlines()))


def _of_their_sets(reader: Reader, mentorship: str) -> Iterator[tuple[datetime, str]]:
    """What they wished of their goals, and what they said at the end of a set."""
    for wish in reader.find(PROPOSALS, "mentorship", mentorship):
        if wish.by is Side.PROTEGE:
            yield wish.at, wish.words
    for closing in reader.find(CLOSINGS, "mentorship", mentorship):
        okr_set = reader.get(OKR_SETS, closing.id)
        if okr_set is not None:
            scores = (f"{own.score} {own.note}" for own in closing.scores)
            at = okr_set.closed_at or okr_set.activated_at or okr_set.created_at
            yield from ((at, text) for text in (closing.learned, *scores) if text)


class Mails(Frozen):
    """The mails a person wrote and the letters that left to them, as they are named where raw mail is kept."""

    written: frozenset[str]
    """By their places."""
    sent: frozenset[str]
    """By the letters' ids."""

    def has(self, place: str) -> bool:
        """Whether one of them lies there."""
        stem = place.rpartition("/")[2].removesuffix(".eml")
        return place in self.written or stem.rpartition("-")[0] in self.sent


def mails_of(reader: Reader, pair: Pair) -> Mails:
    """Those of one person; none that the mentor or somebody unknown wrote."""
    return Mails(
        written=frozenset(mail.raw for mail in _written_by_them(reader, pair)),
        sent=frozenset(letter.id for letter in _sent_to_them(reader, pair)),
    )


def _written_by_them(reader: Reader, pair: Pair) -> tuple[Incoming, ...]:
    return tuple(mail for mail in reader.find(INCOMING, "mentorship", pair.mentorship.id) if _is_theirs(reader, mail))


def _sent_to_them(reader: Reader, pair: Pair) -> tuple[Outgoing, ...]:
    letters = reader.find(OUTGOING, "mentorship", pair.mentorship.id)
    return tuple(each for each in letters if each.to is Side.PROTEGE and each.state is OutgoingState.SENT)


def _mails(reader: Reader, pair: Pair, words: Words) -> Iterator[str]:
    mails = [(mail.received_at, "from_you", mail.subject) for mail in _written_by_them(reader, pair)]
    mails += [
        (letter.sent_at, "to_you", letter.subject)
        for letter in _sent_to_them(reader, pair)
        if letter.sent_at is not None
    ]
    for at, name, subject in sorted(mails, key=lambda each: each[0]):
        yield words.phrase("kept", name, date=_date(at, words), subject=_one_line([subject]))


def _is_theirs(reader: Reader, mail: Incoming) -> bool:
    """Whether the protégé wrote it: neither the mentor in answer to a letter of hers, nor anybody it may also be."""
    answered = reader.get(OUTGOING, mail.answers) if mail.answers else None
    written_by_her = answered is not None and answered.to is Side.MENTOR
    return not written_by_her and not (mail.unproven and mail.reason in WHOSE_IS_OPEN)


def _state(name: str, words: Words) -> str:
    return words.phrase("states", name) if name else ""


def _one_line(lines: Iterable[str]) -> str:
    return " ".join(line.strip() for line in lines if line.strip())


def _date(moment: datetime, words: Words) -> str:
    return words.when(moment, "dated")
