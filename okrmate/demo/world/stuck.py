"""Aiko, who is stuck: her evenings are as full as they were six weeks ago, whatever is tried."""

from datetime import timedelta
from decimal import Decimal

from okrmate.demo.goals import counted
from okrmate.demo.past import Past, PastAdvice, PastPromise, PastPulse, PastTactic, PastTalk, Said
from okrmate.demo.people import AIKO, Typed
from okrmate.domain.letters import LetterKind
from okrmate.domain.metrics import MetricKind
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services.mentoring.okrs import NewKeyResult, NewObjective

HOURS, DAYS = timedelta(hours=1), timedelta(days=1)

STUCK = (
    replace(
        AIKO,
        types=(
            Typed(
                to=LetterKind.AGENDA,
                after=timedelta(hours=1, minutes=40),
                top="1.1 still 46, the posters bring nobody\n1.2: more than last time\n\nSent from my phone",
            ),
            Typed(to=LetterKind.ACKNOWLEDGEMENT, after=timedelta(minutes=20), top="1.2: 26%"),
            Typed(
                to=LetterKind.FEEDBACK,
                after=timedelta(hours=20),
                top="Positive: clear examples\nSuggestion: a shorter list",
            ),
            Typed(
                to=LetterKind.CLOSING,
                after=timedelta(hours=30),
                below=(
                    ("Learned", "a full room is not the goal: I want evenings that run without me"),
                    ("Score 1.1", "0.3"),
                    ("Score 1.2", "0.6"),
                    ("Drop", "1.1, the room holds no more"),
                    ("Helpful, 1 to 5", "4, you let me find out that the goal was wrong"),
                ),
            ),
        ),
    ),
    Past(
        added="2025-11-25",
        goal=NewObjective(
            title="Run a meetup that people bring friends to",
            key_results=(
                counted("People at an evening", 35, 60),
                NewKeyResult(
                    title="Local conferences that find a speaker through us",
                    kind=MetricKind.THRESHOLD,
                    baseline=Decimal(10),
                    target=Decimal(30),
                    unit="%",
                ),
            ),
        ),
        started="2025-12-02",
        aims=("an evening that goes on when I am ill", "to see how a meetup begins from nothing"),
        talks=(
            PastTalk(
                on="2025-12-05T10:00",
                replied=20 * HOURS,
                said=(Said(ref="1.1", value=35), Said(ref="1.2", value=10)),
                theirs=("you have done this yourself", "examples from smaller towns"),
                hers=("you know every face", "ask three of them to bring somebody"),
            ),
            PastTalk(
                on="2025-12-19T10:00",
                replied=26 * HOURS,
                said=(Said(ref="1.1", value=41), Said(ref="1.2", value=14, confidence=7)),
                theirs=("it worked at once", "what if it stops?"),
                hers=("six new people in one evening", "write down who came with whom"),
            ),
            PastTalk(
                on="2026-01-16T10:00",
                replied=31 * HOURS,
                said=(Said(ref="1.1", value=46), Said(ref="1.2", value=18)),
                theirs=("the list of hosts", "less about the room"),
                hers=("two evenings ran without you", "let one of them choose the speaker"),
            ),
            PastTalk(
                on="2026-01-30T10:00",
                replied=28 * HOURS,
                said=(Said(ref="1.1", value=46, note="the room is full"), Said(ref="1.2", value=20, confidence=5)),
                theirs=("you did not push", "what would you try?"),
                hers=("honest numbers", "try one new thing, not three"),
            ),
            PastTalk(
                on="2026-02-13T10:00",
                replied=40 * HOURS,
                said=(Said(ref="1.1", value=46), Said(ref="1.2", value=21)),
                planned=2 * DAYS,
                theirs=("the walk", "plan it earlier"),
                hers=("you said that you are tired", "skip an evening"),
            ),
            PastTalk(
                on="2026-02-27T10:00",
                replied=22 * HOURS,
                said=(
                    Said(ref="1.1", value=46, note="posters in two libraries"),
                    Said(ref="1.2", value=23, confidence=4),
                ),
                theirs=("clear examples", "a shorter list"),
                hers=("you asked what is wrong with the goal", "ask those who came once and never again"),
            ),
        ),
        tactics=(
            PastTactic(
                ref="1.1",
                title="everybody brings somebody",
                begun="2025-12-05",
                ended="2026-01-16",
                learned="it works once: then everybody has brought their friends",
            ),
            PastTactic(ref="1.1", title="posters in two libraries", begun="2026-01-30"),
            PastTactic(ref="1.2", title="offer each conference two speakers instead of a list", begun="2026-01-16"),
        ),
        promises=(PastPromise(by=Side.PROTEGE, words="ask five who came once why", on="2026-02-27", due="2026-03-01"),),
        advice=(
            PastAdvice(words="try one new thing at a time", on="2026-01-30", did="only the posters", told="2026-02-26"),
        ),
        pulses=(
            PastPulse(by=Side.PROTEGE, on="2026-01-30", helpful=4, because="I am less alone with it"),
            PastPulse(by=Side.MENTOR, on="2026-01-30", helpful=3, because="we talk about rooms a lot"),
        ),
        notes=(("2026-02-27", "She is tired. Is 60 people her goal, or somebody else's?"),),
    ),
)
