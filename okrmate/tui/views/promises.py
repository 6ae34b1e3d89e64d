"""What is promised of letters before they are written: whether they leave by themselves, wait to be seen, or rest."""

from zoneinfo import ZoneInfo

from okrmate.domain.people import Invitations, MentorshipState, Side
from okrmate.services.mail_rules import Review
from okrmate.services.mentoring.mentorships import Pair
from okrmate.tui.views.moments import day
from okrmate.tui.views.scene import Scene


def of_welcome(review: Review) -> str:
    """What becomes of the welcome to somebody who is added, as the end of a sentence."""
    if review is Review.NONE:
        return "a welcome is written and leaves by itself"
    return "a welcome is written and waits for you: nothing is sent before you have seen it"


def of_invitation(pair: Pair, *, unseen: bool) -> str:
    """What becomes of the letters about a talk that is planned, as the end of a sentence.

    `unseen` is whether letters to this person wait until the mentor has seen one.
    """
    if pair.mentorship.invitations is not Invitations.OKRMATE:
        return "no invitation leaves, the agenda does three days before"
    if unseen:
        return "the invitation waits for you in 5 Mail, the agenda is written three days before"
    return "the invitation leaves at once, the agenda three days before"


def rest_words(pair: Pair, scene: Scene) -> str:
    """Until when the letters to somebody rest, and on whose word; nothing where they leave."""
    mentorship = pair.mentorship
    if mentorship.state is not MentorshipState.PAUSED:
        return ""
    hers = mentorship.paused_by is Side.MENTOR
    if mentorship.paused_until is None:
        return "until you resume" if hers else "until they resume"
    until = f"until {day(mentorship.paused_until, scene.now, ZoneInfo(pair.protege.zone))}"
    return until if hers else f"{until}, as they wished"
