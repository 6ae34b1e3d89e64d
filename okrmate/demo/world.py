"""The small world of the demo: after fourteen weeks one flourishes, one is stuck, one blocked, and one fades away."""

from dataclasses import replace
from datetime import timedelta

from okrmate.demo.past import Past, PastAdvice, PastPromise, PastPulse, PastTactic, PastTalk, Said
from okrmate.demo.people import AIKO, MATEO, NOOR, TOMAS, Character, Typed
from okrmate.domain.letters import LetterKind
from okrmate.domain.people import Side

PAST_BEGINS = "2025-11-24T08:00:00+00:00"
"""Fourteen weeks before the story goes on."""
HOURS, DAYS = timedelta(hours=1), timedelta(days=1)


def said(*lines: tuple[str, str]) -> tuple[Said, ...]:
    """What was written of some key results."""
    return tuple(Said(ref=ref, words=words) for ref, words in lines)


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
        ),
    ),
    Past(
        added="2025-11-24",
        started="2025-12-01",
        aims=("to be asked for advice by people I have never met", "to learn how teams work that I do not know"),
        talks=(
            PastTalk(
                on="2025-12-04T15:00",
                said=said(("1.1", "1"), ("1.2", "62 %"), ("1.3", "10 %, confidence 6")),
                theirs=("you asked before you advised", "fewer goals at once"),
                hers=("you came with numbers", "say no to one thing until Christmas"),
            ),
            PastTalk(
                on="2025-12-18T15:00",
                replied=3 * HOURS,
                said=said(("1.1", "2"), ("1.2", "66 %"), ("1.3", "30 %")),
                theirs=("the list of teams to write to", "send it a day earlier"),
                hers=("two drafts in two weeks", "show one to somebody who will be bored"),
            ),
            PastTalk(
                on="2026-01-15T15:00",
                replied=4 * HOURS,
                said=said(("1.1", "3"), ("1.2", "70 %"), ("1.3", "45 %, confidence 7")),
                theirs=("we stayed with one question", "more of that"),
                hers=("the opening is yours now", "leave out the third slide"),
            ),
            PastTalk(
                on="2026-01-29T15:00",
                replied=2 * HOURS,
                said=said(("1.1", "4"), ("1.2", "74 %"), ("1.3", "60 %")),
                theirs=("you remembered what I had said in December", "ten minutes less"),
                hers=("you asked the room for the hard question", "film the next one"),
            ),
            PastTalk(
                on="2026-02-12T15:00",
                replied=5 * HOURS,
                said=said(("1.1", "5"), ("1.2", "77 %"), ("1.3", "80 %, confidence 9")),
                theirs=("the question about who else could do it", "begin with the numbers"),
                hers=("somebody else gave your talk", "let them keep it"),
            ),
            PastTalk(
                on="2026-02-26T15:00",
                replied=3 * HOURS,
                said=said(("1.1", "5"), ("1.2", "79 %"), ("1.3", "90 %, confidence 9")),
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
        ),
    ),
    Past(
        added="2025-11-25",
        started="2025-12-02",
        aims=("an evening that goes on when I am ill", "to see how a meetup begins from nothing"),
        talks=(
            PastTalk(
                on="2025-12-05T10:00",
                replied=20 * HOURS,
                said=said(("1.1", "35"), ("1.2", "10 %")),
                theirs=("you have done this yourself", "examples from smaller towns"),
                hers=("you know every face", "ask three of them to bring somebody"),
            ),
            PastTalk(
                on="2025-12-19T10:00",
                replied=26 * HOURS,
                said=said(("1.1", "41"), ("1.2", "14 %, confidence 7")),
                theirs=("it worked at once", "what if it stops?"),
                hers=("six new people in one evening", "write down who came with whom"),
            ),
            PastTalk(
                on="2026-01-16T10:00",
                replied=31 * HOURS,
                said=said(("1.1", "46"), ("1.2", "18 %")),
                theirs=("the list of hosts", "less about the room"),
                hers=("two evenings ran without you", "let one of them choose the speaker"),
            ),
            PastTalk(
                on="2026-01-30T10:00",
                replied=28 * HOURS,
                said=said(("1.1", "46, the room is full"), ("1.2", "20 %, confidence 5")),
                theirs=("you did not push", "what would you try?"),
                hers=("honest numbers", "try one new thing, not three"),
            ),
            PastTalk(
                on="2026-02-13T10:00",
                replied=40 * HOURS,
                said=said(("1.1", "46"), ("1.2", "21 %")),
                planned=2 * DAYS,
                theirs=("the walk", "plan it earlier"),
                hers=("you said that you are tired", "skip an evening"),
            ),
            PastTalk(
                on="2026-02-27T10:00",
                replied=22 * HOURS,
                said=said(("1.1", "46, posters in two libraries"), ("1.2", "23 %, confidence 4")),
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
        ),
    ),
    Past(
        added="2025-11-26",
        started="2025-12-03",
        aims=("to go on leave without my laptop", "to remember what it is to lead a team of five"),
        talks=(
            PastTalk(
                on="2025-12-08T16:30",
                replied=9 * HOURS,
                said=said(("1.1", "2"), ("1.2", "55 %"), ("1.3", "40")),
                theirs=("you drew it on paper", "more of your own mistakes"),
                hers=("you named who could do it", "say it to them"),
            ),
            PastTalk(
                on="2025-12-22T16:30",
                replied=11 * HOURS,
                said=said(("1.1", "3"), ("1.2", "64 %"), ("1.3", "36, confidence 7")),
                theirs=("we laughed", "an agenda with fewer points"),
                hers=("Jo released without you", "do not read the log afterwards"),
            ),
            PastTalk(
                on="2026-01-19T16:30",
                replied=15 * HOURS,
                said=said(("1.1", "5"), ("1.2", "71 %"), ("1.3", "33")),
                theirs=("the question who is afraid of what", "stay with it longer"),
                hers=("you were away for a week", "be away for two"),
            ),
            PastTalk(
                on="2026-02-02T16:30",
                replied=12 * HOURS,
                said=said(("1.1", "7"), ("1.2", "76 %"), ("1.3", "33, confidence 4")),
                theirs=("you asked what I would do if it were easy", "your own team as an example"),
                hers=("a calm week", "write to whoever owns the machines"),
            ),
            PastTalk(
                on="2026-02-16T16:30",
                replied=10 * HOURS,
                said=said(("1.1", "9"), ("1.2", "80 %"), ("1.3", "blocked, the build machines move until April")),
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

FADING = (
    replace(
        MATEO,
        okrs=(
            "O: Be somebody that young designers ask for advice, by the end of March\n"
            "KR: Portfolio talks given, from 1 to 8\n"
            "KR: People who come back a second time, from 0 to 4\n"
        ),
        talk="2026-03-10T11:00:00-03:00",
        types=(
            Typed(
                to=LetterKind.AGENDA,
                after=timedelta(days=1, hours=3),
                top=(
                    "Hi Ines,\n\n"
                    "sorry for the silence. I have changed jobs in January and did not know how to say it.\n"
                    "Could we talk about whether these are still the right goals?\n\n"
                    "Mateo"
                ),
            ),
            Typed(
                to=LetterKind.FEEDBACK,
                after=timedelta(hours=30),
                top="+ you did not ask why\n- smaller goals, please",
            ),
        ),
    ),
    Past(
        added="2025-12-02",
        started="2026-01-13",
        agreed=False,
        aims=("to be somebody that young designers ask", ""),
        talks=(
            PastTalk(
                on="2025-12-09T11:00",
                replied=30 * HOURS,
                top="Could we talk about portfolios first?",
                theirs=("a warm beginning", "what do I do until then?"),
                hers=("your own words for it", "one talk before Christmas"),
            ),
            PastTalk(
                on="2025-12-23T11:00",
                replied=50 * HOURS,
                top="nothing new from me",
                theirs=("thank you", "shorter"),
                hers=("you came although it was the day before Christmas Eve", "write me one line when it is hard"),
            ),
            PastTalk(
                on="2026-01-13T11:00", replied=None, hers=("honest about the time you have", "one key result, not two")
            ),
            PastTalk(on="2026-01-27T11:00", replied=None, missed=True),
            PastTalk(on="2026-02-10T11:00", replied=None, missed=True, planned=2 * DAYS),
        ),
        promises=(
            PastPromise(by=Side.PROTEGE, words="send the dates of two talks", on="2026-01-13", due="2026-01-20"),
        ),
        pulses=(PastPulse(by=Side.MENTOR, on="2026-01-30", helpful=2, because="I do not know what he needs"),),
        notes=(("2026-02-10", "Two talks missed. Call him; no letter will do that."),),
    ),
)

WORLD: tuple[tuple[Character, Past], ...] = (FLOURISHING, STUCK, BLOCKED, FADING)
