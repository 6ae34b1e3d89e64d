"""The letter with the first words about a draft: what was kept, one thing that is good, and at most one question."""

from okrmate.domain.people import Side
from okrmate.mail.words import Words
from okrmate.reply.drafts import DraftOkrs
from okrmate.services.coaching.first_words import first_words
from okrmate.services.history import UNDO_WINDOW
from okrmate.services.incoming.effects import Effects
from okrmate.services.letters.set_contexts import CoachContext
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.meetings import next_meeting
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Reader


def is_about_draft(effects: Effects) -> bool:
    """Whether a draft is all that has to be acknowledged: numbers and questions have a letter of their own form."""
    others = effects.moved or effects.problems or effects.added or effects.feedback or effects.missed
    return effects.drafted is not None and not (others or effects.participation)


def coach_context(
    reader: Reader, room: MailRoom, pair: Pair, effects: Effects, words: Words, *, noted: tuple[str, ...]
) -> CoachContext:
    """What the letter is told; `noted` are lines about whatever else the mail said."""
    drafted, given = effects.drafted, effects.draft or DraftOkrs()
    said = first_words(given, words.language)
    ahead = next_meeting(reader, pair.mentorship.id, room.desk.clock.now())
    protege = room.recipient(pair.protege, Side.PROTEGE)
    return CoachContext(
        name=pair.protege.first_name,
        other=room.mentor.first_name,
        objectives=drafted.objectives if drafted else 0,
        key_results=drafted.key_results if drafted else 0,
        lines=drafted.titles if drafted else (),
        good=said.good,
        question=said.question,
        noted=noted,
        next_talk=protege.local(ahead.begins_at).date() if ahead else None,
        undo_days=UNDO_WINDOW.days,
    )
