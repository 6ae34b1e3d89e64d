"""Why a mail is not applied, by name: apart, since the first screen tells of it and needs nothing that letters need."""

from enum import StrEnum


class NotApplied(StrEnum):
    """Why a mail that was not turned away at the door is not applied after all, or not yet."""

    WORDS = "words for the mentor"
    NOTHING_NEW = "no new words in it"
    MENTORSHIP_OVER = "the mentorship is over"
    CONVERSATION = "a conversation in our thread"
    TOO_LONG = "too long to be read"
    NOT_ASKED = "unclear, and not asked about"
    UNANSWERED = "asked two weeks ago, and not answered"
    MANY_UPDATES = "many updates in one mail"
    MANY_MAILS = "many mails in one day"
    OLDER_PLAN = "an answer to an older plan"
    INVITATION_IN_WORDS = "an answer to a calendar's invitation, in words"
    NOT_TAKEN = "something in it cannot be taken now"
    SAME_MESSAGE_ID = "another mail had the same Message-ID"
    IN_JUNK = "found among junk"
    NEVER_FINISHED = "reading it was never finished, twice"
    BUG = "a bug"
