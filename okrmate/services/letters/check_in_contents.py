"""What a check-in says: the one number most worth knowing first, the others below it."""

from datetime import UTC, datetime

from okrmate.domain.errors import UsageError
from okrmate.domain.metrics import reached
from okrmate.services.letters.between_contexts import CheckInContext, CheckInState
from okrmate.services.letters.due import Due, Variant
from okrmate.services.letters.key_result_lines import display_key_result
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.meetings import next_meeting
from okrmate.services.mentoring.okrs import Standing, active_standings
from okrmate.services.ports import Reader

NEVER = datetime.min.replace(tzinfo=UTC)


def check_in_context(room: MailRoom, reader: Reader, due: Due, now: datetime) -> CheckInContext:
    """What the template of a check-in is told; `UsageError` where no goals are at work."""
    protege = due.pair.protege
    standings = sorted(active_standings(reader, due.pair.mentorship.id), key=_worth_knowing)
    if not standings:
        raise UsageError(f"No goals of {protege.name} are at work, so there is no number to ask for.")
    heard = max((each.summary.heard_at for each in standings if each.summary.heard_at), default=None)
    ahead = next_meeting(reader, due.pair.mentorship.id, now)
    words = room.composer.words(protege)
    return CheckInContext(
        name=protege.first_name,
        other=room.mentor.first_name,
        krs=tuple(display_key_result(each.key_result, each.summary, words) for each in standings),
        state=CheckInState.SECOND if due.variant is Variant.REMINDER else CheckInState.FIRST,
        day=protege.local(due.due_at).date(),
        asked=standings[0].key_result.ref,
        title=standings[0].key_result.title,
        since=protege.local(heard).date() if heard else None,
        next_talk=protege.local(ahead.begins_at).date() if ahead else None,
    )


def _worth_knowing(standing: Standing) -> tuple[bool, datetime]:
    """What was heard of longest ago comes first, and what has reached its target last."""
    value = standing.summary.value
    done = value is not None and reached(standing.key_result.metric, value)
    return done, standing.summary.heard_at or NEVER
