"""Sample letters for which the story has no occasion: each made from where the story has ended."""

from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.domain.people import Side
from okrmate.reply.drafts import draft_okrs
from okrmate.services.coaching.first_words import first_words
from okrmate.services.letters.contexts import write
from okrmate.services.letters.set_contexts import CoachContext
from okrmate.services.letters.writing import Written, addressed
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.closing import ByHand, close
from okrmate.services.mentoring.mentorships import Pair, find_pair
from okrmate.services.mentoring.okrs import active_standings
from okrmate.services.outgoing.previews import preview

DRAFT = "O: Become a confident speaker\nKR: Practise every Sunday"


def without_occasion(room: MailRoom, kind: LetterKind, address: str) -> Outgoing | None:
    """The letter of this kind as it would be; None for a kind that needs no help."""
    pair = find_pair(room.store, address)
    match kind:
        case LetterKind.CHECK_IN | LetterKind.MID_CYCLE | LetterKind.CLOSING:
            return preview(room, kind, pair)
        case LetterKind.CLOSED | LetterKind.REFINE_SUMMARY:
            on = tuple(each.key_result.ref for each in active_standings(room.store, pair.mentorship.id))
            close(room.desk, pair, ByHand(learned="Ask on the same day.", carry=on, reason="for a sample"))
            return preview(room, kind, pair)
        case LetterKind.COACH:
            return _first_words(room, pair)
        case _:
            return None


def _first_words(room: MailRoom, pair: Pair) -> Outgoing:
    drafted = draft_okrs(DRAFT)
    words = room.composer.words(pair.protege)
    said = first_words(drafted, words.language)
    titles = [title for each in drafted.objectives for title in (each.title, *(kr.title for kr in each.key_results))]
    context = CoachContext(
        name=pair.protege.first_name,
        other=room.mentor.first_name,
        objectives=1,
        key_results=1,
        lines=tuple(titles),
        good=said.good,
        question=said.question,
    )
    now = room.desk.clock.now()
    written = Written(
        key="sample",
        kind=LetterKind.COACH,
        language=words.language,
        subject=f"Re: {room.mentor.first_name}",
        blocks=write(room.composer, context, words).blocks,
        due_at=now,
        useful_until=now,
    )
    return addressed(room, pair, Side.PROTEGE, written, now)
