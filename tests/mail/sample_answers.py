"""Acknowledgements in each of their states."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from okrmate.domain.meetings import Participation
from okrmate.domain.okrs import KeyResult
from okrmate.domain.summaries import Summary
from okrmate.frozen import replace
from okrmate.mail.words import Words
from okrmate.services.letters.contexts import (
    AcknowledgementContext,
    AcknowledgementState,
    Came,
    FilePart,
    OfferedChoice,
    OpenQuestion,
)
from okrmate.services.letters.key_result_lines import Heard, changed_line, display_key_result, heard_line, restored_line
from tests.mail.sample_people import GUIDE, PRESS, RETURNS, TALK, TOMAS, VISITS, Sample, key_result

BASE = AcknowledgementContext(name="Tomas", other="Ines")
AT_THE_END = replace(BASE, undo=True)
STATES = AcknowledgementState

WHICH_SCALE = OpenQuestion(
    id="q1",
    about=RETURNS.title,
    words="+10%",
    ref="1.2",
    choices=(
        OfferedChoice(id="points", text="37.5 % → 47.5 %"),
        OfferedChoice(id="relative", text="37.5 % → 41.25 %"),
    ),
)
WHICH_RESULT = OpenQuestion(
    id="q2",
    words="1 done",
    choices=(
        OfferedChoice(id="1.1", text=VISITS.title, ref="1.1"),
        OfferedChoice(id="2.1", text=PRESS.title, ref="2.1"),
    ),
)
HOW_MANY = OpenQuestion(id="q3", words="a few more", about=VISITS.title, ref="1.1", asks="How many are they now?")
EDITED = OpenQuestion(
    id="q4", words="", about=PRESS.title, ref="2.1", asks="The shown number reads differently. Is it?"
)


def changed(kr: KeyResult, before: str, after: str, words: Words) -> str:
    return changed_line(kr, Decimal(before), Decimal(after), words).text


LONG = key_result(
    "3.1", "A title that goes on and on, as titles sometimes do when nobody stops them in time", VISITS.metric
)
FILE = (
    FilePart(heading="You", lines=("Tomas Vega, tomas@example.net", "mentored since 5 Jan 2026, active")),
    FilePart(heading="What you wrote", lines=("12 Mar 2026: the price of oak",)),
)
Told = Mapping[str, AcknowledgementContext]
FORMS: Told = {
    "half_form": replace(BASE, state=STATES.HALF_FORM, kept=("positive",)),
    "other_half": replace(BASE, state=STATES.HALF_FORM, kept=("suggestion",)),
    "other_half_both_in": replace(BASE, state=STATES.HALF_FORM, kept=("suggestion",), other_in=True),
    "feedback_both_in": replace(AT_THE_END, state=STATES.FEEDBACK_KEPT, other_in=True, shown_on=date(2026, 9, 22)),
    "feedback_kept": replace(AT_THE_END, state=STATES.FEEDBACK_KEPT, shown_on=date(2026, 9, 22)),
    "no_meeting": replace(BASE, state=STATES.NO_MEETING, talk=TALK, undo=True),
    "no_meeting_when": replace(
        BASE, state=STATES.NO_MEETING, talk=TALK, undo=True, passed_on=("moved to Friday",), asks_when=True
    ),
    "rsvp_yes": replace(BASE, state=STATES.RSVP, rsvp=Participation.ACCEPTED, talk=TALK),
    "rsvp_maybe": replace(BASE, state=STATES.RSVP, rsvp=Participation.TENTATIVE, talk=TALK),
    "rsvp_no": replace(BASE, state=STATES.RSVP, rsvp=Participation.DECLINED, talk=TALK),
    "approved": replace(BASE, state=STATES.APPROVED, next_talk=TALK),
}
SIMPLE: Told = {
    "personal": replace(BASE, state=STATES.PERSONAL),
    "held": replace(BASE, state=STATES.HELD),
    "stopped": replace(BASE, state=STATES.STOPPED),
    "unreadable": replace(BASE, state=STATES.UNREADABLE),
    "nothing_new": replace(BASE, state=STATES.UNREADABLE, came=Came.QUOTED),
    "paused": replace(BASE, state=STATES.PAUSED, until=date(2026, 9, 22)),
    "paused_open": replace(BASE, state=STATES.PAUSED),
    "resumed": replace(BASE, state=STATES.RESUMED, next_talk=TALK),
    "not_paused": replace(BASE, state=STATES.NOT_PAUSED, next_talk=TALK),
    "later": replace(BASE, state=STATES.LATER, until=date(2026, 9, 22), next_talk=TALK),
    "skipped": replace(BASE, state=STATES.SKIPPED, next_talk=TALK),
    "status_unbegun": replace(BASE, state=STATES.STATUS),
    "my_data": replace(BASE, state=STATES.MY_DATA, file=FILE),
    "unreadable_picture": replace(BASE, state=STATES.UNREADABLE, came=Came.PICTURE),
    "unreadable_voice": replace(BASE, state=STATES.UNREADABLE, came=Came.VOICE),
    "unreadable_closed": replace(BASE, state=STATES.UNREADABLE, came=Came.CLOSED),
    "help": replace(BASE, state=STATES.HELP),
}


def _understood(words: Words) -> Told:
    """What was read of an answer, all of it or in part."""
    one_more = (changed(VISITS, "3", "4", words),)
    return {
        "all_clear": replace(
            AT_THE_END,
            changed=(*one_more, changed(GUIDE, "40", "60", words)),
            added=("the price of oak",),
            passed_on=("Thanks for the call on Tuesday!",),
            next_talk=TALK,
        ),
        "two_lines": replace(AT_THE_END, changed=(*one_more, changed(GUIDE, "40", "60", words))),
        "one_line": replace(AT_THE_END, changed=one_more),
        "one_question": replace(AT_THE_END, changed=one_more, questions=(WHICH_SCALE,), next_talk=TALK),
        "two_questions": replace(BASE, questions=(WHICH_SCALE, WHICH_RESULT), next_talk=TALK),
        "open_question": replace(BASE, questions=(HOW_MANY,)),
        "open_questions": replace(BASE, questions=(HOW_MANY, replace(EDITED, ref="", words="three"))),
        "edited": replace(BASE, questions=(EDITED,)),
        "decrease": replace(AT_THE_END, changed=(changed(RETURNS, "37.5", "31", words),), back=True),
        "over_target": replace(AT_THE_END, changed=(changed(VISITS, "5", "9", words),), past=True),
        "done": replace(AT_THE_END, changed=(changed(GUIDE, "60", "100", words),), reached=True),
        "noted": replace(
            AT_THE_END,
            changed=(
                changed_line(VISITS, Decimal(3), Decimal(4), words, note="the fair helped", approximate=True).text,
            ),
            heard=(heard_line(PRESS, Heard.BLOCKED, "no editor", words).text,),
        ),
        "items": replace(AT_THE_END, added=("the price of oak", "a second bench")),
    }


def _many(words: Words) -> Told:
    """Answers that say a great deal."""
    many = tuple(changed(LONG, "3", str(number), words) for number in range(4, 16))
    return {
        "many": replace(AT_THE_END, changed=many, added=("the price of oak",), next_talk=TALK),
        "many_and_questions": replace(AT_THE_END, changed=many, questions=(WHICH_SCALE, WHICH_RESULT), next_talk=TALK),
        "many_undone": replace(BASE, state=STATES.UNDONE, changed=many),
    }


def _undone(words: Words) -> Told:
    """What was taken back, and what could not be."""
    return {
        "undone": replace(
            BASE,
            state=STATES.UNDONE,
            changed=(restored_line(VISITS, Decimal(3), words).text,),
            undone_mail=TALK.replace(hour=6, minute=12),
        ),
        "undone_part": replace(
            BASE,
            state=STATES.UNDONE,
            changed=(restored_line(VISITS, Decimal(3), words).text,),
            undone_mail=TALK.replace(hour=6, minute=12),
            undone_part="1.1",
        ),
        "nothing_to_undo": replace(BASE, state=STATES.NOTHING_TO_UNDO),
        "undone_before": replace(BASE, state=STATES.UNDONE_BEFORE),
        "too_late": replace(BASE, state=STATES.TOO_LATE),
        "not_undone": replace(BASE, state=STATES.NOT_UNDONE),
        "as_it_was": replace(BASE, state=STATES.AS_IT_WAS),
        "settled": replace(BASE, state=STATES.SETTLED),
    }


def _status(words: Words) -> Told:
    shown = ((VISITS, "4"), (GUIDE, "60"))
    krs = tuple(display_key_result(kr, Summary(value=Decimal(value)), words) for kr, value in shown)
    return {"status": replace(BASE, state=STATES.STATUS, krs=krs, next_talk=TALK)}


def answers(words: Words) -> Mapping[str, Sample]:
    """Every acknowledgement, its lines in the words of its reader."""
    told = {**_understood(words), **_many(words), **_undone(words), **FORMS, **SIMPLE, **_status(words)}
    return {
        f"acknowledgement_{name}": Sample(reader=TOMAS, context=context, asks=False) for name, context in told.items()
    }
