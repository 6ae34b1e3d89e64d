"""What is promised of letters before they are written: whether they leave by themselves, or wait to be seen."""

from okrmate.services.mail_rules import Review


def of_welcome(review: Review) -> str:
    """What becomes of the welcome to somebody who is added, as the end of a sentence."""
    if review is Review.NONE:
        return "a welcome is written and leaves by itself"
    return "a welcome is written and waits for you: nothing is sent before you have seen it"


def of_invitation(*, unseen: bool) -> str:
    """What becomes of the letters about a talk that is planned, as the end of a sentence.

    `unseen` is whether letters to this person wait until the mentor has seen one.
    """
    if unseen:
        return "the invitation waits for you in 5 Mail, the agenda is written three days before"
    return "the invitation leaves at once, the agenda three days before"
