"""Agendas in each of their states, and the mentor's copies."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from okrmate.domain.agenda import AgendaState
from okrmate.domain.letters import Item
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services.letters.contexts import (
    Advice,
    AgendaContext,
    AgendaCopyContext,
    AskedQuestion,
    FinalAgendaContext,
    Late,
)
from okrmate.services.letters.item_texts import Wording
from tests.mail.sample_people import AIKO, GUIDE, INES, KEY_RESULTS, RETURNS, TALK, TOMAS, VISITS, Point, Sample

POINTS: tuple[Point, ...] = (
    (Wording.PROMISE_PROTEGE, 10, {"topic": "The letter to the museum", "protege": "Tomas", "date": date(2026, 8, 20)}),
    (Wording.SUGGESTION_TRIED, 5, {"words": "Fewer points, more time", "protege": "Tomas"}),
    (Wording.MOVED, 10, {"title": VISITS.title, "old": "2", "new": "3 of 8", "ref": "1.1"}),
    (Wording.WAITING, 15, {"title": GUIDE.title, "value": "40 %", "date": date(2026, 8, 3), "ref": "1.3"}),
    (Wording.FROM_PROTEGE, 10, {"words": "Do I need a second bench?", "protege": "Tomas", "date": date(2026, 9, 2)}),
    (Wording.FEEDBACK, 5, {}),
)
WAITING: tuple[Point, ...] = (
    (Wording.TIME_TAKEN, 10, {"date": date(2026, 8, 18)}),
    (Wording.ALL_WAITING, 20, {"date": date(2026, 8, 18)}),
    (Wording.RIGHT_GOAL, 5, {"protege": "Aiko"}),
    (Wording.FEEDBACK, 5, {}),
)
FIRST: tuple[Point, ...] = (
    (Wording.INTRODUCTIONS, 20, {}),
    (Wording.DIFFERENCE, 20, {"protege": "Aiko"}),
    (Wording.TOGETHER, 5, {}),
    (Wording.FEEDBACK, 5, {}),
)
FOR_TOMAS = AgendaContext(name="Tomas", other="Ines", number=3, begins=TALK, minutes=60)
FOR_AIKO = AgendaContext(name="Aiko", other="Ines", number=3, begins=TALK, minutes=60)
COPY = AgendaCopyContext(name="Ines", other="Tomas", number=3, begins=TALK, minutes=60)

FULL = replace(
    FOR_TOMAS,
    heard_on=date(2026, 9, 9),
    questions=(
        AskedQuestion(id="need-1", text="Which skill or tool would you want at hand that you lack today?"),
        AskedQuestion(id="joy-1", text="Which hour of your week do you wish were longer?"),
    ),
    advice=Advice(on=date(2026, 8, 20), words="let them hold the tool first"),
    own_line="The crooked drawer made my week.",
)
STILL = replace(
    FOR_AIKO,
    state=AgendaState.STANDSTILL,
    heard_on=date(2026, 8, 18),
    since=date(2026, 8, 18),
)
FIRST_LATE = replace(
    FOR_AIKO,
    state=AgendaState.FIRST_TALK,
    number=1,
    late=Late.PLANNED_LATE,
    days_ahead=1,
)
ASLEEP = replace(FOR_TOMAS, late=Late.ASLEEP, days_ahead=2)
FINAL = FinalAgendaContext(
    name="Tomas",
    other="Ines",
    to=Side.PROTEGE,
    number=3,
    begins=TALK,
    items=(
        Item(number=1, text="New: the rent for the bench", minutes=15, id="own:i2"),
        Item(number=2, text="One positive and one suggestion from each of you", minutes=5, id="feedback"),
    ),
    left_out=("Printed guide to the workshop", "the next open day"),
)
COPY_SENT = replace(
    COPY,
    sent_at=datetime(2026, 9, 14, 7, 0, tzinfo=UTC),
    last_answer=date(2026, 9, 9),
)
COPY_HELD = replace(COPY, other="Aiko", number=1, minutes=45, late=Late.PLANNED_LATE, days_ahead=1)

AGENDAS: Mapping[str, Sample] = {
    "agenda": Sample(reader=TOMAS, context=FULL, points=POINTS, krs=KEY_RESULTS),
    "agenda_still": Sample(reader=AIKO, context=STILL, points=WAITING, krs={VISITS: "2", RETURNS: "30"}),
    "agenda_first_late": Sample(reader=AIKO, context=FIRST_LATE, points=FIRST),
    "agenda_asleep": Sample(reader=TOMAS, context=ASLEEP, points=POINTS[-1:], krs={VISITS: None}),
    "agenda_final": Sample(reader=TOMAS, context=FINAL, asks=False),
    "agenda_final_copy": Sample(
        reader=INES, context=replace(FINAL, name="Ines", other="Tomas", to=Side.MENTOR), asks=False
    ),
    "agenda_copy": Sample(reader=INES, context=COPY_SENT, points=POINTS, krs=KEY_RESULTS),
    "agenda_copy_held": Sample(reader=INES, context=COPY_HELD),
}
