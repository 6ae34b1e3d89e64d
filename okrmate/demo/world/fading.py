"""Mateo, who fades away: goals he never agreed to, two talks missed, and no word since Christmas."""

from datetime import timedelta

from okrmate.demo.goals import counted
from okrmate.demo.past import Past, PastPromise, PastPulse, PastTalk
from okrmate.demo.people import MATEO, Typed
from okrmate.domain.letters import LetterKind
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services.mentoring.okrs import NewObjective

HOURS, DAYS = timedelta(hours=1), timedelta(days=1)

FADING = (
    replace(
        MATEO,
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
        goal=NewObjective(
            title="Be somebody that young designers ask for advice",
            key_results=(
                counted("Portfolio talks given", 1, 8),
                counted("People who come back a second time", 0, 4),
            ),
        ),
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
