"""What is kept of a protégé's side of the mentorship itself, for themselves: charter, aims, own steps, pulse."""

from collections.abc import Iterator
from datetime import date, datetime, time

from okrmate.domain.markers import MarkerKind
from okrmate.domain.people import Side
from okrmate.domain.pulse import said_by
from okrmate.mail.words import Words
from okrmate.services.mentoring.aims import aims_of
from okrmate.services.mentoring.charters import charter_of
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.pulses import pulses_of
from okrmate.services.ports import Reader
from okrmate.services.tables import MARKERS


def together(reader: Reader, pair: Pair, words: Words) -> Iterator[str]:
    """Line by line; of what the mentor wrote only the charter, which is both's."""
    mentorship = pair.mentorship.id
    yield from _charter(reader, mentorship, words)
    aims = aims_of(reader, mentorship, Side.PROTEGE)
    if aims is not None:
        yield from (words.phrase("kept", "aim", said=each) for each in aims.aims)
        if aims.gain:
            yield words.phrase("kept", "gain", said=aims.gain)
    for marker in reader.find(MARKERS, "mentorship", mentorship):
        if marker.kind is MarkerKind.OWN and marker.by is Side.PROTEGE:
            yield words.phrase("kept", "entry", date=_day(marker.on, words), said=marker.title)
    for pulse in said_by(pulses_of(reader, mentorship), Side.PROTEGE):
        said = ", ".join(filter(None, (pulse.because, pulse.one_higher)))
        helpful = words.phrase("kept", "pulse", number=str(pulse.helpful))
        told = f"{helpful}, {said}" if said else helpful
        yield words.phrase("kept", "entry", date=words.when(pulse.at, "dated"), said=told)


def _charter(reader: Reader, mentorship: str, words: Words) -> Iterator[str]:
    charter = charter_of(reader, mentorship)
    if charter is None:
        return
    terms = charter.terms
    length = words.phrase("kept", "minutes", minutes=str(terms.minutes)) if terms.minutes else ""
    parts = filter(None, (terms.rhythm, length, terms.channel, terms.confidentiality))
    yield words.phrase("kept", "charter", said=", ".join(parts))
    agreed = charter.agreed_by(Side.PROTEGE)
    if agreed is not None:
        yield words.phrase("kept", "agreed", date=words.when(agreed.at, "dated"))


def _day(on: date, words: Words) -> str:
    return words.when(datetime.combine(on, time(12), tzinfo=words.zone), "dated")
