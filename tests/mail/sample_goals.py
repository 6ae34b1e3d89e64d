"""The letters about a set of OKRs in each of their states, with people of the tests' own."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from okrmate.domain.closing import FinalScore
from okrmate.domain.people import Side
from okrmate.domain.summaries import NOTHING_HEARD, Summary
from okrmate.domain.versions import Difference, DifferenceKind, VersionLine
from okrmate.frozen import replace
from okrmate.mail.words import Words
from okrmate.services.letters.key_result_lines import display_key_result
from okrmate.services.letters.set_contexts import (
    ClosedContext,
    ClosingContext,
    CoachContext,
    Goal,
    HalfTimeContext,
    HalfTimeState,
    RefineContext,
)
from okrmate.services.letters.set_lines import agreed_line, closing_line, difference_line, final_line
from tests.mail.sample_people import AIKO, GUIDE, INES, PRESS, RETURNS, TOMAS, VISITS, Sample

UNTIL = date(2026, 12, 31)
HEARD = {
    VISITS: Summary(value=Decimal(7), readings=4),
    RETURNS: Summary(value=Decimal(40), readings=2),
    GUIDE: Summary(value=Decimal(100), readings=3),
    PRESS: NOTHING_HEARD,
}
SCORES = {VISITS: Decimal("0.58"), RETURNS: Decimal("0.47"), GUIDE: Decimal(1), PRESS: None}
GOALS = (
    Goal(title="A workshop people bring their friends to", number=1, refs=("1.1", "1.2", "1.3")),
    Goal(title="Be known beyond the valley", number=2, refs=("2.1",)),
)


def goals(words: Words) -> Mapping[str, Sample]:
    """Every letter about a set, each line of it in these words."""
    return {**_agreeing(words), **_half_times(words), **_closings(words)}


def _agreeing(words: Words) -> Mapping[str, Sample]:
    bench = VersionLine(id="a", ref="1.4", title="Build a second bench")
    words_of = VersionLine(id="b", ref="1", title="Get better at hosting")
    gone = Difference(kind=DifferenceKind.DROPPED, before=bench, after=None)
    other = Difference(kind=DifferenceKind.REWORDED, before=words_of, after=replace(words_of, title=GOALS[0].title))
    refine = RefineContext(
        name="Tomas",
        other="Ines",
        until=UNTIL,
        goals=GOALS,
        changes=(
            difference_line(other, "", words),
            difference_line(gone, "it is yours to do, and the visits show whether it helps.", words),
        ),
        krs=tuple(agreed_line(each, words) for each in HEARD),
    )
    coach = CoachContext(
        name="Tomas",
        other="Ines",
        objectives=1,
        key_results=2,
        lines=("Become a host people write to", "Sweep the workshop on Fridays", "Studios that ask for a visit"),
        good="you know what you do on Fridays. That is the hard part for most.",
        question="If this works, who does something they do not do today?",
        next_talk=date(2026, 9, 17),
    )
    prose = replace(coach, objectives=0, key_results=0, lines=(), next_talk=None, question="")
    return {
        "refine-summary": Sample(reader=TOMAS, context=refine),
        "refine-summary_as_drafted": Sample(reader=TOMAS, context=replace(refine, changes=())),
        "coach": Sample(reader=TOMAS, context=coach, asks=False),
        "coach_prose": Sample(reader=TOMAS, context=prose, asks=False),
    }


def _half_times(words: Words) -> Mapping[str, Sample]:
    lines = (replace(display_key_result(kr, heard, words), shown=True) for kr, heard in HEARD.items())
    half = HalfTimeContext(name="Tomas", other="Ines", to=Side.PROTEGE, until=UNTIL, krs=tuple(lines))
    silent = replace(half, name="Aiko", state=HalfTimeState.SILENT, heard_on=date(2026, 8, 18))
    return {
        "mid-cycle": Sample(reader=TOMAS, context=half),
        "mid-cycle_silent": Sample(reader=AIKO, context=silent),
        "mid-cycle_unheard": Sample(reader=AIKO, context=replace(silent, heard_on=None)),
        "mid-cycle_mentor": Sample(reader=INES, context=replace(half, name="Ines", other="Tomas", to=Side.MENTOR)),
    }


def _closings(words: Words) -> Mapping[str, Sample]:
    closing = ClosingContext(
        name="Tomas",
        other="Ines",
        to=Side.PROTEGE,
        until=UNTIL,
        unknown=1,
        krs=tuple(closing_line(kr, heard, SCORES[kr], words) for kr, heard in HEARD.items()),
        own_line="You are another host than in January.",
    )
    none = replace(closing, unknown=1, krs=closing.krs[-1:], own_line="")
    hers = replace(closing, name="Ines", other="Tomas", to=Side.MENTOR, own_line="")
    return {
        "closing": Sample(reader=TOMAS, context=closing),
        "closing_known": Sample(reader=TOMAS, context=replace(closing, unknown=0, krs=closing.krs[:3])),
        "closing_unknown": Sample(reader=AIKO, context=replace(none, name="Aiko")),
        "closing_mentor": Sample(reader=INES, context=hers),
        "closed": Sample(reader=TOMAS, context=_closed(Side.PROTEGE, words), asks=False),
        "closed_mentor": Sample(reader=INES, context=_closed(Side.MENTOR, words), asks=False),
        "closed_in_silence": Sample(
            reader=TOMAS,
            context=replace(_closed(Side.PROTEGE, words), learned="", carried=(), yours=None),
            asks=False,
        ),
    }


def _closed(to: Side, words: Words) -> ClosedContext:
    own = {RETURNS: (Decimal("0.6"), "they came twice, only later"), PRESS: (None, "")}
    lines = []
    for kr, heard in HEARD.items():
        score, note = own.get(kr, (SCORES[kr], ""))
        final = FinalScore(key_result=kr.id, ref=kr.ref, title=kr.title, by_numbers=SCORES[kr], score=score, note=note)
        lines.append(final_line(kr, heard, final, "final_theirs" if to is Side.MENTOR else "final_yours", words))
    return ClosedContext(
        name="Ines" if to is Side.MENTOR else "Tomas",
        other="Tomas" if to is Side.MENTOR else "Ines",
        to=to,
        learned="Ask on the same day, while they smell the oil.",
        lines=tuple(lines),
        carried=(f"{PRESS.title} (KR {PRESS.ref})",),
        yours=5,
        theirs=4,
    )
