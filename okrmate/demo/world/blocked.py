"""Noor, who is blocked: her team releases without her, but the machines for its tests are being moved."""

from datetime import timedelta

from okrmate.demo.goals import counted, in_percent
from okrmate.demo.past import Past, PastAdvice, PastPromise, PastPulse, PastTactic, PastTalk, Said
from okrmate.demo.people import NOOR, Typed
from okrmate.domain.letters import LetterKind
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services.mentoring.okrs import NewObjective

HOURS = timedelta(hours=1)

BLOCKED = (
    replace(
        NOOR,
        talk="2026-03-09T16:30:00+05:30",
        types=(
            Typed(
                to=LetterKind.AGENDA,
                after=timedelta(hours=26, minutes=5),
                top=(
                    "Hi Ines,\n\n"
                    "releases led by others: 10 now, Jo did the last one\n"
                    "KR 1.2: about the same, I guess\n"
                    "KR 1.3: still blocked, the build machines\n\n"
                    "How do I tell the team no without sounding like a manager?\n\n"
                    "Noor\n--\nSent from my phone"
                ),
            ),
            Typed(to=LetterKind.ACKNOWLEDGEMENT, after=timedelta(hours=2, minutes=30), top="81 %"),
            Typed(
                to=LetterKind.FEEDBACK,
                after=timedelta(hours=4),
                top="+ you waited until I had finished\n- next time one example from your own team",
            ),
            Typed(
                to=LetterKind.CLOSING,
                after=timedelta(hours=9),
                below=(
                    ("Learned", "they release better when I am not in the room"),
                    ("Score 1.1", "0.7"),
                    ("Score 1.2", "0.7"),
                    ("Carry over", "1.3"),
                    ("Helpful, 1 to 5", "5, it is the only hour about how"),
                ),
            ),
        ),
    ),
    Past(
        added="2025-11-26",
        goal=NewObjective(
            title="Let the team release without waiting for me",
            key_results=(
                counted("Releases led by others", 2, 12),
                in_percent("Reviews answered within a day", 55, 90),
                counted("Tests that fail for no reason", 40, 10),
            ),
        ),
        started="2025-12-03",
        aims=("to go on leave without my laptop", "to remember what it is to lead a team of five"),
        talks=(
            PastTalk(
                on="2025-12-08T16:30",
                replied=9 * HOURS,
                said=(Said(ref="1.1", value=2), Said(ref="1.2", value=55), Said(ref="1.3", value=40)),
                theirs=("you drew it on paper", "more of your own mistakes"),
                hers=("you named who could do it", "say it to them"),
            ),
            PastTalk(
                on="2025-12-22T16:30",
                replied=11 * HOURS,
                said=(Said(ref="1.1", value=3), Said(ref="1.2", value=64), Said(ref="1.3", value=36, confidence=7)),
                theirs=("we laughed", "an agenda with fewer points"),
                hers=("Jo released without you", "do not read the log afterwards"),
            ),
            PastTalk(
                on="2026-01-19T16:30",
                replied=15 * HOURS,
                said=(Said(ref="1.1", value=5), Said(ref="1.2", value=71), Said(ref="1.3", value=33)),
                theirs=("the question who is afraid of what", "stay with it longer"),
                hers=("you were away for a week", "be away for two"),
            ),
            PastTalk(
                on="2026-02-02T16:30",
                replied=12 * HOURS,
                said=(Said(ref="1.1", value=7), Said(ref="1.2", value=76), Said(ref="1.3", value=33, confidence=4)),
                theirs=("you asked what I would do if it were easy", "your own team as an example"),
                hers=("a calm week", "write to whoever owns the machines"),
            ),
            PastTalk(
                on="2026-02-16T16:30",
                replied=10 * HOURS,
                said=(
                    Said(ref="1.1", value=9),
                    Said(ref="1.2", value=80),
                    Said(ref="1.3", blocker="the build machines move until April"),
                ),
                theirs=("you waited", "what can I do while I wait?"),
                hers=("you told them before they asked", "name one thing that does not need the machines"),
            ),
        ),
        tactics=(
            PastTactic(ref="1.1", title="whoever wrote most of a release leads it", begun="2025-12-10"),
            PastTactic(
                ref="1.3",
                title="delete the ten oldest tests",
                begun="2025-12-10",
                ended="2026-01-19",
                learned="nobody has missed them",
            ),
        ),
        promises=(
            PastPromise(
                by=Side.PROTEGE,
                words="write to the owners of the machines",
                on="2026-02-02",
                due="2026-02-09",
                kept="2026-02-06",
            ),
            PastPromise(by=Side.MENTOR, words="send the story of our own move", on="2026-02-16", due="2026-02-27"),
        ),
        advice=(
            PastAdvice(
                words="be away for two weeks",
                on="2026-01-19",
                did="one week, with my phone off",
                impact="three releases without me, and none was rolled back",
                told="2026-02-15",
            ),
        ),
        pulses=(
            PastPulse(by=Side.PROTEGE, on="2026-01-31", helpful=5, because="it is the only hour about how, not what"),
            PastPulse(by=Side.MENTOR, on="2026-01-31", helpful=5, because="I use half of it in my own team"),
        ),
    ),
)
