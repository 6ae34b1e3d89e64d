"""Tomas, who flourishes: he answers within hours, and people he has never met ask him to speak."""

from datetime import timedelta

from okrmate.demo.goals import counted, in_percent
from okrmate.demo.past import Past, PastAdvice, PastPromise, PastPulse, PastTactic, PastTalk, Said
from okrmate.demo.people import TOMAS, Typed
from okrmate.domain.letters import LetterKind
from okrmate.domain.metrics import MetricKind
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services.mentoring.okrs import NewKeyResult, NewObjective

HOURS = timedelta(hours=1)

FLOURISHING = (
    replace(
        TOMAS,
        types=(
            Typed(
                to=LetterKind.AGENDA,
                after=timedelta(hours=3, minutes=12),
                below=(
                    ("Add", "the salary talk in April (15 min)"),
                    ("KR 1.1", "6, the platform team asked yesterday"),
                    ("KR 1.2", "80 %, thirteen people answered"),
                    ("KR 1.3", "done"),
                ),
            ),
            Typed(
                to=LetterKind.FEEDBACK,
                after=timedelta(hours=2),
                top="+ you let me find the opening myself\n- could we look at the numbers first?",
            ),
            Typed(
                to=LetterKind.CLOSING,
                after=timedelta(hours=6),
                below=(
                    ("Learned", "people ask those who answer in public, not those who know most"),
                    ("Score 1.1", "0.8"),
                    ("Score 1.2", "0.7"),
                    ("Score 1.3", "1.0"),
                    ("Carry over", "1.1"),
                    ("Helpful, 1 to 5", "5, I know what to ask myself now"),
                ),
            ),
        ),
    ),
    Past(
        added="2025-11-24",
        goal=NewObjective(
            title="Be the engineer other teams ask to explain things",
            key_results=(
                counted("Invitations to speak at other teams' meetings", 1, 6),
                in_percent("Listeners who rate the talk 4 or 5", 62, 80),
                NewKeyResult(title="Talk portfolio live", kind=MetricKind.MILESTONE),
            ),
        ),
        started="2025-12-01",
        aims=("to be asked for advice by people I have never met", "to learn how teams work that I do not know"),
        talks=(
            PastTalk(
                on="2025-12-04T15:00",
                said=(Said(ref="1.1", value=1), Said(ref="1.2", value=62), Said(ref="1.3", value=10, confidence=6)),
                theirs=("you asked before you advised", "fewer goals at once"),
                hers=("you came with numbers", "say no to one thing until Christmas"),
            ),
            PastTalk(
                on="2025-12-18T15:00",
                replied=3 * HOURS,
                said=(Said(ref="1.1", value=2), Said(ref="1.2", value=66), Said(ref="1.3", value=30)),
                theirs=("the list of teams to write to", "send it a day earlier"),
                hers=("two drafts in two weeks", "show one to somebody who will be bored"),
            ),
            PastTalk(
                on="2026-01-15T15:00",
                replied=4 * HOURS,
                said=(Said(ref="1.1", value=3), Said(ref="1.2", value=70), Said(ref="1.3", value=45, confidence=7)),
                theirs=("we stayed with one question", "more of that"),
                hers=("the opening is yours now", "leave out the third slide"),
            ),
            PastTalk(
                on="2026-01-29T15:00",
                replied=2 * HOURS,
                said=(Said(ref="1.1", value=4), Said(ref="1.2", value=74), Said(ref="1.3", value=60)),
                theirs=("you remembered what I had said in December", "ten minutes less"),
                hers=("you asked the room for the hard question", "film the next one"),
            ),
            PastTalk(
                on="2026-02-12T15:00",
                replied=5 * HOURS,
                said=(Said(ref="1.1", value=5), Said(ref="1.2", value=77), Said(ref="1.3", value=80, confidence=9)),
                theirs=("the question about who else could do it", "begin with the numbers"),
                hers=("somebody else gave your talk", "let them keep it"),
            ),
            PastTalk(
                on="2026-02-26T15:00",
                replied=3 * HOURS,
                said=(Said(ref="1.1", value=5), Said(ref="1.2", value=79), Said(ref="1.3", value=90, confidence=9)),
                theirs=("you were curious about the film", "what comes after this goal?"),
                hers=("three people wrote to you by themselves", "bring the question you are avoiding"),
            ),
        ),
        tactics=(
            PastTactic(
                ref="1.1",
                title="answer one question a week in the engineers' channel",
                begun="2025-12-08",
                ended="2026-02-12",
                learned="they ask back once they have been helped twice",
            ),
            PastTactic(ref="1.2", title="a dry run with somebody who does not know the subject", begun="2026-01-08"),
        ),
        promises=(
            PastPromise(
                by=Side.PROTEGE, words="film the next talk", on="2026-01-29", due="2026-02-12", kept="2026-02-10"
            ),
            PastPromise(
                by=Side.MENTOR,
                words="introduce you to the people of the spring meeting",
                on="2026-02-26",
                due="2026-03-06",
            ),
        ),
        advice=(
            PastAdvice(
                words="rehearse in front of somebody who will be bored",
                on="2025-12-18",
                did="two evenings with my brother",
                impact="the talk is ten minutes shorter, and ratings rose by 8 points",
                told="2026-01-29",
            ),
            PastAdvice(
                words="let somebody else give your talk",
                on="2026-02-12",
                did="Jo gave it on the 20th",
                impact="two invitations came to her, one to me",
                told="2026-02-25",
            ),
        ),
        pulses=(
            PastPulse(by=Side.PROTEGE, on="2026-01-30", helpful=4, because="I leave each talk with one thing to do"),
            PastPulse(by=Side.MENTOR, on="2026-01-30", helpful=4, because="he surprises me"),
        ),
        notes=(("2026-02-26", "He is ready for more than this set. Ask what he would do without me."),),
    ),
)
