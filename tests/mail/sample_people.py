"""The people and key results that the sample letters speak of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from okrmate.adapters.resources import Resources
from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.letters import Item, KeyResultLine
from okrmate.domain.metrics import Bound, Count, Metric, Milestone, Percent, Threshold
from okrmate.domain.okrs import KeyResult, Reading
from okrmate.domain.people import Mentor, Person, Protege
from okrmate.domain.summaries import summarise
from okrmate.frozen import replace
from okrmate.mail.rendering import Composer
from okrmate.services.letters.contexts import LetterContext
from okrmate.services.letters.item_texts import Wording, item_texts
from okrmate.services.letters.key_result_lines import display_key_result

COMPOSER = Composer(Resources(None))
INES = Mentor(name="Ines Aldana", address="ines@example.org", zone="Europe/Madrid", locale="en-GB")
TOMAS = Protege(id="tomas", name="Tomas Reuter", address="tomas@example.net", zone="Europe/Berlin", locale="en-GB")
AIKO = Protege(id="aiko", name="Aiko Brandt", address="aiko@example.net", zone="Asia/Tokyo", locale="en")

TALK = datetime(2026, 9, 17, 8, 0, tzinfo=UTC)
TALK_ENDS = datetime(2026, 9, 17, 9, 0, tzinfo=UTC)
AFTER = datetime(2026, 9, 24, 12, 30, tzinfo=UTC)
AFTER_ENDS = datetime(2026, 9, 24, 13, 30, tzinfo=UTC)


def key_result(ref: str, title: str, metric: Metric) -> KeyResult:
    return KeyResult(id=f"id-{ref}", mentorship="m", objective="o", ref=ref, title=title, metric=metric)


VISITS = key_result("1.1", "Studios that ask for a visit", Count(target=Decimal(8), baseline=Decimal(2)))
RETURNS = key_result("1.2", "Guests who come a second time", Percent(target=Decimal(45), baseline=Decimal(30)))
GUIDE = key_result("1.3", "Printed guide to the workshop", Milestone())
PRESS = key_result(
    "2.1", "Local papers that name the workshop", Threshold(target=Decimal(25), bound=Bound.AT_LEAST, unit="%")
)
KEY_RESULTS: Mapping[KeyResult, str | None] = {VISITS: "3", RETURNS: "37.5", GUIDE: "40", PRESS: None}

Point = tuple[Wording, int, Mapping[str, str | date]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A letter to be written: what it is told and who reads it."""

    context: LetterContext
    reader: Person
    points: tuple[Point, ...] = field(default=(), hash=False)
    krs: Mapping[KeyResult, str | None] = field(default_factory=dict, hash=False)
    asks: bool = True
    """Whether it begins with a question."""

    def told(self, language: str) -> LetterContext:
        """The context with its list and its key results in the words of this language."""
        reader = speaking(self.reader, language)
        context = replace(self.context, items=listed(self.points, reader)) if self.points else self.context
        return replace(context, krs=shown(reader, self.krs)) if self.krs else context


def speaking(person: Person, language: str) -> Person:
    """Somebody as they would read in another language."""
    return person if language == person.language else replace(person, language=language, locale=language)


def shown(person: Person, values: Mapping[KeyResult, str | None]) -> tuple[KeyResultLine, ...]:
    """The key results as this person is shown them."""
    words = COMPOSER.words(person)
    return tuple(display_key_result(kr, summarise(_readings(kr, value)), words) for kr, value in values.items())


def _readings(kr: KeyResult, value: str | None) -> tuple[Reading, ...]:
    if value is None:
        return ()
    source = Source(kind=SourceKind.MAIL)
    return (Reading(id="r", mentorship="m", key_result=kr.id, at=TALK, source=source, value=Decimal(value)),)


def listed(points: tuple[Point, ...], reader: Person) -> tuple[Item, ...]:
    """The points of an agenda, numbered, in the wording of this reader."""
    told = COMPOSER.words(reader)
    texts = [item_texts(wording, values, told, told) for wording, _, values in points]
    return tuple(
        Item(number=number, text=text.hers if reader.name == INES.name else text.his, minutes=minutes)
        for number, (text, (_, minutes, _)) in enumerate(zip(texts, points, strict=True), start=1)
    )
