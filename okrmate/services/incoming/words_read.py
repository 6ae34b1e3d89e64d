"""The mentor has read what somebody wrote to her: the words are no longer waiting, and stay kept with the mail."""

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import Incoming, IncomingState
from okrmate.frozen import replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.incoming.whys import is_personal
from okrmate.services.tables import INCOMING


def mark_read(desk: Desk, mail_id: str) -> Incoming:
    """Settle a mail that holds words for her, or tells her something, and nothing to decide; else `UsageError`."""
    with desk.store.transaction() as tx:
        mail = tx.get(INCOMING, mail_id)
        if mail is None:
            raise UsageError(f"There is no mail “{mail_id}”; see `okrmate inbox list --all`.")
        if mail.state is IncomingState.APPLIED and (mail.left or mail.told):
            read = replace(mail, left=(), told=())
        elif mail.state is IncomingState.HELD and (mail.left or is_personal(mail)) and not mail.unproven:
            read = mail.becoming(IncomingState.APPLIED, reason="", detail="", left=(), told=())
        else:
            raise UsageError("There is more to decide about that mail than to read it; see 5 Mail.")
        tx.put(INCOMING, read)
        source = trail.by_command("inbox accept")
        what = f"mail from {mail.sender or 'nobody known'} read"
        stood = trail.stood(mail, read)
        trail.record(tx, desk, what=what, source=source, mentorship=mail.mentorship, stood=stood)
    return read
