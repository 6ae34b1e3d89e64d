"""The three errands of the loop, each one pass: look at the mailbox, plan what is due, deliver it."""

from dataclasses import dataclass

from okrmate.services import inbox, outbox, reminders
from okrmate.services.mailroom import MailRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round of all three did."""

    polled: inbox.Polled
    planned: reminders.Planned
    delivered: outbox.Delivered


def once_round(room: MailRoom) -> Round:
    """Read first, so that what is planned knows the newest answers; then plan; then send what is due."""
    polled = inbox.poll(room)
    planned = reminders.plan(room)
    return Round(polled=polled, planned=planned, delivered=outbox.deliver(room))
